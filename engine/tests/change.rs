//! What a change means for running cases: what is called compatible replays.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use mastara_engine::{
    change::{Change, Concerned, Impact, Reason, carry, concerned},
    condition::{Comparison, Condition, Kind, Question, QuestionId},
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind, Step},
    program::Program,
    run::{Await, Case, End, Event},
    text::{Lang, Text},
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    edit::Parts,
    make::*,
    version::version,
};

/// A flow in short, for failures.
fn tell(flow: &Flow) -> String {
    let mut told = String::new();
    for (id, node) in flow.nodes() {
        told += &format!("\n{} {:?}", node.name, node.kind);
        for (branch, to) in flow.branches(id) {
            told += &format!("\n    {:?} {:?} -> {}", branch.guard, branch.at_most, flow.node(to).name);
        }
    }
    told
}

fn change(older: &Flow, newer: &Flow) -> Change {
    Change::between(&version(older.clone()), &version(newer.clone()))
}

/// Drives a case at random for a while.
fn drive<'p>(program: &'p Program, tape: &mut Tape) -> Case<'p> {
    let mut case = Case::open(program);
    for _ in 0..40 {
        let awaits: Vec<Await> = case.awaits().collect();
        let any = Event::Answered { question: QuestionId(u16::try_from(tape.below(5)).unwrap()), value: 1 };
        let event = match awaits.get(tape.below(awaits.len().max(1))) {
            _ if tape.once_in(9) => Event::Preferred { document: name(["cnie", "photo", "bail"][tape.below(3)]) },
            _ if tape.once_in(6) => any,
            None => any,
            Some(Await::Do(node)) => Event::Done { node: *node },
            Some(Await::Answer { question, .. } | Await::Choose { question, .. }) => {
                Event::Answered { question: *question, value: [1, 0, 2, 18, 5_000][tape.below(5)] }
            }
            Some(Await::Rule(node)) => Event::Ruled { node: *node, case: name(["r0", "r1", "else"][tape.below(3)]) },
            Some(Await::Wait(node)) => Event::Elapsed { node: *node },
            Some(Await::Silence(node)) => Event::Silent { node: *node },
        };
        // What does not fit is refused and leaves no trace.
        let _ = case.apply(event);
    }
    case
}

/// The names of the nodes that await something.
fn standing<'f>(case: &Case<'_>, flow: &'f Flow) -> BTreeSet<&'f str> {
    let node = |awaited: Await| match awaited {
        Await::Do(node) | Await::Rule(node) | Await::Wait(node) | Await::Silence(node) => node,
        Await::Answer { node, .. } | Await::Choose { node, .. } => node,
    };
    case.awaits().map(|awaited| flow.node(node(awaited)).name.as_str()).collect()
}

fn check_replay(older: &Flow, newer: &Flow, tape: &mut Tape) {
    let (Ok(before), Ok(after)) = (Program::compile(older), Program::compile(newer)) else { return };
    for _ in 0..4 {
        let case = drive(&before, tape);
        let carried = carry(case.journal(), older, newer).unwrap();
        let heir = Case::replay(&after, &carried).unwrap_or_else(|refused| panic!("{refused}"));
        // Silence may now lead on where nothing did.
        assert!(standing(&case, older).is_subset(&standing(&heir, newer)));
        let end = |case: &Case<'_>, flow: &Flow| match case.outcome() {
            Some(End::Outcome(node)) => Some(flow.node(node).name.clone()),
            _ => None,
        };
        assert_eq!(end(&case, older), end(&heir, newer));
        REPLAYED.fetch_add(1, Relaxed);
    }
}

static REPLAYED: AtomicUsize = AtomicUsize::new(0);
/// Changes of every impact.
static MET: [AtomicUsize; 4] = [const { AtomicUsize::new(0) }; 4];

