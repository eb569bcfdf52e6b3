//! `diff --format json`: what a change of a catalogue means. Texts are in the language asked for; identifiers stand beside them.

use serde::Serialize;

use super::{comparison::MeasureView, sheet::Named};

/// What changed from one catalogue to another.
#[derive(Debug, Serialize)]
pub struct DiffView {
    /// The day for which versions in force are looked up.
    pub at: String,
    /// The older catalogue, as it was named.
    pub from: String,
    /// The newer one.
    pub to: String,
    /// How many.
    pub summary: DiffSummaryView,
    /// What was added, retired or changed, the gravest first, then by identifier.
    pub procedures: Vec<ProcedureDiffView>,
}

/// How many procedures.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct DiffSummaryView {
    /// Only in the newer catalogue.
    pub added: usize,
    /// Only in the older one.
    pub retired: usize,
    /// In both, and not the same.
    pub changed: usize,
    /// Of those changed: only texts.
    pub text: usize,
    /// Of those changed: running cases go on.
    pub compatible: usize,
    /// Of those changed: running cases need to be moved.
    pub migration: usize,
    /// Of those changed: running cases have no place.
    pub breaking: usize,
    /// The same in both.
    pub unchanged: usize,
}

/// A procedure that is not the same in both.
#[derive(Debug, Serialize)]
pub struct ProcedureDiffView {
    /// `sector/identifier`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `added`, `retired` or `changed`.
    pub change: &'static str,
    /// For running cases: `text`, `compatible`, `migration` or `breaking`; none of a procedure that is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impact: Option<&'static str>,
    /// Versions that are new.
    pub added_versions: Vec<Named>,
    /// Versions that are no more.
    pub removed_versions: Vec<Named>,
    /// What is another in the header; that only remarks are, if nothing else is.
    pub edits: Vec<EditView>,
    /// Versions that changed, and the one in force if it is another now.
    pub pairs: Vec<PairDiffView>,
}

/// A version and what it became, or the one that is now in force in its place.
#[derive(Debug, Serialize)]
pub struct PairDiffView {
    /// The older version.
    pub from: Named,
    /// The newer one.
    pub to: Named,
    /// Whether these are the ones in force on that day.
    pub in_force: bool,
    /// Which versions these are, in words.
    pub heading: String,
    /// `text`, `compatible`, `migration` or `breaking`.
    pub impact: &'static str,
    /// Why it is more than compatible.
    pub reasons: Vec<ReasonView>,
    /// The facts that are others, of the version and then of its nodes in the order of the older file.
    pub edits: Vec<EditView>,
    /// For whom figures moved; none if no figure did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<WhomView>,
    /// The measures that moved, nominal or most.
    pub measures: Vec<MeasureView>,
    /// Papers that some way demanded and none does now.
    pub gone: Vec<Named>,
    /// Papers that some way demands now and none did.
    pub added: Vec<Named>,
    /// Why figures are not compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unmeasured: Option<String>,
}

/// Why a change is more than compatible.
#[derive(Debug, Serialize)]
pub struct ReasonView {
    /// Which: `gone`, `renamed`, `leads_elsewhere`…
    pub kind: &'static str,
    /// The nodes, questions or cases that it speaks of.
    pub names: Vec<String>,
    /// `migration` or `breaking`.
    pub impact: &'static str,
    /// The same in words.
    pub text: String,
}

/// For whom figures moved.
#[derive(Debug, Serialize)]
pub struct WhomView {
    /// Whether it is for everybody, or no single question tells for whom.
    pub everybody: bool,
    /// In words.
    pub text: String,
}

/// A fact that is another.
#[derive(Debug, Serialize)]
pub struct EditView {
    /// The node; none of a header, a version or a question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Named>,
    /// What: `silence`, `appeal`, `paper`…
    pub what: &'static str,
    /// Before; empty if it is new, or if no words tell it.
    pub before: String,
    /// After; empty if it is gone, or if no words tell it.
    pub after: String,
    /// The same in words.
    pub text: String,
}
