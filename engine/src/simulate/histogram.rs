//! How often which length of time occurs, in bounded space.
//!
//! INVARIANT: counts only, so histograms of parts add up to that of the whole, in any order.

/// Below this, every value has a place of its own.
const EXACT: u64 = 2_048;
/// Above it, so many places for each doubling: a place is never wider than a thousandth of its values.
const PLACES: u64 = EXACT / 2;

/// Counts of whole numbers: exact below 2,048, within 0.1 % above.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    counts: Vec<u64>,
    total: u64,
}

impl Histogram {
    /// Counts a value.
    pub fn add(&mut self, value: u64) {
        let place = place(value);
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        self.counts[place] += 1;
        self.total += 1;
    }

    /// Counts all that another one has counted.
    pub fn absorb(&mut self, other: &Self) {
        self.counts.resize(self.counts.len().max(other.counts.len()), 0);
        self.counts.iter_mut().zip(&other.counts).for_each(|(own, count)| *own += count);
        self.total += other.total;
    }

    /// How many values were counted.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// The least value that at least so many hundredths of all do not exceed (nearest rank); `None` if there is none.
    #[must_use]
    pub fn quantile(&self, hundredths: u64) -> Option<u64> {
        let rank = (u128::from(self.total) * u128::from(hundredths)).div_ceil(100).max(1);
        let mut sum = 0;
        self.places()
            .find(|&(_, count)| {
                sum += u128::from(count);
                sum >= rank
            })
            .map(|(value, _)| value)
    }

    /// How many values lie below a bound.
    #[must_use]
    pub fn below(&self, bound: u64) -> u64 {
        self.places().take_while(|&(value, _)| value < bound).map(|(_, count)| count).sum()
    }

    /// The values that occur, from the least on, with their counts.
    pub fn places(&self) -> impl Iterator<Item = (u64, u64)> {
        (0..).zip(&self.counts).filter(|(_, count)| **count > 0).map(|(place, &count)| (value(place), count))
    }
}

/// The place of a value.
fn place(value: u64) -> usize {
    let doublings = (u64::BITS - value.leading_zeros()).saturating_sub(EXACT.ilog2());
    usize::try_from(u64::from(doublings) * PLACES + (value >> doublings)).unwrap_or(usize::MAX)
}

/// The middle of the values of a place.
fn value(place: u64) -> u64 {
    if place < EXACT {
        return place;
    }
    let doublings = place / PLACES - 1;
    let least = (place - doublings * PLACES) << doublings;
    least + (1 << doublings) / 2
}
