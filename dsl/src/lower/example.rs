//! Examples: a person, the way they take, the papers they bring, how it ends.

use mastara_engine::{
    flow::Flow,
    node::{Channel, Decider, NodeKind},
    procedure::Example,
    text::Name,
};
use pest::iterators::Pair;

use super::{
    block::{Block, misplaced},
    condition,
    graph::ExamplePlaces,
    scope::{Scope, case_name, names},
    step,
};
use crate::{
    finding::Code,
    keyword::{self, Rule},
    parse::Fact,
};

/// Lowers an example of a version.
pub fn lower(block: &Block<'_>, flow: &Flow, scope: &mut Scope<'_, '_>) -> (Example, ExamplePlaces) {
    let head = block.head.span;
    let mut places = ExamplePlaces { head, passes: head, brings: head, ends: head };
    let mut example = Example {
        title: scope.title(&block.head),
        answers: Vec::new(),
        rulings: Vec::new(),
        passes: None,
        brings: None,
        ends: None,
    };
    for fact in &block.body {
        match fact.rule {
            Rule::text => scope.translate(fact, &mut example.title),
            Rule::given => answers(fact, flow, &mut example, scope),
            Rule::passes => {
                places.passes = fact.span;
                let passed: Vec<_> = names(fact.tokens()).collect();
                let known = passed.iter().filter_map(|name| node(fact, name, flow, scope)).collect::<Vec<_>>();
                example.passes.get_or_insert_default().extend(known);
            }
            Rule::brings => {
                places.brings = fact.span;
                // The channel gives a default medium, of which an example says nothing.
                let papers = step::items(fact, &Channel::Post, true, scope).into_iter().flatten();
                let papers = papers.map(|paper| (paper.document, paper.copies)).collect::<Vec<_>>();
                example.brings.get_or_insert_default().extend(papers);
            }
            Rule::ends => {
                places.ends = fact.span;
                let name = fact.tokens().find(|token| token.as_rule() == Rule::name);
                if example.ends.is_some() {
                    scope.findings.add(Code::RepeatedFact, fact.span, [keyword::split_word(fact.pair.as_str()).0]);
                }
                example.ends = name.and_then(|name| node(fact, &name, flow, scope));
            }
            Rule::source | Rule::estimated | Rule::reconstructed => {}
            _ => misplaced(fact, scope.findings),
        }
    }
    scope.check_title(&example.title, block.head.span);
    (example, places)
}

fn node(fact: &Fact<'_>, name: &Pair<'_, Rule>, flow: &Flow, scope: &mut Scope<'_, '_>) -> Option<Name> {
    if flow.find(name.as_str()).is_none() {
        let known: Vec<_> = flow.nodes().map(|(_, node)| node.name.as_str()).collect();
        scope.findings.add_unknown(Code::UnknownNode, fact.span_of(name), name.as_str(), known.into_iter());
        return None;
    }
    Some(name.as_str().into())
}

fn answers(fact: &Fact<'_>, flow: &Flow, example: &mut Example, scope: &mut Scope<'_, '_>) {
    for answer in fact.tokens().filter(|token| token.as_rule() == Rule::answer) {
        let mut parts = answer.clone().into_inner();
        let Some(name) = parts.next() else { continue };
        let values: Vec<_> = parts.filter(|part| part.as_rule() == Rule::value).collect();
        let is_question = scope.questions.iter().any(|question| question.name.as_str() == name.as_str());
        if !is_question && flow.find(name.as_str()).is_some() {
            ruling(fact, &name, &values, flow, example, scope);
        } else if let Some(question) = scope.question(fact, &name) {
            if example.answers.iter().any(|(known, _)| *known == question) {
                scope.findings.add(Code::RepeatedFact, fact.span_of(&answer), [name.as_str()]);
            }
            if let [value] = values.as_slice() {
                example.answers.extend(condition::answer(fact, question, value, scope).map(|value| (question, value)));
            } else {
                // Only an authority decides more than once.
                condition::wrong_type::<()>(question, fact.span_of(&answer), scope);
            }
        }
    }
}

/// What an authority decides, in turn.
fn ruling(
    fact: &Fact<'_>,
    name: &Pair<'_, Rule>,
    values: &[Pair<'_, Rule>],
    flow: &Flow,
    example: &mut Example,
    scope: &mut Scope<'_, '_>,
) {
    let Some(id) = flow.find(name.as_str()) else { return };
    let is_ruled =
        matches!(flow.node(id).kind, NodeKind::Decision(Decider::Authority(_)) | NodeKind::Wait(_) | NodeKind::Step(_));
    if !is_ruled {
        scope.findings.add_unknown(Code::UnknownQuestion, fact.span_of(name), name.as_str(), std::iter::empty());
        return;
    }
    let cases: Vec<&str> = flow.branches(id).into_iter().filter_map(|(branch, _)| branch_name(&branch.guard)).collect();
    let mut rulings = Vec::new();
    for value in values {
        let Some(word) = case_name(value) else { continue };
        if cases.contains(&word) {
            let case = if word == ELSE { "else" } else { word };
            rulings.push(Name::from(case));
        } else {
            let known = cases.iter().copied();
            scope.findings.add_unknown(Code::UnknownCase, fact.span_of(value), word, known);
        }
    }
    example.rulings.push((name.as_str().into(), rulings));
}

/// How an example names what a decision does where no case fits.
pub(crate) const ELSE: &str = "autre";

/// How an example names a branch that an authority takes.
fn branch_name(guard: &mastara_engine::flow::Guard) -> Option<&str> {
    use mastara_engine::flow::Guard;
    match guard {
        Guard::Ruled(name) => Some(name.as_str()),
        Guard::Else => Some(ELSE),
        Guard::Silence => Some("silence"),
        Guard::Always => Some("always"),
        _ => None,
    }
}
