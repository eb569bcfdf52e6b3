//! `burden --format json` (docs/json.md).

use mastara_engine::{
    burden::{Burden, Cause, Interval, Item, Parameters, items},
    procedure::{Audience, Procedure},
};
use serde::Serialize;

use super::{TextView, audience_id, number::Number};
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
    /// `known`, `estimated` or `at_least`.
    pub standing: &'static str,
    /// What they cost a year.
    pub now: CostView,
    /// What they would as they first were.
    pub before: CostView,
    /// Dirhams saved a year since.
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
    /// `known`, `estimated` or `at_least`.
    pub standing: &'static str,
    /// A case, in the mean.
    pub case: CostView,
    /// A case along the nominal way.
    pub nominal_case: CostView,
    /// A case as it first was, in the mean.
    pub before_case: Option<CostView>,
    /// A year.
    pub year: Option<CostView>,
}

/// What something costs.
#[derive(Debug, Serialize)]
pub struct CostView {
    /// Hours in all.
    pub hours: IntervalView,
    /// Of which at the steps.
    pub hours_at_steps: IntervalView,
    /// And under way.
    pub hours_under_way: IntervalView,
    /// Dirhams in all.
    pub mad: IntervalView,
    /// Of which what the time is worth.
    pub time_mad: IntervalView,
    /// Fees.
    pub fees_mad: IntervalView,
    /// Fares.
    pub fares_mad: IntervalView,
    /// And sheets.
    pub sheets_mad: IntervalView,
}

/// A value between bounds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct IntervalView {
    /// The low bound.
    pub low: Number,
    /// What is taken for the value.
    pub central: Number,
    /// The high bound.
    pub high: Number,
}

/// An item of a case.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// `steps`, `under_way`, `fees`, `fares` or `sheets`.
    pub cause: &'static str,
    /// The zone, for trips.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Minutes, trips, dirhams or sheets.
    pub quantity: Number,
    /// Hours.
    pub hours: IntervalView,
    /// Dirhams.
    pub mad: IntervalView,
}

/// A price.
#[derive(Debug, Serialize)]
pub struct PriceView {
    /// `hour`, `trip` or `sheet`.
    pub kind: &'static str,
    /// Whose hour, or which zone.
    pub of: Option<String>,
    /// Its name.
    pub title: TextView,
    /// Dirhams.
    pub mad: IntervalView,
    /// Minutes, for trips.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<IntervalView>,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// Where it was read, or how it was estimated.
    pub source: Option<String>,
}

/// A mark as programs read it.
fn standing(mark: Mark) -> &'static str {
    match mark {
        Mark::Known => "known",
        Mark::Estimated => "estimated",
        Mark::AtLeast => "at_least",
    }
}

impl IntervalView {
    fn of(interval: Interval, number: impl Fn(i64) -> Number) -> Self {
        Self { low: number(interval.low), central: number(interval.central), high: number(interval.high) }
    }

    fn dirhams(centimes: Interval) -> Self {
        Self::of(centimes, Number::dirhams)
    }

    fn hours(seconds: Interval) -> Self {
        Self::of(seconds, |seconds| Number::rounded(super::number::as_float(seconds) / 3600.0))
    }
}

impl From<&Burden> for CostView {
    fn from(burden: &Burden) -> Self {
        Self {
            hours: IntervalView::hours(burden.seconds()),
            hours_at_steps: IntervalView::hours(burden.at_steps),
            hours_under_way: IntervalView::hours(burden.under_way),
            mad: IntervalView::dirhams(burden.centimes()),
            time_mad: IntervalView::dirhams(burden.time),
            fees_mad: IntervalView::dirhams(burden.fees),
            fares_mad: IntervalView::dirhams(burden.fares),
            sheets_mad: IntervalView::dirhams(burden.sheets),
        }
    }
}

impl From<&Total> for TotalView {
    fn from(total: &Total) -> Self {
        Self {
            procedures: total.procedures,
            changed: total.changed,
            cases: total.cases,
            standing: standing(total.mark),
            now: (&total.now).into(),
            before: (&total.before).into(),
            saved_mad: IntervalView::dirhams(total.saved()),
        }
    }
}

impl BurdenView {
    /// The whole account.
    pub fn new(at: String, account: &Account<'_>, parameters: &Parameters) -> Self {
        let group =
            |(id, total): &(mastara_engine::text::Name, Total)| GroupView { id: id.to_string(), total: total.into() };
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
            standing: standing(row.now.mark),
            case: case(&row.now),
            nominal_case: (&row.now.nominal).into(),
            before_case: row.before.as_ref().map(|(_, before)| case(before)),
            year: row.year().as_ref().map(CostView::from),
        }
    }
}

impl From<&Item> for ItemView {
    fn from(item: &Item) -> Self {
        let (cause, zone) = match &item.cause {
            Cause::Steps => ("steps", None),
            Cause::UnderWay(zone) => ("under_way", Some(zone.to_string())),
            Cause::Fees => ("fees", None),
            Cause::Fares(zone) => ("fares", Some(zone.to_string())),
            Cause::Sheets => ("sheets", None),
        };
        let scale = if item.cause == Cause::Fees { 100_000.0 } else { 1000.0 };
        Self {
            cause,
            zone,
            quantity: Number::rounded(super::number::as_float(item.quantity) / scale),
            hours: IntervalView::hours(item.seconds),
            mad: IntervalView::dirhams(item.centimes),
        }
    }
}

fn prices(parameters: &Parameters) -> Vec<PriceView> {
    let price = |kind, of, price: &mastara_engine::burden::Price| PriceView {
        kind,
        of,
        title: (&price.title).into(),
        mad: IntervalView::dirhams(price.value),
        minutes: None,
        estimated: price.estimated,
        source: price.source.as_ref().map(ToString::to_string),
    };
    let hours = parameters.tariffs.iter();
    let hours = hours.map(|(audience, hour)| price("hour", Some(audience_id(*audience).to_owned()), hour));
    let trips = parameters.zones.iter().map(|(name, zone)| PriceView {
        kind: "trip",
        of: Some(name.to_string()),
        title: (&zone.title).into(),
        mad: IntervalView::dirhams(zone.fare),
        minutes: Some(IntervalView::of(zone.minutes, Number::whole)),
        estimated: zone.estimated,
        source: zone.source.as_ref().map(ToString::to_string),
    });
    let sheet = parameters.sheet.iter().map(|sheet| price("sheet", None, sheet));
    hours.chain(trips).chain(sheet).collect()
}
