//! Where everything stands: columns by rank, a band for each lane with one or more rows, and lines that run in the free
//! strips between rows and columns.
//!
//! INVARIANT: nothing overlaps but crossing lines. Blocks stand in cells of a grid; horizontal runs have a track of their
//! own; uprights stand in strips that hold no label; labels stand in strips that hold no upright. Right-to-left pictures
//! are mirrored by the drawing, not here.

mod columns;
mod place;
mod rows;
mod runs;
mod uprights;

use self::{rows::Rows, runs::Runs, uprights::Uprights};

/// Something that takes room in the picture. Lines meet it at the height of its anchor.
#[derive(Clone, Debug)]
pub struct Block {
    /// The rank of its lane.
    pub lane: usize,
    /// How wide it is.
    pub width: f64,
    /// How far lines meet it from its middle.
    pub reach: f64,
    /// How far it extends above its anchor.
    pub up: f64,
    /// How far it extends below its anchor.
    pub down: f64,
    /// Whether it lies on the nominal way, which is kept straight.
    pub is_main: bool,
}

/// A line from a block to another.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it starts.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The size of its label; nothing if it has none.
    pub label: (f64, f64),
    /// Whether it goes back.
    pub is_return: bool,
}

/// A point, in pixels.
pub type Point = (f64, f64);

/// Where everything stands.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// How wide all is.
    pub width: f64,
    /// How high all is.
    pub height: f64,
    /// The bands from top to bottom: lane, top, height.
    pub bands: Vec<(usize, f64, f64)>,
    /// The anchor of each block.
    pub anchors: Vec<Point>,
    /// The corners of each line.
    pub corners: Vec<Vec<Point>>,
    /// The middle of each line's label.
    pub labels: Vec<Point>,
}

/// Lays out blocks and lines, `margin` pixels from the left being kept free for the names of the lanes; a band is at least
/// as high as the name of its lane.
pub fn lay_out(blocks: &[Block], lines: &[Line], margin: f64, lane_heights: &[f64]) -> Plan {
    let columns = columns::columns(blocks, lines);
    let rows = Rows::of(blocks, lines, &columns, lane_heights.len());
    let grid = Grid { blocks, lines, columns, rows };
    let runs = Runs::of(&grid);
    let uprights = Uprights::of(&grid, &runs);
    place::place(&grid, &runs, &uprights, margin, lane_heights)
}

/// The cells that the blocks stand in.
struct Grid<'a> {
    blocks: &'a [Block],
    lines: &'a [Line],
    columns: Vec<usize>,
    rows: Rows,
}

impl Grid<'_> {
    fn width(&self) -> usize {
        self.columns.iter().max().map_or(0, |last| last + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small net with a return, a skip, three ways out of one block and three lanes.
    fn net() -> (Vec<Block>, Vec<Line>) {
        let lanes = [0, 0, 1, 1, 2, 0, 2, 1];
        let block = |&lane: &usize| Block { lane, width: 120.0, reach: 60.0, up: 25.0, down: 30.0, is_main: lane < 2 };
        let ends = [(0, 1), (1, 2), (2, 3), (3, 4), (3, 5), (3, 6), (4, 7), (5, 7), (1, 7), (3, 0), (6, 6), (7, 2)];
        let line = |&(from, to): &(usize, usize)| Line { from, to, label: (60.0, 14.0), is_return: to <= from };
        (lanes.iter().map(block).collect(), ends.iter().map(line).collect())
    }

    #[test]
    fn blocks_do_not_overlap_and_labels_keep_clear_of_them() {
        let (blocks, lines) = net();
        let plan = lay_out(&blocks, &lines, 100.0, &[60.0; 3]);
        let mut rooms: Vec<_> = (blocks.iter().zip(&plan.anchors))
            .map(|(block, (x, y))| (x - block.width / 2.0, y - block.up, x + block.width / 2.0, y + block.down))
            .collect();
        rooms.extend((lines.iter().zip(&plan.labels)).map(|(line, (x, y))| {
            (x - line.label.0 / 2.0, y - line.label.1 / 2.0, x + line.label.0 / 2.0, y + line.label.1 / 2.0)
        }));
        for (at, a) in rooms.iter().enumerate() {
            for b in &rooms[at + 1..] {
                assert!(a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1, "{a:?} and {b:?} overlap");
            }
            assert!(a.0 >= 100.0 && a.2 <= plan.width && a.1 >= 0.0 && a.3 <= plan.height);
        }
    }

    #[test]
    fn lines_are_square_and_never_cross_a_block() {
        let (blocks, lines) = net();
        let plan = lay_out(&blocks, &lines, 0.0, &[60.0; 3]);
        for corners in &plan.corners {
            for pair in corners.windows(2) {
                let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
                assert!(ax == bx || ay == by, "{corners:?}");
                let (left, right, top, bottom) = (ax.min(bx), ax.max(bx), ay.min(by), ay.max(by));
                for (block, (x, y)) in blocks.iter().zip(&plan.anchors) {
                    let is_clear = right <= x - block.reach
                        || left >= x + block.reach
                        || bottom <= y - block.up
                        || top >= y + block.down;
                    assert!(is_clear, "{pair:?} crosses the block at {x}, {y}");
                }
            }
        }
    }
}
