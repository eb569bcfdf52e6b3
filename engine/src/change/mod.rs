//! What a change of a version means for the cases that run under it, and for whom its figures move.
//!
//! INVARIANT: the journal of a case that ran under the older flow, carried over by [`carry`], replays on the newer one whenever
//! the change is at most [`Impact::Compatible`].

mod bare;
mod carry;
mod exits;
mod mapping;
mod whom;

use std::collections::BTreeSet;

use self::{bare::Terms, mapping::Mapping};
pub use self::{
    carry::carry,
    whom::{Concerned, concerned},
};
use crate::{
    compare::{Comparison, Fate},
    condition::{Condition, Kind, QuestionId},
    flow::{Flow, NodeId},
    node::{Decider, Node, NodeKind, Step},
    procedure::Version,
    program::{Program, reachable},
    text::Name,
};

/// What a change means for running cases, the least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Only texts, sources, citations, marks of estimate or the order of facts are others: the flow is the same.
    #[default]
    Text,
    /// A case that runs, wherever it stands, goes on under the newer flow as it is.
    Compatible,
    /// A case that runs may have to be moved, to be asked something more, or to be looked at again because its delays or rights
    /// are others; what became of its node is told.
    Migration,
    /// A case may stand, or may have gone, where the newer flow has no place for it.
    Breaking,
}

/// Why a change is more than compatible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The newer flow cannot be run at all.
    Unsound,
    /// A case opens at another node; the older first one.
    StartMoved(Name),
    /// A node stands under another name: the older, the newer.
    Renamed(Name, Name),
    /// A node is replaced by others.
    Replaced(Name, Vec<Name>),
    /// A node is dropped, for a reason that the newer version gives.
    Dropped(Name),
    /// A node where a case may stand is gone, and nothing says what became of it.
    Gone(Name),
    /// A node is of another kind.
    OtherKind(Name),
    /// A way out of a node leads elsewhere: the node, the case if the way is one of an authority.
    LeadsElsewhere(Name, Option<Name>),
    /// A decision on facts, or on a choice, is taken otherwise.
    DecidesOtherwise(Name),
    /// A return from a node may be taken less often.
    FewerReturns(Name),
    /// Other branches are done side by side, or meet elsewhere.
    OtherFork(Name),
    /// An authority no longer rules so: the decision, the case.
    CaseGone(Name, Name),
    /// Silence no longer leads on from a node.
    SilenceGone(Name),
    /// A step that is done now waits for an answer, or for silence.
    SilenceNew(Name),
    /// A step now depends on an answer that a case may not have: the step, the question.
    AsksMore(Name, Name),
    /// A question takes other answers: its kind or its bounds are others.
    OtherAnswers(Name),
    /// An answer is no longer possible: the question, the case.
    AnswerGone(Name, Name),
    /// The legal maximum of a node is another.
    OtherDelay(Name),
    /// A receipt is given where none was, or no more, or with another delay to mend the file.
    OtherReceipt(Name),
    /// Silence means something else.
    OtherSilence(Name),
    /// The appeal is open before another body or within other delays, or it is no more, or new.
    OtherAppeal(Name),
}

impl Reason {
    /// What it means for running cases.
    #[must_use]
    pub const fn impact(&self) -> Impact {
        match self {
            Self::Unsound | Self::Gone(_) | Self::CaseGone(..) | Self::SilenceGone(_) | Self::AnswerGone(..) => {
                Impact::Breaking
            }
            _ => Impact::Migration,
        }
    }
}

/// What a change of a version means for running cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The worst of its reasons.
    pub impact: Impact,
    /// Why it is more than compatible, in the order of the older file.
    pub reasons: Vec<Reason>,
}

impl Change {
    /// Compares a version with what it becomes: an edit of it, or the version that follows it.
    #[must_use]
    pub fn between(older: &Version, newer: &Version) -> Self {
        if (older.from, older.is_planned) == (newer.from, newer.is_planned) && bare::is_same(&older.flow, &newer.flow) {
            return Self::default();
        }
        let reasons = reasons(older, newer);
        let impact = reasons.iter().map(Reason::impact).max().unwrap_or(Impact::Compatible);
        Self { impact, reasons }
    }
}

