//! What one procedure costs, item by item.

use mastara_engine::burden::{Cause, Interval, Item, Parameters, items};

use super::{Marks, Row};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    table::{Cell, Table},
};

/// The whole page.
pub fn text(row: &Row<'_>, parameters: &Parameters, context: &Context) -> String {
    let words = &context.words;
    let (procedure, version) = (row.line.procedure, row.line.version);
    let title = paint(Tone::Strong, &wrap(context.title(&procedure.title), context.width, 0));
    let id = paint(Tone::Accent, &words.id(procedure.id.as_str()));
    let version = format!("{} · {}", words.id(version.name.as_str()), context.title(&version.title));
    let mut text = format!("{title}{id}\n{}", wrap(&version, context.width, 2));
    text.push_str(&context.heading("burden.case"));
    let items = items(&row.now.load, &procedure.audience, parameters).unwrap_or_default();
    text.push_str(&table(row, &items, parameters, context));
    text.push_str(&nominal(row, context));
    text.push_str(&year(row, context));
    text.push_str(&context.heading("burden.prices"));
    text + &prices(row, &items, parameters, context)
}

fn table(row: &Row<'_>, items: &[Item], parameters: &Parameters, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let headings = ["burden.column.item", "burden.column.quantity", "burden.low", "burden.central", "burden.high"];
    let mut table = Table::new(context.width, &headings.map(|key| words.get(key))).figures(&[1, 2, 3, 4]);
    let marks = row.now.marks;
    let trips = Mark::of(true, row.line.now.standing.shares_estimated);
    for item in items {
        let zone =
            |zone| parameters.zones.get(zone).map_or_else(String::new, |zone| context.title(&zone.title).to_owned());
        let thousandths = crate::view::number::as_float(item.quantity) / 1000.0;
        let decimal = figures.decimal(thousandths, 2);
        let (name, quantity) = match &item.cause {
            Cause::Steps => (words.get("burden.at-steps").to_owned(), words.fill("unit.minutes", &[&decimal])),
            Cause::UnderWay(at) => {
                (words.fill("burden.under-way-to", &[&zone(at)]), words.fill("burden.trips", &[&decimal]))
            }
            Cause::Fees => (words.get("burden.fees").to_owned(), String::new()),
            Cause::Fares(at) => (words.fill("burden.fares-to", &[&zone(at)]), words.fill("burden.trips", &[&decimal])),
            Cause::Sheets => (words.get("burden.sheets").to_owned(), decimal),
        };
        let (mark, of_quantity) = match item.cause {
            Cause::Steps => (marks.time, marks.time),
            Cause::UnderWay(_) => (marks.trips, trips),
            Cause::Fees => (marks.fees, Mark::Known),
            Cause::Fares(_) => (marks.trips, trips),
            Cause::Sheets => (marks.sheets, marks.sheets),
        };
        let quantity = if quantity.is_empty() { quantity } else { of_quantity.on(&quantity) };
        let cells = [item.centimes.low, item.centimes.central, item.centimes.high];
        let cells = cells.map(|centimes| Cell::from(mark.on_value(centimes, &figures.dirhams(centimes))));
        table.row([Cell::from(name), quantity.into()].into_iter().chain(cells));
    }
    if marks.fees == Mark::AtLeast && items.iter().all(|item| item.cause != Cause::Fees) {
        table.row([words.get("burden.fees"), "", "?", "?", "?"].map(Cell::from));
    }
    let strong = |interval: Interval, mark: Mark, write: &dyn Fn(i64) -> String| {
        [interval.low, interval.central, interval.high]
            .map(|value| Cell::new(Tone::Strong, mark.on_value(value, &write(value))))
    };
    let total = strong(row.now.mean.centimes(), marks.money(), &|centimes| figures.dirhams(centimes));
    table.row([Cell::new(Tone::Strong, words.get("burden.total")), "".into()].into_iter().chain(total));
    let time = strong(row.now.mean.seconds(), marks.time, &|seconds| figures.minutes((seconds + 30) / 60));
    table.row([Cell::new(Tone::Strong, words.get("burden.time")), "".into()].into_iter().chain(time));
    table.render()
}

