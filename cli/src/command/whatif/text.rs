//! What changes do to the catalogue, as people read it.

use mastara_engine::{procedure::ClaimMeasure, vocabulary::Vocabulary};

use super::{
    impact::{Impact, Line},
    totals::{SUMMED, Totals},
};
use crate::{
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::Phrases,
    survey::count,
    table::{Cell, Table},
    view::number::{as_float, share},
};

/// How many rows are shown unless all are asked for.
const FIRST: usize = 15;

/// The whole page.
pub fn text(impact: &Impact<'_>, vocabulary: &Vocabulary, all: bool, context: &Context) -> String {
    let totals = Totals::of(&impact.lines);
    let page = Page { impact, totals, vocabulary, context, shown: if all { usize::MAX } else { FIRST } };
    [
        page.heading(),
        page.coverage(),
        page.means(),
        page.yearly(),
        page.levels(),
        page.reasons(),
        page.moved(),
        page.authorities(),
        page.law(),
        paint(Tone::Faint, &wrap(context.words.get("whatif.legend"), context.width, 0)),
    ]
    .concat()
}

/// A difference that is good when it is below nothing, of two figures marked so.
pub fn difference(by: i64, shown: &str, marks: [Mark; 2], context: &Context) -> Cell {
    let direction = context.figures().direction();
    let shown = match by {
        0 => "0".to_owned(),
        1.. => format!("{direction}+{shown}"),
        _ => format!("{direction}−{shown}"),
    };
    let is_good = by < 0 && !marks.contains(&Mark::AtLeast);
    Cell::new(if is_good { Tone::Good } else { Tone::Plain }, Mark::on_difference(marks, &shown))
}

/// A difference that is good when it is above nothing.
pub fn gain(by: i64, context: &Context) -> Cell {
    let tone = if by > 0 { Tone::Good } else { Tone::Plain };
    Cell::new(tone, context.figures().difference(as_float(by), 0))
}

struct Page<'a> {
    impact: &'a Impact<'a>,
    totals: Totals,
    vocabulary: &'a Vocabulary,
    context: &'a Context,
    shown: usize,
}

