//! How a version is read for reasons.

use std::collections::BTreeSet;

use super::reason::Reason;
use crate::{
    flow::{Flow, Guard, NodeId},
    node::{Channel, Decider, Demand, Form, Identity, Means, Medium, NodeKind, Paper, Signature, Step},
    text::Name,
    vocabulary::Vocabulary,
};

/// The usual paper of a demand of which every accepted paper has to be on paper.
pub(super) fn on_paper(demand: &Demand) -> Option<&Paper> {
    let all = demand.any_of.iter().all(|paper| paper.medium == Medium::Paper);
    demand.any_of.first().filter(|_| all)
}

/// Whether a form of a paper is more than a plain copy.
pub(super) fn is_formal(form: Form) -> bool {
    matches!(form, Form::Certified | Form::Legalised | Form::Original)
}

/// Whether the person hands in, answers or signs something.
fn files(step: &Step) -> bool {
    !step.demands.is_empty() || !step.asks.is_empty() || step.signature.is_some()
}

/// Whether a document is a thing: what it says may be told online, but it has to be handed over (as rule M441 has it).
pub(super) fn is_thing(document: &Name, vocabulary: &Vocabulary) -> bool {
    vocabulary.documents.get(document).is_some_and(|known| known.kind.as_str() == "identite")
}

