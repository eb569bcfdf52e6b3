//! `catalog stats --format json` (docs/json.md).

use std::collections::BTreeMap;

use serde::Serialize;

use super::{TextView, number::Number};

/// How large, how well sourced and how varied the catalogue is.
#[derive(Debug, Serialize)]
pub struct StatsView {
    /// The date.
    pub at: String,
    /// Procedures in force and measured.
    pub procedures: usize,
    /// Versions, of all dates.
    pub versions: usize,
    /// What procedures tell.
    pub shares: BTreeMap<String, PartView>,
    /// By sector.
    pub by_sector: Vec<CountView>,
    /// By level.
    pub by_level: BTreeMap<usize, usize>,
    /// By who may ask.
    pub by_audience: Vec<CountView>,
    /// By authority in charge, the largest first.
    pub by_authority: Vec<CountView>,
    /// Words of the vocabulary, by kind.
    pub words: BTreeMap<String, WordsView>,
    /// Steps, and fragments.
    pub steps: StepsView,
    /// The documents most demanded.
    pub documents: Vec<DemandView>,
    /// The lists of decisions under law 55-19.
    pub lists: BTreeMap<String, ListView>,
    /// How varied the flows are.
    pub variety: VarietyView,
}

/// A count and its share of all procedures.
#[derive(Debug, Serialize)]
pub struct PartView {
    /// How many.
    pub count: usize,
    /// Their share.
    pub share: Number,
}

/// A group of procedures.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextView>,
    /// How many procedures.
    pub procedures: usize,
}

/// Words of a kind.
#[derive(Debug, Serialize)]
pub struct WordsView {
    /// How many are in use.
    pub used: usize,
    /// How many there are.
    pub defined: usize,
}

/// Steps and the fragments behind them.
#[derive(Debug, Serialize)]
pub struct StepsView {
    /// How many.
    pub all: usize,
    /// Those that a fragment wrote or completed.
    pub from_fragments: usize,
    /// Their share.
    pub share: Number,
    /// Nodes by fragment.
    pub fragments: BTreeMap<String, usize>,
}

/// A document that is demanded.
#[derive(Debug, Serialize)]
pub struct DemandView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextView>,
    /// Procedures that demand it on some way.
    pub demanded: usize,
    /// Those that do on their nominal way.
    pub usual: usize,
}

/// A list of decisions, or the two of silence together.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// Ranks in force.
    pub ranks: usize,
    /// Those that a procedure points to.
    pub covered: usize,
    /// Procedures that point to one.
    pub procedures: usize,
    /// Those whose ranks give a delay.
    pub with_delay: usize,
    /// Those of them with another delay.
    pub other_delay: Vec<String>,
    /// Ranks in force without a procedure.
    pub missing: Vec<String>,
}

/// How varied the flows are.
#[derive(Debug, Serialize)]
pub struct VarietyView {
    /// Procedures that share their flow, papers included.
    pub same_flow: PartView,
    /// Procedures that share the bare course, papers counted.
    pub same_course: PartView,
    /// Those that share their flow, together.
    pub families: Vec<Vec<String>>,
    /// The pairs most alike, families apart.
    pub nearest: Vec<NearView>,
}

/// Two procedures that are alike.
#[derive(Debug, Serialize)]
pub struct NearView {
    /// One of them.
    pub one: String,
    /// The other.
    pub other: String,
    /// From 0 to 1.
    pub likeness: Number,
}
