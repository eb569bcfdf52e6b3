//! The index as a picture: the State and its axes, then the administrations that have a rank.
//!
//! INVARIANT: everything is placed as from left to right; [`Canvas`] alone mirrors it for right-to-left languages.

use mastara_engine::{
    maturity::{Index, Points},
    text::Lang,
};
use serde::Serialize;

use super::{
    mark::ScoreMark,
    overview::{axis_key, coverage, grade, mark, mark_of_axis, marks, score},
    record::{Group, Record},
    scope,
};
use crate::{
    context::Context,
    error::Error,
    paragraph::wrap,
    template::{Page, render},
};

/// The width of the picture, and the room around it.
const WIDTH: i64 = 960;
const EDGE: i64 = 32;
/// Where the columns of a row begin: three axes, then the index.
const AXES: [i64; 3] = [410, 520, 630];
const INDEX: i64 = 740;
/// How wide their bars are.
const AXIS: i64 = 80;
const WHOLE: i64 = 110;
/// How high a row is, and a line of it.
const ROW: i64 = 40;
const LINE: i64 = 15;
/// How many letters of a name fit a line, and how many administrations a picture holds.
const NAME: usize = 50;
const ROWS: usize = 20;

/// A picture as the template wants it.
#[derive(Debug, Serialize)]
struct Picture {
    lang: &'static str,
    is_rtl: bool,
    width: i64,
    height: i64,
    title: String,
    description: String,
    bars: Vec<Bar>,
    texts: Vec<Label>,
}

#[derive(Debug, Serialize)]
struct Bar {
    class: &'static str,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    round: i64,
}

#[derive(Debug, Serialize)]
struct Label {
    class: &'static str,
    x: i64,
    y: i64,
    anchor: &'static str,
    text: String,
}

/// What is drawn.
struct Canvas<'a> {
    context: &'a Context,
    bars: Vec<Bar>,
    texts: Vec<Label>,
}

impl Canvas<'_> {
    fn is_rtl(&self) -> bool {
        self.context.lang == Lang::Ar
    }

    fn rect(&mut self, class: &'static str, x: i64, y: i64, width: i64, height: i64) {
        let x = if self.is_rtl() { WIDTH - x - width } else { x };
        self.bars.push(Bar { class, x, y, width, height, round: height.min(6) / 2 });
    }

    /// A text that begins at a place. In a line that runs from right to left its start is on the right.
    fn text(&mut self, class: &'static str, x: i64, y: i64, text: impl Into<String>) {
        let x = if self.is_rtl() { WIDTH - x } else { x };
        self.texts.push(Label { class, x, y, anchor: "start", text: text.into() });
    }

    /// A bar of a score on its rail, with its figure behind it.
    fn score(&mut self, points: Option<&Points>, mark: ScoreMark, place: (i64, i64), size: (i64, i64)) {
        let ((x, y), (width, height)) = (place, size);
        self.rect("rail", x, y, width, height);
        if let Some(points) = points {
            // A tenth of a point is a thousandth of the rail; a score above nothing is seen.
            let filled = (width * points.tenths().clamp(0, 1000) + 500) / 1000;
            let filled = if points.tenths() > 0 { filled.max(2) } else { filled };
            self.rect(grade(Some(points)), x, y, filled, height);
        }
        let shown = figure(points, mark, self.context);
        self.text("faint", x, y + height + LINE - 2, shown);
    }
}

/// A score that keeps its mark before it in a line from right to left.
fn figure(points: Option<&Points>, mark: ScoreMark, context: &Context) -> String {
    context.words.id(&score(points, mark, context))
}

