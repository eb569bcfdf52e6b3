//! How fast a compiled procedure is measured.

use divan::{Bencher, black_box, counter::ItemsCount};
use mastara_engine::{
    answers::Answers,
    condition::{Comparison, Kind, QuestionId},
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind, Step},
    program::Program,
};

#[path = "../tests/support/make.rs"]
mod make;
use make::*;

fn main() {
    divan::main();
}

/// Ten nodes, three conditional demands among eight, a decision on facts, a return when the file is incomplete.
fn realistic() -> Flow {
    let questions = vec![question("age", Kind::Integer(None), 0, Some(120)), yes_no("married"), one_of("sector", 3)];
    let mut flow = Flow::new(questions);
    let mut form = counter("commune");
    form.effort = known(20);
    let mut file = counter("commune");
    file.effort = known(45);
    file.demands = vec![
        demand("cnie", None),
        demand("photo", None),
        demand("birth", None),
        demand("guardian", Some(is(0, Comparison::Less, 18))),
        demand("marriage", Some(yes(1))),
        demand("diploma", Some(is(2, Comparison::Equal, 1))),
    ];
    let mut medical = counter("doctor");
    medical.demands.push(demand("cnie", None));
    let mut collect = counter("commune");
    collect.demands.push(demand("receipt", None));
    let ids: Vec<NodeId> = [
        step("form", form),
        facts("adult"),
        step("medical", medical),
        step("file", file),
        node("complete", NodeKind::Decision(Decider::Authority(name("commune")))),
        wait("review", 30),
        node("decide", NodeKind::Decision(Decider::Authority(name("commune")))),
        step("collect", collect),
        outcome("fin"),
        outcome("refused"),
    ]
    .into_iter()
    .map(|node| flow.add_node(node))
    .collect();
    flow.add_branch(ids[0], ids[1], branch(Guard::Always));
    flow.add_branch(ids[1], ids[3], shared(Guard::When(is(0, Comparison::AtLeast, 18)), 8_000));
    flow.add_branch(ids[1], ids[2], branch(Guard::Else));
    flow.add_branch(ids[2], ids[3], branch(Guard::Always));
    flow.add_branch(ids[3], ids[4], branch(Guard::Always));
    flow.add_branch(ids[4], ids[5], shared(Guard::Ruled(name("yes")), 9_000));
    flow.add_branch(ids[4], ids[3], branch(Guard::Ruled(name("no"))));
    flow.add_branch(ids[5], ids[6], branch(Guard::Always));
    flow.add_branch(ids[6], ids[7], shared(Guard::Ruled(name("granted")), 9_500));
    flow.add_branch(ids[6], ids[9], branch(Guard::Ruled(name("refused"))));
    flow.add_branch(ids[7], ids[8], branch(Guard::Always));
    flow
}

#[divan::bench]
fn everybody(bencher: Bencher<'_, '_>) {
    let program = Program::compile(&realistic()).expect("sound");
    let person = Answers::everybody();
    bencher.counter(ItemsCount::new(1usize)).bench(|| black_box(&program).measure(&person));
}

#[divan::bench]
fn one_person(bencher: Bencher<'_, '_>) {
    let program = Program::compile(&realistic()).expect("sound");
    let person = Answers::everybody().with(QuestionId(0), 19).with(QuestionId(1), 1).with(QuestionId(2), 2);
    bencher.counter(ItemsCount::new(1usize)).bench(|| black_box(&program).measure(&person));
}

#[divan::bench]
fn compile(bencher: Bencher<'_, '_>) {
    let flow = realistic();
    bencher.counter(ItemsCount::new(1usize)).bench(|| Program::compile(black_box(&flow)));
}

#[divan::bench(sample_count = 20)]
fn chain_of_a_hundred_thousand(bencher: Bencher<'_, '_>) {
    let mut nodes: Vec<_> = (0..100_000).map(|i| step(&format!("s{i}"), Step::default())).collect();
    nodes.push(outcome("fin"));
    let program = Program::compile(&chain(Vec::new(), nodes)).expect("sound");
    bencher.counter(ItemsCount::new(1usize)).bench(|| black_box(&program).measure(&Answers::everybody()));
}
