//! What changes do to a catalogue: each procedure measured before and after, by execution.
//!
//! INVARIANT: nothing is estimated by formula; a procedure that no change touches has the same measures on both sides.

use std::collections::{BTreeMap, BTreeSet};

use mastara_dsl::{
    compile::{Compiled, Entry},
    finding::Code,
    law,
};
use mastara_engine::{
    Date,
    measure::Measures,
    procedure::{ClaimMeasure, Procedure, Version},
    reform::{Change, Reason, StepReasons, Subject},
    text::{Name, Text},
};
use rayon::prelude::*;

use crate::measured::measure;

/// What changes do to a catalogue.
#[derive(Debug)]
pub struct Impact<'c> {
    /// The day whose versions in force are changed.
    pub at: Date,
    /// What the file of changes calls itself.
    pub title: Text,
    /// The changes.
    pub changes: Vec<Change>,
    /// The procedures that could be measured, by identifier.
    pub lines: Vec<Line<'c>>,
    /// Versions in force that cannot be measured.
    pub not_measured: usize,
    /// What the law says of changed versions before and after, by rule, if it was asked for: findings that came or went.
    pub law: Option<BTreeMap<Code, [usize; 2]>>,
}

/// A procedure before and after.
#[derive(Debug)]
pub struct Line<'c> {
    /// The procedure.
    pub procedure: &'c Procedure,
    /// The version in force.
    pub version: &'c Version,
    /// The version as changed, if anything in it changes.
    pub changed: Option<Box<Version>>,
    /// What it asks, before and after.
    pub measures: [Measures; 2],
    /// Why its steps are not without paper and trip, before and after.
    pub held: [Vec<StepReasons>; 2],
}

impl<'c> Line<'c> {
    /// After less before, on the nominal way.
    pub fn difference(&self, of: ClaimMeasure) -> i64 {
        let [before, after] = &self.measures;
        after.range(of).nominal - before.range(of).nominal
    }

    /// Whether it becomes paperless.
    pub fn is_freed(&self) -> bool {
        !self.measures[0].is_paperless && self.measures[1].is_paperless
    }

    /// Whether any measure moves.
    pub fn is_moved(&self) -> bool {
        self.measures[0] != self.measures[1]
    }

    /// The version after the changes.
    pub fn after(&self) -> &Version {
        self.changed.as_deref().unwrap_or(self.version)
    }

    /// Puts changes on the version in force and measures both; `None` if there is none, or it cannot be measured.
    pub fn new(entry: &'c Entry, compiled: &'c Compiled, changes: &[Change], at: Date) -> Option<Result<Self, ()>> {
        let procedure = &entry.lowered.procedure;
        let version = procedure.in_force(at)?;
        let Ok(before) = measure(version) else { return Some(Err(())) };
        let vocabulary = &compiled.vocabulary;
        let subject = Subject { procedure, version, vocabulary };
        let (held, flow) = (subject.reasons(), subject.apply(changes));
        if flow == version.flow {
            let measures = [before.clone(), before];
            return Some(Ok(Self { procedure, version, changed: None, measures, held: [held.clone(), held] }));
        }
        let changed = Version { flow, ..version.clone() };
        let Ok(after) = measure(&changed) else { return Some(Err(())) };
        let left = subject.left(changes);
        let changed = Some(Box::new(changed));
        Some(Ok(Self { procedure, version, changed, measures: [before, after], held: [held, left] }))
    }
}

impl<'c> Impact<'c> {
    /// Puts changes on all versions in force, side by side.
    pub fn new(compiled: &'c Compiled, title: Text, changes: Vec<Change>, at: Date, law: bool) -> Self {
        let found: Vec<_> =
            compiled.entries.par_iter().filter_map(|entry| Line::new(entry, compiled, &changes, at)).collect();
        let not_measured = found.iter().filter(|found| found.is_err()).count();
        let lines: Vec<Line<'c>> = found.into_iter().flatten().collect();
        let law = law.then(|| judged(compiled, &lines, at));
        Self { at, title, changes, lines, not_measured, law }
    }

