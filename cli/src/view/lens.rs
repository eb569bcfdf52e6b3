//! `maturity --lens … --format json` (docs/json.md).

use mastara_engine::lens::{
    Extent, Score,
    eu::{Dimension, Scores},
    fr::{Answer, Indicator, Tally, colour},
    unctad::Span,
};
use serde::Serialize;

use super::number::Number;
use crate::command::maturity::lens::{Place, eu, fr, unctad};

fn number(score: Option<&Score>) -> Option<Number> {
    score.map(|score| Number::rounded(f64::from(score.tenths()) / 10.0))
}

fn whole(count: u64) -> Number {
    Number::whole(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The EU benchmark.
#[derive(Debug, Serialize)]
pub struct EuView {
    /// `eu`.
    pub lens: &'static str,
    /// The day, of the catalogue.
    pub at: Option<String>,
    /// What of the catalogue; all of it if `null`.
    pub scope: Option<String>,
    /// Procedures that could not be measured.
    pub unmeasured: usize,
    /// Country by country, two years by two years.
    pub reports: Vec<ReportView>,
    /// With `--why`, the answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<AnswerView>>,
}

/// A country over two years.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// Its code.
    pub country: String,
    /// The first year measured, and the last.
    pub years: [i16; 2],
    /// Its services.
    pub services: usize,
    /// `overall`, then each dimension followed by its indicators.
    pub scores: Vec<ScoreView>,
    /// How many of the answers asked for are known.
    pub coverage: AnswersView,
    /// Scores of indicators left out for want of a row.
    pub left_out: usize,
    /// Life event by life event.
    pub life_events: Vec<EventView>,
}

/// How many answers are known.
#[derive(Debug, Serialize)]
pub struct AnswersView {
    /// Known.
    pub known: usize,
    /// Asked for where they apply, known or not.
    pub applicable: usize,
}

/// A score.
#[derive(Debug, Serialize)]
pub struct ScoreView {
    /// Of what.
    pub id: &'static str,
    /// With one decimal; `null` if nothing is known.
    pub score: Option<Number>,
    /// No lower, whatever is not known.
    pub least: Option<Number>,
    /// No higher.
    pub most: Option<Number>,
    /// Services with a score.
    pub scored: usize,
    /// How well it is known.
    #[serde(flatten)]
    pub known: KnownView,
}

/// A life event.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// Which.
    pub id: String,
    /// Its services.
    pub services: usize,
    /// The overall score.
    pub overall: Option<Number>,
    /// How well it is known.
    #[serde(flatten)]
    pub known: KnownView,
    /// The dimensions, in order.
    pub dimensions: Vec<EventScoreView>,
}

/// How well a score is known.
#[derive(Debug, Serialize)]
pub struct KnownView {
    /// Whether an answer behind it is an estimate.
    pub estimated: bool,
    /// Something that is not known was taken for the least: the true score is no lower.
    pub at_least: bool,
    /// Something that is not known was left out: the true score may be lower or higher.
    pub partial: bool,
}

impl KnownView {
    fn new(standing: eu::Standing, extent: Extent) -> Self {
        let (at_least, partial) = (extent == Extent::AtLeast, extent == Extent::Part);
        Self { estimated: standing.estimated, at_least, partial }
    }
}

/// A dimension of a life event.
#[derive(Debug, Serialize)]
pub struct EventScoreView {
    /// Which.
    pub id: &'static str,
    /// Its score.
    pub score: Option<Number>,
    /// How well it is known.
    #[serde(flatten)]
    pub known: KnownView,
}

/// An answer and the lines that made it.
#[derive(Debug, Serialize)]
pub struct AnswerView {
    /// The procedure.
    pub service: String,
    /// The indicator.
    pub indicator: &'static str,
    /// The question, where the lens has questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<&'static str>,
    /// The answer, as tables write it.
    pub answer: String,
    /// The colour, where the lens has colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<&'static str>,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// The lines.
    pub places: Vec<Place>,
}

impl From<&eu::Page> for EuView {
    fn from(page: &eu::Page) -> Self {
        let answer = |why: &eu::Why| AnswerView {
            service: why.service.clone(),
            indicator: why.indicator.code(),
            question: Some(why.question.code()),
            answer: why.answer.clone(),
            colour: None,
            estimated: why.estimated,
            places: why.places.clone(),
        };
        Self {
            lens: "eu",
            at: page.at.clone(),
            scope: page.scope.clone(),
            unmeasured: page.unmeasured,
            reports: page.reports.iter().map(ReportView::from).collect(),
            answers: page.whys.as_ref().map(|whys| whys.iter().map(answer).collect()),
        }
    }
}

