//! `plan --format json` (docs/json.md), and what the picture of a plan is made from.

use serde::Serialize;

use super::number::Number;

/// A plan.
#[derive(Debug, Serialize)]
pub struct PlanView {
    /// The date.
    pub at: String,
    /// `trips`, `sheets`, `hours` or `dirhams`: the unit of all amounts.
    pub goal: String,
    /// For whom one change of a service holds.
    pub unit: String,
    /// Whether each procedure counts once, instead of as often as it is asked for in a year.
    pub every: bool,
    /// How many changes at most.
    pub budget: u32,
    /// What is saved.
    pub gain: Number,
    /// Its share of the whole.
    pub share: Number,
    /// All that the counted procedures ask.
    pub whole: Number,
    /// `optimal` or `stopped`.
    pub proof: &'static str,
    /// What no choice saves more than.
    pub bound: Number,
    /// How far the choice may be from the best, as a share of the bound.
    pub gap: Number,
    /// What always the best next change would save.
    pub greedy: Number,
    /// The same, where what one trip or sheet still lacks is weighed together.
    pub greedy_ahead: Number,
    /// What is saved by executing the changed flows.
    pub measured: MeasuredView,
    /// Whether a volume, a price, a duration or a demand is an estimate.
    pub estimated: bool,
    /// Whether what is saved is at least so much, since nothing tells how long an errand takes that nobody makes any more.
    pub incomplete: bool,
    /// Whether the whole is at least so much, since some step does not say how long it takes.
    pub whole_incomplete: bool,
    /// In the order to build them.
    pub changes: Vec<PlannedView>,
    /// What counts.
    pub coverage: PlanCoverageView,
}

/// What is saved by executing the changed flows.
#[derive(Debug, Serialize)]
pub struct MeasuredView {
    /// With the central prices.
    pub gain: Number,
    /// With the low prices.
    pub low: Number,
    /// With the high prices.
    pub high: Number,
    /// Procedures where it is not what was planned.
    pub apart: Vec<ApartView>,
}

/// A procedure where the measured saving is not the planned one.
#[derive(Debug, Serialize)]
pub struct ApartView {
    /// `sector/identifier`.
    pub procedure: String,
    /// What was planned.
    pub planned: Number,
    /// What was measured.
    pub measured: Number,
}

/// A change in its turn.
#[derive(Debug, Serialize)]
pub struct PlannedView {
    /// From 1.
    pub rank: usize,
    /// `connect` (a register is opened to exchange) or a kind of change, as options name it.
    pub kind: String,
    /// Its key in a file of changes; none for `connect`, which changes no procedure by itself.
    pub key: Option<&'static str>,
    /// The words behind the key; of `connect` the register.
    pub value: String,
    /// Who must make it, if one body does.
    pub authority: Option<String>,
    /// The ranks of the changes that it needs.
    pub needs: Vec<usize>,
    /// What it saves after those before it.
    pub gain: Number,
    /// What is saved with those before it.
    pub total: Number,
    /// The share of the whole saved with those before it.
    pub share: Number,
}

/// What counts.
#[derive(Debug, Serialize)]
pub struct PlanCoverageView {
    /// Procedures that count.
    pub procedures: usize,
    /// Of those, how many have an estimated volume.
    pub volumes_estimated: usize,
    /// Procedures in force that do not count, for want of a volume or a price.
    pub left_out: usize,
    /// How many changes there were to choose among.
    pub candidates: usize,
    /// The procedures in force of the administration asked for; none if none is.
    pub own: Option<OwnView>,
}

/// The procedures in force of an administration, and of those that belong to it.
#[derive(Debug, Serialize)]
pub struct OwnView {
    /// How many.
    pub procedures: usize,
    /// How many of them have a volume.
    pub with_volume: usize,
}

/// A picture of what each budget saves.
#[derive(Debug, Serialize)]
pub struct CurveView {
    /// The language.
    pub lang: &'static str,
    /// Whether it is written from right to left.
    pub is_rtl: bool,
    /// The title.
    pub title: String,
    /// What the axis below counts.
    pub below: String,
    /// What the second line and the marks mean.
    pub note: String,
    /// The best choice: its name, and points.
    pub best: LineView,
    /// Always the best next change.
    pub greedy: LineView,
    /// Lines across with their figures.
    pub heights: Vec<MarkView>,
    /// Budgets.
    pub budgets: Vec<MarkView>,
}

/// A line of the picture.
#[derive(Debug, Serialize)]
pub struct LineView {
    /// Its name.
    pub name: String,
    /// Its points, as SVG has them.
    pub points: String,
    /// Where it ends, for its name.
    pub end: f64,
}

/// A figure on an axis.
#[derive(Debug, Serialize)]
pub struct MarkView {
    /// Where.
    pub at: f64,
    /// The figure.
    pub label: String,
}
