//! Changes and reasons in words.

use mastara_engine::{
    node::Form,
    reform::{Action, Change, Limit, Reason, Scope},
    text::Name,
};

use super::Phrases;
use crate::figures::Mark;

impl Phrases<'_> {
    /// A change: what is done differently, and where. What rests on a register of which the vocabulary only estimates that it
    /// can be asked is marked.
    pub fn change(&self, change: &Change) -> String {
        let what = self.action(&change.action);
        self.words.fill("change.in", &[&what, &self.scope(&change.scope)])
    }

    /// What is done differently.
    pub fn action(&self, action: &Action) -> String {
        match action {
            Action::Fetch { document, register } => {
                self.words.fill("change.fetch", &[&self.document(document), &self.register(register)])
            }
            Action::Open { register, documents } => {
                let known = self.vocabulary.registers.get(register);
                let supplies = known.map_or(0, |known| known.supplies.len());
                let more = documents.iter().filter(|name| known.is_none_or(|known| !known.supplies.contains(name)));
                let count = supplies + more.count();
                let papers =
                    self.words.plural("change.papers", crate::survey::count(count), &self.figures().count(count));
                self.words.fill("change.open", &[&self.register(register), &papers])
            }
            Action::PayOnline => self.words.get("change.pay-online").to_owned(),
            Action::DeliverOnline => self.words.get("change.deliver-online").to_owned(),
            Action::FileOnline => self.words.get("change.file-online").to_owned(),
            Action::IdentifyOnline => self.words.get("change.identify-online").to_owned(),
            Action::Abolish(document) => self.words.fill("change.abolish", &[&self.document(document)]),
            Action::AcceptDigital(Some(document)) => self.words.fill("change.accept", &[&self.document(document)]),
            Action::AcceptDigital(None) => self.words.get("change.accept-all").to_owned(),
            Action::Waive(Form::Certified) => self.words.get("change.waive.certified").to_owned(),
            Action::Waive(Form::Legalised) => self.words.get("change.waive.legalised").to_owned(),
            Action::Waive(_) => self.words.get("change.waive.original").to_owned(),
            Action::OneCopy => self.words.get("change.one-copy").to_owned(),
            Action::Shorten(Limit::Half) => self.words.get("change.half").to_owned(),
            Action::Shorten(Limit::Days(days)) => {
                self.words.fill("change.days", &[&self.figures().days(i64::from(*days))])
            }
        }
    }

    /// Where a change holds.
    pub fn scope(&self, scope: &Scope) -> String {
        match scope {
            Scope::Everywhere => self.words.get("change.everywhere").to_owned(),
            Scope::Authority(code) => self.authority(code),
            Scope::Sector(code) => {
                let sector = self.noun(&self.vocabulary.sectors, code, |title| title);
                self.words.fill("change.sector", &[&sector])
            }
            Scope::Procedure(id) => self.words.id(id.as_str()),
            Scope::Step(id, step) => self.words.id(&format!("{id}#{step}")),
        }
    }

    /// A register, marked if it is only estimated that it can be asked.
    pub fn register(&self, name: &Name) -> String {
        let title = self.noun(&self.vocabulary.registers, name, |register| &register.title);
        let is_estimated = self.vocabulary.registers.get(name).is_some_and(|known| known.estimated);
        Mark::of(true, is_estimated).on(&title)
    }

    /// Why a step is not without paper and trip.
    pub fn reason(&self, reason: &Reason) -> String {
        let of =
            |key: &str, document: &Name| self.words.fill("reason.of", &[self.words.get(key), &self.document(document)]);
        match reason {
            Reason::Filing => self.words.get("reason.filing").to_owned(),
            Reason::Errand { document, .. } => of("reason.errand", document),
            Reason::Presence => self.words.get("reason.presence").to_owned(),
            Reason::Party => self.words.get("reason.party").to_owned(),
            Reason::Visit => self.words.get("reason.visit").to_owned(),
            Reason::PartialCoverage => self.words.get("reason.partial-coverage").to_owned(),
            Reason::Paper(document) => of("reason.paper", document),
            Reason::Form(document, form) => {
                let form = self.form(*form).unwrap_or_default();
                self.words.fill("phrase.bracket", &[&of("reason.form", document), form])
            }
            Reason::InPerson => self.words.get("reason.in-person").to_owned(),
            Reason::Handwritten => self.words.get("reason.handwritten").to_owned(),
            Reason::Payment => self.words.get("reason.payment").to_owned(),
            Reason::Receipt(document) => of("reason.receipt", document),
            Reason::Thing(document) => of("reason.thing", document),
        }
    }
}
