//! Changes put on a flow.
//!
//! INVARIANT: conditions stay where they stand, even those of facts that are no more, so that the same people go the same ways.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    change::{Action, Change, in_charge},
    company,
    facts::{fetch, go_online, is_public, shorten, vanish},
    look::{Look, is_formal, is_thing, on_paper},
    reason::{Reason, StepReasons, reasons},
};
use crate::{
    flow::{Flow, NodeId},
    node::{Demand, Form, Identity, Means, Medium, NodeKind, Paper, Signature, Step},
    procedure::{Procedure, Version},
    text::Name,
    vocabulary::Vocabulary,
};

/// The flow of a version after changes. Their order does not matter, nor that one is given twice; without any the flow is
/// equal to the old one. Changes that have nothing to change here change nothing.
#[must_use]
pub fn apply(procedure: &Procedure, version: &Version, changes: &[Change], vocabulary: &Vocabulary) -> Flow {
    Subject { procedure, version, vocabulary }.apply(changes)
}

/// A version that changes are put on.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The procedure.
    pub procedure: &'a Procedure,
    /// The version of it.
    pub version: &'a Version,
    /// The words of the catalogue.
    pub vocabulary: &'a Vocabulary,
}

impl<'a> Subject<'a> {
    /// Why its steps are not without paper and trip, as [`reasons`].
    #[must_use]
    pub fn reasons(&self) -> Vec<StepReasons> {
        reasons(self.version, self.vocabulary)
    }

    /// Whether a change alone removes a reason of a step.
    #[must_use]
    pub fn removes(&self, change: &Change, step: &StepReasons, reason: &Reason) -> bool {
        match reason {
            Reason::Errand { document, is_private } => {
                let files = !is_private && change.action == Action::FileOnline && self.covers(change, step.node);
                files || self.ends_errand(change, document)
            }
            Reason::Receipt(document) | Reason::Thing(document) => {
                let is_errand = step
                    .reasons
                    .iter()
                    .any(|other| matches!(other, Reason::Errand { document: errand, .. } if errand == document));
                let delivers = matches!(reason, Reason::Receipt(_)) && change.action == Action::DeliverOnline;
                (is_errand && self.ends_errand(change, document)) || (delivers && self.covers(change, step.node))
            }
            Reason::Paper(document) => {
                let accepts = matches!(&change.action, Action::AcceptDigital(only)
                    if only.as_ref().is_none_or(|only| only == document));
                self.covers(change, step.node) && (accepts || self.ends_demand(change, step.node, document).is_some())
            }
            Reason::Form(document, form) => {
                self.covers(change, step.node)
                    && (change.action == Action::Waive(*form)
                        || self.ends_demand(change, step.node, document).is_some())
            }
            Reason::Filing | Reason::PartialCoverage => {
                change.action == Action::FileOnline && self.covers(change, step.node)
            }
            Reason::Presence => {
                change.action == Action::FileOnline && change.names_step() && self.covers(change, step.node)
            }
            Reason::InPerson | Reason::Handwritten => {
                change.action == Action::IdentifyOnline && self.covers(change, step.node)
            }
            Reason::Payment => change.action == Action::PayOnline && self.covers(change, step.node),
            Reason::Party | Reason::Visit => false,
        }
    }

    /// The other steps that may be in one trip with a step: those before it and those after it. Once it is freed it moves
    /// online as soon as all before it or all after it are freed too.
    #[must_use]
    pub fn company(&self, step: NodeId) -> [BTreeSet<NodeId>; 2] {
        company::company(&self.version.flow, step)
    }

    /// Why its steps are still not without paper and trip after changes, as [`Subject::reasons`]. A step that is freed has none
    /// left and is no longer told, even if it stays where it is.
    #[must_use]
    pub fn left(&self, changes: &[Change]) -> Vec<StepReasons> {
        let mut left = self.reasons();
        for step in &mut left {
            let removed = |reason: &Reason| changes.iter().any(|change| self.removes(change, step, reason));
            let kept = step.reasons.iter().filter(|reason| !removed(reason)).cloned().collect();
            step.reasons = kept;
        }
        left.retain(|step| !step.reasons.is_empty());
        left
    }

