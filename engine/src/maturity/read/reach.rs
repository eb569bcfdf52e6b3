//! T4: can the procedure be gone through from abroad, and without the digital channel?

use crate::{
    answers::Answers,
    flow::{Flow, NodeId},
    lens::Extent,
    maturity::{Cause, Indicator, Points, Reading, Subject, Unit, What},
    measure::Measures,
    node::{Channel, NodeKind, Step},
    procedure::Audience,
    program::Program,
    text::Name,
};

use super::Reader;

/// T4: half for use from abroad, a quarter for languages, a quarter for an alternative to the digital channel and for
/// accessibility, of what is known of these.
#[must_use]
pub fn reach(reader: &Reader<'_>) -> Unit {
    let mut causes = Vec::new();
    let abroad = abroad(reader, &mut causes);
    let alternative = alternative(reader, &mut causes);
    causes.push(Cause::new(What::AccessibilityUnknown, false));
    causes.push(Cause::new(What::LanguagesUnknown, false));
    let help = Reading::mean(&[(1, alternative), (1, Reading::Unknown)]);
    let reading = Reading::mean(&[(2, abroad), (1, Reading::Unknown), (1, help)]);
    // Of languages and of accessibility nothing is ever known.
    Unit::new(Indicator::T4, Subject::Procedure(reader.rank), reading)
        .estimated(reader.is_rebuilt())
        .known_to(Extent::Part)
        .because(causes)
}

/// For procedures open to Moroccans abroad, after the scale of the EU's cross-border questions (0, 50, 100): a person who
/// avoids what can be avoided does nothing in person, goes to a body abroad at most, or has to be in Morocco.
fn abroad(reader: &Reader<'_>, causes: &mut Vec<Cause>) -> Reading {
    let flow = &reader.version.flow;
    if !reader.procedure.audience.contains(&Audience::Abroad) {
        return Reading::NotApplicable;
    }
    let place = |step: &Step| step.channel.place().cloned();
    let body = |place: &Name| reader.vocabulary.places.get(place).map(|place| &place.authority);
    let is_abroad = |place: &Name| body(place).is_some_and(|body| reader.settings.abroad.contains(body));
    let in_person = |step: &Step| place(step).is_some() || step.channel == Channel::Home;
    let in_morocco = |step: &Step| in_person(step) && !place(step).is_some_and(|place| is_abroad(&place));
    let Some(anywhere) = kept(flow, in_person) else { return Reading::Unknown };
    if anywhere.is_empty() {
        causes.push(Cause::new(What::AllRemote, true));
        return Reading::Known(Points::full());
    }
    let Some(here) = kept(flow, in_morocco) else { return Reading::Unknown };
    let (what, is_met, at) =
        if here.is_empty() { (What::AbroadOnly, true, anywhere) } else { (What::InMorocco, false, here) };
    causes.extend(at.into_iter().map(|id| Cause::new(what, is_met).at(id)));
    Reading::Known(Points::whole(if is_met { 50 } else { 0 }))
}

/// Whether a person who wants to can do without every online step.
fn alternative(reader: &Reader<'_>, causes: &mut Vec<Cause>) -> Reading {
    let Some(online) = kept(&reader.version.flow, |step| step.channel.is_online()) else { return Reading::Unknown };
    if online.is_empty() {
        causes.push(Cause::new(What::WithoutDigital, true));
    }
    let is_met = online.is_empty();
    causes.extend(online.into_iter().map(|id| Cause::new(What::OnlineOnly, false).at(id)));
    Reading::Known(Points::either(is_met))
}

/// The steps of a kind that remain for a person who avoids them; `None` if there is no step, or the flow cannot be measured.
///
/// It is the game of `is_paperless` (docs/mesures.md) with one obstacle only: steps of the kind are done in person, others
/// online, and nothing else stands in the way.
fn kept(flow: &Flow, is_kind: impl Fn(&Step) -> bool) -> Option<Vec<NodeId>> {
    let mut bare = Flow::new(flow.questions().to_vec());
    for (_, node) in flow.nodes() {
        let mut node = node.clone();
        if let NodeKind::Step(step) = &mut node.kind {
            let channel = if is_kind(step) { Channel::Home } else { Channel::Online };
            **step = Step { channel, agency: step.agency.clone(), ..Step::default() };
        }
        bare.add_node(node);
    }
    for (id, _) in flow.nodes() {
        for (branch, to) in flow.branches(id) {
            bare.add_branch(id, to, branch.clone());
        }
    }
    if !bare.nodes().any(|(_, node)| node.step().is_some()) {
        return None;
    }
    let measures: Measures = Program::compile(&bare).ok()?.measure(&Answers::everybody()).ok()?;
    measures.is_feasible.then(|| measures.obstacles.into_iter().map(|(id, _)| id).collect())
}
