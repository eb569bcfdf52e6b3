//! The tally of a case in words.

use mastara_engine::{
    node::{Amount, NodeKind, Step},
    procedure::Version,
    run::{Case, Tally},
};

use crate::{
    figures::{Figures, Mark},
    locale::Words,
};

/// The marks of a tally, from the steps that made it.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    pub documents: Mark,
    pub minutes: Mark,
    pub fees: Mark,
}

impl Marks {
    /// Of the steps that a case has passed.
    pub fn of(case: &Case<'_>, version: &Version) -> Self {
        let step = |node: &mastara_engine::flow::NodeId| match &version.flow.node(*node).kind {
            NodeKind::Step(step) => Some(step.as_ref()),
            _ => None,
        };
        let steps: Vec<&Step> = case.trail().iter().filter_map(step).collect();
        let holds = |when: &Option<mastara_engine::condition::Condition>| {
            when.as_ref().is_none_or(|when| when.holds(&|question| case.answer(question)) == Some(true))
        };
        let demands = steps.iter().flat_map(|step| &step.demands);
        let payments = steps.iter().flat_map(|step| &step.payments).filter(|payment| holds(&payment.when));
        let unknown =
            version.flow.has_unknown_fees() || payments.clone().any(|payment| payment.amount == Amount::Unknown);
        let known = steps.iter().all(|step| step.effort.is_some());
        let estimated = steps.iter().any(|step| step.effort.as_ref().is_some_and(|effort| effort.estimated));
        Self {
            documents: Mark::of(true, demands.into_iter().any(|demand| demand.estimated && holds(&demand.when))),
            minutes: Mark::of(known, estimated),
            fees: Mark::of(!unknown, payments.into_iter().any(|payment| payment.estimated)),
        }
    }
}

/// Each figure of a tally with its noun; those that have grown since `before` come with how much.
pub fn tally(tally: Tally, before: Tally, marks: Marks, words: &Words) -> Vec<String> {
    let figures = Figures::new(words);
    let count = |key: &str, now: u64, before: u64, mark: Mark| {
        let shown = mark.on(&figures.whole(signed(now)));
        grown(words, words.plural(key, now, &shown), signed(now) - signed(before), |more| figures.whole(more))
    };
    let minutes = marks.minutes.on_value(signed(tally.minutes), &figures.minutes(signed(tally.minutes)));
    let fees = match marks.fees {
        Mark::Estimated if tally.fees == 0 => figures.dirhams(0),
        mark => mark.on_value(tally.fees, &figures.dirhams(tally.fees)),
    };
    vec![
        count("run.steps", tally.steps, before.steps, Mark::Known),
        count("run.trips", tally.trips, before.trips, Mark::Known),
        count("run.documents", tally.documents, before.documents, marks.documents),
        count("run.sheets", tally.sheets, before.sheets, marks.documents),
        grown(words, minutes, signed(tally.minutes) - signed(before.minutes), |more| figures.minutes(more)),
        grown(words, fees, tally.fees - before.fees, |more| figures.dirhams(more)),
    ]
}

fn grown(words: &Words, text: String, more: i64, show: impl Fn(i64) -> String) -> String {
    if more > 0 { words.fill("run.grown", &[&text, &show(more)]) } else { text }
}

/// Counts are small.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