    /// The flow after changes, as [`apply`].
    #[must_use]
    pub fn apply(&self, changes: &[Change]) -> Flow {
        let changes: BTreeSet<&Change> = changes.iter().collect();
        let held = self.reasons();
        let is_freed = |step: &&StepReasons| {
            let removed = |reason: &Reason| changes.iter().any(|change| self.removes(change, step, reason));
            step.reasons.iter().all(removed)
        };
        let is_filing = |step: &StepReasons| step.reasons.contains(&Reason::Filing);
        let mut flow = self.version.flow.clone();
        let freed: BTreeMap<NodeId, bool> =
            held.iter().filter(is_freed).map(|step| (step.node, is_filing(step))).collect();
        for (id, node) in self.version.flow.nodes() {
            let here: Vec<&Change> = changes.iter().copied().filter(|change| self.covers(change, id)).collect();
            let changed = flow.node_mut(id);
            shorten(&mut changed.clock, &here);
            let NodeKind::Step(step) = &mut changed.kind else { continue };
            if self.end_errand(id, step, &changes) {
                vanish(changed);
                continue;
            }
            self.change_step(id, step, &here);
            debug_assert_eq!(node.name, changed.name, "nodes keep their names");
        }
        let staying = company::staying(&flow, &freed.keys().copied().collect());
        for (id, files) in freed.into_iter().filter(|(id, _)| !staying.contains(id)) {
            let portal = self.portal(flow.node(id).step().and_then(|step| step.agency.as_ref()));
            if let NodeKind::Step(step) = &mut flow.node_mut(id).kind {
                go_online(step, files, portal);
            }
        }
        flow
    }

    fn covers(&self, change: &Change, id: NodeId) -> bool {
        let node = self.version.flow.node(id);
        change.covers(self.procedure, node, in_charge(node, self.procedure), self.vocabulary)
    }

