//! Measures of flows whose figures can be told by hand, and of flows at the limits.

#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use mastara_engine::{
    answers::Answers,
    condition::{Comparison, Condition, Kind, QuestionId},
    flow::{Flow, Guard, NodeId},
    measure::Measures,
    node::{Amount, Channel, Clock, Decider, Known, Means, Nature, Node, NodeKind, Payment, Step},
    procedure::{Aspect, ClaimMeasure},
    program::{Program, Unsound},
    quantity::{Delay, Dirhams},
};
use support::make::*;

fn compile(flow: &Flow) -> Program {
    Program::compile(flow).expect("a sound flow")
}

fn measure(flow: &Flow) -> Measures {
    compile(flow).measure(&Answers::everybody()).expect("not entangled")
}

/// As many decisions on facts in a row, each on its own question, each leading past a step at a counter or through it.
fn independent(count: usize) -> Flow {
    let mut flow = Flow::new((0..count).map(|i| yes_no(&format!("q{i}"))).collect());
    let pairs: Vec<(NodeId, NodeId)> = (0..count)
        .map(|i| {
            let mut counter = counter(&format!("place{i}"));
            counter.demands.push(demand(&format!("paper{i}"), None));
            (flow.add_node(facts(&format!("d{i}"))), flow.add_node(step(&format!("s{i}"), counter)))
        })
        .collect();
    let end = flow.add_node(outcome("fin"));
    for (i, &(decision, step)) in pairs.iter().enumerate() {
        let next = pairs.get(i + 1).map_or(end, |pair| pair.0);
        flow.add_branch(decision, next, branch(Guard::When(yes(u16::try_from(i).unwrap()))));
        flow.add_branch(decision, step, branch(Guard::Else));
        flow.add_branch(step, next, branch(Guard::Always));
    }
    flow
}

#[test]
fn independent_branches_do_not_multiply() {
    for count in [30, 200] {
        let measures = measure(&independent(count));
        let count = i64::try_from(count).unwrap();
        for range in [measures.steps, measures.trips, measures.documents, measures.agencies] {
            assert_eq!((range.nominal, range.least, range.most), (0, 0, count));
            assert!((range.expected - count as f64 / 2.0).abs() < 1e-9);
        }
        assert_eq!(i64::try_from(measures.listed.len()).unwrap(), count);
    }
}

#[test]
fn contradictory_conditions_are_no_way() {
    let age = question("age", Kind::Integer(None), 0, Some(120));
    let mut first = counter("hall");
    first.demands.push(demand("guardian", Some(is(0, Comparison::Less, 18))));
    first.demands.push(demand("licence", Some(is(0, Comparison::AtLeast, 18))));
    let flow = chain(vec![age], vec![step("a", first), outcome("fin")]);
    let measures = measure(&flow);
    assert_eq!((measures.documents.least, measures.documents.most, measures.listed.len()), (1, 1, 2));
    let adult = compile(&flow).measure(&Answers::everybody().with(QuestionId(0), 18)).unwrap();
    assert_eq!(adult.listed, [name("licence")]);
    let nobody = compile(&flow).measure(&Answers::everybody().with(QuestionId(0), 121)).unwrap();
    assert!(!nobody.is_feasible && !nobody.is_paperless);
}

#[test]
fn no_day_lies_between_two_days() {
    let born = question("born", Kind::Date, 19_000_101, None);
    let between = Condition::All(vec![is(0, Comparison::More, 20_260_228), is(0, Comparison::Less, 20_260_301)]);
    let mut first = Step::default();
    first.demands.push(demand("impossible", Some(between)));
    let measures = measure(&chain(vec![born], vec![step("a", first), outcome("fin")]));
    assert!(measures.listed.is_empty());
}

#[test]
fn an_empty_flow_is_undocumented() {
    let measures = measure(&Flow::new(Vec::new()));
    assert_eq!((measures.level, measures.is_feasible, measures.is_paperless), (0, false, false));
    assert_eq!(measures.steps.most, 0);
}

#[test]
fn an_outcome_alone_is_proactive() {
    let measures = measure(&chain(Vec::new(), vec![outcome("fin")]));
    assert_eq!((measures.level, measures.is_paperless), (5, true));
}

/// Forty papers, each perhaps demanded, and each perhaps demanded again: 2^40 memories.
fn entangled() -> Flow {
    let mut first = Step::default();
    let mut second = Step::default();
    for i in 0..40u16 {
        first.demands.push(demand(&format!("paper{i}"), Some(yes(i))));
        second.demands.push(demand(&format!("paper{i}"), Some(yes(40 + i))));
    }
    let questions = (0..80).map(|i| yes_no(&format!("q{i}"))).collect();
    chain(questions, vec![step("a", first), step("b", second), outcome("fin")])
}

