//! How fast cases run.

use divan::{Bencher, black_box, counter::ItemsCount};
use mastara_engine::{
    answers::Answers,
    condition::{Comparison, Condition, Kind, QuestionId},
    flow::{Branch, Flow, Guard, NodeId},
    node::{Decider, Node, NodeKind, Step},
    program::Program,
    run::{Case, Event, run},
};

#[path = "../tests/support/make.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod make;
use make::*;

fn main() {
    divan::main();
}

fn judge(label: &str) -> Node {
    node(label, NodeKind::Decision(Decider::Authority(name("commune"))))
}

/// Eight steps, a three-way decision on age and residence, a parallel pair, a return that is taken once.
fn flow() -> (Flow, Answers) {
    let mut flow = Flow::new(vec![question("age", Kind::Integer(None), 0, Some(120)), yes_no("resident")]);
    let mut file = counter("commune");
    file.demands =
        vec![demand("cnie", None), demand("photo", None), demand("guardian", Some(is(0, Comparison::Less, 18)))];
    let nodes = vec![
        step("form", Step::default()),
        facts("who"),
        step("minor", counter("commune")),
        step("abroad", counter("consulate")),
        step("file", file),
        judge("complete"),
        node("both", NodeKind::Fork),
        step("doctor", counter("hospital")),
        step("stamp", counter("tax")),
        step("pay", Step::default()),
        wait("review", 30),
        step("sign", counter("commune")),
        step("collect", counter("commune")),
        outcome("fin"),
    ];
    let ids: Vec<NodeId> = nodes.into_iter().map(|node| flow.add_node(node)).collect();
    let adult = is(0, Comparison::AtLeast, 18);
    flow.add_branch(ids[0], ids[1], branch(Guard::Always));
    flow.add_branch(ids[1], ids[4], branch(Guard::When(Condition::All(vec![adult.clone(), yes(1)]))));
    flow.add_branch(ids[1], ids[3], branch(Guard::When(adult)));
    flow.add_branch(ids[1], ids[2], branch(Guard::Else));
    flow.add_branch(ids[2], ids[4], branch(Guard::Always));
    flow.add_branch(ids[3], ids[4], branch(Guard::Always));
    flow.add_branch(ids[4], ids[5], branch(Guard::Always));
    flow.add_branch(ids[5], ids[6], branch(Guard::Ruled(name("yes"))));
    flow.add_branch(ids[5], ids[4], branch(Guard::Ruled(name("no"))));
    flow.add_branch(ids[6], ids[7], branch(Guard::Parallel));
    flow.add_branch(ids[6], ids[8], branch(Guard::Parallel));
    flow.add_branch(ids[6], ids[9], branch(Guard::Join));
    flow.add_branch(ids[7], ids[9], branch(Guard::Always));
    flow.add_branch(ids[8], ids[9], branch(Guard::Always));
    for from in 9..13 {
        flow.add_branch(ids[from], ids[from + 1], branch(Guard::Always));
    }
    let mut person = Answers::everybody().with(QuestionId(0), 30).with(QuestionId(1), 0);
    person.rule(ids[5], vec![name("no"), name("yes")]);
    (flow, person)
}

#[divan::bench]
fn whole_case(bencher: Bencher<'_, '_>) {
    let (flow, person) = flow();
    let program = Program::compile(&flow).expect("sound");
    assert_eq!(run(&program, &person).expect("an end").tally.steps, 9);
    bencher.counter(ItemsCount::new(1usize)).bench(|| run(black_box(&program), &person));
}

/// A return that is taken so often: each time one step and one ruling. Figures are per event.
#[divan::bench(args = [5, 50, 500, 5_000])]
fn events_of_a_long_return(bencher: Bencher<'_, '_>, times: usize) {
    let mut flow = Flow::new(Vec::new());
    let file = flow.add_node(step("file", counter("hall")));
    let complete = flow.add_node(judge("complete"));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(file, complete, branch(Guard::Always));
    flow.add_branch(complete, end, branch(Guard::Ruled(name("yes"))));
    let back = Branch { at_most: Some(5_000), ..branch(Guard::Ruled(name("no"))) };
    flow.add_branch(complete, file, back);
    let program = Program::compile(&flow).expect("sound");
    let no = name("no");
    bencher.counter(ItemsCount::new(2 * times)).bench(|| {
        let mut case = Case::open(&program);
        for _ in 0..times {
            let done = case.apply(Event::Done { node: file });
            let ruled = case.apply(Event::Ruled { node: complete, case: no.clone() });
            debug_assert!(done.is_ok() && ruled.is_ok());
        }
        case
    });
}

/// A chain of so many steps. Figures are per step.
#[divan::bench(args = [5, 50, 500, 5_000])]
fn steps_of_a_long_chain(bencher: Bencher<'_, '_>, length: usize) {
    let mut nodes: Vec<_> = (0..length).map(|i| step(&format!("s{i}"), counter("hall"))).collect();
    nodes.push(outcome("fin"));
    let program = Program::compile(&chain(Vec::new(), nodes)).expect("sound");
    bencher.counter(ItemsCount::new(length)).bench(|| run(black_box(&program), &Answers::everybody()));
}
