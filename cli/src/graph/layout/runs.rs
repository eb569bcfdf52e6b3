//! The horizontal run of each line: along a row where that is free, or else on a track of its own between two rows.

use super::Grid;

/// Where a run lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// On the anchors of a row.
    Row(usize),
    /// In the gap above this row (or below the last one), on this track from the row above it.
    Upper(usize, usize),
    /// The same, on this track from the row below it.
    Lower(usize, usize),
}

impl Level {
    /// A key that orders levels from top to bottom.
    pub fn key(self) -> (usize, usize) {
        match self {
            Self::Row(row) => (2 * row + 1, 0),
            Self::Upper(gap, track) => (2 * gap, track),
            Self::Lower(gap, track) => (2 * gap, usize::MAX - track),
        }
    }
}

/// The three parts of the strip right of a column (for column 0, of the strip left of it: `part(-1, …)`), as one rank.
pub fn part(column: usize, is_left: bool, part: usize) -> usize {
    (if is_left { column } else { column + 1 }) * 3 + part
}

/// The part of a strip where uprights leave, where labels stand, where uprights arrive.
pub const LEAVE: usize = 0;
/// See [`LEAVE`].
pub const ARRIVE: usize = 2;

/// A stretch of a level that is taken.
struct Taken {
    level: Level,
    from: usize,
    to: usize,
    /// The block whose own stub it is, leaving (`true`) or arriving.
    stub: Option<(usize, bool)>,
}

/// The level of each line's run.
pub struct Runs {
    pub levels: Vec<Level>,
}

impl Runs {
    /// Gives each line a level: straight ones first, then short ones.
    pub fn of(grid: &Grid<'_>) -> Self {
        let mut taken = stubs(grid);
        let mut levels = vec![Level::Row(0); grid.lines.len()];
        let mut order: Vec<usize> = (0..grid.lines.len()).collect();
        order.sort_by_key(|&at| {
            let line = &grid.lines[at];
            let (from, to) = stretch(grid, at);
            let is_main = grid.blocks[line.from].is_main && grid.blocks[line.to].is_main;
            (line.is_return, !is_main, to - from, at)
        });
        for at in order {
            let (from, to) = stretch(grid, at);
            let level = candidates(grid, at)
                .into_iter()
                .find(|&level| is_free(grid, &taken, at, level))
                .unwrap_or_else(|| track(grid, &taken, at));
            taken.push(Taken { level, from, to, stub: None });
            levels[at] = level;
        }
        Self { levels }
    }
}

/// The stubs by which blocks are left and reached, on their own rows.
fn stubs(grid: &Grid<'_>) -> Vec<Taken> {
    let mut taken = Vec::new();
    for line in grid.lines {
        let (from, to) = (grid.columns[line.from], grid.columns[line.to]);
        let (leave, arrive) = (part(from, false, LEAVE), part(to, true, ARRIVE));
        let stub = |block: usize, at, leaves| Taken {
            level: Level::Row(grid.rows.of[block]),
            from: at,
            to: at,
            stub: Some((block, leaves)),
        };
        taken.push(stub(line.from, leave, true));
        taken.push(stub(line.to, arrive, false));
    }
    taken
}

/// The parts of strips that a run passes, leftmost and rightmost.
fn stretch(grid: &Grid<'_>, at: usize) -> (usize, usize) {
    let line = &grid.lines[at];
    let leave = part(grid.columns[line.from], false, LEAVE);
    let arrive = part(grid.columns[line.to], true, ARRIVE);
    (leave.min(arrive), leave.max(arrive))
}

/// The rows along which a line could run, the best first.
fn candidates(grid: &Grid<'_>, at: usize) -> Vec<Level> {
    let line = &grid.lines[at];
    if line.is_return {
        return Vec::new();
    }
    let (from, to) = (Level::Row(grid.rows.of[line.from]), Level::Row(grid.rows.of[line.to]));
    let is_split = grid.lines.iter().filter(|other| other.from == line.from && !other.is_return).count() > 1;
    if is_split { vec![to, from] } else { vec![from, to] }
}

/// Whether nothing stands on this stretch of a level.
fn is_free(grid: &Grid<'_>, taken: &[Taken], at: usize, level: Level) -> bool {
    let line = &grid.lines[at];
    let (from, to) = stretch(grid, at);
    let in_the_way = |other: usize| {
        Level::Row(grid.rows.of[other]) == level
            && (grid.columns[line.from] + 1..grid.columns[line.to]).contains(&grid.columns[other])
    };
    let is_own = |stub: Option<(usize, bool)>| stub == Some((line.from, true)) || stub == Some((line.to, false));
    !(0..grid.blocks.len()).any(in_the_way)
        && !taken
            .iter()
            .any(|other| other.level == level && other.from <= to && from <= other.to && !is_own(other.stub))
}

/// A free track in the gap that makes the line shortest.
fn track(grid: &Grid<'_>, taken: &[Taken], at: usize) -> Level {
    let line = &grid.lines[at];
    let (from, to) = (grid.rows.of[line.from], grid.rows.of[line.to]);
    // Gap g lies above row g: half a row away from rows g - 1 and g.
    let height = |gap: usize, row: usize| (2 * gap).abs_diff(2 * row + 1);
    let cost = |gap: &usize| {
        let length = height(*gap, from) + height(*gap, to);
        // Returns go above, so that they keep clear of the captions below; the others go below.
        let side = if line.is_return { *gap > from } else { *gap <= from };
        (length, side, *gap)
    };
    let gap = (0..=grid.rows.count()).min_by_key(cost).unwrap_or(0);
    let (start, end) = stretch(grid, at);
    let make: fn(usize, usize) -> Level = if gap > from { Level::Upper } else { Level::Lower };
    let is_taken =
        |level: Level| taken.iter().any(|other| other.level == level && other.from <= end && start <= other.to);
    (0..).map(|track| make(gap, track)).find(|&level| !is_taken(level)).unwrap_or(make(gap, 0))
}
