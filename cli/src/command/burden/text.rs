//! What the catalogue costs, as people read it.

use mastara_engine::{
    Date,
    burden::{Burden, Interval},
    text::Name,
    vocabulary::Vocabulary,
};

use super::{Account, Marks, Row, Total};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    table::{Cell, Table},
};

/// How many rows are shown unless all are asked for.
const FIRST: usize = 15;

/// A part of a year: the key of its words, its value, how well that is known, and whether it is time.
type Part = (&'static str, fn(&Burden) -> Interval, fn(Marks) -> Mark, bool);

/// What the page is made from.
pub struct Page<'a> {
    pub account: &'a Account<'a>,
    pub vocabulary: &'a Vocabulary,
    pub at: Date,
    pub all: bool,
    pub context: &'a Context,
}

impl Page<'_> {
    /// The whole page.
    pub fn text(&self) -> String {
        let words = &self.context.words;
        let title = paint(Tone::Strong, &words.fill("burden.title", &[&self.at.to_string()]));
        let mut text = format!("{title}\n{}", self.summary());
        text.push_str(&self.context.heading("burden.composition"));
        text.push_str(&self.composition());
        text.push_str(&self.context.heading("burden.by-year"));
        text.push_str(&self.years());
        text.push_str(&self.context.heading("burden.by-case"));
        text.push_str(&self.cases());
        let authority =
            |name: &Name| self.context.label(name, self.vocabulary.authorities.get(name).map(|known| &known.title));
        let sector = |name: &Name| self.context.label(name, self.vocabulary.sectors.get(name));
        for (key, groups, label) in [
            ("burden.by-authority", &self.account.by_authority, &authority as &dyn Fn(&Name) -> String),
            ("burden.by-sector", &self.account.by_sector, &sector),
        ] {
            text.push_str(&self.context.heading(key));
            text.push_str(&self.groups(groups, label));
        }
        text + &paint(Tone::Faint, &wrap(words.get("burden.legend"), self.context.width, 0))
    }

    fn shown(&self, rows: usize) -> usize {
        if self.all { rows } else { rows.min(FIRST) }
    }

    /// Thousands of hours.
    fn hours(&self, seconds: i64) -> String {
        self.context.figures().rough_in(seconds, 3_600_000)
    }

    /// Millions of dirhams.
    fn dirhams(&self, centimes: i64) -> String {
        self.context.figures().rough_in(centimes, 100_000_000)
    }

    fn summary(&self) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let Account { rows, total, volumes_estimated, .. } = self.account;
        let cases = i64::try_from(total.cases).unwrap_or(i64::MAX);
        let money =
            |interval: Interval| [interval.central, interval.low, interval.high].map(|value| self.dirhams(value));
        let [central, low, high] = money(total.now.centimes());
        let args = [
            figures.count(total.procedures),
            figures.count(rows.len()),
            figures.count(*volumes_estimated),
            figures.rough(cases),
            total.marks.time.on(&self.hours(total.now.seconds().central)),
            total.marks.money().on(&central),
            low,
            high,
        ];
        let mut text = wrap(&words.fill("burden.summary", &args.each_ref().map(String::as_str)), self.context.width, 0);
        let [central, low, high] = money(total.saved);
        let args = [
            figures.count(total.changed),
            total.marks_saved.money().on(&central),
            low,
            high,
            total.marks_saved.time.on(&self.hours(total.saved_seconds)),
            figures.count(total.compared),
        ];
        text.push_str(&wrap(&words.fill("burden.saving", &args.each_ref().map(String::as_str)), self.context.width, 0));
        text
    }

    /// What the year is made of, now and as it first was.
    fn composition(&self) -> String {
        let words = &self.context.words;
        let keys = ["", "burden.low", "burden.central", "burden.high", "burden.before"];
        let headings = keys.map(|key| if key.is_empty() { "" } else { words.get(key) });
        let mut table = Table::new(self.context.width, &headings).figures(&[1, 2, 3, 4]);
        let rows: [Part; 9] = [
            ("burden.hours-at-steps", |burden| burden.at_steps, |marks| marks.time, true),
            ("burden.hours-under-way", |burden| burden.under_way, |marks| marks.time, true),
            ("burden.hours", Burden::seconds, |marks| marks.time, true),
            ("burden.worth", |burden| burden.time, |marks| marks.time, false),
            ("burden.fees", |burden| burden.fees, |marks| marks.fees, false),
            ("burden.fares", |burden| burden.fares, |marks| marks.trips, false),
            ("burden.sheets", |burden| burden.sheets, |marks| marks.sheets, false),
            ("burden.total", Burden::centimes, Marks::money, false),
            ("burden.without-fees", Burden::without_fees, Marks::without_fees, false),
        ];
        let total = &self.account.total;
        for (key, part, mark, is_time) in rows {
            let write = |value: i64| if is_time { self.hours(value) } else { self.dirhams(value) };
            let (now, before) = (part(&total.now), part(&total.before));
            let tone = if matches!(key, "burden.hours" | "burden.total") { Tone::Strong } else { Tone::Plain };
            let (mark, mark_before) = (mark(total.marks), mark(total.marks_before));
            let cells = [(now.low, mark), (now.central, mark), (now.high, mark), (before.central, mark_before)];
            let cells = cells.map(|(value, mark)| Cell::new(tone, mark.on_value(value, &write(value))));
            table.row(std::iter::once(Cell::new(tone, words.get(key))).chain(cells));
        }
        table.render()
    }

    /// The procedures of the dearest year.
    fn years(&self) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let keys = ["procedure", "cases", "case", "hours", "year", "bounds"].map(|key| format!("burden.column.{key}"));
        let headings = keys.each_ref().map(|key| words.get(key));
        let mut table = Table::new(self.context.width, &headings).figures(&[1, 2, 3, 4, 5]);
        let rows: Vec<_> = self.account.of_known_volume().collect();
        let shown = self.shown(rows.len());
        for row in &rows[..shown] {
            let (Some(year), Some(cases)) = (row.year(), row.cases) else { continue };
            let money = year.centimes();
            let marks = row.marks_of_year();
            let is_estimated = row.line.procedure.volume.as_ref().is_some_and(|volume| volume.estimated);
            let bounds = [self.dirhams(money.low), self.dirhams(money.high)];
            table.row([
                Cell::from(self.context.title(&row.line.procedure.title)),
                Mark::of(true, is_estimated).on(&figures.cases(cases)).into(),
                self.case(row),
                marks.time.on(&self.hours(year.seconds().central)).into(),
                marks.money().on(&self.dirhams(money.central)).into(),
                words.fill("burden.bounds", &bounds.each_ref().map(String::as_str)).into(),
            ]);
        }
        table.render() + &self.context.more("stats.more", rows.len() - shown)
    }

    fn case(&self, row: &Row<'_>) -> Cell {
        let centimes = row.now.mean.centimes().central;
        row.now.marks.money().on_value(centimes, &self.context.figures().rough((centimes + 50) / 100)).into()
    }

    /// The procedures of the dearest case, whatever their volume.
    fn cases(&self) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let keys = ["procedure", "time", "without-fees", "fees"].map(|key| format!("burden.column.{key}"));
        let headings = keys.each_ref().map(|key| words.get(key));
        let mut table = Table::new(self.context.width, &headings).figures(&[1, 2, 3]);
        let rows = self.account.by_case();
        let shown = self.shown(rows.len());
        for row in &rows[..shown] {
            let marks = row.now.marks;
            let minutes = (row.now.mean.seconds().central + 30) / 60;
            let money = [row.now.mean.without_fees(), row.now.mean.fees].map(|part| (part.central + 50) / 100);
            table.row([
                Cell::from(self.context.title(&row.line.procedure.title)),
                marks.time.on_value(minutes, &figures.minutes(minutes)).into(),
                marks.without_fees().on_value(money[0], &figures.rough(money[0])).into(),
                marks.fees.on_value(money[1], &figures.rough(money[1])).into(),
            ]);
        }
        table.render() + &self.context.more("stats.more", rows.len() - shown)
    }

    fn groups(&self, groups: &[(Name, Total)], label: &dyn Fn(&Name) -> String) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let keys = ["group", "procedures", "hours", "year", "before", "change"];
        let keys = keys.map(|key| format!("burden.column.{key}"));
        let headings = keys.each_ref().map(|key| words.get(key));
        let mut table = Table::new(self.context.width, &headings).figures(&[1, 2, 3, 4, 5]);
        let shown = self.shown(groups.len());
        for (name, total) in &groups[..shown] {
            let (now, before) = (total.now.centimes().central, total.before.centimes().central);
            let part = crate::view::number::as_float(now - before) / crate::view::number::as_float(before.max(1));
            let is_whole = total.marks.is_whole() && total.marks_before.is_whole();
            let change = if is_whole { figures.percent_change(part) } else { "?".to_owned() };
            table.row([
                Cell::from(label(name)),
                figures.count(total.procedures).into(),
                total.marks.time.on(&self.hours(total.now.seconds().central)).into(),
                total.marks.money().on(&self.dirhams(now)).into(),
                total.marks_before.money().on(&self.dirhams(before)).into(),
                change.into(),
            ]);
        }
        table.render() + &self.context.more("stats.more", groups.len() - shown)
    }
}
