//! Conditions and answers, with their types checked.

use mastara_engine::condition::{Comparison, Condition, Kind, QuestionId, Unit};
use pest::iterators::Pair;

use super::{
    quantity,
    scope::{Scope, case_name, names},
};
use crate::{
    finding::Code,
    keyword::{self, Rule},
    parse::Fact,
    source::Span,
};

/// The condition after `si` on a line, if there is one.
pub fn when(fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Condition> {
    let when = fact.tokens().find(|token| token.as_rule() == Rule::when)?;
    let any = when.into_inner().find(|token| token.as_rule() == Rule::any)?;
    any_of(fact, any, scope)
}

/// Lowers a condition; `None` if a word or a type in it is wrong.
pub fn any_of(fact: &Fact<'_>, token: Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<Condition> {
    combine(fact, token, Rule::all, Condition::Any, scope)
}

fn combine(
    fact: &Fact<'_>,
    token: Pair<'_, Rule>,
    level: Rule,
    join: fn(Vec<Condition>) -> Condition,
    scope: &mut Scope<'_, '_>,
) -> Option<Condition> {
    let parts: Vec<_> = token.into_inner().filter(|inner| inner.as_rule() == level).collect();
    let mut lowered = Vec::with_capacity(parts.len());
    for inner in parts {
        let condition = match inner.as_rule() {
            Rule::all => combine(fact, inner, Rule::not, Condition::All, scope),
            _ => negation(fact, inner, scope),
        };
        lowered.push(condition);
    }
    let mut lowered: Vec<_> = lowered.into_iter().collect::<Option<_>>()?;
    if lowered.len() == 1 { lowered.pop() } else { Some(join(lowered)) }
}

fn negation(fact: &Fact<'_>, token: Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<Condition> {
    let inner = token.into_inner().find(|inner| inner.as_rule() != Rule::k_not)?;
    match inner.as_rule() {
        Rule::not => negation(fact, inner, scope).map(|condition| Condition::Not(Box::new(condition))),
        Rule::group => {
            let any = inner.into_inner().find(|part| part.as_rule() == Rule::any)?;
            any_of(fact, any, scope)
        }
        _ => test(fact, inner, scope),
    }
}

fn test(fact: &Fact<'_>, token: Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<Condition> {
    let mut parts = token.clone().into_inner();
    let name = parts.next()?;
    let question = scope.question(fact, &name)?;
    let rest: Vec<_> = parts.collect();
    if let Some(set) = rest.iter().find(|part| part.as_rule() == Rule::set) {
        let cases: Vec<_> = names(set.clone().into_inner()).collect();
        let mut ranks = Vec::with_capacity(cases.len());
        for case in cases {
            let span = fact.span_of(&case);
            if !matches!(scope.questions[question.0 as usize].kind, Kind::OneOf(_)) {
                return wrong_type(question, span, scope);
            }
            ranks.push(scope.case(question, case.as_str(), span)?);
        }
        ranks.sort_unstable();
        return Some(Condition::OneOf(question, ranks));
    }
    let operator = rest.iter().find(|part| part.as_rule() == Rule::compare);
    let value = rest.iter().find(|part| part.as_rule() == Rule::value);
    match (operator, value) {
        (Some(operator), Some(value)) => {
            let comparison = comparison(operator.as_str());
            let orders = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
            if orders && matches!(scope.questions[question.0 as usize].kind, Kind::YesNo | Kind::OneOf(_)) {
                return wrong_type(question, fact.span_of(operator), scope);
            }
            answer(fact, question, value, scope).map(|value| Condition::Compare(question, comparison, value))
        }
        _ if scope.questions[question.0 as usize].kind == Kind::YesNo => {
            Some(Condition::Compare(question, Comparison::Equal, 1))
        }
        _ => wrong_type(question, fact.span_of(&name), scope),
    }
}

/// What a comparison sign means.
pub fn comparison(sign: &str) -> Comparison {
    match sign {
        "!=" | "≠" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" | "≤" => Comparison::AtMost,
        ">" => Comparison::More,
        ">=" | "≥" => Comparison::AtLeast,
        _ => Comparison::Equal,
    }
}

/// An answer to a question, in the form answers are kept in.
pub fn answer(fact: &Fact<'_>, question: QuestionId, token: &Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<i64> {
    let span = fact.span_of(token);
    let value = token.clone().into_inner().next()?;
    let kind = scope.questions[question.0 as usize].kind.clone();
    match (kind, value.as_rule()) {
        (Kind::YesNo, Rule::k_affirm) => Some(1),
        (Kind::YesNo, Rule::k_deny) => Some(0),
        (Kind::OneOf(_), Rule::name | Rule::k_affirm | Rule::k_deny | Rule::k_silence) => {
            scope.case(question, case_name(token)?, span)
        }
        (Kind::Date, Rule::date) => scope.date(fact, &value).map(date_value),
        (Kind::Money, Rule::quantity) => {
            let quantity = quantity::read(fact, &value, scope)?;
            quantity.dirhams(scope).map(mastara_engine::quantity::Dirhams::centimes)
        }
        (Kind::Integer(unit), Rule::quantity) => {
            let quantity = quantity::read(fact, &value, scope)?;
            if quantity.unit != unit.map(unit_rule) {
                let expected = scope.words(&[unit.map_or(Rule::EOI, unit_rule)]);
                scope.findings.add(Code::WrongUnit, span, [&expected]);
                return None;
            }
            quantity.whole(scope)
        }
        _ => wrong_type(question, span, scope),
    }
}

/// A date as `yyyymmdd`.
pub fn date_value(date: mastara_engine::Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// Says that a value does not fit its question.
pub fn wrong_type<T>(question: QuestionId, span: Span, scope: &mut Scope<'_, '_>) -> Option<T> {
    let question = &scope.questions[question.0 as usize];
    let expected = match &question.kind {
        Kind::YesNo => scope.words(&[Rule::k_affirm, Rule::k_deny]),
        Kind::Integer(None) => "`12`".to_owned(),
        Kind::Integer(Some(unit)) => format!("`12 {}`", form(unit_rule(*unit), scope)),
        Kind::Money => format!("`100 {}`", form(Rule::u_dirham, scope)),
        Kind::Date => "2026-01-31".to_owned(),
        Kind::OneOf(cases) => cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>().join(", "),
    };
    let name = question.name.clone();
    scope.findings.add(Code::WrongType, span, [name.as_str(), &expected]);
    None
}

/// The word of a unit.
pub fn unit_rule(unit: Unit) -> Rule {
    UNITS.iter().find(|(known, _)| *known == unit).map_or(Rule::u_year, |(_, rule)| *rule)
}

/// The unit of a word.
pub fn unit_of(rule: Rule) -> Option<Unit> {
    UNITS.iter().find(|(_, known)| *known == rule).map(|(unit, _)| *unit)
}

/// A word of the language as the file writes it.
fn form(rule: Rule, scope: &Scope<'_, '_>) -> &'static str {
    keyword::word(rule).map_or("", |word| word.form(scope.dialect))
}

const UNITS: &[(Unit, Rule)] = &[
    (Unit::Years, Rule::u_year),
    (Unit::Months, Rule::u_month),
    (Unit::Days, Rule::u_day),
    (Unit::SquareMetres, Rule::u_square_metre),
    (Unit::Kilometres, Rule::u_kilometre),
    (Unit::Hectares, Rule::u_hectare),
];
