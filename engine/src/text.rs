//! Names and texts, in several languages.

use std::{borrow::Borrow, fmt, sync::Arc};

/// A language that texts are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// Arabic, written right to left.
    Ar,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order in which texts are written.
    pub const ALL: [Self; 3] = [Self::Fr, Self::Ar, Self::En];

    /// The two-letter code of ISO 639-1.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Ar => "ar",
            Self::En => "en",
        }
    }

    /// The language with this two-letter code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }
}

/// An identifier of the vocabulary or of a file: cheap to clone, ordered by its bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The identifier itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A text in one or more languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    forms: [Option<Box<str>>; 3],
}

impl Text {
    /// A text known in one language only.
    #[must_use]
    pub fn new(lang: Lang, text: &str) -> Self {
        let mut this = Self::default();
        this.set(lang, text);
        this
    }

    /// Sets the text of one language.
    pub fn set(&mut self, lang: Lang, text: &str) {
        self.forms[lang as usize] = Some(text.into());
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.forms[lang as usize].as_deref()
    }

    /// The text in this language, or else in the first one that has it; empty if none has.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        self.get(lang).or_else(|| Lang::ALL.into_iter().find_map(|other| self.get(other))).unwrap_or("")
    }

    /// Whether no language has it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.iter().all(Option::is_none)
    }
}
