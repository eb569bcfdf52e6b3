//! `conformity --format json` (docs/json.md).

use mastara_engine::text::Name;
use serde::Serialize;

use super::{
    findings::severity,
    number::{Number, share},
};
use crate::{
    command::conformity::{OfAuthority, OfRule, Record},
    survey::count,
};

/// What the law says.
#[derive(Debug, Serialize)]
pub struct ConformityView {
    /// The date.
    pub at: String,
    /// Procedures in force.
    pub procedures: usize,
    /// Those that break no rule of error level.
    pub clean: usize,
    /// Their share.
    pub share: Number,
    /// Findings on versions in force.
    pub findings: usize,
    /// What the procedures in force turn off for themselves.
    pub set_aside: SetAsideView,
    /// Rules that hold on that day, the most broken first.
    pub rules: Vec<RuleView>,
    /// Authorities in charge, the largest first.
    pub authorities: Vec<AuthorityView>,
    /// Earlier days.
    pub trend: Vec<DayView>,
}

/// Rules that files turn off for themselves, with a reason.
#[derive(Debug, Serialize)]
pub struct SetAsideView {
    /// How many times: a rule, or a law, counts once in each file.
    pub rules: usize,
    /// In how many procedures.
    pub procedures: usize,
    /// Each of them.
    pub of: Vec<AsideView>,
}

/// A rule that a file turns off for itself.
#[derive(Debug, Serialize)]
pub struct AsideView {
    /// The procedure.
    pub id: String,
    /// The rule, or the law whose rules are all meant.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// A rule.
#[derive(Debug, Serialize)]
pub struct RuleView {
    /// Such as `M401`.
    pub code: &'static str,
    /// Such as `copies-over-one`.
    pub name: &'static str,
    /// `error`, `warning` or `information`.
    pub level: &'static str,
    /// The text and article.
    pub law: &'static str,
    /// How often it is broken.
    pub findings: usize,
    /// The procedures that break it.
    pub procedures: Vec<String>,
}

/// An authority.
#[derive(Debug, Serialize)]
pub struct AuthorityView {
    /// Its code.
    pub id: String,
    /// Its procedures in force.
    pub procedures: usize,
    /// Those that break no rule of error level.
    pub clean: usize,
    /// Their share.
    pub share: Number,
    /// The rule that most of them break.
    pub first: Option<&'static str>,
}

/// A day.
#[derive(Debug, Serialize)]
pub struct DayView {
    /// The date.
    pub at: String,
    /// Rules that held.
    pub rules: usize,
    /// Procedures in force.
    pub procedures: usize,
    /// Those that broke no rule of error level.
    pub clean: usize,
    /// Their share.
    pub share: Number,
}

fn part(part: usize, whole: usize) -> Number {
    Number::rounded(share(count(part), count(whole)))
}

impl From<&Record<'_>> for ConformityView {
    fn from(record: &Record<'_>) -> Self {
        let day = |&(day, rules, procedures, clean): &(mastara_engine::Date, usize, usize, usize)| DayView {
            at: day.to_string(),
            rules,
            procedures,
            clean,
            share: part(clean, procedures),
        };
        Self {
            at: record.at.to_string(),
            procedures: record.procedures,
            clean: record.clean,
            share: part(record.clean, record.procedures),
            findings: record.findings,
            set_aside: SetAsideView {
                rules: record.set_aside.iter().map(|(_, told)| told.len()).sum(),
                procedures: record.set_aside.len(),
                of: record.set_aside.iter().flat_map(aside).collect(),
            },
            rules: record.by_rule.iter().map(rule).collect(),
            authorities: record.by_authority.iter().map(authority).collect(),
            trend: record.trend.iter().map(day).collect(),
        }
    }
}

fn aside<'c>((id, told): &(&'c Name, &'c [(String, String)])) -> impl Iterator<Item = AsideView> + use<'c> {
    let (id, told) = (*id, *told);
    told.iter().map(|(rule, reason)| AsideView { id: id.to_string(), rule: rule.clone(), reason: reason.clone() })
}

fn rule(of: &OfRule<'_>) -> RuleView {
    RuleView {
        code: of.code.number(),
        name: of.code.name(),
        level: severity(of.code.severity()),
        law: of.law,
        findings: of.findings,
        procedures: of.procedures.iter().map(ToString::to_string).collect(),
    }
}

fn authority(of: &OfAuthority) -> AuthorityView {
    AuthorityView {
        id: of.authority.to_string(),
        procedures: of.procedures,
        clean: of.clean,
        share: part(of.clean, of.procedures),
        first: of.first.map(|(code, _)| code.name()),
    }
}