/// The nominal way, and what it was before.
fn nominal(row: &Row<'_>, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let say = |key: &str, burden: &mastara_engine::burden::Burden, marks: Marks, more: &str| {
        let money = marks.money().on(&figures.dirhams(burden.centimes().central));
        let time = marks.time.on(&figures.minutes((burden.seconds().central + 30) / 60));
        wrap(&words.fill(key, &[&money, &time, more]), context.width, 0)
    };
    let mut text = say("burden.nominal", &row.now.nominal, row.now.marks, "");
    if let Some((version, case)) = &row.before {
        text.push_str(&say("burden.before-case", &case.mean, case.marks, &words.id(version.name.as_str())));
    }
    text
}

/// What a year costs.
fn year(row: &Row<'_>, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let mut text = context.heading("burden.year");
    let volume = row.line.procedure.volume.as_ref();
    let (Some(volume), Some(year)) = (volume, row.year()) else {
        return text + words.get("burden.no-volume") + "\n";
    };
    let cases = Mark::of(true, volume.estimated).on(&figures.cases(volume.requests));
    let source = volume.source.as_deref().unwrap_or_else(|| words.get("burden.no-source"));
    text.push_str(&wrap(&words.fill("burden.volume", &[&cases, source]), context.width, 0));
    let marks = row.marks_of_year();
    let money = year.centimes().map(|centimes| centimes / 100);
    let hours = year.seconds().map(|seconds| seconds / 3600);
    let [low, central, high] = [money.low, money.central, money.high].map(|value| figures.rough(value));
    let [least, middle, most] = [hours.low, hours.central, hours.high].map(|value| figures.rough(value));
    let args = [marks.time.on(&middle), least, most, marks.money().on(&central), low, high];
    text.push_str(&wrap(&words.fill("burden.yearly", &args.each_ref().map(String::as_str)), context.width, 0));
    if let Some((saved, _)) = row.saved() {
        let (key, spared) =
            if saved.central < 0 { ("burden.dearer", Interval::default() - saved) } else { ("burden.saved", saved) };
        let mark = marks.and(row.marks_of_year_before()).money();
        let [low, central, high] = [spared.low, spared.central, spared.high].map(|value| figures.rough(value / 100));
        text.push_str(&wrap(&words.fill(key, &[&mark.on(&central), &low, &high]), context.width, 0));
    } else if row.before.is_some() {
        text.push_str(&wrap(words.get("burden.saved-unknown"), context.width, 0));
    }
    text
}

/// The prices that the items rest on, each with where it comes from.
fn prices(row: &Row<'_>, items: &[Item], parameters: &Parameters, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let spread = |interval: Interval, write: &dyn Fn(i64) -> String| match interval.is_exact() {
        true => write(interval.central),
        false => {
            let values = [interval.low, interval.central, interval.high].map(write);
            words.fill("burden.spread", &values.each_ref().map(String::as_str))
        }
    };
    let dirhams = |interval| spread(interval, &|centimes| figures.dirhams(centimes));
    let line = |title: &str, value: String, estimated: bool, source: Option<&str>| {
        let value = Mark::of(true, estimated).on(&value);
        let source = source.unwrap_or_else(|| words.get("burden.no-source"));
        let text = words.fill("burden.price", &[title, &value, source]);
        wrap(&format!("- {text}"), context.width, 2)
    };
    let mut text = String::new();
    let mut seen = Vec::new();
    for audience in &row.line.procedure.audience {
        let Some(price) = parameters.tariffs.get(audience).filter(|price| !seen.contains(price)) else { continue };
        seen.push(price);
        let title = context.title(&price.title);
        text.push_str(&line(title, dirhams(price.value), price.estimated, price.source.as_deref()));
    }
    for item in items {
        let Cause::UnderWay(name) = &item.cause else { continue };
        let Some(zone) = parameters.zones.get(name) else { continue };
        let minutes = spread(zone.minutes, &|minutes| figures.minutes(minutes));
        let value = format!("{minutes}{}{}", words.get("list.semicolon"), dirhams(zone.fare));
        text.push_str(&line(context.title(&zone.title), value, zone.estimated, zone.source.as_deref()));
    }
    if let Some(sheet) = parameters.sheet.as_ref().filter(|_| items.iter().any(|item| item.cause == Cause::Sheets)) {
        text.push_str(&line(
            context.title(&sheet.title),
            dirhams(sheet.value),
            sheet.estimated,
            sheet.source.as_deref(),
        ));
    }
    text + &paint(Tone::Faint, &wrap(words.get("burden.legend"), context.width, 0))
}
