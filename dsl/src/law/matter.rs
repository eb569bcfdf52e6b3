//! A version as the rules look at it.

use std::cell::OnceCell;

use mastara_engine::{
    Date,
    condition::Condition,
    flow::{Flow, Guard, NodeId},
    node::{Citation, Clock, Decider, Demand, Nature, Node, NodeKind, Step},
    procedure::{DecisionList, ListEntry, Procedure, Version},
    text::{Lang, Name},
    vocabulary::{Document, ListedDecision, Register, Vocabulary},
};

use super::ways::{self, Way};
use crate::{
    keyword::Rule,
    lower::{FactPlaces, Origins},
    source::Span,
};

/// A version, and where its parts stand.
pub struct Matter<'a> {
    pub procedure: &'a Procedure,
    pub version: &'a Version,
    pub vocabulary: &'a Vocabulary,
    /// The day whose law it is judged by.
    pub day: Date,
    /// Whether another version is in force today.
    pub is_past: bool,
    origins: &'a Origins,
    ways: OnceCell<Vec<Way>>,
}

/// A place in a list, and a decision that it holds.
pub type Listed<'a> = (&'a ListEntry, &'a ListedDecision);

/// What files call the time that a law leaves to others to come forward. A domain or a body that is public is none of it.
const PUBLICITY: &[&str] =
    &["publication", "publicité", "publie", "publié", "ouvert au public", "opposition", "affichage", "enquête"];

/// A step with its place.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub id: NodeId,
    pub step: &'a Step,
    pub places: &'a FactPlaces,
}

impl<'a> Matter<'a> {
    pub fn new(
        procedure: &'a Procedure,
        version: &'a Version,
        origins: &'a Origins,
        vocabulary: &'a Vocabulary,
        at: Date,
    ) -> Self {
        let in_force = procedure.in_force(at).map(|version| &version.name);
        let day = if Some(&version.name) == in_force { at } else { version.from };
        let is_past = Some(&version.name) != in_force && version.from <= at;
        Self { procedure, version, vocabulary, day, is_past, origins, ways: OnceCell::new() }
    }