#[test]
fn what_is_too_entangled_is_said_and_one_person_measured() {
    let program = compile(&entangled());
    let refused = program.measure(&Answers::everybody()).unwrap_err();
    assert!(refused.documents.len() == 40 && refused.questions.is_empty(), "{refused}");
    // One person is measured all the same.
    let one = (0..80).fold(Answers::everybody(), |person, i| person.with(QuestionId(i), 1));
    assert_eq!(program.measure(&one).unwrap().documents, mastara_range(40, 40.0));
}

/// Twenty pairs of answers that all have to agree, asked in the worst order: the condition cannot be told shortly.
#[test]
fn a_condition_too_entangled_is_said() {
    let agree = |i: u16| {
        let no = |q| Condition::Not(Box::new(yes(q)));
        Condition::Any(vec![Condition::All(vec![yes(i), yes(20 + i)]), Condition::All(vec![no(i), no(20 + i)])])
    };
    let mut first = Step::default();
    first.demands.push(demand("paper", Some(Condition::All((0..20).map(agree).collect()))));
    let questions = (0..40).map(|i| yes_no(&format!("q{i}"))).collect();
    let program = compile(&chain(questions, vec![step("a", first), outcome("fin")]));
    let refused = program.measure(&Answers::everybody()).unwrap_err();
    assert_eq!(refused.questions.len(), 40);
}

fn mastara_range(value: i64, expected: f64) -> mastara_engine::measure::Range {
    mastara_engine::measure::Range { nominal: value, least: value, most: value, expected, is_assumed: false }
}

#[test]
fn a_payment_of_unknown_amount_is_not_free() {
    let sum = |amount| Payment { amount, fee: None, means: Means::Online, when: None, legal: None, estimated: false };
    let mut first = Step { channel: Channel::Online, ..Step::default() };
    first.payments.push(sum(Amount::Fixed(Dirhams::from_centimes(7_500))));
    let known = measure(&chain(Vec::new(), vec![step("pay", first.clone()), outcome("fin")]));
    assert!(known.standing.fees_known);
    first.payments.push(sum(Amount::Unknown));
    let unknown = measure(&chain(Vec::new(), vec![step("pay", first), outcome("fin")]));
    assert_eq!(unknown.fees, known.fees, "what is known is a least");
    assert!(!unknown.standing.fees_known);
    let mut free = chain(Vec::new(), vec![outcome("fin")]);
    assert!(measure(&free).standing.fees_known, "no fee is no unknown fee");
    free.set_unknown_fees(true);
    assert!(!measure(&free).standing.fees_known);
}

/// A paper of the few, asked before the decision that says how few they are.
#[test]
fn facts_before_a_decision_go_by_its_shares() {
    let mut flow = Flow::new(vec![yes_no("minor")]);
    let asks = |when| Step { demands: vec![demand("guardian", when)], ..Step::default() };
    let file = flow.add_node(step("file", asks(Some(yes(0)))));
    let part = flow.add_node(facts("part"));
    let more = flow.add_node(step("more", Step { demands: vec![demand("judgment", None)], ..Step::default() }));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(file, part, branch(Guard::Always));
    flow.add_branch(part, end, shared(Guard::When(Condition::Not(Box::new(yes(0)))), 8_500));
    flow.add_branch(part, more, branch(Guard::Else));
    flow.add_branch(more, end, branch(Guard::Always));
    let documents = measure(&flow).documents;
    assert!((documents.expected - 0.3).abs() < 1e-9 && !documents.is_assumed, "{documents:?}");
}

#[test]
fn a_usual_delay_that_is_guessed_makes_no_guess_of_the_legal_one() {
    let guessed = |days, estimated| Some(Known { value: Delay::Days(days), estimated, legal: None });
    let standing = |legal, usual| {
        let clock = Clock { legal, usual, ..Clock::default() };
        let waiting = Node { clock, ..node("study", NodeKind::Wait(None)) };
        let standing = measure(&chain(Vec::new(), vec![waiting, outcome("fin")])).standing;
        [standing.legal_delay_estimated, standing.usual_delay_estimated]
    };
    assert_eq!(standing(guessed(60, false), guessed(30, true)), [false, true]);
    // The one stands in for the other.
    assert_eq!(standing(None, guessed(30, true)), [true, true]);
    assert_eq!(standing(guessed(60, true), None), [true, true]);
}

