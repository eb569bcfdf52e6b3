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
    node::Decider,
    text::Name,
};

impl Builder<'_> {
    pub(super) fn decision(&mut self, id: NodeId, decider: &Decider) {
        let branches = self.flow.branches(id);
        let mut guards = Vec::new();
        let mut others = TRUE;
        for (branch, _) in &branches {
            let guard = match &branch.guard {
                Guard::When(condition) => self.guard(&mut others, Some(condition)),
                Guard::Else if !matches!(decider, Decider::Authority(_)) => self.guard(&mut others, None),
                _ => TRUE,
            };
            guards.push(guard);
        }
        let control = if matches!(decider, Decider::Person(_)) { Control::Person } else { Control::Other };
        self.exits(id, control, &branches, &guards);
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
        let is_silence = |branch: &Branch| branch.guard == Guard::Silence;
        let given: u64 =
            branches.iter().filter_map(|(branch, _)| branch.share).map(|share| u64::from(share.basis_points())).sum();
        let open = branches.iter().filter(|(branch, _)| branch.share.is_none() && !is_silence(branch)).count() as u64;
        let mut edges = Vec::new();
        for (rank, (branch, _)) in branches.iter().enumerate() {
            let weight = match branch.share {
                Some(share) => u64::from(share.basis_points()) * open.max(1),
                None if is_silence(branch) => 0,
                None => 10_000u64.saturating_sub(given),
            };
            let mut edge = edge(guards[rank], weight, Choice::Branch(rank));
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
