//! How far ranks hang on the weights: the same scores under many weights drawn at random.
//!
//! Weights of the axes, and of the indicators in each axis, are drawn from the flat Dirichlet distribution: the gaps between
//! sorted uniform draws (Devroye, *Non-Uniform Random Variate Generation*, 1986, ch. V, 2.1). No logarithm is taken, so
//! that the same seed gives the same figures everywhere.

use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng as _, SeedableRng as _},
};

use super::{
    indicator::{Axis, Indicator},
    score::Index,
};

/// What became of ranks.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// How many weights were drawn.
    pub draws: usize,
    /// For each index given: the 5th and 95th of a hundred of its ranks, 1 being the best.
    pub ranks: Vec<(usize, usize)>,
    /// Kendall's tau-b between the ranks given and those drawn: mean, and 5th of a hundred. 1 is the same order, −1 the
    /// opposite one.
    pub tau: (f64, f64),
}

type Row = [Option<f64>; Indicator::ALL.len()];

impl Stability {
    /// Draws weights for these scores; `None` with fewer than two of them, or without a draw.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a number of draws")]
    pub fn new(scores: &[&Index], draws: usize, seed: u64) -> Option<Self> {
        if scores.len() < 2 || draws == 0 {
            return None;
        }
        let rows: Vec<Row> = scores.iter().map(|index| row(index)).collect();
        let base: Vec<f64> = scores
            .iter()
            .map(|index| index.points.as_ref().map_or(f64::NEG_INFINITY, super::Points::to_float))
            .collect();
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut ranks: Vec<Vec<usize>> = vec![Vec::with_capacity(draws); rows.len()];
        let mut taus = Vec::with_capacity(draws);
        for _ in 0..draws {
            let drawn = weighed(&rows, &mut random);
            for (ranks, value) in ranks.iter_mut().zip(&drawn) {
                ranks.push(1 + drawn.iter().filter(|other| *other > value).count());
            }
            taus.push(tau(&base, &drawn));
        }
        taus.sort_by(f64::total_cmp);
        let interval = |mut ranks: Vec<usize>| {
            ranks.sort_unstable();
            (*percentile(&ranks, 5), *percentile(&ranks, 95))
        };
        let tau = (taus.iter().sum::<f64>() / draws as f64, *percentile(&taus, 5));
        Some(Self { draws, ranks: ranks.into_iter().map(interval).collect(), tau })
    }
}

/// The value that at least so many in a hundred do not exceed (nearest rank).
fn percentile<T>(sorted: &[T], hundredths: usize) -> &T {
    &sorted[(sorted.len() * hundredths).div_ceil(100).max(1) - 1]
}

fn row(index: &Index) -> Row {
    let mut row = [None; Indicator::ALL.len()];
    for score in index.indicators().filter(|score| score.is_weighed) {
        row[score.indicator.rank()] = score.points.as_ref().map(super::Points::to_float);
    }
    row
}

/// The scores under weights drawn once.
fn weighed(rows: &[Row], random: &mut Xoshiro256PlusPlus) -> Vec<f64> {
    let axes = flat(Axis::ALL.len(), random);
    let within: Vec<(Axis, Vec<(Indicator, f64)>)> = Axis::ALL
        .into_iter()
        .map(|axis| {
            let indicators: Vec<_> = axis.indicators().collect();
            let weights = flat(indicators.len(), random);
            (axis, indicators.into_iter().zip(weights).collect())
        })
        .collect();
    let score = |row: &Row| {
        let axis = |(axis, weights): &(Axis, Vec<(Indicator, f64)>)| {
            let known = weights.iter().filter_map(|(indicator, weight)| Some((*weight, row[indicator.rank()]?)));
            Some((axes[*axis as usize], mean(known)?))
        };
        mean(within.iter().filter_map(axis)).unwrap_or(f64::NEG_INFINITY)
    };
    rows.iter().map(score).collect()
}

fn mean(known: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (weights, sum) = known.fold((0.0, 0.0), |(all, sum), (weight, value)| (all + weight, sum + weight * value));
    (weights > 0.0).then(|| sum / weights)
}

/// Weights that add up to one, all such sets being as likely.
fn flat(count: usize, random: &mut Xoshiro256PlusPlus) -> Vec<f64> {
    let mut cuts: Vec<f64> = (1..count).map(|_| uniform(random)).collect();
    cuts.push(1.0);
    cuts.sort_by(f64::total_cmp);
    let mut last = 0.0;
    let gap = |cut: f64| {
        let gap = cut - last;
        last = cut;
        gap
    };
    cuts.into_iter().map(gap).collect()
}

/// From 0 up to 1, in steps of 2⁻⁵³.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a float")]
fn uniform(random: &mut Xoshiro256PlusPlus) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Kendall's tau-b, which allows for ties (Kendall 1945); 1 if all are tied on both sides.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "pairs of administrations")]
pub fn tau(one: &[f64], other: &[f64]) -> f64 {
    let (mut agree, mut differ, mut tied_one, mut tied_other) = (0_u64, 0_u64, 0_u64, 0_u64);
    for at in 0..one.len() {
        for before in 0..at {
            let sides = (one[at].total_cmp(&one[before]), other[at].total_cmp(&other[before]));
            match (sides.0.is_eq(), sides.1.is_eq()) {
                (true, true) => {}
                (true, false) => tied_one += 1,
                (false, true) => tied_other += 1,
                (false, false) if sides.0 == sides.1 => agree += 1,
                (false, false) => differ += 1,
            }
        }
    }
    let pairs = |tied: u64| (agree + differ + tied) as f64;
    let scale = (pairs(tied_one) * pairs(tied_other)).sqrt();
    if scale == 0.0 { 1.0 } else { (agree as f64 - differ as f64) / scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tau_is_that_of_the_textbook() {
        assert!((tau(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]) - 1.0).abs() < 1e-12);
        assert!((tau(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
        // Two pairs agree and one differs.
        assert!((tau(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]) - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn weights_add_up_to_one() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
        for _ in 0..100 {
            let weights = flat(6, &mut random);
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(weights.iter().all(|weight| *weight >= 0.0));
        }
    }

    #[test]
    fn percentiles_are_values_that_were_seen() {
        assert_eq!((*percentile(&[1, 2, 3], 5), *percentile(&[1, 2, 3], 95)), (1, 3));
    }
}