#[test]
fn a_mean_says_whether_it_rests_on_shares_that_nobody_gave() {
    let flow = |share: Option<u32>| {
        let mut flow = Flow::new(vec![yes_no("q")]);
        let decision = flow.add_node(facts("d"));
        let [left, right] = [("a", 20), ("b", 50)].map(|(name, minutes)| {
            let mut step_of = counter("hall");
            step_of.effort = known(minutes);
            flow.add_node(step(name, step_of))
        });
        let end = flow.add_node(outcome("fin"));
        let first = branch(Guard::When(yes(0)));
        flow.add_branch(decision, left, share.map_or(first.clone(), |points| shared(first.guard, points)));
        flow.add_branch(decision, right, branch(Guard::Else));
        [left, right].into_iter().for_each(|node| flow.add_branch(node, end, branch(Guard::Always)));
        flow
    };
    let assumed = measure(&flow(None));
    assert!(assumed.effort.is_assumed && (assumed.effort.expected - 35.0).abs() < 1e-9);
    assert!(!assumed.steps.is_assumed, "one step either way");
    let given = measure(&flow(Some(8_000)));
    assert!(!given.effort.is_assumed, "what is left of a given share is given too");
    let one = compile(&flow(None)).measure(&Answers::everybody().with(QuestionId(0), 1)).unwrap();
    assert!(!one.effort.is_assumed, "the answer is known");
}

#[test]
fn demands_that_exclude_each_other_never_count_both() {
    let no = |q| Condition::Not(Box::new(yes(q)));
    let mut filing = counter("hall");
    filing.demands =
        vec![demand("a", None), demand("b", Some(yes(0))), demand("c", Some(no(0))), demand("d", Some(yes(1)))];
    let questions = vec![yes_no("q"), yes_no("r")];
    let everybody = Answers::everybody();
    let flow = chain(questions.clone(), vec![step("s", filing.clone()), outcome("fin")]);
    let id = NodeId::at(0);
    assert_eq!(flow.demanded_at(id, &everybody), Some((2, 3)));
    assert_eq!(flow.demanded_at(id, &everybody.with(QuestionId(1), 1)), Some((3, 3)));
    // Only those for whom `r` is false get there.
    let mut flow = Flow::new(questions);
    let decision = flow.add_node(facts("d"));
    let filed = flow.add_node(step("s", filing));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(decision, end, branch(Guard::When(yes(1))));
    flow.add_branch(decision, filed, branch(Guard::Else));
    flow.add_branch(filed, end, branch(Guard::Always));
    let everybody = Answers::everybody;
    assert_eq!(flow.demanded_at(filed, &everybody()), Some((2, 2)));
    assert_eq!(flow.demanded_at(filed, &everybody().with(QuestionId(1), 1)), None);
}

#[test]
fn the_nominal_way_ends_where_its_first_branches_lead() {
    let mut flow = Flow::new(vec![yes_no("q")]);
    let decision = flow.add_node(facts("d"));
    let refused = flow.add_node(node("refus", NodeKind::Outcome(Nature::Refused)));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(decision, refused, branch(Guard::When(yes(0))));
    flow.add_branch(decision, end, branch(Guard::Else));
    let ends = |answers: &Answers| compile(&flow).nominal_end(answers).unwrap().unwrap().0;
    assert_eq!(ends(&Answers::everybody()), refused);
    assert_eq!(ends(&Answers::everybody().with(QuestionId(0), 0)), end);
}

#[test]
fn a_hundred_thousand_steps() {
    let length = 100_000;
    let mut nodes: Vec<_> = (0..length).map(|i| step(&format!("s{i}"), counter("hall"))).collect();
    nodes.push(outcome("fin"));
    let measures = measure(&chain(Vec::new(), nodes));
    assert_eq!((measures.steps.most, measures.trips.most), (length, 1));
}

#[test]
fn a_hundred_thousand_decisions() {
    let length = 100_000u32;
    let mut flow = Flow::new(Vec::new());
    for i in 0..length {
        flow.add_node(node(&format!("d{i}"), NodeKind::Decision(Decider::Authority(name("judge")))));
        flow.add_node(step(&format!("s{i}"), Step::default()));
    }
    let end = flow.add_node(outcome("fin"));
    for i in 0..length as usize {
        let next = if i + 1 == length as usize { end } else { NodeId::at(2 * i + 2) };
        flow.add_branch(NodeId::at(2 * i), NodeId::at(2 * i + 1), shared(Guard::Ruled(name("yes")), 2_500));
        flow.add_branch(NodeId::at(2 * i), next, branch(Guard::Ruled(name("no"))));
        flow.add_branch(NodeId::at(2 * i + 1), next, branch(Guard::Always));
    }
    let measures = measure(&flow);
    assert_eq!((measures.steps.least, measures.steps.most), (0, i64::from(length)));
    assert!((measures.steps.expected - 25_000.0).abs() < 1e-5);
}

