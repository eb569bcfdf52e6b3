//! The nouns that all procedures share.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Date,
    burden::Parameters,
    calendar::{Holiday, Opening},
    maturity::{DutyFact, Settings},
    procedure::ListEntry,
    quantity::Dirhams,
    text::{Name, Text},
};

/// The nouns that all procedures share, by identifier.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Papers and data.
    pub documents: BTreeMap<Name, Document>,
    /// Bodies that decide, receive or issue, private issuers among them.
    pub authorities: BTreeMap<Name, Authority>,
    /// Where people go.
    pub places: BTreeMap<Name, Place>,
    /// Registers of the State that can be asked.
    pub registers: BTreeMap<Name, Register>,
    /// Portals and platforms.
    pub portals: BTreeMap<Name, Portal>,
    /// Named fees.
    pub fees: BTreeMap<Name, Fee>,
    /// Legal texts.
    pub texts: BTreeMap<Name, LegalText>,
    /// Sectors.
    pub sectors: BTreeMap<Name, Text>,
    /// Life events.
    pub life_events: BTreeMap<Name, Text>,
    /// The lists of decisions under law 55-19, by place; a rank may hold several.
    pub lists: BTreeMap<ListEntry, Vec<ListedDecision>>,
    /// Facts about administrations that no procedure tells, each with its evidence.
    pub duties: Vec<DutyFact>,
    /// What the index of maturity weighs, and how.
    pub maturity: Settings,
    /// Procedures that one event brings together.
    pub events: BTreeMap<Name, Event>,
    /// What an hour, a trip and a sheet cost.
    pub burden: Parameters,
    /// Public holidays of the administrations.
    pub holidays: BTreeMap<Name, Holiday>,
    /// Hours of the administrations: `ordinary`, `friday`, `ramadan`.
    pub hours: BTreeMap<Name, Opening>,
    /// Steps where the person has to be seen, by procedure.
    pub presences: BTreeMap<Name, BTreeSet<Name>>,
}

impl Vocabulary {
    /// Whether a body is an authority or, over some others, belongs to it.
    #[must_use]
    pub fn belongs(&self, body: &Name, whole: &Name) -> bool {
        let parent = |body: &&Name| self.authorities.get(*body)?.parent.as_ref();
        // Parents that go round are no reason to hang.
        std::iter::successors(Some(body), parent).take(8).any(|body| body == whole)
    }
}

/// Procedures that one event in life brings together: a list that somebody wrote, whereas a life event of
/// [`Procedure::life_event`](crate::procedure::Procedure) gathers all that speak of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    /// What the person says: "I have a child".
    pub title: Text,
    /// The life event that it is a part of.
    pub life_event: Option<Name>,
    /// The procedures that everybody in this event goes through, in the usual order.
    pub procedures: Vec<Name>,
    /// Those that some go through.
    pub options: Vec<Name>,
}

/// How long a paper can be used after it is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    /// Days; `None` if it never lapses.
    pub days: Option<u32>,
    /// Where it was read; an estimate if nowhere.
    pub source: Option<Box<str>>,
}

impl Validity {
    /// Whether it outlasts a year: who has needed the paper once still holds it.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        self.days.is_none_or(|days| days > 365)
    }
}

/// A decision of a list that a decree draws up under law 55-19 (arts. 16-20).
#[derive(Clone, Debug, PartialEq)]
pub struct ListedDecision {
    /// Its name in the list.
    pub title: Text,
    /// Who decides.
    pub authority: Option<Name>,
    /// Days in which it is given, after which silence is consent on the lists of silence. The list of local authorities
    /// leaves them to an order; that of extensions has none.
    pub days: Option<u32>,
    /// Whether it was taken off the list.
    pub is_repealed: bool,
    /// Since when it is on the list, if it was added later.
    pub since: Option<Date>,
    /// Whether its line of the list had to be put together again to be read.
    pub is_inferred: bool,
    /// The decree.
    pub text: Option<Name>,
}

/// A paper or datum.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its name.
    pub title: Text,
    /// Who issues it; `None` for the person's own papers.
    pub issuer: Option<Name>,
    /// Its family (identity, tax, …).
    pub kind: Name,
    /// Whether an administration already holds it (law 55-19, arts. 23-24).
    pub is_held: bool,
    /// Whether it is a paper at all.
    pub is_paper: bool,
    /// Whether anybody can read it and it says nothing of the person (law 55-19, art. 7.3).
    pub is_public: bool,
    /// The procedure that delivers it.
    pub procedure: Option<Name>,
    /// How long it can be used, if known.
    pub validity: Option<Validity>,
}

/// A body.
#[derive(Clone, Debug, PartialEq)]
pub struct Authority {
    /// Its name.
    pub title: Text,
    /// Its kind.
    pub kind: Name,
    /// The body it belongs to.
    pub parent: Option<Name>,
    /// Whether it is a private party.
    pub is_private: bool,
}

/// A place that people go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name.
    pub title: Text,
    /// The authority met there, or the private party.
    pub authority: Name,
    /// Whether that is a private party.
    pub is_private: bool,
}

/// A register of the State that can be asked in place of the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Register {
    /// Its name.
    pub title: Text,
    /// Who keeps it.
    pub authority: Name,
    /// Since when it can be asked, if known.
    pub since: Option<Date>,
    /// From when it is planned to be.
    pub planned: Option<Date>,
    /// The documents it stands in for.
    pub supplies: Vec<Name>,
    /// Whether what is said of it is an estimate.
    pub estimated: bool,
}

/// A portal or platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Portal {
    /// Its name.
    pub title: Text,
    /// Its address, without scheme.
    pub url: Option<Box<str>>,
    /// Who runs it.
    pub authority: Option<Name>,
}

/// A named fee.
#[derive(Clone, Debug, PartialEq)]
pub struct Fee {
    /// Its name.
    pub title: Text,
    /// How much.
    pub amount: Dirhams,
    /// The text that creates it.
    pub text: Option<Name>,
    /// Whether it is an estimate.
    pub estimated: bool,
}

/// A legal text.
#[derive(Clone, Debug, PartialEq)]
pub struct LegalText {
    /// Its short title.
    pub title: Text,
    /// The day it was adopted.
    pub date: Option<Date>,
    /// Its identifier in the collection of legal texts.
    pub law: Option<Name>,
}
