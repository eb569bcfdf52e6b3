//! The index as people read it: the State, its indicators, then who, where and when in life.

use mastara_engine::maturity::{
    Axis, AxisScore, Grade, Index, IndicatorScore, Points, score::Coverage, stability::Stability,
};

use super::{
    mark::ScoreMark,
    record::{Group, Record},
    scope,
};
use crate::{
    command::report::bar::bar,
    context::Context,
    paint::{Tone, paint},
    paragraph::{pad, width, wrap},
    survey::count,
    table::{Cell, Table},
};

/// How many rows are shown unless all are asked for.
const FIRST: usize = 15;

/// How many columns a table of ranks with axes takes.
const ROOMY: usize = 100;

/// The widest bar.
const BLOCKS: usize = 32;

/// The whole page.
pub fn text(
    record: &Record<'_>,
    ranked: &Group,
    stability: Option<&Stability>,
    all: bool,
    context: &Context,
) -> String {
    let page = Page { record, context, shown: if all { usize::MAX } else { FIRST } };
    let parts = [
        page.heading(),
        index(&record.state, context),
        indicators(&record.state, context),
        page.ranks(ranked, stability),
        page.groups("maturity.by-department", &record.departments()),
        page.groups("maturity.by-sector", &record.sectors()),
        page.groups("maturity.by-life-event", &record.life_events()),
        page.notes(),
    ];
    parts.concat()
}

/// A score with one decimal and its marks; a dash where nothing is known.
pub fn score(points: Option<&Points>, mark: ScoreMark, context: &Context) -> String {
    let Some(points) = points else { return "–".to_owned() };
    mark.on(&figure(points.tenths(), context))
}

/// How well the score of a scope is known.
pub fn mark(index: &Index) -> ScoreMark {
    ScoreMark { is_estimated: index.is_estimated(), extent: index.extent() }
}

/// How well the score of an axis is known.
pub fn mark_of_axis(axis: &AxisScore) -> ScoreMark {
    ScoreMark { is_estimated: axis.is_estimated(), extent: axis.extent() }
}

/// How well the score of an indicator is known.
pub fn mark_of_indicator(score: &IndicatorScore) -> ScoreMark {
    ScoreMark { is_estimated: score.is_estimated, extent: score.extent }
}

/// What the marks mean, with how much of the index of the page is known; a line for each.
pub fn marks(index: &Index, context: &Context) -> [String; 2] {
    let (words, figures, of) = (&context.words, context.figures(), index.coverage());
    let part = words.fill("maturity.mark-part", &[&figures.count(of.known), &figures.count(of.applicable)]);
    [words.get("maturity.marks").to_owned(), part]
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand tenths")]
fn figure(tenths: i64, context: &Context) -> String {
    context.figures().fixed(tenths as f64 / 10.0, 1)
}

/// Its grade; a dash where nothing is known.
pub fn grade(points: Option<&Points>) -> &'static str {
    points.map_or("–", |points| Grade::of(points).letter())
}

fn tone(points: Option<&Points>) -> Tone {
    match points.map(Grade::of) {
        Some(Grade::A | Grade::B) => Tone::Good,
        Some(Grade::C) => Tone::Fair,
        Some(Grade::D) => Tone::Bad,
        None => Tone::Faint,
    }
}

/// How much of a score is known, in words.
pub fn coverage(of: Coverage, context: &Context) -> String {
    let figures = context.figures();
    context.words.fill("maturity.coverage", &[&figures.count(of.known), &figures.count(of.applicable)])
}

/// A label, a bar, a score, and what is beside it.
struct Row<'a> {
    label: String,
    points: Option<&'a Points>,
    mark: ScoreMark,
    beside: String,
}

