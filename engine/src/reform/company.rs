//! Freed steps that stay where they are, since the person is there already.
//!
//! A person who hands a file in at a counter, pays, and signs there makes one trip. If the fee alone could be paid online, moving
//! that step would make two trips of one. So a freed step stays if, on some way, it lies in one run between two steps at its
//! place that are not freed.

use std::collections::BTreeSet;

use crate::{
    flow::{Flow, Guard, NodeId},
    node::NodeKind,
    text::Name,
};

/// Of freed steps, those that stay.
pub(super) fn staying(flow: &Flow, freed: &BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    let place = |id: NodeId| flow.node(id).step().and_then(|step| step.channel.place());
    let places: BTreeSet<&Name> = freed.iter().filter_map(|id| place(*id)).collect();
    if places.is_empty() {
        return BTreeSet::new();
    }
    let (after, before) = links(flow);
    let mut staying = BTreeSet::new();
    for at in places {
        let kept: Vec<NodeId> =
            flow.nodes().map(|(id, _)| id).filter(|id| place(*id) == Some(at) && !freed.contains(id)).collect();
        let goes_on = |id: NodeId| match &flow.node(id).kind {
            NodeKind::Step(_) => place(id) == Some(at) && freed.contains(&id),
            NodeKind::Outcome(_) => false,
            _ => !breaks(flow, id),
        };
        let behind = reach(&kept, &after, goes_on);
        let ahead = reach(&kept, &before, goes_on);
        staying.extend(behind.intersection(&ahead).filter(|id| freed.contains(id)));
    }
    staying
}

/// The other steps at the place of a step that may be in one trip with it: those before it and those after it. Freed, it
/// moves online once all before it or all after it are freed too.
pub(super) fn company(flow: &Flow, id: NodeId) -> [BTreeSet<NodeId>; 2] {
    let place = |id: NodeId| flow.node(id).step().and_then(|step| step.channel.place());
    let Some(at) = place(id) else { return Default::default() };
    let goes_on = |id: NodeId| match &flow.node(id).kind {
        NodeKind::Step(_) => place(id) == Some(at),
        NodeKind::Outcome(_) => false,
        _ => !breaks(flow, id),
    };
    let (after, before) = links(flow);
    [before, after].map(|links| {
        let reached = reach(&[id], &links, goes_on).into_iter();
        reached.filter(|other| *other != id && place(*other) == Some(at)).collect()
    })
}

/// Whether a wait or decision takes a day or more.
fn breaks(flow: &Flow, id: NodeId) -> bool {
    let clock = &flow.node(id).clock;
    let known = clock.usual.as_ref().or(clock.legal.as_ref());
    known.is_some_and(|known| known.value.calendar_days() > 0)
}

/// For each node those that can follow it and those that can come before it. Branches side by side are measured one after the
/// other: from where one ends, any branch of the same fork may follow.
fn links(flow: &Flow) -> (Vec<Vec<NodeId>>, Vec<Vec<NodeId>>) {
    let mut starts: Vec<Vec<NodeId>> = vec![Vec::new(); flow.len()];
    for (id, _) in flow.nodes() {
        let branches = flow.branches(id);
        for (_, join) in branches.iter().filter(|(branch, _)| branch.guard == Guard::Join) {
            let parallel = branches.iter().filter(|(branch, _)| branch.guard == Guard::Parallel);
            starts[join.index()].extend(parallel.map(|(_, to)| *to));
        }
    }
    let (mut after, mut before) = (vec![Vec::new(); flow.len()], vec![Vec::new(); flow.len()]);
    for (id, _) in flow.nodes() {
        for (_, to) in flow.branches(id).into_iter().filter(|(branch, _)| branch.guard != Guard::Join) {
            for next in std::iter::once(to).chain(starts[to.index()].iter().copied()) {
                after[id.index()].push(next);
                before[next.index()].push(id);
            }
        }
    }
    (after, before)
}

/// The nodes that can be reached from others through nodes that `goes_on` lets through, those included.
fn reach(from: &[NodeId], links: &[Vec<NodeId>], goes_on: impl Fn(NodeId) -> bool) -> BTreeSet<NodeId> {
    let mut reached = BTreeSet::new();
    let mut todo: Vec<NodeId> = from.to_vec();
    while let Some(at) = todo.pop() {
        for &next in &links[at.index()] {
            if goes_on(next) && reached.insert(next) {
                todo.push(next);
            }
        }
    }
    reached
}
