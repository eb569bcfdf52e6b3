//! What there is to choose among, and what for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it takes from the budget, at least 1.
    pub cost: u32,
    /// Changes that must be made too (a fetch needs its register open), by rank.
    pub needs: Vec<usize>,
}

impl Default for Change {
    /// A change of cost 1 that needs no other.
    fn default() -> Self {
        Self { cost: 1, needs: Vec::new() }
    }
}

/// Something that goes once all reasons for it are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burden {
    /// What is gained when it goes; less than nothing if something is lost (a trip that falls in two when its middle goes
    /// online).
    pub weight: i64,
    /// The reasons for it, each by the changes that remedy it, one of which is enough. A reason without remedy keeps the
    /// burden for ever; a burden without reason is gone already and counts for nothing.
    pub reasons: Vec<Vec<usize>>,
}

/// Why something cannot be planned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A remedy or a need is the change of this rank, and there is none.
    NoSuchChange(usize),
    /// The change of this rank costs nothing.
    Free(usize),
    /// All weights together are beyond what can be counted.
    TooHeavy,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchChange(rank) => write!(f, "there is no change of rank {rank}"),
            Self::Free(rank) => write!(f, "the change of rank {rank} costs nothing"),
            Self::TooHeavy => f.write_str("the weights together are beyond 2^62"),
        }
    }
}

impl std::error::Error for Flaw {}

/// Changes and burdens, made ready: burdens that can never go are left out, a reason that another implies is dropped, and
/// burdens with the same reasons are one.
#[derive(Clone, Debug)]
pub struct Instance {
    pub(crate) changes: Vec<Change>,
    /// A change with all that it needs, sorted.
    pub(crate) closures: Vec<Vec<usize>>,
    /// Reasons by their remedies, each once.
    pub(crate) reasons: Vec<Vec<usize>>,
    /// Weight and reasons by rank, never empty.
    pub(crate) items: Vec<(i64, Vec<usize>)>,
    /// The reasons that each change remedies.
    pub(crate) remedies: Vec<Vec<usize>>,
    /// The items that each reason keeps.
    pub(crate) keeps: Vec<Vec<usize>>,
}

impl Instance {
    /// Makes changes and burdens ready.
    ///
    /// # Errors
    /// A [`Flaw`], if they do not fit together.
    pub fn new(changes: Vec<Change>, burdens: &[Burden]) -> Result<Self, Flaw> {
        let count = changes.len();
        let named = changes
            .iter()
            .flat_map(|change| &change.needs)
            .chain(burdens.iter().flat_map(|b| b.reasons.iter().flatten()));
        if let Some(&rank) = named.clone().find(|&&rank| rank >= count) {
            return Err(Flaw::NoSuchChange(rank));
        }
        if let Some(rank) = changes.iter().position(|change| change.cost == 0) {
            return Err(Flaw::Free(rank));
        }
        let total = burdens.iter().fold(0u64, |sum, burden| sum.saturating_add(burden.weight.unsigned_abs()));
        if total > 1 << 62 {
            return Err(Flaw::TooHeavy);
        }
        let mut merged: BTreeMap<Vec<Vec<usize>>, i64> = BTreeMap::new();
        for burden in burdens {
            let reasons = minimal(&burden.reasons);
            if !reasons.is_empty() && reasons.iter().all(|reason| !reason.is_empty()) {
                *merged.entry(reasons).or_default() += burden.weight;
            }
        }
        merged.retain(|_, weight| *weight != 0);
        let reasons: BTreeSet<&Vec<usize>> = merged.keys().flatten().collect();
        let reasons: Vec<Vec<usize>> = reasons.into_iter().cloned().collect();
        let rank = |reason: &Vec<usize>| reasons.binary_search(reason).unwrap_or_default();
        let items: Vec<(i64, Vec<usize>)> =
            merged.iter().map(|(of, &weight)| (weight, of.iter().map(rank).collect())).collect();
        let mut remedies = vec![Vec::new(); count];
        for (reason, changes) in reasons.iter().enumerate() {
            changes.iter().for_each(|&change| remedies[change].push(reason));
        }
        let mut keeps = vec![Vec::new(); reasons.len()];
        for (item, (_, reasons)) in items.iter().enumerate() {
            reasons.iter().for_each(|&reason| keeps[reason].push(item));
        }
        let closures = (0..count).map(|rank| closure(&changes, rank)).collect();
        Ok(Self { changes, closures, reasons, items, remedies, keeps })
    }

    /// How many changes there are.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.changes.len()
    }

    /// How many different burdens there are that can go.
    #[must_use]
    pub fn burdens(&self) -> usize {
        self.items.len()
    }

    /// A change with all that it needs, directly or not, sorted.
    #[must_use]
    pub fn with_needs(&self, change: usize) -> &[usize] {
        &self.closures[change]
    }

    /// What is gained by these changes together, needs unasked.
    #[must_use]
    pub fn gain(&self, chosen: &[usize]) -> i64 {
        let mut is_chosen = vec![false; self.changes.len()];
        for &change in chosen {
            if let Some(is_chosen) = is_chosen.get_mut(change) {
                *is_chosen = true;
            }
        }
        let is_gone = |reason: &usize| self.reasons[*reason].iter().any(|&change| is_chosen[change]);
        self.items.iter().filter(|(_, reasons)| reasons.iter().all(is_gone)).map(|(weight, _)| weight).sum()
    }

    /// What these changes cost together.
    #[must_use]
    pub fn cost(&self, chosen: &[usize]) -> u64 {
        chosen.iter().map(|&change| u64::from(self.changes[change].cost)).sum()
    }
}

/// The reasons without doubles and without those that another implies.
fn minimal(reasons: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let sets: BTreeSet<BTreeSet<usize>> = reasons.iter().map(|reason| reason.iter().copied().collect()).collect();
    let is_implied = |set: &&BTreeSet<usize>| sets.iter().any(|other| other != *set && other.is_subset(set));
    sets.iter().filter(|set| !is_implied(set)).map(|set| set.iter().copied().collect()).collect()
}

fn closure(changes: &[Change], rank: usize) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let mut open = vec![rank];
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(&changes[next].needs);
        }
    }
    seen.into_iter().collect()
}
