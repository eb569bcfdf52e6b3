//! What one case asks of a person.

use std::collections::{BTreeMap, BTreeSet};

use super::Parameters;
use crate::{
    answers::Answers,
    measure::{Measures, TooEntangled},
    procedure::Aspect,
    program::Program,
    text::Name,
};

/// What one case asks of a person, as far as it costs: quantities in thousandths, for means are rarely whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Thousandths of a minute at the steps themselves.
    pub effort: i64,
    /// Thousandths of a sheet.
    pub sheets: i64,
    /// Thousandths of a centime.
    pub fees: i64,
    /// Thousandths of a trip, by zone.
    pub trips: BTreeMap<Name, i64>,
}

impl Load {
    /// What a version asks of this person along its nominal way, or in the mean. Of least and most only one measure at a
    /// time is a property of a way; they are taken as means.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn new(
        program: &Program,
        measures: &Measures,
        person: &Answers,
        aspect: Aspect,
        parameters: &Parameters,
    ) -> Result<Self, TooEntangled> {
        let aspect = if aspect == Aspect::Nominal { aspect } else { Aspect::Expected };
        let mut load = Self::fixed(measures, aspect);
        let zones: BTreeSet<&Name> = program.places().iter().filter_map(|place| parameters.zone(place)).collect();
        for zone in zones {
            let trips = program.trips_to(person, |place| parameters.zone(place) == Some(zone))?;
            load.trips.insert(zone.clone(), thousandths(trips.aspect(aspect)));
        }
        Ok(load)
    }

    /// The same without its trips.
    #[must_use]
    pub fn fixed(measures: &Measures, aspect: Aspect) -> Self {
        Self {
            effort: thousandths(measures.effort.aspect(aspect)),
            sheets: thousandths(measures.sheets.aspect(aspect)),
            fees: thousandths(measures.fees.aspect(aspect)),
            trips: BTreeMap::new(),
        }
    }

    /// All trips, in thousandths.
    #[must_use]
    pub fn all_trips(&self) -> i64 {
        self.trips.values().sum()
    }
}

/// The nearest thousandth.
#[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate, as sums of figures do")]
fn thousandths(value: f64) -> i64 {
    (value * 1000.0).round() as i64
}
