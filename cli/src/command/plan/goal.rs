//! What is to be saved, and what each saving is worth, in whole numbers that add up.

use mastara_engine::{
    burden::{Interval, Load, Parameters},
    procedure::Audience,
    text::Name,
};

use crate::args::PlanGoal;

/// Which value of an estimated price is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The low one.
    Low,
    /// What is taken for the price.
    Central,
    /// The high one.
    High,
}

/// What savings are worth to those who ask for a procedure: trips, sheets, seconds, or parts of a centime by 3 600, so that
/// a second times an hour's tariff stays whole.
#[derive(Clone, Copy, Debug)]
pub struct Worth<'c> {
    /// What is counted.
    pub goal: PlanGoal,
    /// The prices.
    pub parameters: &'c Parameters,
    /// Who may ask.
    pub audience: &'c [Audience],
    /// Which bound of the prices.
    pub bound: Bound,
}

/// How many of the units of [`Worth`] make a centime.
pub const OF_CENTIME: i64 = 3600;

/// What one case asks along the nominal way.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Trips.
    pub trips: i64,
    /// Minutes, sheets, and trips by zone, in thousandths.
    pub load: Load,
}

impl Worth<'_> {
    fn pick(&self, price: Interval) -> i64 {
        match self.bound {
            Bound::Low => price.low,
            Bound::Central => price.central,
            Bound::High => price.high,
        }
    }

    /// Of one trip to a place; `None` if nothing tells.
    pub fn of_trip(&self, place: &Name) -> Option<i64> {
        self.parameters.zone(place).map_or_else(|| self.of_trip_to(None), |zone| self.of_trip_to(Some(zone)))
    }

    fn of_trip_to(&self, zone: Option<&Name>) -> Option<i64> {
        let zone = || self.parameters.zones.get(zone?);
        let seconds = || self.pick(zone()?.minutes).checked_mul(60);
        match self.goal {
            PlanGoal::Trips => Some(1),
            PlanGoal::Sheets => Some(0),
            PlanGoal::Hours => seconds(),
            PlanGoal::Dirhams => {
                self.of_seconds(seconds()?)?.checked_add(self.pick(zone()?.fare).checked_mul(OF_CENTIME)?)
            }
        }
    }

    /// Of so many sheets.
    pub fn of_sheets(&self, sheets: i64) -> Option<i64> {
        match self.goal {
            PlanGoal::Sheets => Some(sheets),
            PlanGoal::Trips | PlanGoal::Hours => Some(0),
            PlanGoal::Dirhams => {
                let price = self.parameters.sheet.as_ref().map_or(0, |price| self.pick(price.value));
                sheets.checked_mul(price)?.checked_mul(OF_CENTIME)
            }
        }
    }

    /// Of so many seconds at a step.
    pub fn of_seconds(&self, seconds: i64) -> Option<i64> {
        match self.goal {
            PlanGoal::Trips | PlanGoal::Sheets => Some(0),
            PlanGoal::Hours => Some(seconds),
            PlanGoal::Dirhams => {
                self.parameters.tariff(self.audience).and_then(|tariff| seconds.checked_mul(self.pick(tariff)))
            }
        }
    }

    /// Of all that one case asks, fees apart: no change of a plan moves them.
    pub fn of(&self, asked: &Asked) -> Option<i64> {
        let Asked { trips, load } = asked;
        if self.goal == PlanGoal::Trips {
            return Some(*trips);
        }
        let mut sum = self.of_seconds(load.effort / 1000 * 60)?.checked_add(self.of_sheets(load.sheets / 1000)?)?;
        for (zone, trips) in &load.trips {
            sum = sum.checked_add(self.of_trip_to(Some(zone))?.checked_mul(trips / 1000)?)?;
        }
        Some(sum)
    }
}
