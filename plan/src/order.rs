//! In which order to build what was chosen.

use crate::{
    greedy::{bundles, grow},
    instance::Instance,
    state::State,
};

/// A change in its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The change.
    pub change: usize,
    /// What is gained by it, given those before it; nothing if it only prepares one that follows.
    pub gain: i64,
    /// What is gained with those before it.
    pub total: i64,
}

/// Orders a choice: each time what gains most for its cost, changes that gain only together one after the other, and never
/// a change before one that it needs (of changes that need each other, by rank). The last total is the gain of all.
#[must_use]
pub fn build_order(instance: &Instance, chosen: &[usize]) -> Vec<Stage> {
    let may = |change: usize| chosen.contains(&change);
    let mut state = State::new(instance);
    let mut turns = grow(&mut state, u64::MAX, |state| bundles(instance, state, may));
    turns.extend(chosen.iter().filter(|&&change| !state.is_chosen[change]).map(|&change| vec![change]));
    let mut state = State::new(instance);
    let mut stages = Vec::with_capacity(chosen.len());
    for mut turn in turns {
        while !turn.is_empty() {
            // Ready is what needs nothing else of this turn; where all wait for each other, any is.
            let is_ready = |change: usize| {
                let mut needs = instance.closures[change].iter();
                !needs.any(|&need| need != change && turn.contains(&need) && !instance.closures[need].contains(&change))
            };
            let mut best: Option<(i64, usize)> = None;
            for at in (0..turn.len()).filter(|&at| is_ready(turn[at])) {
                let (gain, _) = state.more(&turn[at..=at]);
                if best.is_none_or(|(most, _)| gain > most) {
                    best = Some((gain, at));
                }
            }
            let (gain, at) = best.unwrap_or((0, 0));
            let change = turn.remove(at);
            state.add(change);
            stages.push(Stage { change, gain, total: state.gain });
        }
    }
    stages
}
