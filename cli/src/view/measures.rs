//! `measure --format json`: the contract that others build on (docs/json.md).

use mastara_engine::{
    Date,
    flow::Flow,
    measure::{Measures, Obstacle, Range},
    node::Provenance,
    procedure::{Procedure, Version},
};
use serde::Serialize;

use super::{
    TextView,
    number::Number,
    standing::{ObstacleView, StandingView},
};
use crate::measured::Unmeasured;

/// The measures of some procedures.
#[derive(Debug, Serialize)]
pub struct MeasuresView {
    /// The day for which `in_force` is said.
    pub at: String,
    /// By identifier.
    pub procedures: Vec<ProcedureView>,
}

/// A procedure.
#[derive(Debug, Serialize)]
pub struct ProcedureView {
    /// `sector/identifier`.
    pub id: String,
    /// Its title.
    pub title: TextView,
    /// The authority in charge.
    pub authority: String,
    /// By date.
    pub versions: Vec<VersionView>,
}

/// A version and its figures, or why it has none.
#[derive(Debug, Serialize)]
pub struct VersionView {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: TextView,
    /// The first day.
    pub from: String,
    /// Whether it was only announced.
    pub planned: bool,
    /// `sourced`, `estimated` or `reconstructed`.
    pub provenance: &'static str,
    /// Whether it is in force at the day of the report.
    pub in_force: bool,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Option<FiguresView>,
    /// Why it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// All measures.
#[derive(Debug, Serialize)]
pub struct FiguresView {
    /// Steps.
    pub steps: RangeView,
    /// Trips.
    pub trips: RangeView,
    /// Kinds of paper.
    pub documents: DocumentsView,
    /// Papers with their copies.
    pub sheets: RangeView,
    /// Kinds of document that the administration fetches.
    pub fetched: RangeView,
    /// The person's minutes.
    pub effort_minutes: RangeView,
    /// Days.
    pub delay_days: DelaysView,
    /// Dirhams.
    pub fees_mad: RangeView,
    /// Administrations dealt with.
    pub agencies: RangeView,
    /// 0 to 5.
    pub level: u8,
    /// Whether it is paperless.
    pub paperless: bool,
    /// What keeps it from being so.
    pub obstacles: Vec<ObstacleView>,
    /// What is known, and what is an estimate.
    pub standing: StandingView,
}

/// A measure over all feasible ways.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RangeView {
    /// Along the nominal way.
    pub nominal: Number,
    /// The least.
    pub least: Number,
    /// The most.
    pub most: Number,
    /// The mean.
    pub expected: Number,
    /// Whether the mean rests on shares that the file does not give (equal ones are assumed); left out if not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub expected_assumed: bool,
}

/// Kinds of paper.
#[derive(Debug, Serialize)]
pub struct DocumentsView {
    /// On a way.
    #[serde(flatten)]
    pub range: RangeView,
    /// Over all ways together.
    pub listed: usize,
    /// Which.
    pub names: Vec<String>,
}

/// Days until the end, along the critical path.
#[derive(Debug, Serialize)]
pub struct DelaysView {
    /// Legal maxima where there are any.
    pub legal: RangeView,
    /// As usually seen where that is known.
    pub expected: RangeView,
}

impl ProcedureView {
    /// A procedure with what was measured of each of its versions, in their order.
    pub fn new(procedure: &Procedure, measured: &[Result<Measures, Unmeasured>], at: Date) -> Self {
        let in_force = procedure.in_force(at).map(|version| version.name.clone());
        let version = |(version, measured): (&Version, &Result<Measures, Unmeasured>)| {
            VersionView::new(version, measured, in_force.as_ref() == Some(&version.name))
        };
        Self {
            id: procedure.id.to_string(),
            title: (&procedure.title).into(),
            authority: procedure.authority.to_string(),
            versions: procedure.versions.iter().zip(measured).map(version).collect(),
        }
    }
}

impl VersionView {
    fn new(version: &Version, measured: &Result<Measures, Unmeasured>, in_force: bool) -> Self {
        Self {
            id: version.name.to_string(),
            title: (&version.title).into(),
            from: version.from.to_string(),
            planned: version.is_planned,
            provenance: provenance(version.provenance),
            in_force,
            figures: measured.as_ref().ok().map(|measures| FiguresView::new(measures, &version.flow)),
            error: measured.as_ref().err().map(|unmeasured| unmeasured.reason(version)),
        }
    }
}

impl FiguresView {
    /// The figures of a flow.
    pub fn new(measures: &Measures, flow: &Flow) -> Self {
        let obstacle = |(node, obstacle): &(_, Obstacle)| ObstacleView::new(flow.node(*node).name.as_str(), obstacle);
        Self {
            steps: measures.steps.into(),
            trips: measures.trips.into(),
            documents: DocumentsView {
                range: measures.documents.into(),
                listed: measures.listed.len(),
                names: measures.listed.iter().map(ToString::to_string).collect(),
            },
            sheets: measures.sheets.into(),
            fetched: measures.fetched.into(),
            effort_minutes: measures.effort.into(),
            delay_days: DelaysView { legal: measures.legal_delay.into(), expected: measures.usual_delay.into() },
            fees_mad: RangeView::dirhams(measures.fees),
            agencies: measures.agencies.into(),
            level: measures.level,
            paperless: measures.is_paperless,
            obstacles: measures.obstacles.iter().map(obstacle).collect(),
            standing: measures.standing.into(),
        }
    }
}

impl From<Range> for RangeView {
    fn from(range: Range) -> Self {
        Self {
            nominal: Number::whole(range.nominal),
            least: Number::whole(range.least),
            most: Number::whole(range.most),
            expected: Number::rounded(range.expected),
            expected_assumed: range.is_assumed,
        }
    }
}

impl RangeView {
    /// Dirhams of centimes.
    pub fn dirhams(range: Range) -> Self {
        Self {
            nominal: Number::dirhams(range.nominal),
            least: Number::dirhams(range.least),
            most: Number::dirhams(range.most),
            expected: Number::mean_dirhams(range.expected),
            expected_assumed: range.is_assumed,
        }
    }
}

/// A provenance as programs read it; also the last part of its key in the locales.
pub fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Sourced => "sourced",
        Provenance::Estimated => "estimated",
        Provenance::Reconstructed => "reconstructed",
    }
}
