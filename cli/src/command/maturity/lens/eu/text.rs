//! The scores as people read them.

use mastara_engine::lens::{
    Extent, Score,
    eu::{Dimension, Scores},
};

use super::super::{super::mark::ScoreMark, left_out};
use super::{Answers, Line, Page, Report, Standing, Why};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::count,
    table::{Cell, Table},
};

/// How many life events or procedures are shown unless all are asked for.
const FIRST: usize = 15;

/// The whole page.
pub fn text(page: &Page, all: bool, context: &Context) -> String {
    let words = &context.words;
    let title = words.fill("lens.eu.title", &[&page.title]);
    let mut text = paint(Tone::Strong, &wrap(&title, context.width, 0));
    if page.reports.is_empty() {
        text.push_str(&format!("{}\n", words.get("lens.nothing")));
    }
    for report in &page.reports {
        text.push_str(&one(page, report, all, context));
    }
    text.push_str(&left_out(page.unmeasured, context));
    if let Some(whys) = &page.whys {
        text.push_str(&context.heading("lens.why"));
        text.push_str(&answers(whys, all, context));
    }
    let left = page.reports.iter().map(|report| report.left_out).sum();
    if left > 0 {
        let told = words.plural("lens.eu.left-out", count(left), &context.figures().count(left));
        text.push_str(&format!("\n{}", wrap(&told, context.width, 0)));
    }
    text + "\n" + &paint(Tone::Faint, &wrap(&legend(page, context), context.width, 0))
}

/// What the marks mean, with how many answers the scores rest on.
fn legend(page: &Page, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let mut legend = vec![words.get("lens.eu.marks").to_owned()];
    let of = page.reports.iter().map(|report| report.answers).fold(Answers::default(), Answers::and);
    if of.known < of.asked {
        legend.push(words.fill("lens.eu.mark-part", &[&figures.count(of.known), &figures.count(of.asked)]));
    }
    let rest = if page.at.is_some() { "lens.eu.legend" } else { "lens.eu.legend-table" };
    legend.push(words.get(rest).to_owned());
    legend.join(" ")
}

fn one(page: &Page, report: &Report, all: bool, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let (from, to) = (report.from.to_string(), report.to.to_string());
    let when = match &page.at {
        Some(at) => words.fill("lens.eu.of-day", &[at]),
        None if from == to => words.fill("lens.eu.one-year", &[report.country.as_str(), &to]),
        None => words.fill("lens.eu.two-years", &[report.country.as_str(), &from, &to]),
    };
    let services = words.plural("lens.services", count(report.services), &figures.count(report.services));
    let heading = wrap(&words.fill("lens.eu.heading", &[&when, &services]), context.width, 0);
    let mut text = format!("\n{}", paint(Tone::Strong, &heading));
    let headings =
        ["indicator", "score", "bounds", "scored"].map(|key| words.get(&format!("lens.column.{key}")).to_owned());
    let mut table = Table::new(context.width, &headings.each_ref().map(String::as_str)).figures(&[1, 2, 3]);
    for line in &report.lines {
        let indent = if line.is_indicator { "  " } else { "" };
        let name = format!("{indent}{}", words.get(&format!("lens.eu.{}", line.code)));
        let tone = if line.is_indicator { Tone::Plain } else { Tone::Strong };
        let scored = if line.is_indicator { figures.count(line.standing.scored) } else { String::new() };
        table.row([
            Cell::new(tone, name),
            Cell::new(tone, score(line.score.as_ref(), line.standing, line.extent(), context)),
            bounds(line, context).into(),
            scored.into(),
        ]);
    }
    text.push_str(&table.render());
    if report.events.len() > 1 {
        text.push_str(&events(page, report, all, context));
    }
    text
}

/// A score between its marks.
fn score(score: Option<&Score>, standing: Standing, extent: Extent, context: &Context) -> String {
    let mark = ScoreMark { is_estimated: standing.estimated, extent };
    score.map_or_else(|| "–".to_owned(), |score| mark.on(&figure(score, context)))
}