    /// The register that a change has a step ask instead of the person, or nobody if the document is abolished; `None` if the
    /// change leaves the demand be.
    fn ends_demand<'c>(&self, change: &'c Change, id: NodeId, document: &Name) -> Option<Option<&'c Name>> {
        if !self.covers(change, id) {
            return None;
        }
        if matches!(&change.action, Action::Abolish(abolished) if abolished == document) {
            return Some(None);
        }
        // Only an administration can ask a register.
        let is_public = self.version.flow.node(id).step().is_some_and(is_public);
        change.source(document, self.vocabulary).filter(|_| is_public).map(Some)
    }

    /// Whether a change ends every demand of a document in the version.
    fn ends_errand(&self, change: &Change, document: &Name) -> bool {
        let look = Look { flow: &self.version.flow, vocabulary: self.vocabulary };
        look.demands(document).all(|(id, _)| self.ends_demand(change, id, document).is_some())
    }

    /// Takes from an errand the papers that nobody needs any more; whether none is left.
    fn end_errand(&self, id: NodeId, step: &mut Step, changes: &BTreeSet<&Change>) -> bool {
        let look = Look { flow: &self.version.flow, vocabulary: self.vocabulary };
        if look.errand(id, step).is_none() {
            return false;
        }
        let is_needed = |document: &Name| !changes.iter().any(|change| self.ends_errand(change, document));
        step.receives.retain(|given| is_needed(&given.paper.document));
        step.receives.is_empty()
    }

    /// What the changes that hold at a step do to its facts, apart from where it is done.
    fn change_step(&self, id: NodeId, step: &mut Step, changes: &[&Change]) {
        let has = |action: &Action| changes.iter().any(|change| change.action == *action);
        self.end_demands(id, step, changes);
        if !is_public(step) {
            return;
        }
        for demand in &mut step.demands {
            for paper in &mut demand.any_of {
                if is_formal(paper.form) && has(&Action::Waive(paper.form)) {
                    paper.form = Form::Copy;
                }
                paper.copies = if has(&Action::OneCopy) { 1 } else { paper.copies };
            }
            let usual = on_paper(demand).map(|paper| paper.document.clone());
            let accepts = |paper: &Paper| {
                has(&Action::AcceptDigital(None)) || has(&Action::AcceptDigital(Some(paper.document.clone())))
            };
            let is_usual = |paper: &Paper| usual.as_ref() == Some(&paper.document);
            if demand.any_of.iter().any(|paper| is_usual(paper) && accepts(paper) && !is_formal(paper.form)) {
                let accepted = |paper: &&mut Paper| accepts(paper) && !is_formal(paper.form);
                demand.any_of.iter_mut().filter(accepted).for_each(|paper| paper.medium = Medium::Both);
            }
        }
        if has(&Action::DeliverOnline) {
            let given = step.receives.iter_mut().map(|given| &mut given.paper);
            let on_paper = given.filter(|paper| paper.medium == Medium::Paper);
            on_paper
                .filter(|paper| !is_thing(&paper.document, self.vocabulary))
                .for_each(|paper| paper.medium = Medium::Digital);
        }
        if has(&Action::PayOnline) {
            let on_site = step.payments.iter_mut().map(|payment| &mut payment.means);
            on_site
                .filter(|means| matches!(means, Means::Counter | Means::Stamp))
                .for_each(|means| *means = Means::Online);
        }
        if has(&Action::IdentifyOnline) {
            if step.identity == Some(Identity::InPerson) {
                step.identity = Some(Identity::CardPin);
            }
            if step.signature == Some(Signature::Handwritten) {
                step.signature = Some(Signature::Advanced);
            }
        }
        if has(&Action::FileOnline) && step.channel.is_online() {
            step.partial_coverage = None;
        }
    }

    /// Demands whose usual paper is fetched or abolished. What is only one of several accepted papers stays accepted.
    fn end_demands(&self, id: NodeId, step: &mut Step, changes: &[&Change]) {
        let mut kept = Vec::new();
        let mut has_ended = false;
        for demand in std::mem::take(&mut step.demands) {
            let usual = demand.any_of.first().map(|paper| paper.document.clone());
            // Abolished rather than fetched; else from the first register by name.
            let mut ended: Vec<_> = Vec::new();
            for &change in changes {
                ended.extend(usual.as_ref().and_then(|usual| self.ends_demand(change, id, usual)));
            }
            ended.sort_unstable();
            let (Some(register), Some(document)) = (ended.first(), usual) else {
                kept.push(demand);
                continue;
            };
            has_ended = true;
            if let Some(register) = register {
                fetch(step, register, &document, &demand);
                step.fallbacks.extend(demand.any_of.iter().take(1).cloned());
            }
            if demand.when.is_some() {
                // The ways still part here.
                kept.push(Demand { any_of: Vec::new(), ..demand });
            }
        }
        step.demands = kept;
        // The request itself is still made, and consent given, by somebody known.
        if has_ended && step.identity.is_none() && step.signature.is_none() && step.channel.is_online() {
            step.identity = Some(Identity::Account);
        }
    }

    /// The portal on which requests to an authority are made: the procedure's own if that authority runs it, else the first of
    /// the authority by name.
    fn portal(&self, agency: Option<&Name>) -> Option<Name> {
        let portals = &self.vocabulary.portals;
        let runs = |name: &Name| portals.get(name).is_some_and(|known| known.authority.as_ref() == agency);
        let own = self.procedure.portal.as_ref().filter(|name| runs(name));
        own.or_else(|| portals.keys().find(|name| runs(name))).filter(|_| agency.is_some()).cloned()
    }
}
