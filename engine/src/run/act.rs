//! What a step asks in a case.

use super::{
    case::Case,
    script::{Accepted, Act},
};
use crate::{
    condition::{Condition, QuestionId},
    program::ops::NONE,
};

impl Case<'_> {
    pub(super) fn holds(&self, condition: Option<&Condition>) -> Option<bool> {
        condition.map_or(Some(true), |condition| condition.holds(&|question| self.answer(question)))
    }

    /// A question that keeps a condition open.
    pub(super) fn open_question(&self, condition: &Condition) -> Option<QuestionId> {
        let mut open = None;
        condition.visit(&mut |question, _| {
            if open.is_none() && self.answer(question).is_none() {
                open = Some(question);
            }
        });
        open
    }

    /// A question that has to be answered before a step can be done.
    pub(super) fn missing(&self, act: &Act) -> Option<QuestionId> {
        let conditions =
            act.demands.iter().map(|demand| &demand.0).chain(act.payments.iter().map(|payment| &payment.0));
        let open = conditions.flatten().find(|condition| self.holds(Some(condition)).is_none());
        open.and_then(|condition| self.open_question(condition)).or_else(|| {
            let due = act.payments.iter().filter(|payment| self.holds(payment.0.as_ref()) == Some(true));
            due.filter_map(|payment| payment.1.question()).find(|&question| self.answer(question).is_none())
        })
    }

    /// Which of several accepted papers is brought: the first that the person prefers, or else the first.
    fn brought(&self, accepted: &[Accepted]) -> Option<Accepted> {
        let preferred = accepted.iter().find(|(document, _)| self.preferred.contains(document));
        preferred.or(accepted.first()).copied()
    }

    /// Counts what a step asks.
    pub(super) fn perform(&mut self, act: &Act) {
        self.tally.steps += 1;
        self.tally.minutes += u64::from(act.minutes);
        self.tally.trips += u64::from(act.place != NONE && act.place != self.place);
        self.place = act.place;
        for (when, accepted) in &act.demands {
            if self.holds(when.as_ref()) == Some(true)
                && let Some((document, copies)) = self.brought(accepted)
            {
                let sheets = &mut self.sheets[document as usize];
                self.tally.documents += u64::from(*sheets == 0);
                self.tally.sheets += u64::from(copies);
                *sheets += u64::from(copies);
            }
        }
        for (when, amount) in &act.payments {
            if self.holds(when.as_ref()) == Some(true) {
                let answer = amount.question().and_then(|question| self.answer(question)).unwrap_or(0);
                self.tally.fees = self.tally.fees.saturating_add(amount.for_answer(answer).centimes());
            }
        }
    }
}
