//! The index of a catalogue at a date: everything it is counted on, and what the law says of each procedure.

use std::{cmp::Reverse, collections::BTreeMap};

use mastara_dsl::{
    compile::{Compiled, Entry},
    finding::{Finding, Severity},
    law,
};
use mastara_engine::{
    Date,
    lens::{Subject as Service, eu},
    maturity::{
        Cause, Index, Indicator, Ledger, Points, Reading, Scope, Settings, Subject, Unit, What,
        read::{self, Burdens, Reader},
    },
    node::Provenance,
    text::Name,
};
use rayon::prelude::*;

use crate::{
    command::burden,
    documents::documents,
    figures::Mark,
    survey::{Line, Survey},
};

/// The index of a catalogue.
#[derive(Debug)]
pub struct Record<'c> {
    /// The date.
    pub at: Date,
    /// The catalogue.
    pub compiled: &'c Compiled,
    /// What was measured.
    pub survey: Survey<'c>,
    /// What the index weighs, and how.
    pub settings: Settings,
    /// What it is counted on; procedures by the rank of their line in the survey.
    pub ledger: Ledger,
    /// Breaches of error level of each procedure, by rank.
    pub breaches: BTreeMap<usize, Vec<Finding>>,
    /// The score of the State.
    pub state: Index,
}

/// Some scopes of a kind with their scores, those with most procedures first.
pub type Group = Vec<(Scope, usize, Index)>;

impl<'c> Record<'c> {
    /// Reads a catalogue.
    pub fn new(compiled: &'c Compiled, at: Date, settings: Settings) -> Self {
        let survey = Survey::new(compiled, at);
        let vocabulary = &compiled.vocabulary;
        let mut ledger = Ledger::new(survey.lines.iter().map(|line| line.procedure), vocabulary);
        let ranks: BTreeMap<&Name, usize> =
            survey.lines.iter().enumerate().map(|(rank, line)| (&line.procedure.id, rank)).collect();
        let breaches = breaches(compiled, at, &survey, &ranks);
        let of_line = |(rank, line): (usize, &Line<'c>)| {
            let (procedure, version) = (line.procedure, line.version);
            let reader = Reader { rank, procedure, version, vocabulary, settings: &settings, at };
            of_procedure(&reader, line, !breaches.contains_key(&rank))
        };
        let read: Vec<Vec<Unit>> = survey.lines.par_iter().enumerate().map(of_line).collect();
        ledger.units.extend(read.into_iter().flatten());
        ledger.units.extend(read::exchange(&documents(&survey, vocabulary), vocabulary, &ranks, at));
        let procedures: Vec<_> = survey.lines.iter().map(|line| line.procedure).collect();
        let duties = read::duties(&ledger, &procedures, vocabulary, &settings, at);
        ledger.units.extend(duties);
        let state = ledger.score(&Scope::State, &settings);
        Self { at, compiled, survey, settings, ledger, breaches, state }
    }

    /// The score of a scope.
    pub fn score(&self, scope: &Scope) -> Index {
        self.ledger.score(scope, &self.settings)
    }

    /// Of each authority in charge, or each group of another kind, its score; those with most procedures first.
    pub fn group(&self, of: impl Fn(usize) -> Option<Scope>) -> Group {
        let mut counts: BTreeMap<Scope, usize> = BTreeMap::new();
        for scope in (0..self.ledger.sheets.len()).filter_map(of) {
            *counts.entry(scope).or_default() += 1;
        }
        let counts: Vec<_> = counts.into_iter().collect();
        let score = |(scope, count): (Scope, usize)| {
            let index = self.score(&scope);
            (scope, count, index)
        };
        let mut group: Vec<_> = counts.into_par_iter().map(score).collect();
        group.sort_by_key(|(_, count, _)| Reverse(*count));
        group
    }

    /// By authority in charge.
    pub fn authorities(&self) -> Group {
        self.group(|rank| Some(Scope::Authority(self.ledger.sheets[rank].authority.clone())))
    }

    /// By body at the top, with all that belong to it.
    pub fn departments(&self) -> Group {
        self.group(|rank| Some(Scope::Department(self.ledger.top(&self.ledger.sheets[rank].authority).clone())))
    }

    /// By sector.
    pub fn sectors(&self) -> Group {
        self.group(|rank| Some(Scope::Sector(self.ledger.sheets[rank].sector.clone())))
    }

