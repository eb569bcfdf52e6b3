//! Always the best next change: what one would do without solving.

use std::collections::BTreeSet;

use crate::{instance::Instance, state::State};

/// Chooses again and again the change with the greatest gain for its cost (with what it needs), as long as one gains
/// something and the budget lasts. Blind to changes that gain only together. Sorted.
#[must_use]
pub fn greedy(instance: &Instance, budget: u64) -> Vec<usize> {
    short_sighted(instance, budget, |_| true)
}

/// The same, but looking ahead: all that one burden still lacks is weighed as one change. Sorted.
#[must_use]
pub fn greedy_ahead(instance: &Instance, budget: u64) -> Vec<usize> {
    far_sighted(instance, budget, |_| true)
}

/// The first among some changes, which hold all that they need.
pub(crate) fn short_sighted(instance: &Instance, budget: u64, may: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut state = State::new(instance);
    let open = |state: &State<'_>, change: &usize| !state.is_chosen[*change] && may(*change);
    grow(&mut state, budget, |state| {
        let open = (0..instance.changes.len()).filter(|change| open(state, change));
        open.map(|change| state.missing(change)).collect()
    });
    state.chosen()
}

/// The second among some changes, which hold all that they need.
pub(crate) fn far_sighted(instance: &Instance, budget: u64, may: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut state = State::new(instance);
    grow(&mut state, budget, |state| bundles(instance, state, &may));
    state.chosen()
}

/// Adds the best bundle again and again, first of equal ones, and tells them in turn.
pub(crate) fn grow(
    state: &mut State<'_>,
    budget: u64,
    mut bundles: impl FnMut(&State<'_>) -> Vec<Vec<usize>>,
) -> Vec<Vec<usize>> {
    let mut taken = Vec::new();
    loop {
        let left = budget.saturating_sub(state.cost);
        let mut best: Option<(i64, u64, Vec<usize>)> = None;
        for bundle in bundles(state) {
            let (gain, cost) = state.more(&bundle);
            let is_better = |(most, dear, _): &(i64, u64, _)| {
                i128::from(gain) * i128::from(*dear) > i128::from(*most) * i128::from(cost)
            };
            if gain > 0 && cost <= left && best.as_ref().is_none_or(is_better) {
                best = Some((gain, cost, bundle));
            }
        }
        let Some((.., bundle)) = best else { return taken };
        bundle.iter().for_each(|&change| state.add(change));
        taken.push(bundle);
    }
}

/// Each change that may be chosen, and what each item still lacks, with what they need; each once, sorted.
pub(crate) fn bundles(instance: &Instance, state: &State<'_>, may: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let is_allowed = |change: usize| may(change) && instance.closures[change].iter().all(|&need| may(need));
    let single = (0..instance.changes.len()).filter(|&change| !state.is_chosen[change] && is_allowed(change));
    let mut found: BTreeSet<Vec<usize>> = single.map(|change| state.missing(change)).collect();
    for (item, (weight, reasons)) in instance.items.iter().enumerate() {
        if *weight <= 0 || state.is_gone(item) {
            continue;
        }
        let mut bundle = BTreeSet::new();
        let lacks = reasons.iter().filter(|&&reason| !state.is_remedied(reason));
        let is_whole = lacks.fold(true, |is_whole, &reason| {
            let remedies = &instance.reasons[reason];
            if remedies.iter().any(|remedy| bundle.contains(remedy)) {
                return is_whole;
            }
            // The least that is missing; of equal ones the remedy of most reasons.
            let missing = |&change: &usize| {
                let missing = state.missing(change);
                (instance.cost(&missing), usize::MAX - instance.remedies[change].len())
            };
            let best = remedies.iter().copied().filter(|&change| is_allowed(change)).min_by_key(missing);
            bundle.extend(best.map(|change| state.missing(change)).unwrap_or_default());
            is_whole && best.is_some()
        });
        if is_whole {
            found.insert(bundle.into_iter().collect());
        }
    }
    found.into_iter().collect()
}
