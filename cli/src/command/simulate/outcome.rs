//! A simulation and what came out of it, as the page and the JSON need it.

use mastara_engine::{
    Date,
    measure::{Measures, Range},
    procedure::{Procedure, Version},
    simulate::{Batch, DeskCount, Measure, Settings, Sum},
    text::Name,
};

use crate::view::number::share;

/// Seconds of a day.
pub const DAY: f64 = 86_400.0;
/// 97.5 % of the normal distribution.
const NORMAL: f64 = 1.96;

/// A simulation and what came out of it.
pub struct Outcome<'a> {
    /// The procedure.
    pub procedure: &'a Procedure,
    /// Its version.
    pub version: &'a Version,
    /// The first day.
    pub from: Date,
    /// How many cases.
    pub cases: u64,
    /// With which settings.
    pub settings: &'a Settings,
    /// The authorities that have work in it.
    pub authorities: &'a [Name],
    /// The exact measures.
    pub measures: &'a Measures,
    /// What was counted.
    pub batch: &'a Batch,
}

/// A desk with what its counts say.
pub struct Office<'a> {
    /// The authority.
    pub authority: &'a Name,
    /// Its counts.
    pub count: &'a DeskCount,
    /// The share of their time that officers worked until the last new case came.
    pub utilisation: f64,
    /// The work that came, of those who gave up too, over the time that officers had for it: above 1 the queue grows without
    /// end. `None` for too few cases.
    pub load: Option<f64>,
    /// How many waited in the mean.
    pub queue: f64,
    /// Of those that came, how many had to wait.
    pub waited: f64,
    /// Minutes of open offices waited in the mean.
    pub wait: f64,
}

impl Outcome<'_> {
    /// The measures, with their keys in the locales, what was drawn and what is exact.
    pub fn measures(&self) -> [(&'static str, Measure, Range); 8] {
        let exact = self.measures;
        [
            ("measure.steps", Measure::Steps, exact.steps),
            ("measure.trips", Measure::Trips, exact.trips),
            ("measure.documents", Measure::Documents, exact.documents),
            ("measure.sheets", Measure::Sheets, exact.sheets),
            ("measure.fetched", Measure::Fetched, exact.fetched),
            ("measure.agencies", Measure::Agencies, exact.agencies),
            ("measure.effort", Measure::Effort, exact.effort),
            ("measure.fees", Measure::Fees, exact.fees),
        ]
    }

    /// The officers that are limited.
    #[expect(clippy::cast_precision_loss, reason = "shares are floats")]
    pub fn offices(&self) -> Vec<Office<'_>> {
        let desks = self.authorities.iter().zip(&self.batch.desks).filter(|(_, count)| count.officers > 0);
        let time = |count: &DeskCount| (f64::from(count.officers) * self.batch.working as f64).max(1.0);
        let office = |(authority, count)| {
            let count: &DeskCount = count;
            let came = (count.served + count.given_up).max(1);
            Office {
                authority,
                count,
                utilisation: count.work_in_time as f64 / time(count),
                load: (self.batch.has_enough_cases()).then(|| (count.work + count.work_undone) as f64 / time(count)),
                queue: count.wait_in_time as f64 / (self.batch.working as f64).max(1.0),
                waited: share(count.waited, came),
                wait: count.wait as f64 / came as f64 / 60.0,
            }
        };
        desks.map(office).collect()
    }

    /// The half width of the 95 % confidence interval of the mean time in days; `None` for too few cases.
    pub fn lead_margin(&self) -> Option<f64> {
        self.batch.lead_margin().map(|seconds| seconds / DAY)
    }
}

/// The half width of the 95 % confidence interval of a mean of independent cases.
pub fn margin(sum: &Sum) -> f64 {
    NORMAL * sum.error()
}
