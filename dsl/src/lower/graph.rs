//! Drafts of nodes to a flow: names tied to nodes, the way on where none is written, the built-in end.

use std::collections::HashMap;

use mastara_engine::{
    condition::Question,
    flow::{Branch, Flow, Guard, NodeId},
    node::{Decider, Nature, Node, NodeKind},
    text::Text,
};

use super::{
    END, end_title,
    node::{Draft, Exit, Fork, always},
    scope::Scope,
};
use crate::{finding::Code, keyword::Rule, source::Span};

/// Where the nodes and branches of a flow stand in its file.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// The opening line of the version.
    pub version: Span,
    /// By rank of the node.
    pub nodes: Vec<Span>,
    /// By rank of the node, then of the branch.
    pub branches: Vec<Vec<Span>>,
    /// Claims of the version.
    pub claims: Vec<Span>,
    /// Examples of the version.
    pub examples: Vec<ExamplePlaces>,
    /// The names after each `supprime`.
    pub drops: Vec<Vec<Span>>,
    /// The names after `remplace`, by rank of the node.
    pub replaces: Vec<Vec<Span>>,
    /// The procedures after `appelle`, by rank of the node.
    pub calls: Vec<Vec<Span>>,
    /// The lines of the facts of each node, by its rank.
    pub facts: Vec<FactPlaces>,
}

/// Where the facts of a node stand, in the order of the node: a demand at its papers, the rest at their line.
#[derive(Clone, Debug, Default)]
pub struct FactPlaces {
    /// The papers of `fournit`.
    pub demands: Vec<Span>,
    /// Of `reçoit` and `délivre`.
    pub receives: Vec<Span>,
    /// Of `demande`.
    pub asks: Vec<Span>,
    /// Of `paie`.
    pub payments: Vec<Span>,
    /// Of `échange`.
    pub exchanges: Vec<Span>,
    /// Of the clock and the rest, by rule of the line: the first one.
    pub lines: Vec<(Rule, Span)>,
}

impl FactPlaces {
    /// The first line of this rule.
    #[must_use]
    pub fn line(&self, rule: Rule) -> Option<Span> {
        self.lines.iter().find(|(known, _)| *known == rule).map(|(_, span)| *span)
    }
}

/// Where the parts of an example stand; its opening line where there is no such part.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExamplePlaces {
    /// The opening line.
    pub head: Span,
    /// `passe`.
    pub passes: Span,
    /// `apporte`.
    pub brings: Span,
    /// `finit`.
    pub ends: Span,
}

/// A name in a flow: of a declared node, or of the fork that follows one.
type Names = HashMap<String, usize>;

/// Ties drafts together.
pub fn assemble(drafts: Vec<Draft>, questions: Vec<Question>, scope: &mut Scope<'_, '_>) -> (Flow, Origins) {
    let mut builder = Builder { slots: Vec::new(), names: Names::new(), wants_end: false };
    builder.place(drafts, scope);
    builder.link(questions, scope)
}

/// A node with its ways out.
struct Slot {
    node: Node,
    span: Span,
    exits: Vec<Exit>,
    fork: Option<Fork>,
    written: usize,
    replaces: Vec<Span>,
    calls: Vec<Span>,
    facts: FactPlaces,
}

struct Builder {
    slots: Vec<Slot>,
    names: Names,
    wants_end: bool,
}

impl Builder {
    /// Gives each node its rank; a fork becomes a node of its own after the one that opens it.
    fn place(&mut self, drafts: Vec<Draft>, scope: &mut Scope<'_, '_>) {
        for mut draft in drafts {
            let name = draft.node.name.as_str().to_owned();
            if name == END {
                scope.findings.add(Code::ReservedName, draft.span, [END]);
                continue;
            }
            if self.names.contains_key(&name) {
                scope.findings.add(Code::DuplicateName, draft.span, [&name]);
                continue;
            }
            self.names.insert(name.clone(), self.slots.len());
            let fork = draft.fork.take();
            if fork.is_some() {
                let target = fork_name(&name);
                draft.exits.push(Exit { branch: always(), target: target.clone(), span: draft.span });
                self.names.insert(target.clone(), self.slots.len() + 1);
            }
            let span = draft.span;
            self.slots.push(Slot {
                node: draft.node,
                span,
                exits: draft.exits,
                fork: None,
                written: draft.written,
                replaces: draft.replaces,
                calls: draft.calls,
                facts: draft.facts,
            });
            if fork.is_some() {
                let node = plain(&fork_name(&name), NodeKind::Fork, Text::default());
                let (replaces, calls, facts) = (Vec::new(), Vec::new(), FactPlaces::default());
                self.slots.push(Slot { node, span, exits: Vec::new(), fork, written: 0, replaces, calls, facts });
            }
        }
    }

    fn link(mut self, questions: Vec<Question>, scope: &mut Scope<'_, '_>) -> (Flow, Origins) {
        let siblings = self.siblings();
        let mut edges: Vec<Vec<(usize, Branch, Span)>> = Vec::with_capacity(self.slots.len());
        for at in 0..self.slots.len() {
            let edge = self.edges(at, &siblings, scope);
            edges.push(edge);
        }
        let mut flow = Flow::new(questions);
        let mut origins = Origins::default();
        let end = self.slots.len();
        for slot in self.slots {
            flow.add_node(slot.node);
            origins.nodes.push(slot.span);
            origins.replaces.push(slot.replaces);
            origins.calls.push(slot.calls);
            origins.facts.push(slot.facts);
        }
        if self.wants_end {
            flow.add_node(plain(END, NodeKind::Outcome(Nature::Granted), end_title()));
            origins.nodes.push(origins.nodes.last().copied().unwrap_or_default());
            origins.facts.push(FactPlaces::default());
            edges.push(Vec::new());
        }
        debug_assert!(edges.iter().flatten().all(|(to, ..)| *to <= end), "every target is placed");
        for (from, edges) in edges.into_iter().enumerate() {
            let mut spans = Vec::with_capacity(edges.len());
            for (to, branch, span) in edges {
                flow.add_branch(NodeId::at(from), NodeId::at(to), branch);
                spans.push(span);
            }
            origins.branches.push(spans);
        }
        (flow, origins)
    }

