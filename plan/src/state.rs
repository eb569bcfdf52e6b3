//! What a growing choice has gained so far, kept up to date as changes come and go.

use crate::instance::Instance;

/// A choice and what it gains.
#[derive(Clone, Debug)]
pub(crate) struct State<'i> {
    instance: &'i Instance,
    pub(crate) is_chosen: Vec<bool>,
    /// How many chosen changes remedy each reason.
    hits: Vec<u32>,
    /// How many reasons each item still has.
    left: Vec<usize>,
    pub(crate) gain: i64,
    pub(crate) cost: u64,
}

impl<'i> State<'i> {
    pub(crate) fn new(instance: &'i Instance) -> Self {
        Self {
            instance,
            is_chosen: vec![false; instance.changes.len()],
            hits: vec![0; instance.reasons.len()],
            left: instance.items.iter().map(|(_, reasons)| reasons.len()).collect(),
            gain: 0,
            cost: 0,
        }
    }

    /// Whether a reason is gone.
    pub(crate) fn is_remedied(&self, reason: usize) -> bool {
        self.hits[reason] > 0
    }

    /// Whether an item is gone.
    pub(crate) fn is_gone(&self, item: usize) -> bool {
        self.left[item] == 0
    }

    /// Adds a change that is not chosen.
    pub(crate) fn add(&mut self, change: usize) {
        self.is_chosen[change] = true;
        self.cost += u64::from(self.instance.changes[change].cost);
        for &reason in &self.instance.remedies[change] {
            self.hits[reason] += 1;
            if self.hits[reason] == 1 {
                for &item in &self.instance.keeps[reason] {
                    self.left[item] -= 1;
                    if self.left[item] == 0 {
                        self.gain += self.instance.items[item].0;
                    }
                }
            }
        }
    }

    /// Takes a chosen change back.
    pub(crate) fn remove(&mut self, change: usize) {
        self.is_chosen[change] = false;
        self.cost -= u64::from(self.instance.changes[change].cost);
        for &reason in &self.instance.remedies[change] {
            self.hits[reason] -= 1;
            if self.hits[reason] == 0 {
                for &item in &self.instance.keeps[reason] {
                    if self.left[item] == 0 {
                        self.gain -= self.instance.items[item].0;
                    }
                    self.left[item] += 1;
                }
            }
        }
    }

    /// What more would be gained, and what more it would cost, by changes that are not chosen.
    pub(crate) fn more(&mut self, changes: &[usize]) -> (i64, u64) {
        let (gain, cost) = (self.gain, self.cost);
        changes.iter().for_each(|&change| self.add(change));
        let more = (self.gain - gain, self.cost - cost);
        changes.iter().for_each(|&change| self.remove(change));
        more
    }

    /// What of a change and its needs is not chosen yet.
    pub(crate) fn missing(&self, change: usize) -> Vec<usize> {
        self.instance.closures[change].iter().copied().filter(|&change| !self.is_chosen[change]).collect()
    }

    /// The changes chosen, sorted.
    pub(crate) fn chosen(&self) -> Vec<usize> {
        (0..self.is_chosen.len()).filter(|&change| self.is_chosen[change]).collect()
    }
}
