//! The scores of a country over two years, line by line.

use std::collections::BTreeMap;

use mastara_engine::{
    lens::{
        Reading, Score,
        eu::{Dimension, Indicator, Scores, Service, biennium, by_event, countries, periods},
    },
    text::Name,
};

/// A score with what it could be.
#[derive(Clone, Debug)]
pub struct Line {
    /// The dimension, the indicator, or `overall`.
    pub code: &'static str,
    /// Whether it is an indicator, inside a dimension.
    pub is_indicator: bool,
    /// The score; nothing where nothing is known.
    pub score: Option<Score>,
    /// No lower, whatever is not known.
    pub least: Option<Score>,
    /// No higher.
    pub most: Option<Score>,
    /// How well it is known.
    pub standing: Standing,
}

/// How well a score is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Services with a score.
    pub scored: usize,
    /// Whether an answer behind it is an estimate.
    pub estimated: bool,
    /// Whether it is at least this, a rung of a scale not being known.
    pub at_least: bool,
}

impl Standing {
    /// Of the indicators that a service has a score for.
    fn of(service: &Service, is_estimate: &impl Fn(&Service, Indicator) -> bool) -> BTreeMap<Indicator, Self> {
        let scores = Scores::of_service(service, Reading::Known);
        let sites = service.scored_sites();
        let has_score = Indicator::ALL.into_iter().filter(|indicator| scores.indicator(*indicator).is_some());
        let standing = |indicator: Indicator| Self {
            scored: 1,
            estimated: is_estimate(service, indicator),
            at_least: sites.iter().any(|site| indicator.is_at_least(site)),
        };
        has_score.map(|indicator| (indicator, standing(indicator))).collect()
    }

    /// Of an indicator over the services at these ranks.
    fn over(all: &[BTreeMap<Indicator, Self>], ranks: &[usize], indicator: Indicator) -> Self {
        let each = ranks.iter().filter_map(|rank| all.get(*rank)?.get(&indicator));
        each.fold(Self::default(), |sum, one| Self { scored: sum.scored + one.scored, ..sum.and(*one) })
    }

    /// Of what is made of several.
    pub fn and(self, other: Self) -> Self {
        Self {
            scored: self.scored.max(other.scored),
            estimated: self.estimated || other.estimated,
            at_least: self.at_least || other.at_least,
        }
    }
}

/// A life event.
#[derive(Debug)]
pub struct Event {
    /// Which.
    pub id: Name,
    /// Its services.
    pub services: usize,
    /// What it scores.
    pub scores: Scores,
    /// How well each dimension is known, in order.
    pub standings: [Standing; 4],
}

/// A country over the two years that end with `year`.
#[derive(Debug)]
pub struct Report {
    /// Which.
    pub country: Name,
    /// The first year measured.
    pub from: i16,
    /// The last.
    pub to: i16,
    /// Its services.
    pub services: usize,
    /// Overall, then dimension by dimension.
    pub lines: Vec<Line>,
    /// Its life events.
    pub events: Vec<Event>,
}

/// The reports of all countries, period by period. `is_estimate` says whether an indicator of a service rests on one.
pub fn reports(services: &[Service], is_estimate: impl Fn(&Service, Indicator) -> bool) -> Vec<Report> {
    let mut reports = Vec::new();
    for country in countries(services) {
        for year in periods(services, country) {
            let of = biennium(services, country, year);
            reports.push(report(country, year, &of, &is_estimate));
        }
    }
    reports
}

fn report(
    country: &Name,
    year: i16,
    services: &[&Service],
    is_estimate: impl Fn(&Service, Indicator) -> bool,
) -> Report {
    let [known, least, most] = Reading::ALL.map(|reading| Scores::of_country(services, reading));
    let standings: Vec<_> = services.iter().map(|service| Standing::of(service, &is_estimate)).collect();
    let all: Vec<usize> = (0..services.len()).collect();
    let mut lines = vec![Line {
        code: "overall",
        is_indicator: false,
        score: known.overall(),
        least: least.overall(),
        most: most.overall(),
        standing: Standing::default(),
    }];
    for dimension in Dimension::ALL {
        let at = lines.len();
        lines.push(Line {
            code: dimension.code(),
            is_indicator: false,
            score: known.dimension(dimension),
            least: least.dimension(dimension),
            most: most.dimension(dimension),
            standing: Standing::default(),
        });
        for &indicator in dimension.indicators() {
            let standing = Standing::over(&standings, &all, indicator);
            for over in [0, at] {
                lines[over].standing = lines[over].standing.and(standing);
            }
            lines.push(Line {
                code: indicator.code(),
                is_indicator: true,
                score: known.indicator(indicator).cloned(),
                least: least.indicator(indicator).cloned(),
                most: most.indicator(indicator).cloned(),
                standing,
            });
        }
    }
    let events = by_event(services).into_iter().map(|(id, of)| {
        let ranks: Vec<usize> = all.iter().copied().filter(|rank| services[*rank].life_event == *id).collect();
        Event {
            id: id.clone(),
            services: of.len(),
            scores: Scores::of_event(&of, Reading::Known),
            standings: Dimension::ALL.map(|dimension| {
                let parts = dimension.indicators().iter().map(|&part| Standing::over(&standings, &ranks, part));
                parts.fold(Standing::default(), Standing::and)
            }),
        }
    });
    let years = services.iter().map(|service| service.year);
    Report {
        country: country.clone(),
        from: years.min().unwrap_or(year),
        to: year,
        services: services.len(),
        lines,
        events: events.collect(),
    }
}
