//! A simulation as people read it.

mod offices;

use mastara_engine::{
    flow::Guard,
    node::Provenance,
    simulate::{Measure, Taken},
};

use super::{
    bars::{Bin, bins},
    outcome::{DAY, Outcome, margin},
};
use crate::{
    command::{
        measure::{Marks, rounded},
        report::bar,
    },
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::{pad, width, wrap},
    phrase::Phrases,
    table::{Cell, Table},
    view::{number::share, simulation},
};

/// How many ways are shown unless all are asked for.
const FIRST: usize = 5;
/// Blocks of the longest bar.
const BAR: usize = 30;

/// The whole page.
pub fn text(outcome: &Outcome<'_>, phrases: &Phrases<'_>, all: bool, context: &Context) -> String {
    let page = Page { outcome, phrases, context, mark: mark(outcome), shown: if all { usize::MAX } else { FIRST } };
    [
        page.heading(),
        page.times(),
        page.deadlines(),
        page.outcomes(),
        page.ways(),
        page.offices(),
        page.measures(),
        page.legend(),
    ]
    .concat()
}

/// Times rest on assumptions, and on estimates; where a wait tells no delay they are at least so long.
fn mark(outcome: &Outcome<'_>) -> Mark {
    Mark::of(outcome.measures.standing.delay_known, true)
}

struct Page<'a> {
    outcome: &'a Outcome<'a>,
    phrases: &'a Phrases<'a>,
    context: &'a Context,
    mark: Mark,
    shown: usize,
}