impl From<&eu::Report> for ReportView {
    fn from(report: &eu::Report) -> Self {
        let score = |line: &eu::Line| ScoreView {
            id: line.code,
            score: number(line.score.as_ref()),
            least: number(line.least.as_ref()),
            most: number(line.most.as_ref()),
            scored: line.standing.scored,
            known: KnownView::new(line.standing, line.extent()),
        };
        let event = |event: &eu::Event| EventView {
            id: event.id.to_string(),
            services: event.services,
            overall: number(event.known().overall().as_ref()),
            known: KnownView::new(event.standing(), event.extent(Scores::overall)),
            dimensions: (Dimension::ALL.into_iter().zip(event.standings))
                .map(|(dimension, standing)| EventScoreView {
                    id: dimension.code(),
                    score: number(event.known().dimension(dimension).as_ref()),
                    known: KnownView::new(standing, event.extent(|scores| scores.dimension(dimension))),
                })
                .collect(),
        };
        Self {
            country: report.country.to_string(),
            years: [report.from, report.to],
            services: report.services,
            scores: report.lines.iter().map(score).collect(),
            coverage: AnswersView { known: report.answers.known, applicable: report.answers.asked },
            left_out: report.left_out,
            life_events: report.events.iter().map(event).collect(),
        }
    }
}

/// The French observatory.
#[derive(Debug, Serialize)]
pub struct FrView {
    /// `fr`.
    pub lens: &'static str,
    /// The day, of the catalogue.
    pub at: Option<String>,
    /// What of the catalogue; all of it if `null`.
    pub scope: Option<String>,
    /// Procedures that could not be measured.
    pub unmeasured: usize,
    /// Services of more than 200 000 users a year, of the catalogue.
    pub essential: Option<usize>,
    /// The twelve indicators.
    pub indicators: Vec<TallyView>,
    /// The services.
    pub services: Vec<FrServiceView>,
    /// With `--why`, the answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<AnswerView>>,
}

/// An indicator over all services.
#[derive(Debug, Serialize)]
pub struct TallyView {
    /// Which.
    pub id: &'static str,
    /// `round(100 × reached / (reached + not reached))`; `null` if all are grey.
    pub score: Option<u32>,
    /// Green or blue.
    pub reached: Number,
    /// Yellow or red.
    pub not_reached: Number,
    /// Left out.
    pub grey: Number,
    /// Whether an answer behind it is an estimate.
    pub estimated: bool,
}

/// A service.
#[derive(Debug, Serialize)]
pub struct FrServiceView {
    /// Its group.
    pub group: String,
    /// Which.
    pub id: String,
    /// The colours of the indicators that have an answer.
    pub colours: Vec<ColourView>,
}

/// A colour.
#[derive(Debug, Serialize)]
pub struct ColourView {
    /// The indicator.
    pub id: &'static str,
    /// The answer, as tables write it.
    pub answer: String,
    /// The colour.
    pub colour: &'static str,
}

impl From<&fr::Page> for FrView {
    fn from(page: &fr::Page) -> Self {
        let tally = |indicator: Indicator| {
            let tally = Tally::of(&page.services, indicator);
            TallyView {
                id: indicator.code(),
                score: tally.score(),
                reached: whole(tally.reached),
                not_reached: whole(tally.not_reached),
                grey: whole(tally.grey),
                estimated: page.is_estimated(&page.services, indicator),
            }
        };
        let answer = |why: &fr::Why| AnswerView {
            service: why.service.clone(),
            indicator: why.indicator.code(),
            question: None,
            answer: why.answer.clone(),
            colour: Some(why.colour.code()),
            estimated: why.estimated,
            places: why.places.clone(),
        };
        let one = |(indicator, answer): (&Indicator, &Answer)| ColourView {
            id: indicator.code(),
            answer: fr::value(*answer),
            colour: colour(*indicator, *answer).code(),
        };
        Self {
            lens: "fr",
            at: page.at.clone(),
            scope: page.scope.clone(),
            unmeasured: page.unmeasured,
            essential: page.essential,
            indicators: Indicator::ALL.map(tally).into(),
            services: page
                .services
                .iter()
                .map(|service| FrServiceView {
                    group: service.group.to_string(),
                    id: service.name.to_string(),
                    colours: service.answers.iter().map(one).collect(),
                })
                .collect(),
            answers: page.whys.as_ref().map(|whys| whys.iter().map(answer).collect()),
        }
    }
}

