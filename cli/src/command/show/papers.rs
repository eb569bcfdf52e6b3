//! The papers that a person has to bring, and where each is to be had.

use mastara_engine::{
    answers::Answers,
    flow::{Flow, NodeId},
    node::{Demand, Form, Medium, NodeKind, Paper, Step},
};

use super::maker::Maker;
use crate::{
    person::possible,
    view::sheet::{AcceptedView, Named, PaperView},
};

/// The medium that papers have where nothing is said.
pub fn usual_medium(step: &Step) -> Medium {
    if step.channel.is_online() { Medium::Digital } else { Medium::Paper }
}

/// The papers that these nodes demand of a person, each demand once, in the order in which they are met.
pub fn papers(maker: &Maker<'_>, nodes: &[NodeId]) -> Vec<PaperView> {
    let flow = maker.flow();
    let mut met: Vec<(&Demand, PaperView)> = Vec::new();
    for &id in nodes {
        let NodeKind::Step(step) = &flow.node(id).kind else { continue };
        for demand in &step.demands {
            let Some(when) = condition(maker, demand) else { continue };
            let name = flow.node(id).name.to_string();
            let same =
                |(other, _): &&mut (&Demand, PaperView)| other.any_of == demand.any_of && other.when == demand.when;
            if let Some((_, known)) = met.iter_mut().find(same) {
                known.steps.push(name);
                known.estimated &= demand.estimated;
                continue;
            }
            let accepted = |paper: &Paper| accepted(maker, paper, usual_medium(step), id);
            let paper = PaperView {
                any_of: demand.any_of.iter().map(accepted).collect(),
                when,
                steps: vec![name],
                estimated: demand.estimated,
                legal: demand.legal.as_ref().map(|legal| maker.phrases.short_citation(legal)),
            };
            met.push((demand, paper));
        }
    }
    met.into_iter().map(|(_, paper)| paper).collect()
}

/// In which case a paper is demanded of the person; `None` if never.
fn condition(maker: &Maker<'_>, demand: &Demand) -> Option<Option<String>> {
    maker.when(demand.when.as_ref())
}

fn accepted(maker: &Maker<'_>, paper: &Paper, usual: Medium, node: NodeId) -> AcceptedView {
    let phrases = &maker.phrases;
    let noun = phrases.vocabulary.documents.get(&paper.document);
    let issuer = noun.and_then(|noun| noun.issuer.as_ref());
    let procedure = noun.and_then(|noun| noun.procedure.as_ref()).filter(|id| **id != maker.procedure.id);
    let received = received_before(maker.flow(), paper, node, maker.person);
    let mut view = AcceptedView {
        id: paper.document.to_string(),
        title: phrases.document(&paper.document),
        text: phrases.paper(paper, usual),
        form: form(paper.form),
        copies: paper.copies,
        medium: medium(paper.medium),
        issuer: issuer.map(|id| Named { id: id.to_string(), title: phrases.authority(id) }),
        procedure: procedure.map(|id| Named { id: id.to_string(), title: maker.procedure_title(id) }),
        received_at: received.map(|id| maker.named(id)),
        held_by_state: noun.is_some_and(|noun| noun.is_held),
        source: None,
    };
    view.source = source(maker, &view);
    view
}

/// Where a paper is to be had, in words.
fn source(maker: &Maker<'_>, view: &AcceptedView) -> Option<String> {
    let words = maker.phrases.words;
    if let Some(step) = &view.received_at {
        return Some(words.fill("show.source.step", &[&step.title]));
    }
    let mut parts = Vec::new();
    parts.extend(view.issuer.as_ref().map(|issuer| words.fill("show.source.issuer", &[&issuer.title])));
    parts.extend(view.procedure.as_ref().map(|procedure| words.fill("show.source.procedure", &[&procedure.title])));
    parts.extend(view.held_by_state.then(|| words.get("show.source.held").to_owned()));
    (!parts.is_empty()).then(|| parts.join(words.get("phrase.list")))
}

/// The step, possible for the person and written above, at which the document is received.
fn received_before(flow: &Flow, paper: &Paper, node: NodeId, person: &Answers) -> Option<NodeId> {
    let gives = |id: &NodeId| match &flow.node(*id).kind {
        NodeKind::Step(step) => step.receives.iter().any(|received| {
            let is_possible = received.when.as_ref().is_none_or(|when| possible::holds(when, person) != Some(false));
            received.paper.document == paper.document && is_possible
        }),
        _ => false,
    };
    possible::nodes(flow, person).into_iter().filter(|id| *id < node).find(gives)
}

/// A form as programs read it.
fn form(form: Form) -> Option<&'static str> {
    match form {
        Form::Plain => None,
        Form::Copy => Some("copy"),
        Form::Original => Some("original"),
        Form::Certified => Some("certified"),
        Form::Legalised => Some("legalised"),
    }
}

/// A medium as programs read it.
fn medium(medium: Medium) -> &'static str {
    match medium {
        Medium::Paper => "paper",
        Medium::Digital => "digital",
        Medium::Both => "both",
    }
}
