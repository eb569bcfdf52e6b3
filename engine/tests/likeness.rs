//! Flows that are the same but for their names, and flows that are not.

mod support;

use mastara_engine::{
    flow::{Flow, Guard, NodeId},
    likeness::{Form, Papers},
    node::{Decider, Nature, Node, NodeKind, Step},
    text::{Lang, Text},
};
use proptest::prelude::*;
use support::{
    draw::{self, Tape},
    make::*,
};

/// File, have it examined, come back or be refused.
fn file_and_wait(names: [&str; 4], place: &str, document: &str, refused_first: bool) -> Flow {
    let mut flow = Flow::new(Vec::new());
    let filing = Step { demands: vec![demand(document, None)], ..counter(place) };
    let file = flow.add_node(step(names[0], filing));
    let rule = flow.add_node(node(names[1], NodeKind::Decision(Decider::Authority(name("anybody")))));
    let collect = flow.add_node(step(names[2], counter(place)));
    let end = flow.add_node(outcome("fin"));
    let refused = flow.add_node(node(names[3], NodeKind::Outcome(Nature::Refused)));
    flow.add_branch(file, rule, branch(Guard::Always));
    let mut ways = [("yes", collect), ("no", refused)];
    if refused_first {
        ways.reverse();
    }
    for (case, to) in ways {
        flow.add_branch(rule, to, branch(Guard::Ruled(name(case))));
    }
    flow.add_branch(collect, end, branch(Guard::Always));
    flow
}

#[test]
fn names_places_and_the_order_of_cases_do_not_matter() {
    let one = file_and_wait(["file", "rule", "collect", "refused"], "town-hall", "card", false);
    let other = file_and_wait(["a", "b", "c", "d"], "court", "card", true);
    for papers in [Papers::Named, Papers::Counted] {
        assert_eq!(Form::of(&one, papers), Form::of(&other, papers));
    }
    assert!((Form::of(&one, Papers::Named).likeness(&Form::of(&other, Papers::Named)) - 1.0).abs() < 1e-12);
}

#[test]
fn another_paper_is_another_flow_over_the_same_course() {
    let one = file_and_wait(["file", "rule", "collect", "refused"], "court", "card", false);
    let other = file_and_wait(["file", "rule", "collect", "refused"], "court", "deed", false);
    assert_ne!(Form::of(&one, Papers::Named), Form::of(&other, Papers::Named));
    assert_eq!(Form::of(&one, Papers::Counted), Form::of(&other, Papers::Counted));
    let alike = Form::of(&one, Papers::Named).likeness(&Form::of(&other, Papers::Named));
    assert!(alike > 0.0 && alike < 1.0, "{alike}");
}

#[test]
fn a_channel_or_a_way_more_is_another_course() {
    let plain = chain(Vec::new(), vec![step("a", counter("court")), outcome("fin")]);
    let online = chain(Vec::new(), vec![step("a", Step::default()), outcome("fin")]);
    let longer = chain(Vec::new(), vec![step("a", counter("court")), step("b", counter("court")), outcome("fin")]);
    let form = |flow| Form::of(flow, Papers::Counted);
    assert_ne!(form(&plain), form(&online));
    assert_ne!(form(&plain), form(&longer));
    assert!(form(&plain).likeness(&form(&longer)) > form(&online).likeness(&form(&longer)));
}

/// The same flow with other names and titles.
fn renamed(flow: &Flow) -> Flow {
    let mut other = Flow::new(flow.questions().to_vec());
    for (id, node) in flow.nodes() {
        let name = name(&format!("other-{}", id.index()));
        other.add_node(Node { name, title: Text::new(Lang::Fr, "Autre"), ..node.clone() });
    }
    for at in 0..flow.len() {
        for (branch, to) in flow.branches(NodeId::at(at)) {
            other.add_branch(NodeId::at(at), to, branch.clone());
        }
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn likeness_knows_a_flow_again_and_takes_no_sides(
        numbers in proptest::collection::vec(any::<u16>(), 0..200),
        others in proptest::collection::vec(any::<u16>(), 0..200),
    ) {
        let (flow, other) = (draw::flow(&mut Tape::new(&numbers)), draw::flow(&mut Tape::new(&others)));
        for papers in [Papers::Named, Papers::Counted] {
            let (form, again, other) =
                (Form::of(&flow, papers), Form::of(&renamed(&flow), papers), Form::of(&other, papers));
            prop_assert_eq!(&form, &again);
            prop_assert!((form.likeness(&again) - 1.0).abs() < 1e-12);
            let (there, back) = (form.likeness(&other), other.likeness(&form));
            prop_assert!((0.0..=1.0).contains(&there) && (there - back).abs() < 1e-12);
        }
    }
}
