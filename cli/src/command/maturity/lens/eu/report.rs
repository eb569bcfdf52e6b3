//! The scores of a country over two years, line by line.

use std::collections::BTreeMap;

use mastara_engine::{
    lens::{
        Extent, Reading, Score,
        eu::{Answer, Dimension, Indicator, Scores, Service, Site, biennium, by_event, countries, periods},
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
}

impl Line {
    /// How much of what makes the score is known.
    pub fn extent(&self) -> Extent {
        Extent::between(&self.score, &self.least, &self.most)
    }
}

/// How many of the answers that indicators ask for are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Known.
    pub known: usize,
    /// Asked for where they apply, known or not.
    pub asked: usize,
}

impl Answers {
    fn of(services: &[&Service]) -> Self {
        let mut all = Self::default();
        for site in services.iter().flat_map(|service| service.scored_sites()) {
            let asked = |indicator: Indicator| indicator.questions().iter().map(move |of| (indicator.channel(), *of));
            for key in Indicator::ALL.into_iter().flat_map(asked) {
                let answer = site.get(&key);
                all.known += usize::from(matches!(answer, Some(Answer::Grade(_))));
                all.asked += usize::from(matches!(answer, Some(Answer::Grade(_) | Answer::Unknown)));
            }
        }
        all
    }

    /// With those of others.
    pub fn and(self, other: Self) -> Self {
        Self { known: self.known + other.known, asked: self.asked + other.asked }
    }
}

/// How many scores of an indicator are left out because the rows of some of its questions are missing, though others say
/// that it applies.
fn left_out(services: &[&Service]) -> usize {
    let is_left = |site: &Site, indicator: Indicator| {
        let answers = || indicator.questions().iter().map(|question| site.get(&(indicator.channel(), *question)));
        let gate = indicator.questions()[0];
        let is_closed = gate.is_gate() && site.get(&(indicator.channel(), gate)) == Some(&Answer::NO);
        // Of availability nobody need say that nothing is asked for.
        let skips = usize::from(indicator == Indicator::Availability);
        indicator.score(site, Reading::Most).is_none()
            && !is_closed
            && answers().any(|answer| matches!(answer, Some(Answer::Grade(_) | Answer::Unknown)))
            && answers().skip(skips).any(|answer| answer.is_none())
    };
    let sites = services.iter().flat_map(|service| service.scored_sites());
    sites.map(|site| Indicator::ALL.into_iter().filter(|indicator| is_left(&site, *indicator)).count()).sum()
}

impl Standing {
    /// Of the indicators that a service has a score for.
    fn of(service: &Service, is_estimate: &impl Fn(&Service, Indicator) -> bool) -> BTreeMap<Indicator, Self> {
        let scores = Scores::of_service(service, Reading::Known);
        let has_score = Indicator::ALL.into_iter().filter(|indicator| scores.indicator(*indicator).is_some());
        let standing = |indicator: Indicator| Self { scored: 1, estimated: is_estimate(service, indicator) };
        has_score.map(|indicator| (indicator, standing(indicator))).collect()
    }

    /// Of an indicator over the services at these ranks.
    fn over(all: &[BTreeMap<Indicator, Self>], ranks: &[usize], indicator: Indicator) -> Self {
        let each = ranks.iter().filter_map(|rank| all.get(*rank)?.get(&indicator));
        each.fold(Self::default(), |sum, one| Self { scored: sum.scored + one.scored, ..sum.and(*one) })
    }

    /// Of what is made of several.
    pub fn and(self, other: Self) -> Self {
        Self { scored: self.scored.max(other.scored), estimated: self.estimated || other.estimated }
    }
}

/// A life event.
#[derive(Debug)]
pub struct Event {
    /// Which.
    pub id: Name,
    /// Its services.
    pub services: usize,
    /// What it scores, as [`Reading::ALL`] reads what is not known.
    pub scores: [Scores; 3],
    /// How well each dimension is known, in order.
    pub standings: [Standing; 4],
}

impl Event {
    /// What it scores.
    pub fn known(&self) -> &Scores {
        &self.scores[0]
    }

    /// How well it is known as a whole.
    pub fn standing(&self) -> Standing {
        self.standings.into_iter().fold(Standing::default(), Standing::and)
    }

    /// How much of what makes a score is known.
    pub fn extent(&self, score: impl Fn(&Scores) -> Option<Score>) -> Extent {
        let [known, least, most] = self.scores.each_ref().map(score);
        Extent::between(&known, &least, &most)
    }
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
    /// How many answers are known.
    pub answers: Answers,
    /// How many scores are left out for want of a row.
    pub left_out: usize,
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
            scores: Reading::ALL.map(|reading| Scores::of_event(&of, reading)),
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
        answers: Answers::of(services),
        left_out: left_out(services),
    }
}
