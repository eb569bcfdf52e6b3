//! A score opened: its indicators, what each is counted on, and the lines that made it so.

use mastara_dsl::message;
use mastara_engine::{
    maturity::{Cause, Indicator, Scope, Subject, Unit, What},
    text::Name,
};

use super::{mark::ScoreMark, overview, place, record::Record, scope};
use crate::{
    context::Context,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::count,
};

/// What is to be opened.
#[derive(Debug)]
pub struct Why {
    /// Of which scope.
    pub scope: Scope,
    /// One indicator only.
    pub indicator: Option<Indicator>,
    /// All of it.
    pub all: bool,
}

impl Why {
    /// Whether an indicator is to be told.
    pub fn tells(&self, indicator: Indicator) -> bool {
        self.indicator.is_none_or(|only| only == indicator)
    }

    /// How many units of an indicator, and how many lines of each, are shown. Of a procedure all is, but for what it shares
    /// with others of the administration in charge.
    fn room(&self, indicator: Indicator) -> (usize, usize) {
        let is_shared = matches!(indicator, Indicator::K3 | Indicator::K5);
        let is_whole = self.all || matches!(self.scope, Scope::Procedure(_)) && !is_shared;
        match (is_whole, self.indicator.is_some()) {
            (true, _) => (usize::MAX, usize::MAX),
            (false, true) => (10, 8),
            (false, false) => (3, 3),
        }
    }
}

/// Something that made a score: a sentence, where it stands, and whether it adds to the score.
#[derive(Debug)]
pub struct Reason {
    /// As programs read it.
    pub what: &'static str,
    /// Whether it adds to the score.
    pub is_met: bool,
    /// What it is.
    pub text: String,
    /// `file:line`.
    pub place: Option<String>,
}

/// What made the score of a unit: what keeps it down first.
pub fn reasons(unit: &Unit, record: &Record<'_>, context: &Context) -> Vec<Reason> {
    let mut all: Vec<Reason> = unit.causes.iter().map(|cause| reason(cause, unit, record, context)).collect();
    if let (Indicator::K2, Subject::Procedure(rank)) = (unit.indicator, &unit.subject) {
        let breaches = record.breaches.get(rank).map_or(&[][..], Vec::as_slice);
        let told = breaches.iter().map(|finding| Reason {
            what: finding.code.name(),
            is_met: false,
            text: format!("{} ({})", message::message(finding, context.lang).text, finding.law().unwrap_or_default()),
            place: Some(place::of_finding(finding, record, context)),
        });
        all.extend(told);
    }
    all.sort_by_key(|reason| reason.is_met);
    all
}

fn reason(cause: &Cause, unit: &Unit, record: &Record<'_>, context: &Context) -> Reason {
    let args = arguments(cause, record, context);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut text = context.words.fill(&sentence(cause.what), &args);
    if let Some(title) = node(cause, unit, record, context) {
        text = context.words.fill("maturity.at-node", &[&text, &title]);
    }
    let place = place::of_cause(cause, &unit.subject, record, context);
    Reason { what: cause.what.key(), is_met: cause.is_met, text, place }
}

/// The key of the sentence of a cause.
pub fn sentence(what: What) -> String {
    let part = match what {
        What::NotOnline | What::PartialCoverage | What::PaperDemanded | What::PaperReceived | What::PaidOnSite => {
            "obstacle"
        }
        _ => "maturity.what",
    };
    format!("{part}.{}", what.key())
}

/// The title of the node, or else of the other procedure, that a cause speaks of.
fn node(cause: &Cause, unit: &Unit, record: &Record<'_>, context: &Context) -> Option<String> {
    let own = if let Subject::Procedure(rank) = &unit.subject { Some(*rank) } else { None };
    let line = record.survey.lines.get(cause.procedure.or(own)?)?;
    match (cause.procedure, cause.node) {
        // Of another procedure its own title says more than that of a step.
        (Some(_), _) => Some(context.title(&line.procedure.title).to_owned()),
        (None, node) => node.map(|node| context.title(&line.version.flow.node(node).title).to_owned()),
    }
}

/// The words of a cause: names of the vocabulary by their titles, figures as figures.
fn arguments(cause: &Cause, record: &Record<'_>, context: &Context) -> Vec<String> {
    let (vocabulary, figures) = (&record.compiled.vocabulary, context.figures());
    let whole = |text: &str| text.parse::<i64>().unwrap_or_default();
    let duty = |key: &str| vocabulary.duties.iter().find(|fact| fact.key.as_str() == key);
    let mut args: Vec<String> = match cause.what {
        What::AnswersUnknown => {
            let codes: Vec<_> = cause.names.iter().map(|name| context.words.id(name.as_str())).collect();
            vec![codes.join(context.words.get("list.comma"))]
        }
        What::PaperEstimated | What::PaperDemanded | What::PaperReceived => {
            let titles = cause
                .names
                .iter()
                .map(|name| context.label(name, vocabulary.documents.get(name).map(|document| &document.title)));
            vec![titles.collect::<Vec<_>>().join(context.words.get("list.comma"))]
        }
        What::Registered | What::RegisterUnsure | What::Fetched => {
            let title = |name| context.label(name, vocabulary.registers.get(name).map(|register| &register.title));
            cause.names.iter().map(title).collect()
        }
        What::ItemTexts => {
            let title = |name| context.label(name, vocabulary.texts.get(name).map(|text| &text.title));
            cause.names.iter().map(title).collect()
        }
        What::ItemAdministrations => {
            let title = |name| context.label(name, vocabulary.authorities.get(name).map(|body| &body.title));
            cause.names.iter().map(title).collect()
        }
        What::Evidence | What::EvidenceOld => {
            let fact = cause.names.first().and_then(|key| duty(key.as_str()));
            fact.map_or_else(Vec::new, |fact| vec![fact.date.to_string(), fact.source.to_string()])
        }
        What::RequestsPaperless | What::RequestsWithPaper => {
            cause.names.iter().map(|name| figures.whole(whole(name.as_str()))).collect()
        }
        What::Burden => {
            let dirhams = |name: &Name| figures.rough(whole(name.as_str()) / 100);
            cause.names.iter().map(|name| context.words.fill("unit.dirhams", &[&dirhams(name)])).collect()
        }
        What::Answer => match cause.names.as_slice() {
            [question, grade] => {
                let answer = match grade.as_str() {
                    "100" => context.words.get("lens.answer.yes"),
                    "0" => context.words.get("lens.answer.no"),
                    grade => grade,
                };
                vec![context.words.get(&format!("lens.eu.question.{question}")).to_owned(), answer.to_owned()]
            }
            _ => Vec::new(),
        },
        _ => cause.names.iter().map(|name| context.words.id(name.as_str())).collect(),
    };
    args.resize(2, String::new());
    args
}

