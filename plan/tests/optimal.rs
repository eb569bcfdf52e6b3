//! The choice is the best one: against all choices, one by one.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

mod support;

use mastara_plan::{Burden, Change, Flaw, Instance, Limit, Proof, build_order, greedy, solve};
use support::{Size, instance, parts};

const SMALL: Size = Size { changes: 12, burdens: 18, reasons: 4, needs: 4, losses: 0, cost: 1 };

/// What is gained at most, by trying every set of changes on the burdens as they were given.
fn enumerated(changes: &[Change], burdens: &[Burden], budget: u64) -> i64 {
    let has = |set: usize, change: &usize| set >> change & 1 == 1;
    let is_whole = |set: usize| {
        (0..changes.len())
            .filter(|change| has(set, change))
            .all(|change| changes[change].needs.iter().all(|need| has(set, need)))
    };
    let cost = |set: usize| -> u64 {
        (0..changes.len()).filter(|change| has(set, change)).map(|change| u64::from(changes[change].cost)).sum()
    };
    let goes = |set: usize, burden: &&Burden| {
        !burden.reasons.is_empty() && burden.reasons.iter().all(|reason| reason.iter().any(|change| has(set, change)))
    };
    let gain = |set: usize| burdens.iter().filter(|burden| goes(set, burden)).map(|burden| burden.weight).sum();
    (0..1 << changes.len()).filter(|&set| cost(set) <= budget && is_whole(set)).map(gain).max().unwrap()
}

#[test]
fn nothing_gains_more_than_the_plan() {
    let mut better_than_greedy = 0;
    for seed in 0..200 {
        let size = Size {
            changes: 4 + usize::try_from(seed % 9).unwrap(),
            losses: if seed % 3 == 0 { 6 } else { 0 },
            cost: if seed % 5 == 0 { 3 } else { 1 },
            ..SMALL
        };
        let (changes, burdens) = parts(seed, size);
        let instance = Instance::new(changes.clone(), &burdens).unwrap();
        for budget in [1, 2, 3, 5, 8] {
            let plan = solve(&instance, budget, Limit::default());
            let best = enumerated(&changes, &burdens, budget);
            assert_eq!((plan.gain, plan.proof), (best, Proof::Optimal), "seed {seed}, budget {budget}");
            assert!(instance.cost(&plan.chosen) <= budget);
            let by_greed = instance.gain(&greedy(&instance, budget));
            assert!(by_greed <= plan.gain);
            better_than_greedy += usize::from(by_greed < plan.gain);
        }
    }
    assert!(better_than_greedy > 100, "greed was beaten {better_than_greedy} times of 1000");
}

#[test]
fn more_budget_never_gains_less_and_needs_are_kept() {
    for seed in 0..20 {
        let instance = instance(seed, Size { changes: 25, burdens: 60, ..SMALL });
        let mut before = 0;
        for budget in 0..=25 {
            let plan = solve(&instance, budget, Limit::default());
            assert!(plan.gain >= before, "seed {seed}, budget {budget}");
            before = plan.gain;
            for &change in &plan.chosen {
                assert!(instance.with_needs(change).iter().all(|need| plan.chosen.contains(need)));
                let without: Vec<usize> = plan.chosen.iter().copied().filter(|&other| other != change).collect();
                let is_needed = without.iter().any(|&other| instance.with_needs(other).contains(&change));
                assert!(is_needed || instance.gain(&without) < plan.gain, "change {change} is idle");
            }
        }
    }
}

#[test]
fn the_order_adds_up_and_builds_what_is_needed_first() {
    for seed in 0..50 {
        let instance = instance(seed, Size { losses: if seed % 2 == 0 { 5 } else { 0 }, ..SMALL });
        let plan = solve(&instance, 8, Limit::default());
        let order = build_order(&instance, &plan.chosen);
        let mut built = Vec::new();
        for stage in &order {
            let mut needs = instance.with_needs(stage.change).iter();
            assert!(needs.all(|need| *need == stage.change || built.contains(need)), "seed {seed}");
            built.push(stage.change);
            assert_eq!(stage.total, instance.gain(&built));
        }
        assert_eq!(order.iter().map(|stage| stage.gain).sum::<i64>(), plan.gain);
        built.sort_unstable();
        assert_eq!(built, plan.chosen);
    }
}

#[test]
fn a_stopped_search_tells_what_it_may_lack() {
    let instance = instance(3, Size { changes: 120, burdens: 900, reasons: 8, ..SMALL });
    let stopped = solve(&instance, 30, Limit { nodes: Some(1), time: None });
    let Proof::AtMost(most) = stopped.proof else { panic!("it was solved at once: {stopped:?}") };
    assert!(most > stopped.gain && stopped.gap() > 0.0);
    assert!(stopped.gain >= instance.gain(&greedy(&instance, 30)));
    let further = solve(&instance, 30, Limit { nodes: Some(40), time: None });
    assert!(further.gain <= most && further.gain >= stopped.gain);
}

#[test]
fn changes_that_gain_only_together_are_found() {
    // Three alone take one burden of 5 each; two others together take one of 100.
    let reasons = [vec![vec![0]], vec![vec![1]], vec![vec![2]], vec![vec![3], vec![4]]];
    let burdens: Vec<_> =
        reasons.into_iter().zip([5, 5, 5, 100]).map(|(reasons, weight)| Burden { weight, reasons }).collect();
    let instance = Instance::new(vec![Change::default(); 5], &burdens).unwrap();
    assert_eq!(greedy(&instance, 2), [0, 1]);
    let plan = solve(&instance, 2, Limit::default());
    assert_eq!((plan.chosen, plan.gain), (vec![3, 4], 100));
    let order = build_order(&instance, &[0, 3, 4]);
    assert_eq!(order.iter().map(|stage| (stage.change, stage.gain)).collect::<Vec<_>>(), [(3, 0), (4, 100), (0, 5)]);
}

#[test]
fn what_does_not_fit_together_is_told() {
    let burden = |weight, reasons| Burden { weight, reasons };
    assert_eq!(Instance::new(vec![], &[burden(1, vec![vec![0]])]).unwrap_err(), Flaw::NoSuchChange(0));
    assert_eq!(Instance::new(vec![Change { cost: 0, needs: vec![] }], &[]).unwrap_err(), Flaw::Free(0));
    let heavy = vec![burden(i64::MAX, vec![]), burden(i64::MAX, vec![])];
    assert_eq!(Instance::new(vec![], &heavy).unwrap_err(), Flaw::TooHeavy);
    // Nothing to choose, nothing that can go, needs in a circle: still an answer.
    assert_eq!(solve(&Instance::new(vec![], &[]).unwrap(), 5, Limit::default()).gain, 0);
    let round = vec![Change { cost: 1, needs: vec![1] }, Change { cost: 1, needs: vec![0] }];
    let round = Instance::new(round, &[burden(7, vec![vec![0]]), burden(9, vec![vec![]])]).unwrap();
    assert_eq!(solve(&round, 1, Limit::default()).chosen, Vec::<usize>::new());
    assert_eq!(build_order(&round, &solve(&round, 2, Limit::default()).chosen).last().unwrap().total, 7);
}
