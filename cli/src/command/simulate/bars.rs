//! Times from beginning to end, put into a few equal bins.

use mastara_engine::simulate::Histogram;

/// About so many bins.
const BINS: u64 = 10;
/// Widths that people read easily, in minutes: from five minutes to a year.
const WIDTHS: [u64; 18] = [
    5, 15, 30, 60, 120, 240, 720, 1_440, 2_880, 7_200, 14_400, 21_600, 43_200, 86_400, 129_600, 259_200, 525_600,
    5_256_000,
];

/// Cases that took from one time to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Minutes, from.
    pub from: u64,
    /// To, not included; none in the last bin.
    pub to: Option<u64>,
    /// How many.
    pub cases: u64,
}

/// The bins: equal ones up to the 99th percentile, then all that is longer.
pub fn bins(minutes: &Histogram) -> Vec<Bin> {
    let (Some(least), Some(high)) = (minutes.quantile(0), minutes.quantile(99)) else { return Vec::new() };
    let width = WIDTHS.into_iter().find(|width| (high - least) / width < BINS).unwrap_or(WIDTHS[WIDTHS.len() - 1]);
    let mut bins = Vec::new();
    let mut from = least / width * width;
    while from <= high {
        let cases = minutes.below(from + width) - minutes.below(from);
        bins.push(Bin { from, to: Some(from + width), cases });
        from += width;
    }
    let rest = minutes.total() - minutes.below(from);
    if rest > 0 {
        bins.push(Bin { from, to: None, cases: rest });
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_in_one_bin() {
        let mut minutes = Histogram::default();
        (0..1_000u64).for_each(|case| minutes.add(case * case % 90_000));
        let bins = bins(&minutes);
        assert_eq!(bins.iter().map(|bin| bin.cases).sum::<u64>(), 1_000);
        assert!(bins.windows(2).all(|pair| pair[0].to == Some(pair[1].from)));
        assert!((5..=12).contains(&bins.len()), "{}", bins.len());
    }

    #[test]
    fn one_value_is_one_bin() {
        let mut minutes = Histogram::default();
        minutes.add(30 * 1_440);
        assert_eq!(super::bins(&minutes).len(), 1);
        assert_eq!(super::bins(&Histogram::default()), []);
    }
}
