//! Sums of what cases cost.
//!
//! INVARIANT: whole numbers only, so that sums of parts add up to that of the whole, in any order.

/// How many measures are counted.
pub(super) const MEASURES: usize = 8;

/// The measures that are counted, in the order in which they are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Steps.
    Steps,
    /// Papers with their copies.
    Sheets,
    /// The person's minutes.
    Effort,
    /// Centimes.
    Fees,
    /// Trips.
    Trips,
    /// Kinds of paper.
    Documents,
    /// Documents fetched.
    Fetched,
    /// Administrations.
    Agencies,
}

/// A sum of whole numbers, with what it takes for a mean and its confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub count: u64,
    /// Their sum.
    pub sum: i128,
    /// The sum of their squares.
    pub squares: i128,
    /// The least.
    pub least: i64,
    /// The greatest.
    pub most: i64,
}

impl Default for Sum {
    fn default() -> Self {
        Self { count: 0, sum: 0, squares: 0, least: i64::MAX, most: i64::MIN }
    }
}

impl Sum {
    pub(super) fn add(&mut self, value: i64) {
        self.count += 1;
        self.sum += i128::from(value);
        self.squares = self.squares.saturating_add(i128::from(value) * i128::from(value));
        self.least = self.least.min(value);
        self.most = self.most.max(value);
    }

    pub(super) fn absorb(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares = self.squares.saturating_add(other.squares);
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }

    /// The mean; 0 of nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "means are given as floats")]
    pub fn mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 }
    }

    /// The standard error of the mean of independent cases.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "errors are given as floats")]
    pub fn error(&self) -> f64 {
        if self.count < 2 {
            return 0.0;
        }
        let count = i128::from(self.count);
        // Exact as long as it fits: a difference of great sums.
        let exact = count.checked_mul(self.squares).zip(self.sum.checked_mul(self.sum)).map(|(a, b)| (a - b) as f64);
        let variance = exact.unwrap_or_else(|| self.squares as f64 * count as f64 - (self.sum as f64).powi(2));
        (variance.max(0.0) / (count as f64).powi(2) / (count - 1) as f64).sqrt()
    }
}