    /// By life event.
    pub fn life_events(&self) -> Group {
        self.group(|rank| self.ledger.sheets[rank].life_event.clone().map(Scope::LifeEvent))
    }

    /// The administrations with enough procedures to have a rank, the best first; equal ones by their code.
    pub fn ranked(&self) -> Vec<(Scope, usize, Index)> {
        let mut group = self.authorities();
        group.retain(|(_, count, index)| *count >= self.settings.least_ranked && index.points.is_some());
        group.sort_by(|one, other| other.2.points.cmp(&one.2.points).then_with(|| one.0.cmp(&other.0)));
        group
    }

    /// The file of a procedure, by its rank.
    pub fn entry(&self, rank: usize) -> Option<&'c Entry> {
        self.compiled.find(self.survey.lines.get(rank)?.procedure.id.as_str())
    }

    /// The units of an indicator in a scope, those that cost most points first, of equal ones those with most to tell; then
    /// those that are not known.
    pub fn units(&self, scope: &Scope, indicator: Indicator) -> Vec<&Unit> {
        let mut units = self.ledger.units(scope);
        units.retain(|unit| unit.indicator == indicator && unit.reading != Reading::NotApplicable);
        // A unit that is not known costs nothing. The sort is stable: equal ones stay in the order of the catalogue.
        units.sort_by_cached_key(|unit| match unit.reading.points() {
            Some(points) => (0, Reverse(points.lost(unit.weight)), Reverse(unit.causes.len())),
            None => (1, Reverse(Points::none()), Reverse(unit.causes.len())),
        });
        units
    }
}

fn of_procedure(reader: &Reader<'_>, line: &Line<'_>, is_lawful: bool) -> Vec<Unit> {
    let subject = Subject::Procedure(reader.rank);
    let lawful = Unit::new(Indicator::K2, subject, Reading::Known(Points::either(is_lawful)));
    // A breach is told by its finding.
    let cause = is_lawful.then(|| Cause::new(What::Lawful, true));
    let lawful = lawful.estimated(reader.is_rebuilt()).because(cause.into_iter().collect());
    let mut units = vec![read::complete(reader), lawful];
    units.extend([read::fresh(reader), read::reach(reader), read::paperless(reader, &line.now)]);
    units.push(read::burden(reader, burdens(reader, line)));
    units.extend(read::cases(reader));
    // A flow that could be measured can be followed.
    if let Ok(service) = Service::new(reader.procedure, reader.version, reader.vocabulary, &line.now) {
        let derived = eu::derive(&service, &Name::from("MA"), reader.at.year());
        units.push(read::trust(reader, read::identification(&derived)));
        units.extend(read::service(reader, &derived));
    }
    units
}

/// What a year of known volume costs people, and what it would as the procedure first was recorded.
fn burdens(reader: &Reader<'_>, line: &Line<'_>) -> Option<Burdens> {
    let row = burden::Row::new(line, &reader.vocabulary.burden)?;
    let (first, before) = row.before.as_ref()?;
    // Of what is only known in part nothing can be said to have gone.
    row.saved()?;
    Some(Burdens {
        baseline: row.year_before()?.centimes().central,
        now: row.year()?.centimes().central,
        is_estimated: row.now.marks.and(before.marks).money() != Mark::Known
            || reader.is_rebuilt()
            || first.provenance == Provenance::Reconstructed
            || line.procedure.volume.as_ref().is_some_and(|volume| volume.estimated),
    })
}

/// Breaches of error level by versions in force, as `conformity` counts them.
fn breaches(
    compiled: &Compiled,
    at: Date,
    survey: &Survey<'_>,
    ranks: &BTreeMap<&Name, usize>,
) -> BTreeMap<usize, Vec<Finding>> {
    let of_source: BTreeMap<_, _> = compiled
        .entries
        .iter()
        .filter_map(|entry| Some((entry.source, *ranks.get(&entry.lowered.procedure.id)?)))
        .collect();
    let mut breaches: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
    for finding in law::judge(compiled, at) {
        let Some(rank) = of_source.get(&finding.source) else { continue };
        let is_in_force = finding.version.as_ref() == Some(&survey.lines[*rank].version.name);
        // By the rule's own level, whatever the catalogue shows it at.
        if is_in_force && finding.code.severity() == Severity::Error {
            breaches.entry(*rank).or_default().push(finding);
        }
    }
    breaches
}