impl Page<'_> {
    fn number(&self, number: usize) -> String {
        self.context.figures().count(number)
    }

    fn table(&self, columns: &[&str], figures: &[usize]) -> Table {
        let keys: Vec<_> = columns.iter().map(|column| format!("whatif.column.{column}")).collect();
        let headings: Vec<_> = keys.iter().map(|key| self.context.words.get(key)).collect();
        Table::new(self.context.width, &headings).figures(figures)
    }

    /// `3 → 1`, or one figure if it stays.
    fn pair(&self, before: &str, after: &str) -> String {
        if before == after { before.to_owned() } else { self.context.words.fill("compare.change", &[before, after]) }
    }

    fn heading(&self) -> String {
        let (words, impact) = (&self.context.words, self.impact);
        let phrases = Phrases { words, vocabulary: self.vocabulary, questions: &[] };
        let title = match impact.title.is_empty() {
            true => words.fill("whatif.title", &[&impact.at.to_string()]),
            false => words.fill("whatif.titled", &[&phrases.text(&impact.title), &impact.at.to_string()]),
        };
        let mut text = paint(Tone::Strong, &title) + "\n";
        for change in &impact.changes {
            text.push_str(&wrap(&format!("- {}", phrases.change(change)), self.context.width, 2));
        }
        let freed = impact.lines.iter().filter(|line| line.is_freed()).count();
        let told = |key: &str, number: usize| words.plural(key, count(number), &self.number(number));
        let args = [
            told("plan.procedures", self.totals.procedures),
            self.number(self.totals.changed),
            told("whatif.remeasured", impact.moved().len()),
            told("whatif.freed", freed),
        ];
        let summary = words.fill("whatif.summary", &args.each_ref().map(String::as_str));
        text + "\n" + &wrap(&summary, self.context.width, 0)
    }

    fn coverage(&self) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let mut table = self.table(&["coverage", "before", "after", "difference"], &[1, 2, 3]);
        // One decimal more than the figures have: rounded alike, all three could contradict one another.
        let row = |label: &str, shares: [f64; 2], mark: Mark, shown: [String; 2]| {
            let by = shares[1] - shares[0];
            let tone = if by > 0.0 { Tone::Good } else { Tone::Plain };
            let points = figures.fixed_difference(by * 100.0, 2);
            let by = if points == "0" { points } else { mark.on(&words.fill("whatif.points", &[&points])) };
            let [before, after] = shown;
            [Cell::from(words.get(label)), before.into(), after.into(), Cell::new(tone, by)]
        };
        let shares = self.totals.shares();
        let counts = [0, 1].map(|side| {
            format!("{} ({})", figures.percent(shares[side]), self.number(self.totals.sides[side].paperless))
        });
        table.row(row("whatif.by-count", shares, Mark::Known, counts));
        let yearly = self.totals.yearly;
        if let Some(shares) = self.totals.by_volume() {
            let mark = Mark::of(true, yearly.estimated > 0);
            table.row(row("whatif.by-volume", shares, mark, shares.map(|share| mark.on(&figures.percent(share)))));
        }
        let [before, after] = self.totals.mean_levels();
        table.row([
            Cell::from(words.get("whatif.mean-level")),
            figures.fixed(before, 2).into(),
            figures.fixed(after, 2).into(),
            Cell::new(
                if after > before { Tone::Good } else { Tone::Plain },
                figures.fixed_difference(after - before, 3),
            ),
        ]);
        self.context.heading("whatif.coverage") + &table.render()
    }

    /// Means over all procedures, on the nominal way.
    fn means(&self) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let mut table = self.table(&["mean", "before", "after", "difference", "part"], &[1, 2, 3, 4]);
        let each = share(1, count(self.totals.procedures));
        for (at, (name, measure)) in SUMMED.into_iter().enumerate() {
            let unit = if measure == ClaimMeasure::Fees { 0.01 } else { 1.0 };
            let [before, after] = self.totals.sides.each_ref().map(|side| side.sums[at]);
            let (marks, moved) = (self.totals.marks(measure), self.totals.marks_of_difference(measure));
            let mean = |sum: i64, mark: Mark| mark.on_value(sum, &figures.fixed(as_float(sum) * each * unit, 2));
            let by = after - before;
            let tone = match measure {
                _ if moved.contains(&Mark::AtLeast) => Tone::Plain,
                ClaimMeasure::Fetched if by > 0 => Tone::Good,
                ClaimMeasure::Fetched => Tone::Plain,
                _ if by < 0 => Tone::Good,
                _ => Tone::Plain,
            };
            let part = if before == 0 || by == 0 { None } else { Some(as_float(by) / as_float(before)) };
            let part = part.map(|part| Mark::on_difference(marks, &figures.small_percent_change(part)));
            let difference = figures.fixed_difference(as_float(by) * each * unit, 3);
            table.row([
                Cell::from(words.get(&format!("whatif.measure.{name}"))),
                mean(before, marks[0]).into(),
                mean(after, marks[1]).into(),
                Cell::new(tone, Mark::on_difference(moved, &difference)),
                part.unwrap_or_default().into(),
            ]);
        }
        self.context.heading("whatif.means") + &table.render()
    }

    /// What it is worth a year, where the volume is known.
    fn yearly(&self) -> String {
        let (words, figures, yearly) = (&self.context.words, self.context.figures(), self.totals.yearly);
        if yearly.procedures == 0 {
            return paint(Tone::Faint, words.get("whatif.no-volume")) + "\n";
        }
        let shown = |by: i64| {
            let sign = if by > 0 { "+" } else { "" };
            if by == 0 { "0".to_owned() } else { Mark::Estimated.on(&format!("{sign}{}", figures.rough(by))) }
        };
        let args = [
            shown(yearly.trips),
            shown(yearly.documents),
            shown(yearly.sheets),
            self.number(yearly.procedures),
            self.number(self.totals.procedures),
            self.number(yearly.estimated),
        ];
        let text = words.fill("whatif.yearly", &args.each_ref().map(String::as_str));
        self.context.heading("whatif.a-year") + &wrap(&text, self.context.width, 0)
    }

    fn levels(&self) -> String {
        let words = &self.context.words;
        let mut table = self.table(&["level", "before", "after", "difference"], &[1, 2, 3]);
        for level in (0..6).rev() {
            let [before, after] = self.totals.sides.each_ref().map(|side| side.levels[level]);
            let by = i64::try_from(after).unwrap_or(0) - i64::try_from(before).unwrap_or(0);
            table.row([
                Cell::from(format!("{level} {}", words.get(&format!("level.short.{level}")))),
                self.number(before).into(),
                self.number(after).into(),
                Cell::from(self.context.figures().difference(as_float(by), 0)),
            ]);
        }
        self.context.heading("whatif.levels") + &table.render()
    }

    /// What keeps steps from going without paper and trip.
    fn reasons(&self) -> String {
        let words = &self.context.words;
        let mut table = self.table(&["reason", "steps", "procedures", "remedy"], &[1, 2]);
        for (kind, sides) in self.impact.reasons() {
            let pair = |at: usize| self.pair(&self.number(sides[0][at]), &self.number(sides[1][at]));
            table.row([
                Cell::from(words.get(&format!("reason.{kind}"))),
                pair(0).into(),
                pair(1).into(),
                Cell::new(Tone::Faint, words.get(&format!("reason.remedy.{kind}"))),
            ]);
        }
        let legend = wrap(words.get("whatif.reasons-legend"), self.context.width, 0);
        self.context.heading("whatif.reasons") + &table.render() + &paint(Tone::Faint, &legend)
    }

    fn moved(&self) -> String {
        let moved = self.impact.moved();
        let mut text = self.context.heading("whatif.moved");
        if moved.is_empty() {
            return text + self.context.words.get("whatif.nobody") + "\n";
        }
        let columns = ["procedure", "trips", "documents", "sheets", "delay", "level"];
        let mut table = self.table(&columns, &[1, 2, 3, 4, 5]);
        let shown = moved.len().min(self.shown);
        for line in &moved[..shown] {
            let [before, after] = &line.measures;
            let pair = |of: ClaimMeasure| {
                let [before, after] = [before, after].map(|measures| {
                    let value = measures.range(of).nominal;
                    let mark = Mark::of_measure(of, measures.standing);
                    mark.on_value(value, &self.context.figures().whole(value))
                });
                Cell::from(self.pair(&before, &after))
            };
            table.row([
                Cell::id(if line.is_freed() { Tone::Good } else { Tone::Plain }, line.procedure.id.as_str()),
                pair(ClaimMeasure::Trips),
                pair(ClaimMeasure::Documents),
                pair(ClaimMeasure::Sheets),
                pair(ClaimMeasure::LegalDelay),
                pair(ClaimMeasure::Level),
            ]);
        }
        text.push_str(&table.render());
        text + &self.context.more("whatif.more", moved.len() - shown)
    }

    fn authorities(&self) -> String {
        let columns = ["authority", "procedures", "changed", "paperless", "trips", "documents", "sheets"];
        let mut table = self.table(&columns, &[1, 2, 3, 4, 5, 6]);
        let all: Vec<_> = self.impact.by_authority();
        let all: Vec<_> = all.into_iter().filter(|(_, lines)| lines.iter().any(|line| line.is_moved())).collect();
        if all.is_empty() {
            return String::new();
        }
        let shown = all.len().min(self.shown);
        for (authority, lines) in &all[..shown] {
            let totals = Totals::of(lines.iter().copied());
            let title = self.vocabulary.authorities.get(*authority).map(|known| &known.title);
            let [before, after] = totals.sides.each_ref().map(|side| self.number(side.paperless));
            let sum = |of: ClaimMeasure| lines.iter().map(|line: &&Line<'_>| line.difference(of)).sum::<i64>();
            let by = |of: ClaimMeasure| {
                difference(
                    sum(of),
                    &self.context.figures().whole(sum(of).abs()),
                    totals.marks_of_difference(of),
                    self.context,
                )
            };
            table.row([
                Cell::from(self.context.label(authority, title)),
                self.number(totals.procedures).into(),
                self.number(totals.changed).into(),
                self.pair(&before, &after).into(),
                by(ClaimMeasure::Trips),
                by(ClaimMeasure::Documents),
                by(ClaimMeasure::Sheets),
            ]);
        }
        self.context.heading("whatif.authorities")
            + &table.render()
            + &self.context.more("whatif.more-authorities", all.len() - shown)
    }

    fn law(&self) -> String {
        let Some(law) = &self.impact.law else { return String::new() };
        let mut text = self.context.heading("whatif.law");
        if law.is_empty() {
            return text + self.context.words.get("whatif.law-same") + "\n";
        }
        let mut table = self.table(&["rule", "before", "after", "difference"], &[1, 2, 3]);
        for (code, [before, after]) in law {
            let by = i64::try_from(*after).unwrap_or(0) - i64::try_from(*before).unwrap_or(0);
            table.row([
                Cell::id(Tone::Plain, format!("{} {}", code.number(), code.name())),
                self.number(*before).into(),
                self.number(*after).into(),
                difference(by, &self.context.figures().whole(by.abs()), [Mark::Known; 2], self.context),
            ]);
        }
        text.push_str(&table.render());
        text
    }
}
