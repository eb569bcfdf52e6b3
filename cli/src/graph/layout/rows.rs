//! The order of the lanes, and the row of each block within its lane.

use super::{Block, Line};

/// The rows of a picture.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The lanes from top to bottom.
    pub lanes: Vec<usize>,
    /// The first row of each of them, and at the end how many rows there are.
    pub starts: Vec<usize>,
    /// The row of each block, counted over all lanes.
    pub of: Vec<usize>,
}

/// Up to this many lanes every order is tried.
const ALL_ORDERS: usize = 7;

impl Rows {
    /// Gives each block a row.
    pub fn of(blocks: &[Block], lines: &[Line], columns: &[usize], lane_count: usize) -> Self {
        let lanes = order(blocks, lines, lane_count);
        let within = within(blocks, lines, columns);
        let mut starts = vec![0];
        for &lane in &lanes {
            let used = (0..blocks.len()).filter(|&at| blocks[at].lane == lane).map(|at| within[at] + 1).max();
            starts.push(starts[starts.len() - 1] + used.unwrap_or(1));
        }
        let start = |lane: usize| lanes.iter().position(|&other| other == lane).map_or(0, |at| starts[at]);
        let of = (0..blocks.len()).map(|at| start(blocks[at].lane) + within[at]).collect();
        Self { lanes, starts, of }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }
}

/// The order of the lanes that keeps lines short; among equals, the one nearest to the order in which they are met.
fn order(blocks: &[Block], lines: &[Line], count: usize) -> Vec<usize> {
    let mut weights = vec![vec![0_u32; count]; count];
    for line in lines {
        let (from, to) = (&blocks[line.from], &blocks[line.to]);
        let weight = if from.is_main && to.is_main { 4 } else { 2 } - u32::from(line.is_return);
        weights[from.lane][to.lane] += weight;
    }
    let cost = |order: &[usize]| -> usize {
        let mut sum = order.iter().position(|&lane| lane == 0).unwrap_or(0);
        for (i, &a) in order.iter().enumerate() {
            for (j, &b) in order.iter().enumerate() {
                sum += weights[a][b] as usize * i.abs_diff(j) * 2;
            }
        }
        sum
    };
    let mut best: Vec<usize> = (0..count).collect();
    if count <= ALL_ORDERS {
        permute(&mut best.clone(), 0, &mut |order| {
            if cost(order) < cost(&best) {
                best = order.to_vec();
            }
        });
        return best;
    }
    // Too many to try: move one lane at a time while that helps.
    loop {
        let before = cost(&best);
        for lane in 0..count {
            for to in 0..count {
                let mut other = best.clone();
                other.retain(|&kept| kept != lane);
                other.insert(to, lane);
                if cost(&other) < cost(&best) {
                    best = other;
                }
            }
        }
        if cost(&best) == before {
            return best;
        }
    }
}

/// Visits every order of `items[from..]`.
fn permute(items: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
    if from >= items.len() {
        visit(items);
    }
    for at in from..items.len() {
        items[from..=at].rotate_right(1);
        permute(items, from + 1, visit);
        items[from..=at].rotate_left(1);
    }
}

/// The row of each block within its lane: the nominal way first and straight, the others near what they are tied to.
fn within(blocks: &[Block], lines: &[Line], columns: &[usize]) -> Vec<usize> {
    let mut rows: Vec<Option<usize>> = vec![None; blocks.len()];
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|&at| (!blocks[at].is_main, columns[at], at));
    for at in order {
        let is_free = |row: usize| {
            !(0..blocks.len()).any(|other| {
                rows[other] == Some(row) && columns[other] == columns[at] && blocks[other].lane == blocks[at].lane
            })
        };
        let best = (0..=blocks.len())
            .filter(|&row| is_free(row))
            .min_by_key(|&row| bend(at, row, blocks, lines, columns, &rows));
        rows[at] = best;
    }
    rows.into_iter().map(Option::unwrap_or_default).collect()
}

/// How much the lines bend if this block stands in this row.
fn bend(
    at: usize,
    row: usize,
    blocks: &[Block],
    lines: &[Line],
    columns: &[usize],
    rows: &[Option<usize>],
) -> (usize, usize) {
    let mut cost = 0;
    for line in lines.iter().filter(|line| !line.is_return) {
        let lane = blocks[at].lane;
        if line.from == at || line.to == at {
            let other = if line.from == at { line.to } else { line.from };
            match rows[other] {
                Some(placed) if blocks[other].lane == lane => cost += 2 * placed.abs_diff(row),
                _ => {}
            }
        } else if blocks[line.from].lane == lane
            && blocks[line.to].lane == lane
            && rows[line.from] == Some(row)
            && rows[line.to] == Some(row)
            && (columns[line.from]..columns[line.to]).contains(&columns[at])
        {
            // It would stand in the way of a straight line.
            cost += 3;
        }
    }
    (cost, row)
}
