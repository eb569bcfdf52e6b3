//! A procedure and its versions in time.

use crate::{
    Date,
    condition::{Comparison, Question},
    flow::Flow,
    node::{Citation, Provenance, Source},
    text::{Name, Text},
};

/// What a person asks the State for, and how it is done from each date on.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// `sector/identifier`.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// The authority that decides or receives.
    pub authority: Name,
    /// The sector, first part of the identifier.
    pub sector: Name,
    /// Who may ask.
    pub audience: Vec<Audience>,
    /// The life event it belongs to.
    pub life_event: Option<Name>,
    /// Where the file stands.
    pub status: Status,
    /// Whether it is one of the 300 priority procedures.
    pub is_priority: bool,
    /// Its main portal.
    pub portal: Option<Name>,
    /// The texts it rests on.
    pub legal: Vec<Citation>,
    /// Requests a year.
    pub volume: Option<Volume>,
    /// The personal data it handles.
    pub personal_data: Option<PersonalData>,
    /// Its places in the lists of decisions, in the order of the file.
    pub listed: Vec<ListEntry>,
    /// Who verified the file, and when.
    pub verified: Option<(Date, Box<str>)>,
    /// Where its facts were read.
    pub sources: Vec<Source>,
    /// The facts about the person that it depends on.
    pub questions: Vec<Question>,
    /// Its versions, by date.
    pub versions: Vec<Version>,
}

impl Procedure {
    /// Whether it points to one of these lists.
    #[must_use]
    pub fn is_on(&self, lists: &[DecisionList]) -> bool {
        self.listed.iter().any(|entry| lists.contains(&entry.list))
    }

    /// The version in force at a date: the last one begun by then.
    #[must_use]
    pub fn in_force(&self, at: Date) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.from <= at)
    }

    /// The version with this name.
    #[must_use]
    pub fn version(&self, name: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.name.as_str() == name)
    }
}

/// How a procedure is done from a date on.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its identifier in the file.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// The first day.
    pub from: Date,
    /// Whether it was only announced when the file was written.
    pub is_planned: bool,
    /// How well it is known: the worst of its own mark and of its nodes' and figures'.
    pub provenance: Provenance,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// The texts it rests on.
    pub legal: Vec<Citation>,
    /// What the file claims that it measures.
    pub claims: Vec<Claim>,
    /// People whose way the file tells.
    pub examples: Vec<Example>,
    /// Nodes of the version before that are no more, and why.
    pub drops: Vec<(Vec<Name>, Text)>,
    /// The flow.
    pub flow: Flow,
}

/// Who may ask for a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Citizens.
    Citizen,
    /// Moroccans living abroad.
    Abroad,
    /// Foreigners.
    Foreigner,
    /// Associations.
    Association,
    /// Firms.
    Firm,
}

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Being written.
    Draft,
    /// Verified by the administration.
    Verified,
    /// Published.
    Published,
}

/// Requests a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// How many.
    pub requests: u64,
    /// Of which year.
    pub year: Option<i16>,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// Where it was read.
    pub source: Option<Box<str>>,
}

/// The personal data a procedure handles (law 09-08).
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalData {
    /// Which kinds.
    pub categories: Vec<Name>,
    /// What for.
    pub purpose: Box<str>,
    /// The reference of the CNDP, if there is one.
    pub cndp: Option<Box<str>>,
}

/// The lists of decisions that decrees draw up under law 55-19.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionList {
    /// Silence is consent: the State (arts. 18-19; decree 2.22.387).
    SilenceState,
    /// Silence is consent: local authorities (arts. 18-20; decree 2.22.141).
    SilenceLocal,
    /// What an investment needs, given in thirty days at most (art. 16; decree 2.22.385).
    ThirtyDays,
    /// Whose delay a technical survey or a public inquiry may extend (art. 17; decree 2.22.386).
    Extension,
}

impl DecisionList {
    /// The lists, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::SilenceState, Self::SilenceLocal, Self::ThirtyDays, Self::Extension];
    /// The lists of silence.
    pub const SILENCE: &[Self] = &[Self::SilenceState, Self::SilenceLocal];
}

/// A place in one of the lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListEntry {
    /// The list.
    pub list: DecisionList,
    /// The rank in it: `12`, or `13-1` for an entry put between two others, which the decree writes `1-13`.
    pub rank: Name,
}

/// A figure that the file claims its version measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// Of which measure.
    pub measure: ClaimMeasure,
    /// Of which aspect.
    pub aspect: Aspect,
    /// How it compares.
    pub comparison: Comparison,
    /// With what: a count, minutes, days or centimes.
    pub value: i64,
}

/// What a claim can speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimMeasure {
    /// Steps of the person.
    Steps,
    /// Trips.
    Trips,
    /// Kinds of paper on a way.
    Documents,
    /// Papers with their copies.
    Sheets,
    /// Kinds of paper over all feasible ways.
    Listed,
    /// Documents that the administration fetches.
    Fetched,
    /// The person's minutes.
    Effort,
    /// Legal delay in days.
    LegalDelay,
    /// Usual delay in days.
    UsualDelay,
    /// Fees in centimes.
    Fees,
    /// Administrations dealt with.
    Agencies,
    /// Level 0 to 5.
    Level,
}

/// Which value of a measure is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Along the nominal way.
    #[default]
    Nominal,
    /// The least over all feasible ways.
    Least,
    /// The most over all feasible ways.
    Most,
    /// The mean by the shares of the branches.
    Expected,
}

/// A person, the way they take, the papers they bring, how it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Who.
    pub title: Text,
    /// Answers to questions and choices, in the order of the file.
    pub answers: Vec<(crate::condition::QuestionId, i64)>,
    /// What authorities decide, in turn: decision, cases.
    pub rulings: Vec<(Name, Vec<Name>)>,
    /// The nodes passed (steps, waits and decisions in order), if told.
    pub passes: Option<Vec<Name>>,
    /// The papers brought, with their sheets in all, if told.
    pub brings: Option<Vec<(Name, u32)>>,
    /// The outcome reached, if told.
    pub ends: Option<Name>,
}