fn reasons(older: &Version, newer: &Version) -> Vec<Reason> {
    if older.flow.is_empty() || Program::compile(&older.flow).is_err() {
        // Nobody could run a case under it.
        return Vec::new();
    }
    if Program::compile(&newer.flow).is_err() {
        return vec![Reason::Unsound];
    }
    let mapping = Mapping::between(&older.flow, &newer.flow);
    let mut pair = Pair { older: &older.flow, newer: &newer.flow, mapping, reasons: Vec::new() };
    pair.start();
    let met = reachable(&older.flow);
    let fates = Comparison::between(older, newer).older;
    for (id, fate) in fates.iter().filter(|(id, _)| met[id.index()]) {
        match fate {
            Fate::Kept(heir) => pair.kept(*id, *heir),
            fate => pair.lost(*id, fate),
        }
    }
    pair.questions();
    pair.reasons
}

/// Two flows, and what is found of them.
struct Pair<'f> {
    older: &'f Flow,
    newer: &'f Flow,
    mapping: Mapping<'f>,
    reasons: Vec<Reason>,
}

impl Pair<'_> {
    fn start(&mut self) {
        let Some(entry) = self.older.entry().map(|entry| self.older.node(entry)) else { return };
        let is_first = self.newer.entry().is_some_and(|first| self.newer.node(first).name == entry.name);
        // Of a first node that is no more, its own fate says enough, if it has one.
        let is_told = self.newer.find(entry.name.as_str()).is_none() && stands(&entry.kind);
        if !is_first && !is_told {
            self.reasons.push(Reason::StartMoved(entry.name.clone()));
        }
    }

    /// A node that has no heir of its name. No case stands at a fork or an outcome: the ways that led there tell.
    fn lost(&mut self, id: NodeId, fate: &Fate) {
        let node = self.older.node(id);
        if !stands(&node.kind) {
            return;
        }
        let name = node.name.clone();
        self.reasons.push(match fate {
            Fate::ReplacedBy(heirs) => {
                Reason::Replaced(name, heirs.iter().map(|heir| self.newer.node(*heir).name.clone()).collect())
            }
            Fate::Dropped(_) => Reason::Dropped(name),
            Fate::Kept(_) | Fate::Unaccounted => match self.renamed(id) {
                Some(heir) => Reason::Renamed(name, heir),
                None => Reason::Gone(name),
            },
        });
    }

    /// The one node of the newer flow that says the same under a name that the older one did not have.
    fn renamed(&self, id: NodeId) -> Option<Name> {
        let own = self.older.node(id);
        let bare = bare::nameless(own, &Terms::Own)?;
        let is_it = |title: bool| {
            let mut heirs = self.newer.nodes().filter(|(_, node)| {
                self.older.find(node.name.as_str()).is_none()
                    && (!title || node.title == own.title)
                    && bare::nameless(node, &Terms::Older(&self.mapping)).as_ref() == Some(&bare)
            });
            let heir = heirs.next().map(|(_, node)| node.name.clone());
            heir.filter(|_| heirs.next().is_none())
        };
        is_it(true).or_else(|| is_it(false))
    }

    fn kept(&mut self, id: NodeId, heir: NodeId) {
        let (before, after) = (self.older.node(id), self.newer.node(heir));
        let is_alike = match (&before.kind, &after.kind) {
            (NodeKind::Step(_), NodeKind::Step(_))
            | (NodeKind::Wait(_), NodeKind::Wait(_))
            | (NodeKind::Fork, NodeKind::Fork) => true,
            (NodeKind::Outcome(before), NodeKind::Outcome(after)) => before == after,
            (NodeKind::Decision(before), NodeKind::Decision(after)) => match (before, after) {
                (Decider::Facts, Decider::Facts) | (Decider::Authority(_), Decider::Authority(_)) => true,
                (Decider::Person(before), Decider::Person(after)) => self.mapping.forth(*before) == Some(*after),
                _ => false,
            },
            _ => false,
        };
        if !is_alike {
            self.reasons.push(Reason::OtherKind(before.name.clone()));
            return;
        }
        if let (NodeKind::Step(before), NodeKind::Step(after)) = (&before.kind, &after.kind) {
            self.asks(id, before, after);
        }
        self.clock(before, after);
        self.exits(id, heir);
    }

    /// Delays and rights that a running case counts on. Its journal replays all the same.
    fn clock(&mut self, before: &Node, after: &Node) {
        let (name, [old, new]) = (&before.name, [before, after].map(|node| bare::clock(&node.clock)));
        let facts = [
            (old.legal != new.legal, Reason::OtherDelay(name.clone())),
            (old.receipt != new.receipt, Reason::OtherReceipt(name.clone())),
            (old.silence != new.silence, Reason::OtherSilence(name.clone())),
            (old.appeal != new.appeal, Reason::OtherAppeal(name.clone())),
        ];
        self.reasons.extend(facts.into_iter().filter(|(is_other, _)| *is_other).map(|(_, reason)| reason));
    }

    /// Questions that a done step may not have had to ask.
    fn asks(&mut self, id: NodeId, before: &Step, after: &Step) {
        let known: Vec<&Condition> = conditions(before).collect();
        let answered = answered(before, &known);
        let mut more = BTreeSet::new();
        for condition in conditions(after) {
            let back = self.mapping.condition_back(condition);
            if back.as_ref().is_some_and(|back| known.contains(&back)) {
                continue;
            }
            condition.visit(&mut |question, _| more.extend(self.unless_answered(question, &answered)));
        }
        for payment in &after.payments {
            let Some(question) = payment.amount.question() else { continue };
            let old = self.mapping.back(question);
            let when = payment.when.as_ref().map(|when| self.mapping.condition_back(when));
            let is_due_before = before
                .payments
                .iter()
                .any(|other| old.is_some() && other.amount.question() == old && when == other.when.clone().map(Some));
            if !is_due_before {
                more.extend(self.unless_answered(question, &answered));
            }
        }
        let name = &self.older.node(id).name;
        let more =
            more.into_iter().filter_map(|question: QuestionId| self.newer.questions().get(usize::from(question.0)));
        self.reasons.extend(more.map(|question| Reason::AsksMore(name.clone(), question.name.clone())));
    }

    /// A newer question, unless every case that has done the step has answered it.
    fn unless_answered(&self, question: QuestionId, answered: &BTreeSet<QuestionId>) -> Option<QuestionId> {
        let is_answered = self.mapping.back(question).is_some_and(|old| answered.contains(&old));
        (!is_answered).then_some(question)
    }

    /// Questions of which an answer that was given may no longer do.
    fn questions(&mut self) {
        for (at, before) in self.older.questions().iter().enumerate() {
            let Ok(id) = u16::try_from(at).map(QuestionId) else { break };
            let Some(after) = self.mapping.forth(id).and_then(|heir| self.newer.questions().get(usize::from(heir.0)))
            else {
                continue;
            };
            match (&before.kind, &after.kind) {
                (Kind::OneOf(before_cases), Kind::OneOf(after_cases)) => {
                    let is_gone = |name: &Name| !after_cases.iter().any(|case| case.name == *name);
                    let gone = before_cases.iter().map(|case| &case.name).filter(|name| is_gone(name));
                    self.reasons.extend(gone.map(|name| Reason::AnswerGone(before.name.clone(), name.clone())));
                }
                (one, other) if one != other => {
                    self.reasons.push(Reason::OtherAnswers(before.name.clone()));
                    continue;
                }
                _ => {}
            }
            let high = |high: Option<i64>| high.unwrap_or(i64::MAX);
            if after.low > before.low || high(after.high) < high(before.high) {
                self.reasons.push(Reason::OtherAnswers(before.name.clone()));
            }
        }
    }
}

/// Whether a case can stand at a node of this kind.
const fn stands(kind: &NodeKind) -> bool {
    !matches!(kind, NodeKind::Fork | NodeKind::Outcome(_))
}

/// The conditions that must be settled before a step is done.
fn conditions(step: &Step) -> impl Iterator<Item = &Condition> {
    let demands = step.demands.iter().filter_map(|demand| demand.when.as_ref());
    demands.chain(step.payments.iter().filter_map(|payment| payment.when.as_ref()))
}

/// The questions that have an answer whenever a step has been done: of conditions on one question alone, and of what is paid
/// by formula in any case.
fn answered(step: &Step, known: &[&Condition]) -> BTreeSet<QuestionId> {
    let mut answered = BTreeSet::new();
    for condition in known {
        let mut questions = BTreeSet::new();
        condition.visit(&mut |question, _| {
            questions.insert(question);
        });
        if questions.len() == 1 && condition.holds(&|_| None).is_none() {
            answered.extend(questions);
        }
    }
    let always = step.payments.iter().filter(|payment| payment.when.is_none());
    answered.extend(always.filter_map(|payment| payment.amount.question()));
    answered
}
