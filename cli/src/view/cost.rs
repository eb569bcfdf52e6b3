//! Hours, dirhams and prices as JSON writes them.

use mastara_engine::burden::{Burden, Cause, Interval, Item, Parameters, Price};
use serde::Serialize;

use super::{
    TextView, audience_id,
    number::{Number, as_float},
};

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

impl IntervalView {
    fn of(interval: Interval, number: impl Fn(i64) -> Number) -> Self {
        Self { low: number(interval.low), central: number(interval.central), high: number(interval.high) }
    }

    /// Dirhams of centimes.
    pub fn dirhams(centimes: Interval) -> Self {
        Self::of(centimes, Number::dirhams)
    }

    fn hours(seconds: Interval) -> Self {
        Self::of(seconds, |seconds| Number::rounded(as_float(seconds) / 3600.0))
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
            quantity: Number::rounded(as_float(item.quantity) / scale),
            hours: IntervalView::hours(item.seconds),
            mad: IntervalView::dirhams(item.centimes),
        }
    }
}

/// All prices.
pub fn prices(parameters: &Parameters) -> Vec<PriceView> {
    let price = |kind, of, price: &Price| PriceView {
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