/// A look at a version.
pub(super) struct Look<'a> {
    pub(super) flow: &'a Flow,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Look<'_> {
    /// Whether the version delivers a card or passport.
    pub(super) fn delivers_thing(&self) -> bool {
        let steps = self.flow.nodes().filter_map(|(_, node)| node.step());
        let mut given = steps.flat_map(|step| &step.receives);
        given.any(|given| {
            given.is_delivery && given.paper.medium == Medium::Paper && self.is_thing(&given.paper.document)
        })
    }

    fn is_thing(&self, document: &Name) -> bool {
        is_thing(document, self.vocabulary)
    }

    fn kind(&self, document: &Name) -> &str {
        self.vocabulary.documents.get(document).map_or("", |known| known.kind.as_str())
    }

    pub(super) fn of_step(&self, id: NodeId, step: &Step, enrols: bool) -> BTreeSet<Reason> {
        let mut reasons = BTreeSet::new();
        if let Channel::Private(_) = step.channel {
            match self.errand(id, step) {
                Some(papers) => {
                    let errand = |document| Reason::Errand { document, is_private: true };
                    reasons.extend(papers.into_iter().map(errand));
                }
                None => _ = reasons.insert(Reason::Party),
            }
            return reasons;
        }
        match step.channel {
            Channel::Counter(_) => self.at_counter(id, step, enrols, &mut reasons),
            Channel::Post | Channel::Phone => {
                // A letter received is no request.
                let is_letter = !files(step) && !step.receives.is_empty();
                reasons.extend((!is_letter).then_some(Reason::Filing));
            }
            Channel::Home => _ = reasons.insert(Reason::Visit),
            _ => reasons.extend(step.partial_coverage.as_ref().map(|_| Reason::PartialCoverage)),
        }
        if !step.channel.is_online() {
            reasons.extend((step.identity == Some(Identity::InPerson)).then_some(Reason::InPerson));
            reasons.extend((step.signature == Some(Signature::Handwritten)).then_some(Reason::Handwritten));
        }
        for paper in step.demands.iter().filter_map(on_paper) {
            reasons.insert(Reason::Paper(paper.document.clone()));
            reasons.extend(is_formal(paper.form).then(|| Reason::Form(paper.document.clone(), paper.form)));
        }
        for given in step.receives.iter().filter(|given| given.paper.medium == Medium::Paper) {
            let document = given.paper.document.clone();
            reasons.insert(if self.is_thing(&document) { Reason::Thing(document) } else { Reason::Receipt(document) });
        }
        let on_site = |means: Means| matches!(means, Means::Counter | Means::Stamp);
        let mut payments = step.payments.iter();
        reasons.extend(payments.any(|payment| on_site(payment.means)).then_some(Reason::Payment));
        if reasons.is_empty() && !step.channel.is_online() {
            // Nothing but the counter itself.
            reasons.insert(Reason::Filing);
        }
        reasons
    }

    /// What the person does at a counter, apart from papers, payments and identity.
    fn at_counter(&self, id: NodeId, step: &Step, enrols: bool, reasons: &mut BTreeSet<Reason>) {
        let files = files(step);
        let goes_back = || self.flow.branches(id).iter().any(|(branch, _)| branch.at_most.is_some());
        let received = || step.receives.iter().map(|given| &given.paper.document);
        let is_collection = !files && !step.receives.is_empty() && self.is_after_work(id, step);
        let is_medical = |document: &Name| matches!(self.kind(document), "sante" | "medical");
        if step.needs_presence || (!is_collection && received().any(is_medical)) {
            // Somebody is examined or vaccinated here, or the vocabulary says so.
            reasons.insert(Reason::Presence);
        }
        if enrols && !is_collection && step.identity == Some(Identity::InPerson) {
            // Photograph and fingerprints of a card or passport.
            reasons.insert(Reason::Presence);
        }
        if files {
            reasons.insert(Reason::Filing);
        } else if step.receives.is_empty() && step.payments.is_empty() {
            // Only a file that comes back to be completed is surely no hearing or examination.
            let completes = step.identity.is_none() && goes_back();
            reasons.insert(if completes { Reason::Filing } else { Reason::Presence });
        } else if !is_collection && !self.is_payment(step) {
            match self.errand(id, step) {
                Some(papers) => {
                    let errand = |document| Reason::Errand { document, is_private: false };
                    reasons.extend(papers.into_iter().map(errand));
                }
                None => _ = reasons.insert(Reason::Filing),
            }
        }
    }

    /// Whether the person only pays, for a proof of it at most.
    fn is_payment(&self, step: &Step) -> bool {
        let is_proof = |document: &Name| matches!(self.kind(document), "fiscal" | "financier");
        !step.payments.is_empty() && step.receives.iter().all(|given| is_proof(&given.paper.document))
    }

    /// Whether what a step hands out was made before: it is the procedure's own result, or every way in comes from what an
    /// administration does alone or from a request to the same authority.
    fn is_after_work(&self, id: NodeId, step: &Step) -> bool {
        if step.receives.iter().any(|given| given.is_delivery) {
            return true;
        }
        let mut seen = BTreeSet::from([id]);
        let mut todo: Vec<NodeId> = self.before(id);
        if todo.is_empty() {
            return false;
        }
        while let Some(at) = todo.pop() {
            if !seen.insert(at) {
                continue;
            }
            match &self.flow.node(at).kind {
                NodeKind::Wait(_) | NodeKind::Decision(Decider::Authority(_)) => {}
                NodeKind::Step(before) => {
                    let files = !before.demands.is_empty() || !before.asks.is_empty();
                    if !files || before.agency != step.agency {
                        return false;
                    }
                }
                _ => {
                    let before = self.before(at);
                    if before.is_empty() {
                        return false;
                    }
                    todo.extend(before);
                }
            }
        }
        true
    }

    /// The nodes that lead to a node (not the way from a fork to its join, which nobody takes).
    fn before(&self, id: NodeId) -> Vec<NodeId> {
        let leads = |from: &NodeId| {
            let branches = self.flow.branches(*from);
            branches.iter().any(|(branch, to)| *to == id && branch.guard != Guard::Join)
        };
        self.flow.sources(id).filter(leads).collect()
    }

    /// The papers for which a step is an errand: the person goes there for nothing but to be handed them, always, and each is
    /// the usual paper of every demand of the version that accepts it, of one at least.
    pub(super) fn errand(&self, id: NodeId, step: &Step) -> Option<Vec<Name>> {
        let is_bare = !step.channel.is_online()
            && step.demands.is_empty()
            && step.asks.is_empty()
            && step.payments.is_empty()
            && step.exchanges.is_empty()
            && step.signature.is_none()
            && step.receives.iter().all(|given| given.when.is_none() && !given.is_delivery);
        let is_straight = matches!(self.flow.branches(id)[..], [(branch, _)] if branch.guard == Guard::Always);
        let papers: Vec<Name> = step.receives.iter().map(|given| given.paper.document.clone()).collect();
        let is_only_for_them = papers.iter().all(|document| {
            let demands: Vec<_> = self.demands(document).collect();
            !demands.is_empty()
                && demands
                    .iter()
                    .all(|(_, demand)| demand.any_of.first().is_some_and(|paper| paper.document == *document))
        });
        (is_bare && is_straight && !papers.is_empty() && is_only_for_them).then_some(papers)
    }

    /// The demands that accept a document, each with its step.
    pub(super) fn demands<'d>(&'d self, document: &'d Name) -> impl Iterator<Item = (NodeId, &'d Demand)> {
        let steps = self.flow.nodes().filter_map(|(id, node)| Some((id, node.step()?)));
        let demands = steps.flat_map(|(id, step)| step.demands.iter().map(move |demand| (id, demand)));
        demands.filter(move |(_, demand)| demand.any_of.iter().any(|paper| paper.document == *document))
    }
}
