//! Scores from 0 to 100, exact until they are shown.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::lens::Score;

/// A score, as an exact fraction. What single procedures add to a mean may lie below 0; scores that are shown never do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(BigRational);

impl Points {
    /// The least.
    #[must_use]
    pub fn none() -> Self {
        Self::whole(0)
    }

    /// The most.
    #[must_use]
    pub fn full() -> Self {
        Self::whole(100)
    }

    /// A whole number of points.
    #[must_use]
    pub fn whole(points: i64) -> Self {
        Self(BigRational::from_integer(points.into()))
    }

    /// 0 or 100.
    #[must_use]
    pub fn either(holds: bool) -> Self {
        if holds { Self::full() } else { Self::none() }
    }

    /// 100 × part ÷ whole; `None` of nothing.
    #[must_use]
    pub fn share(part: i64, whole: i64) -> Option<Self> {
        (whole != 0).then(|| Self(BigRational::new(BigInt::from(part) * 100, whole.into())))
    }

    /// The weighted mean: Σ weight × score ÷ Σ weight; `None` if all weigh nothing.
    #[must_use]
    pub fn mean<'p>(scores: impl IntoIterator<Item = (u64, &'p Self)>) -> Option<Self> {
        let (mut sum, mut weights) = (BigRational::from_integer(0.into()), BigInt::from(0));
        for (weight, score) in scores {
            sum += &score.0 * BigInt::from(weight);
            weights += weight;
        }
        (weights != BigInt::from(0)).then(|| Self(sum / weights))
    }

    /// What a mean loses by this score, before it is divided: weight × (100 − score).
    #[must_use]
    pub fn lost(&self, weight: u64) -> Self {
        Self((&Self::full().0 - &self.0) * BigInt::from(weight))
    }

    /// Not below 0 nor above 100.
    #[must_use]
    pub fn bounded(self) -> Self {
        self.clamp(Self::none(), Self::full())
    }

    /// In tenths of a point, half away from zero.
    #[must_use]
    pub fn tenths(&self) -> i64 {
        // `round` of a ratio rounds half away from zero.
        let tenths = (&self.0 * BigInt::from(10)).round().to_integer();
        i64::try_from(tenths).unwrap_or(i64::MAX)
    }

    /// As a fraction in lowest terms, such as `550/7`.
    #[must_use]
    pub fn fraction(&self) -> String {
        self.0.to_string()
    }

    /// As a float, for statistics only.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few hundred millions at most")]
    pub fn to_float(&self) -> f64 {
        let millionths = (&self.0 * BigInt::from(1_000_000)).round().to_integer();
        i64::try_from(millionths).unwrap_or(i64::MAX) as f64 / 1_000_000.0
    }
}

impl From<&Score> for Points {
    fn from(score: &Score) -> Self {
        Self(score.fraction().clone())
    }
}

/// What a score is called: A from 75, B from 50, C from 25, D below (the cuts of the World Bank's GTMI).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// 75 and more.
    A,
    /// 50 and more.
    B,
    /// 25 and more.
    C,
    /// Less than 25.
    D,
}

impl Grade {
    /// Of a score, before any rounding.
    #[must_use]
    pub fn of(points: &Points) -> Self {
        let least = [(75, Self::A), (50, Self::B), (25, Self::C)];
        let reached = least.into_iter().find(|(cut, _)| *points >= Points::whole(*cut));
        reached.map_or(Self::D, |(_, grade)| grade)
    }

    /// Its letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_rounded_half_away_from_zero() {
        let tenths = |part, whole| Points::share(part, whole).map(|points| points.tenths());
        assert_eq!(tenths(1, 3), Some(333));
        assert_eq!(tenths(2, 3), Some(667));
        assert_eq!(tenths(1, 2000), Some(1), "0.05");
        assert_eq!(tenths(-1, 2000), Some(-1), "-0.05");
        assert_eq!(tenths(0, 0), None);
    }

    #[test]
    fn grades_are_cut_before_rounding() {
        let almost = Points::share(74_999, 100_000).unwrap();
        assert_eq!((almost.tenths(), Grade::of(&almost)), (750, Grade::B));
        assert_eq!(Grade::of(&Points::whole(75)), Grade::A);
        assert_eq!(Grade::of(&Points::none()), Grade::D);
    }
}
