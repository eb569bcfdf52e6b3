//! One way through a flow: the nodes it passes and the branches it takes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{
    flow::{Flow, Guard, NodeId},
    measure::Taken,
    program::Choice,
};

/// The nodes that a way passes and the branches that it takes.
#[derive(Clone, Debug, Default)]
pub struct Way {
    nodes: BTreeSet<NodeId>,
    order: Vec<NodeId>,
    branches: BTreeSet<(NodeId, usize)>,
}

/// No way is longer: each return is bounded, but a broken flow could still go round.
const LIMIT: usize = 100_000;

impl Way {
    /// The nominal way: the first branch each time.
    #[must_use]
    pub fn nominal(flow: &Flow) -> Self {
        Self::of(flow, &[])
    }

    /// The way that takes these choices where it has any.
    #[must_use]
    pub fn of(flow: &Flow, choices: &[Taken]) -> Self {
        let mut at_node: BTreeMap<NodeId, VecDeque<usize>> = BTreeMap::new();
        for taken in choices {
            if let Choice::Branch(branch) = taken.choice {
                at_node.entry(taken.node).or_default().push_back(branch);
            }
        }
        let mut this = Self::default();
        let mut open: Vec<(NodeId, Option<NodeId>)> = flow.entry().map(|entry| (entry, None)).into_iter().collect();
        for _ in 0..LIMIT {
            // `stop` is the join at which a branch of a fork ends.
            let Some((node, stop)) = open.pop() else { break };
            if Some(node) == stop {
                continue;
            }
            if this.nodes.insert(node) {
                this.order.push(node);
            }
            let branches = flow.branches(node);
            if let Some(join) = branches.iter().position(|(branch, _)| branch.guard == Guard::Join) {
                let join = branches[join].1;
                open.push((join, stop));
                for (at, (branch, to)) in branches.iter().enumerate().rev() {
                    if branch.guard == Guard::Parallel {
                        this.branches.insert((node, at));
                        open.push((*to, Some(join)));
                    }
                }
                continue;
            }
            let chosen = at_node.get_mut(&node).and_then(VecDeque::pop_front);
            if let Some((_, to)) = branches.get(chosen.unwrap_or(0)) {
                this.branches.insert((node, chosen.unwrap_or(0)));
                open.push((*to, stop));
            }
        }
        this
    }

    /// The nodes it passes, each where it is met first.
    #[must_use]
    pub fn nodes(&self) -> &[NodeId] {
        &self.order
    }

    /// Whether it passes a node.
    #[must_use]
    pub fn passes(&self, node: NodeId) -> bool {
        self.nodes.contains(&node)
    }

    /// Whether it takes this branch of a node.
    #[must_use]
    pub fn takes(&self, node: NodeId, branch: usize) -> bool {
        self.branches.contains(&(node, branch))
    }
}
