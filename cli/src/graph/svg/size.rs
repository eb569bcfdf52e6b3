//! How large items and labels are, and how an item is drawn in that room.

use mastara_engine::node::Nature;

use super::{
    count,
    pen::{Drawing, Pen},
};
use crate::graph::{
    facts,
    ink::{widest, width, wrap},
    layout::{Block, Line, Point},
    scene::{Arrow, Item, Scene},
    shape::{Judge, Place, Shape},
};

/// The size of titles, and the room of one line.
const TITLE: (f64, f64) = (13.0, 17.0);
/// The size of captions under a diamond, and the room of one line.
const CAPTION: (f64, f64) = (12.5, 16.0);
/// The size of facts, and the room of one line.
const FACT: (f64, f64) = (11.0, 17.0);
/// The size of labels of arrows.
const LABEL: f64 = 11.5;
/// The room of one line of a label.
pub const LABEL_LINE: f64 = 15.0;
/// The widest that a label gets.
const LABEL_ROOM: f64 = 136.0;
/// Half of a diamond.
const DIAMOND: f64 = 23.0;
/// The room of a sign beside a title.
const SIGN: f64 = 28.0;

/// The room of everything, ready to be laid out.
pub struct Sized {
    /// By item.
    pub blocks: Vec<Block>,
    /// By arrow.
    pub lines: Vec<Line>,
    /// The lines of each arrow's label.
    pub labels: Vec<Vec<String>>,
    inks: Vec<Ink>,
}

/// The texts of an item, broken into lines.
struct Ink {
    title: Vec<String>,
    /// Facts by line.
    facts: Vec<Vec<facts::Fact>>,
}

impl Sized {
    /// Sizes a scene.
    pub fn of(scene: &Scene) -> Self {
        let inks: Vec<_> = scene.items.iter().map(ink).collect();
        let blocks = scene.items.iter().zip(&inks).map(|(item, ink)| block(item, ink)).collect();
        let labels: Vec<_> = scene.arrows.iter().map(label).collect();
        let line = |(arrow, label): (&Arrow, &Vec<String>)| {
            let room = if label.is_empty() { 0.0 } else { widest(label, LABEL) + 10.0 };
            let label = (room, count(label.len()) * LABEL_LINE);
            Line { from: arrow.from, to: arrow.to, label, is_return: arrow.is_return }
        };
        let lines = scene.arrows.iter().zip(&labels).map(line).collect();
        Self { blocks, lines, labels, inks }
    }

    /// Draws an item at its anchor.
    pub fn draw(&self, at: usize, item: &Item, anchor: Point, pen: &Pen) -> Drawing {
        let (block, ink) = (&self.blocks[at], &self.inks[at]);
        let (left, top) = (anchor.0 - block.width / 2.0, anchor.1 - block.up);
        let room = (block.width, block.up + block.down);
        let mut drawing = Drawing {
            class: class(item),
            name: item.name.clone(),
            description: item.description.clone(),
            path: String::new(),
            sign: None,
            lines: Vec::new(),
            notes: Vec::new(),
            facts: Vec::new(),
        };
        match item.shape {
            Shape::Start => drawing.path = pen.rounded((left, top), room, room.0 / 2.0),
            Shape::Bar => drawing.path = pen.rounded((left, top), room, 3.0),
            Shape::Decision(_) => {
                let (x, y) = anchor;
                let corners = [(x - DIAMOND, y), (x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND)];
                drawing.path = pen.outline(&corners);
                drawing.lines = pen.lines(&ink.title, (x, y + DIAMOND + CAPTION.0 + 3.0), CAPTION.1);
                drawing.sign = Some(pen.sign(sign(item.shape), (x - 9.0, y - 9.0), 18.0));
            }
            Shape::Step(_) | Shape::Wait | Shape::Outcome(_) => {
                drawing.path = match item.shape {
                    Shape::Outcome(Nature::Granted) => pen.rounded((left, top), room, room.1 / 2.0),
                    Shape::Outcome(_) => pen.outline(&cut((left, top), room)),
                    Shape::Wait => pen.rounded((left, top), room, 14.0),
                    _ => pen.rounded((left, top), room, 7.0),
                };
                let inner = left + inset(item.shape);
                drawing.sign = Some(pen.sign(sign(item.shape), (inner, top + 9.0), 16.0));
                drawing.lines = pen.lines(&ink.title, (inner + SIGN - 6.0, top + TITLE.0 + 9.0), TITLE.1);
                if !item.note.is_empty() {
                    let foot = top + TITLE.0 + 9.0 + count(ink.title.len()) * TITLE.1;
                    drawing.notes = pen.lines(std::slice::from_ref(&item.note), (inner + SIGN - 6.0, foot), FACT.1);
                }
                let mut y = top + 11.0 + count(ink.title.len()) * TITLE.1 + 3.0;
                for facts in &ink.facts {
                    let mut x = inner + 1.0;
                    for fact in facts {
                        let line = pen.lines(std::slice::from_ref(&fact.text), (x + 16.0, y + 11.0), FACT.1);
                        let sign = pen.sign(fact.sign.symbol(), (x, y), 13.0);
                        drawing.facts.extend(line.into_iter().map(|line| (sign.clone(), line)));
                        x += fact_width(fact);
                    }
                    y += FACT.1;
                }
            }
        }
        drawing
    }
}

