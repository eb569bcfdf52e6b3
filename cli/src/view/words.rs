//! `words --format json`: words of the vocabulary and of the language.

use serde::Serialize;

use super::TextView;

/// What was found.
#[derive(Debug, Serialize)]
pub struct WordsView {
    /// What was looked for.
    pub query: String,
    /// By kind, then the likeliest first.
    pub words: Vec<WordView>,
    /// The code written most alike, where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
}

/// A word.
#[derive(Debug, Serialize)]
pub struct WordView {
    /// `document`, `authority`, `place`, `portal`, `register`, `fee`, `text`, `event`, `sector`, `fragment` or `keyword`.
    pub kind: String,
    /// Its code; of a keyword, its row in the table of words.
    pub id: String,
    /// Its title; of a keyword, its form in each dialect.
    pub title: TextView,
    /// How a file says it.
    pub write: String,
    /// The parameters of a fragment, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<String>,
    /// What a fragment says of its use.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}
