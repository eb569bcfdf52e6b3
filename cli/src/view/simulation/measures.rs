//! What simulated people had to do, beside what is exact.

use mastara_engine::{
    measure::Range,
    simulate::{Measure, Sum},
};
use serde::Serialize;

use crate::{
    command::simulate::{Outcome, margin},
    view::number::Number,
};

/// What people had to do.
#[derive(Debug, Serialize)]
pub struct MeasuresView {
    /// Steps.
    pub steps: MeasureView,
    /// Trips.
    pub trips: MeasureView,
    /// Kinds of paper.
    pub documents: MeasureView,
    /// With copies.
    pub sheets: MeasureView,
    /// Fetched by the administration.
    pub fetched: MeasureView,
    /// Administrations.
    pub agencies: MeasureView,
    /// Minutes.
    pub effort_minutes: MeasureView,
    /// Dirhams.
    pub fees_mad: MeasureView,
}

/// A measure, drawn and exact.
#[derive(Debug, Serialize)]
pub struct MeasureView {
    /// The mean of the cases.
    pub mean: Number,
    /// The half width of its 95 % confidence interval.
    pub margin: Number,
    /// The least.
    pub least: Number,
    /// The most.
    pub most: Number,
    /// The exact mean.
    pub exact_mean: Number,
    /// The exact least.
    pub exact_least: Number,
    /// The exact most.
    pub exact_most: Number,
    /// Whether the means rest on shares that the file does not give; left out if not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub expected_assumed: bool,
}

impl MeasuresView {
    pub(super) fn new(outcome: &Outcome<'_>) -> Self {
        let [steps, trips, documents, sheets, fetched, agencies, effort_minutes, fees_mad] = outcome
            .measures()
            .map(|(_, measure, exact)| MeasureView::new(measure, outcome.batch.measure(measure), exact));
        Self { steps, trips, documents, sheets, fetched, agencies, effort_minutes, fees_mad }
    }
}

impl MeasureView {
    fn new(measure: Measure, drawn: &Sum, exact: Range) -> Self {
        let is_money = measure == Measure::Fees;
        let whole = if is_money { Number::dirhams } else { Number::whole };
        let mean = if is_money { Number::mean_dirhams } else { Number::rounded };
        Self {
            mean: mean(drawn.mean()),
            margin: mean(margin(drawn)),
            least: whole(drawn.least),
            most: whole(drawn.most),
            exact_mean: mean(exact.expected),
            exact_least: whole(exact.least),
            exact_most: whole(exact.most),
            expected_assumed: exact.is_assumed,
        }
    }
}
