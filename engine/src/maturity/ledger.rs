//! Everything that the index is counted on, and which part of it each scope takes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{procedure::Procedure, text::Name, vocabulary::Vocabulary};

use super::{
    score::Index,
    settings::Settings,
    unit::{Subject, Unit},
};

/// Everything that the index is counted on, at a date.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The procedures, in the order in which they were given.
    pub sheets: Vec<Sheet>,
    /// What indicators are counted on.
    pub units: Vec<Unit>,
    /// The body that each body belongs to.
    pub parents: BTreeMap<Name, Name>,
}

/// A procedure and the groups it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its identifier.
    pub id: Name,
    /// The authority in charge.
    pub authority: Name,
    /// Its sector.
    pub sector: Name,
    /// Its life event.
    pub life_event: Option<Name>,
}

impl From<&Procedure> for Sheet {
    fn from(procedure: &Procedure) -> Self {
        Self {
            id: procedure.id.clone(),
            authority: procedure.authority.clone(),
            sector: procedure.sector.clone(),
            life_event: procedure.life_event.clone(),
        }
    }
}

/// What a score is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All.
    State,
    /// An administration: the procedures it is in charge of itself.
    Authority(Name),
    /// An administration and all that belong to it, at any depth.
    Department(Name),
    /// A sector.
    Sector(Name),
    /// A life event.
    LifeEvent(Name),
    /// A procedure.
    Procedure(Name),
}

impl Ledger {
    /// A ledger over these procedures; its units are added by the readers.
    #[must_use]
    pub fn new<'c>(procedures: impl IntoIterator<Item = &'c Procedure>, vocabulary: &Vocabulary) -> Self {
        let parent = |(name, body): (&Name, &crate::vocabulary::Authority)| Some((name.clone(), body.parent.clone()?));
        Self {
            sheets: procedures.into_iter().map(Sheet::from).collect(),
            units: Vec::new(),
            parents: vocabulary.authorities.iter().filter_map(parent).collect(),
        }
    }

    /// The body at the top of the one that an administration belongs to, itself if it belongs to none.
    #[must_use]
    pub fn top<'l>(&'l self, authority: &'l Name) -> &'l Name {
        self.line(authority).last().unwrap_or(authority)
    }

    /// An administration, the one it belongs to, and so on.
    fn line<'l>(&'l self, authority: &'l Name) -> impl Iterator<Item = &'l Name> {
        // A vocabulary may say that two bodies belong to one another: no line is longer than the table.
        std::iter::successors(Some(authority), |name| self.parents.get(*name)).take(self.parents.len() + 1)
    }

    /// Whether a procedure is in a scope.
    #[must_use]
    pub fn holds(&self, scope: &Scope, sheet: &Sheet) -> bool {
        match scope {
            Scope::State => true,
            Scope::Authority(name) => sheet.authority == *name,
            Scope::Department(name) => self.line(&sheet.authority).any(|above| above == name),
            Scope::Sector(name) => sheet.sector == *name,
            Scope::LifeEvent(name) => sheet.life_event.as_ref() == Some(name),
            Scope::Procedure(name) => sheet.id == *name,
        }
    }

    /// The procedures of a scope, by rank.
    #[must_use]
    pub fn procedures(&self, scope: &Scope) -> Vec<usize> {
        let ranks = self.sheets.iter().enumerate().filter(|(_, sheet)| self.holds(scope, sheet));
        ranks.map(|(rank, _)| rank).collect()
    }

    /// The units of a scope: those of its procedures, and those of the administrations in charge of them.
    #[must_use]
    pub fn units(&self, scope: &Scope) -> Vec<&Unit> {
        let ranks: BTreeSet<usize> = self.procedures(scope).into_iter().collect();
        let bodies: BTreeSet<&Name> = ranks.iter().map(|rank| &self.sheets[*rank].authority).collect();
        let is_in = |unit: &&Unit| match &unit.subject {
            Subject::Procedure(rank) => ranks.contains(rank),
            // Of the State every administration counts, in charge of a procedure or not.
            Subject::Document(_, authority) | Subject::Duty(authority, _) => {
                *scope == Scope::State || bodies.contains(authority)
            }
        };
        self.units.iter().filter(is_in).collect()
    }

    /// The score of a scope.
    #[must_use]
    pub fn score(&self, scope: &Scope, settings: &Settings) -> Index {
        Index::new(&self.units(scope), settings)
    }
}
