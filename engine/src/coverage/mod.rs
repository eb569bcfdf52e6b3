//! What of a flow some people's ways take: nodes, branches, and both truths of each condition.
//!
//! INVARIANT: what a way takes is told by its journal of nodes and by what is known of the person, nothing else.

mod example;
mod search;

use std::collections::{BTreeMap, BTreeSet};

pub use self::search::{Person, Sought, seek};
use crate::{
    answers::{Answers, ELSE, SILENCE},
    condition::Condition,
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind, Step},
    program::reachable,
    run::Walk,
    text::Name,
};

/// Something that a way can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// A step, wait, decision or outcome.
    Node(NodeId),
    /// A way out of a node that has several, by its rank.
    Branch(NodeId, usize),
    /// A condition of a node, by its rank in [`conditions`], and its truth.
    Condition(NodeId, usize, bool),
}

impl Point {
    /// Its node.
    #[must_use]
    pub const fn node(self) -> NodeId {
        match self {
            Self::Node(node) | Self::Branch(node, _) | Self::Condition(node, ..) => node,
        }
    }
}

/// The conditions that a node tests, each once: of a decision on facts, or of the facts of a step.
#[must_use]
pub fn conditions(flow: &Flow, id: NodeId) -> Vec<&Condition> {
    let mut found: Vec<&Condition> = Vec::new();
    match &flow.node(id).kind {
        NodeKind::Step(step) => found.extend(step.conditions()),
        NodeKind::Decision(Decider::Facts) => {
            found.extend(flow.branches(id).into_iter().filter_map(|(branch, _)| guard(&branch.guard)));
        }
        _ => {}
    }
    let mut once: Vec<&Condition> = Vec::with_capacity(found.len());
    for condition in found {
        if !once.contains(&condition) {
            once.push(condition);
        }
    }
    once
}

/// Everything that a way could take, in the order of the file. Branches of a fork are no choice: all are taken.
#[must_use]
pub fn points(flow: &Flow) -> BTreeSet<Point> {
    let met = reachable(flow);
    let mut points = BTreeSet::new();
    for (id, _) in flow.nodes().filter(|(id, node)| met[id.index()] && node.kind != NodeKind::Fork) {
        points.insert(Point::Node(id));
        let ways = flow.branches(id).len();
        if ways > 1 {
            points.extend((0..ways).map(|rank| Point::Branch(id, rank)));
        }
        for rank in 0..conditions(flow, id).len() {
            points.extend([true, false].map(|truth| Point::Condition(id, rank, truth)));
        }
    }
    points
}

/// What the way of a person took.
#[must_use]
pub fn taken(flow: &Flow, person: &Answers, walk: &Walk) -> BTreeSet<Point> {
    let mut taken = BTreeSet::from([Point::Node(walk.ends)]);
    let mut visits: BTreeMap<NodeId, usize> = BTreeMap::new();
    for &id in &walk.passes {
        let visit = visits.entry(id).or_default();
        let ruled = ruling(person, id, *visit);
        *visit += 1;
        taken.insert(Point::Node(id));
        let rank = match &flow.node(id).kind {
            NodeKind::Step(step) => {
                facts(id, step, person, flow, &mut taken);
                straight(flow, id, ruled)
            }
            NodeKind::Wait(_) => straight(flow, id, ruled),
            NodeKind::Decision(Decider::Authority(_)) => flow.branches(id).iter().position(|(branch, _)| {
                let own = match &branch.guard {
                    Guard::Ruled(case) => case.as_str(),
                    Guard::Else => ELSE,
                    Guard::Silence => SILENCE,
                    _ => return false,
                };
                ruled.is_some_and(|ruled| ruled.as_str() == own)
            }),
            NodeKind::Decision(_) => tested(flow, id, person, &mut taken),
            NodeKind::Fork | NodeKind::Outcome(_) => None,
        };
        if let Some(rank) = rank.filter(|_| flow.branches(id).len() > 1) {
            taken.insert(Point::Branch(id, rank));
        }
    }
    taken
}

/// What is ruled at a visit of a node, the last ruling for ever after.
fn ruling(person: &Answers, node: NodeId, visit: usize) -> Option<&Name> {
    let cases = person.rulings(node);
    cases.get(visit).or(cases.last())
}

/// The way out of a step or wait.
fn straight(flow: &Flow, id: NodeId, ruled: Option<&Name>) -> Option<usize> {
    let silent = ruled.is_some_and(|case| case.as_str() == SILENCE);
    flow.branches(id).iter().position(|(branch, _)| (branch.guard == Guard::Silence) == silent)
}

/// The conditions of a step that the person's answers settle.
fn facts(id: NodeId, step: &Step, person: &Answers, flow: &Flow, taken: &mut BTreeSet<Point>) {
    let known = conditions(flow, id);
    for condition in step.conditions() {
        let rank = known.iter().position(|other| *other == condition);
        let truth = condition.holds(&|question| person.get(question));
        taken.extend(rank.zip(truth).map(|(rank, truth)| Point::Condition(id, rank, truth)));
    }
}

/// The way that answers settle, and the conditions tested before it was found.
fn tested(flow: &Flow, id: NodeId, person: &Answers, taken: &mut BTreeSet<Point>) -> Option<usize> {
    let branches = flow.branches(id);
    let known = conditions(flow, id);
    for (rank, (branch, _)) in branches.iter().enumerate() {
        let truth = match &branch.guard {
            Guard::Else => Some(true),
            Guard::When(condition) => {
                let truth = condition.holds(&|question| person.get(question));
                let own = known.iter().position(|other| *other == condition);
                taken.extend(own.zip(truth).map(|(own, truth)| Point::Condition(id, own, truth)));
                truth
            }
            _ => continue,
        };
        match truth {
            Some(true) => return Some(rank),
            Some(false) => {}
            None => break,
        }
    }
    None
}

fn guard(guard: &Guard) -> Option<&Condition> {
    if let Guard::When(condition) = guard { Some(condition) } else { None }
}
