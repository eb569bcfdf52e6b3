//! The colours as people read them.

use mastara_engine::lens::fr::{Answer, Colour, GOAL, Indicator, Service, Tally, colour};

use super::super::{left_out, opening};
use super::{Page, Why, value};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::count,
    table::{Cell, Table},
};

/// How many groups or procedures are shown unless all are asked for.
const FIRST: usize = 15;

/// The whole page.
pub fn text(page: &Page, all: bool, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let title = words.fill("lens.fr.title", &[&page.title]);
    let mut text = opening(&title, page.services.len(), page.at.as_ref(), context);
    if let Some(essential) = page.essential {
        text.push_str(&wrap(
            &words.plural("lens.fr.essential", count(essential), &figures.count(essential)),
            context.width,
            0,
        ));
    }
    if let [service] = &page.services[..] {
        text.push_str(&one(service, page, context));
    } else {
        text.push_str(&together(page, context));
        text.push_str(&groups(page, all, context));
    }
    text.push_str(&left_out(page.unmeasured, context));
    if let Some(whys) = &page.whys {
        text.push_str(&context.heading("lens.why"));
        text.push_str(&answers(whys, all, context));
    }
    text + "\n" + &paint(Tone::Faint, &wrap(words.get("lens.fr.legend"), context.width, 0))
}

fn tone(colour: Colour) -> Tone {
    match colour {
        Colour::Green | Colour::Blue => Tone::Good,
        Colour::Yellow => Tone::Fair,
        Colour::Red => Tone::Bad,
        Colour::Grey => Tone::Faint,
    }
}

fn name(indicator: Indicator, context: &Context) -> String {
    context.words.get(&format!("lens.fr.{}", indicator.code())).to_owned()
}

fn shown(answer: &str, estimated: bool, context: &Context) -> String {
    let word = context.words.find(&format!("lens.answer.{answer}")).unwrap_or(answer);
    if estimated { Mark::Estimated.on(word) } else { word.to_owned() }
}

fn one(service: &Service, page: &Page, context: &Context) -> String {
    let words = &context.words;
    let headings = ["indicator", "answer", "colour"].map(|key| words.get(&format!("lens.column.{key}")).to_owned());
    let mut table = Table::new(context.width, &headings.each_ref().map(String::as_str));
    for indicator in Indicator::ALL {
        let answer = service.answers.get(&indicator).copied().unwrap_or(Answer::Pending);
        let colour = colour(indicator, answer);
        table.row([
            Cell::from(name(indicator, context)),
            shown(&value(answer), page.is_estimated([service], indicator), context).into(),
            Cell::new(tone(colour), words.get(&format!("lens.colour.{}", colour.code()))),
        ]);
    }
    format!("\n{}", table.render())
}

fn together(page: &Page, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let headings = ["indicator", "score", "reached", "not-reached", "grey"]
        .map(|key| words.get(&format!("lens.column.{key}")).to_owned());
    let mut table = Table::new(context.width, &headings.each_ref().map(String::as_str)).figures(&[1, 2, 3, 4]);
    for indicator in Indicator::ALL {
        let tally = Tally::of(&page.services, indicator);
        let figure = |number: u64| figures.whole(i64::try_from(number).unwrap_or(i64::MAX));
        table.row([
            Cell::from(name(indicator, context)),
            score(tally, page.is_estimated(&page.services, indicator), context),
            figure(tally.reached).into(),
            figure(tally.not_reached).into(),
            figure(tally.grey).into(),
        ]);
    }
    format!("\n{}", table.render())
}

fn score(tally: Tally, estimated: bool, context: &Context) -> Cell {
    let Some(score) = tally.score() else { return "–".into() };
    let mark = if estimated { Mark::Estimated } else { Mark::Known };
    let tone = if score >= u32::from(GOAL) { Tone::Good } else { Tone::Plain };
    Cell::new(tone, mark.on(&context.figures().whole(i64::from(score))))
}

/// Group by group, the indicators of which something is known.
fn groups(page: &Page, all: bool, context: &Context) -> String {
    let words = &context.words;
    let mut groups: Vec<&str> = page.services.iter().map(|service| service.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() < 2 {
        return String::new();
    }
    let told: Vec<Indicator> = Indicator::ALL
        .into_iter()
        .filter(|indicator| Tally::of(&page.services, *indicator).score().is_some())
        .collect();
    let of = |group: &str| page.services.iter().filter(|service| service.group.as_str() == group).collect::<Vec<_>>();
    groups.sort_by_key(|group| std::cmp::Reverse(of(group).len()));
    let mut headings = vec![words.get("lens.column.group").to_owned(), words.get("lens.column.services").to_owned()];
    headings.extend(told.iter().map(|indicator| name(*indicator, context)));
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let figures: Vec<usize> = (1..headings.len()).collect();
    let mut table = Table::new(context.width, &headings).figures(&figures);
    let first = if all { groups.len() } else { groups.len().min(FIRST) };
    for group in &groups[..first] {
        let services = of(group);
        let mut cells = vec![
            Cell::from(super::super::label(&page.labels, group, context)),
            context.figures().count(services.len()).into(),
        ];
        cells.extend(told.iter().map(|&indicator| {
            let tally = Tally::of(services.iter().copied(), indicator);
            score(tally, page.is_estimated(services.iter().copied(), indicator), context)
        }));
        table.row(cells);
    }
    context.heading("lens.groups") + &table.render() + &context.more("stats.more", groups.len() - first)
}

fn answers(whys: &[Why], all: bool, context: &Context) -> String {
    let words = &context.words;
    let mut names: Vec<&str> = whys.iter().map(|why| why.service.as_str()).collect();
    names.dedup();
    let first = if all { names.len() } else { names.len().min(FIRST) };
    let mut text = String::new();
    for service in &names[..first] {
        text.push_str(&format!("\n{}\n", paint(Tone::Accent, &words.id(service))));
        for why in whys.iter().filter(|why| why.service == *service) {
            let colour = paint(tone(why.colour), words.get(&format!("lens.colour.{}", why.colour.code())));
            let answer = shown(&why.answer, why.estimated, context);
            let line = words.fill("lens.answered", &[&name(why.indicator, context), &format!("{answer}, {colour}")]);
            text.push_str(&wrap(&format!("    {line}"), context.width, 6));
            text.push_str(&super::super::places(&why.places, context));
        }
    }
    text + &context.more("stats.more", names.len() - first)
}
