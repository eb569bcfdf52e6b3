//! Numbers as JSON writes them: `75` and `12.5`, never `75.0` nor `12.499999`.
//!
//! INVARIANT: the text of an amount is its exact decimal. A quotient of two integers below 2^53 is the float nearest to
//! that decimal, and the shortest text of that float is the decimal itself.

use serde::{Serialize, Serializer};

/// A number written without noise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Number(f64);

impl Number {
    /// A count.
    pub fn whole(value: i64) -> Self {
        Self(as_float(value))
    }

    /// A mean or share, to the fourth decimal.
    pub fn rounded(value: f64) -> Self {
        Self((value * 10_000.0).round() / 10_000.0)
    }

    /// Dirhams of centimes.
    pub fn dirhams(centimes: i64) -> Self {
        Self(as_float(centimes) / 100.0)
    }

    /// Dirhams of a mean of centimes, to the centime.
    pub fn mean_dirhams(centimes: f64) -> Self {
        Self(centimes.round() / 100.0)
    }

    /// The text, as in JSON.
    pub fn text(self) -> String {
        if self.is_whole() { format!("{:.0}", self.0) } else { self.0.to_string() }
    }

    fn is_whole(self) -> bool {
        self.0.fract() == 0.0 && self.0.abs() < 9e15
    }
}

/// Counts, minutes, days and centimes are far below 2^53, so that they stay exact.
#[expect(clippy::cast_precision_loss, reason = "see above")]
pub fn as_float(value: i64) -> f64 {
    value as f64
}

/// The share of a part; none of nothing.
#[expect(clippy::cast_precision_loss, reason = "numbers of requests are far below 2^53")]
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Serialize for Number {
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 9e15")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_whole() { serializer.serialize_i64(self.0 as i64) } else { serializer.serialize_f64(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_no_noise() {
        let text = |number: Number| serde_json::to_string(&number).unwrap();
        assert_eq!(text(Number::dirhams(7_500)), "75");
        assert_eq!(text(Number::dirhams(1_250)), "12.5");
        for centimes in [1, 10, 29, 1_999, 110_005, 999_999_999_999_999] {
            let (whole, cents) = (centimes / 100, centimes % 100);
            let decimal = format!("{whole}.{cents:02}");
            assert_eq!(text(Number::dirhams(centimes)), decimal.trim_end_matches('0').trim_end_matches('.'));
        }
        assert_eq!(text(Number::rounded(1.0 / 3.0)), "0.3333");
        assert_eq!(Number::rounded(2.0).text(), "2");
    }
}
