//! The measures against a plain enumeration of all ways, on random flows.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use mastara_engine::{
    answers::Answers,
    flow::Flow,
    measure::{Measures, Taken},
    procedure::{Aspect, ClaimMeasure},
    program::Program,
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    plain::{self, Tree, Way},
    total::{Total, total},
};

const MEASURES: [ClaimMeasure; plain::MEASURES] = [
    ClaimMeasure::Steps,
    ClaimMeasure::Trips,
    ClaimMeasure::Documents,
    ClaimMeasure::Sheets,
    ClaimMeasure::Fetched,
    ClaimMeasure::Effort,
    ClaimMeasure::LegalDelay,
    ClaimMeasure::UsualDelay,
    ClaimMeasure::Fees,
    ClaimMeasure::Agencies,
];

/// Flows compared so far, and those of them with more than one way.
static COMPARED: AtomicUsize = AtomicUsize::new(0);
static PARTED: AtomicUsize = AtomicUsize::new(0);

fn compare(measures: &Measures, total: Option<&Total>) {
    assert_eq!(measures.is_feasible, total.is_some());
    let Some(total) = total else { return };
    for (i, measure) in MEASURES.into_iter().enumerate() {
        let range = measures.range(measure);
        assert_eq!(range.nominal, total.nominal[i], "{measure:?} nominal");
        assert_eq!(range.least, total.least[i], "{measure:?} least");
        assert_eq!(range.most, total.most[i], "{measure:?} most");
        let error = (range.expected - total.expected[i]).abs();
        assert!(
            error <= 1e-9 * total.expected[i].abs().max(1.0),
            "{measure:?}: {} {}",
            range.expected,
            total.expected[i]
        );
    }
    assert!(measures.listed.iter().map(ToString::to_string).eq(total.listed.iter().cloned()));
    assert_eq!(measures.is_paperless, total.obstacles == 0);
    assert_eq!(measures.obstacles.is_empty(), measures.is_paperless);
    let level = match (total.obstacles, total.files, total.hands_out) {
        (0, ..) if total.most[0] == 0 => 5,
        (0, ..) => 4,
        (_, true, _) => 3,
        (_, _, true) => 2,
        _ => 1,
    };
    assert_eq!(measures.level, level);
}

/// The way that a witness tells.
fn follow<'t>(mut tree: &'t Tree, mut taken: &[Taken]) -> &'t Way {
    loop {
        match tree {
            Tree::Dead => panic!("the witness is not feasible"),
            Tree::End(way) => {
                assert!(taken.is_empty(), "the witness goes on after its end");
                return way;
            }
            Tree::Part { options, .. } => {
                let (first, rest) = taken.split_first().expect("the witness ends early");
                tree = &options.iter().find(|option| option.taken == *first).expect("no such choice").tree;
                taken = rest;
            }
        }
    }
}

fn check_witness(program: &Program, person: &Answers, measures: &Measures, tree: &Tree, pick: usize) {
    let (rank, aspect) =
        (pick % MEASURES.len(), [Aspect::Nominal, Aspect::Least, Aspect::Most][pick / MEASURES.len() % 3]);
    let witness = program.witness(person, MEASURES[rank], aspect).unwrap();
    let way = follow(tree, &witness);
    let shown = match (rank, aspect) {
        (8, Aspect::Least) => way.fees_least,
        (8, Aspect::Most) => way.fees_most,
        _ => way.usual[rank],
    };
    assert_eq!(shown as f64, measures.value(MEASURES[rank], aspect), "{:?} {aspect:?}", MEASURES[rank]);
}

/// A flow in short, for failures.
fn tell(flow: &Flow) -> String {
    let mut told = String::new();
    for (id, node) in flow.nodes() {
        told += &format!("\n{} {:?}", id.index(), node.kind);
        for (branch, to) in flow.branches(id) {
            told += &format!("\n    {:?} {:?} {:?} -> {}", branch.guard, branch.share, branch.at_most, to.index());
        }
    }
    told
}

fn check(flow: &Flow, person: &Answers, pick: usize) {
    let Ok(program) = Program::compile(flow) else { return };
    let Some(tree) = plain::ways(flow, person, 4_000) else { return };
    let total = total(&tree);
    let measures = program.measure(person).unwrap();
    compare(&measures, total.as_ref());
    let papers = program.nominal_papers(person).unwrap();
    assert_eq!(papers.len() as i64, measures.documents.nominal, "{papers:?}");
    assert!(papers.iter().all(|paper| measures.listed.contains(paper)), "{papers:?}");
    let last =
        program.nominal_course(person).unwrap().last().map_or((0, 0, 0), |so_far| {
            (i64::from(so_far.steps), i64::from(so_far.trips), i64::from(so_far.documents))
        });
    assert_eq!(last, (measures.steps.nominal, measures.trips.nominal, measures.documents.nominal));
    COMPARED.fetch_add(1, Relaxed);
    if let Some(total) = &total {
        PARTED.fetch_add(usize::from(total.least != total.most), Relaxed);
        check_witness(&program, person, &measures, &tree, pick);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24_000, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    /// Not a test by itself: `exact` runs it and counts.
    fn flows(numbers in proptest::collection::vec(any::<u16>(), 0..260)) {
        let mut tape = Tape::new(&numbers);
        let flow = draw::flow(&mut tape);
        for _ in 0..2 {
            let person = draw::person(&mut tape, &flow);
            let pick = tape.below(30);
            let checked = std::panic::catch_unwind(|| check(&flow, &person, pick));
            prop_assert!(checked.is_ok(), "{person:?}{}", tell(&flow));
        }
    }
}

/// Every measure of at least ten thousand random flows, with and without a person.
#[test]
fn exact() {
    flows();
    let (compared, parted) = (COMPARED.load(Relaxed), PARTED.load(Relaxed));
    println!("{compared} compared, {parted} with more than one value");
    assert!(compared >= 20_000 && parted >= 8_000, "{compared} compared, {parted} parted");
}
