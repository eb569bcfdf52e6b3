//! `burden --format json` (docs/json.md).

use mastara_engine::{
    burden::{Parameters, items},
    procedure::{Audience, Procedure},
    text::Name,
};
use serde::Serialize;

use super::{
    TextView, audience_id,
    cost::{CostView, IntervalView, ItemView, PriceView, prices},
};
use crate::{
    command::burden::{Account, Case, Row, Total},
    figures::Mark,
};

/// What a catalogue costs.
#[derive(Debug, Serialize)]
pub struct BurdenView {
    /// The day that versions in force are looked up for.
    pub at: String,
    /// Procedures measured.
    pub procedures: usize,
    /// Those of known volume, which the totals are over.
    pub with_volume: usize,
    /// How many of these volumes are estimates.
    pub volumes_estimated: usize,
    /// All of them.
    pub total: TotalView,
    /// By authority in charge.
    pub authorities: Vec<GroupView>,
    /// By sector.
    pub sectors: Vec<GroupView>,
    /// Every procedure, the dearest year first.
    pub rows: Vec<RowView>,
    /// The prices.
    pub prices: Vec<PriceView>,
}

/// One procedure, item by item.
#[derive(Debug, Serialize)]
pub struct OneView {
    /// The day that the version in force is looked up for.
    pub at: String,
    /// The procedure.
    #[serde(flatten)]
    pub row: RowView,
    /// The items of a case, in the mean.
    pub items: Vec<ItemView>,
    /// The prices that they rest on.
    pub prices: Vec<PriceView>,
}

/// Procedures of known volume together.
#[derive(Debug, Serialize)]
pub struct TotalView {
    /// How many.
    pub procedures: usize,
    /// Those of which a version came before.
    pub changed: usize,
    /// Cases of a year.
    pub cases: u64,
    /// Of the dirhams: `known`, `estimated` or `at_least`.
    pub standing: &'static str,
    /// Of the hours.
    pub standing_time: &'static str,
    /// What they cost a year.
    pub now: CostView,
    /// Of the dirhams as they first were.
    pub standing_before: &'static str,
    /// What they would as they first were.
    pub before: CostView,
    /// Those that changed and of which all is known, before and now.
    pub compared: usize,
    /// Dirhams that these save a year.
    pub saved_mad: IntervalView,
}

/// An authority or sector.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// Its identifier.
    pub id: String,
    /// Its procedures of known volume.
    #[serde(flatten)]
    pub total: TotalView,
}

/// A procedure.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// `sector/identifier`.
    pub id: String,
    /// Its title.
    pub title: TextView,
    /// The version in force.
    pub version: String,
    /// Who may ask.
    pub audiences: Vec<&'static str>,
    /// Cases of a year.
    pub cases: Option<u64>,
    /// Where that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases_source: Option<String>,
    /// Whether it is an estimate.
    pub cases_estimated: bool,
    /// Of the dirhams of a case: `known`, `estimated` or `at_least`.
    pub standing: &'static str,
    /// Of its hours.
    pub standing_time: &'static str,
    /// A case, in the mean.
    pub case: CostView,
    /// A case along the nominal way.
    pub nominal_case: CostView,
    /// Of the dirhams of a case as it first was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing_before: Option<&'static str>,
    /// A case as it first was, in the mean.
    pub before_case: Option<CostView>,
    /// A year.
    pub year: Option<CostView>,
}

/// A mark as programs read it.
fn standing(mark: Mark) -> &'static str {
    match mark {
        Mark::Known => "known",
        Mark::Estimated => "estimated",
        Mark::AtLeast => "at_least",
    }
}

impl From<&Total> for TotalView {
    fn from(total: &Total) -> Self {
        Self {
            procedures: total.procedures,
            changed: total.changed,
            cases: total.cases,
            standing: standing(total.marks.money()),
            standing_time: standing(total.marks.time),
            now: (&total.now).into(),
            standing_before: standing(total.marks_before.money()),
            before: (&total.before).into(),
            compared: total.compared,
            saved_mad: IntervalView::dirhams(total.saved),
        }
    }
}

impl BurdenView {
    /// The whole account.
    pub fn new(at: String, account: &Account<'_>, parameters: &Parameters) -> Self {
        let group = |(id, total): &(Name, Total)| GroupView { id: id.to_string(), total: total.into() };
        Self {
            at,
            procedures: account.rows.len(),
            with_volume: account.total.procedures,
            volumes_estimated: account.volumes_estimated,
            total: (&account.total).into(),
            authorities: account.by_authority.iter().map(group).collect(),
            sectors: account.by_sector.iter().map(group).collect(),
            rows: account.rows.iter().map(RowView::from).collect(),
            prices: prices(parameters),
        }
    }
}

impl OneView {
    /// One procedure.
    pub fn new(at: String, row: &Row<'_>, parameters: &Parameters) -> Self {
        let items = items(&row.now.load, &row.line.procedure.audience, parameters).unwrap_or_default();
        Self { at, row: row.into(), items: items.iter().map(ItemView::from).collect(), prices: prices(parameters) }
    }
}

impl From<&Row<'_>> for RowView {
    fn from(row: &Row<'_>) -> Self {
        let procedure: &Procedure = row.line.procedure;
        let volume = procedure.volume.as_ref();
        let case = |case: &Case| CostView::from(&case.mean);
        Self {
            id: procedure.id.to_string(),
            title: (&procedure.title).into(),
            version: row.line.version.name.to_string(),
            audiences: procedure.audience.iter().map(|audience: &Audience| audience_id(*audience)).collect(),
            cases: row.cases,
            cases_source: volume.and_then(|volume| volume.source.as_ref()).map(ToString::to_string),
            cases_estimated: volume.is_some_and(|volume| volume.estimated),
            standing: standing(row.now.marks.money()),
            standing_time: standing(row.now.marks.time),
            standing_before: row.before.as_ref().map(|(_, before)| standing(before.marks.money())),
            case: case(&row.now),
            nominal_case: (&row.now.nominal).into(),
            before_case: row.before.as_ref().map(|(_, before)| case(before)),
            year: row.year().as_ref().map(CostView::from),
        }
    }
}
