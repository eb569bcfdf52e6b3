//! Which procedures are looked at.

use mastara_dsl::compile::{Compiled, Entry};
use mastara_engine::{
    Date,
    lens::Subject,
    measure::Measures,
    procedure::{Procedure, Version},
    text::Name,
};
use rayon::prelude::*;

use crate::{context::Context, error::Error, measured::measure};

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// One procedure.
    Procedure(Name),
    /// A sector.
    Sector(Name),
    /// A life event.
    LifeEvent(Name),
    /// An authority in charge.
    Authority(Name),
}

/// A procedure in force, measured, with its place in the catalogue.
#[derive(Debug)]
pub struct Looked<'c> {
    /// Where it was read.
    pub entry: &'c Entry,
    /// The version in force.
    pub version: &'c Version,
    /// What it asks.
    pub measures: Measures,
}

impl<'c> Looked<'c> {
    /// The procedure.
    pub fn procedure(&self) -> &'c Procedure {
        &self.entry.lowered.procedure
    }

    /// As a lens looks at it; nothing if its ways cannot be kept apart, but then it was not measured either.
    pub fn subject<'s>(&'s self, compiled: &'s Compiled) -> Option<Subject<'s>> {
        Subject::new(self.procedure(), self.version, &compiled.vocabulary, &self.measures).ok()
    }
}

impl Scope {
    /// What a word means: a procedure (`sector/id` or `id`), a sector, a life event or the code of an authority.
    pub fn read(word: Option<&str>, compiled: &Compiled) -> Result<Self, Error> {
        let Some(word) = word else { return Ok(Self::All) };
        let vocabulary = &compiled.vocabulary;
        if vocabulary.authorities.contains_key(word) {
            return Ok(Self::Authority(Name::from(word)));
        }
        if vocabulary.sectors.contains_key(word) {
            return Ok(Self::Sector(Name::from(word)));
        }
        if vocabulary.life_events.contains_key(word) {
            return Ok(Self::LifeEvent(Name::from(word)));
        }
        if let Some(entry) = compiled.find(word) {
            return Ok(Self::Procedure(entry.lowered.procedure.id.clone()));
        }
        let ids: Vec<&str> = compiled.procedures().map(|procedure| procedure.id.as_str()).collect();
        let short = ids.iter().filter_map(|id| id.split_once('/').map(|(_, short)| short));
        let keys = vocabulary.authorities.keys().chain(vocabulary.sectors.keys()).chain(vocabulary.life_events.keys());
        Err(Error::unknown("error.scope", word, keys.map(Name::as_str).chain(short)))
    }

    /// Whether a procedure is looked at.
    pub fn holds(&self, procedure: &Procedure) -> bool {
        match self {
            Self::All => true,
            Self::Procedure(id) => &procedure.id == id,
            Self::Sector(sector) => &procedure.sector == sector,
            Self::LifeEvent(event) => procedure.life_event.as_ref() == Some(event),
            Self::Authority(authority) => &procedure.authority == authority,
        }
    }

    /// The procedures in force, measured side by side, in the order of the catalogue, and how many could not be measured.
    pub fn look<'c>(&self, compiled: &'c Compiled, at: Date) -> (Vec<Looked<'c>>, usize) {
        let in_force: Vec<(&Entry, &Version)> = compiled
            .entries
            .iter()
            .filter(|entry| self.holds(&entry.lowered.procedure))
            .filter_map(|entry| Some((entry, entry.lowered.procedure.in_force(at)?)))
            .collect();
        let looked: Vec<Option<Looked<'_>>> = in_force
            .par_iter()
            .map(|&(entry, version)| Some(Looked { entry, version, measures: measure(version).ok()? }))
            .collect();
        let unmeasured = looked.iter().filter(|looked| looked.is_none()).count();
        (looked.into_iter().flatten().collect(), unmeasured)
    }

    /// What people call it.
    pub fn title(&self, compiled: &Compiled, context: &Context) -> String {
        let vocabulary = &compiled.vocabulary;
        match self {
            Self::All => context.words.get("lens.scope.all").to_owned(),
            Self::Procedure(id) => {
                let title = compiled.find(id.as_str()).map(|entry| &entry.lowered.procedure.title);
                context.label(id, title)
            }
            Self::Sector(id) => context.label(id, vocabulary.sectors.get(id)),
            Self::LifeEvent(id) => context.label(id, vocabulary.life_events.get(id)),
            Self::Authority(id) => context.label(id, vocabulary.authorities.get(id).map(|known| &known.title)),
        }
    }

    /// Its identifier, for programs.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Procedure(id) | Self::Sector(id) | Self::LifeEvent(id) | Self::Authority(id) => Some(id.as_str()),
        }
    }
}
