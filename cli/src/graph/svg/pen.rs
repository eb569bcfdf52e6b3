//! Numbers, paths and lines of text, mirrored where the language is read from right to left.

use serde::Serialize;

use super::super::layout::Point;

/// How round the corners of arrows are.
const ROUND: f64 = 7.0;

/// Draws on a sheet of some width.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Whether the sheet is mirrored.
    pub is_rtl: bool,
    /// The width of the sheet.
    pub width: f64,
    /// Where its layout begins.
    pub shift: Point,
}

/// A line of text.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Where it starts, or its middle.
    pub x: String,
    /// Its foot.
    pub y: String,
    /// What it says.
    pub text: String,
}

/// A sign: one of the symbols of the template.
#[derive(Clone, Debug, Serialize)]
pub struct Sign {
    /// The symbol.
    pub name: &'static str,
    /// Its left side.
    pub x: String,
    /// Its upper side.
    pub y: String,
    /// Its size.
    pub size: String,
}

/// An item.
#[derive(Debug, Serialize)]
pub struct Drawing {
    /// Its classes.
    pub class: String,
    /// Its identifier in the flow.
    pub name: String,
    /// What it is, in words.
    pub description: String,
    /// Its outline.
    pub path: String,
    /// The sign for what it is.
    pub sign: Option<Sign>,
    /// Its title.
    pub lines: Vec<Line>,
    /// A word under the title.
    pub notes: Vec<Line>,
    /// Its facts.
    pub facts: Vec<(Sign, Line)>,
}

impl Pen {
    /// A point on the sheet.
    pub fn point(&self, (x, y): Point) -> Point {
        let x = x + self.shift.0;
        (if self.is_rtl { self.width - x } else { x }, y + self.shift.1)
    }

    /// A horizontal distance.
    pub fn along(&self, distance: f64) -> f64 {
        if self.is_rtl { -distance } else { distance }
    }

    /// Lines of text from a point down.
    pub fn lines(&self, lines: &[String], (x, y): Point, step: f64) -> Vec<Line> {
        let line = |(at, text): (usize, &String)| {
            let (x, y) = self.point((x, y + super::count(at) * step));
            Line { x: number(x), y: number(y), text: text.clone() }
        };
        lines.iter().enumerate().map(line).collect()
    }

    /// A sign whose upper left corner (upper right, if mirrored) is here.
    pub fn sign(&self, name: &'static str, (x, y): Point, size: f64) -> Sign {
        let (x, y) = self.point((if self.is_rtl { x + size } else { x }, y));
        Sign { name, x: number(x), y: number(y), size: number(size) }
    }

    /// A square line with round corners.
    pub fn path(&self, corners: &[Point]) -> String {
        let corners: Vec<_> = corners.iter().map(|&corner| self.point(corner)).collect();
        let mut path = String::new();
        for (at, &corner) in corners.iter().enumerate() {
            match (at.checked_sub(1).map(|before| corners[before]), corners.get(at + 1)) {
                (Some(before), Some(&after)) => {
                    let length = (before.0 - corner.0).abs() + (before.1 - corner.1).abs();
                    let beyond = (after.0 - corner.0).abs() + (after.1 - corner.1).abs();
                    let round = ROUND.min(length / 2.0).min(beyond / 2.0);
                    let (near, far) = (toward(corner, before, round), toward(corner, after, round));
                    path.push_str(&format!("L{} Q{} {}", pair(near), pair(corner), pair(far)));
                }
                (None, _) => path.push_str(&format!("M{}", pair(corner))),
                (Some(_), None) => path.push_str(&format!("L{}", pair(corner))),
            }
        }
        path
    }

    /// The head of an arrow that ends here.
    pub fn head(&self, end: Point) -> String {
        format!("M{}l{} -4.5v9z", pair(self.point(end)), number(self.along(-8.0)))
    }

    /// A closed outline.
    pub fn outline(&self, corners: &[Point]) -> String {
        let corners: Vec<_> = corners.iter().map(|&corner| pair(self.point(corner))).collect();
        format!("M{}Z", corners.join("L"))
    }

    /// A box with round corners.
    pub fn rounded(&self, (left, top): Point, (width, height): Point, round: f64) -> String {
        let (x, y) = self.point((if self.is_rtl { left + width } else { left }, top));
        let (across, down) = (number(width - 2.0 * round), number(height - 2.0 * round));
        let r = number(round);
        format!(
            "M{} {}h{across}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1 -{r} {r}h-{across}a{r} {r} 0 0 1 -{r} -{r}v-{down}a{r} {r} 0 0 1 {r} -{r}z",
            number(x + round),
            number(y)
        )
    }
}

/// The point this far from `from` on the way to `to`.
fn toward(from: Point, to: Point, distance: f64) -> Point {
    let step = |a: f64, b: f64| if a == b { a } else { a + distance.copysign(b - a) };
    (step(from.0, to.0), step(from.1, to.1))
}

fn pair((x, y): Point) -> String {
    format!("{} {}", number(x), number(y))
}

/// A number with at most one decimal.
pub fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
