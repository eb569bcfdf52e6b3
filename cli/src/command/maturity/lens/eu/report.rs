//! The scores of a country over two years, line by line.

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
    /// Of an indicator over some services.
    fn of(services: &[&Service], indicator: Indicator, is_estimate: &impl Fn(&Service, Indicator) -> bool) -> Self {
        let has_score =
            |service: &&&Service| Scores::of_service(service, Reading::Known).indicator(indicator).is_some();
        let scored: Vec<&&Service> = services.iter().filter(has_score).collect();
        Self {
            scored: scored.len(),
            estimated: scored.iter().any(|service| is_estimate(service, indicator)),
            at_least: scored
                .iter()
                .any(|service| service.scored_sites().iter().any(|site| indicator.is_at_least(site))),
        }
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
            let standing = Standing::of(services, indicator, &is_estimate);
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
    let events = by_event(services).into_iter().map(|(id, services)| Event {
        id: id.clone(),
        services: services.len(),
        scores: Scores::of_event(&services, Reading::Known),
        standings: Dimension::ALL.map(|dimension| {
            let parts = dimension.indicators().iter().map(|&part| Standing::of(&services, part, &is_estimate));
            parts.fold(Standing::default(), Standing::and)
        }),
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