proptest! {
    #![proptest_config(ProptestConfig { cases: 8_000, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    /// Not a test by itself: `compatible` runs it and counts.
    fn changes(
        flow in proptest::collection::vec(any::<u16>(), 0..320),
        edits in proptest::collection::vec(any::<u16>(), 60),
        moves in proptest::collection::vec(any::<u16>(), 640),
    ) {
        let older = draw::flow(&mut Tape::new(&flow));
        let mut tape = Tape::new(&edits);
        prop_assert_eq!(change(&older, &older).impact, Impact::Text);
        let mut told = Parts::of(&older);
        told.retell();
        prop_assert_eq!(change(&older, &told.flow()).impact, Impact::Text);
        // Fees that nobody knows move figures, though no case.
        let mut open = older.clone();
        open.set_unknown_fees(!open.has_unknown_fees());
        prop_assert_eq!(change(&older, &open).impact, Impact::Compatible);

        let mut eased = Parts::of(&older);
        (0..=tape.below(3)).for_each(|_| eased.ease(&mut tape));
        let eased = eased.flow();
        // A new case may lead past a fee to a test of its question: then there is no newer flow.
        if Program::compile(&eased).is_ok() {
            let easing = change(&older, &eased);
            // Its journal replays, yet which delay a case in progress has must be decided.
            let is_clock = |reason: &Reason| matches!(reason, Reason::OtherDelay(_));
            let is_eased = easing.impact <= Impact::Compatible || easing.reasons.iter().all(is_clock);
            prop_assert!(is_eased, "{:?}", easing.reasons);
            check_replay(&older, &eased, &mut Tape::new(&moves));
        }

        let mut other = Parts::of(&older);
        (0..=tape.below(2)).for_each(|_| other.disturb(&mut tape));
        if tape.once_in(3) {
            other.ease(&mut tape);
        }
        let other = other.flow();
        let disturbing = change(&older, &other);
        MET[disturbing.impact as usize].fetch_add(1, Relaxed);
        if disturbing.impact <= Impact::Compatible {
            let replays = std::panic::catch_unwind(|| check_replay(&older, &other, &mut Tape::new(&moves)));
            prop_assert!(replays.is_ok(), "{}\nbecomes{}", tell(&older), tell(&other));
        }
    }
}

/// Journals of random cases under random flows, replayed on what random changes made of them.
#[test]
fn compatible_changes_replay() {
    changes();
    let met = MET.each_ref().map(|count| count.load(Relaxed));
    let replayed = REPLAYED.load(Relaxed);
    println!("{replayed} journals replayed; text, compatible, migration, breaking: {met:?}");
    assert!(replayed >= 20_000 && met.iter().all(|count| *count >= 300), "{replayed} replayed, {met:?}");
}

/// File, a ruling with a return, a wait, an end.
fn filing() -> Parts {
    let mut flow = Flow::new(vec![yes_no("minor"), question("age", Kind::Integer(None), 0, Some(120))]);
    let mut filing = counter("hall");
    filing.demands.push(demand("photo", None));
    let file = flow.add_node(step("file", filing));
    let complete = flow.add_node(node("complete", NodeKind::Decision(Decider::Authority(name("judge")))));
    let study = flow.add_node(wait("study", 60));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(file, complete, branch(Guard::Always));
    flow.add_branch(complete, study, branch(Guard::Ruled(name("yes"))));
    flow.add_branch(complete, file, branch(Guard::Ruled(name("no"))));
    flow.add_branch(study, end, branch(Guard::Always));
    Parts::of(&flow)
}

fn of(edit: impl FnOnce(&mut Parts)) -> Change {
    let mut parts = filing();
    edit(&mut parts);
    change(&filing().flow(), &parts.flow())
}

fn filing_step(parts: &mut Parts) -> &mut Step {
    let NodeKind::Step(step) = &mut parts.nodes[0].kind else { panic!("the first node is a step") };
    step
}

#[test]
fn each_reason_is_told() {
    let shorter = of(|parts| parts.nodes[2].clock.legal = known(mastara_engine::quantity::Delay::Days(30)));
    assert_eq!((shorter.impact, shorter.reasons), (Impact::Migration, vec![Reason::OtherDelay(name("study"))]));
    assert_eq!(of(|parts| filing_step(parts).demands.clear()).impact, Impact::Compatible);
    let told = |edit: fn(&mut Parts)| of(edit).reasons;
    assert_eq!(
        told(|parts| parts.nodes[0].name = name("deposit")),
        [Reason::Renamed(name("file"), name("deposit")), Reason::LeadsElsewhere(name("complete"), Some(name("no")))]
    );
    assert_eq!(told(|parts| parts.ways[1].truncate(1)), [Reason::CaseGone(name("complete"), name("no"))]);
    assert_eq!(told(|parts| parts.ways[1][0].1 = 3), [Reason::LeadsElsewhere(name("complete"), Some(name("yes")))]);
    assert_eq!(
        told(|parts| filing_step(parts).demands.push(demand("guardian", Some(yes(0))))),
        [Reason::AsksMore(name("file"), name("minor"))]
    );
    assert_eq!(told(|parts| parts.questions[1].high = Some(99)), [Reason::OtherAnswers(name("age"))]);
    assert_eq!(told(|parts| parts.nodes[2].kind = NodeKind::Step(Box::default())), [Reason::OtherKind(name("study"))]);
    assert_eq!(told(|parts| parts.ways[2].clear()), [Reason::Unsound]);
}

