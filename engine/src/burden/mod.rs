//! What procedures cost people in hours and dirhams, by the Standard Cost Model (International SCM Manual): price times
//! quantity, the price being tariff times time, plus fees, plus what travelling and copies cost.
//!
//! INVARIANT: amounts are whole centimes and whole seconds. A case is rounded once, to the centime and the second; what a
//! year costs is that times the number of cases, exactly.

mod interval;
mod load;
mod parameters;

pub use self::{
    interval::Interval,
    load::Load,
    parameters::{Parameters, Price, Zone},
};

use std::{iter::Sum, ops::Add};

use crate::procedure::Audience;

/// What cases cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Burden {
    /// Seconds at the steps themselves.
    pub at_steps: Interval,
    /// Seconds under way.
    pub under_way: Interval,
    /// Centimes that all this time is worth.
    pub time: Interval,
    /// Centimes of fees.
    pub fees: Interval,
    /// Centimes of fares.
    pub fares: Interval,
    /// Centimes of sheets.
    pub sheets: Interval,
}

impl Burden {
    /// What one case costs those who may ask. The low values rest on all low parameters together, the high ones on all high
    /// ones: the bounds are those of the parameters, not of chance. `None` if nobody's hour has a price.
    #[must_use]
    pub fn of(load: &Load, audiences: &[Audience], parameters: &Parameters) -> Option<Self> {
        let tariff = parameters.tariff(audiences)?;
        let at_steps = Interval::exact(scaled(load.effort, 60, 1000));
        let trips = || load.trips.iter().filter_map(|(zone, trips)| Some((parameters.zones.get(zone)?, *trips)));
        let under_way: Interval = trips()
            .map(|(zone, trips)| zone.minutes.map(|minutes| scaled(minutes.saturating_mul(60), trips, 1000)))
            .sum();
        let fares = trips().map(|(zone, trips)| zone.fare.map(|fare| scaled(fare, trips, 1000))).sum();
        let seconds = at_steps + under_way;
        let worth = |seconds, tariff| scaled(seconds, tariff, 3600);
        let time = Interval {
            low: worth(seconds.low, tariff.low),
            central: worth(seconds.central, tariff.central),
            high: worth(seconds.high, tariff.high),
        };
        let sheet = parameters.sheet.as_ref().map_or(Interval::default(), |price| price.value);
        Some(Self {
            at_steps,
            under_way,
            time,
            fees: Interval::exact(scaled(load.fees, 1, 1000)),
            fares,
            sheets: sheet.map(|centimes| scaled(centimes, load.sheets, 1000)),
        })
    }

    /// Seconds in all.
    #[must_use]
    pub fn seconds(&self) -> Interval {
        self.at_steps + self.under_way
    }

    /// Centimes in all.
    #[must_use]
    pub fn centimes(&self) -> Interval {
        self.time + self.fees + self.fares + self.sheets
    }

    /// So many cases.
    #[must_use]
    pub fn times(&self, cases: u64) -> Self {
        self.each(|value| value.times(cases))
    }

    fn each(&self, change: impl Fn(Interval) -> Interval) -> Self {
        Self {
            at_steps: change(self.at_steps),
            under_way: change(self.under_way),
            time: change(self.time),
            fees: change(self.fees),
            fares: change(self.fares),
            sheets: change(self.sheets),
        }
    }
}

impl Add for Burden {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            at_steps: self.at_steps + other.at_steps,
            under_way: self.under_way + other.under_way,
            time: self.time + other.time,
            fees: self.fees + other.fees,
            fares: self.fares + other.fares,
            sheets: self.sheets + other.sheets,
        }
    }
}

impl Sum for Burden {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// `value × by / over`, to the nearest; amounts are not below zero.
fn scaled(value: i64, by: i64, over: i64) -> i64 {
    let exact = i128::from(value) * i128::from(by);
    let over = i128::from(over);
    i64::try_from((exact + over / 2).div_euclid(over)).unwrap_or(i64::MAX)
}