    /// The procedures whose measures move, those that lose most trips, then documents, then sheets first.
    pub fn moved(&self) -> Vec<&Line<'c>> {
        let mut moved: Vec<_> = self.lines.iter().filter(|line| line.is_moved()).collect();
        let order = [ClaimMeasure::Trips, ClaimMeasure::Documents, ClaimMeasure::Sheets, ClaimMeasure::LegalDelay];
        moved.sort_by_key(|line| order.map(|measure| line.difference(measure)));
        moved
    }

    /// By kind of reason: steps and procedures that have one, before and after.
    pub fn reasons(&self) -> Vec<(&'static str, [[usize; 2]; 2])> {
        let mut all: BTreeMap<&'static str, [[usize; 2]; 2]> = BTreeMap::new();
        for line in &self.lines {
            for (side, held) in line.held.iter().enumerate() {
                let mut here = BTreeSet::new();
                for step in held {
                    let kinds: BTreeSet<_> = step.reasons.iter().map(kind).collect();
                    for kind in &kinds {
                        all.entry(kind).or_default()[side][0] += 1;
                    }
                    here.extend(kinds);
                }
                for kind in here {
                    all.entry(kind).or_default()[side][1] += 1;
                }
            }
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|(_, [before, _])| std::cmp::Reverse(before[0]));
        all
    }

    /// By authority in charge: the procedures, the largest first, then by code.
    pub fn by_authority(&self) -> Vec<(&'c Name, Vec<&Line<'c>>)> {
        let mut authorities: BTreeMap<&'c Name, Vec<&Line<'c>>> = BTreeMap::new();
        for line in &self.lines {
            authorities.entry(&line.procedure.authority).or_default().push(line);
        }
        let mut all: Vec<_> = authorities.into_iter().collect();
        let saved = |lines: &[&Line<'_>]| lines.iter().map(|line| line.difference(ClaimMeasure::Trips)).sum::<i64>();
        all.sort_by_key(|(_, lines)| (saved(lines), std::cmp::Reverse(lines.len())));
        all
    }
}

/// The last part of the key of a kind of reason.
pub fn kind(reason: &Reason) -> &'static str {
    match reason {
        Reason::Filing => "filing",
        Reason::Errand { .. } => "errand",
        Reason::Presence => "presence",
        Reason::Party => "party",
        Reason::Visit => "visit",
        Reason::PartialCoverage => "partial-coverage",
        Reason::Paper(_) => "paper",
        Reason::Form(..) => "form",
        Reason::InPerson => "in-person",
        Reason::Handwritten => "handwritten",
        Reason::Payment => "payment",
        Reason::Receipt(_) => "receipt",
        Reason::Thing(_) => "thing",
    }
}

/// What the law says of the versions that change, before and after, by rule; rules of which as much is said are left out.
fn judged(compiled: &Compiled, lines: &[Line<'_>], at: Date) -> BTreeMap<Code, [usize; 2]> {
    let changed: Vec<_> = lines.iter().filter_map(|line| Some((line, line.changed.as_deref()?))).collect();
    let of_line = |(line, changed): &(&Line<'_>, &Version)| {
        let entry = compiled.find(line.procedure.id.as_str())?;
        let rank = line.procedure.versions.iter().position(|version| version.name == line.version.name)?;
        let origins = entry.lowered.origins.get(rank)?.clone();
        let codes = |version: &Version| -> Vec<Code> {
            let mut lowered = entry.lowered.clone();
            lowered.procedure.versions = vec![version.clone()];
            lowered.origins = vec![origins.clone()];
            let entry = Entry { source: entry.source, lowered };
            law::judge_entry(&entry, compiled, at).iter().map(|finding| finding.code).collect()
        };
        Some([codes(line.version), codes(changed)])
    };
    let found: Vec<_> = changed.par_iter().filter_map(of_line).collect();
    let mut all: BTreeMap<Code, [usize; 2]> = BTreeMap::new();
    for sides in found {
        for (side, codes) in sides.into_iter().enumerate() {
            codes.into_iter().for_each(|code| all.entry(code).or_default()[side] += 1);
        }
    }
    all.retain(|_, [before, after]| before != after);
    all
}
