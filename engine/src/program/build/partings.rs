//! Where ways part: which answers take which branch, and with which share.

use super::{
    super::{
        diagram::{FALSE, Full, TRUE},
        ops::{Choice, Control, NONE},
    },
    Builder, edge,
};
use crate::{
    condition::{Condition, QuestionId},
    flow::{Branch, Guard, NodeId},
    measure::TooEntangled,
    node::{Decider, NodeKind},
    text::Name,
};

/// How people part at a decision on answers whose branches give shares.
pub(super) struct Parting {
    /// The answers for which each branch is taken, and its weight.
    parts: Vec<(u32, u64)>,
    estimated: bool,
    assumed: bool,
}

/// How many of those who come to a condition meet it.
pub(super) struct Prior {
    /// The weight of those for whom it holds, and of those for whom it does not.
    pub(super) weights: [u64; 2],
    pub(super) estimated: bool,
    pub(super) assumed: bool,
}

impl Builder<'_> {
    /// The decisions on answers that say how people part, in the order of the file.
    pub(super) fn partings(&mut self) -> Vec<Parting> {
        let mut partings = Vec::new();
        for (id, node) in self.flow.nodes().filter(|(id, _)| self.sound.reachable[id.index()]) {
            let NodeKind::Decision(decider @ (Decider::Facts | Decider::Person(_))) = &node.kind else { continue };
            let branches = self.flow.branches(id);
            if branches.iter().all(|(branch, _)| branch.share.is_none()) {
                continue;
            }
            let guards = self.guards(decider, &branches);
            let weights = weights(&branches);
            partings.push(Parting {
                parts: guards.into_iter().zip(weights).collect(),
                estimated: branches.iter().any(|(branch, _)| branch.estimated),
                // Of three branches and more, two conditions tested before them are each weighed alone: the mean comes close.
                assumed: unsaid(&branches) > 1 || branches.len() > 2,
            });
        }
        partings
    }

    /// How many meet a condition, by the first decision whose branches settle it; `None` if the file does not say.
    pub(super) fn prior(&mut self, holds: u32) -> Option<Prior> {
        let diagrams = &mut self.program.diagrams;
        self.partings.iter().find_map(|parting| {
            let mut weights = [None, None];
            for &(guard, weight) in parting.parts.iter().filter(|(guard, _)| *guard != FALSE) {
                let both = diagrams.and(guard, holds).ok()?;
                let side = if both == guard { 0 } else { 1 };
                if side == 1 && both != FALSE {
                    return None;
                }
                *weights[side].get_or_insert(0) += weight;
            }
            let weights = [weights[0]?, weights[1]?];
            Some(Prior { weights, estimated: parting.estimated, assumed: parting.assumed })
        })
    }

    pub(super) fn decision(&mut self, id: NodeId, decider: &Decider) {
        let branches = self.flow.branches(id);
        let guards = self.guards(decider, &branches);
        let control = if matches!(decider, Decider::Person(_)) { Control::Person } else { Control::Other };
        self.exits(id, control, &branches, &guards);
    }

    /// The answers for which each branch of a decision is taken.
    fn guards(&mut self, decider: &Decider, branches: &[(&Branch, NodeId)]) -> Vec<u32> {
        let mut others = TRUE;
        let guard = |branch: &Branch| match &branch.guard {
            Guard::When(condition) => self.guard(&mut others, Some(condition)),
            Guard::Else if !matches!(decider, Decider::Authority(_)) => self.guard(&mut others, None),
            _ => TRUE,
        };
        branches.iter().map(|(branch, _)| *branch).map(guard).collect()
    }

    /// The answers for which a branch is taken when none before it is; `others` are those left for later branches.
    pub(super) fn guard(&mut self, others: &mut u32, condition: Option<&Condition>) -> u32 {
        let Some(condition) = condition else { return std::mem::replace(others, FALSE) };
        let parts = self.answers(condition).and_then(|holds| {
            let fails = self.program.diagrams.not(holds)?;
            let guard = self.program.diagrams.and(*others, holds)?;
            Ok((guard, self.program.diagrams.and(*others, fails)?))
        });
        if let Ok((guard, left)) = parts {
            *others = left;
            return guard;
        }
        let mut questions = Vec::new();
        condition
            .visit(&mut |question, _| questions.extend(self.program.questions.get(usize::from(question.0)).cloned()));
        self.program.entangled = Some(TooEntangled::condition(questions));
        FALSE
    }

    /// The answers for which a condition holds.
    fn answers(&mut self, condition: &Condition) -> Result<u32, Full> {
        match condition {
            Condition::Compare(question, ..) | Condition::OneOf(question, _) => self.literal(*question, condition),
            Condition::Not(part) => {
                let part = self.answers(part)?;
                self.program.diagrams.not(part)
            }
            Condition::All(parts) => parts.iter().try_fold(TRUE, |all, part| {
                let part = self.answers(part)?;
                self.program.diagrams.and(all, part)
            }),
            Condition::Any(parts) => parts.iter().try_fold(FALSE, |any, part| {
                let part = self.answers(part)?;
                self.program.diagrams.or(any, part)
            }),
        }
    }

    fn literal(&mut self, question: QuestionId, condition: &Condition) -> Result<u32, Full> {
        let Some(domain) = self.program.domains.get(usize::from(question.0)) else { return Ok(FALSE) };
        let truth = domain.truth(|value| condition.holds(&|_| Some(value)) == Some(true));
        self.program.diagrams.literal(u32::from(question.0), truth.into_iter())
    }

    /// The point where the branches of a node part, those of silence last.
    pub(super) fn exits(&mut self, id: NodeId, control: Control, branches: &[(&Branch, NodeId)], guards: &[u32]) {
        let (weights, open) = (weights(branches), unsaid(branches));
        let mut edges = Vec::new();
        for (rank, (branch, _)) in branches.iter().enumerate() {
            let mut edge = edge(guards[rank], weights[rank], Choice::Branch(rank));
            edge.estimated = branch.estimated;
            edge.assumed = branch.share.is_none() && !is_silence(branch) && open > 1;
            edge.is_silence = is_silence(branch);
            edge.is_spare = edge.is_silence && branch.share.is_none();
            edge.counter = branch.at_most.map_or(NONE, |most| self.counter(most));
            edge.case = match &branch.guard {
                Guard::Ruled(case) => Some(case.clone()),
                Guard::Silence => Some(Name::from(crate::answers::SILENCE)),
                Guard::Else => Some(Name::from(crate::answers::ELSE)),
                Guard::Always => Some(Name::from(crate::answers::ALWAYS)),
                _ => None,
            };
            edges.push((edge, rank));
        }
        edges.sort_by_key(|(edge, rank)| (edge.is_silence, *rank));
        let point = self.point(control, true, edges.len());
        for (offset, (mut edge, rank)) in edges.into_iter().enumerate() {
            edge.target = self.way(id, branches[rank].1);
            self.program.edges[point + offset] = edge;
        }
    }
}

fn is_silence(branch: &Branch) -> bool {
    branch.guard == Guard::Silence
}

/// How many branches share what the others leave.
fn unsaid(branches: &[(&Branch, NodeId)]) -> u64 {
    branches.iter().filter(|(branch, _)| branch.share.is_none() && !is_silence(branch)).count() as u64
}

/// The weight of each branch: its share, or an equal part of what the others leave; nobody waits for silence by default.
fn weights(branches: &[(&Branch, NodeId)]) -> Vec<u64> {
    let given: u64 =
        branches.iter().filter_map(|(branch, _)| branch.share).map(|share| u64::from(share.basis_points())).sum();
    let open = unsaid(branches).max(1);
    let weight = |branch: &Branch| match branch.share {
        Some(share) => u64::from(share.basis_points()) * open,
        None if is_silence(branch) => 0,
        None => 10_000u64.saturating_sub(given),
    };
    branches.iter().map(|(branch, _)| weight(branch)).collect()
}
