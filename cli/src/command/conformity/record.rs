//! What the law says of the versions in force, counted.
//!
//! INVARIANT: a rule counts by its own level, whatever level the catalogue shows it at; one that is off is not judged.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use mastara_dsl::{
    compile::Compiled,
    finding::{Code, Finding, Severity},
    law::{RULES, judge},
    source::SourceId,
};
use mastara_engine::{Date, procedure::Procedure, text::Name};

/// What the law says at a date.
#[derive(Debug)]
pub struct Record<'c> {
    /// The date.
    pub at: Date,
    /// The one rule asked for.
    pub rule: Option<Code>,
    /// Procedures in force.
    pub procedures: usize,
    /// Those that break no rule of error level.
    pub clean: usize,
    /// Findings on versions in force.
    pub findings: usize,
    /// How many rules hold on that day.
    pub rules_in_force: usize,
    /// Each rule that holds, the most broken first.
    pub by_rule: Vec<OfRule<'c>>,
    /// Each authority in charge, the largest first.
    pub by_authority: Vec<OfAuthority>,
    /// What the procedures in force turn off for themselves: rule or law, and the reason.
    pub set_aside: Vec<(&'c Name, &'c [(String, String)])>,
    /// Earlier days: date, rules that held, procedures in force, those without error.
    pub trend: Vec<(Date, usize, usize, usize)>,
}

/// A rule.
#[derive(Debug)]
pub struct OfRule<'c> {
    /// Which.
    pub code: Code,
    /// Its text and article.
    pub law: &'static str,
    /// The procedures that break it.
    pub procedures: Vec<&'c Name>,
    /// How often.
    pub findings: usize,
}

/// An authority in charge.
#[derive(Debug)]
pub struct OfAuthority {
    /// Which.
    pub authority: Name,
    /// Its procedures in force.
    pub procedures: usize,
    /// Those that break no rule of error level.
    pub clean: usize,
    /// The rule that most of them break, and how many do.
    pub first: Option<(Code, usize)>,
}

impl<'c> Record<'c> {
    /// Judges the procedures asked for, by one rule if that is asked for.
    pub fn new(compiled: &'c Compiled, at: Date, rule: Option<Code>, is_asked: impl Fn(&Procedure) -> bool) -> Self {
        let in_force = in_force(compiled, at, &is_asked);
        let found = broken(compiled, at, rule, &in_force);
        let mut by_rule: Vec<OfRule<'c>> = Vec::new();
        for known in RULES.iter().filter(|known| known.since <= at && rule.is_none_or(|code| code == known.code)) {
            let of_rule = || found.iter().filter(|finding| finding.code == known.code);
            let sources: BTreeSet<SourceId> = of_rule().map(|finding| finding.source).collect();
            let procedures = sources.iter().filter_map(|source| in_force.get(source)).map(|(p, _)| &p.id).collect();
            by_rule.push(OfRule { code: known.code, law: known.law, procedures, findings: of_rule().count() });
        }
        by_rule.sort_by_key(|of| Reverse(of.procedures.len()));
        let wrong = wrong(&found);
        Self {
            at,
            rule,
            procedures: in_force.len(),
            clean: in_force.keys().filter(|source| !wrong.contains(source)).count(),
            findings: found.len(),
            rules_in_force: RULES.iter().filter(|rule| rule.since <= at).count(),
            by_authority: by_authority(&in_force, &found, &wrong),
            by_rule,
            set_aside: set_aside(compiled, &in_force),
            trend: trend(compiled, at, rule, is_asked),
        }
    }
}

type InForce<'c> = BTreeMap<SourceId, (&'c Procedure, &'c Name)>;

/// The procedures with a version in force, by source, with its name.
fn in_force<'c>(compiled: &'c Compiled, at: Date, is_asked: impl Fn(&Procedure) -> bool) -> InForce<'c> {
    let entries = compiled.entries.iter().filter(|entry| is_asked(&entry.lowered.procedure));
    let version = |entry: &'c mastara_dsl::compile::Entry| {
        let procedure = &entry.lowered.procedure;
        Some((entry.source, (procedure, &procedure.in_force(at)?.name)))
    };
    entries.filter_map(version).collect()
}

/// The procedures in force that turn rules off, with what they say of it.
fn set_aside<'c>(compiled: &'c Compiled, in_force: &InForce<'c>) -> Vec<(&'c Name, &'c [(String, String)])> {
    let entries = compiled.entries.iter().filter(|entry| in_force.contains_key(&entry.source));
    let told = entries.map(|entry| (&entry.lowered.procedure.id, entry.lowered.levels.set_aside.as_slice()));
    told.filter(|(_, told)| !told.is_empty()).collect()
}

/// What is said of the versions in force.
fn broken(compiled: &Compiled, at: Date, rule: Option<Code>, in_force: &InForce<'_>) -> Vec<Finding> {
    let mut found = judge(compiled, at);
    found.retain(|finding| {
        let version = in_force.get(&finding.source).map(|(_, version)| *version);
        version.is_some() && finding.version.as_ref() == version && rule.is_none_or(|code| code == finding.code)
    });
    found
}

/// The sources that break a rule of error level.
fn wrong(found: &[Finding]) -> BTreeSet<SourceId> {
    let errors = found.iter().filter(|finding| finding.code.severity() == Severity::Error);
    errors.map(|finding| finding.source).collect()
}

fn by_authority(in_force: &InForce<'_>, found: &[Finding], wrong: &BTreeSet<SourceId>) -> Vec<OfAuthority> {
    let mut sources: BTreeMap<&Name, Vec<SourceId>> = BTreeMap::new();
    for (source, (procedure, _)) in in_force {
        sources.entry(&procedure.authority).or_default().push(*source);
    }
    let mut all: Vec<OfAuthority> = Vec::new();
    for (authority, sources) in sources {
        let mut counts: BTreeMap<Code, BTreeSet<SourceId>> = BTreeMap::new();
        for finding in found.iter().filter(|finding| sources.contains(&finding.source)) {
            counts.entry(finding.code).or_default().insert(finding.source);
        }
        let first = counts.into_iter().map(|(code, sources)| (code, sources.len()));
        all.push(OfAuthority {
            authority: authority.clone(),
            procedures: sources.len(),
            clean: sources.iter().filter(|source| !wrong.contains(source)).count(),
            // Of equal counts the rule with the lower number.
            first: first.min_by_key(|(code, count)| (Reverse(*count), *code)),
        });
    }
    all.sort_by_key(|of| Reverse(of.procedures));
    all
}

/// The days on which the law changed, the first of each year since, and the day itself.
fn trend(
    compiled: &Compiled,
    at: Date,
    rule: Option<Code>,
    is_asked: impl Fn(&Procedure) -> bool,
) -> Vec<(Date, usize, usize, usize)> {
    let mut days: BTreeSet<Date> = RULES.iter().map(|rule| rule.since).collect();
    days.extend((2021..=at.year()).map(|year| Date::constant(year, 1, 1)));
    days.insert(at);
    let of_day = |day: Date| {
        let in_force = in_force(compiled, day, &is_asked);
        let wrong = wrong(&broken(compiled, day, rule, &in_force));
        let clean = in_force.keys().filter(|source| !wrong.contains(source)).count();
        (day, RULES.iter().filter(|rule| rule.since <= day).count(), in_force.len(), clean)
    };
    days.into_iter().filter(|day| *day <= at).map(of_day).collect()
}