impl Page<'_> {
    fn count(&self, number: u64) -> String {
        self.context.figures().whole(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn percent(&self, part: u64, whole: u64) -> String {
        self.context.figures().percent(share(part, whole))
    }

    /// A length of time: days, below one hours and minutes.
    fn time(&self, minutes: u64) -> String {
        let figures = self.context.figures();
        if minutes < 1_440 {
            return figures.minutes(i64::try_from(minutes).unwrap_or(i64::MAX));
        }
        self.days(minutes)
    }

    #[expect(clippy::cast_precision_loss, reason = "minutes of some years")]
    fn days(&self, minutes: u64) -> String {
        let days = self.context.figures().decimal(minutes as f64 / 1_440.0, 1);
        self.context.words.fill("unit.days", &[&days])
    }

    fn paragraph(&self, text: &str) -> String {
        wrap(text, self.context.width, 0)
    }

    fn table(&self, columns: &[&str], figures: &[usize]) -> Table {
        let keys: Vec<_> = columns.iter().map(|column| format!("simulate.column.{column}")).collect();
        let headings: Vec<_> = keys.iter().map(|key| self.context.words.get(key)).collect();
        Table::new(self.context.width, &headings).figures(figures)
    }

    fn heading(&self) -> String {
        let (outcome, words, figures) = (self.outcome, &self.context.words, self.context.figures());
        let title = self.context.title(&outcome.procedure.title);
        let title = paint(Tone::Strong, &self.paragraph(&words.fill("simulate.title", &[title])));
        let version = words.id(outcome.version.name.as_str());
        let delays = words.get(&format!("simulate.delays.{}", simulation::delays(outcome.settings.delays))).to_owned();
        let seed = self.count(outcome.settings.seed);
        let args = [self.count(outcome.cases), version, outcome.from.to_string(), seed, delays];
        let mut text = title + &self.paragraph(&words.fill("simulate.summary", &args.each_ref().map(String::as_str)));
        if outcome.version.provenance == Provenance::Reconstructed {
            text.push_str(&self.paragraph(words.get("simulate.reconstructed")));
        }
        if let Some(share) = outcome.settings.complements {
            let share = figures.percent(f64::from(share.basis_points()) / 10_000.0);
            text.push_str(&self.paragraph(&words.fill("simulate.complements", &[&share])));
        }
        if let Some(offices) = &outcome.settings.offices {
            let law = words.get(&format!("simulate.law.{}", simulation::law(offices.law))).to_owned();
            let service = figures.minutes(i64::try_from(offices.service / 60).unwrap_or(i64::MAX));
            let arrivals = figures.decimal(offices.per_day, 1);
            text.push_str(&self.paragraph(&words.fill("simulate.officers-summary", &[&arrivals, &service, &law])));
        }
        text
    }

    /// Times from beginning to end, with bars.
    fn times(&self) -> String {
        let (batch, words) = (self.outcome.batch, &self.context.words);
        let quantile = |hundredths| self.mark.on(&self.time(batch.lead_minutes.quantile(hundredths).unwrap_or(0)));
        let days = |days: f64| self.context.figures().decimal(days, 2);
        let mean = self.mark.on(&words.fill("unit.days", &[&days(batch.lead.mean() / DAY)]));
        let margin = self.outcome.lead_margin().map_or_else(String::new, |margin| format!(" ± {}", days(margin)));
        let args = [quantile(50), quantile(90), quantile(99), mean + &margin];
        let quantiles = words.fill("simulate.quantiles", &args.each_ref().map(String::as_str));
        let mut text = self.context.heading("simulate.times") + &self.paragraph(&quantiles);
        let bins = bins(&batch.lead_minutes);
        let in_days = bins.first().and_then(|bin| bin.to.map(|to| (to - bin.from).is_multiple_of(1_440))) == Some(true);
        let names: Vec<String> = bins.iter().map(|bin| self.bin(*bin, in_days)).collect();
        let room = names.iter().map(|name| width(name)).max().unwrap_or(0);
        let most = bins.iter().map(|bin| bin.cases).max().unwrap_or(1);
        for (bin, name) in bins.iter().zip(&names) {
            let (filled, _) = bar(share(bin.cases, most), BAR);
            let part = self.percent(bin.cases, batch.ended);
            text.push_str(&format!("  {}  {} {part}\n", pad(name, room), paint(Tone::Accent, &filled)));
        }
        text
    }

    fn bin(&self, bin: Bin, in_days: bool) -> String {
        let words = &self.context.words;
        let bound = |minutes: u64| if in_days { self.count(minutes / 1_440) } else { self.time(minutes) };
        let unit = if in_days { "days" } else { "time" };
        match bin.to {
            Some(to) => words.fill(&format!("simulate.bin.{unit}"), &[&bound(bin.from), &bound(to)]),
            None => words.fill(&format!("simulate.bin.{unit}-over"), &[&bound(bin.from)]),
        }
    }

    fn deadlines(&self) -> String {
        let (batch, words) = (self.outcome.batch, &self.context.words);
        let heading = self.context.heading("simulate.deadlines");
        if batch.clocked == 0 {
            return heading + &self.paragraph(words.get("simulate.no-clock"));
        }
        let kept = batch.clocked - batch.late;
        let args = [
            self.mark.on(&self.percent(kept, batch.clocked)),
            self.count(kept),
            self.count(batch.clocked),
            self.count(batch.silent),
        ];
        heading + &self.paragraph(&words.fill("simulate.kept", &args.each_ref().map(String::as_str)))
    }

    fn outcomes(&self) -> String {
        let flow = &self.outcome.version.flow;
        let mut table = self.table(&["outcome", "cases", "share"], &[1, 2]);
        let mut ended: Vec<_> =
            flow.nodes().zip(&self.outcome.batch.outcomes).filter(|(_, cases)| **cases > 0).collect();
        ended.sort_by_key(|(_, cases)| std::cmp::Reverse(**cases));
        for ((_, node), &cases) in ended {
            let title = self.phrases.text(&node.title);
            table.row([title, self.count(cases), self.percent(cases, self.outcome.cases)].map(Cell::from));
        }
        self.context.heading("simulate.outcomes") + &table.render()
    }

    fn ways(&self) -> String {
        let (ways, other) = self.outcome.batch.ways();
        if ways.len() < 2 {
            return String::new();
        }
        let mut table = self.table(&["way", "cases", "share"], &[1, 2]);
        let shown = ways.len().min(self.shown);
        for way in &ways[..shown] {
            table.row(
                [self.way(way), self.count(way.cases), self.percent(way.cases, self.outcome.cases)].map(Cell::from),
            );
        }
        let rest = ways.len() - shown + usize::from(other > 0);
        self.context.heading("simulate.ways") + &table.render() + &self.context.more("stats.more", rest)
    }

    /// The decisions of a way, in their order.
    fn way(&self, way: &Taken) -> String {
        let flow = &self.outcome.version.flow;
        let told = way.branches.iter().filter_map(|&(node, rank)| {
            let branches = flow.branches(node);
            let (branch, _) = branches.get(rank).filter(|(branch, _)| branch.guard != Guard::Always)?;
            let title = self.phrases.text(&flow.node(node).title);
            // A title that asks is answered.
            let sign = if title.ends_with(['?', '؟']) { " " } else { self.context.words.get("list.colon") };
            Some(format!("{title}{sign}{}", self.phrases.case(branch)))
        });
        let told: Vec<String> = told.collect();
        told.join(self.context.words.get("list.semicolon"))
    }

    /// What was drawn beside what is exact, each with the marks of what `measure` says: people drawn know no more than the file.
    fn measures(&self) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let marks = Marks::new(self.outcome.measures);
        let mut table = self.table(&["measure", "mean", "exact", "drawn-least", "drawn-most"], &[1, 2, 3, 4]);
        for (key, measure, exact) in self.outcome.measures() {
            let drawn = self.outcome.batch.measure(measure);
            let is_money = measure == Measure::Fees;
            let scale = if is_money { 0.01 } else { 1.0 };
            let mark = marks.of(measure);
            let mark_of_mean = marks.mean(mark, exact);
            // The mark of nothing known at all asks for whole numbers: hundredths.
            let mean = |mean: f64, margin: f64| {
                let margin = match margin {
                    0.0 => String::new(),
                    margin => format!(" ± {}", figures.decimal(margin * scale, 3)),
                };
                mark_of_mean.on_value(rounded(mean * 100.0), &(figures.decimal(mean * scale, 2) + &margin))
            };
            let value =
                |value: i64| mark.on_value(value, &if is_money { figures.amount(value) } else { figures.whole(value) });
            let unit =
                words.find(&format!("simulate.unit.{key}")).map_or_else(String::new, |unit| format!(" ({unit})"));
            table.row(
                [
                    format!("{}{unit}", words.get(key)),
                    mean(drawn.mean(), margin(drawn)),
                    mean(exact.expected, 0.0),
                    value(drawn.least),
                    value(drawn.most),
                ]
                .map(Cell::from),
            );
        }
        self.context.heading("simulate.measures") + &table.render()
    }

    fn legend(&self) -> String {
        let (words, measures) = (&self.context.words, self.outcome.measures);
        let marks = Marks::new(measures);
        let mut keys = vec!["mark.estimated"];
        if [self.mark, marks.effort, marks.fees].contains(&Mark::AtLeast) {
            keys.extend(["mark.at-least", "mark.unknown"]);
        }
        if self.outcome.measures().iter().any(|(.., range)| range.is_assumed && range.least != range.most) {
            keys.push("mark.assumed");
        }
        keys.push("simulate.legend");
        let legend: Vec<&str> = keys.into_iter().map(|key| words.get(key)).collect();
        "\n".to_owned() + &paint(Tone::Faint, &self.paragraph(&legend.join(" · ")))
    }
}
