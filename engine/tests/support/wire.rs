//! The ways of random flows.

use mastara_engine::{
    condition::{Comparison, Condition},
    flow::{Flow, Guard, NodeId},
    node::{Decider, NodeKind},
};

use super::{
    draw::{Tape, condition},
    make::{branch, name, shared},
};

/// Adds the ways of a laid-out flow.
pub struct Wiring<'w, 't> {
    pub flow: &'w mut Flow,
    pub tape: &'w mut Tape<'t>,
    pub laid: Vec<(NodeId, Vec<Vec<NodeId>>)>,
    pub returns: usize,
}

impl Wiring<'_, '_> {
    /// Adds the ways out of the items of a block, which ends at `exit`; ends may also be jumped to from outside forks.
    pub fn wire(&mut self, ids: &[NodeId], exit: NodeId, ends: &[NodeId]) {
        for (rank, &id) in ids.iter().enumerate() {
            let next = ids.get(rank + 1).copied().unwrap_or(exit);
            match self.flow.node(id).kind.clone() {
                NodeKind::Fork => {
                    let (_, blocks) = self.laid.iter().find(|(laid, _)| *laid == id).cloned().unwrap();
                    for block in &blocks {
                        let start = block.first().copied().unwrap_or(next);
                        self.flow.add_branch(id, start, branch(Guard::Parallel));
                    }
                    self.flow.add_branch(id, next, branch(Guard::Join));
                    blocks.iter().for_each(|block| self.wire(block, next, &[]));
                }
                NodeKind::Decision(decider) => self.decide(&decider, rank, ids, next, exit, ends),
                _ => {
                    self.flow.add_branch(id, next, branch(Guard::Always));
                    if self.tape.once_in(5) {
                        let to = self.target(rank, ids, next, exit, ends);
                        self.add(id, to, Guard::Silence);
                    }
                }
            }
        }
    }

    fn decide(&mut self, decider: &Decider, rank: usize, ids: &[NodeId], next: NodeId, exit: NodeId, ends: &[NodeId]) {
        let may_be_silent = matches!(decider, Decider::Authority(_));
        let silence_at = if may_be_silent && self.tape.once_in(6) { self.tape.below(3) } else { 9 };
        let count = 1 + self.tape.below(3);
        for branch_rank in 0..=count {
            let to = if branch_rank == count { next } else { self.target(rank, ids, next, exit, ends) };
            if branch_rank == silence_at {
                let to = self.target(rank, ids, next, exit, ends);
                self.add(ids[rank], to, Guard::Silence);
            }
            let last = branch_rank == count;
            let guard = match decider {
                _ if last && !self.tape.once_in(4) => Guard::Else,
                Decider::Facts => Guard::When(condition(self.tape, 2)),
                Decider::Person(question) => {
                    Guard::When(Condition::Compare(*question, Comparison::Equal, i64::try_from(branch_rank).unwrap()))
                }
                Decider::Authority(_) => Guard::Ruled(name(&format!("r{branch_rank}"))),
            };
            self.add(ids[rank], to, guard);
        }
    }

    fn target(&mut self, rank: usize, ids: &[NodeId], next: NodeId, exit: NodeId, ends: &[NodeId]) -> NodeId {
        match self.tape.below(8) {
            3 | 4 => ids.get(rank + 2).copied().unwrap_or(exit),
            5 if !ends.is_empty() => ends[self.tape.below(ends.len())],
            6 if self.returns < 3 => {
                self.returns += 1;
                ids[self.tape.below(rank + 1)]
            }
            7 => exit,
            _ => next,
        }
    }

    fn add(&mut self, from: NodeId, to: NodeId, guard: Guard) {
        let mut branch = if self.tape.once_in(3) {
            shared(guard, [2_500, 10_000, 0, 7_000][self.tape.below(4)])
        } else {
            branch(guard)
        };
        branch.at_most = [None, None, Some(2), Some(0)][self.tape.below(4)];
        self.flow.add_branch(from, to, branch);
    }
}
