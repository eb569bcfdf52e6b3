//! Cases: they replay, refuse without a trace, and tally what is measured.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use mastara_engine::{
    answers::Answers,
    condition::QuestionId,
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind},
    program::Program,
    run::{Await, Case, End, Event, Refused, Tally, run},
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    make::*,
};

/// Walks that reached an outcome, and cases that were driven at random.
static WALKED: AtomicUsize = AtomicUsize::new(0);
static DRIVEN: AtomicUsize = AtomicUsize::new(0);

/// A person of whom everything is known.
fn known_person(tape: &mut Tape, flow: &Flow) -> Answers {
    let mut person = draw::person(tape, flow);
    for (question, values) in [[0, 1, 1], [0, 1, 2], [17, 18, 30], [5_000, 8_000, 100], [0, 2, 1]].iter().enumerate() {
        person.set(QuestionId(u16::try_from(question).unwrap()), values[tape.below(3)]);
    }
    for (id, node) in flow.nodes() {
        if matches!(node.kind, NodeKind::Decision(Decider::Authority(_))) {
            person.rule(id, (0..=tape.below(3)).map(|_| name(["r0", "r1", "else"][tape.below(3)])).collect());
        }
    }
    person
}

fn check_walk(program: &Program, person: &Answers) {
    let measures = program.measure(person).unwrap();
    let Ok(walk) = run(program, person) else { return };
    assert!(measures.is_feasible);
    let nominal = |range: mastara_engine::measure::Range| u64::try_from(range.nominal).unwrap();
    let expected = Tally {
        steps: nominal(measures.steps),
        trips: nominal(measures.trips),
        documents: nominal(measures.documents),
        sheets: nominal(measures.sheets),
        minutes: nominal(measures.effort),
        fees: measures.fees.nominal,
    };
    assert_eq!(walk.tally, expected);
    assert_eq!(walk.brings.iter().map(|(_, sheets)| sheets).sum::<u64>(), walk.tally.sheets);
    WALKED.fetch_add(1, Relaxed);
}

/// Some event that is awaited, or now and then one that perhaps is not.
fn event(tape: &mut Tape, awaits: &[Await], flow: &Flow) -> Event {
    if awaits.is_empty() || tape.once_in(8) {
        let node = NodeId::at(tape.below(flow.len()));
        return match tape.below(6) {
            0 => Event::Done { node },
            1 => Event::Elapsed { node },
            2 => Event::Silent { node },
            3 => Event::Ruled { node, case: name("r0") },
            _ => Event::Answered { question: QuestionId(u16::try_from(tape.below(6)).unwrap()), value: 1 },
        };
    }
    match awaits[tape.below(awaits.len())] {
        Await::Do(node) => Event::Done { node },
        Await::Answer { question, .. } | Await::Choose { question, .. } => {
            Event::Answered { question, value: [1, 0, 2, 18, 5_000][tape.below(5)] }
        }
        Await::Rule(node) => Event::Ruled { node, case: name(["r0", "r1", "else"][tape.below(3)]) },
        Await::Wait(node) => Event::Elapsed { node },
        Await::Silence(node) => Event::Silent { node },
    }
}

fn check_replay(program: &Program, flow: &Flow, tape: &mut Tape) {
    let mut case = Case::open(program);
    for _ in 0..60 {
        let awaits: Vec<Await> = case.awaits().collect();
        let event = event(tape, &awaits, flow);
        let before = case.clone();
        let awaited = matches!(event, Event::Done { node } if awaits.contains(&Await::Do(node)))
            || matches!(event, Event::Elapsed { node } if awaits.contains(&Await::Wait(node)))
            || matches!(event, Event::Silent { node } if awaits.contains(&Await::Silence(node)));
        match case.apply(event) {
            Ok(()) => assert_eq!(case.journal().len(), before.journal().len() + 1),
            Err(refused) => {
                assert!(!awaited, "what is awaited is refused: {refused}");
                assert_eq!(case, before);
            }
        }
    }
    assert_eq!(Case::replay(program, case.journal()).unwrap(), case);
    DRIVEN.fetch_add(1, Relaxed);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12_000, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    fn flows(numbers in proptest::collection::vec(any::<u16>(), 0..320)) {
        let mut tape = Tape::new(&numbers);
        let flow = draw::flow(&mut tape);
        if let Ok(program) = Program::compile(&flow) {
            let person = known_person(&mut tape, &flow);
            check_walk(&program, &person);
            check_replay(&program, &flow, &mut tape);
        }
    }
}

#[test]
fn cases_replay_and_tally_what_is_measured() {
    flows();
    let (walked, driven) = (WALKED.load(Relaxed), DRIVEN.load(Relaxed));
    println!("{walked} walked, {driven} driven");
    assert!(walked >= 5_000 && driven >= 10_000, "{walked} walked, {driven} driven");
}

#[test]
fn branches_of_a_fork_are_open_together() {
    let mut flow = Flow::new(vec![yes_no("minor")]);
    let fork = flow.add_node(node("fork", NodeKind::Fork));
    let mut first = counter("hall");
    first.demands.push(demand("guardian", Some(yes(0))));
    let a = flow.add_node(step("a", first));
    let b = flow.add_node(wait("b", 3));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(fork, a, branch(Guard::Parallel));
    flow.add_branch(fork, b, branch(Guard::Parallel));
    flow.add_branch(fork, end, branch(Guard::Join));
    flow.add_branch(a, end, branch(Guard::Always));
    flow.add_branch(b, end, branch(Guard::Always));
    let program = Program::compile(&flow).unwrap();
    let mut case = Case::open(&program);
    let question = QuestionId(0);
    assert!(case.awaits().eq([Await::Answer { node: a, question }, Await::Wait(b)]));
    assert_eq!(case.apply(Event::Done { node: a }), Err(Refused::Unanswered { node: a, question }));
    case.apply(Event::Elapsed { node: b }).unwrap();
    case.apply(Event::Answered { question, value: 1 }).unwrap();
    assert_eq!(case.apply(Event::Answered { question, value: 0 }), Err(Refused::AlreadyAnswered(question)));
    case.apply(Event::Done { node: a }).unwrap();
    assert_eq!(case.outcome(), Some(End::Outcome(end)));
    assert!(case.papers().eq([(&name("guardian"), 1)]));
    assert_eq!(case.apply(Event::Withdrawn), Err(Refused::Ended));
    assert_eq!(case.trail(), [b, a]);
}

#[test]
fn returns_are_bounded() {
    let mut flow = Flow::new(Vec::new());
    let file = flow.add_node(step("file", counter("hall")));
    let complete = flow.add_node(node("complete", NodeKind::Decision(Decider::Authority(name("judge")))));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(file, complete, branch(Guard::Always));
    flow.add_branch(complete, end, branch(Guard::Ruled(name("yes"))));
    flow.add_branch(complete, file, branch(Guard::Ruled(name("no"))));
    let program = Program::compile(&flow).unwrap();
    let mut person = Answers::everybody();
    person.rule(complete, vec![name("no"), name("yes")]);
    let walk = run(&program, &person).unwrap();
    assert_eq!((walk.passes.as_slice(), walk.ends), ([file, complete, file, complete].as_slice(), end));
    person.rule(complete, vec![name("no")]);
    assert!(run(&program, &person).is_err());
    assert!(run(&program, &Answers::everybody()).is_err());
}
