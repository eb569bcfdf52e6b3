//! What ways take, and the people found for what is not taken.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use mastara_engine::{
    answers::Answers,
    condition::{Comparison, Kind, QuestionId},
    coverage::{Point, conditions, points, seek, taken},
    flow::{Flow, Guard},
    node::{Decider, NodeKind, Step},
    procedure::Example,
    program::Program,
    run::{Walk, run},
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    make::*,
};

static FOUND: AtomicUsize = AtomicUsize::new(0);
static IMPOSSIBLE: AtomicUsize = AtomicUsize::new(0);
static MISSED: AtomicUsize = AtomicUsize::new(0);
static FOLLOWED: AtomicUsize = AtomicUsize::new(0);

fn tells(flow: &Flow, example: &Example, walk: &Walk) {
    let told = walk.passes.iter().filter(|id| flow.node(**id).kind != NodeKind::Fork);
    let names: Vec<_> = told.map(|id| flow.node(*id).name.clone()).collect();
    assert_eq!(example.passes.clone().unwrap_or_default(), names);
    assert_eq!(example.ends.as_ref(), Some(&flow.node(walk.ends).name));
    if let Some(brings) = &example.brings {
        let brought: Vec<_> = walk.brings.iter().map(|(name, sheets)| (name.clone(), *sheets)).collect();
        assert_eq!(brings.iter().map(|(name, sheets)| (name.clone(), u64::from(*sheets))).collect::<Vec<_>>(), brought);
    }
}

/// Where a way has no forks, the branches taken link its nodes.
fn check_links(flow: &Flow, walk: &Walk, takes: &BTreeSet<Point>) {
    if flow.nodes().any(|(_, node)| node.kind == NodeKind::Fork) {
        return;
    }
    let onward = walk.passes.iter().copied().skip(1).chain([walk.ends]);
    for (id, next) in walk.passes.iter().copied().zip(onward) {
        let ways = flow.branches(id);
        let is_taken = |rank: usize| ways.len() == 1 || takes.contains(&Point::Branch(id, rank));
        assert!((0..ways.len()).any(|rank| ways[rank].1 == next && is_taken(rank)), "{id:?} leads nowhere");
    }
    FOLLOWED.fetch_add(1, Relaxed);
}

