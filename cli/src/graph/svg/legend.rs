//! What the signs mean: only those that the picture has.

use serde::Serialize;

use super::{
    pen::{Line, Pen, Sign},
    size,
};
use crate::{
    graph::{facts, ink::width, scene::Scene, shape::Shape},
    locale::Words,
};

/// The size of its text.
const SIZE: f64 = 11.0;
/// The room of one line.
const LINE: f64 = 20.0;

/// Signs and their meanings, in lines below the picture.
#[derive(Debug, Default, Serialize)]
pub struct Legend {
    /// A sign and its meaning.
    pub entries: Vec<(Sign, Line)>,
    /// Remarks without a sign.
    pub notes: Vec<Line>,
    /// How high it is.
    #[serde(skip)]
    pub height: f64,
}

impl Legend {
    /// The legend of a scene, from `top` down, no wider than `room`.
    pub fn of(scene: &Scene, words: &Words, pen: &Pen, top: f64, room: f64) -> Self {
        let mut signs: Vec<(&'static str, &str)> = Vec::new();
        for item in &scene.items {
            if !matches!(item.shape, Shape::Start | Shape::Bar | Shape::Outcome(_)) {
                signs.push((size::sign(item.shape), shape_key(item.shape)));
            }
            signs.extend(item.facts.iter().map(|fact| (fact.sign.symbol(), fact_key(fact.sign))));
        }
        // In the order of the words, so that two pictures of one version have the same legend.
        signs.sort_by_key(|(_, key)| ORDER.iter().position(|other| other == key));
        signs.dedup();
        let mut this = Self::default();
        let top = top - pen.shift.1;
        let (mut x, mut y) = (2.0, top + 12.0);
        let mut place = |needed: f64| {
            if x + needed > room {
                (x, y) = (2.0, y + LINE);
            }
            x += needed;
            (x - needed, y)
        };
        for (sign, key) in signs {
            let text = words.get(key).to_owned();
            let (x, y) = place(18.0 + width(&text, SIZE) + 16.0);
            let lines = pen.lines(&[text], (x + 18.0, y + 11.0), LINE);
            this.entries.extend(lines.into_iter().map(|line| (pen.sign(sign, (x, y), 14.0), line)));
        }
        let has_return = scene.arrows.iter().any(|arrow| arrow.is_return);
        let notes = [("graph.note.return", has_return), ("graph.note.estimate", scene.has_estimates)];
        for (key, _) in notes.into_iter().filter(|(_, holds)| *holds) {
            let text = words.get(key).to_owned();
            let (x, y) = place(width(&text, SIZE) + 16.0);
            this.notes.extend(pen.lines(&[text], (x, y + 11.0), LINE));
        }
        this.height = y + LINE - top;
        this
    }
}

/// The order of the legend.
const ORDER: [&str; 15] = [
    "graph.legend.counter",
    "graph.legend.private",
    "graph.legend.online",
    "graph.legend.post",
    "graph.legend.phone",
    "graph.legend.home",
    "graph.shape.facts",
    "graph.shape.choice",
    "graph.shape.ruling",
    "graph.shape.wait",
    "graph.legend.papers",
    "graph.legend.fetched",
    "graph.legend.fees",
    "graph.legend.minutes",
    "graph.legend.delay",
];

fn shape_key(shape: Shape) -> &'static str {
    let sign = size::sign(shape);
    let is_place = |key: &&str| key.strip_prefix("graph.legend.") == Some(sign);
    ORDER.iter().copied().find(|key| matches!(shape, Shape::Step(_)) && is_place(key)).unwrap_or(shape.key())
}

fn fact_key(sign: facts::Sign) -> &'static str {
    match sign {
        facts::Sign::Papers => "graph.legend.papers",
        facts::Sign::Fetched => "graph.legend.fetched",
        facts::Sign::Fees => "graph.legend.fees",
        facts::Sign::Minutes => "graph.legend.minutes",
        facts::Sign::Delay => "graph.legend.delay",
    }
}
