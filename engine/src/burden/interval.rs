//! Values between bounds.

use std::{
    iter::Sum,
    ops::{Add, Sub},
};

/// A value between bounds: all three are the same where it is known exactly. Never `low > central` nor `central > high`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The low bound.
    pub low: i64,
    /// What is taken for the value.
    pub central: i64,
    /// The high bound.
    pub high: i64,
}

impl Interval {
    /// A value known exactly.
    #[must_use]
    pub const fn exact(value: i64) -> Self {
        Self { low: value, central: value, high: value }
    }

    /// A value between bounds; `None` if they are not in order or below zero.
    #[must_use]
    pub const fn new(low: i64, central: i64, high: i64) -> Option<Self> {
        if 0 <= low && low <= central && central <= high { Some(Self { low, central, high }) } else { None }
    }

    /// Whether it is known exactly.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// So many of it, none of them below zero.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.map(|value| value.saturating_mul(count))
    }

    /// Its three values, changed by a function that never falls.
    #[must_use]
    pub fn map(self, change: impl Fn(i64) -> i64) -> Self {
        Self { low: change(self.low), central: change(self.central), high: change(self.high) }
    }

    /// The bounds of this and another, with this one's central value.
    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high), ..self }
    }
}

impl Add for Interval {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            central: self.central.saturating_add(other.central),
            high: self.high.saturating_add(other.high),
        }
    }
}

/// What is saved when one falls to another. The same parameters stand behind both, so that low goes with low; where more is
/// saved by the low ones, the bounds change places.
impl Sub for Interval {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        let low = self.low.saturating_sub(other.low);
        let central = self.central.saturating_sub(other.central);
        let high = self.high.saturating_sub(other.high);
        Self { low: low.min(central).min(high), central, high: low.max(central).max(high) }
    }
}

impl Sum for Interval {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}