#[test]
fn what_is_accounted_for_needs_migration_and_what_is_not_breaks() {
    let edit = |parts: &mut Parts| {
        let mut request = step("request", Step::default());
        request.replaces = vec![name("file")];
        parts.nodes[0] = request;
    };
    assert_eq!(of(edit).impact, Impact::Migration);
    let gone = of(|parts| {
        edit(parts);
        parts.nodes[0].replaces.clear();
    });
    assert_eq!(gone.impact, Impact::Breaking);
    assert!(gone.reasons.contains(&Reason::Gone(name("file"))), "{:?}", gone.reasons);
    let mut newer = version(filing().flow());
    newer.flow = chain(newer.flow.questions().to_vec(), vec![filing().nodes[0].clone(), outcome("fin")]);
    newer.drops.push((vec![name("complete"), name("study")], Text::new(Lang::Fr, "immédiat")));
    let dropped = Change::between(&version(filing().flow()), &newer);
    assert_eq!(dropped.impact, Impact::Migration, "{:?}", dropped.reasons);
}

/// A decision on facts that says the same in other words is the same decision.
#[test]
fn conditions_on_one_question_count_by_what_they_mean() {
    let decide = |guard: Condition, first: usize| {
        let mut flow = Flow::new(vec![question("age", Kind::Integer(None), 0, Some(120))]);
        let part = flow.add_node(facts("part"));
        let ends = [flow.add_node(outcome("fin")), flow.add_node(outcome("other"))];
        flow.add_branch(part, ends[first], branch(Guard::When(guard)));
        flow.add_branch(part, ends[1 - first], branch(Guard::Else));
        flow
    };
    let older = decide(is(0, Comparison::AtLeast, 18), 0);
    assert_eq!(change(&older, &decide(is(0, Comparison::Less, 18), 1)).impact, Impact::Compatible);
    let stricter = change(&older, &decide(is(0, Comparison::AtLeast, 20), 0));
    assert_eq!(stricter.reasons, [Reason::DecidesOtherwise(name("part"))]);
}

fn whom(older: &Flow, newer: &Flow) -> Concerned {
    let (before, after) = (Program::compile(older).unwrap(), Program::compile(newer).unwrap());
    concerned((older, &before), (newer, &after)).unwrap()
}

/// One step with what it demands.
fn desk(questions: Vec<Question>, demands: Vec<mastara_engine::node::Demand>) -> Flow {
    chain(questions, vec![step("file", Step { demands, ..counter("hall") }), outcome("fin")])
}

#[test]
fn figures_move_for_the_fewest_who_tell_them() {
    let questions = || vec![one_of("sector", 3), yes_no("minor"), question("age", Kind::Integer(None), 0, Some(120))];
    let plain = desk(questions(), vec![demand("photo", None)]);
    let with = |when: Condition| desk(questions(), vec![demand("photo", None), demand("guardian", Some(when))]);
    assert_eq!(whom(&plain, &plain), Concerned::Nobody);
    assert_eq!(whom(&plain, &desk(questions(), Vec::new())), Concerned::Everybody);
    let those = |condition| Concerned::Those { condition, is_newer: true };
    assert_eq!(whom(&plain, &with(yes(1))), those(yes(1)));
    assert_eq!(whom(&with(is(2, Comparison::Less, 18)), &plain), those(is(2, Comparison::Less, 18)));
    assert_eq!(
        whom(&plain, &with(Condition::OneOf(QuestionId(0), vec![1, 2]))),
        those(Condition::OneOf(QuestionId(0), vec![1, 2]))
    );
    // A threshold that moves concerns those between the two.
    let (from, to) = (with(is(2, Comparison::Less, 18)), with(is(2, Comparison::Less, 21)));
    let between = vec![is(2, Comparison::AtLeast, 18), is(2, Comparison::Less, 21)];
    assert_eq!(whom(&from, &to), those(Condition::All(between)));
    // A question that only the older flow asked.
    let older = whom(&with(yes(1)), &desk(vec![one_of("sector", 3)], vec![demand("photo", None)]));
    assert_eq!(older, Concerned::Those { condition: yes(1), is_newer: false });
}

#[test]
fn answers_that_settle_nothing_any_more_are_left_out() {
    let older = desk(vec![yes_no("minor")], vec![demand("guardian", Some(yes(0)))]);
    let newer = desk(Vec::new(), Vec::new());
    let journal = [
        Event::Answered { question: QuestionId(0), value: 1 },
        Event::Preferred { document: name("guardian") },
        Event::Done { node: NodeId::at(0) },
    ];
    assert_eq!(change(&older, &newer).impact, Impact::Compatible);
    assert_eq!(carry(&journal, &older, &newer), Some(vec![Event::Done { node: NodeId::at(0) }]));
}