/// What the score could be; nothing if it could be nothing else.
fn bounds(line: &Line, context: &Context) -> String {
    match (&line.least, &line.most) {
        (Some(least), Some(most)) if least != most => {
            context.words.fill("lens.bounds", &[&figure(least, context), &figure(most, context)])
        }
        _ => String::new(),
    }
}

/// A score with one decimal.
pub fn figure(score: &Score, context: &Context) -> String {
    context.figures().fixed(f64::from(score.tenths()) / 10.0, 1)
}

fn events(page: &Page, report: &Report, all: bool, context: &Context) -> String {
    let words = &context.words;
    let has_score =
        |dimension: &Dimension| report.events.iter().any(|event| event.known().dimension(*dimension).is_some());
    let scored: Vec<Dimension> = Dimension::ALL.into_iter().filter(has_score).collect();
    let mut headings = vec![words.get("lens.column.event"), words.get("lens.column.services")];
    let dimensions: Vec<_> = scored.iter().map(|dimension| format!("lens.eu.short.{}", dimension.code())).collect();
    headings.extend(dimensions.iter().map(|key| words.get(key)));
    headings.push(words.get("lens.eu.short.overall"));
    let figures: Vec<usize> = (1..headings.len()).collect();
    let mut table = Table::new(context.width, &headings).figures(&figures);
    let shown = if all { report.events.len() } else { report.events.len().min(FIRST) };
    for event in &report.events[..shown] {
        let name = match event.id.as_str() {
            "" => words.get("lens.no-event").to_owned(),
            id => super::super::label(&page.labels, id, context),
        };
        let mut cells = vec![Cell::from(name), context.figures().count(event.services).into()];
        let standing = |dimension: Dimension| {
            Dimension::ALL
                .iter()
                .zip(event.standings)
                .find(|(known, _)| **known == dimension)
                .map(|(_, standing)| standing)
        };
        for &dimension in &scored {
            let of = event.known().dimension(dimension);
            let extent = event.extent(|scores| scores.dimension(dimension));
            cells.push(score(of.as_ref(), standing(dimension).unwrap_or_default(), extent, context).into());
        }
        cells.push(
            score(event.known().overall().as_ref(), event.standing(), event.extent(Scores::overall), context).into(),
        );
        table.row(cells);
    }
    context.heading("lens.events") + &table.render() + &context.more("stats.more", report.events.len() - shown)
}

fn answers(whys: &[Why], all: bool, context: &Context) -> String {
    let words = &context.words;
    let services: Vec<&str> = whys.iter().map(|why| why.service.as_str()).collect();
    let mut names = services.clone();
    names.dedup();
    let shown = if all { names.len() } else { names.len().min(FIRST) };
    let mut text = String::new();
    for name in &names[..shown] {
        text.push_str(&format!("\n{}\n", paint(Tone::Accent, &words.id(name))));
        let mut last = None;
        for why in whys.iter().filter(|why| why.service == *name) {
            if last != Some(why.indicator) {
                text.push_str(&format!(
                    "  {}\n",
                    paint(Tone::Strong, words.get(&format!("lens.eu.{}", why.indicator.code())))
                ));
                last = Some(why.indicator);
            }
            let mark = if why.estimated { Mark::Estimated } else { Mark::Known };
            let question = words.get(&format!("lens.eu.question.{}", why.question.code())).to_owned();
            let answer = mark.on(words.find(&format!("lens.answer.{}", why.answer)).unwrap_or(&why.answer));
            let line = words.fill("lens.answered", &[&question, &paint(Tone::Strong, &answer)]);
            text.push_str(&wrap(&format!("    {line}"), context.width, 6));
            text.push_str(&super::super::places(&why.places, context));
        }
    }
    text + &context.more("stats.more", names.len() - shown)
}
