//! The states of a search and the runs between them.
//!
//! INVARIANT: all that the future of a way depends on is in its state, and nothing else.

use super::cost::Costs;
use crate::{program::diagram::Full, table::mix};

/// What a search keeps apart, besides what decides which ways are feasible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tracking {
    /// The place of the last step.
    pub(super) trips: bool,
    /// Documents counted.
    pub(super) documents: bool,
    /// Fetched documents counted.
    pub(super) fetched: bool,
    /// Administrations counted.
    pub(super) agencies: bool,
    /// Legal days inside forks.
    pub(super) legal: bool,
    /// Usual days inside forks.
    pub(super) usual: bool,
}

/// Why a search gives up.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop {
    /// Too many states.
    States,
    /// Too many answers to keep apart.
    Answers,
}

impl From<Full> for Stop {
    fn from(Full: Full) -> Self {
        Self::Answers
    }
}

/// Days inside the branches of an open fork: the most of those ended and the branch in hand, legal and usual.
pub(super) type Frame = [i64; 4];

/// A state at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State<const W: usize> {
    pub(super) point: u32,
    /// The answers still possible, as a diagram.
    pub(super) answers: u32,
    /// The place of the last step if the run goes on, plus one.
    pub(super) place: u32,
    /// The open forks, by number.
    pub(super) frames: u32,
    /// Visits of ruled decisions.
    pub(super) visits: u64,
    /// Items counted and returns taken.
    pub(super) memory: [u64; W],
}

impl<const W: usize> State<W> {
    pub(super) fn hash(&self) -> u64 {
        let start = mix(u64::from(self.point) << 32 | u64::from(self.answers), u64::from(self.place) << 32);
        self.memory.iter().fold(mix(mix(start, u64::from(self.frames)), self.visits), |hash, &word| mix(hash, word))
    }
}

/// The end, as the target of an arc.
pub(crate) const DONE: u32 = u32::MAX;

/// A run from a state to another, or to the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc<const N: usize> {
    /// The edge taken, or [`NONE`] from the entry.
    pub(super) edge: u32,
    /// The state reached, or [`DONE`].
    pub(super) target: u32,
    /// What it costs.
    pub(super) costs: Costs<N>,
}
