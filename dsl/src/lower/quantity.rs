//! Numbers with units.

use mastara_engine::quantity::{Delay, Dirhams, Share};
use pest::iterators::Pair;

use super::scope::Scope;
use crate::{finding::Code, keyword::Rule, parse::Fact, source::Span};

/// A number of the file, in hundredths, with its unit.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    pub hundredths: i64,
    pub unit: Option<Rule>,
    pub span: Span,
}

/// Reads a `quantity`; numbers above a billion have no meaning here.
pub fn read(fact: &Fact<'_>, token: &Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<Quantity> {
    let span = fact.span_of(token);
    let (mut hundredths, mut unit) = (None, None);
    for part in token.clone().into_inner() {
        match part.as_rule() {
            Rule::number => hundredths = crate::words::dirhams(part.as_str()).map(Dirhams::centimes),
            Rule::unit => unit = part.into_inner().next().map(|unit| unit.as_rule()),
            _ => {}
        }
    }
    match hundredths.filter(|number| *number <= 100_000_000_000) {
        Some(hundredths) => Some(Quantity { hundredths, unit, span }),
        None => {
            scope.findings.add(Code::NumberOutOfRange, span, [crate::parse::shorten(token.as_str())]);
            None
        }
    }
}

/// The first `quantity` among the tokens of a line.
pub fn first(fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> Option<Quantity> {
    let token = fact.tokens().find(|token| token.as_rule() == Rule::quantity)?;
    read(fact, &token, scope)
}

/// The quantity inside a token such as `avant 30 j`.
pub fn inside(fact: &Fact<'_>, rule: Rule, scope: &mut Scope<'_, '_>) -> Option<Quantity> {
    let holder = fact.tokens().find(|token| token.as_rule() == rule)?;
    let token = holder.into_inner().find(|token| token.as_rule() == Rule::quantity)?;
    read(fact, &token, scope)
}

impl Quantity {
    /// A whole number, said to be wrong otherwise.
    pub fn whole(self, scope: &mut Scope<'_, '_>) -> Option<i64> {
        let is_whole = self.hundredths % 100 == 0;
        if !is_whole {
            scope.findings.add(
                Code::NumberOutOfRange,
                self.span,
                [&format!("{}.{:02}", self.hundredths / 100, self.hundredths % 100)],
            );
        }
        is_whole.then_some(self.hundredths / 100)
    }

    fn small(self, scope: &mut Scope<'_, '_>) -> Option<u32> {
        let whole = self.whole(scope)?;
        let small = u32::try_from(whole).ok().filter(|number| *number <= 1_000_000);
        if small.is_none() {
            scope.findings.add(Code::NumberOutOfRange, self.span, [&whole.to_string()]);
        }
        small
    }

    fn wrong_unit<T>(self, expected: &[Rule], scope: &mut Scope<'_, '_>) -> Option<T> {
        let expected = scope.words(expected);
        scope.findings.add(Code::WrongUnit, self.span, [&expected]);
        None
    }

    /// Dirhams.
    pub fn dirhams(self, scope: &mut Scope<'_, '_>) -> Option<Dirhams> {
        match self.unit {
            Some(Rule::u_dirham) => Some(Dirhams::from_centimes(self.hundredths)),
            _ => self.wrong_unit(&[Rule::u_dirham], scope),
        }
    }

    /// A delay of the administration.
    pub fn delay(self, scope: &mut Scope<'_, '_>) -> Option<Delay> {
        let make = match self.unit {
            Some(Rule::u_day) => Delay::Days,
            Some(Rule::u_workday) => Delay::WorkingDays,
            Some(Rule::u_month) => Delay::Months,
            Some(Rule::u_year) => Delay::Years,
            Some(Rule::u_minute) => Delay::Minutes,
            Some(Rule::u_hour) => |hours: u32| Delay::Minutes(hours * 60),
            _ => return self.wrong_unit(DELAYS, scope),
        };
        self.small(scope).map(make)
    }

    /// Minutes of a person.
    pub fn minutes(self, scope: &mut Scope<'_, '_>) -> Option<u32> {
        match self.unit {
            Some(Rule::u_minute) => self.small(scope),
            Some(Rule::u_hour) => {
                let minutes = self.hundredths * 60;
                Quantity { hundredths: minutes, ..self }.small(scope)
            }
            _ => self.wrong_unit(&[Rule::u_minute, Rule::u_hour], scope),
        }
    }

    /// A share of people.
    pub fn share(self, scope: &mut Scope<'_, '_>) -> Option<Share> {
        if self.unit != Some(Rule::u_percent) {
            return self.wrong_unit(&[Rule::u_percent], scope);
        }
        let share = u32::try_from(self.hundredths).ok().and_then(Share::from_basis_points);
        if share.is_none() {
            scope.findings.add(Code::NumberOutOfRange, self.span, [&format!("{} %", self.hundredths / 100)]);
        }
        share
    }

    /// A count without unit.
    pub fn count(self, scope: &mut Scope<'_, '_>) -> Option<i64> {
        match self.unit {
            None => self.whole(scope),
            Some(_) => self.wrong_unit(&[Rule::EOI], scope),
        }
    }
}

/// The units of a delay.
const DELAYS: &[Rule] = &[Rule::u_day, Rule::u_workday, Rule::u_month, Rule::u_year, Rule::u_hour, Rule::u_minute];

/// The number of times in `au plus 2 fois`.
pub fn times(fact: &Fact<'_>, limit: &Pair<'_, Rule>, scope: &mut Scope<'_, '_>) -> Option<u16> {
    let number = limit.clone().into_inner().find(|token| token.as_rule() == Rule::number)?;
    let times = number.as_str().parse().ok().filter(|times| (1..=10_000).contains(times));
    if times.is_none() {
        scope.findings.add(Code::NumberOutOfRange, fact.span_of(&number), [crate::parse::shorten(number.as_str())]);
    }
    times
}
