//! How much each rule of law weighs: in the catalogue (`vocabulary/rules.yaml`), and in one file (`regles`).

use std::collections::BTreeMap;

use crate::finding::{Code, Severity};

/// A level that a rule is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As an error.
    Error,
    /// As a warning.
    Warning,
    /// As an information.
    Information,
    /// Not said at all.
    Off,
}

impl Level {
    /// The words for them, the same in every language.
    pub const WORDS: [(&'static str, Self); 4] =
        [("error", Self::Error), ("warning", Self::Warning), ("information", Self::Information), ("off", Self::Off)];

    /// The level of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, level)| *level)
    }

    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Information => Self::Information,
        }
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Information => Some(Severity::Information),
            Self::Off => None,
        }
    }
}

/// The levels of a catalogue or of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// No rule weighs more than this, unless it has a level of its own.
    pub at_most: Option<Level>,
    /// By rule.
    pub rules: BTreeMap<Code, Level>,
    /// What a file turns off, a rule or a law as it is written, with the reason.
    pub set_aside: Vec<(String, String)>,
}

impl Levels {
    /// How much a rule weighs in a file with its own levels; `None` if it is off.
    #[must_use]
    pub fn severity(&self, code: Code, own: &Self) -> Option<Severity> {
        let level = own.rules.get(&code).or_else(|| self.rules.get(&code)).copied().unwrap_or_else(|| {
            let level = Level::of(code.severity());
            self.at_most.map_or(level, |most| level.max(most))
        });
        level.severity()
    }
}
