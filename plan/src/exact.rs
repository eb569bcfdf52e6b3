//! The best choice, with its proof or with what it may lack.

use std::time::Duration;

use crate::{
    greedy::{far_sighted, short_sighted},
    instance::Instance,
    model::Model,
    reduce::open,
    state::State,
};

/// When to stop without a proof.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// After so long.
    pub time: Option<Duration>,
    /// After so many parts of the search, which is the same on every machine.
    pub nodes: Option<u64>,
}

/// How good a choice is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing gains more: by the solver's own arithmetic, to one part in a thousand million.
    Optimal,
    /// The search stopped before; no choice gains more than this.
    AtMost(i64),
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// The changes, by rank, sorted; none of them is idle.
    pub chosen: Vec<usize>,
    /// What they gain together.
    pub gain: i64,
    /// How good that is.
    pub proof: Proof,
    /// How many parts the search was split into; 0 if the first relaxation was whole.
    pub nodes: u64,
}

impl Solution {
    /// How far it may be from the best, as a share of the best that it may be.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
    pub fn gap(&self) -> f64 {
        match self.proof {
            Proof::AtMost(most) if most > self.gain => (most - self.gain) as f64 / most as f64,
            _ => 0.0,
        }
    }
}

/// The changes that gain most together within the budget. Stopped by the limit, or by a failure of the solver's arithmetic,
/// it is the best that was found, and the proof says how much better another could be.
#[must_use]
pub fn solve(instance: &Instance, budget: u64, limit: Limit) -> Solution {
    let is_open = open(instance, budget);
    let may = |change: usize| is_open[change];
    let known = [short_sighted(instance, budget, may), far_sighted(instance, budget, may)];
    let best_known = known.into_iter().max_by_key(|chosen| instance.gain(chosen)).unwrap_or_default();
    let model = Model::new(instance, budget, &is_open);
    let found = model.solve(&best_known, limit);
    let is_sound = |chosen: &Vec<usize>| {
        instance.cost(chosen) <= budget
            && is_closed(instance, chosen)
            && instance.gain(chosen) >= instance.gain(&best_known)
    };
    let chosen = found.chosen.filter(is_sound).unwrap_or(best_known);
    let chosen = without_idle(instance, chosen);
    let gain = instance.gain(&chosen);
    let is_proven = found.bound <= gain.saturating_add(gain / 1_000_000_000);
    let proof = if is_proven { Proof::Optimal } else { Proof::AtMost(found.bound) };
    Solution { chosen, gain, proof, nodes: found.nodes }
}

/// Whether all that is needed is there.
fn is_closed(instance: &Instance, chosen: &[usize]) -> bool {
    chosen.iter().all(|&change| instance.closures[change].iter().all(|need| chosen.binary_search(need).is_ok()))
}

/// Takes out what gains nothing, unless another needs it; the last ones first.
fn without_idle(instance: &Instance, chosen: Vec<usize>) -> Vec<usize> {
    let mut state = State::new(instance);
    chosen.iter().for_each(|&change| state.add(change));
    loop {
        let before = state.chosen();
        for &change in before.iter().rev() {
            let mut others = before.iter().filter(|&&other| other != change && state.is_chosen[other]);
            if others.any(|&other| instance.closures[other].binary_search(&change).is_ok()) {
                continue;
            }
            let gain = state.gain;
            state.remove(change);
            if state.gain < gain {
                state.add(change);
            }
        }
        if state.chosen() == before {
            return before;
        }
    }
}
