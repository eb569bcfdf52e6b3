//! What procedures cost people in hours and dirhams, by the Standard Cost Model (International SCM Manual): price times
//! quantity, the price being tariff times time, plus fees, plus what travelling and copies cost.
//!
//! INVARIANT: amounts are whole centimes and whole seconds. Each item of a case is rounded once, to the centime and the
//! second; what a case costs is their sum, and what a year costs is that times the number of cases, exactly.

mod interval;
mod load;
mod parameters;

pub use self::{
    interval::Interval,
    load::Load,
    parameters::{Parameters, Price, Zone},
};

use std::{collections::BTreeMap, iter::Sum, ops::Add};

use crate::{procedure::Audience, text::Name};

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

/// What an item of a case is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Time at the steps themselves.
    Steps,
    /// Time under way to places of this zone.
    UnderWay(Name),
    /// Fees.
    Fees,
    /// Fares to places of this zone.
    Fares(Name),
    /// Sheets printed or copied.
    Sheets,
}

/// One item of what a case costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What for.
    pub cause: Cause,
    /// How much of it, in thousandths: minutes, trips, centimes or sheets.
    pub quantity: i64,
    /// Seconds; none for what is no time.
    pub seconds: Interval,
    /// Centimes.
    pub centimes: Interval,
}

/// What one case costs those who may ask, item by item, each rounded to the centime and the second; only what there is of.
/// The low values rest on all low prices together, the high ones on all high ones: the bounds are those of the prices, not of
/// chance. `None` if nobody's hour has a price.
#[must_use]
pub fn items(load: &Load, audiences: &[Audience], parameters: &Parameters) -> Option<Vec<Item>> {
    let tariff = parameters.tariff(audiences)?;
    let time = |cause, quantity, seconds: Interval| {
        let worth = |seconds, hour| scaled(seconds, hour, 3600);
        let centimes = Interval {
            low: worth(seconds.low, tariff.low),
            central: worth(seconds.central, tariff.central),
            high: worth(seconds.high, tariff.high),
        };
        Item { cause, quantity, seconds, centimes }
    };
    let money = |cause, quantity, centimes| Item { cause, quantity, seconds: Interval::default(), centimes };
    let mut items = vec![time(Cause::Steps, load.effort, Interval::exact(scaled(load.effort, 60, 1000)))];
    for (name, trips) in &load.trips {
        let Some(zone) = parameters.zones.get(name) else { continue };
        let seconds = zone.minutes.map(|minutes| scaled(minutes.saturating_mul(60), *trips, 1000));
        items.push(time(Cause::UnderWay(name.clone()), *trips, seconds));
    }
    items.push(money(Cause::Fees, load.fees, Interval::exact(scaled(load.fees, 1, 1000))));
    for (name, trips) in &load.trips {
        let Some(zone) = parameters.zones.get(name) else { continue };
        items.push(money(Cause::Fares(name.clone()), *trips, zone.fare.map(|fare| scaled(fare, *trips, 1000))));
    }
    let sheet = parameters.sheet.as_ref().map_or(Interval::default(), |price| price.value);
    items.push(money(Cause::Sheets, load.sheets, sheet.map(|centimes| scaled(centimes, load.sheets, 1000))));
    items.retain(|item| item.quantity != 0);
    Some(items)
}

impl Burden {
    /// What one case costs those who may ask: the sum of its [`items`]. `None` if nobody's hour has a price.
    #[must_use]
    pub fn of(load: &Load, audiences: &[Audience], parameters: &Parameters) -> Option<Self> {
        Some(items(load, audiences, parameters)?.iter().map(Self::from).sum())
    }

    /// What one trip to a place costs: time under way and fare.
    #[must_use]
    pub fn of_trip(place: &Name, audiences: &[Audience], parameters: &Parameters) -> Option<Self> {
        let trips = BTreeMap::from([(parameters.zone(place)?.clone(), 1000)]);
        Self::of(&Load { trips, ..Load::default() }, audiences, parameters)
    }

    /// What one sheet costs.
    #[must_use]
    pub fn of_sheet(audiences: &[Audience], parameters: &Parameters) -> Option<Self> {
        Self::of(&Load { sheets: 1000, ..Load::default() }, audiences, parameters)
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

    /// Centimes besides fees: what the way of doing things costs, and a reform of it can spare.
    #[must_use]
    pub fn without_fees(&self) -> Interval {
        self.time + self.fares + self.sheets
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

impl From<&Item> for Burden {
    fn from(item: &Item) -> Self {
        let Item { seconds, centimes, .. } = *item;
        let none = Self::default();
        match item.cause {
            Cause::Steps => Self { at_steps: seconds, time: centimes, ..none },
            Cause::UnderWay(_) => Self { under_way: seconds, time: centimes, ..none },
            Cause::Fees => Self { fees: centimes, ..none },
            Cause::Fares(_) => Self { fares: centimes, ..none },
            Cause::Sheets => Self { sheets: centimes, ..none },
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