/// UNCTAD's eRegulations.
#[derive(Debug, Serialize)]
pub struct UnctadView {
    /// `unctad`.
    pub lens: &'static str,
    /// The day, of the catalogue.
    pub at: Option<String>,
    /// What of the catalogue; all of it if `null`.
    pub scope: Option<String>,
    /// Procedures that could not be measured.
    pub unmeasured: usize,
    /// The procedures.
    pub procedures: Vec<ObjectiveView>,
}

/// A procedure.
#[derive(Debug, Serialize)]
pub struct ObjectiveView {
    /// Which.
    pub id: String,
    /// Whether a figure of it is an estimate.
    pub estimated: bool,
    /// Steps, online ones among them.
    pub steps: Number,
    /// Online ones.
    pub online: Number,
    /// Different entities.
    pub institutions: Number,
    /// Different papers.
    pub requirements: Number,
    /// Originals, plain copies, authenticated copies.
    pub originals: Number,
    /// Plain copies.
    pub copies: Number,
    /// Authenticated copies.
    pub authenticated: Number,
    /// What is paid, in the currency, as far as it is known.
    pub costs: Number,
    /// Whether that is all.
    pub costs_known: bool,
    /// Minutes, at least and at most, as far as known.
    pub timeframe_minutes: SpanView,
    /// Times that no step gives.
    pub times_unknown: Number,
    /// Minutes before the first step, within the timeframe; `null` if not known.
    pub before_minutes: Option<SpanView>,
    /// Minutes of filling in forms; `null` if not known.
    pub fill_form_minutes: Option<Number>,
    /// Minutes at counters; `null` if not known.
    pub at_counter_minutes: Option<Number>,
    /// The steps.
    pub list: Vec<StepView>,
}

/// A time.
#[derive(Debug, Serialize)]
pub struct SpanView {
    /// At least.
    pub least: Number,
    /// At most.
    pub most: Number,
}

/// A step.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// Its name.
    pub id: String,
    /// The entity dealt with.
    pub entity: Option<String>,
    /// Whether it is done online.
    pub online: bool,
    /// The papers required.
    pub requirements: Vec<String>,
    /// What is paid, as far as it is known.
    pub cost: Number,
    /// Whether that is all.
    pub cost_known: bool,
    /// Whether a figure of it is an estimate.
    pub estimated: bool,
    /// The lines that made it, of the catalogue.
    pub places: Vec<Place>,
}

impl From<Span> for SpanView {
    fn from(span: Span) -> Self {
        Self { least: whole(span.least), most: whole(span.most) }
    }
}

fn money(centimes: u64) -> Number {
    Number::dirhams(i64::try_from(centimes).unwrap_or(i64::MAX))
}

impl From<&unctad::Page> for UnctadView {
    fn from(page: &unctad::Page) -> Self {
        Self {
            lens: "unctad",
            at: page.at.clone(),
            scope: page.scope.clone(),
            unmeasured: page.unmeasured,
            procedures: page.objectives.iter().map(|objective| ObjectiveView::new(objective, page.is_why)).collect(),
        }
    }
}

impl ObjectiveView {
    fn new(objective: &unctad::Objective, is_why: bool) -> Self {
        let totals = &objective.totals;
        // Without a step, all that there is comes before one.
        let before = match objective.steps.first() {
            Some((step, ..)) => step.before,
            None => (totals.times_unknown == 0).then_some(totals.timeframe),
        };
        let list = objective.steps.iter().map(|(step, places, estimated)| StepView {
            id: step.name.to_string(),
            entity: step.entity.as_ref().map(ToString::to_string),
            online: step.is_online,
            requirements: step.papers.iter().map(|paper| paper.name.to_string()).collect(),
            cost: money(step.cost),
            cost_known: step.cost_known,
            estimated: *estimated,
            places: if is_why { places.clone() } else { Vec::new() },
        });
        Self {
            id: objective.id.clone(),
            estimated: objective.estimated,
            steps: whole(totals.steps),
            online: whole(totals.online),
            institutions: whole(totals.institutions),
            requirements: whole(totals.requirements.kinds),
            originals: whole(totals.requirements.originals),
            copies: whole(totals.requirements.copies),
            authenticated: whole(totals.requirements.authenticated),
            costs: money(totals.costs),
            costs_known: totals.costs_known,
            timeframe_minutes: totals.timeframe.into(),
            times_unknown: whole(totals.times_unknown),
            before_minutes: before.map(SpanView::from),
            fill_form_minutes: totals.burden.fill_form.map(whole),
            at_counter_minutes: totals.burden.at_counter.map(whole),
            list: list.collect(),
        }
    }
}
