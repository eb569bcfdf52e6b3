//! Steps and totals as people read them.

use mastara_engine::lens::unctad::{Span, Totals};

use super::super::{left_out, opening};
use super::{Objective, Page};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    table::{Cell, Table},
};

/// How many procedures are shown unless all are asked for.
const FIRST: usize = 15;

/// The whole page.
pub fn text(page: &Page, all: bool, context: &Context) -> String {
    let words = &context.words;
    let title = words.fill("lens.unctad.title", &[&page.title]);
    let mut text = opening(&title, page.objectives.len(), page.at.as_ref(), context);
    if let [objective] = &page.objectives[..] {
        text.push_str(&totals(objective, context));
        text.push_str(&steps(objective, page, context));
    } else {
        text.push_str(&list(page, all, context));
    }
    text.push_str(&left_out(page.unmeasured, context));
    if page.is_why {
        text.push_str(&context.heading("lens.why"));
        let shown = if all { page.objectives.len() } else { page.objectives.len().min(FIRST) };
        for objective in &page.objectives[..shown] {
            text.push_str(&format!("\n{}\n", paint(Tone::Accent, &words.id(&objective.id))));
            for (step, places, _) in &objective.steps {
                text.push_str(&format!("    {}\n", words.id(step.name.as_str())));
                text.push_str(&super::super::places(places, context));
            }
        }
        text.push_str(&context.more("stats.more", page.objectives.len() - shown));
    }
    text + "\n" + &paint(Tone::Faint, &wrap(words.get("lens.unctad.legend"), context.width, 0))
}

fn number(number: u64, context: &Context) -> String {
    context.figures().whole(i64::try_from(number).unwrap_or(i64::MAX))
}

fn money(centimes: u64, context: &Context) -> String {
    context.figures().amount(i64::try_from(centimes).unwrap_or(i64::MAX))
}

/// What is paid behind its mark; `?` where nothing of it is known.
fn cost(centimes: u64, is_known: bool, estimated: bool, context: &Context) -> String {
    let whole = i64::try_from(centimes).unwrap_or(i64::MAX);
    Mark::of(is_known, estimated).on_value(whole, &money(centimes, context))
}

/// A time between two bounds: whole days (the nearest) from a day on, else hours and minutes.
fn time(span: Span, context: &Context) -> String {
    const DAY: u64 = 24 * 60;
    let figures = context.figures();
    let one = |minutes: u64| {
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let days = minutes.saturating_add(DAY / 2) / DAY;
        if minutes >= DAY { figures.days(whole(days)) } else { figures.minutes(whole(minutes)) }
    };
    let (least, most) = (one(span.least), one(span.most));
    if least == most { least } else { context.words.fill("lens.bounds", &[&least, &most]) }
}

fn timeframe(totals: &Totals, estimated: bool, context: &Context) -> String {
    let mark = Mark::of(totals.times_unknown == 0, estimated);
    // Of nothing known at all no figure says anything.
    mark.on_value(i64::try_from(totals.timeframe.most).unwrap_or(i64::MAX), &time(totals.timeframe, context))
}

fn totals(objective: &Objective, context: &Context) -> String {
    let (words, totals) = (&context.words, &objective.totals);
    let mark = if objective.estimated { Mark::Estimated } else { Mark::Known };
    let minutes = |known: Option<u64>| {
        known.map_or_else(|| "?".to_owned(), |minutes| mark.on(&time(Span::exactly(minutes), context)))
    };
    let requirements = totals.requirements;
    let kinds = [requirements.kinds, requirements.originals, requirements.copies, requirements.authenticated];
    let kinds = kinds.map(|count| number(count, context));
    let rows = [
        (
            "steps",
            words.fill("lens.unctad.of-online", &[&number(totals.steps, context), &number(totals.online, context)]),
        ),
        ("institutions", number(totals.institutions, context)),
        ("requirements", words.fill("lens.unctad.papers", &kinds.each_ref().map(String::as_str))),
        ("costs", cost(totals.costs, totals.costs_known, objective.estimated, context)),
        ("timeframe", timeframe(totals, objective.estimated, context)),
        ("fill-form", minutes(totals.burden.fill_form)),
        ("at-counter", minutes(totals.burden.at_counter)),
    ];
    let headings = ["what", "value"].map(|key| words.get(&format!("lens.column.{key}")).to_owned());
    let mut table = Table::new(context.width, &headings.each_ref().map(String::as_str));
    for (key, value) in rows {
        table.row([Cell::from(words.get(&format!("lens.unctad.{key}"))), value.into()]);
    }
    format!("\n{}", table.render())
}

fn steps(objective: &Objective, page: &Page, context: &Context) -> String {
    let words = &context.words;
    let headings = ["step", "entity", "online", "requirements", "short.costs", "own-time", "until-next"]
        .map(|key| words.get(&format!("lens.unctad.{key}")).to_owned());
    let mut table = Table::new(context.width, &headings.each_ref().map(String::as_str)).figures(&[3, 4, 5, 6]);
    for (step, _, estimated) in &objective.steps {
        let mark = if *estimated { Mark::Estimated } else { Mark::Known };
        let span = |known: Option<Span>| known.map_or_else(|| "?".to_owned(), |span| mark.on(&time(span, context)));
        if step.before != Some(Span::default()) {
            let mut cells = vec![Cell::from(words.get("lens.unctad.before"))];
            cells.resize(6, Cell::from(""));
            cells.push(span(step.before).into());
            table.row(cells);
        }
        let entity = step
            .entity
            .as_ref()
            .map(|entity| super::super::label(&page.labels, entity.as_str(), context))
            .unwrap_or_default();
        table.row([
            Cell::id(Tone::Plain, step.name.as_str()),
            entity.into(),
            words.get(if step.is_online { "lens.answer.yes" } else { "lens.answer.no" }).into(),
            context.figures().count(step.papers.len()).into(),
            cost(step.cost, step.cost_known, *estimated, context).into(),
            span(step.at_counter).into(),
            span(step.until_next).into(),
        ]);
    }
    context.heading("lens.unctad.steps-of") + &table.render()
}

fn list(page: &Page, all: bool, context: &Context) -> String {
    let words = &context.words;
    let headings = ["procedure", "steps", "institutions", "requirements", "costs", "timeframe"]
        .map(|key| words.get(&format!("lens.unctad.short.{key}")).to_owned());
    let mut table = Table::new(context.width, &headings.each_ref().map(String::as_str)).figures(&[1, 2, 3, 4, 5]);
    let mut objectives: Vec<&Objective> = page.objectives.iter().collect();
    objectives.sort_by_key(|objective| std::cmp::Reverse(objective.totals.steps));
    let shown = if all { objectives.len() } else { objectives.len().min(FIRST) };
    for objective in &objectives[..shown] {
        let totals = &objective.totals;
        table.row([
            Cell::id(Tone::Plain, objective.id.as_str()),
            number(totals.steps, context).into(),
            number(totals.institutions, context).into(),
            number(totals.requirements.kinds, context).into(),
            cost(totals.costs, totals.costs_known, objective.estimated, context).into(),
            timeframe(totals, objective.estimated, context).into(),
        ]);
    }
    format!("\n{}{}", table.render(), context.more("stats.more", objectives.len() - shown))
}
