//! From cells, levels and tracks to pixels.

use super::{
    Grid, Plan, Point,
    runs::{Level, Runs},
    uprights::Uprights,
};

/// Between two uprights.
const UPRIGHT: f64 = 11.0;
/// Between a column and the first upright.
const STUB: f64 = 10.0;
/// The room of an arrow head before a block.
const ARROW: f64 = 16.0;
/// Between two runs, and around a label.
const TRACK: f64 = 12.0;
/// Above and below what stands in a band.
const PADDING: f64 = 12.0;
/// Between rows of one band.
const ROW: f64 = 12.0;

/// Places everything.
pub fn place(grid: &Grid<'_>, runs: &Runs, uprights: &Uprights, margin: f64, lane_heights: &[f64]) -> Plan {
    let across = Across::of(grid, uprights, margin);
    let down = Down::of(grid, runs, lane_heights);
    let anchors: Vec<Point> =
        (0..grid.blocks.len()).map(|at| (across.middles[grid.columns[at]], down.rows[grid.rows.of[at]])).collect();
    let mut plan = Plan { width: across.width, height: down.height, bands: down.bands.clone(), ..Plan::default() };
    for (at, line) in grid.lines.iter().enumerate() {
        let (from, to) = (anchors[line.from], anchors[line.to]);
        let level = down.level(runs.levels[at]);
        let leave = across.leave(grid.columns[line.from], uprights.leave[line.from].unwrap_or(0));
        let arrive = across.arrive(grid.columns[line.to], uprights.arrive[line.to].unwrap_or(0));
        let start = (from.0 + grid.blocks[line.from].reach, from.1);
        let end = (to.0 - grid.blocks[line.to].reach, to.1);
        let corners = vec![start, (leave, from.1), (leave, level), (arrive, level), (arrive, to.1), end];
        plan.corners.push(straighten(corners));
        let middle = if line.is_return { from.0 } else { across.label(grid.columns[line.from]) };
        plan.labels.push((middle, level - 3.0 - line.label.1 / 2.0));
    }
    plan.anchors = anchors;
    plan
}

/// Leaves out corners where a line goes straight on.
fn straighten(corners: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for corner in corners {
        if kept.last() == Some(&corner) {
            continue;
        }
        if let [.., a, b] = kept[..]
            && ((a.0 == b.0 && b.0 == corner.0) || (a.1 == b.1 && b.1 == corner.1))
        {
            kept.pop();
        }
        kept.push(corner);
    }
    kept
}

/// Pixels from left to right.
struct Across {
    /// The middle of each column.
    middles: Vec<f64>,
    /// The left and right side of each column.
    sides: Vec<(f64, f64)>,
    /// By column: where the part of labels right of it begins and ends.
    label_rooms: Vec<(f64, f64)>,
    width: f64,
}

impl Across {
    fn of(grid: &Grid<'_>, uprights: &Uprights, margin: f64) -> Self {
        let mut this = Self { middles: Vec::new(), sides: Vec::new(), label_rooms: Vec::new(), width: 0.0 };
        let mut x = margin + PADDING;
        for column in 0..grid.width() {
            x += ARROW + float(uprights.arrive_tracks[column]) * UPRIGHT;
            let blocks = (0..grid.blocks.len()).filter(|&at| grid.columns[at] == column);
            let labels = |returns: bool| {
                let lines = grid.lines.iter().filter(|line| grid.columns[line.from] == column);
                lines.filter(|line| line.is_return == returns).map(|line| line.label.0).fold(0.0, f64::max)
            };
            let width = blocks.map(|at| grid.blocks[at].width).fold(labels(true), f64::max);
            this.middles.push(x + width / 2.0);
            this.sides.push((x, x + width));
            x += width + STUB + float(uprights.leave_tracks[column]) * UPRIGHT;
            let room = labels(false);
            this.label_rooms.push((x, x + room));
            x += room;
        }
        this.width = x + PADDING;
        this
    }

    fn leave(&self, column: usize, track: usize) -> f64 {
        self.sides[column].1 + STUB + float(track) * UPRIGHT
    }

    fn arrive(&self, column: usize, track: usize) -> f64 {
        self.sides[column].0 - ARROW - float(track) * UPRIGHT
    }

