//! The questions of one flow in the terms of another, by name.

use crate::{
    condition::{Case, Comparison, Condition, Kind, Question, QuestionId},
    flow::Flow,
};

/// How the questions and answers of two flows stand for each other.
pub(super) struct Mapping<'f> {
    older: &'f [Question],
    newer: &'f [Question],
}

impl<'f> Mapping<'f> {
    /// Between the questions of two flows.
    pub(super) fn between(older: &'f Flow, newer: &'f Flow) -> Self {
        Self { older: older.questions(), newer: newer.questions() }
    }

    /// The same the other way round.
    pub(super) fn turned(&self) -> Self {
        Self { older: self.newer, newer: self.older }
    }

    /// The older question.
    pub(super) fn old(&self, question: QuestionId) -> Option<&'f Question> {
        self.older.get(usize::from(question.0))
    }

    /// The newer question of the same name.
    pub(super) fn forth(&self, question: QuestionId) -> Option<QuestionId> {
        find(self.newer, self.old(question)?)
    }

    /// The older question of the same name.
    pub(super) fn back(&self, question: QuestionId) -> Option<QuestionId> {
        find(self.older, self.newer.get(usize::from(question.0))?)
    }

    /// An older answer as the newer question keeps it; named cases go by name, whatever their rank.
    pub(super) fn answer_forth(&self, question: QuestionId, value: i64) -> Option<(QuestionId, i64)> {
        let heir = self.forth(question)?;
        let (older, newer) = (&self.old(question)?.kind, &self.newer.get(usize::from(heir.0))?.kind);
        Some((heir, translate(older, newer, value)?))
    }

    /// A newer condition in the terms of the older questions; `None` if it speaks of a question that the older flow does not
    /// have, or of another kind. A case that is new is one that nobody had answered.
    pub(super) fn condition_back(&self, condition: &Condition) -> Option<Condition> {
        let all = |parts: &[Condition]| parts.iter().map(|part| self.condition_back(part)).collect::<Option<Vec<_>>>();
        Some(match condition {
            Condition::Compare(question, comparison, constant) => {
                let old = self.back(*question)?;
                match self.ranks_back(*question, *comparison, *constant) {
                    Some(ranks) => Condition::OneOf(old, ranks),
                    None => Condition::Compare(old, *comparison, self.constant_back(*question, *constant)?),
                }
            }
            Condition::OneOf(question, constants) => {
                let constants = constants.iter().map(|constant| self.constant_back(*question, *constant));
                let mut constants = constants.collect::<Option<Vec<_>>>()?;
                constants.sort_unstable();
                Condition::OneOf(self.back(*question)?, constants)
            }
            Condition::All(parts) => Condition::All(all(parts)?),
            Condition::Any(parts) => Condition::Any(all(parts)?),
            Condition::Not(part) => Condition::Not(Box::new(self.condition_back(part)?)),
        })
    }

    /// The older ranks of the cases that an order between ranks means, where the cases themselves are in another order.
    fn ranks_back(&self, question: QuestionId, comparison: Comparison, constant: i64) -> Option<Vec<i64>> {
        let (newer, older) = (&self.newer.get(usize::from(question.0))?.kind, &self.old(self.back(question)?)?.kind);
        let (Kind::OneOf(from), Kind::OneOf(to)) = (newer, older) else { return None };
        let is_order = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if !is_order || keep_ranks(from, to) {
            return None;
        }
        let ranks = (0..i64::try_from(from.len()).unwrap_or(0)).filter(|rank| comparison.holds(*rank, constant));
        let mut ranks: Vec<i64> = ranks.filter_map(|rank| translate(newer, older, rank)).collect();
        ranks.sort_unstable();
        Some(ranks)
    }

    fn constant_back(&self, question: QuestionId, constant: i64) -> Option<i64> {
        let (newer, older) = (&self.newer.get(usize::from(question.0))?.kind, &self.old(self.back(question)?)?.kind);
        match (newer, older) {
            (Kind::OneOf(from), Kind::OneOf(to)) if keep_ranks(from, to) => Some(constant),
            (Kind::OneOf(_), Kind::OneOf(cases)) => {
                // A rank that no older answer has.
                let beyond = || if case(cases, constant).is_none() { constant } else { i64::MAX - constant };
                Some(translate(newer, older, constant).unwrap_or_else(beyond))
            }
            _ => translate(newer, older, constant),
        }
    }
}

fn find(questions: &[Question], like: &Question) -> Option<QuestionId> {
    let at = questions.iter().position(|question| question.name == like.name)?;
    u16::try_from(at).ok().map(QuestionId)
}

/// Whether cases were at most added or taken off at the end.
fn keep_ranks(one: &[Case], other: &[Case]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.name == other.name)
}

/// The case of a rank.
fn case(cases: &[Case], rank: i64) -> Option<&Case> {
    cases.get(usize::try_from(rank).ok()?)
}

/// An answer to a question of one kind as an answer to one of the other; none between different types.
fn translate(from: &Kind, to: &Kind, value: i64) -> Option<i64> {
    match (from, to) {
        (Kind::OneOf(from), Kind::OneOf(to)) => {
            let own = case(from, value)?;
            let rank = to.iter().position(|other| other.name == own.name)?;
            i64::try_from(rank).ok()
        }
        (Kind::OneOf(_), _) | (_, Kind::OneOf(_)) => None,
        _ => (from == to).then_some(value),
    }
}
