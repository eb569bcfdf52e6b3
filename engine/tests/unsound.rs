//! What makes a flow unsound, and that it is said where it is.

mod support;

use mastara_engine::{
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind, Step},
    program::{Program, Unsound},
};
use support::make::*;

fn id(index: usize) -> NodeId {
    NodeId::at(index)
}

/// A fork over `b` and `c` that joins at `d`; nodes 0 to 3, then `fin`. `ways` go out of `b`, `c` and `d`.
fn forked(ways: &[(usize, usize)]) -> Result<Program, Vec<Unsound>> {
    let mut flow = Flow::new(Vec::new());
    flow.add_node(node("fork", NodeKind::Fork));
    for label in ["b", "c", "d"] {
        flow.add_node(node(label, NodeKind::Decision(Decider::Authority(name("x")))));
    }
    flow.add_node(outcome("fin"));
    flow.add_branch(id(0), id(1), branch(Guard::Parallel));
    flow.add_branch(id(0), id(2), branch(Guard::Parallel));
    flow.add_branch(id(0), id(3), branch(Guard::Join));
    for (rank, &(from, to)) in ways.iter().enumerate() {
        flow.add_branch(id(from), id(to), branch(Guard::Ruled(name(&rank.to_string()))));
    }
    Program::compile(&flow)
}

#[test]
fn forks_are_blocks() {
    let fork = id(0);
    assert!(forked(&[(1, 3), (2, 3), (3, 4)]).is_ok());
    assert!(forked(&[(1, 3), (1, 1), (2, 3), (3, 0), (3, 4)]).is_ok());
    let ends = forked(&[(1, 3), (1, 4), (2, 3), (3, 4)]).unwrap_err();
    assert_eq!(ends, [Unsound::EndsInFork { fork, outcome: id(4) }]);
    let leaves = forked(&[(1, 3), (1, 0), (2, 3), (3, 4)]).unwrap_err();
    assert_eq!(leaves, [Unsound::LeavesFork { fork, from: id(1), to: fork }]);
    let meet = forked(&[(1, 3), (1, 2), (2, 3), (3, 4)]).unwrap_err();
    assert_eq!(meet, [Unsound::BranchesMeet { fork, node: id(2) }]);
    let enters = forked(&[(1, 3), (2, 3), (3, 4), (3, 1)]).unwrap_err();
    assert_eq!(enters, [Unsound::EntersFork { fork, from: id(3), to: id(1) }]);
}

#[test]
fn every_node_leads_to_an_outcome() {
    let mut flow = Flow::new(Vec::new());
    let a = flow.add_node(step("a", Step::default()));
    let b = flow.add_node(facts("b"));
    let unreachable = flow.add_node(facts("unreachable"));
    flow.add_branch(a, b, branch(Guard::Always));
    flow.add_branch(unreachable, b, branch(Guard::Always));
    let findings = Program::compile(&flow).unwrap_err();
    assert_eq!(findings, [Unsound::NoBranch(b), Unsound::NoWayOut(a), Unsound::NoWayOut(b)]);
    flow.add_branch(b, a, branch(Guard::Else));
    assert_eq!(Program::compile(&flow).unwrap_err(), [Unsound::NoWayOut(a), Unsound::NoWayOut(b)]);
}

#[test]
fn branches_fit_their_node() {
    let mut flow = Flow::new(Vec::new());
    let a = flow.add_node(step("a", Step::default()));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(a, end, branch(Guard::Always));
    assert!(Program::compile(&flow).is_ok());
    flow.add_branch(a, end, branch(Guard::Else));
    assert_eq!(Program::compile(&flow).unwrap_err(), [Unsound::WrongBranches(a)]);
    // An authority may be silent; known facts may not.
    for (decider, is_sound) in [(Decider::Authority(name("judge")), true), (Decider::Facts, false)] {
        let mut flow = Flow::new(Vec::new());
        let decision = flow.add_node(node("decision", NodeKind::Decision(decider)));
        let end = flow.add_node(outcome("fin"));
        flow.add_branch(decision, end, branch(Guard::Else));
        flow.add_branch(decision, end, branch(Guard::Silence));
        let found = Program::compile(&flow).err().unwrap_or_default();
        assert_eq!(found.is_empty(), is_sound, "{found:?}");
        assert!(is_sound || found == [Unsound::WrongBranches(decision)]);
    }
    let mut flow = Flow::new(Vec::new());
    let fork = flow.add_node(node("fork", NodeKind::Fork));
    let end = flow.add_node(outcome("fin"));
    flow.add_branch(fork, end, branch(Guard::Parallel));
    assert_eq!(Program::compile(&flow).unwrap_err(), [Unsound::NoJoin(fork)]);
}

#[test]
fn forks_may_nest_but_not_without_end() {
    let nested = |depth: usize| {
        let mut flow = Flow::new(Vec::new());
        (0..depth).for_each(|i| _ = flow.add_node(node(&format!("f{i}"), NodeKind::Fork)));
        let inner = flow.add_node(step("s", Step::default()));
        let end = flow.add_node(outcome("fin"));
        for i in 0..depth {
            flow.add_branch(id(i), id(i + 1), branch(Guard::Parallel));
            flow.add_branch(id(i), end, branch(Guard::Join));
        }
        flow.add_branch(inner, end, branch(Guard::Always));
        Program::compile(&flow)
    };
    assert!(nested(1_000).is_ok());
    assert!(matches!(nested(100_000).unwrap_err()[..], [Unsound::TooDeep(_)]));
}
