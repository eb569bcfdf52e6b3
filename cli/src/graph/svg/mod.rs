//! A scene as SVG.
//!
//! INVARIANT: everything is placed as in a left-to-right picture; [`Pen`] alone mirrors it for right-to-left languages.

mod legend;
pub mod pen;
mod size;

use serde::Serialize;

use self::{
    legend::Legend,
    pen::{Drawing, Line, Pen},
    size::{LABEL_LINE, Sized},
};
use super::{
    ink,
    layout::{self, Plan},
    scene::{Arrow, Scene},
    shape::Shape,
};
use crate::{
    error::Error,
    locale::Words,
    template::{Page, render},
};

/// The least and most room of the names of lanes, without what is around them.
const NAMES: (f64, f64) = (108.0, 170.0);
/// The size of the names of lanes, and the room of one line.
const LANE: (f64, f64) = (12.5, 16.0);
/// The size that bold letters of the names take the room of.
const BOLD: f64 = 13.3;
/// The room above the lanes.
const HEAD: f64 = 58.0;
/// Around everything.
const EDGE: f64 = 12.0;

/// A picture as the template wants it.
#[derive(Debug, Serialize)]
struct Picture {
    lang: &'static str,
    is_rtl: bool,
    is_lit: bool,
    width: String,
    height: String,
    title: String,
    description: String,
    head: Vec<Line>,
    subhead: Vec<Line>,
    bands: Vec<Band>,
    margin: String,
    legend_top: String,
    arrows: Vec<Stroke>,
    items: Vec<Drawing>,
    legend: Legend,
}

/// A lane.
#[derive(Debug, Serialize)]
struct Band {
    y: String,
    height: String,
    is_odd: bool,
    lines: Vec<Line>,
}

/// An arrow.
#[derive(Debug, Serialize)]
struct Stroke {
    class: String,
    description: String,
    path: String,
    head: String,
    lines: Vec<Line>,
}

/// Draws a scene.
pub fn draw(scene: &Scene, words: &Words) -> Result<String, Error> {
    let sized = Sized::of(scene);
    let words_of = |name: &String| name.split(' ').map(|word| ink::width(word, BOLD)).fold(NAMES.0, f64::max);
    let names = scene.lanes.iter().map(words_of).fold(NAMES.0, f64::max).min(NAMES.1);
    let margin = names + 24.0;
    let lanes: Vec<_> = scene.lanes.iter().map(|name| ink::wrap(name, BOLD, names, 6)).collect();
    let heights: Vec<_> = lanes.iter().map(|lines| count(lines.len()) * LANE.1 + 20.0).collect();
    let plan = layout::lay_out(&sized.blocks, &sized.lines, margin, &heights);
    let width = (plan.width + 2.0 * EDGE).max(560.0);
    let pen = Pen { is_rtl: words.lang() == mastara_engine::text::Lang::Ar, width, shift: (EDGE, HEAD) };
    let below = HEAD + plan.height;
    let legend = Legend::of(scene, words, &pen, below, width - 2.0 * EDGE);
    let heads = ink::wrap(&scene.title, 17.5, width - 2.0 * EDGE, 1);
    let subheads = ink::wrap(&scene.subtitle, 12.5, width - 2.0 * EDGE, 1);
    let picture = Picture {
        lang: words.lang().code(),
        is_rtl: pen.is_rtl,
        is_lit: scene.is_lit,
        width: pen::number(width),
        height: pen::number(below + legend.height + EDGE),
        title: format!("{} — {}", scene.title, scene.subtitle),
        description: description(scene, words),
        head: pen.lines(&heads, (0.0, 26.0 - HEAD), 20.0),
        subhead: pen.lines(&subheads, (0.0, 46.0 - HEAD), 16.0),
        bands: bands(&plan, &lanes, &pen),
        margin: pen::number(if pen.is_rtl { width - margin - EDGE } else { margin + EDGE }),
        legend_top: pen::number(below),
        arrows: arrows(scene, &sized, &plan, &pen),
        items: scene.items.iter().enumerate().map(|(at, item)| sized.draw(at, item, plan.anchors[at], &pen)).collect(),
        legend,
    };
    render(Page::Graph, picture)
}

fn bands(plan: &Plan, names: &[Vec<String>], pen: &Pen) -> Vec<Band> {
    let band = |(at, &(lane, y, height)): (usize, &(usize, f64, f64))| {
        let lines = &names[lane];
        let top = y + (height - count(lines.len()) * LANE.1) / 2.0 + LANE.0;
        Band {
            y: pen::number(y + HEAD),
            height: pen::number(height),
            is_odd: at % 2 == 1,
            lines: pen.lines(lines, (12.0, top), LANE.1),
        }
    };
    plan.bands.iter().enumerate().map(band).collect()
}

/// The arrows, those that are lit up last, so that they lie above the others.
fn arrows(scene: &Scene, sized: &Sized, plan: &Plan, pen: &Pen) -> Vec<Stroke> {
    let mut order: Vec<usize> = (0..scene.arrows.len()).collect();
    order.sort_by_key(|&at| (scene.arrows[at].is_lit, at));
    let stroke = |at: usize| {
        let (x, y) = plan.labels[at];
        let lines = &sized.labels[at];
        let top = y - count(lines.len()) * LABEL_LINE / 2.0 + LABEL_LINE - 3.5;
        let end = plan.corners[at].last().copied().unwrap_or_default();
        Stroke {
            class: class(&scene.arrows[at]),
            description: scene.arrows[at].text(),
            path: pen.path(&plan.corners[at]),
            head: if scene.items[scene.arrows[at].to].shape == Shape::Bar { String::new() } else { pen.head(end) },
            lines: pen.lines(lines, (x, top), LABEL_LINE),
        }
    };
    order.into_iter().map(stroke).collect()
}

fn class(arrow: &Arrow) -> String {
    let mut class = String::from("arrow");
    for (word, holds) in [(" back", arrow.is_return), (" silent", arrow.is_silence), (" on", arrow.is_lit)] {
        class.push_str(if holds { word } else { "" });
    }
    class
}

/// The whole flow in words: each item and where it leads.
fn description(scene: &Scene, words: &Words) -> String {
    let mut lines = Vec::new();
    for (at, item) in scene.items.iter().enumerate().filter(|(_, item)| !item.title.is_empty()) {
        let name = |to: usize| match scene.items[to].shape {
            Shape::Bar => scene.arrows.iter().find(|arrow| arrow.from == to).map_or(to, |arrow| arrow.to),
            _ => to,
        };
        let next: Vec<_> = (scene.arrows.iter().filter(|arrow| arrow.from == at))
            .map(|arrow| match (arrow.text().as_str(), &scene.items[name(arrow.to)].title) {
                ("", title) => title.clone(),
                (label, title) => words.fill("graph.leads", &[label, title]),
            })
            .collect();
        let kind = words.fill("graph.item", &[words.get(item.shape.key()), &item.title]);
        let kind = words.fill("graph.in-lane", &[&kind, &scene.lanes[item.lane]]);
        lines.push(if next.is_empty() {
            kind
        } else {
            format!("{kind} {} {}", words.get("phrase.arrow"), next.join(words.get("phrase.list")))
        });
    }
    lines.join("\n")
}

/// Counts are small.
#[expect(clippy::cast_precision_loss, reason = "a picture has fewer than 2^52 lines")]
fn count(items: usize) -> f64 {
    items as f64
}
