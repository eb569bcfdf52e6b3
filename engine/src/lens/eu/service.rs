//! A service with its answers.

use std::collections::BTreeMap;

use super::question::{Answer, Channel, Question};
use crate::text::Name;

/// The answers of one site (URL) of a service.
pub type Site = BTreeMap<(Channel, Question), Answer>;

/// A service of a life event, as it was looked at in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The country.
    pub country: Name,
    /// The year of the measurement.
    pub year: i16,
    /// The life event.
    pub life_event: Name,
    /// The service.
    pub name: Name,
    /// What it is for.
    pub kind: Kind,
    /// Who delivers it.
    pub level: Level,
    /// Its sites, one or more, each with its answers.
    pub sites: Vec<Site>,
}

/// What a service is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It is asked for and delivered.
    Transactional,
    /// It informs.
    Informational,
}

/// Who delivers a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The State: of several sites, the best answer to each question counts.
    Central,
    /// Regions: the mean of the sites counts.
    Regional,
    /// Communes: the mean of the sites counts.
    Local,
}

impl Service {
    /// The sites that are scored, each by itself, before their mean: of a central service a single one, with the best answer
    /// to each question.
    #[must_use]
    pub fn scored_sites(&self) -> Vec<Site> {
        if self.level != Level::Central || self.sites.len() < 2 {
            return self.sites.clone();
        }
        let mut best = Site::new();
        for (&key, &answer) in self.sites.iter().flatten() {
            best.entry(key).and_modify(|known| *known = better(*known, answer)).or_insert(answer);
        }
        vec![best]
    }
}

/// The better of two answers. A yes cannot be bettered; against anything else what is unknown might be better.
fn better(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (Answer::NotApplicable, answer) | (answer, Answer::NotApplicable) => answer,
        (Answer::Unknown, Answer::YES) | (Answer::YES, Answer::Unknown) => Answer::YES,
        (Answer::Unknown, _) | (_, Answer::Unknown) => Answer::Unknown,
        (Answer::Grade(one), Answer::Grade(other)) => Answer::Grade(one.max(other)),
    }
}
