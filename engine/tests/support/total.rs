//! What all ways of the plain reference come to.

use std::collections::BTreeSet;

use super::plain::{Choosing, MEASURES, Tree};

/// What all ways come to.
#[derive(Clone, Debug)]
pub struct Total {
    pub nominal: [i64; MEASURES],
    pub least: [i64; MEASURES],
    pub most: [i64; MEASURES],
    pub expected: [f64; MEASURES],
    pub obstacles: i64,
    pub files: bool,
    pub hands_out: bool,
    pub listed: BTreeSet<String>,
}

/// Adds a tree up; `None` if no way of it is feasible.
pub fn total(tree: &Tree) -> Option<Total> {
    match tree {
        Tree::Dead => None,
        Tree::End(way) => {
            let (mut least, mut most) = (way.usual, way.usual);
            (least[8], most[8]) = (way.fees_least, way.fees_most);
            Some(Total {
                nominal: way.usual,
                least,
                most,
                expected: way.usual.map(|value| value as f64),
                obstacles: way.obstacles,
                files: way.files,
                hands_out: way.hands_out,
                listed: way.documents.clone(),
            })
        }
        Tree::Part { by_person, options } => {
            let all: Vec<(&Choosing, Option<Total>)> =
                options.iter().map(|option| (option, total(&option.tree))).collect();
            let shares = shares(&all);
            let mut open = all.iter().zip(shares).filter_map(|((o, total), share)| Some((*o, total.as_ref()?, share)));
            let (first, head, share) = open.next()?;
            let mut sum = Total { expected: head.expected.map(|value| value * share), ..head.clone() };
            let own = |option: &Choosing| *by_person && !option.is_silence;
            let mut games = vec![(own(first), head.obstacles, head.files)];
            for (option, more, share) in open {
                for i in 0..MEASURES {
                    sum.least[i] = sum.least[i].min(more.least[i]);
                    sum.most[i] = sum.most[i].max(more.most[i]);
                    sum.expected[i] += more.expected[i] * share;
                }
                sum.hands_out |= more.hands_out;
                sum.listed.extend(more.listed.iter().cloned());
                games.push((own(option), more.obstacles, more.files));
            }
            let best = games.iter().filter(|game| game.0).map(|game| game.1).min();
            let worst = games.iter().filter(|game| !game.0).map(|game| game.1).max();
            sum.obstacles = best.max(worst).unwrap();
            let can = !games.iter().any(|game| game.0) || games.iter().any(|game| game.0 && game.2);
            sum.files = can && games.iter().filter(|game| !game.0).all(|game| game.2);
            Some(sum)
        }
    }
}

/// The probability of each option, over those that can be completed.
fn shares(options: &[(&Choosing, Option<Total>)]) -> Vec<f64> {
    let given: u32 = options.iter().filter_map(|(option, _)| option.share).sum();
    let rest = 10_000u32.saturating_sub(given) as f64;
    let without = options.iter().filter(|(option, _)| option.share.is_none() && !option.is_silence).count() as f64;
    let share = |option: &Choosing| match option.share {
        Some(share) => f64::from(share),
        None if option.is_silence => 0.0,
        None => rest / without,
    };
    let open = |open: &Option<Total>| if open.is_some() { 1.0 } else { 0.0 };
    let raw: Vec<f64> = options.iter().map(|(option, total)| share(option) * open(total)).collect();
    // Nobody by the shares: equally, silence only if the file gives it a share or nothing else is left.
    let spare = |option: &Choosing| option.is_silence && option.share.is_none();
    let some: Vec<f64> = options.iter().map(|(o, total)| if spare(o) { 0.0 } else { open(total) }).collect();
    let any: Vec<f64> = options.iter().map(|(_, total)| open(total)).collect();
    let weights = [raw, some, any].into_iter().find(|weights| weights.iter().sum::<f64>() > 0.0);
    let weights = weights.unwrap_or_else(|| vec![1.0; options.len()]);
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}