#[test]
fn a_long_bounded_return() {
    let mut flow = Flow::new(Vec::new());
    let file = flow.add_node(step("file", counter("hall")));
    let complete = flow.add_node(node("complete", NodeKind::Decision(Decider::Authority(name("judge")))));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(file, complete, branch(Guard::Always));
    flow.add_branch(complete, end, shared(Guard::Ruled(name("yes")), 9_000));
    let again = mastara_engine::flow::Branch { at_most: Some(5_000), ..branch(Guard::Ruled(name("no"))) };
    flow.add_branch(complete, file, again);
    let program = compile(&flow);
    let measures = program.measure(&Answers::everybody()).unwrap();
    assert_eq!((measures.steps.nominal, measures.steps.most, measures.trips.most), (1, 5_001, 1));
    assert!((measures.steps.expected - 1.0 / 0.9).abs() < 1e-9);
    let witness = program.witness(&Answers::everybody(), ClaimMeasure::Steps, Aspect::Most).unwrap();
    assert_eq!(witness.len(), 5_001);
    let mut person = Answers::everybody();
    person.rule(complete, vec![name("no"), name("no"), name("yes")]);
    assert_eq!(program.measure(&person).unwrap().steps, mastara_range(3, 3.0));
}

#[test]
fn many_small_memories_are_measured_apart() {
    // Fifteen papers, perhaps demanded twice: 2^15 memories, above what one search for everything keeps.
    let mut first = counter("hall");
    let mut second = Step::default();
    for i in 0..15u16 {
        first.demands.push(demand(&format!("paper{i}"), Some(yes(i))));
        second.demands.push(demand(&format!("paper{i}"), Some(yes(15 + i))));
    }
    let questions = (0..30).map(|i| yes_no(&format!("q{i}"))).collect();
    let measures = measure(&chain(questions, vec![step("a", first), step("b", second), outcome("fin")]));
    assert_eq!((measures.documents.least, measures.documents.most, measures.sheets.most), (0, 15, 30));
    assert!((measures.documents.expected - 15.0 * 0.75).abs() < 1e-9);
    assert!((measures.sheets.expected - 15.0).abs() < 1e-9);
    assert_eq!((measures.trips, measures.level), (mastara_range(1, 1.0), 1));
}

#[test]
fn fees_by_formula() {
    let mut capital = question("capital", Kind::Money, 1_000_000, Some(500_000_000));
    capital.typical = Some(10_000_000);
    let amount = Amount::Part {
        question: QuestionId(0),
        basis_points: 100,
        at_least: Some(Dirhams::from_centimes(20_000)),
        at_most: Some(Dirhams::from_centimes(2_000_000)),
    };
    let payment = Payment { amount, fee: None, means: Means::Online, when: None, legal: None, estimated: false };
    let mut first = Step { channel: Channel::Online, ..Step::default() };
    first.payments.push(payment.clone());
    let flow = chain(vec![capital.clone()], vec![step("pay", first.clone()), outcome("fin")]);
    let measures = measure(&flow);
    assert_eq!((measures.fees.nominal, measures.fees.least, measures.fees.most), (100_000, 20_000, 2_000_000));
    assert_eq!(measures.level, 4);
    let one = compile(&flow).measure(&Answers::everybody().with(QuestionId(0), 30_000_000)).unwrap();
    assert_eq!(one.fees, mastara_range(300_000, 300_000.0));

    first.payments.push(Payment { when: Some(is(0, Comparison::More, 2_000_000)), ..payment });
    let tested = chain(vec![capital.clone()], vec![step("pay", first.clone()), outcome("fin")]);
    let node = NodeId::at(0);
    let late = Unsound::FeeTestedAfter { node, question: QuestionId(0), test: node };
    assert_eq!(Program::compile(&tested).unwrap_err(), [late]);
    capital.high = None;
    let unbounded = chain(vec![capital], vec![step("pay", first), outcome("fin")]);
    assert!(
        Program::compile(&unbounded).unwrap_err().contains(&Unsound::UnboundedFee { node, question: QuestionId(0) })
    );
}
