//! Nodes: their kind, their clock and their ways out.

use std::collections::BTreeSet;

use mastara_engine::{
    condition::{Condition, QuestionId},
    flow::{Branch, Guard},
    node::{Clock, Decider, Extension, Nature, Node, NodeKind, Provenance, Silence},
    quantity::Share,
    text::{Name, Text},
};

use super::{
    FactPlaces,
    block::{Block, Standing, misplaced},
    clock, condition, quantity,
    scope::{Scope, case_name, has, names},
    step,
};
use crate::{finding::Code, keyword::Rule, message::KIND, parse::Fact, source::Span};

/// A node before its ways out are tied to other nodes.
pub struct Draft {
    pub node: Node,
    pub span: Span,
    pub exits: Vec<Exit>,
    pub fork: Option<Fork>,
    /// How many branches the file writes, those that could not be lowered among them.
    pub written: usize,
    /// Figures that neither a text nor `estimé` stands behind.
    pub bare: Vec<(Span, String)>,
    /// Where the names after `remplace` stand.
    pub replaces: Vec<Span>,
    /// Where the procedures after `appelle` stand.
    pub calls: Vec<Span>,
    /// The lines of its facts.
    pub facts: FactPlaces,
}

/// A way out by name.
pub struct Exit {
    pub branch: Branch,
    pub target: String,
    pub span: Span,
}

/// Branches done side by side, by name.
pub struct Fork {
    pub branches: Vec<(String, Span)>,
    pub join: (String, Span),
}

/// A plain way on.
pub fn always() -> Branch {
    Branch { guard: Guard::Always, share: None, estimated: false, at_most: None, label: Text::default() }
}

/// What the text lines of a node translate.
#[derive(Clone, Copy)]
enum Titled {
    Node,
    Exit(usize),
    Extension,
    Coverage,
    Nothing,
}

/// Lowers a node block.
pub fn lower(
    block: &Block<'_>,
    in_charge: &Name,
    choice: Option<QuestionId>,
    scope: &mut Scope<'_, '_>,
) -> Option<Draft> {
    let head = &block.head;
    scope.findings.set_via(head.via.as_ref());
    let name = head.tokens().find(|token| token.as_rule() == Rule::name)?;
    scope.check_name(head, &name);
    let mut lowering = Lowering {
        kind: kind(head, in_charge, choice, scope),
        title: scope.title(head),
        clock: Clock::default(),
        standing: Standing::default(),
        replaces: Vec::new(),
        exits: Vec::new(),
        fork: None,
        choice,
        written: 0,
        bare: Vec::new(),
        replaces_at: Vec::new(),
        calls: Vec::new(),
        facts: FactPlaces::default(),
    };
    let mut titled = Titled::Node;
    for fact in &block.body {
        titled = lowering.take(fact, titled, scope);
    }
    scope.findings.set_via(head.via.as_ref());
    scope.check_title(&lowering.title, head.span);
    for exit in &lowering.exits {
        scope.check_title(&exit.branch.label, exit.span);
    }
    let provenance = if lowering.standing.is_reconstructed {
        Provenance::Reconstructed
    } else if lowering.standing.is_estimated {
        Provenance::Estimated
    } else {
        Provenance::Sourced
    };
    if let NodeKind::Step(step) = &mut lowering.kind {
        step.needs_presence = scope.presences.is_some_and(|presences| presences.contains(name.as_str()));
    }
    let node = Node {
        name: name.as_str().into(),
        title: lowering.title,
        kind: lowering.kind,
        clock: lowering.clock,
        legal: lowering.standing.legal,
        sources: lowering.standing.sources,
        provenance,
        replaces: lowering.replaces,
        fragments: fragments(block),
    };
    Some(Draft {
        node,
        span: head.span_of(&name),
        exits: lowering.exits,
        fork: lowering.fork,
        written: lowering.written,
        bare: lowering.bare,
        replaces: lowering.replaces_at,
        calls: lowering.calls,
        facts: lowering.facts,
    })
}

