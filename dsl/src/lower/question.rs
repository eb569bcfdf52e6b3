//! Questions: facts about the person, declared once and used by all versions.

use mastara_engine::{
    condition::{Case, Kind, Question, QuestionId},
    text::Text,
};

use super::{
    block::{Block, misplaced},
    condition, quantity,
    scope::{Scope, names},
};
use crate::{finding::Code, keyword::Rule, parse::Fact};

/// Lowers all `question` blocks; they are left in the scope too.
pub fn lower_all(blocks: &[Block<'_>], scope: &mut Scope<'_, '_>) -> Vec<Question> {
    for block in blocks.iter().filter(|block| block.head.rule == Rule::question) {
        if scope.questions.len() >= usize::from(u16::MAX) {
            break;
        }
        if let Some(question) = declare(block, scope) {
            scope.questions.push(question);
            details(block, scope);
        }
    }
    scope.questions.clone()
}

/// The question without what hangs under it.
fn declare(block: &Block<'_>, scope: &mut Scope<'_, '_>) -> Option<Question> {
    let head = &block.head;
    let name = head.tokens().find(|token| token.as_rule() == Rule::name)?;
    scope.check_name(head, &name);
    if scope.questions.iter().any(|question| question.name.as_str() == name.as_str()) {
        scope.findings.add(Code::DuplicateName, head.span_of(&name), [name.as_str()]);
        return None;
    }
    let kind = kind(head, scope)?;
    Some(Question {
        name: name.as_str().into(),
        title: scope.title(head),
        kind,
        low: 0,
        high: None,
        typical: None,
        typical_estimated: false,
        known_by: None,
        is_choice: false,
    })
}

fn kind(head: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Kind> {
    let kind = head.tokens().find(|token| token.as_rule() == Rule::kind)?;
    let mut parts = kind.clone().into_inner();
    let word = parts.next()?;
    Some(match word.as_rule() {
        Rule::k_yes_no => Kind::YesNo,
        Rule::k_money => Kind::Money,
        Rule::k_date => Kind::Date,
        Rule::k_integer => {
            let unit = parts.next().and_then(|unit| unit.into_inner().next()).map(|unit| unit.as_rule());
            let known = unit.and_then(condition::unit_of);
            if unit.is_some() && known.is_none() {
                scope.findings.add(Code::WrongUnit, head.span_of(&kind), ["ans, mois, j, m2, km, ha"]);
            }
            Kind::Integer(known)
        }
        _ => {
            let mut cases: Vec<Case> = Vec::new();
            for case in names(word.into_inner()) {
                scope.check_name(head, &case);
                if cases.iter().any(|known| known.name.as_str() == case.as_str()) {
                    scope.findings.add(Code::DuplicateName, head.span_of(&case), [case.as_str()]);
                } else {
                    cases.push(Case { name: case.as_str().into(), label: Text::default() });
                }
            }
            Kind::OneOf(cases)
        }
    })
}

/// Bounds, labels of cases, register, usual value.
fn details(block: &Block<'_>, scope: &mut Scope<'_, '_>) {
    let id = QuestionId(u16::try_from(scope.questions.len() - 1).unwrap_or(u16::MAX));
    bounds(&block.head, id, scope);
    let mut case = None;
    for fact in &block.body {
        match fact.rule {
            Rule::text => translate(fact, id, case, scope),
            Rule::case => case = label(fact, id, scope),
            Rule::known => register(fact, id, scope),
            Rule::typical => typical(fact, id, scope),
            _ => misplaced(fact, scope.findings),
        }
    }
    let question = scope.questions[usize::from(id.0)].clone();
    scope.check_title(&question.title, block.head.span);
    if let Kind::OneOf(cases) = &question.kind {
        for case in cases {
            scope.check_title(&case.label, block.head.span);
        }
    }
}

fn bounds(head: &Fact<'_>, id: QuestionId, scope: &mut Scope<'_, '_>) {
    let Some(bounds) = head.tokens().find(|token| token.as_rule() == Rule::bounds) else { return };
    let limits: Vec<_> = bounds
        .clone()
        .into_inner()
        .filter(|token| token.as_rule() == Rule::quantity)
        .filter_map(|token| quantity::read(head, &token, scope))
        .collect();
    let [low, high] = limits.as_slice() else { return };
    let read = |limit: &quantity::Quantity, scope: &mut Scope<'_, '_>| {
        match &scope.questions[usize::from(id.0)].kind {
            Kind::Money => limit.dirhams(scope).map(mastara_engine::quantity::Dirhams::centimes),
            // The unit stands once, in the type.
            Kind::Integer(_) => limit.whole(scope),
            _ => {
                scope.findings.add(Code::WrongType, limit.span, ["de … à …", "entier, montant"]);
                None
            }
        }
    };
    if let (Some(low), Some(high)) = (read(low, scope), read(high, scope)) {
        if low > high {
            scope.findings.add(Code::NumberOutOfRange, head.span_of(&bounds), [bounds.as_str()]);
            return;
        }
        let question = &mut scope.questions[usize::from(id.0)];
        (question.low, question.high) = (low, Some(high));
    }
}

fn label(fact: &Fact<'_>, id: QuestionId, scope: &mut Scope<'_, '_>) -> Option<usize> {
    let name = fact.tokens().find(|token| token.as_rule() == Rule::name)?;
    let span = fact.span_of(&name);
    let rank = usize::try_from(scope.case(id, name.as_str(), span)?).ok()?;
    let title = scope.title(fact);
    if let Kind::OneOf(cases) = &mut scope.questions[usize::from(id.0)].kind {
        cases[rank].label = title;
    }
    Some(rank)
}

fn translate(fact: &Fact<'_>, id: QuestionId, case: Option<usize>, scope: &mut Scope<'_, '_>) {
    let mut question = scope.questions[usize::from(id.0)].clone();
    match (case, &mut question.kind) {
        (Some(rank), Kind::OneOf(cases)) => scope.translate(fact, &mut cases[rank].label),
        _ => scope.translate(fact, &mut question.title),
    }
    scope.questions[usize::from(id.0)] = question;
}

fn register(fact: &Fact<'_>, id: QuestionId, scope: &mut Scope<'_, '_>) {
    let Some(name) = fact.tokens().find(|token| token.as_rule() == Rule::name) else { return };
    scope.known(name.as_str(), fact.span_of(&name), &scope.vocabulary.registers, Code::UnknownRegister);
    scope.questions[usize::from(id.0)].known_by = Some(name.as_str().into());
}

fn typical(fact: &Fact<'_>, id: QuestionId, scope: &mut Scope<'_, '_>) {
    let Some(quantity) = quantity::first(fact, scope) else { return };
    let value = match scope.questions[usize::from(id.0)].kind {
        Kind::Money => quantity.dirhams(scope).map(mastara_engine::quantity::Dirhams::centimes),
        Kind::Integer(_) => quantity.whole(scope),
        _ => None,
    };
    let question = &mut scope.questions[usize::from(id.0)];
    question.typical = value;
    question.typical_estimated = super::scope::has(fact, Rule::k_estimated);
}
