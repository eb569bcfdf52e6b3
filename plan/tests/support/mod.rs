//! Instances at random, the same from the same seed.

use mastara_plan::{Burden, Change, Instance};

/// Numbers at random (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % (end as u64)).unwrap_or_default()
    }
}

/// Of what size an instance is to be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Changes.
    pub changes: usize,
    /// Burdens.
    pub burdens: usize,
    /// Reasons of a burden at most.
    pub reasons: usize,
    /// One change in so many needs an earlier one.
    pub needs: usize,
    /// One burden in so many is a loss; none if 0.
    pub losses: usize,
    /// What a change costs at most.
    pub cost: usize,
}

/// Changes, of which the first are asked for most, and burdens with one to several reasons, one in four with two remedies.
pub fn parts(seed: u64, size: Size) -> (Vec<Change>, Vec<Burden>) {
    let mut random = Random(seed);
    let changes = (0..size.changes)
        .map(|rank| {
            let needs = if rank > 0 && random.below(size.needs) == 0 { vec![random.below(rank)] } else { Vec::new() };
            Change { cost: 1 + u32::try_from(random.below(size.cost)).unwrap_or(0), needs }
        })
        .collect();
    let burdens = (0..size.burdens)
        .map(|_| {
            let weight = 10_i64.pow(u32::try_from(random.below(5)).unwrap_or(0)) * (1 + random.below(9) as i64);
            let is_loss = size.losses > 0 && random.below(size.losses) == 0;
            let reasons = (0..=random.below(size.reasons)).map(|_| {
                let usual = random.below(size.changes) * random.below(size.changes) / size.changes;
                if random.below(4) == 0 { vec![usual, random.below(size.changes)] } else { vec![usual] }
            });
            Burden { weight: if is_loss { -weight } else { weight }, reasons: reasons.collect() }
        })
        .collect();
    (changes, burdens)
}

/// An instance of this size.
#[expect(clippy::unwrap_used, reason = "its parts fit together")]
pub fn instance(seed: u64, size: Size) -> Instance {
    let (changes, burdens) = parts(seed, size);
    Instance::new(changes, &burdens).unwrap()
}
