//! `compare --format json`: two versions side by side. Texts are in the language asked for; identifiers stand beside them.

use serde::Serialize;

use super::{measures::FiguresView, number::Number, sheet::Named};

/// Two versions of a procedure.
#[derive(Debug, Serialize)]
pub struct ComparisonView {
    /// `sector/identifier`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The older version.
    pub from: ComparedVersionView,
    /// The newer version.
    pub to: ComparedVersionView,
    /// The figures side by side.
    pub measures: Vec<MeasureView>,
    /// What became of each node of the older version.
    pub nodes: Vec<FateView>,
    /// The nodes of the newer version that stand for none of the older.
    pub new: Vec<Named>,
    /// The papers.
    pub papers: PapersView,
}

/// A version and its figures.
#[derive(Debug, Serialize)]
pub struct ComparedVersionView {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub from: String,
    /// Whether it is only announced.
    pub planned: bool,
    /// `sourced`, `estimated` or `reconstructed`.
    pub provenance: &'static str,
    /// Its figures.
    pub figures: FiguresView,
}

/// A measure of both versions.
#[derive(Debug, Serialize)]
pub struct MeasureView {
    /// Which: `steps`, `trips`, `documents`, `listed`, `sheets`, `fetched`, `effort_minutes`, `legal_delay_days`,
    /// `expected_delay_days`, `fees_mad`, `agencies`, `level`.
    pub measure: &'static str,
    /// Its name.
    pub title: String,
    /// Along the nominal way.
    pub nominal: PairView,
    /// The least.
    pub least: PairView,
    /// The most.
    pub most: PairView,
    /// The mean.
    pub expected: PairView,
}

/// A figure of both versions.
#[derive(Debug, Serialize)]
pub struct PairView {
    /// Of the older one.
    pub from: Number,
    /// Of the newer one.
    pub to: Number,
    /// How much more in the newer one; of what is not wholly known in both, nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Number>,
    /// The three in words: other figures have other words.
    pub text: [String; 3],
}

impl MeasureView {
    /// Its four values, each with the last part of its key in the locales.
    pub fn aspects(&self) -> [(&'static str, &PairView); 4] {
        [("nominal", &self.nominal), ("least", &self.least), ("most", &self.most), ("expected", &self.expected)]
    }

    /// Whether all ways have the same figure, before and after.
    pub fn is_plain(&self) -> bool {
        self.nominal.text == self.least.text && self.nominal.text == self.most.text
    }
}

impl PairView {
    /// Whether it is another figure, or known otherwise.
    pub fn has_moved(&self) -> bool {
        self.text[0] != self.text[1]
    }
}

/// What became of a node.
#[derive(Debug, Serialize)]
pub struct FateView {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `step`, `wait` or `decision`.
    pub kind: &'static str,
    /// `kept`, `replaced`, `dropped` or `unaccounted`.
    pub fate: &'static str,
    /// The nodes that stand for it.
    pub by: Vec<Named>,
    /// Why it was dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What changed of a node that is kept.
    pub changes: Vec<String>,
    /// The fate in words.
    pub text: String,
}

/// The papers of both versions.
#[derive(Debug, Serialize)]
pub struct PapersView {
    /// No longer asked for, with the registers that now supply them.
    pub gone: Vec<GoneView>,
    /// Asked for by both.
    pub still: Vec<Named>,
    /// Asked for by the newer one only.
    pub added: Vec<Named>,
}

/// A paper that is no longer asked for.
#[derive(Debug, Serialize)]
pub struct GoneView {
    /// The document.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The register from which the administration fetches it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched_from: Option<Named>,
}