/// The fragments behind a node and its facts.
fn fragments(block: &Block<'_>) -> Vec<Name> {
    let facts = std::iter::once(&block.head).chain(&block.body);
    let names: BTreeSet<&str> = facts.filter_map(|fact| Some(fact.via.as_ref()?.0.as_str())).collect();
    names.into_iter().map(Name::from).collect()
}

fn kind(head: &Fact<'_>, in_charge: &Name, choice: Option<QuestionId>, scope: &mut Scope<'_, '_>) -> NodeKind {
    let by = by(head, scope);
    match head.rule {
        Rule::step => NodeKind::Step(Box::new(step::open(head, in_charge, scope))),
        Rule::wait => NodeKind::Wait(by),
        Rule::outcome => NodeKind::Outcome(nature(head)),
        _ => NodeKind::Decision(match (choice, by) {
            (Some(question), _) => Decider::Person(question),
            (None, Some(authority)) => Decider::Authority(authority),
            (None, None) => Decider::Facts,
        }),
    }
}

/// The authority of `par X`.
fn by(head: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Name> {
    let by = head.tokens().find(|token| token.as_rule() == Rule::by)?;
    let name = by.into_inner().find(|token| token.as_rule() == Rule::name)?;
    let vocabulary = scope.vocabulary;
    scope.known(name.as_str(), head.span_of(&name), &vocabulary.authorities, Code::UnknownAuthority);
    Some(name.as_str().into())
}

fn nature(head: &Fact<'_>) -> Nature {
    let word = head.tokens().find(|token| token.as_rule() == Rule::nature).and_then(|token| token.into_inner().next());
    match word.map(|word| word.as_rule()) {
        Some(Rule::k_refused) => Nature::Refused,
        Some(Rule::k_lapsed) => Nature::Lapsed,
        Some(Rule::k_withdrawn) => Nature::Withdrawn,
        _ => Nature::Granted,
    }
}

struct Lowering {
    kind: NodeKind,
    title: Text,
    clock: Clock,
    standing: Standing,
    replaces: Vec<Name>,
    exits: Vec<Exit>,
    fork: Option<Fork>,
    choice: Option<QuestionId>,
    written: usize,
    bare: Vec<(Span, String)>,
    replaces_at: Vec<Span>,
    calls: Vec<Span>,
    facts: FactPlaces,
}

impl Lowering {
    /// Takes a fact; what a following text line translates is returned.
    fn take(&mut self, fact: &Fact<'_>, titled: Titled, scope: &mut Scope<'_, '_>) -> Titled {
        scope.findings.set_via(fact.via.as_ref());
        if fact.rule == Rule::text {
            self.translate(fact, titled, scope);
            return titled;
        }
        let is_outcome = matches!(self.kind, NodeKind::Outcome(_));
        let is_decision = matches!(self.kind, NodeKind::Decision(_));
        let is_step = matches!(self.kind, NodeKind::Step(_));
        // Nobody is silent about facts and choices.
        let is_own = matches!(self.kind, NodeKind::Decision(Decider::Facts | Decider::Person(_)));
        if self.standing.take(fact, scope) {
            return Titled::Nothing;
        }
        self.note_figure(fact);
        self.facts.lines.push((fact.rule, fact.span));
        match fact.rule {
            Rule::branch | Rule::otherwise | Rule::case if is_decision => {
                self.written += 1;
                if let Some(exit) = self.exit(fact, scope) {
                    self.exits.push(exit);
                    return Titled::Exit(self.exits.len() - 1);
                }
            }
            Rule::goto if !is_outcome && !is_decision => self.goto(fact, scope),
            Rule::fork if !is_outcome && !is_decision => self.open_fork(fact, scope),
            Rule::replaces if !is_outcome => {
                self.replaces.extend(names(fact.tokens()).map(|name| Name::from(name.as_str())));
                self.replaces_at.extend(names(fact.tokens()).map(|name| fact.span_of(&name)));
            }
            Rule::silence if !is_outcome && !is_own => self.silence(fact, scope),
            Rule::extension if !is_outcome => {
                self.extension(fact, scope);
                return Titled::Extension;
            }
            _ if clock::take(&mut self.clock, fact, scope) => {}
            _ => {
                let taken = match &mut self.kind {
                    NodeKind::Step(step) if is_step => step::take(step, fact, scope),
                    _ => false,
                };
                self.note_places(fact);
                if fact.rule == Rule::calls {
                    let path = fact.tokens().find(|token| token.as_rule() == Rule::path);
                    self.calls.extend(path.map(|path| fact.span_of(&path)));
                }
                if !taken {
                    misplaced(fact, scope.findings);
                } else if fact.rule == Rule::coverage {
                    return Titled::Coverage;
                }
            }
        }
        Titled::Nothing
    }

    /// Remembers the line of each item that a fact has just added.
    fn note_places(&mut self, fact: &Fact<'_>) {
        let NodeKind::Step(step) = &self.kind else { return };
        let items = if fact.rule == Rule::needs { step::item_places(fact) } else { Vec::new() };
        let added = step.demands.len() - self.facts.demands.len();
        if items.len() == added {
            self.facts.demands.extend(items);
        }
        let lists = [
            (&mut self.facts.demands, step.demands.len()),
            (&mut self.facts.receives, step.receives.len()),
            (&mut self.facts.asks, step.asks.len()),
            (&mut self.facts.payments, step.payments.len()),
            (&mut self.facts.exchanges, step.exchanges.len()),
        ];
        for (places, count) in lists {
            places.resize(count, fact.span);
        }
    }

    /// Remembers a figure that has no standing of its own.
    fn note_figure(&mut self, fact: &Fact<'_>) {
        let is_figure = matches!(fact.rule, Rule::duration | Rule::delay | Rule::usual | Rule::pays);
        let has_number = fact.tokens().flatten().any(|token| token.as_rule() == Rule::quantity);
        let stands = has(fact, Rule::k_estimated) || has(fact, Rule::citation);
        if is_figure && has_number && !stands {
            let word = crate::keyword::split_word(fact.pair.as_str()).0;
            self.bare.push((fact.span, word.to_owned()));
        }
    }

    fn translate(&mut self, fact: &Fact<'_>, titled: Titled, scope: &mut Scope<'_, '_>) {
        match titled {
            Titled::Node => scope.translate(fact, &mut self.title),
            Titled::Exit(at) => scope.translate(fact, &mut self.exits[at].branch.label),
            Titled::Extension => {
                if let Some(extension) = &mut self.clock.extension {
                    scope.translate(fact, &mut extension.reason);
                }
            }
            Titled::Coverage => {
                if let NodeKind::Step(step) = &mut self.kind
                    && let Some(text) = &mut step.partial_coverage
                {
                    scope.translate(fact, text);
                }
            }
            Titled::Nothing => misplaced(fact, scope.findings),
        }
    }

    /// A branch of a decision or choice.
    fn exit(&mut self, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Exit> {
        let is_facts = matches!(self.kind, NodeKind::Decision(Decider::Facts));
        let guard = match fact.rule {
            Rule::otherwise => Guard::Else,
            Rule::branch if is_facts => {
                let any = fact.tokens().find(|token| token.as_rule() == Rule::any)?;
                Guard::When(condition::any_of(fact, any, scope)?)
            }
            Rule::case if !is_facts => {
                let name = fact.tokens().find(|token| token.as_rule() == Rule::label)?;
                self.case(fact, &name, scope)?
            }
            _ => {
                misplaced(fact, scope.findings);
                return None;
            }
        };
        let jump = fact.tokens().find(|token| token.as_rule() == Rule::jump);
        let Some((target, span, at_most)) = jump.and_then(|jump| target(fact, &jump, scope)) else {
            let end = Span { start: fact.span.end, end: fact.span.end };
            let example = format!("{KIND}line.{}", crate::keyword::row(fact.rule));
            scope.findings.add(Code::MalformedLine, end, ["`->`", &format!("{KIND}end"), &example]);
            return None;
        };
        let (share, estimated) = share(fact, scope);
        let label = scope.title(fact);
        Some(Exit { branch: Branch { guard, share, estimated, at_most, label }, target, span })
    }

    fn case(
        &self,
        fact: &Fact<'_>,
        name: &pest::iterators::Pair<'_, Rule>,
        scope: &mut Scope<'_, '_>,
    ) -> Option<Guard> {
        let word = case_name(name)?;
        if !word.is_ascii() {
            scope.findings.add(Code::IdNotAscii, fact.span_of(name), [word]);
        }
        let guard = match self.choice {
            Some(question) => {
                let rank = scope.case(question, word, fact.span_of(name))?;
                Guard::When(Condition::Compare(question, mastara_engine::condition::Comparison::Equal, rank))
            }
            None => Guard::Ruled(word.into()),
        };
        if self.exits.iter().any(|exit| exit.branch.guard == guard) {
            scope.findings.add(Code::DuplicateName, fact.span_of(name), [word]);
        }
        Some(guard)
    }

    fn goto(&mut self, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
        if self.is_left(fact, scope) {
            return;
        }
        let jump = fact.tokens().find(|token| token.as_rule() == Rule::jump);
        if let Some((target, span, at_most)) = jump.and_then(|jump| target(fact, &jump, scope)) {
            self.exits.push(Exit { branch: Branch { at_most, ..always() }, target, span });
        }
    }

    fn open_fork(&mut self, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
        if self.is_left(fact, scope) {
            return;
        }
        let branches: Vec<_> =
            names(fact.tokens()).map(|name| (name.as_str().to_owned(), fact.span_of(&name))).collect();
        let join = fact.tokens().filter(|token| token.as_rule() == Rule::name).last();
        if branches.len() < 2 {
            scope.findings.add(Code::LoneBranch, fact.span, []);
        }
        if let Some(join) = join {
            self.fork = Some(Fork { branches, join: (join.as_str().to_owned(), fact.span_of(&join)) });
        }
    }

    /// Whether the node already has a way out; a second one is said to be too many.
    fn is_left(&self, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> bool {
        let is_left = self.fork.is_some() || self.exits.iter().any(|exit| exit.branch.guard == Guard::Always);
        if is_left {
            scope.findings.add(Code::RepeatedFact, fact.span, ["->"]);
        }
        is_left
    }

    fn silence(&mut self, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
        if self.clock.silence.is_some() {
            scope.findings.add(Code::RepeatedFact, fact.span, [crate::keyword::split_word(fact.pair.as_str()).0]);
            return;
        }
        let legal = scope.citation_in(fact);
        self.clock.silence = Some(Silence { is_consent: has(fact, Rule::k_consent), legal });
        let jump = fact.tokens().find(|token| token.as_rule() == Rule::jump);
        if let Some((target, span, at_most)) = jump.and_then(|jump| target(fact, &jump, scope)) {
            let (share, estimated) = share(fact, scope);
            let branch = Branch { guard: Guard::Silence, share, estimated, at_most, label: Text::default() };
            self.exits.push(Exit { branch, target, span });
        }
    }

    fn extension(&mut self, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) {
        let delay = quantity::first(fact, scope).and_then(|quantity| quantity.delay(scope));
        let legal = scope.citation_in(fact);
        let reason = scope.title(fact);
        if self.clock.extension.is_some() {
            scope.findings.add(Code::RepeatedFact, fact.span, [crate::keyword::split_word(fact.pair.as_str()).0]);
        }
        self.clock.extension = delay.map(|delay| Extension { delay, reason, legal });
    }
}

/// Where a jump goes, and how often at most.
fn target(
    fact: &Fact<'_>,
    jump: &pest::iterators::Pair<'_, Rule>,
    scope: &mut Scope<'_, '_>,
) -> Option<(String, Span, Option<u16>)> {
    let name = jump.clone().into_inner().find(|token| token.as_rule() == Rule::name)?;
    let limit = jump.clone().into_inner().find(|token| token.as_rule() == Rule::limit);
    let at_most = limit.and_then(|limit| quantity::times(fact, &limit, scope));
    Some((name.as_str().to_owned(), fact.span_of(&name), at_most))
}

fn share(fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> (Option<Share>, bool) {
    let Some(token) = fact.tokens().find(|token| token.as_rule() == Rule::share) else { return (None, false) };
    let estimated = token.clone().into_inner().any(|inner| inner.as_rule() == Rule::k_estimated);
    (quantity::inside(fact, Rule::share, scope).and_then(|quantity| quantity.share(scope)), estimated)
}
