//! One case drawn: the way it takes, with a number for each delay.
//!
//! INVARIANT: everything comes from the stream of the case, in the order of the way; a case drawn again with one more silence
//! is the same up to there.

use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

use super::{
    Simulation,
    model::{CLOSE, NEXT, OPEN, StopKind},
    sum::MEASURES,
};
use crate::{
    measure::{DONE, WayState},
    program::{diagram::size, ops::NONE},
    table::mix,
};

/// Silences after so many that could be forced are not.
const MAX_FORCED: u32 = u64::BITS;

/// A case as drawn; its buffers are used again for the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Where it stops, in the order of the way.
    pub(super) items: Vec<Item>,
    /// Branches side by side.
    pub(super) forks: Vec<Fork>,
    /// The edges taken.
    pub(super) edges: Vec<u32>,
    /// Told apart from other ways by this.
    pub(super) way: u64,
    /// Its figures, in the order of [`MEASURES`].
    pub(super) tally: [i64; MEASURES],
    /// The node it ends at.
    pub(super) outcome: u32,
    /// A number for when it comes.
    pub(super) arrival: u64,
    met: Vec<u64>,
    open: Vec<u32>,
}

/// A stop on the way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// A stop of the model, or a mark.
    pub(super) stop: u32,
    /// Of a clock, the number of the silence that may follow it, or [`NONE`].
    pub(super) silence: u32,
    /// Of a stop a fair number; of a mark its fork.
    pub(super) chance: u64,
    /// Whether the administration keeps silent.
    pub(super) is_silent: bool,
}

/// Branches side by side: where they end, how many of them are still under way, when the last one ended.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fork {
    pub(super) close: u32,
    pub(super) left: u32,
    pub(super) latest: u64,
}

impl Simulation<'_> {
    /// Draws a case. Silences whose bit is set in `forced` are taken.
    pub(super) fn draw(&self, case: u64, forced: u64, plan: &mut Plan) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(mix(mix(0, self.settings.seed), case));
        plan.clear(self.model.words);
        plan.arrival = random.next_u64();
        let ways = &self.model.ways;
        let (mut arc, mut place, mut silences) = (&ways.root, 0, 0);
        loop {
            let run = self.model.run_of(arc);
            self.pass(run, &mut place, &mut random, plan);
            let sums = plan.tally.iter_mut().zip(arc.sums);
            sums.for_each(|(sum, more)| *sum = sum.saturating_add(more));
            if arc.target == DONE {
                plan.outcome = self.model.runs[run].outcome;
                break;
            }
            let state = &ways.states[arc.target as usize];
            let chosen = self.choose(state, forced, &mut silences, &mut random, plan);
            arc = &ways.arcs[chosen as usize];
            plan.edges.push(arc.edge);
            if self.model.edges[arc.edge as usize].branch != NONE {
                plan.way = mix(plan.way, u64::from(arc.edge) + 1);
            }
        }
        for (kind, items) in self.model.kinds.iter().enumerate() {
            let met: u32 = plan.met.iter().zip(items).map(|(met, items)| (met & items).count_ones()).sum();
            plan.tally[5 + kind] = i64::from(met);
        }
    }

    /// Follows a run.
    fn pass(&self, number: usize, place: &mut u32, random: &mut Xoshiro256PlusPlus, plan: &mut Plan) {
        let run = &self.model.runs[number];
        for &stop in &self.model.course[run.course.0 as usize..run.course.1 as usize] {
            let chance = match stop {
                OPEN | NEXT | CLOSE => plan.mark(stop),
                _ if matches!(self.model.stops[stop as usize].kind, StopKind::Clock(_)) => random.next_u64(),
                _ => 0,
            };
            plan.items.push(Item { stop, silence: NONE, chance, is_silent: false });
        }
        if run.first != NONE {
            plan.tally[4] += run.trips + i64::from(run.first != 0 && run.first != *place);
            *place = run.last;
        }
        let met = &self.model.met[number * self.model.words..(number + 1) * self.model.words];
        plan.met.iter_mut().zip(met).for_each(|(own, met)| *own |= met);
    }

    /// Chooses a way on from a state.
    fn choose(
        &self,
        state: &WayState,
        forced: u64,
        silences: &mut u32,
        random: &mut Xoshiro256PlusPlus,
        plan: &mut Plan,
    ) -> u32 {
        let (first, last) = state.arcs;
        let mut chosen = first;
        if last - first > 1 {
            let number = random.next_u64();
            let arcs = &self.model.ways.arcs[first as usize..last as usize - 1];
            chosen += size(arcs.iter().take_while(|arc| arc.below <= number).count());
        }
        if state.silence != NONE {
            if plan.open.is_empty() && *silences < MAX_FORCED {
                if forced >> *silences & 1 == 1 {
                    chosen = state.silence;
                }
                if let Some(item) = plan.items.last_mut().filter(|item| item.stop < OPEN) {
                    item.silence = *silences;
                }
                *silences += 1;
            }
            if let Some(item) = plan.items.last_mut().filter(|_| chosen == state.silence) {
                item.is_silent = true;
            }
        }
        chosen
    }
}

impl Plan {
    fn clear(&mut self, words: usize) {
        self.items.clear();
        self.forks.clear();
        self.edges.clear();
        self.open.clear();
        self.met.clear();
        self.met.resize(words, 0);
        self.way = 0;
        self.tally = [0; MEASURES];
    }

    /// Notes a mark; the number of its fork.
    fn mark(&mut self, mark: u32) -> u64 {
        let here = size(self.items.len());
        if mark == OPEN {
            self.open.push(size(self.forks.len()));
            self.forks.push(Fork::default());
        }
        let number = self.open.last().copied().unwrap_or(0);
        if let Some(fork) = self.forks.get_mut(number as usize) {
            match mark {
                NEXT => fork.left += 1,
                CLOSE => fork.close = here,
                _ => {}
            }
        }
        if mark == CLOSE {
            self.open.pop();
        }
        u64::from(number)
    }
}