    /// For the first node of each branch of a fork: the join that a fall into it from a sibling means.
    fn siblings(&self) -> HashMap<usize, (usize, String)> {
        let mut table = HashMap::new();
        for (at, slot) in self.slots.iter().enumerate() {
            for (name, _) in slot.fork.iter().flat_map(|fork| &fork.branches) {
                if let Some(first) = self.names.get(name) {
                    table.insert(*first, (at, slot.fork.as_ref().map_or("", |fork| &fork.join.0).to_owned()));
                }
            }
        }
        table
    }

    /// The ways out of a node.
    fn edges(
        &mut self,
        at: usize,
        siblings: &HashMap<usize, (usize, String)>,
        scope: &mut Scope<'_, '_>,
    ) -> Vec<(usize, Branch, Span)> {
        let exits = std::mem::take(&mut self.slots[at].exits);
        let fork = self.slots[at].fork.take();
        let (kind, span) = (&self.slots[at].node.kind, self.slots[at].span);
        let is_outcome = matches!(kind, NodeKind::Outcome(_));
        let decider = if let NodeKind::Decision(decider) = kind { Some(decider.clone()) } else { None };
        let mut edges = Vec::with_capacity(exits.len() + 1);
        if let Some(fork) = fork {
            for (name, span) in &fork.branches {
                edges.extend(self.target(name, *span, scope).map(|to| (to, guarded(Guard::Parallel), *span)));
            }
            let (name, span) = &fork.join;
            edges.extend(self.target(name, *span, scope).map(|to| (to, guarded(Guard::Join), *span)));
            return edges;
        }
        let mut has_way_on = is_outcome || decider.is_some();
        let mut silence = Vec::new();
        for exit in exits {
            let is_silence = exit.branch.guard == Guard::Silence;
            has_way_on |= !is_silence;
            if let Some(to) = self.target(&exit.target, exit.span, scope) {
                if is_silence { &mut silence } else { &mut edges }.push((to, exit.branch, exit.span));
            }
        }
        if !has_way_on {
            edges.push((self.next(at, siblings), always(), span));
        }
        edges.append(&mut silence);
        check_decision(decider.as_ref(), &edges, self.slots[at].written, span, scope);
        edges
    }

    /// The node after this one in the file; the join where that is a sibling branch; the end after the last or before an
    /// outcome.
    fn next(&mut self, at: usize, siblings: &HashMap<usize, (usize, String)>) -> usize {
        let next = at + 1;
        if let Some((fork, join)) = siblings.get(&next)
            && *fork < at
            && let Some(join) = self.names.get(join)
        {
            return *join;
        }
        // An outcome is reached by an arrow only: what is written last would else fall into a refusal.
        let is_step_on = self.slots.get(next).is_some_and(|slot| !matches!(slot.node.kind, NodeKind::Outcome(_)));
        if is_step_on { next } else { self.end() }
    }

    fn end(&mut self) -> usize {
        self.wants_end = true;
        self.slots.len()
    }

    fn target(&mut self, name: &str, span: Span, scope: &mut Scope<'_, '_>) -> Option<usize> {
        if name == END {
            return Some(self.end());
        }
        let found = self.names.get(name).copied();
        if found.is_none() {
            let known = self.slots.iter().map(|slot| slot.node.name.as_str()).chain([END]);
            scope.findings.add_unknown(Code::UnknownNode, span, name, known);
        }
        found
    }
}

/// A decision needs two ways out, and a last one when the others rest on facts; shares add up to all at most.
fn check_decision(
    decider: Option<&Decider>,
    edges: &[(usize, Branch, Span)],
    written: usize,
    span: Span,
    scope: &mut Scope<'_, '_>,
) {
    let points: u32 = edges.iter().filter_map(|(_, branch, _)| branch.share).map(|share| share.basis_points()).sum();
    if points > 10_000 {
        scope.findings.add(Code::SharesOverAll, span, [&format!("{} %", points / 100)]);
    }
    let Some(decider) = decider else { return };
    if written == 1 {
        scope.findings.add(Code::LoneBranch, span, []);
    }
    let has_else = edges.iter().any(|(_, branch, _)| branch.guard == Guard::Else);
    if *decider == Decider::Facts && !edges.is_empty() && !has_else {
        scope.findings.add(Code::DecisionWithoutElse, span, []);
    }
    let cut = edges.iter().position(|(_, branch, _)| branch.guard == Guard::Else);
    if let Some(at) = cut
        && let Some((_, _, span)) = edges[at + 1..].iter().find(|(_, branch, _)| branch.guard != Guard::Silence)
    {
        scope.findings.add(Code::ImpossibleBranch, *span, []);
    }
}

/// The name of the fork that a node opens.
fn fork_name(node: &str) -> String {
    format!("{node}.ensemble")
}

fn guarded(guard: Guard) -> Branch {
    Branch { guard, ..always() }
}

fn plain(name: &str, kind: NodeKind, title: Text) -> Node {
    Node { title, ..Node::new(name.into(), kind) }
}
