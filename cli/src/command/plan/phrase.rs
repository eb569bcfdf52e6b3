//! What a candidate is, in words.

use mastara_engine::{
    node::Form,
    procedure::Procedure,
    reform::{Action, Change, Scope},
    text::Name,
    vocabulary::Vocabulary,
};

use super::candidate::{Candidate, What};
use crate::context::Context;

/// What a candidate does, and where if that is not said by who must make it.
pub fn phrase<'p>(
    candidate: &Candidate,
    vocabulary: &Vocabulary,
    procedures: impl Iterator<Item = &'p Procedure>,
    context: &Context,
) -> String {
    let words = &context.words;
    let register = |name: &Name| context.label(name, vocabulary.registers.get(name).map(|register| &register.title));
    let document = |name: &Name| context.label(name, vocabulary.documents.get(name).map(|document| &document.title));
    let change = match &candidate.what {
        What::Connect(name) => return words.fill("plan.change.connect", &[&register(name)]),
        What::Change(change) => change,
    };
    let phrase = match &change.action {
        Action::Fetch { document: asked, register: name } => {
            words.fill("plan.change.fetch", &[&document(asked), &register(name)])
        }
        Action::Open { register: name, .. } => words.fill("plan.change.open", &[&register(name)]),
        Action::Abolish(name) => words.fill("plan.change.abolish", &[&document(name)]),
        Action::AcceptDigital(_) => words.get("plan.change.accept").to_owned(),
        Action::PayOnline => words.get("plan.change.pay").to_owned(),
        Action::DeliverOnline => words.get("plan.change.deliver").to_owned(),
        Action::FileOnline => words.get("plan.change.file").to_owned(),
        Action::IdentifyOnline => words.get("plan.change.identify").to_owned(),
        Action::Waive(form) => words.get(form_key(*form)).to_owned(),
        Action::OneCopy => words.get("plan.change.one-copy").to_owned(),
        Action::Shorten(_) => words.get("plan.change.shorten").to_owned(),
    };
    let place = match &change.scope {
        Scope::Procedure(id) | Scope::Step(id, _) => {
            let mut all = procedures;
            Some(context.label(id, all.find(|procedure| procedure.id == *id).map(|procedure| &procedure.title)))
        }
        Scope::Sector(code) => Some(context.label(code, vocabulary.sectors.get(code))),
        Scope::Everywhere | Scope::Authority(_) => None,
    };
    place.map_or_else(|| phrase.clone(), |place| words.fill("plan.change.at", &[&phrase, &place]))
}

fn form_key(form: Form) -> &'static str {
    match form {
        Form::Legalised => "plan.change.waive-legalised",
        Form::Original => "plan.change.waive-original",
        _ => "plan.change.waive-certified",
    }
}

/// Where a change holds, as programs read it.
pub fn scope_id(change: &Change) -> String {
    match &change.scope {
        Scope::Everywhere => "everywhere".to_owned(),
        Scope::Authority(code) => format!("authority:{code}"),
        Scope::Sector(code) => format!("sector:{code}"),
        Scope::Procedure(id) => format!("procedure:{id}"),
        Scope::Step(id, step) => format!("step:{id}:{step}"),
    }
}
