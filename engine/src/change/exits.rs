//! The ways out of a node that is kept: whether a case that took one would take it still.

use std::collections::BTreeSet;

use super::{Pair, Reason};
use crate::{
    condition::{Condition, Kind, QuestionId},
    flow::{Branch, Flow, Guard, NodeId},
    node::{Decider, NodeKind},
    text::Name,
};

/// Where a way leads, by name, and how often it may be taken if it is a return.
type Lead<'f> = (&'f Name, Option<u16>);

impl Pair<'_> {
    /// Compares the ways out of a node and its heir, which are of one kind.
    pub(super) fn exits(&mut self, id: NodeId, heir: NodeId) {
        let (older, newer) = (self.older, self.newer);
        self.silence(id, heir);
        match &older.node(id).kind {
            NodeKind::Step(_) | NodeKind::Wait(_) => {
                let way = |branch: &&Branch| branch.guard == Guard::Always;
                if let Some(before) = lead(older, id, way) {
                    let after = lead(newer, heir, way);
                    self.leads(id, before, after, None);
                }
            }
            NodeKind::Decision(Decider::Authority(_)) => self.rulings(id, heir),
            NodeKind::Decision(Decider::Facts | Decider::Person(_)) => {
                if !self.decides_alike(id, heir) {
                    self.reasons.push(Reason::DecidesOtherwise(older.node(id).name.clone()));
                }
            }
            NodeKind::Fork => {
                if branches(older, id) != branches(newer, heir) {
                    self.reasons.push(Reason::OtherFork(older.node(id).name.clone()));
                }
            }
            NodeKind::Outcome(_) => {}
        }
    }

    fn silence(&mut self, id: NodeId, heir: NodeId) {
        let silent = |branch: &&Branch| branch.guard == Guard::Silence;
        let name = || self.older.node(id).name.clone();
        match (lead(self.older, id, silent), lead(self.newer, heir, silent)) {
            (None, Some(_)) if matches!(self.older.node(id).kind, NodeKind::Step(_)) => {
                self.reasons.push(Reason::SilenceNew(name()));
            }
            (None, _) => {}
            (Some(_), None) => self.reasons.push(Reason::SilenceGone(name())),
            (Some(before), after) => self.leads(id, before, after, None),
        }
    }

    /// Each case that was ruled must lead where it led.
    fn rulings(&mut self, id: NodeId, heir: NodeId) {
        for (branch, _) in self.older.branches(id) {
            let case = match &branch.guard {
                Guard::Ruled(case) => case.clone(),
                Guard::Else => Name::from(crate::answers::ELSE),
                _ => continue,
            };
            let same = |other: &&Branch| other.guard == branch.guard;
            let Some(before) = lead(self.older, id, same) else { continue };
            match lead(self.newer, heir, same) {
                None => self.reasons.push(Reason::CaseGone(self.older.node(id).name.clone(), case)),
                after => self.leads(id, before, after, Some(case)),
            }
        }
    }

    fn leads(&mut self, id: NodeId, before: Lead<'_>, after: Option<Lead<'_>>, case: Option<Name>) {
        let name = self.older.node(id).name.clone();
        match after {
            Some((to, at_most)) if to == before.0 => {
                // A way that was no return could be taken any number of times.
                let times = |at_most: Option<u16>| at_most.map_or(u32::MAX, u32::from);
                if times(at_most) < times(before.1) && !self.reasons.contains(&Reason::FewerReturns(name.clone())) {
                    self.reasons.push(Reason::FewerReturns(name));
                }
            }
            _ => self.reasons.push(Reason::LeadsElsewhere(name, case)),
        }
    }

    /// Whether answers settle a decision as before, and as soon.
    fn decides_alike(&self, id: NodeId, heir: NodeId) -> bool {
        let before: Vec<(Option<Condition>, Lead<'_>)> = ways(self.older, id);
        let after: Option<Vec<(Option<Condition>, Lead<'_>)>> = ways(self.newer, heir)
            .into_iter()
            .map(|(guard, lead)| {
                let guard = guard.map(|guard| self.mapping.condition_back(&guard));
                Some((if let Some(guard) = guard { Some(guard?) } else { None }, lead))
            })
            .collect();
        let Some(after) = after else { return false };
        if before == after {
            return true;
        }
        // On one question alone, only what each answer leads to counts.
        let (Some(question), Some(other)) = (single(&before), single(&after)) else { return false };
        question == other
            && self
                .answers(question, &before, &after)
                .into_iter()
                .all(|value| taken(&before, value) == taken(&after, value))
    }

    /// Answers to an older question, at least one of each class that the guards tell apart.
    fn answers(&self, question: QuestionId, before: &Ways<'_>, after: &Ways<'_>) -> BTreeSet<i64> {
        let Some(asked) = self.mapping.old(question) else { return BTreeSet::new() };
        let high = asked.high.unwrap_or(i64::MAX);
        match &asked.kind {
            Kind::YesNo => (0..=1).collect(),
            Kind::OneOf(cases) => (0..i64::try_from(cases.len()).unwrap_or(i64::MAX))
                // Of an answer that is gone its own reason tells.
                .filter(|value| self.mapping.answer_forth(question, *value).is_some())
                .collect(),
            Kind::Integer(_) | Kind::Money | Kind::Date => {
                let mut values = BTreeSet::from([asked.low, high]);
                for condition in before.iter().chain(after).filter_map(|(guard, _)| guard.as_ref()) {
                    condition.visit(&mut |_, constant| {
                        values.extend([constant.saturating_sub(1), constant, constant.saturating_add(1)]);
                    });
                }
                values.retain(|value| asked.low <= *value && *value <= high);
                values
            }
        }
    }
}

/// The guards of a decision and where they lead; no guard is `sinon`.
type Ways<'f> = [(Option<Condition>, Lead<'f>)];

