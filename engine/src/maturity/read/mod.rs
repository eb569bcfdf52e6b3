//! What each indicator reads of the catalogue; `docs/maturite.md` gives the formulas.

mod duty;
mod exchange;
mod impact;
mod reach;
mod service;
mod sheet;
mod trust;

pub use self::{
    duty::duties,
    exchange::exchange,
    impact::{Burdens, burden, cases, paperless},
    reach::reach,
    service::{identification, service},
    sheet::{complete, fresh},
    trust::trust,
};

use crate::{
    Date,
    node::Provenance,
    procedure::{DecisionList, Procedure, Version},
    text::Name,
    vocabulary::Vocabulary,
};

use super::settings::Settings;

/// A procedure as the readers see it.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'c> {
    /// Its rank in the ledger.
    pub rank: usize,
    /// The procedure.
    pub procedure: &'c Procedure,
    /// Its version in force.
    pub version: &'c Version,
    /// The words.
    pub vocabulary: &'c Vocabulary,
    /// What the catalogue sets.
    pub settings: &'c Settings,
    /// The date.
    pub at: Date,
}

impl Reader<'_> {
    /// Whether nobody has recorded the flow: whatever is read of it is an estimate.
    #[must_use]
    pub fn is_rebuilt(&self) -> bool {
        self.version.provenance == Provenance::Reconstructed
    }

    /// Whether a body is an administration in the sense of law 55-19 (arts. 1-2): no private party, and no court, but for
    /// the acts of its registry that a list of silence names.
    fn is_administration(&self, authority: &Name) -> bool {
        let known = self.vocabulary.authorities.get(authority);
        let is_court = known.is_some_and(|known| known.kind.as_str() == "juridiction");
        !known.is_some_and(|known| known.is_private) && (!is_court || self.procedure.is_on(DecisionList::SILENCE))
    }
}
