//! Versions: nodes, claims, examples, what became of the version before.

use std::collections::BTreeSet;

use mastara_engine::{
    Date,
    condition::{Case, Condition, Kind, Question, QuestionId},
    flow::Guard,
    node::{Decider, NodeKind, Provenance},
    procedure::{Aspect, Claim, ClaimMeasure, Procedure, Version},
    text::{Name, Text},
};

use super::{
    block::{Block, Standing, is_node, is_version, misplaced},
    condition, example,
    graph::{self, Origins},
    node::{self, Draft},
    quantity,
    scope::{self, Scope, case_name, has, names},
};
use crate::{finding::Code, keyword::Rule, parse::Fact, source::Span};

/// Lowers all versions, by date.
pub fn lower_all(
    blocks: &[Block<'_>],
    procedure: &Procedure,
    scope: &mut Scope<'_, '_>,
) -> (Vec<Version>, Vec<Origins>) {
    let starts: Vec<usize> = (0..blocks.len()).filter(|at| is_version(blocks[*at].head.rule)).collect();
    let is_torn = starts.iter().any(|at| blocks[*at].head.rule != Rule::version);
    check_before(&blocks[..starts.first().copied().unwrap_or(blocks.len())], scope);
    let mut lowered = Vec::new();
    for (rank, start) in starts.iter().enumerate() {
        let end = starts.get(rank + 1).copied().unwrap_or(blocks.len());
        scope.questions.truncate(procedure.questions.len());
        if blocks[*start].head.rule != Rule::version {
            continue;
        }
        lowered.extend(lower(&blocks[*start], &blocks[start + 1..end], procedure, scope));
    }
    scope.findings.set_via(None);
    lowered.sort_by_key(|(version, _)| version.from);
    check_order(&lowered, is_torn, scope);
    lowered.into_iter().unzip()
}

/// Nodes and examples belong to a version.
fn check_before(blocks: &[Block<'_>], scope: &mut Scope<'_, '_>) {
    for block in blocks.iter().filter(|block| is_node(block.head.rule) || block.head.rule == Rule::example) {
        misplaced(&block.head, scope.findings);
    }
}

fn lower(
    opening: &Block<'_>,
    blocks: &[Block<'_>],
    procedure: &Procedure,
    scope: &mut Scope<'_, '_>,
) -> Option<(Version, Origins)> {
    let head = &opening.head;
    scope.findings.set_via(None);
    let name = head.tokens().find(|token| token.as_rule() == Rule::name)?;
    scope.check_name(head, &name);
    let date = head.tokens().find(|token| token.as_rule() == Rule::date)?;
    let from = scope.date(head, &date).unwrap_or(Date::MIN);
    let mut version = Version {
        name: name.as_str().into(),
        title: scope.title(head),
        from,
        is_planned: has(head, Rule::k_planned),
        provenance: Provenance::Sourced,
        sources: Vec::new(),
        legal: Vec::new(),
        claims: Vec::new(),
        examples: Vec::new(),
        drops: Vec::new(),
        flow: mastara_engine::flow::Flow::default(),
    };
    let mut spans = Origins::default();
    let standing = details(opening, &mut version, &mut spans, scope);
    let choices = choices(blocks, scope);
    let drafts = nodes(blocks, &choices, &procedure.authority, scope);
    scope.findings.set_via(None);
    entitle(&drafts, scope);
    check_figures(&drafts, &standing, procedure, scope);
    let questions = scope.questions.clone();
    let (flow, origins) = graph::assemble(drafts, questions, scope);
    version.flow = flow;
    version.flow.set_unknown_fees(opening.body.iter().any(|fact| fact.rule == Rule::unknown_fees));
    if version.flow.is_empty() {
        scope.findings.add(Code::EmptyVersion, head.span, [version.name.as_str()]);
    }
    version.provenance = provenance(&version, &standing);
    version.sources = standing.sources;
    version.legal = standing.legal;
    for block in blocks.iter().filter(|block| block.head.rule == Rule::example) {
        let (example, places) = example::lower(block, &version.flow, scope);
        version.examples.push(example);
        spans.examples.push(places);
    }
    let origins = Origins {
        version: head.span_of(&name),
        claims: spans.claims,
        examples: spans.examples,
        drops: spans.drops,
        ..origins
    };
    Some((version, origins))
}

/// The facts under the opening line of a version.
fn details(opening: &Block<'_>, version: &mut Version, spans: &mut Origins, scope: &mut Scope<'_, '_>) -> Standing {
    let mut standing = Standing::default();
    let mut dropped = None;
    let mut has_unknown_fees = false;
    for fact in &opening.body {
        if fact.rule == Rule::text {
            match dropped {
                Some(at) => {
                    let drop: &mut (Vec<Name>, Text) = &mut version.drops[at];
                    scope.translate(fact, &mut drop.1);
                }
                None => scope.translate(fact, &mut version.title),
            }
            continue;
        }
        match fact.rule {
            Rule::expect => {
                if let Some(claim) = claim(fact, scope) {
                    version.claims.push(claim);
                    spans.claims.push(fact.span);
                }
            }
            Rule::drops => {
                let names = names(fact.tokens()).map(|name| Name::from(name.as_str())).collect();
                version.drops.push((names, scope.title(fact)));
                spans.drops.push(scope::names(fact.tokens()).map(|name| fact.span_of(&name)).collect());
                dropped = Some(version.drops.len() - 1);
            }
            // Read once the flow is there.
            Rule::unknown_fees if !std::mem::replace(&mut has_unknown_fees, true) => {}
            Rule::unknown_fees => {
                scope.findings.add(Code::RepeatedFact, fact.span, [scope.word(Rule::k_unknown_fees)]);
            }
            _ if standing.take(fact, scope) => {}
            _ => misplaced(fact, scope.findings),
        }
    }
    scope.check_title(&version.title, opening.head.span);
    check_claims(version, spans, scope);
    standing
}

fn claim(fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Claim> {
    let word = |rule: Rule| {
        fact.tokens()
            .find(|token| token.as_rule() == rule)
            .and_then(|token| token.into_inner().next())
            .map(|word| word.as_rule())
    };
    let measure = match word(Rule::measure)? {
        Rule::m_steps => ClaimMeasure::Steps,
        Rule::m_trips => ClaimMeasure::Trips,
        Rule::m_documents => ClaimMeasure::Documents,
        Rule::m_sheets => ClaimMeasure::Sheets,
        Rule::m_listed => ClaimMeasure::Listed,
        Rule::m_fetched => ClaimMeasure::Fetched,
        Rule::m_effort => ClaimMeasure::Effort,
        Rule::m_legal_delay => ClaimMeasure::LegalDelay,
        Rule::m_usual_delay => ClaimMeasure::UsualDelay,
        Rule::m_fees => ClaimMeasure::Fees,
        Rule::m_agencies => ClaimMeasure::Agencies,
        _ => ClaimMeasure::Level,
    };
    let aspect = match word(Rule::aspect) {
        Some(Rule::a_least) => Aspect::Least,
        Some(Rule::a_most) => Aspect::Most,
        Some(Rule::a_expected) => Aspect::Expected,
        _ => Aspect::Nominal,
    };
    let sign = fact.tokens().find(|token| token.as_rule() == Rule::compare)?;
    let quantity = quantity::first(fact, scope)?;
    let value = match measure {
        ClaimMeasure::Effort => i64::from(quantity.minutes(scope)?),
        ClaimMeasure::LegalDelay | ClaimMeasure::UsualDelay => i64::from(quantity.delay(scope)?.calendar_days()),
        ClaimMeasure::Fees => quantity.dirhams(scope)?.centimes(),
        _ => quantity.count(scope)?,
    };
    Some(Claim { measure, aspect, comparison: condition::comparison(sign.as_str()), value })
}

/// Two claims that no number can meet.
fn check_claims(version: &Version, spans: &Origins, scope: &mut Scope<'_, '_>) {
    for (at, claim) in version.claims.iter().enumerate() {
        let earlier =
            version.claims[..at].iter().filter(|other| (other.measure, other.aspect) == (claim.measure, claim.aspect));
        for other in earlier {
            // Where two comparisons with integers meet at all, they meet at one of their bounds or beside it.
            let near = [claim.value, other.value].into_iter().flat_map(|value| [value - 1, value, value + 1]);
            let meets =
                |value: i64| claim.comparison.holds(value, claim.value) && other.comparison.holds(value, other.value);
            if !near.into_iter().any(meets) {
                scope.findings.add(Code::ContradictoryClaims, spans.claims[at], []);
            }
        }
    }
}

/// The questions that the choices of a version stand for; left in the scope, so that conditions may speak of them.
fn choices(blocks: &[Block<'_>], scope: &mut Scope<'_, '_>) -> Vec<(String, QuestionId)> {
    let mut choices = Vec::new();
    for block in blocks.iter().filter(|block| block.head.rule == Rule::choice) {
        let Some(name) = block.head.tokens().find(|token| token.as_rule() == Rule::name) else { continue };
        let mut cases: Vec<Case> = Vec::new();
        for fact in block.body.iter().filter(|fact| fact.rule == Rule::case) {
            let label = fact.tokens().find(|token| token.as_rule() == Rule::label);
            let Some(case) = label.as_ref().and_then(case_name) else { continue };
            if !cases.iter().any(|known| known.name.as_str() == case) {
                cases.push(Case { name: case.into(), label: scope.title(fact) });
            }
        }
        let has_else = block.body.iter().any(|fact| fact.rule == Rule::otherwise);
        if has_else {
            cases.push(Case { name: OTHER.into(), label: Text::default() });
        }
        if scope.questions.iter().any(|question| question.name.as_str() == name.as_str()) {
            scope.findings.add(Code::DuplicateName, block.head.span_of(&name), [name.as_str()]);
            continue;
        }
        let Ok(id) = u16::try_from(scope.questions.len()) else { break };
        scope.questions.push(Question {
            name: name.as_str().into(),
            title: scope.title(&block.head),
            kind: Kind::OneOf(cases),
            low: 0,
            high: None,
            typical: None,
            typical_estimated: false,
            known_by: None,
            is_choice: true,
        });
        choices.push((name.as_str().to_owned(), QuestionId(id)));
    }
    choices
}

/// Gives the questions that choices stand for their titles and labels, translations now read.
fn entitle(drafts: &[Draft], scope: &mut Scope<'_, '_>) {
    for draft in drafts {
        let NodeKind::Decision(Decider::Person(id)) = &draft.node.kind else { continue };
        let question = &mut scope.questions[usize::from(id.0)];
        question.title = draft.node.title.clone();
        let Kind::OneOf(cases) = &mut question.kind else { continue };
        for exit in &draft.exits {
            let rank = match exit.branch.guard {
                Guard::When(Condition::Compare(_, _, rank)) => usize::try_from(rank).ok(),
                Guard::Else => cases.len().checked_sub(1),
                _ => None,
            };
            if let Some(case) = rank.and_then(|rank| cases.get_mut(rank)) {
                case.label = exit.branch.label.clone();
            }
        }
    }
}

/// The case of a choice that its `sinon` stands for.
const OTHER: &str = "autre";

fn nodes(
    blocks: &[Block<'_>],
    choices: &[(String, QuestionId)],
    in_charge: &Name,
    scope: &mut Scope<'_, '_>,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for block in blocks {
        if is_node(block.head.rule) {
            let name = block.head.tokens().find(|token| token.as_rule() == Rule::name);
            let choice = name
                .filter(|_| block.head.rule == Rule::choice)
                .and_then(|name| choices.iter().find(|(choice, _)| choice == name.as_str()).map(|(_, id)| *id));
            drafts.extend(node::lower(block, in_charge, choice, scope));
        } else if matches!(block.head.rule, Rule::procedure | Rule::fragment) {
            misplaced(&block.head, scope.findings);
        }
    }
    drafts
}

/// Figures that neither a source, a text nor `estimé` stands behind.
fn check_figures(drafts: &[Draft], version: &Standing, procedure: &Procedure, scope: &mut Scope<'_, '_>) {
    let is_known = |sources: usize, estimated: bool| sources > 0 || estimated;
    if is_known(version.sources.len() + procedure.sources.len(), version.is_estimated || version.is_reconstructed) {
        return;
    }
    for draft in drafts {
        let node = &draft.node;
        if is_known(node.sources.len() + node.legal.len(), node.provenance != Provenance::Sourced) {
            continue;
        }
        for (span, word) in &draft.bare {
            scope.findings.add(Code::FigureWithoutSource, *span, [word]);
        }
    }
}

/// The worst standing of a version, its nodes and their figures.
fn provenance(version: &Version, standing: &Standing) -> Provenance {
    let own = match (standing.is_reconstructed, standing.is_estimated) {
        (true, _) => Provenance::Reconstructed,
        (false, true) => Provenance::Estimated,
        (false, false) => Provenance::Sourced,
    };
    let of_nodes = version.flow.nodes().map(|(_, node)| {
        let clock = [&node.clock.legal, &node.clock.usual];
        let mut estimated = clock.into_iter().flatten().any(|known| known.estimated);
        if let NodeKind::Step(step) = &node.kind {
            estimated |= step.effort.as_ref().is_some_and(|known| known.estimated)
                || step.demands.iter().any(|demand| demand.estimated)
                || step.payments.iter().any(|payment| payment.estimated);
        }
        let figures = if estimated { Provenance::Estimated } else { Provenance::Sourced };
        node.provenance.max(figures)
    });
    of_nodes.fold(own, Provenance::max)
}

/// Dates differ, names differ, and each version accounts for the nodes of the one before (unless one could not be read: which
/// came before which is then not known).
fn check_order(versions: &[(Version, Origins)], is_torn: bool, scope: &mut Scope<'_, '_>) {
    for (at, (version, origins)) in versions.iter().enumerate() {
        if versions[..at].iter().any(|(other, _)| other.name == version.name) {
            scope.findings.add(Code::DuplicateName, origins.version, [version.name.as_str()]);
        }
        let Some((before, _)) = at.checked_sub(1).map(|at| &versions[at]) else {
            if !is_torn {
                check_first(version, origins, scope);
            }
            continue;
        };
        if before.from == version.from && version.from != Date::MIN {
            let date = version.from.to_string();
            scope.findings.add(Code::SameDate, origins.version, [&date, before.name.as_str()]);
        }
        if !is_torn {
            check_account(before, version, origins, scope);
        }
    }
}

/// The names after `remplace` and `supprime`, each with its place.
fn predecessors<'v>(version: &'v Version, origins: &'v Origins) -> impl Iterator<Item = (Span, &'v Name)> {
    let replaced =
        version.flow.nodes().zip(&origins.replaces).flat_map(|((_, node), spans)| spans.iter().zip(&node.replaces));
    let dropped = version.drops.iter().zip(&origins.drops).flat_map(|((names, _), spans)| spans.iter().zip(names));
    replaced.chain(dropped).map(|(span, name)| (*span, name))
}

/// The first version stands for nothing.
fn check_first(version: &Version, origins: &Origins, scope: &mut Scope<'_, '_>) {
    for (span, name) in predecessors(version, origins) {
        scope.findings.add_unknown(Code::UnknownPredecessor, span, name.as_str(), std::iter::empty());
    }
}

/// Whether every node of the version before is kept, replaced or dropped, and nothing else is named.
fn check_account(before: &Version, version: &Version, origins: &Origins, scope: &mut Scope<'_, '_>) {
    let counts = |kind: &NodeKind| !matches!(kind, NodeKind::Fork | NodeKind::Outcome(_));
    let old: BTreeSet<&str> = before.flow.nodes().map(|(_, node)| node.name.as_str()).collect();
    let mut accounted: BTreeSet<&str> = version.flow.nodes().map(|(_, node)| node.name.as_str()).collect();
    for (span, name) in predecessors(version, origins) {
        if !old.contains(name.as_str()) {
            scope.findings.add_unknown(Code::UnknownPredecessor, span, name.as_str(), old.iter().copied());
        }
        accounted.insert(name.as_str());
    }
    if version.flow.is_empty() {
        return;
    }
    for (_, node) in before.flow.nodes().filter(|(_, node)| counts(&node.kind)) {
        if !accounted.contains(node.name.as_str()) {
            let (name, older) = (node.name.as_str(), before.name.as_str());
            scope.findings.add(Code::UnaccountedStep, origins.version, [name, older]);
        }
    }
}
