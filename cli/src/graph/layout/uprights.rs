//! The uprights of lines: one for each block that lines leave from, one for each that they arrive at, shared by its lines.

use super::{Grid, runs::Runs};

/// The tracks of the uprights, counted from the block.
pub struct Uprights {
    /// By block: the upright that its lines leave by, if one does not go straight.
    pub leave: Vec<Option<usize>>,
    /// By block: the upright that its lines arrive by.
    pub arrive: Vec<Option<usize>>,
    /// By column: how many tracks of each kind there are.
    pub leave_tracks: Vec<usize>,
    /// See `leave_tracks`.
    pub arrive_tracks: Vec<usize>,
}

/// The height of an upright: the highest and lowest level it meets.
type Span = ((usize, usize), (usize, usize));

impl Uprights {
    /// Gives each upright a track: short ones next to their block.
    pub fn of(grid: &Grid<'_>, runs: &Runs) -> Self {
        let (leave, leave_tracks) = tracks(grid, runs, true);
        let (arrive, arrive_tracks) = tracks(grid, runs, false);
        Self { leave, arrive, leave_tracks, arrive_tracks }
    }
}

fn tracks(grid: &Grid<'_>, runs: &Runs, leaves: bool) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut tracks = vec![None; grid.blocks.len()];
    let mut counts = vec![0; grid.width()];
    for (column, count) in counts.iter_mut().enumerate() {
        let mut spans: Vec<(usize, Span)> = (0..grid.blocks.len())
            .filter(|&at| grid.columns[at] == column)
            .filter_map(|at| Some((at, span(grid, runs, at, leaves)?)))
            .collect();
        spans.sort_by_key(|&(at, (high, low))| (low.0 - high.0, at));
        let mut placed: Vec<(usize, Span)> = Vec::new();
        for (at, span) in spans {
            let clash = |track: usize| {
                placed.iter().any(|&(taken, (high, low))| taken == track && high <= span.1 && span.0 <= low)
            };
            let track = (0..).find(|&track| !clash(track)).unwrap_or(0);
            placed.push((track, span));
            tracks[at] = Some(track);
            *count = (*count).max(track + 1);
        }
    }
    (tracks, counts)
}

/// The height of a block's upright; `None` if all its lines go straight.
fn span(grid: &Grid<'_>, runs: &Runs, at: usize, leaves: bool) -> Option<Span> {
    let own = (2 * grid.rows.of[at] + 1, 0);
    let levels = grid.lines.iter().enumerate().filter(|(_, line)| if leaves { line.from == at } else { line.to == at });
    let keys: Vec<_> = levels.map(|(line, _)| runs.levels[line].key()).filter(|&key| key != own).collect();
    let (high, low) = (keys.iter().min()?, keys.iter().max()?);
    Some(((*high).min(own), (*low).max(own)))
}