fn rows(rows: &[Row<'_>], context: &Context) -> String {
    let wide = rows.iter().map(|row| width(&row.label)).max().unwrap_or(0);
    let beside = rows.iter().map(|row| width(&row.beside)).max().unwrap_or(0);
    let blocks = context.width.saturating_sub(wide + 2 + 8 + 2 + beside).clamp(8, BLOCKS);
    let mut text = String::new();
    for row in rows {
        let share = row.points.map_or(0.0, |points| points.to_float() / 100.0);
        let (filled, empty) = bar(share, blocks);
        let bar = paint(tone(row.points), &filled) + &paint(Tone::Faint, &empty);
        let figure = score(row.points, row.mark, context);
        let figure = format!("{}{figure}", " ".repeat(7_usize.saturating_sub(width(&figure))));
        let line = format!("{}  {bar} {}  {}", pad(&row.label, wide), paint(Tone::Strong, &figure), row.beside);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The index and its axes.
pub fn index(index: &Index, context: &Context) -> String {
    let words = &context.words;
    let beside = |points: Option<&Points>, of: Coverage| format!("{}  {}", grade(points), coverage(of, context));
    let mut all = vec![Row {
        label: words.get("maturity.index").to_owned(),
        points: index.points.as_ref(),
        mark: mark(index),
        beside: beside(index.points.as_ref(), index.coverage()),
    }];
    all.extend(index.axes.iter().map(|axis| Row {
        label: words.get(&axis_key(axis.axis)).to_owned(),
        points: axis.points.as_ref(),
        mark: mark_of_axis(axis),
        beside: beside(axis.points.as_ref(), axis.coverage()),
    }));
    rows(&all, context)
}

/// The key of the name of an axis.
pub fn axis_key(axis: Axis) -> String {
    format!("maturity.axis.{}", axis.name())
}

/// The name of an indicator, behind its code.
pub fn indicator(score: &IndicatorScore, context: &Context) -> String {
    let code = score.indicator.code();
    format!("{} {}", context.words.id(code), context.words.get(&format!("maturity.{code}")))
}

/// The indicators, axis by axis.
pub fn indicators(index: &Index, context: &Context) -> String {
    let row = |score| -> Row<'_> {
        let score: &IndicatorScore = score;
        let figures = context.figures();
        let of = [figures.count(score.known), figures.count(score.applicable)];
        Row {
            label: indicator(score, context),
            points: score.points.as_ref(),
            mark: mark_of_indicator(score),
            beside: context.words.fill("maturity.units", &[&of[0], &of[1]]),
        }
    };
    let all: Vec<_> = index.indicators().map(row).collect();
    context.heading("maturity.indicators") + &rows(&all, context)
}

struct Page<'a> {
    record: &'a Record<'a>,
    context: &'a Context,
    shown: usize,
}

impl Page<'_> {
    fn heading(&self) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let title = paint(Tone::Strong, &words.fill("maturity.title", &[&words.id(&self.record.at.to_string())]));
        let procedures = self.record.ledger.sheets.len();
        let of = words.plural("report.procedures", count(procedures), &figures.count(procedures));
        format!("{title}\n{of}\n\n")
    }

    fn ranks(&self, ranked: &Group, stability: Option<&Stability>) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let mut columns = vec!["rank", "authority", "procedures"];
        // Ranks take the place of axes where there is not enough of it for both.
        let has_axes = stability.is_none() || self.context.width >= ROOMY;
        if has_axes {
            columns.extend(Axis::ALL.map(Axis::name));
        }
        columns.extend(["index", "grade", "known"]);
        if stability.is_some() {
            columns.push("ranks");
        }
        let places: Vec<usize> = (0..columns.len()).filter(|at| *at != 1).collect();
        let mut table = self.table(&columns, &places);
        let shown = ranked.len().min(self.shown);
        for (at, (scope, number, index)) in ranked[..shown].iter().enumerate() {
            let mut cells =
                vec![Cell::from(figures.count(at + 1)), scope::title(scope, self.record, self.context).into()];
            cells.extend(self.figures(*number, index, has_axes));
            if let Some((low, high)) = stability.and_then(|stability| stability.ranks.get(at)) {
                cells.push(words.fill("maturity.interval", &[&figures.count(*low), &figures.count(*high)]).into());
            }
            table.row(cells);
        }
        let least = figures.count(self.record.settings.least_ranked);
        let mut text = self.context.heading("maturity.by-authority") + &table.render();
        text.push_str(&self.context.more("report.more", ranked.len() - shown));
        text.push_str(&self.faint(&words.fill("maturity.ranked", &[&least])));
        if let Some(stability) = stability {
            let tau = [stability.tau.0, stability.tau.1].map(|tau| figures.fixed(tau, 2));
            let draws = figures.count(stability.draws);
            text.push_str(&self.faint(&words.fill("maturity.stability", &[&draws, &tau[0], &tau[1]])));
        }
        text
    }

    fn groups(&self, key: &str, group: &Group) -> String {
        let mut columns = vec!["scope", "procedures"];
        columns.extend(Axis::ALL.map(Axis::name));
        columns.extend(["index", "grade", "known"]);
        let places: Vec<usize> = (1..columns.len()).collect();
        let mut table = self.table(&columns, &places);
        let shown = group.len().min(self.shown);
        for (scope, number, index) in &group[..shown] {
            let mut cells = vec![Cell::from(scope::title(scope, self.record, self.context))];
            cells.extend(self.figures(*number, index, true));
            table.row(cells);
        }
        self.context.heading(key) + &table.render() + &self.context.more("maturity.more", group.len() - shown)
    }

    /// Number of procedures, axes, index, grade, coverage.
    fn figures(&self, number: usize, index: &Index, has_axes: bool) -> Vec<Cell> {
        let figures = self.context.figures();
        let of = index.coverage();
        let mut cells = vec![Cell::from(figures.count(number))];
        let axis = |axis: &AxisScore| Cell::from(score(axis.points.as_ref(), mark_of_axis(axis), self.context));
        if has_axes {
            cells.extend(index.axes.iter().map(axis));
        }
        cells.push(Cell::new(Tone::Strong, score(index.points.as_ref(), mark(index), self.context)));
        cells.push(Cell::new(tone(index.points.as_ref()), grade(index.points.as_ref())));
        cells.push(format!("{}/{}", figures.count(of.known), figures.count(of.applicable)).into());
        cells
    }

    fn table(&self, columns: &[&str], figures: &[usize]) -> Table {
        let keys: Vec<_> = columns.iter().map(|column| format!("maturity.column.{column}")).collect();
        let headings: Vec<_> = keys.iter().map(|key| self.context.words.get(key)).collect();
        Table::new(self.context.width, &headings).figures(figures)
    }

    fn faint(&self, text: &str) -> String {
        paint(Tone::Faint, &wrap(text, self.context.width, 0))
    }

    fn notes(&self) -> String {
        let words = &self.context.words;
        let mut text = "\n".to_owned();
        for key in ["maturity.note", "maturity.why"] {
            text.push_str(&self.faint(words.get(key)));
        }
        for line in marks(&self.record.state, self.context) {
            text.push_str(&self.faint(&line));
        }
        let left = self.record.survey.not_measured.len();
        if left > 0 {
            let left = words.plural("maturity.left-out", count(left), &self.context.figures().count(left));
            text.push_str(&paint(Tone::Fair, &wrap(&left, self.context.width, 0)));
        }
        text
    }
}
