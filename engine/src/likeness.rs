//! How alike two flows are, names apart.
//!
//! A node is described by what it asks of the person, never by its name or title; then, round after round, by its
//! description and those of its neighbours (Weisfeiler and Lehman's refinement of 1968). Flows whose nodes end up with the
//! same descriptions are the same flow under other names.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    flow::{Flow, Guard, NodeId},
    node::{Channel, Decider, Node, NodeKind, Step},
};

/// How papers are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Papers {
    /// Each paper is what it is.
    Named,
    /// Only how many there are counts: what is left is the bare course.
    Counted,
}

/// How many rounds likeness looks at: a node, its neighbours, theirs.
const ROUNDS: usize = 2;

/// The form of a flow, names apart.
#[derive(Clone, Debug)]
pub struct Form {
    /// The last descriptions, sorted.
    last: Vec<u64>,
    /// Those of the first rounds, sorted.
    first: Vec<u64>,
}

impl Form {
    /// The form of a flow. Places, authorities, portals, amounts and delays are names here; channels, papers, conditions
    /// and the kinds of branches are not.
    #[must_use]
    pub fn of(flow: &Flow, papers: Papers) -> Self {
        let nodes: Vec<NodeId> = flow.nodes().map(|(id, _)| id).filter(|&id| is_met(flow, id)).collect();
        let mut now: Vec<u64> =
            (0..flow.len()).map(|at| digest(&describe(flow.node(NodeId::at(at)), papers))).collect();
        let mut first = Vec::new();
        for round in 0..flow.len().max(ROUNDS + 1) {
            if round <= ROUNDS {
                first.extend(nodes.iter().map(|id| digest(&(round, now[id.index()]))));
            }
            now = refine(flow, &now);
        }
        let mut last: Vec<u64> = nodes.iter().map(|id| now[id.index()]).collect();
        last.sort_unstable();
        first.sort_unstable();
        Self { last, first }
    }

    /// How much of both is common, from 0 to 1 (Jaccard's index over the descriptions of the first rounds).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut common, mut left, mut right) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.first.get(left), other.first.get(right)) {
            left += usize::from(a <= b);
            right += usize::from(b <= a);
            common += usize::from(a == b);
        }
        let all = self.first.len() + other.first.len() - common;
        if all == 0 { 1.0 } else { common as f64 / all as f64 }
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.last == other.last
    }
}

impl Eq for Form {}

impl PartialOrd for Form {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Form {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.last.cmp(&other.last)
    }
}

/// Whether a node has to do with the flow: the end that every flow has may be reached by none.
fn is_met(flow: &Flow, id: NodeId) -> bool {
    id.index() == 0 || flow.sources(id).next().is_some()
}

/// A node by itself.
fn describe(node: &Node, papers: Papers) -> String {
    match &node.kind {
        NodeKind::Step(step) => describe_step(step, papers),
        NodeKind::Decision(Decider::Facts) => "facts".to_owned(),
        NodeKind::Decision(Decider::Person(_)) => "choice".to_owned(),
        NodeKind::Decision(Decider::Authority(_)) => "ruling".to_owned(),
        NodeKind::Wait(_) => format!("wait {}", node.clock.silence.as_ref().is_some_and(|silence| silence.is_consent)),
        NodeKind::Fork => "fork".to_owned(),
        NodeKind::Outcome(nature) => format!("{nature:?}"),
    }
}

fn describe_step(step: &Step, papers: Papers) -> String {
    let channel = match step.channel {
        Channel::Counter(_) => "counter",
        Channel::Private(_) => "private",
        Channel::Online | Channel::Portal(_) => "online",
        Channel::Post => "post",
        Channel::Phone => "phone",
        Channel::Home => "home",
    };
    let mut facts: Vec<String> = Vec::new();
    for demand in &step.demands {
        let names = demand.any_of.iter().map(|paper| match papers {
            Papers::Named => format!("{} {} {:?}", paper.document, paper.copies, paper.form),
            Papers::Counted => String::new(),
        });
        facts.push(format!("demand {} {}", demand.when.is_some(), names.collect::<Vec<_>>().join("|")));
    }
    for receives in &step.receives {
        let name = if papers == Papers::Named { receives.paper.document.as_str() } else { "" };
        facts.push(format!("receive {} {name} {}", receives.when.is_some(), receives.is_delivery));
    }
    facts.extend(step.payments.iter().map(|payment| format!("pay {}", payment.when.is_some())));
    facts.extend(step.exchanges.iter().map(|exchange| format!("fetch {}", exchange.documents.len())));
    facts.extend(step.asks.iter().map(|_| "ask".to_owned()));
    facts.sort();
    format!("{channel} {:?} {}", step.identity, facts.join(";"))
}

/// Each node by its description and those of its neighbours, the order of branches apart.
fn refine(flow: &Flow, now: &[u64]) -> Vec<u64> {
    let mut ways: Vec<Vec<(bool, u8, u64)>> = vec![Vec::new(); flow.len()];
    for (id, _) in flow.nodes() {
        for (branch, to) in flow.branches(id) {
            let kind = match branch.guard {
                Guard::Always => 0,
                Guard::When(_) => 1,
                Guard::Ruled(_) => 2,
                Guard::Else => 3,
                Guard::Silence => 4,
                Guard::Parallel => 5,
                Guard::Join => 6,
            };
            ways[id.index()].push((true, kind, now[to.index()]));
            ways[to.index()].push((false, kind, now[id.index()]));
        }
    }
    let refined = ways.into_iter().zip(now).map(|(mut ways, own)| {
        ways.sort_unstable();
        digest(&(own, ways))
    });
    refined.collect()
}

/// A number that stands for a description: the same everywhere in a run, and never shown.
fn digest(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