/// The picture.
pub fn svg(record: &Record<'_>, ranked: &Group, context: &Context) -> Result<String, Error> {
    let words = &context.words;
    let mut canvas = Canvas { context, bars: Vec::new(), texts: Vec::new() };
    let title = words.fill("maturity.title", &[&words.id(&record.at.to_string())]);
    canvas.text("title", EDGE, 52, title.clone());
    let top = state(&mut canvas, &record.state);
    let bottom = rows(&mut canvas, record, ranked, top);
    let mut end = bottom + 10;
    for line in wrap(words.get("maturity.note"), 130, 0).lines() {
        canvas.text("faint", EDGE, end + LINE, line);
        end += LINE + 2;
    }
    for legend in marks(&record.state, context) {
        for line in wrap(&legend, 130, 0).lines() {
            canvas.text("faint", EDGE, end + LINE, line);
            end += LINE + 2;
        }
    }
    let description = format!(
        "{} {}, {}",
        words.get("maturity.index"),
        score(record.state.points.as_ref(), mark(&record.state), context),
        coverage(record.state.coverage(), context)
    );
    let (is_rtl, Canvas { bars, texts, .. }) = (canvas.is_rtl(), canvas);
    let height = end + EDGE;
    let lang = context.lang.code();
    let picture = Picture { lang, is_rtl, width: WIDTH, height, title, description, bars, texts };
    render(Page::Maturity, &picture)
}

/// The State: its score, and its axes beside it. Gives where the next part begins.
fn state(canvas: &mut Canvas<'_>, index: &Index) -> i64 {
    let context = canvas.context;
    let shown = figure(index.points.as_ref(), mark(index), context);
    canvas.text("faint", EDGE, 88, context.words.get("maturity.state"));
    canvas.text("big", EDGE, 130, format!("{shown} {}", grade(index.points.as_ref())));
    canvas.text("faint", EDGE, 154, coverage(index.coverage(), context));
    let (x, wide) = (250, 420);
    for (at, axis) in (0_i64..).zip(&index.axes) {
        let y = 84 + at * 26;
        canvas.text("strong", x, y + 11, context.words.get(&axis_key(axis.axis)));
        let bar = x + 230;
        canvas.rect("rail", bar, y, wide - 230, 14);
        if let Some(points) = &axis.points {
            canvas.rect(grade(Some(points)), bar, y, (wide - 230) * points.tenths().clamp(0, 1000) / 1000, 14);
        }
        let shown = figure(axis.points.as_ref(), mark_of_axis(axis), context);
        let beside = format!("{shown} · {}", coverage(axis.coverage(), context));
        canvas.text("faint", x + wide + 12, y + 11, beside);
    }
    184
}

/// The administrations, and where they end.
fn rows(canvas: &mut Canvas<'_>, record: &Record<'_>, ranked: &Group, top: i64) -> i64 {
    let context = canvas.context;
    let words = &context.words;
    canvas.rect("line", EDGE, top, WIDTH - 2 * EDGE, 1);
    canvas.text("strong", EDGE, top + 24, words.get("maturity.by-authority"));
    for (x, key) in AXES.into_iter().zip(["capacity", "transformation", "impact"]) {
        canvas.text("faint", x, top + 24, words.get(&format!("maturity.column.{key}")));
    }
    canvas.text("faint", INDEX, top + 24, words.get("maturity.index"));
    let mut y = top + 44;
    for (at, (scope, _, index)) in ranked.iter().take(ROWS).enumerate() {
        let title = scope::title(scope, record, context);
        let rank = context.figures().count(at + 1);
        canvas.text("faint", EDGE, y + 12, rank);
        for (line, name) in (0_i64..).zip(wrap(&title, NAME, 0).lines().take(2)) {
            canvas.text("plain", EDGE + 28, y + 12 + line * LINE, name);
        }
        for (x, axis) in AXES.into_iter().zip(&index.axes) {
            canvas.score(axis.points.as_ref(), mark_of_axis(axis), (x, y + 2), (AXIS, 8));
        }
        canvas.score(index.points.as_ref(), mark(index), (INDEX, y), (WHOLE, 12));
        canvas.text("strong", INDEX + WHOLE + 14, y + 11, grade(index.points.as_ref()));
        y += ROW;
    }
    let rest = ranked.len().saturating_sub(ROWS);
    if rest > 0 {
        let more = words.plural("maturity.not-drawn", crate::survey::count(rest), &context.figures().count(rest));
        canvas.text("faint", EDGE, y + 12, more);
        y += LINE + 6;
    }
    y
}
