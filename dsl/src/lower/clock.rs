//! The legal clock of a node.

use mastara_engine::{
    node::{Appeal, Citation, Clock, Complement, Known},
    quantity::Delay,
};

use super::{
    quantity,
    scope::{Scope, has},
};
use crate::{finding::Code, keyword::Rule, parse::Fact};

/// Takes a fact into a clock, if clocks have such facts.
pub fn take(clock: &mut Clock, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> bool {
    let repeated = match fact.rule {
        Rule::delay => {
            let known = delay(fact, scope);
            std::mem::replace(&mut clock.legal, known).is_some()
        }
        Rule::usual => {
            let known = delay(fact, scope);
            std::mem::replace(&mut clock.usual, known).is_some()
        }
        Rule::receipt => {
            let value = quantity::first(fact, scope).and_then(|quantity| quantity.delay(scope));
            let known = Known { value, estimated: has(fact, Rule::k_estimated), legal: scope.citation_in(fact) };
            clock.receipt.replace(known).is_some()
        }
        Rule::complement => {
            let complement = complement(fact, scope);
            clock.complement.replace(complement).is_some()
        }
        Rule::reasons => std::mem::replace(&mut clock.reasons, true),
        Rule::appeal => {
            let appeal = appeal(fact, scope);
            std::mem::replace(&mut clock.appeal, appeal).is_some()
        }
        _ => return false,
    };
    if repeated {
        scope.findings.add(Code::RepeatedFact, fact.span, [crate::keyword::split_word(fact.pair.as_str()).0]);
    }
    true
}

fn delay(fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Known<Delay>> {
    let value =
        if has(fact, Rule::k_immediate) { Delay::Immediate } else { quantity::first(fact, scope)?.delay(scope)? };
    Some(Known { value, estimated: has(fact, Rule::k_estimated), legal: scope.citation_in(fact) })
}

fn inside(fact: &Fact<'_>, rule: Rule, scope: &mut Scope<'_, '_>) -> Option<Delay> {
    quantity::inside(fact, rule, scope).and_then(|quantity| quantity.delay(scope))
}

fn complement(fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Complement {
    let limit = fact.tokens().find(|token| token.as_rule() == Rule::limit);
    let at_most = limit.and_then(|limit| quantity::times(fact, &limit, scope)).unwrap_or(1);
    let legal: Option<Citation> = scope.citation_in(fact);
    Complement { at_most, before: inside(fact, Rule::before, scope), within: inside(fact, Rule::within, scope), legal }
}

fn appeal(fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Appeal> {
    let name = fact.tokens().find(|token| token.as_rule() == Rule::name)?;
    let vocabulary = scope.vocabulary;
    scope.known(name.as_str(), fact.span_of(&name), &vocabulary.authorities, Code::UnknownAuthority);
    Some(Appeal {
        authority: name.as_str().into(),
        within: inside(fact, Rule::within, scope),
        reply: inside(fact, Rule::reply, scope),
        legal: scope.citation_in(fact),
    })
}
