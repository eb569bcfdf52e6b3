//! Scores from 0 to 100, exact.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;

/// A score from 0 to 100, kept as a fraction so that means of means stay exact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(BigRational);

impl Score {
    /// A whole score; above 100 it is 100.
    #[must_use]
    pub fn whole(points: u8) -> Self {
        Self(BigRational::from_integer(BigInt::from(points.min(100))))
    }

    /// A part of a whole as a score; `None` of nothing, or of a part larger than the whole.
    #[must_use]
    pub fn share(part: u64, whole: u64) -> Option<Self> {
        (whole > 0 && part <= whole)
            .then(|| Self(BigRational::new(BigInt::from(part) * BigInt::from(100), BigInt::from(whole))))
    }

    /// The mean of the scores that there are; `None` of none.
    #[must_use]
    pub fn mean<I: IntoIterator<Item = Self>>(scores: I) -> Option<Self> {
        Self::weighted(scores.into_iter().map(|score| (1, Some(score))))
    }

    /// The weighted mean of the scores that there are: a part without a score is left out with its weight. `None` of none.
    #[must_use]
    pub fn weighted<I: IntoIterator<Item = (u32, Option<Self>)>>(parts: I) -> Option<Self> {
        let (mut sum, mut weights) = (BigRational::from_integer(BigInt::ZERO), BigInt::ZERO);
        for (weight, score) in parts {
            let Some(Self(score)) = score else { continue };
            sum += score * BigInt::from(weight);
            weights += weight;
        }
        (weights > BigInt::ZERO).then(|| Self(sum / weights))
    }

    /// The score in tenths, rounded to the nearest, halves up: `834` is 83.4.
    #[must_use]
    pub fn tenths(&self) -> u32 {
        self.rounded(10)
    }

    /// The score as a whole number, rounded to the nearest, halves up.
    #[must_use]
    pub fn units(&self) -> u32 {
        self.rounded(1)
    }

    /// The score itself.
    pub(crate) const fn fraction(&self) -> &BigRational {
        &self.0
    }

    fn rounded(&self, steps: u32) -> u32 {
        let half = BigRational::new(BigInt::from(1), BigInt::from(2));
        let rounded = (&self.0 * BigInt::from(steps) + half).floor().to_integer();
        u32::try_from(rounded).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for Score {
    /// With one decimal, always: `83.4`, `100.0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.tenths();
        write!(f, "{}.{}", tenths / 10, tenths % 10)
    }
}

/// How answers that are not known are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// They are left out, as the frameworks leave out what was not asked, and climb no scale: the score.
    #[default]
    Known,
    /// They are all the least: no score is lower, whatever they turn out to be.
    Least,
    /// They are all the most: no score is higher.
    Most,
}

impl Reading {
    /// All readings.
    pub const ALL: [Self; 3] = [Self::Known, Self::Least, Self::Most];
}

/// How much of what makes a score is known. Of several the last counts for the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// Something is not known and was taken for the least: the true score is no lower.
    AtLeast,
    /// Something is not known and was left out: the true score may be lower, or higher.
    Part,
}

impl Extent {
    /// Of a score that lies between two others: what it would be if all that is not known were the least, and the most.
    #[must_use]
    pub fn between<T: PartialEq>(score: &T, least: &T, most: &T) -> Self {
        match (least == most, score == least) {
            (true, _) => Self::Whole,
            (false, true) => Self::AtLeast,
            (false, false) => Self::Part,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_exact_and_rounded_half_up() {
        let third = Score::mean([Score::whole(0), Score::whole(0), Score::whole(100)]).unwrap();
        assert_eq!(third.to_string(), "33.3");
        assert_eq!(Score::mean(vec![third; 3]), Score::share(1, 3));
        assert_eq!(Score::share(1, 2000).unwrap().to_string(), "0.1");
        assert_eq!(Score::share(125, 1000).unwrap().units(), 13);
        assert_eq!(Score::mean([]), None);
        assert_eq!(Score::share(2, 1), None);
    }

    #[test]
    fn what_has_no_score_is_left_out_with_its_weight() {
        assert_eq!(Score::weighted([(80, Some(Score::whole(60))), (20, None)]), Some(Score::whole(60)));
        assert_eq!(Score::weighted([(80, None), (20, None)]), None);
        assert_eq!(Score::weighted([(0, Some(Score::whole(60)))]), None);
    }
}