fn check(flow: &Flow, tape: &mut Tape) {
    let Ok(program) = Program::compile(flow) else { return };
    let all = points(flow);
    let sought = seek(flow, &program, &all);
    let mut covered = BTreeSet::new();
    for (at, person) in sought.people.iter().enumerate() {
        let answers = Answers::of_example(flow, &person.example);
        let walk = run(&program, &answers).unwrap();
        tells(flow, &person.example, &walk);
        let takes = taken(flow, &answers, &walk);
        check_links(flow, &walk, &takes);
        assert!(person.takes.is_subset(&takes));
        assert!(takes.is_subset(&all), "something is taken that is no point");
        let others = sought.people.iter().enumerate().filter(|(other, _)| *other != at);
        let rest: BTreeSet<_> = others.flat_map(|(_, other)| &other.takes).copied().collect();
        assert!(!person.takes.is_subset(&rest), "a person takes nothing new");
        covered.extend(takes);
        FOUND.fetch_add(1, Relaxed);
    }
    assert!(sought.impossible.is_disjoint(&covered) && sought.missed.is_disjoint(&covered));
    IMPOSSIBLE.fetch_add(sought.impossible.len(), Relaxed);
    MISSED.fetch_add(sought.missed.len(), Relaxed);
    // Nobody at all takes what is called impossible.
    for _ in 0..12 {
        let mut person = Answers::everybody();
        for (question, values) in
            [[0, 1, 1], [0, 1, 2], [17, 18, 30], [5_000, 8_000, 100], [0, 2, 1]].iter().enumerate()
        {
            person.set(QuestionId(u16::try_from(question).unwrap()), values[tape.below(3)]);
        }
        for (id, node) in flow.nodes() {
            if matches!(node.kind, NodeKind::Decision(Decider::Authority(_))) {
                person.rule(
                    id,
                    (0..=tape.below(3)).map(|_| name(["r0", "r1", "else", "silence"][tape.below(4)])).collect(),
                );
            }
        }
        let Ok(walk) = run(&program, &person) else { continue };
        let takes = taken(flow, &person, &walk);
        check_links(flow, &walk, &takes);
        assert!(sought.impossible.is_disjoint(&takes), "{:?}", sought.impossible.intersection(&takes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    /// Not a test by itself: `people` runs it and counts.
    fn flows(flow in proptest::collection::vec(any::<u16>(), 0..200), more in proptest::collection::vec(any::<u16>(), 200)) {
        check(&draw::flow(&mut Tape::new(&flow)), &mut Tape::new(&more));
    }
}

#[test]
fn people_take_what_was_sought_and_none_is_there_for_nothing() {
    flows();
    let counts = [&FOUND, &FOLLOWED, &IMPOSSIBLE, &MISSED].map(|count| count.load(Relaxed));
    println!("people, ways followed, impossible, missed: {counts:?}");
    assert!(counts[0] >= 2_000 && counts[1] >= 2_000 && counts[2] >= 100, "{counts:?}");
}

/// A paper for minors, a ruling that may send back, silence.
fn filing() -> Flow {
    let mut flow = Flow::new(vec![question("age", Kind::Integer(None), 0, Some(120))]);
    let demands = vec![demand("photo", None), demand("guardian", Some(is(0, Comparison::Less, 18)))];
    let file = flow.add_node(step("file", Step { demands, ..counter("hall") }));
    let complete = flow.add_node(node("complete", NodeKind::Decision(Decider::Authority(name("judge")))));
    let study = flow.add_node(wait("study", 60));
    let ends = [flow.add_node(outcome("fin")), flow.add_node(outcome("late"))];
    flow.add_branch(file, complete, branch(Guard::Always));
    flow.add_branch(complete, study, branch(Guard::Ruled(name("yes"))));
    flow.add_branch(complete, file, branch(Guard::Ruled(name("no"))));
    flow.add_branch(study, ends[0], branch(Guard::Always));
    flow.add_branch(study, ends[1], branch(Guard::Silence));
    flow
}

#[test]
fn the_most_ordinary_people_are_found_and_told() {
    let flow = filing();
    let program = Program::compile(&flow).unwrap();
    assert_eq!(points(&flow).len(), 5 + 4 + 2);
    assert_eq!(conditions(&flow, flow.entry().unwrap()).len(), 1);
    let sought = seek(&flow, &program, &points(&flow));
    assert!(sought.impossible.is_empty() && sought.missed.is_empty());
    // One deviation each: a minor or an adult, an incomplete file, silence.
    assert_eq!(sought.people.len(), 3, "{:#?}", sought.people);
    let ages: BTreeSet<i64> = sought.people.iter().map(|person| person.example.answers[0].1).collect();
    assert_eq!(ages, BTreeSet::from([17, 18]), "answers stand at the edges of their classes");
    let nothing = seek(&flow, &program, &BTreeSet::new());
    assert!(nothing.people.is_empty());
}

#[test]
fn what_contradicts_itself_is_impossible() {
    let mut flow = Flow::new(vec![yes_no("minor")]);
    let part = flow.add_node(facts("part"));
    let again = flow.add_node(facts("again"));
    let ends = [flow.add_node(outcome("fin")), flow.add_node(outcome("never"))];
    flow.add_branch(part, again, branch(Guard::When(yes(0))));
    flow.add_branch(part, ends[0], branch(Guard::Else));
    flow.add_branch(again, ends[0], branch(Guard::When(yes(0))));
    flow.add_branch(again, ends[1], branch(Guard::Else));
    let program = Program::compile(&flow).unwrap();
    let sought = seek(&flow, &program, &points(&flow));
    let expected = [Point::Node(ends[1]), Point::Branch(again, 1), Point::Condition(again, 0, false)];
    assert_eq!(sought.impossible, BTreeSet::from(expected));
}

/// The person who is sent back once by known facts, and not a second time: found by turning the ruling before them.
#[test]
fn a_return_on_facts_is_taken_once_and_left_by_another_ruling() {
    let mut flow = Flow::new(vec![yes_no("minor")]);
    let ruling = flow.add_node(node("ruling", NodeKind::Decision(Decider::Authority(name("judge")))));
    let part = flow.add_node(facts("part"));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(ruling, end, branch(Guard::Ruled(name("yes"))));
    flow.add_branch(ruling, part, branch(Guard::Else));
    flow.add_branch(part, ruling, branch(Guard::When(yes(0))));
    flow.add_branch(part, end, branch(Guard::Else));
    let program = Program::compile(&flow).unwrap();
    let sought = seek(&flow, &program, &points(&flow));
    assert!(sought.impossible.is_empty() && sought.missed.is_empty(), "{sought:#?}");
}
