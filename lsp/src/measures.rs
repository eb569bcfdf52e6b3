//! Figures of versions and steps, as the editor shows them.

use mastara_engine::{
    answers::Answers,
    flow::NodeId,
    measure::{Measures, SoFar},
    node::{Amount, Node, Step},
    procedure::Version,
    program::Program,
};

use crate::words::Words;

/// What a version asks of everybody; none if its flow cannot be measured.
#[must_use]
pub fn measures(version: &Version) -> Option<Measures> {
    let measures = Program::compile(&version.flow).ok()?.measure(&Answers::everybody()).ok()?;
    measures.is_feasible.then_some(measures)
}

/// The steps of the nominal way with what has been asked by their end: of a step passed twice, the last time.
#[must_use]
pub fn course(version: &Version) -> Vec<SoFar> {
    let program = Program::compile(&version.flow).ok();
    let course = program.and_then(|program| program.nominal_course(&Answers::everybody()).ok()).unwrap_or_default();
    let mut last: Vec<SoFar> = Vec::new();
    for so_far in course {
        last.retain(|known| known.node != so_far.node);
        last.push(so_far);
    }
    last
}

/// Trips and documents so far, in short.
#[must_use]
pub fn so_far(so_far: SoFar, words: Words) -> String {
    words.fill("inlay", &[&so_far.trips.to_string(), &so_far.documents.to_string()])
}

/// The figures of a version along its nominal way.
#[must_use]
pub fn of_version(measures: &Measures, words: Words) -> String {
    let count = |key: &'static str, value: i64| words.fill(key, &[&value.to_string()]);
    [
        count("measure.steps", measures.steps.nominal),
        count("measure.trips", measures.trips.nominal),
        count("measure.documents", measures.documents.nominal),
        count("measure.minutes", measures.effort.nominal),
        count("measure.days", measures.legal_delay.nominal),
        fees(measures.fees.nominal, measures.standing.fees_known, words),
        count("measure.level", i64::from(measures.level)),
    ]
    .join(" · ")
}

/// The figures of a node: what it says of itself, and what has been asked by its end.
#[must_use]
pub fn of_node(version: &Version, id: NodeId, words: Words) -> Vec<String> {
    let node = version.flow.node(id);
    let own: Vec<String> =
        node.step().map(|step| of_step(step, words)).into_iter().flatten().chain(of_clock(node, words)).collect();
    let mut lines = Vec::new();
    if !own.is_empty() {
        lines.push(own.join(" · "));
    }
    if let Some(so_far) = course(version).into_iter().find(|so_far| so_far.node == id) {
        let counts = [so_far.steps, so_far.trips, so_far.documents].map(|count| count.to_string());
        lines.push(words.fill("measure.so-far", &counts.each_ref().map(String::as_str)));
    }
    lines
}

fn of_step(step: &Step, words: Words) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(effort) = &step.effort {
        parts.push(words.fill("measure.minutes", &[&effort.value.to_string()]));
    }
    if !step.demands.is_empty() {
        let usual = step.demands.iter().filter_map(|demand| demand.any_of.first());
        let sheets: u64 = usual.map(|paper| u64::from(paper.copies)).sum();
        parts.push(words.fill("measure.documents", &[&step.demands.len().to_string()]));
        parts.push(words.fill("measure.sheets", &[&sheets.to_string()]));
    }
    let fixed: i64 = step
        .payments
        .iter()
        .map(|payment| if let Amount::Fixed(sum) = &payment.amount { sum.centimes() } else { 0 })
        .fold(0, i64::saturating_add);
    let is_known = step.payments.iter().all(|payment| payment.amount != Amount::Unknown);
    if fixed != 0 || !is_known {
        parts.push(fees(fixed, is_known, words));
    }
    parts
}

/// What is paid, if all of it is known, or at least so much.
fn fees(centimes: i64, is_known: bool, words: Words) -> String {
    match (centimes, is_known) {
        (_, true) => words.fill("measure.fees", &[&dirhams(centimes, words)]),
        (0, false) => words.get("measure.fees-unknown").to_owned(),
        (_, false) => words.fill("measure.fees-at-least", &[&dirhams(centimes, words)]),
    }
}

fn of_clock(node: &Node, words: Words) -> Vec<String> {
    let legal = node.clock.legal.as_ref().map(|delay| ("measure.days", delay.value));
    let usual = node.clock.usual.as_ref().map(|delay| ("measure.usual-days", delay.value));
    let shown = [legal, usual].into_iter().flatten();
    shown.map(|(key, delay)| words.fill(key, &[&delay.calendar_days().to_string()])).collect()
}

/// Dirhams of centimes.
#[must_use]
pub fn dirhams(centimes: i64, words: Words) -> String {
    let (whole, cents) = (centimes / 100, (centimes % 100).abs());
    if cents == 0 { whole.to_string() } else { format!("{whole}{}{cents:02}", words.get("decimal")) }
}
