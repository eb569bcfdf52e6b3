//! Which figures of a version are estimates, and which are not wholly known.

use mastara_engine::{
    measure::{Measures, Range},
    procedure::ClaimMeasure,
    simulate::Measure,
};

use crate::figures::Mark;

/// The mark of each kind of figure of a version. That nobody has recorded a flow is said of the version as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    /// Documents and sheets.
    pub documents: Mark,
    /// Minutes.
    pub effort: Mark,
    /// Days by law.
    pub delay: Mark,
    /// Usual days.
    pub usual_delay: Mark,
    /// Dirhams.
    pub fees: Mark,
    /// Whether all means are estimates, because shares are.
    pub means_estimated: bool,
}

impl Marks {
    /// Of a version that measures so.
    pub fn new(measures: &Measures) -> Self {
        let standing = measures.standing;
        let mark = |measure| Mark::of_measure(measure, standing);
        Self {
            documents: mark(ClaimMeasure::Documents),
            effort: mark(ClaimMeasure::Effort),
            delay: mark(ClaimMeasure::LegalDelay),
            usual_delay: mark(ClaimMeasure::UsualDelay),
            fees: mark(ClaimMeasure::Fees),
            means_estimated: standing.shares_estimated,
        }
    }

    /// The mark of a measure that is simulated.
    pub fn of(self, measure: Measure) -> Mark {
        match measure {
            Measure::Documents | Measure::Sheets => self.documents,
            Measure::Effort => self.effort,
            Measure::Fees => self.fees,
            Measure::Steps | Measure::Trips | Measure::Fetched | Measure::Agencies => Mark::Known,
        }
    }

    /// The mark of the mean of a measure: an estimate where shares are, or where equal ones are assumed. Shares do not
    /// matter where all ways are alike.
    pub fn mean(self, mark: Mark, range: Range) -> Mark {
        let rests_on_shares = range.least != range.most && (self.means_estimated || range.is_assumed);
        if rests_on_shares && mark == Mark::Known { Mark::Estimated } else { mark }
    }
}