    pub fn flow(&self) -> &'a Flow {
        &self.version.flow
    }

    /// The line that opens the version.
    pub fn opening(&self) -> Span {
        self.origins.version
    }

    /// The line that opens a node.
    pub fn span(&self, id: NodeId) -> Span {
        self.origins.nodes.get(id.index()).copied().unwrap_or(self.origins.version)
    }

    /// The line of a fact of a node, or else the one that opens it.
    pub fn line(&self, id: NodeId, rule: Rule) -> Span {
        self.origins.facts.get(id.index()).and_then(|places| places.line(rule)).unwrap_or_else(|| self.span(id))
    }

    pub fn name(&self, id: NodeId) -> &'a str {
        self.flow().node(id).name.as_str()
    }

    pub fn steps(&self) -> impl Iterator<Item = At<'a>> + '_ {
        self.flow()
            .nodes()
            .zip(&self.origins.facts)
            .filter_map(|((id, node), places)| node.step().map(|step| At { id, step, places }))
    }

    /// The steps at an administration, those with a private party or before a court apart.
    pub fn public_steps(&self) -> impl Iterator<Item = At<'a>> + '_ {
        self.steps().filter(|at| at.step.agency.as_ref().is_some_and(|agency| self.is_administration(agency)))
    }

    /// Of some steps those that a way passes, in its order.
    pub fn passed(&self, way: &Way, steps: &[At<'a>]) -> Vec<At<'a>> {
        way.nodes.iter().filter_map(|id| steps.iter().find(|at| at.id == *id)).copied().collect()
    }

    /// Waits for an administration of more calendar days than a text allows, with those days.
    pub fn waits_over(&self, days: u32) -> impl Iterator<Item = (NodeId, u32)> + '_ {
        self.waits().map(|(id, clock)| (id, clock.legal_days())).filter(move |(_, told)| *told > days)
    }

    /// What an administration does alone, by the clock of law 55-19; a court or a private party is none.
    pub fn waits(&self) -> impl Iterator<Item = (NodeId, &'a Clock)> + '_ {
        self.flow().nodes().filter(|(_, node)| self.is_of_administration(node)).map(|(id, node)| (id, &node.clock))
    }

    /// Whether a node is a wait for an administration.
    pub fn is_of_administration(&self, node: &Node) -> bool {
        matches!(&node.kind, NodeKind::Wait(Some(authority)) if self.is_administration(authority))
    }

    /// The refusals of an administration: what a bank, an employer or a court refuses is none.
    pub fn refusals(&self) -> impl Iterator<Item = (NodeId, &'a Node)> + '_ {
        let refused = self.flow().nodes().filter(|(_, node)| node.kind == NodeKind::Outcome(Nature::Refused));
        refused.filter(|(id, _)| {
            let is_by_others = |from: NodeId| match &self.flow().node(from).kind {
                NodeKind::Decision(Decider::Authority(authority)) => !self.is_administration(authority),
                _ => false,
            };
            let mut sources = self.flow().sources(*id).peekable();
            sources.peek().is_none() || !sources.all(is_by_others) && self.has_asked(*id)
        })
    }

    /// Whether anything was asked of an administration before a node: who sees that a condition is not met and goes home was
    /// refused nothing.
    fn has_asked(&self, id: NodeId) -> bool {
        let mut behind = vec![id];
        let mut at = 0;
        while let Some(&node) = behind.get(at) {
            let is_public = self.flow().node(node).step().is_some_and(|step| step.agency.is_some());
            if is_public || is_ruling(self.flow().node(node)) || self.is_of_administration(self.flow().node(node)) {
                return true;
            }
            let sources: Vec<NodeId> = self.flow().sources(node).filter(|from| !behind.contains(from)).collect();
            behind.extend(sources);
            at += 1;
        }
        false
    }

    /// Whether a body is an administration.
    fn is_administration(&self, authority: &Name) -> bool {
        let is_private = self.vocabulary.authorities.get(authority).is_some_and(|known| known.is_private);
        !is_private && (!self.is_court(authority) || self.procedure.is_on(DecisionList::SILENCE))
    }

    /// Whether a body is a court.
    pub fn is_court(&self, authority: &Name) -> bool {
        self.vocabulary.authorities.get(authority).is_some_and(|known| known.kind.as_str() == "juridiction")
    }

    /// The ways that someone can go.
    pub fn ways(&self) -> &[Way] {
        self.ways.get_or_init(|| ways::ways(self.flow()))
    }

    /// Whether a way can be gone by someone who also meets these conditions.
    pub fn can_hold<'c>(&self, way: &'c Way, more: impl IntoIterator<Item = &'c Condition>) -> bool {
        ways::can_hold(way.conditions.iter().chain(more), self.flow().questions())
    }

    /// Whether a register could be asked on the day; one that began nobody knows when, only today.
    pub fn can_ask(&self, register: &Register) -> bool {
        register.since.map_or(!self.is_past, |since| since <= self.day)
    }

    pub fn document(&self, name: &Name) -> Option<&'a Document> {
        self.vocabulary.documents.get(name)
    }

    /// Whether law 55-19 speaks of it: written decisions of administrations and of bodies with a public service (arts. 1-2),
    /// not judgments, nor what private parties do. A court's register is one where a list of silence says so.
    pub fn is_administrative(&self) -> bool {
        self.is_administration(&self.procedure.authority) && !self.is_complaint()
    }

    /// Whether it is a complaint: the answer to it is no decision (art. 2), and has a decree of its own.
    fn is_complaint(&self) -> bool {
        self.rests_on("decret-2-17-265", None)
    }

    /// Whether the version, or the flow, gives a paper itself: then it may ask to see it again.
    pub fn gives(&self, document: &Name) -> bool {
        self.steps().any(|at| at.step.receives.iter().any(|receives| receives.paper.document == *document))
    }

    /// The decisions behind its ranks on some lists, those taken off included; not what was added after the day.
    pub fn listed(&self, lists: &[DecisionList]) -> Vec<Listed<'a>> {
        let entries = self.procedure.listed.iter().filter(|entry| lists.contains(&entry.list));
        let all = entries.filter_map(|entry| Some((entry, self.vocabulary.lists.get(entry)?)));
        let all = all.flat_map(|(entry, decisions)| decisions.iter().map(move |decision| (entry, decision)));
        all.filter(|(_, decision)| decision.since.is_none_or(|since| since <= self.day)).collect()
    }

    /// Those that are on the lists.
    pub fn in_force(&self, lists: &[DecisionList]) -> Vec<Listed<'a>> {
        let mut listed = self.listed(lists);
        listed.retain(|(_, decision)| !decision.is_repealed);
        listed
    }

    /// Whether a node is a wait for an authority, for a body that belongs to it, or for the one that it belongs to.
    pub fn is_wait_for(&self, id: NodeId, authority: &Name) -> bool {
        let NodeKind::Wait(Some(waited)) = &self.flow().node(id).kind else { return false };
        self.vocabulary.belongs(waited, authority) || self.vocabulary.belongs(authority, waited)
    }

    /// Whether a wait is the time that a law leaves to others to come forward: it is no delay for a decision.
    pub fn is_publicity(&self, id: NodeId) -> bool {
        let title = self.flow().node(id).title.get(Lang::Fr).unwrap_or_default().to_lowercase();
        PUBLICITY.iter().any(|word| title.contains(word))
    }

    /// Whether silence is consent somewhere.
    pub fn consents(&self) -> impl Iterator<Item = (NodeId, &'a Clock)> + '_ {
        self.waits().filter(|(_, clock)| clock.silence.as_ref().is_some_and(|silence| silence.is_consent))
    }

    /// Every text that is cited, with the place to show.
    pub fn citations(&self) -> Vec<(&'a Citation, Span)> {
        let mut all: Vec<_> = self.version.legal.iter().map(|citation| (citation, self.opening())).collect();
        for (id, node) in self.flow().nodes() {
            all.extend(node.legal.iter().map(|citation| (citation, self.line(id, Rule::basis))));
            let delay = node.clock.legal.as_ref().and_then(|known| known.legal.as_ref());
            all.extend(delay.map(|citation| (citation, self.line(id, Rule::delay))));
            let appeal = node.clock.appeal.as_ref().and_then(|appeal| appeal.legal.as_ref());
            all.extend(appeal.map(|citation| (citation, self.line(id, Rule::appeal))));
            let silence = node.clock.silence.as_ref().and_then(|silence| silence.legal.as_ref());
            all.extend(silence.map(|citation| (citation, self.line(id, Rule::silence))));
        }
        for at in self.steps() {
            let demands = at.step.demands.iter().zip(&at.places.demands);
            all.extend(demands.filter_map(|(demand, span)| Some((demand.legal.as_ref()?, *span))));
            let payments = at.step.payments.iter().zip(&at.places.payments);
            all.extend(payments.filter_map(|(payment, span)| Some((payment.legal.as_ref()?, *span))));
        }
        all
    }

    /// Whether a text is among the legal bases of the procedure or of the version.
    pub fn rests_on(&self, text: &str, article: Option<&str>) -> bool {
        let fits = |citation: &Citation| {
            citation.text.as_str() == text
                && article
                    .is_none_or(|article| citation.article.as_ref().is_some_and(|known| known.as_str() == article))
        };
        self.procedure.legal.iter().chain(&self.version.legal).any(fits)
    }
}

impl<'a> At<'a> {
    /// The demands that leave no choice, each with its line.
    pub fn demands(self) -> impl Iterator<Item = (&'a Demand, Span)> {
        self.step.demands.iter().zip(self.places.demands.iter().copied())
    }
}

/// Whether an authority rules at a node.
pub fn is_ruling(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Decision(Decider::Authority(_)))
}

/// The nodes that a way can lead to from a node, itself included.
pub fn ahead(flow: &Flow, from: NodeId) -> Vec<NodeId> {
    let mut seen = vec![from];
    let mut at = 0;
    while let Some(&node) = seen.get(at) {
        for (branch, to) in flow.branches(node) {
            if branch.guard != Guard::Silence && !seen.contains(&to) {
                seen.push(to);
            }
        }
        at += 1;
    }
    seen
}
