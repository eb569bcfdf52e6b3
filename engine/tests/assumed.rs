//! Means that do not depend on shares that nobody gave say so, on random flows: other shares there leave them as they are.
#![expect(clippy::unwrap_used, reason = "these are tests, though not all are marked as such")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use mastara_engine::{
    answers::Answers,
    flow::{Flow, Guard},
    measure::Measures,
    program::Program,
    quantity::Share,
};
use proptest::prelude::*;
use support::draw::{self, Tape};

/// Means compared so far, and those of them that are said to depend on shares.
static COMPARED: AtomicUsize = AtomicUsize::new(0);
static ASSUMED: AtomicUsize = AtomicUsize::new(0);

/// The same flow, with unequal shares wherever the file leaves them equal by saying nothing.
fn uneven(flow: &Flow) -> Flow {
    let mut other = Flow::new(flow.questions().to_vec());
    flow.nodes().for_each(|(_, node)| _ = other.add_node(node.clone()));
    for (id, _) in flow.nodes() {
        let branches = flow.branches(id);
        let is_open = |guard: &Guard| !matches!(guard, Guard::Silence | Guard::Parallel | Guard::Join);
        let given: u32 = branches.iter().filter_map(|(branch, _)| branch.share).map(|share| share.basis_points()).sum();
        let silent = branches.iter().filter(|(branch, _)| is_open(&branch.guard) && branch.share.is_none()).count();
        let rest = 10_000_u32.saturating_sub(given);
        let mut first = true;
        for (branch, to) in branches {
            let mut branch = branch.clone();
            if silent > 1 && rest >= 100 && is_open(&branch.guard) && branch.share.is_none() {
                let others = u32::try_from(silent - 1).unwrap();
                let part = if std::mem::take(&mut first) { rest * 3 / 4 } else { (rest - rest * 3 / 4) / others };
                branch.share = Share::from_basis_points(part);
            }
            other.add_branch(id, to, branch);
        }
    }
    other
}

fn measured(flow: &Flow) -> Option<Measures> {
    let measures = Program::compile(flow).ok()?.measure(&Answers::everybody()).ok()?;
    measures.is_feasible.then_some(measures)
}

#[test]
fn other_shares_leave_means_that_rest_on_none() {
    let config = ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(tape in prop::collection::vec(any::<u16>(), 0..260))| {
        let flow = draw::flow(&mut Tape::new(&tape));
        if let (Some(before), Some(after)) = (measured(&flow), measured(&uneven(&flow))) {
            for (before, after) in before.ranges().zip(after.ranges()) {
                COMPARED.fetch_add(1, Relaxed);
                ASSUMED.fetch_add(usize::from(before.is_assumed), Relaxed);
                let near = (before.expected - after.expected).abs() <= 1e-4 * before.expected.abs().max(1.0);
                prop_assert!(before.is_assumed || near, "{before:?} {after:?}");
            }
        }
    });
    let (compared, assumed) = (COMPARED.load(Relaxed), ASSUMED.load(Relaxed));
    assert!(assumed > 100 && compared - assumed > 1_000, "{assumed} of {compared} rest on shares");
}
