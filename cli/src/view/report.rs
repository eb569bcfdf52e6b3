//! `report --format json`: the contract that others build on (docs/json.md).

use std::collections::BTreeMap;

use serde::Serialize;

use super::{TextView, number::Number};

/// Where the catalogue stands.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// The date.
    pub at: String,
    /// How many procedures are in force and measured.
    pub procedures: usize,
    /// The paperless ones.
    pub paperless: PaperlessView,
    /// How many there are of each level.
    pub levels: BTreeMap<usize, usize>,
    /// The mean level.
    pub mean_level: Number,
    /// What is known of volumes.
    pub volume: VolumeView,
    /// By authority in charge, the largest first.
    pub by_authority: Vec<GroupView>,
    /// By sector.
    pub by_sector: Vec<GroupView>,
    /// By who may ask.
    pub by_audience: Vec<GroupView>,
    /// What changed.
    pub before_now: BeforeNowView,
    /// What the figures rest on.
    pub standing: ReportStandingView,
    /// Procedures without a version in force.
    pub not_in_force: Vec<String>,
    /// Versions in force that cannot be measured.
    pub not_measured: Vec<NotMeasuredView>,
}

/// Paperless procedures.
#[derive(Debug, Serialize)]
pub struct PaperlessView {
    /// How many.
    pub count: usize,
    /// Their share.
    pub share: Number,
    /// Their share of the requests, if any volume is known.
    pub by_volume: Option<Number>,
}

/// Requests a year.
#[derive(Debug, Serialize)]
pub struct VolumeView {
    /// Procedures whose volume is known.
    pub procedures: usize,
    /// Those of which it is an estimate.
    pub estimated: usize,
    /// Requests a year for them.
    pub requests: u64,
    /// Those for paperless ones.
    pub paperless_requests: u64,
}

/// Some procedures together.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// The authority or sector, or `citizen`, `abroad`, `foreigner`, `association`, `firm`.
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextView>,
    /// How many.
    pub procedures: usize,
    /// How many are paperless.
    pub paperless: usize,
    /// Their share.
    pub share: Number,
    /// Their share of the requests, if any volume is known.
    pub by_volume: Option<Number>,
    /// The mean level.
    pub mean_level: Number,
    /// How many there are of each level.
    pub levels: BTreeMap<usize, usize>,
}

/// What changed, over the procedures that have had more than one version.
#[derive(Debug, Serialize)]
pub struct BeforeNowView {
    /// How many.
    pub procedures: usize,
    /// Those with a reconstructed flow on either side.
    pub reconstructed: usize,
    /// Steps on the nominal way.
    pub steps: ChangeView,
    /// Trips on the nominal way.
    pub trips: ChangeView,
    /// Kinds of paper on the nominal way.
    pub documents: ChangeView,
    /// Kinds of paper over all ways.
    pub listed: ChangeView,
    /// The same a year.
    pub yearly: YearlyView,
}

/// A measure before and now.
#[derive(Debug, Serialize)]
pub struct ChangeView {
    /// Over the first versions.
    pub before: SumView,
    /// Over the versions in force.
    pub now: SumView,
    /// Now less before.
    pub difference: SumView,
    /// Whether an estimate is among them.
    pub estimated: bool,
}

/// A sum and a mean.
#[derive(Debug, Serialize)]
pub struct SumView {
    /// The sum.
    pub sum: Number,
    /// The mean.
    pub mean: Number,
}

/// What changed a year, over the procedures whose volume is known.
#[derive(Debug, Serialize)]
pub struct YearlyView {
    /// How many.
    pub procedures: usize,
    /// Trips now less before.
    pub trips: i64,
    /// Documents now less before.
    pub documents: i64,
}

/// What the figures rest on: procedures by the standing of their version in force.
#[derive(Debug, Serialize)]
pub struct ReportStandingView {
    /// With a source.
    pub sourced: usize,
    /// Some figure being an estimate.
    pub estimated: usize,
    /// The flow being reconstructed.
    pub reconstructed: usize,
    /// Minutes not known for every step.
    pub effort_unknown: usize,
    /// Minutes estimated.
    pub effort_estimated: usize,
    /// Delays estimated.
    pub delay_estimated: usize,
    /// Something paid of unknown amount.
    pub fees_unknown: usize,
    /// Fees estimated.
    pub fees_estimated: usize,
    /// Demands estimated.
    pub documents_estimated: usize,
}

/// A version in force that cannot be measured.
#[derive(Debug, Serialize)]
pub struct NotMeasuredView {
    /// The procedure.
    pub id: String,
    /// The version.
    pub version: String,
    /// Why.
    pub error: String,
}
