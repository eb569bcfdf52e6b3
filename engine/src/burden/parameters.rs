//! The prices of the model.

use std::collections::BTreeMap;

use super::{Interval, Load};
use crate::{
    procedure::Audience,
    text::{Name, Text},
};

/// A price of the model, with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// What it is the price of.
    pub title: Text,
    /// The price: centimes, or minutes.
    pub value: Interval,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// Where it was read, or how it was estimated.
    pub source: Option<Box<str>>,
}

/// How far people go to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Its name.
    pub title: Text,
    /// Minutes to go there and back.
    pub minutes: Interval,
    /// Centimes to go there and back.
    pub fare: Interval,
    /// Whether these are estimates.
    pub estimated: bool,
    /// Where they were read, or how they were estimated.
    pub source: Option<Box<str>>,
}

/// The prices of the model (`catalog/vocabulary/burden.yaml`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    /// Centimes of an hour, by who asks.
    pub tariffs: BTreeMap<Audience, Price>,
    /// How far people go, by name.
    pub zones: BTreeMap<Name, Zone>,
    /// The zone of each place; places that are not here are in [`Parameters::elsewhere`].
    pub zone_of: BTreeMap<Name, Name>,
    /// The zone of all other places.
    pub elsewhere: Option<Name>,
    /// Centimes of a sheet, printed or copied.
    pub sheet: Option<Price>,
}

impl Parameters {
    /// Whether there is nothing to count with.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tariffs.is_empty()
    }

    /// Centimes of an hour: of those who may ask, the first as the central value, the least and the most as bounds. `None`
    /// if nobody's hour has a price.
    #[must_use]
    pub fn tariff(&self, audiences: &[Audience]) -> Option<Interval> {
        let mut known = audiences.iter().filter_map(|audience| self.tariffs.get(audience)).map(|price| price.value);
        let first = known.next()?;
        Some(known.fold(first, Interval::or))
    }

    /// The zone of a place.
    #[must_use]
    pub fn zone(&self, place: &Name) -> Option<&Name> {
        self.zone_of.get(place).or(self.elsewhere.as_ref())
    }

    /// Whether what a case costs rests on an estimated price, or on a tariff that several audiences leave open.
    #[must_use]
    pub fn is_estimate(&self, load: &Load, audiences: &[Audience]) -> bool {
        let hour = audiences.iter().filter_map(|audience| self.tariffs.get(audience)).any(|price| price.estimated);
        let sheet = load.sheets > 0 && self.sheet.as_ref().is_some_and(|price| price.estimated);
        let zone = |(zone, trips): (&Name, &i64)| *trips > 0 && self.zones.get(zone).is_some_and(|zone| zone.estimated);
        let is_open = self.tariff(audiences).is_some_and(|tariff| !tariff.is_exact());
        hour || is_open || sheet || load.trips.iter().any(zone)
    }
}
