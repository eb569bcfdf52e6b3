//! `graph --documents --format json` (docs/json.md).

use serde::Serialize;

use super::TextView;

/// The papers that procedures demand of one another.
#[derive(Debug, Serialize)]
pub struct DocumentsView {
    /// The date.
    pub at: String,
    /// Every document demanded, the most demanded first.
    pub documents: Vec<DocumentView>,
    /// The longest chain from each procedure whose chain is among the longest.
    pub chains: Vec<Vec<LinkView>>,
    /// Sets of procedures that each need a document of all the others.
    pub cycles: Vec<Vec<String>>,
    /// One procedure demands, on its nominal way, a document that another delivers.
    pub links: Vec<LinkView>,
}

/// A document that is demanded.
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextView>,
    /// Procedures that demand it on some way.
    pub demanded: usize,
    /// Those that do on their nominal way.
    pub usual: usize,
    /// Whether an administration already holds it.
    pub held: bool,
    /// The procedures that deliver it.
    pub delivered: Vec<String>,
    /// The one that a person goes through for it.
    pub maker: Option<String>,
}

/// A procedure and the document that it demands of another.
#[derive(Debug, Serialize)]
pub struct LinkView {
    /// The procedure.
    pub procedure: String,
    /// The document; nothing at the end of a chain.
    pub document: Option<String>,
    /// The procedure that delivers it.
    pub maker: Option<String>,
}
