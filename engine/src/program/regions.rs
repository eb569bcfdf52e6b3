//! The branches of forks as disjoint blocks of nodes.
//!
//! INVARIANT: when [`Regions::find`] reports nothing, each way into a block starts at its fork and each way out goes to
//! its join.

use std::collections::BTreeSet;

use super::Unsound;
use crate::{
    flow::{Flow, Guard, NodeId},
    node::NodeKind,
};

/// More findings than this are not looked for.
const ENOUGH: usize = 64;
/// Blocks may hold so many nodes in all; a node counts once for each fork around it.
const MAX_SIZE: usize = 1 << 22;

/// A fork with its branches.
#[derive(Clone, Debug)]
pub(crate) struct Fork {
    /// Where its branches end.
    pub(crate) join: NodeId,
    /// The first nodes of its branches, with the bound on the way there.
    pub(crate) branches: Vec<(NodeId, Option<u16>)>,
    /// The branch of another fork that it stands in.
    pub(crate) inside: Option<Place>,
}

/// A branch of a fork: the rank of its fork's node, and of the branch.
pub(crate) type Place = (NodeId, usize);

/// Where every node stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regions {
    /// The innermost branch that each node stands in.
    pub(crate) place: Vec<Option<Place>>,
    /// The forks, by node.
    pub(crate) forks: Vec<Option<Fork>>,
}

impl Regions {
    /// Finds the blocks of all reachable forks.
    pub(crate) fn find(flow: &Flow, reachable: &[bool], findings: &mut Vec<Unsound>) -> Self {
        let mut this = Self { place: vec![None; flow.len()], forks: vec![None; flow.len()] };
        let mut blocks: Vec<(Place, BTreeSet<NodeId>)> = Vec::new();
        let mut size = 0;
        for (id, node) in flow.nodes().filter(|(id, _)| reachable[id.index()]) {
            if node.kind != NodeKind::Fork || findings.len() > ENOUGH {
                continue;
            }
            let mut fork = Fork { join: id, branches: Vec::new(), inside: None };
            for (branch, to) in flow.branches(id) {
                match branch.guard {
                    Guard::Join => fork.join = to,
                    Guard::Parallel => fork.branches.push((to, branch.at_most)),
                    _ => {}
                }
            }
            let mut seen = BTreeSet::new();
            for (rank, &(start, _)) in fork.branches.iter().enumerate() {
                let block = block(flow, id, fork.join, start, findings);
                if let Some(&node) = block.iter().find(|node| !seen.insert(**node)) {
                    findings.push(Unsound::BranchesMeet { fork: id, node });
                }
                size += block.len();
                blocks.push(((id, rank), block));
            }
            this.forks[id.index()] = Some(fork);
            if size > MAX_SIZE {
                findings.push(Unsound::TooDeep(id));
                break;
            }
        }
        if findings.is_empty() {
            this.nest(flow, reachable, blocks, findings);
        }
        this
    }

    /// Where the branch that a node stands in ends.
    pub(crate) fn joins(&self, node: NodeId) -> Option<NodeId> {
        self.place[node.index()].and_then(|(fork, _)| self.join(fork))
    }

    /// Settles the innermost block of each node, and checks the ways between blocks.
    fn nest(
        &mut self,
        flow: &Flow,
        reachable: &[bool],
        mut blocks: Vec<(Place, BTreeSet<NodeId>)>,
        findings: &mut Vec<Unsound>,
    ) {
        // An inner block is smaller than the one around it: the last to mark a node is the innermost.
        blocks.sort_by_key(|(place, block)| (std::cmp::Reverse(block.len()), *place));
        for (place, block) in &blocks {
            for node in block {
                self.place[node.index()] = Some(*place);
            }
        }
        for index in 0..self.forks.len() {
            if let Some(fork) = &mut self.forks[index] {
                fork.inside = self.place[index];
            }
        }
        for (from, _) in flow.nodes().filter(|(id, _)| reachable[id.index()]) {
            for (branch, to) in flow.branches(from) {
                let own = matches!(branch.guard, Guard::Parallel | Guard::Join);
                if !own && findings.len() <= ENOUGH {
                    self.check_way(from, to, findings);
                } else if branch.guard == Guard::Parallel && findings.len() <= ENOUGH {
                    self.check_start(from, to, findings);
                }
            }
        }
    }

    /// An ordinary way stays in its block or goes to its join.
    fn check_way(&self, from: NodeId, to: NodeId, findings: &mut Vec<Unsound>) {
        let (here, there) = (self.place[from.index()], self.place[to.index()]);
        let join = here.and_then(|(fork, _)| self.join(fork));
        if here == there || join == Some(to) {
            return;
        }
        let around = there.is_none_or(|there| self.surrounds(there, here));
        findings.push(match (here, there) {
            (Some((fork, _)), _) if around => Unsound::LeavesFork { fork, from, to },
            (_, Some((fork, _))) => Unsound::EntersFork { fork, from, to },
            (Some((fork, _)), None) => Unsound::LeavesFork { fork, from, to },
            (None, None) => return,
        });
    }

    /// A branch starts in its own block, or is empty.
    fn check_start(&self, fork: NodeId, to: NodeId, findings: &mut Vec<Unsound>) {
        let is_own = self.place[to.index()].is_some_and(|place| place.0 == fork);
        if !is_own && self.join(fork) != Some(to) {
            findings.push(Unsound::EntersFork { fork, from: fork, to });
        }
    }

    /// Where the branches of a fork end.
    fn join(&self, fork: NodeId) -> Option<NodeId> {
        self.forks[fork.index()].as_ref().map(|fork| fork.join)
    }

    /// Whether `outer` is a block around `inner`.
    fn surrounds(&self, outer: Place, inner: Option<Place>) -> bool {
        let around = |place: &Place| self.forks[place.0.index()].as_ref().and_then(|fork| fork.inside);
        // A fork inside its own block would make this endless; that has been reported by then.
        std::iter::successors(inner, around).take(self.forks.len()).any(|place| place == outer)
    }
}

/// The nodes that are reached from `start` before the join.
fn block(flow: &Flow, fork: NodeId, join: NodeId, start: NodeId, findings: &mut Vec<Unsound>) -> BTreeSet<NodeId> {
    let (mut block, mut todo, mut joins) = (BTreeSet::new(), vec![start], start == join);
    if start != join {
        block.insert(start);
    }
    while let Some(from) = todo.pop().filter(|_| start != join) {
        if flow.is_outcome(from) {
            findings.push(Unsound::EndsInFork { fork, outcome: from });
            return block;
        }
        for (_, to) in flow.branches(from) {
            if to == fork {
                findings.push(Unsound::LeavesFork { fork, from, to });
                return block;
            }
            joins |= to == join;
            if to != join && block.insert(to) {
                todo.push(to);
            }
        }
    }
    if !joins {
        findings.push(Unsound::NeverJoins { fork, branch: start });
    }
    block
}