/// What a unit is, in words.
pub fn subject(unit: &Unit, record: &Record<'_>, context: &Context) -> String {
    let vocabulary = &record.compiled.vocabulary;
    match &unit.subject {
        Subject::Procedure(rank) => context.words.id(record.ledger.sheets[*rank].id.as_str()),
        Subject::Document(document, _) => {
            context.label(document, vocabulary.documents.get(document).map(|known| &known.title))
        }
        Subject::Duty(authority, duty) => {
            let body = context.words.id(authority.as_str());
            let duty = context.words.get(&format!("maturity.duty.{}", duty.name())).to_owned();
            context.words.fill("maturity.of-body", &[&duty, &body])
        }
    }
}

/// The whole page.
pub fn text(why: &Why, record: &Record<'_>, context: &Context) -> String {
    let words = &context.words;
    let index = record.score(&why.scope);
    let title = words.fill(
        "maturity.why-title",
        &[
            &scope::title(&why.scope, record, context),
            &words.id(&scope::id(&why.scope)),
            &words.id(&record.at.to_string()),
        ],
    );
    let mut text = paint(Tone::Strong, wrap(&title, context.width, 0).trim_end()) + "\n\n";
    text.push_str(&overview::index(&index, context));
    for score in index.indicators().filter(|score| why.tells(score.indicator) && score.applicable > 0) {
        let figures = context.figures();
        let of = [figures.count(score.known), figures.count(score.applicable)];
        let known = words.fill("maturity.units", &[&of[0], &of[1]]);
        let points = overview::score(score.points.as_ref(), overview::mark_of_indicator(score), context);
        let name = paint(Tone::Strong, &overview::indicator(score, context));
        text.push_str(&format!("\n{name}  {}  {}\n", paint(Tone::Strong, &points), paint(Tone::Faint, &known)));
        let formula = words.get(&format!("maturity.formula.{}", score.indicator.code())).to_owned();
        text.push_str(&paint(Tone::Faint, &wrap(&format!("  {formula}"), context.width, 2)));
        text.push_str(&units(why, score.indicator, record, context));
    }
    text.push('\n');
    for line in overview::marks(&index, context) {
        text.push_str(&paint(Tone::Faint, &wrap(&line, context.width, 0)));
    }
    text
}

fn units(why: &Why, indicator: Indicator, record: &Record<'_>, context: &Context) -> String {
    let (room, lines) = why.room(indicator);
    let units = record.units(&why.scope, indicator);
    let mut text = String::new();
    for unit in units.iter().take(room) {
        let mark = ScoreMark { is_estimated: unit.is_estimated, extent: unit.extent };
        let points = overview::score(unit.reading.points(), mark, context);
        text.push_str(&wrap(&format!("  {points}  {}", subject(unit, record, context)), context.width, 4));
        let reasons = reasons(unit, record, context);
        for reason in reasons.iter().take(lines) {
            let sign = if reason.is_met { '+' } else { '-' };
            let tone = if reason.is_met { Tone::Good } else { Tone::Fair };
            text.push_str(&paint(tone, &wrap(&format!("    {sign} {}", reason.text), context.width, 6)));
            if let Some(place) = &reason.place {
                text.push_str(&format!("      {}\n", paint(Tone::Accent, &context.words.id(place))));
            }
        }
        text.push_str(&left("maturity.more-lines", reasons.len().saturating_sub(lines), 4, context));
    }
    text + &left("maturity.more-units", units.len().saturating_sub(room), 2, context)
}

fn left(key: &str, rest: usize, indent: usize, context: &Context) -> String {
    if rest == 0 {
        return String::new();
    }
    let more = context.words.plural(key, count(rest), &context.figures().count(rest));
    format!("{}{}\n", " ".repeat(indent), paint(Tone::Faint, &more))
}

#[cfg(test)]
mod tests {
    use mastara_engine::{
        maturity::{Axis, Duty},
        text::Lang,
    };

    use super::*;
    use crate::locale::Words;

    #[test]
    fn everything_that_can_be_told_has_words() {
        let words = Words::load(Lang::Fr);
        let axes = Axis::ALL.into_iter().map(overview::axis_key);
        let names = Indicator::ALL.map(Indicator::code).into_iter();
        let names = names.flat_map(|code| [format!("maturity.{code}"), format!("maturity.formula.{code}")]);
        let duties = Duty::ALL.into_iter().map(|duty| format!("maturity.duty.{}", duty.name()));
        for key in What::ALL.iter().copied().map(sentence).chain(axes).chain(names).chain(duties) {
            assert!(words.find(&key).is_some(), "{key}");
        }
    }
}
