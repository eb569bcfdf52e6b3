//! What need not be searched: changes that are never better than another, burdens that no budget of this size removes.

use crate::instance::Instance;

/// The changes that may be part of a best choice: affordable with what they need, and not the lesser of two of which the
/// other does all the same at no greater cost.
pub(crate) fn open(instance: &Instance, budget: u64) -> Vec<bool> {
    let count = instance.changes.len();
    let mut is_needed = vec![false; count];
    for (change, closure) in instance.closures.iter().enumerate() {
        closure.iter().filter(|&&need| need != change).for_each(|&need| is_needed[need] = true);
    }
    // More of this can only be gained from.
    let is_harmless = |reason: usize| instance.keeps[reason].iter().all(|&item| instance.items[item].0 > 0);
    let within = |set: &[usize], other: &[usize]| set.iter().all(|member| other.binary_search(member).is_ok());
    let is_lesser = |change: usize, other: usize| {
        let (own, its) = (&instance.remedies[change], &instance.remedies[other]);
        let mut needs = instance.closures[other].iter().filter(|&&need| need != other);
        let is_as_good = instance.changes[other].cost <= instance.changes[change].cost
            && within(own, its)
            && needs.all(|need| instance.closures[change].binary_search(need).is_ok())
            && its.iter().all(|reason| own.binary_search(reason).is_ok() || is_harmless(*reason));
        let is_same = instance.changes[other].cost == instance.changes[change].cost
            && its.len() == own.len()
            && instance.closures[other].len() == instance.closures[change].len();
        is_as_good && (!is_same || other < change)
    };
    (0..count)
        .map(|change| {
            let is_idle = instance.remedies[change].is_empty() && !is_needed[change];
            instance.cost(&instance.closures[change]) <= budget
                && !is_idle
                && (is_needed[change] || !(0..count).any(|other| other != change && is_lesser(change, other)))
        })
        .collect()
}

/// What these reasons cost at least: those that share no remedy are paid one by one. `None` if one of them cannot go.
pub(crate) fn least_cost(instance: &Instance, reasons: &[usize], is_open: &[bool]) -> Option<u64> {
    let mut paid = vec![];
    let mut sum = 0;
    for &reason in reasons {
        let remedies = || instance.reasons[reason].iter().filter(|&&change| is_open[change]);
        let least = remedies().map(|&change| u64::from(instance.changes[change].cost)).min()?;
        if !remedies().any(|change| paid.contains(change)) {
            paid.extend(remedies().copied());
            sum += least;
        }
    }
    Some(sum)
}

/// The greatest common divisor; of nothing and a number that number.
pub(crate) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
