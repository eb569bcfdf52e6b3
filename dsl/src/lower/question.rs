//! Questions: facts about the person, declared once and used by all versions.

use mastara_engine::{
    condition::{Case, Kind, Question, QuestionId},
    text::Text,
};

use super::{
    block::{Block, misplaced},
    condition, quantity,
    scope::{Scope, case_name, names},
};
use crate::{finding::Code, keyword::Rule, parse::Fact, source::Span};

/// How many questions a procedure may have: nobody would answer more.
const MAX_QUESTIONS: usize = 500;

/// Lowers all `question` blocks, each with its place; they are left in the scope too.
pub fn lower_all(blocks: &[Block<'_>], scope: &mut Scope<'_, '_>) -> (Vec<Question>, Vec<Span>) {
    let mut places = Vec::new();
    for block in blocks.iter().filter(|block| block.head.rule == Rule::question) {
        if scope.questions.len() >= MAX_QUESTIONS {
            let count = (MAX_QUESTIONS + 1).to_string();
            scope.findings.add(Code::NumberOutOfRange, block.head.span, [&count]);
            break;
        }
        if let Some(question) = declare(block, scope) {
            scope.questions.push(question);
            places.push(block.head.span);
            details(block, scope);
        }
    }
    (scope.questions.clone(), places)
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
                let expected = scope.words(UNITS);
                scope.findings.add(Code::WrongUnit, head.span_of(&kind), [&expected]);
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

/// The units that a whole number may have.
const UNITS: &[Rule] =
    &[Rule::u_year, Rule::u_month, Rule::u_day, Rule::u_square_metre, Rule::u_kilometre, Rule::u_hectare];

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
    if let (Some(low), Some(high)) = (value_of(*low, id, scope), value_of(*high, id, scope)) {
        if low > high {
            scope.findings.add(Code::NumberOutOfRange, head.span_of(&bounds), [bounds.as_str()]);
            return;
        }
        let question = &mut scope.questions[usize::from(id.0)];
        (question.low, question.high) = (low, Some(high));
    }
}

fn label(fact: &Fact<'_>, id: QuestionId, scope: &mut Scope<'_, '_>) -> Option<usize> {
    let name = fact.tokens().find(|token| token.as_rule() == Rule::label)?;
    let span = fact.span_of(&name);
    let rank = usize::try_from(scope.case(id, case_name(&name)?, span)?).ok()?;
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
    let Some(value) = value_of(quantity, id, scope) else { return };
    let question = &mut scope.questions[usize::from(id.0)];
    if value < question.low || question.high.is_some_and(|high| value > high) {
        let word = fact.pair.as_str();
        scope.findings.add(Code::NumberOutOfRange, quantity.span, [word]);
        return;
    }
    question.typical = Some(value);
    question.typical_estimated = super::scope::has(fact, Rule::k_estimated);
}

/// A bound or usual value of a question with numbers; the unit of a whole number may be left out, for its type says it.
fn value_of(quantity: quantity::Quantity, id: QuestionId, scope: &mut Scope<'_, '_>) -> Option<i64> {
    match scope.questions[usize::from(id.0)].kind {
        Kind::Money => quantity.dirhams(scope).map(mastara_engine::quantity::Dirhams::centimes),
        Kind::Integer(unit) => {
            let rule = unit.map(condition::unit_rule);
            if quantity.unit.is_some() && quantity.unit != rule {
                let expected = scope.words(&[rule.unwrap_or(Rule::EOI)]);
                scope.findings.add(Code::WrongUnit, quantity.span, [&expected]);
                return None;
            }
            quantity.whole(scope)
        }
        _ => condition::wrong_type(id, quantity.span, scope),
    }
}