/// The lines of a label: one if all fits, or else the remark on a line of its own.
fn label(arrow: &Arrow) -> Vec<String> {
    let text = arrow.text();
    if text.is_empty() || width(&text, LABEL) <= LABEL_ROOM {
        return wrap(&text, LABEL, LABEL_ROOM, 1);
    }
    let mut lines = wrap(&arrow.label, LABEL, LABEL_ROOM, 7);
    lines.extend(wrap(&arrow.remark, LABEL, LABEL_ROOM, 2));
    lines
}

/// The room on the left of what stands in an item.
fn inset(shape: Shape) -> f64 {
    if matches!(shape, Shape::Outcome(_)) { 14.0 } else { 9.0 }
}

fn ink(item: &Item) -> Ink {
    let (size, room) = if matches!(item.shape, Shape::Decision(_)) { (CAPTION.0, 150.0) } else { (TITLE.0, 142.0) };
    let title = wrap(&item.title, size, room, 8);
    let room = (widest(&title, size) + SIGN).max(118.0);
    let mut lines: Vec<Vec<facts::Fact>> = Vec::new();
    let mut used = f64::INFINITY;
    for fact in &item.facts {
        let needed = fact_width(fact);
        if used + needed > room {
            lines.push(Vec::new());
            used = 0.0;
        }
        used += needed;
        lines.last_mut().into_iter().for_each(|line| line.push(fact.clone()));
    }
    Ink { title, facts: lines }
}

/// A sign, the figure, the gap after it.
fn fact_width(fact: &facts::Fact) -> f64 {
    16.0 + width(&fact.text, FACT.0) + 9.0
}

fn block(item: &Item, ink: &Ink) -> Block {
    let (width, up, down, reach) = match item.shape {
        Shape::Start => (14.0, 7.0, 7.0, 7.0),
        Shape::Bar => (7.0, 34.0, 34.0, 3.5),
        Shape::Decision(_) => {
            let caption = count(ink.title.len()) * CAPTION.1;
            (widest(&ink.title, CAPTION.0).max(2.0 * DIAMOND) + 6.0, DIAMOND, DIAMOND + caption + 6.0, DIAMOND)
        }
        Shape::Step(_) | Shape::Wait | Shape::Outcome(_) => {
            let title = widest(&ink.title, TITLE.0).max(width(&item.note, FACT.0)) + SIGN + 2.0;
            let facts = ink.facts.iter().map(|line| line.iter().map(fact_width).sum::<f64>()).fold(0.0, f64::max);
            let width = title.max(facts) + 2.0 * inset(item.shape) - 4.0;
            let below = ink.facts.len() + usize::from(!item.note.is_empty());
            let below = if below == 0 { 0.0 } else { 3.0 + count(below) * FACT.1 };
            let half = (18.0 + count(ink.title.len()) * TITLE.1 + below) / 2.0;
            (width, half, half, width / 2.0)
        }
    };
    Block { lane: item.lane, width, reach, up, down, is_main: item.is_main }
}

/// A box with its corners cut off.
fn cut((left, top): Point, (width, height): Point) -> [Point; 8] {
    let (right, bottom, by) = (left + width, top + height, 11.0);
    [
        (left + by, top),
        (right - by, top),
        (right, top + by),
        (right, bottom - by),
        (right - by, bottom),
        (left + by, bottom),
        (left, bottom - by),
        (left, top + by),
    ]
}

fn class(item: &Item) -> String {
    let kind = match item.shape {
        Shape::Start => "start",
        Shape::Step(_) => "step",
        Shape::Decision(Judge::Facts) => "decision facts",
        Shape::Decision(Judge::Person) => "decision choice",
        Shape::Decision(Judge::Authority) => "decision ruling",
        Shape::Wait => "wait",
        Shape::Bar => "bar",
        Shape::Outcome(Nature::Granted) => "outcome granted",
        Shape::Outcome(Nature::Refused) => "outcome refused",
        Shape::Outcome(Nature::Lapsed) => "outcome lapsed",
        Shape::Outcome(Nature::Withdrawn) => "outcome withdrawn",
    };
    format!("item {kind}{}", if item.is_lit { " on" } else { "" })
}

/// The symbol of a shape.
pub fn sign(shape: Shape) -> &'static str {
    match shape {
        Shape::Step(Place::Counter) => "counter",
        Shape::Step(Place::Private) => "private",
        Shape::Step(Place::Online) => "online",
        Shape::Step(Place::Post) => "post",
        Shape::Step(Place::Phone) => "phone",
        Shape::Step(Place::Home) => "home",
        Shape::Decision(Judge::Facts) => "question",
        Shape::Decision(Judge::Person) => "person",
        Shape::Decision(Judge::Authority) => "stamp",
        Shape::Wait | Shape::Outcome(Nature::Lapsed) => "wait",
        Shape::Outcome(Nature::Granted) => "yes",
        Shape::Outcome(Nature::Refused) => "no",
        Shape::Outcome(Nature::Withdrawn) => "leave",
        Shape::Start | Shape::Bar => "",
    }
}
