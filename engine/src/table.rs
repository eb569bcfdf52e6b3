//! A small open-addressing table from hashes to dense indices, for the inner loops of measuring.
//!
//! INVARIANT: the order of its slots is never seen from outside, so that nothing depends on it.

/// The multiplier of FxHash (the golden ratio in 64 bits, made odd).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes one word into a hash.
pub(crate) const fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(GOLDEN)
}

/// The last step of a hash: the high bits, which multiplication mixes best, become the low ones.
const fn fold(hash: u64) -> u64 {
    hash ^ (hash >> 32)
}

/// A free slot.
const FREE: u32 = u32::MAX;

/// Indices of elements kept elsewhere, found by the hash of the element.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    slots: Vec<(u32, u32)>,
    used: usize,
}

impl Table {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Self { slots: vec![(0, FREE); 64], used: 0 }
    }

    /// The index with this hash that `is_it` accepts.
    #[expect(clippy::cast_possible_truncation, reason = "a hash is cut on purpose")]
    pub(crate) fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = fold(hash);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                (_, FREE) => return None,
                (tag, index) if tag == (hash >> 16) as u32 && is_it(index) => return Some(index),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds an index that [`Self::find`] has not found. `hash_of` gives the hash of any index added before.
    pub(crate) fn insert(&mut self, hash: u64, index: u32, hash_of: impl Fn(u32) -> u64) {
        if self.used * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, FREE); old.len() * 4];
            for (_, index) in old.into_iter().filter(|slot| slot.1 != FREE) {
                self.place(fold(hash_of(index)), index);
            }
        }
        self.used += 1;
        let hash = fold(hash);
        self.place(hash, index);
    }

    #[expect(clippy::cast_possible_truncation, reason = "a hash is cut on purpose")]
    fn place(&mut self, hash: u64, index: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].1 != FREE {
            at = (at + 1) & mask;
        }
        self.slots[at] = ((hash >> 16) as u32, index);
    }
}

/// A map from one word to a small value.
#[derive(Clone, Debug)]
pub(crate) struct Memo {
    slots: Vec<(u64, u32, u32)>,
    used: usize,
}

/// A key that no caller uses: it marks a free slot.
const NO_KEY: u64 = u64::MAX;

impl Memo {
    /// An empty map.
    pub(crate) fn new() -> Self {
        Self { slots: vec![(NO_KEY, 0, 0); 64], used: 0 }
    }

    /// How many keys it holds.
    pub(crate) const fn len(&self) -> usize {
        self.used
    }

    /// The two values kept under `key`.
    pub(crate) fn get(&self, key: u64) -> Option<(u32, u32)> {
        let slot = self.slots[self.slot(key)];
        (slot.0 == key).then_some((slot.1, slot.2))
    }

    /// Keeps two values under `key`.
    pub(crate) fn set(&mut self, key: u64, first: u32, second: u32) {
        if self.used * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(NO_KEY, 0, 0); old.len() * 4];
            for slot in old.into_iter().filter(|slot| slot.0 != NO_KEY) {
                let at = self.slot(slot.0);
                self.slots[at] = slot;
            }
        }
        let at = self.slot(key);
        self.used += usize::from(self.slots[at].0 == NO_KEY);
        self.slots[at] = (key, first, second);
    }

    /// Where `key` is or would be.
    #[expect(clippy::cast_possible_truncation, reason = "a hash is cut on purpose")]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = fold(mix(0, key)) as usize & mask;
        while self.slots[at].0 != key && self.slots[at].0 != NO_KEY {
            at = (at + 1) & mask;
        }
        at
    }
}
