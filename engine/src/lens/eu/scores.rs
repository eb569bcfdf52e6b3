//! From services to life events, from life events to a country.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    indicator::{Dimension, Indicator},
    service::{Kind, Service},
};
use crate::{
    lens::{Reading, Score},
    text::Name,
};

/// The scores of a service, a life event or a country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    of: BTreeMap<Indicator, Score>,
}

impl Scores {
    /// The score of an indicator, if there is one.
    #[must_use]
    pub fn indicator(&self, indicator: Indicator) -> Option<&Score> {
        self.of.get(&indicator)
    }

    /// The score of a dimension.
    #[must_use]
    pub fn dimension(&self, dimension: Dimension) -> Option<Score> {
        dimension.score(|indicator| self.of.get(&indicator).cloned())
    }

    /// The overall score: the mean of the dimensions that have one.
    #[must_use]
    pub fn overall(&self) -> Option<Score> {
        Score::mean(Dimension::ALL.into_iter().filter_map(|dimension| self.dimension(dimension)))
    }

    fn new(score: impl Fn(Indicator) -> Option<Score>) -> Self {
        let of = Indicator::ALL.into_iter().filter_map(|indicator| Some((indicator, score(indicator)?)));
        Self { of: of.collect() }
    }

    /// What one service scores: of a central one by its best answers, of another by the mean of its sites.
    #[must_use]
    pub fn of_service(service: &Service, reading: Reading) -> Self {
        let sites = service.scored_sites();
        Self::new(|indicator| Score::mean(sites.iter().filter_map(|site| indicator.score(site, reading))))
    }

    /// What the services of one life event score: the mean of those that have a score; availability is 80 % that of the
    /// transactional services and 20 % that of the informational ones.
    #[must_use]
    pub fn of_event(services: &[&Service], reading: Reading) -> Self {
        let scores: Vec<_> =
            services.iter().map(|service| (service.kind, Self::of_service(service, reading))).collect();
        let mean = |indicator: Indicator, kind: Option<Kind>| {
            let of_kind = scores.iter().filter(|(known, _)| kind.is_none_or(|kind| kind == *known));
            Score::mean(of_kind.filter_map(|(_, scores)| scores.of.get(&indicator).cloned()))
        };
        Self::new(|indicator| match indicator {
            Indicator::Availability => Score::weighted([
                (80, mean(indicator, Some(Kind::Transactional))),
                (20, mean(indicator, Some(Kind::Informational))),
            ]),
            _ => mean(indicator, None),
        })
    }

    /// What a country scores: the mean over its life events, each counted alike.
    #[must_use]
    pub fn of_country(services: &[&Service], reading: Reading) -> Self {
        let events: Vec<_> = by_event(services).into_values().map(|event| Self::of_event(&event, reading)).collect();
        Self::new(|indicator| Score::mean(events.iter().filter_map(|event| event.of.get(&indicator).cloned())))
    }
}

/// Services by life event.
#[must_use]
pub fn by_event<'s>(services: &[&'s Service]) -> BTreeMap<&'s Name, Vec<&'s Service>> {
    let mut events: BTreeMap<&Name, Vec<&Service>> = BTreeMap::new();
    for service in services {
        events.entry(&service.life_event).or_default().push(service);
    }
    events
}

/// The countries.
#[must_use]
pub fn countries(services: &[Service]) -> BTreeSet<&Name> {
    services.iter().map(|service| &service.country).collect()
}

/// The services of a country in the two years that end with this one: each life event is measured every other year, so that
/// two years make a whole. Of one measured in both, the later counts.
#[must_use]
pub fn biennium<'s>(services: &'s [Service], country: &Name, year: i16) -> Vec<&'s Service> {
    let is_of = |service: &&Service| {
        &service.country == country && (service.year == year || Some(service.year) == year.checked_sub(1))
    };
    let later: BTreeSet<&Name> = services
        .iter()
        .filter(is_of)
        .filter(|service| service.year == year)
        .map(|service| &service.life_event)
        .collect();
    services
        .iter()
        .filter(is_of)
        .filter(|service| service.year == year || !later.contains(&service.life_event))
        .collect()
}

/// The years that end a biennium: every year measured except the first, or the only one.
#[must_use]
pub fn periods(services: &[Service], country: &Name) -> Vec<i16> {
    let years: BTreeSet<i16> =
        services.iter().filter(|service| &service.country == country).map(|service| service.year).collect();
    let skip = usize::from(years.len() > 1);
    years.into_iter().skip(skip).collect()
}
