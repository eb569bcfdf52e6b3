//! The ordinary way of a person, and the ways that leave it.

use std::collections::BTreeSet;

use mastara_engine::{
    answers::Answers,
    flow::{Flow, Guard, NodeId},
};

use crate::{graph::Way, person::possible};

/// A way that leaves another one.
#[derive(Clone, Debug)]
pub struct Detour {
    /// The node at which it leaves.
    pub from: NodeId,
    /// The branch that it takes there.
    pub branch: usize,
    /// The nodes that no way told before it passes.
    pub nodes: Vec<NodeId>,
    /// The node at which it ends or comes back.
    pub to: NodeId,
}

/// All that a person can meet, each node once.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// The nodes of the ordinary way.
    pub main: Vec<NodeId>,
    /// Among them, those that begin a branch done side by side with the one before.
    pub parallel: BTreeSet<NodeId>,
    /// The other ways, as they are met.
    pub detours: Vec<Detour>,
}

impl Course {
    /// The course of a person whose ordinary way is `way`.
    pub fn of(flow: &Flow, person: &Answers, way: &Way) -> Self {
        let mut this = Self { main: way.nodes().to_vec(), ..Self::default() };
        let told = this.main.iter().copied().collect();
        let mut walker = Walker { flow, person, told, taken: BTreeSet::new(), parallel: BTreeSet::new() };
        let mut open: Vec<NodeId> = this.main.clone();
        open.reverse();
        while let Some(node) = open.pop() {
            if walker.fork(node).is_some() {
                continue;
            }
            let mut nodes = Vec::new();
            for branch in possible::branches(flow, node, person) {
                if way.takes(node, branch) || walker.taken.contains(&(node, branch)) {
                    continue;
                }
                let mut detour = Detour { from: node, branch, nodes: Vec::new(), to: node };
                detour.to = walker.pass(flow.branches(node)[branch].1, None, &mut detour.nodes);
                nodes.extend(detour.nodes.iter().copied());
                this.detours.push(detour);
            }
            open.extend(nodes.into_iter().rev());
        }
        this.parallel = walker.parallel;
        this
    }
}

/// Walks ways that nobody has told yet.
struct Walker<'a> {
    flow: &'a Flow,
    person: &'a Answers,
    told: BTreeSet<NodeId>,
    taken: BTreeSet<(NodeId, usize)>,
    parallel: BTreeSet<NodeId>,
}

impl Walker<'_> {
    /// Passes the first way possible to `stop`, to a node already told, or to an end, which is returned.
    fn pass(&mut self, mut node: NodeId, stop: Option<NodeId>, passed: &mut Vec<NodeId>) -> NodeId {
        while Some(node) != stop && !self.flow.is_outcome(node) && self.told.insert(node) {
            passed.push(node);
            if let Some((branches, join)) = self.fork(node) {
                for branch in branches {
                    self.pass(branch, Some(join), passed);
                }
                node = join;
            } else if let Some(next) = possible::branches(self.flow, node, self.person).first().copied() {
                self.taken.insert((node, next));
                node = self.flow.branches(node)[next].1;
            }
        }
        node
    }

    /// The branches of a fork and its join; notes which of them are done side by side with the one before.
    fn fork(&mut self, node: NodeId) -> Option<(Vec<NodeId>, NodeId)> {
        let ways = self.flow.branches(node);
        let join = ways.iter().find(|(branch, _)| branch.guard == Guard::Join)?.1;
        let branches = ways.iter().filter(|(branch, _)| branch.guard == Guard::Parallel).map(|(_, to)| *to);
        let branches: Vec<_> = branches.collect();
        self.parallel.extend(branches.iter().skip(1));
        Some((branches, join))
    }
}
