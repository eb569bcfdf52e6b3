//! The structure that a flow must have to be measured.

use super::{Unsound, regions::Regions};
use crate::{
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind},
};

/// What is known of a flow once it has been found sound.
pub(crate) struct Sound {
    /// Which nodes can be reached from the entry.
    pub(crate) reachable: Vec<bool>,
    /// The branches of its forks.
    pub(crate) regions: Regions,
}

/// Checks a flow.
pub(crate) fn check(flow: &Flow) -> Result<Sound, Vec<Unsound>> {
    let mut findings = Vec::new();
    let reachable = reachable(flow);
    for (id, _) in flow.nodes().filter(|(id, _)| reachable[id.index()]) {
        if let Some(finding) = check_branches(flow, id) {
            findings.push(finding);
        }
        check_fees(flow, id, &mut findings);
    }
    let ends = reaches_end(flow);
    findings.extend(
        flow.nodes().map(|(id, _)| id).filter(|id| reachable[id.index()] && !ends[id.index()]).map(Unsound::NoWayOut),
    );
    let regions = if findings.is_empty() { Regions::find(flow, &reachable, &mut findings) } else { Regions::default() };
    if findings.is_empty() {
        return Ok(Sound { reachable, regions });
    }
    findings.sort();
    findings.dedup();
    Err(findings)
}

/// The nodes that can be reached from the entry.
pub(crate) fn reachable(flow: &Flow) -> Vec<bool> {
    let mut reached = vec![false; flow.len()];
    let mut todo: Vec<NodeId> = flow.entry().into_iter().collect();
    while let Some(id) = todo.pop() {
        if !std::mem::replace(&mut reached[id.index()], true) {
            todo.extend(flow.branches(id).into_iter().map(|(_, to)| to));
        }
    }
    reached
}

/// The nodes from which an outcome can be reached.
fn reaches_end(flow: &Flow) -> Vec<bool> {
    let mut reaches = vec![false; flow.len()];
    let mut todo: Vec<NodeId> = flow.nodes().map(|(id, _)| id).filter(|&id| flow.is_outcome(id)).collect();
    while let Some(id) = todo.pop() {
        if !std::mem::replace(&mut reaches[id.index()], true) {
            todo.extend(flow.sources(id));
        }
    }
    reaches
}

/// Checks that a node has the ways out that its kind has.
fn check_branches(flow: &Flow, id: NodeId) -> Option<Unsound> {
    let (mut own, mut silent, mut joins, mut wrong) = (0, 0, 0, false);
    let kind = &flow.node(id).kind;
    for (branch, _) in flow.branches(id) {
        match (&branch.guard, kind) {
            // Facts and choices are no administration's to be silent about.
            (Guard::Silence, NodeKind::Step(_) | NodeKind::Wait(_) | NodeKind::Decision(Decider::Authority(_))) => {
                silent += 1;
            }
            (Guard::Join, NodeKind::Fork) => joins += 1,
            (Guard::Always, NodeKind::Step(_) | NodeKind::Wait(_))
            | (Guard::When(_) | Guard::Else, NodeKind::Decision(Decider::Facts | Decider::Person(_)))
            | (Guard::Ruled(_) | Guard::Else, NodeKind::Decision(Decider::Authority(_)))
            | (Guard::Parallel, NodeKind::Fork) => own += 1,
            _ => wrong = true,
        }
    }
    let is_straight = matches!(kind, NodeKind::Step(_) | NodeKind::Wait(_));
    if wrong || silent > 1 || joins > 1 || (is_straight && (own > 1 || (own == 0 && silent > 0))) {
        return Some(Unsound::WrongBranches(id));
    }
    match kind {
        NodeKind::Decision(_) | NodeKind::Fork if own == 0 => Some(Unsound::NoBranch(id)),
        NodeKind::Fork if joins == 0 => Some(Unsound::NoJoin(id)),
        _ => None,
    }
}

/// Checks that each fee by formula has a most.
fn check_fees(flow: &Flow, id: NodeId, findings: &mut Vec<Unsound>) {
    let NodeKind::Step(step) = &flow.node(id).kind else { return };
    for question in step.payments.iter().filter_map(|payment| payment.amount.question()) {
        let bounded = flow.questions().get(usize::from(question.0)).is_some_and(|question| question.high.is_some());
        if !bounded {
            findings.push(Unsound::UnboundedFee { node: id, question });
        }
    }
}
