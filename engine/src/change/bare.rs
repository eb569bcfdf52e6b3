//! Flows without their texts: what of a change neither a person nor a case meets.

use super::mapping::Mapping;
use crate::{
    condition::{Condition, Kind, Question, QuestionId},
    flow::{Branch, Flow, Guard, NodeId},
    node::{Amount, Clock, Decider, Known, Node, NodeKind, Step},
    text::{Name, Text},
};

/// Whether two flows differ at most in titles, labels, sources, citations, marks of estimate, and the order of the facts of
/// a node.
pub(super) fn is_same(older: &Flow, newer: &Flow) -> bool {
    let mapping = Mapping::between(older, newer);
    let same_questions = older.questions().len() == newer.questions().len()
        && older.questions().iter().all(|question| newer.questions().iter().any(|other| alike(question, other)));
    same_questions
        && older.has_unknown_fees() == newer.has_unknown_fees()
        && older.len() == newer.len()
        && older.nodes().zip(newer.nodes()).all(|((id, before), (_, after))| {
            node(before, &Terms::Own) == node(after, &Terms::Older(&mapping))
                && ways(older, id, &Terms::Own) == ways(newer, id, &Terms::Older(&mapping))
        })
}

/// In which questions conditions are told.
pub(super) enum Terms<'m> {
    /// As they are.
    Own,
    /// Of the older flow.
    Older(&'m Mapping<'m>),
}

impl Terms<'_> {
    fn question(&self, question: QuestionId) -> Option<QuestionId> {
        match self {
            Self::Own => Some(question),
            Self::Older(mapping) => mapping.back(question),
        }
    }

    fn condition(&self, condition: &mut Condition) -> Option<()> {
        if let Self::Older(mapping) = self {
            *condition = mapping.condition_back(condition)?;
        }
        Some(())
    }

    fn when(&self, when: &mut Option<Condition>) -> Option<()> {
        when.as_mut().map_or(Some(()), |condition| self.condition(condition))
    }
}

fn alike(one: &Question, other: &Question) -> bool {
    let kinds = match (&one.kind, &other.kind) {
        (Kind::OneOf(one), Kind::OneOf(other)) => {
            one.iter().map(|case| &case.name).eq(other.iter().map(|case| &case.name))
        }
        (one, other) => one == other,
    };
    kinds
        && (&one.name, one.low, one.high, one.typical, &one.known_by)
            == (&other.name, other.low, other.high, other.typical, &other.known_by)
}

/// The ways out of a node, texts apart; `None` if they speak of questions that the older flow does not have.
fn ways(flow: &Flow, id: NodeId, terms: &Terms<'_>) -> Option<Vec<(Branch, usize)>> {
    let bare = |(branch, to): (&Branch, NodeId)| {
        let mut branch = Branch { label: Text::default(), estimated: false, ..branch.clone() };
        if let Guard::When(condition) = &mut branch.guard {
            terms.condition(condition)?;
        }
        Some((branch, to.index()))
    };
    flow.branches(id).into_iter().map(bare).collect()
}

/// A node, texts apart.
pub(super) fn node(node: &Node, terms: &Terms<'_>) -> Option<Node> {
    let kind = match &node.kind {
        NodeKind::Step(own) => NodeKind::Step(Box::new(step(own, terms)?)),
        NodeKind::Decision(Decider::Person(question)) => {
            NodeKind::Decision(Decider::Person(terms.question(*question)?))
        }
        other => other.clone(),
    };
    Some(Node { clock: clock(&node.clock), ..Node::new(node.name.clone(), kind) })
}

/// The same node under no name.
pub(super) fn nameless(of: &Node, terms: &Terms<'_>) -> Option<Node> {
    node(of, terms).map(|node| Node { name: Name::from(""), ..node })
}

fn known<T: Clone>(known: &Option<Known<T>>) -> Option<Known<T>> {
    known.as_ref().map(|known| Known { value: known.value.clone(), estimated: false, legal: None })
}

/// A clock, texts apart.
pub(super) fn clock(clock: &Clock) -> Clock {
    let mut bare = Clock {
        legal: known(&clock.legal),
        usual: known(&clock.usual),
        receipt: known(&clock.receipt),
        ..clock.clone()
    };
    bare.complement.iter_mut().for_each(|complement| complement.legal = None);
    bare.silence.iter_mut().for_each(|silence| silence.legal = None);
    bare.appeal.iter_mut().for_each(|appeal| appeal.legal = None);
    if let Some(extension) = &mut bare.extension {
        (extension.legal, extension.reason) = (None, Text::default());
    }
    bare
}

fn step(step: &Step, terms: &Terms<'_>) -> Option<Step> {
    let mut bare = Step { effort: known(&step.effort), ..step.clone() };
    bare.partial_coverage = step.partial_coverage.as_ref().map(|_| Text::default());
    for demand in &mut bare.demands {
        terms.when(&mut demand.when)?;
        (demand.legal, demand.estimated) = (None, false);
    }
    for payment in &mut bare.payments {
        terms.when(&mut payment.when)?;
        (payment.legal, payment.estimated, payment.fee) = (None, false, None);
        if let Amount::Part { question, .. } | Amount::PerUnit { question, .. } = &mut payment.amount {
            *question = terms.question(*question)?;
        }
    }
    for receives in &mut bare.receives {
        terms.when(&mut receives.when)?;
    }
    for ask in &mut bare.asks {
        terms.when(&mut ask.when)?;
        ask.question = terms.question(ask.question)?;
    }
    for exchange in &mut bare.exchanges {
        terms.when(&mut exchange.when)?;
        for question in &mut exchange.answers {
            *question = terms.question(*question)?;
        }
    }
    sort(&mut bare.demands);
    sort(&mut bare.payments);
    sort(&mut bare.receives);
    sort(&mut bare.asks);
    sort(&mut bare.exchanges);
    sort(&mut bare.fallbacks);
    bare.calls.sort();
    Some(bare)
}

/// Any order will do, as long as it is the same on both sides.
fn sort<T: std::fmt::Debug>(facts: &mut [T]) {
    facts.sort_by_cached_key(|fact| format!("{fact:?}"));
}