fn ways(flow: &Flow, id: NodeId) -> Vec<(Option<Condition>, Lead<'_>)> {
    let way = |(branch, to): (&Branch, NodeId)| {
        let guard = match &branch.guard {
            Guard::When(condition) => Some(condition.clone()),
            Guard::Else => None,
            _ => return None,
        };
        Some((guard, (&flow.node(to).name, branch.at_most)))
    };
    flow.branches(id).into_iter().filter_map(way).collect()
}

/// The one question that all guards ask, if nothing is settled before it has an answer.
fn single(ways: &Ways<'_>) -> Option<QuestionId> {
    let mut questions = BTreeSet::new();
    for guard in ways.iter().map_while(|(guard, _)| guard.as_ref()) {
        guard.visit(&mut |question, _| {
            questions.insert(question);
        });
        if guard.holds(&|_| None).is_some() {
            return None;
        }
    }
    questions.first().copied().filter(|_| questions.len() == 1)
}

/// The way that an answer takes.
fn taken<'w, 'f>(ways: &'w Ways<'f>, value: i64) -> Option<&'w Lead<'f>> {
    let holds =
        |guard: &Option<Condition>| guard.as_ref().is_none_or(|guard| guard.holds(&|_| Some(value)) == Some(true));
    ways.iter().find(|(guard, _)| holds(guard)).map(|(_, lead)| lead)
}

fn lead<'f>(flow: &'f Flow, id: NodeId, is_it: impl Fn(&&Branch) -> bool) -> Option<Lead<'f>> {
    let way = flow.branches(id).into_iter().find(|(branch, _)| is_it(branch));
    way.map(|(branch, to)| (&flow.node(to).name, branch.at_most))
}

/// Where the branches of a fork begin, in any order, and where they meet.
fn branches(flow: &Flow, id: NodeId) -> Vec<(bool, &Name, Option<u16>)> {
    let way = |(branch, to): (&Branch, NodeId)| (branch.guard == Guard::Join, &flow.node(to).name, branch.at_most);
    let mut ways: Vec<_> = flow.branches(id).into_iter().map(way).collect();
    ways.sort();
    ways
}