    fn label(&self, column: usize) -> f64 {
        let (left, right) = self.label_rooms[column];
        (left + right) / 2.0
    }
}

/// Pixels from top to bottom.
struct Down {
    /// The anchors of each row.
    rows: Vec<f64>,
    /// The upper tracks of each gap, then its lower ones from below.
    upper: Vec<Vec<f64>>,
    lower: Vec<Vec<f64>>,
    bands: Vec<(usize, f64, f64)>,
    height: f64,
}

impl Down {
    fn of(grid: &Grid<'_>, runs: &Runs, lane_heights: &[f64]) -> Self {
        let count = grid.rows.count();
        let mut this = Self {
            rows: Vec::new(),
            upper: vec![Vec::new(); count + 1],
            lower: vec![Vec::new(); count + 1],
            bands: Vec::new(),
            height: 0.0,
        };
        let mut y = 0.0;
        for (at, &lane) in grid.rows.lanes.iter().enumerate() {
            let top = y;
            let (first, last) = (grid.rows.starts[at], grid.rows.starts[at + 1]);
            y += PADDING;
            if at == 0 {
                y = this.gap(grid, runs, 0, y);
            }
            for row in first..last {
                let (up, down) = extent(grid, runs, row);
                this.rows.push(y + up);
                y = this.gap(grid, runs, row + 1, y + up + down);
                y += if row + 1 < last { ROW } else { 0.0 };
            }
            y += PADDING;
            // The name of the lane may need more room than what stands in it.
            let short = (lane_heights[lane] - (y - top)).max(0.0);
            this.shift(first..last, at == 0, short / 2.0);
            y += short;
            this.bands.push((lane, top, y - top));
        }
        this.height = y;
        this
    }

    /// Places the tracks of a gap that begins at `y`, and gives where it ends.
    fn gap(&mut self, grid: &Grid<'_>, runs: &Runs, gap: usize, mut y: f64) -> f64 {
        let room = |level: Level| {
            let lines = (0..grid.lines.len()).filter(|&at| runs.levels[at] == level);
            lines.map(|at| grid.lines[at].label.1).reduce(f64::max).map(|label| label + TRACK)
        };
        for track in 0.. {
            let Some(room) = room(Level::Upper(gap, track)) else { break };
            y += room;
            self.upper[gap].push(y - 2.0);
        }
        let lower: Vec<f64> = (0..).map_while(|track| room(Level::Lower(gap, track))).collect();
        for room in lower.iter().rev() {
            y += room;
            self.lower[gap].insert(0, y - TRACK / 2.0);
        }
        y
    }

    /// Moves the rows of a band and the tracks below each down.
    fn shift(&mut self, rows: std::ops::Range<usize>, is_first: bool, by: f64) {
        let from = if is_first { rows.start } else { rows.start + 1 };
        for track in self.upper[from..=rows.end].iter_mut().chain(&mut self.lower[from..=rows.end]).flatten() {
            *track += by;
        }
        self.rows[rows].iter_mut().for_each(|row| *row += by);
    }

    fn level(&self, level: Level) -> f64 {
        match level {
            Level::Row(row) => self.rows[row],
            Level::Upper(gap, track) => self.upper[gap][track],
            Level::Lower(gap, track) => self.lower[gap][track],
        }
    }
}

/// How far a row extends above and below its anchors.
fn extent(grid: &Grid<'_>, runs: &Runs, row: usize) -> (f64, f64) {
    let blocks = (0..grid.blocks.len()).filter(|&at| grid.rows.of[at] == row).map(|at| &grid.blocks[at]);
    let (up, down) = blocks.fold((8.0_f64, 8.0_f64), |(up, down), block| (up.max(block.up), down.max(block.down)));
    let labels = (0..grid.lines.len()).filter(|&at| runs.levels[at] == Level::Row(row));
    (labels.map(|at| grid.lines[at].label.1 + 6.0).fold(up, f64::max), down)
}

/// Counts are small.
#[expect(clippy::cast_precision_loss, reason = "a picture has fewer than 2^52 tracks")]
fn float(count: usize) -> f64 {
    count as f64
}
