//! Where a catalogue stands at a date: counts over the versions in force, and over those that changed.
//!
//! INVARIANT: every figure is a sum over listed procedures; nothing here is shown or serialised.

use std::collections::BTreeMap;

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    Date,
    measure::Measures,
    node::Provenance,
    procedure::{Audience, Procedure, Version},
    text::Name,
};
use rayon::prelude::*;

use crate::{
    measured::{Unmeasured, measure},
    view::number::share,
};

/// A procedure with a version in force that could be measured.
#[derive(Debug)]
pub struct Line<'c> {
    /// The procedure.
    pub procedure: &'c Procedure,
    /// The version in force.
    pub version: &'c Version,
    /// What it asks.
    pub now: Measures,
    /// Its first version and what that one asked, if it is another.
    pub before: Option<(&'c Version, Measures)>,
}

/// Where a catalogue stands.
#[derive(Debug)]
pub struct Survey<'c> {
    /// The date.
    pub at: Date,
    /// What could be measured, by identifier.
    pub lines: Vec<Line<'c>>,
    /// Procedures without a version in force.
    pub not_in_force: Vec<&'c Procedure>,
    /// Versions in force that cannot be measured.
    pub not_measured: Vec<(&'c Procedure, &'c Version, Unmeasured)>,
    /// All together.
    pub all: Tally,
    /// By authority in charge, the largest first.
    pub by_authority: Vec<(Name, Tally)>,
    /// By sector, by name.
    pub by_sector: Vec<(Name, Tally)>,
    /// By who may ask; a procedure counts for each of them.
    pub by_audience: Vec<(Audience, Tally)>,
}

/// Counts over some procedures.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many.
    pub procedures: usize,
    /// How many are paperless.
    pub paperless: usize,
    /// How many there are of each level.
    pub levels: [usize; 6],
    /// How many have a volume.
    pub with_volume: usize,
    /// How many of those volumes are estimates.
    pub volumes_estimated: usize,
    /// Requests a year.
    pub requests: u64,
    /// Requests a year for the paperless ones.
    pub paperless_requests: u64,
    /// Whether a volume of a paperless one is an estimate.
    pub is_paperless_estimated: bool,
}

impl<'c> Survey<'c> {
    /// Measures what is needed, side by side, and counts.
    pub fn new(compiled: &'c Compiled, at: Date) -> Self {
        let procedures: Vec<&Procedure> = compiled.procedures().collect();
        let found: Vec<_> = procedures.par_iter().map(|procedure| look(procedure, at)).collect();
        let mut survey = Self {
            at,
            lines: Vec::with_capacity(found.len()),
            not_in_force: Vec::new(),
            not_measured: Vec::new(),
            all: Tally::default(),
            by_authority: Vec::new(),
            by_sector: Vec::new(),
            by_audience: Vec::new(),
        };
        for (procedure, found) in procedures.into_iter().zip(found) {
            match found {
                Found::Line(line) => survey.lines.push(*line),
                Found::NotInForce => survey.not_in_force.push(procedure),
                Found::NotMeasured(version, why) => survey.not_measured.push((procedure, version, why)),
            }
        }
        survey.tally();
        survey
    }

    fn tally(&mut self) {
        let (mut authorities, mut sectors, mut audiences) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for line in &self.lines {
            self.all.add(line);
            authorities.entry(line.procedure.authority.clone()).or_insert_with(Tally::default).add(line);
            sectors.entry(line.procedure.sector.clone()).or_insert_with(Tally::default).add(line);
            let mut audience = line.procedure.audience.clone();
            audience.sort_unstable();
            audience.dedup();
            for audience in audience {
                audiences.entry(audience).or_insert_with(Tally::default).add(line);
            }
        }
        self.by_authority = authorities.into_iter().collect();
        self.by_authority.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.procedures));
        self.by_sector = sectors.into_iter().collect();
        self.by_audience = audiences.into_iter().collect();
    }

    /// The procedures that changed.
    pub fn pairs(&self) -> impl Iterator<Item = (&Line<'c>, &(&'c Version, Measures))> {
        self.lines.iter().filter_map(|line| Some((line, line.before.as_ref()?)))
    }

    /// How many versions in force are known so well.
    pub fn of_provenance(&self, provenance: Provenance) -> usize {
        self.lines.iter().filter(|line| line.version.provenance == provenance).count()
    }

    /// How many versions in force have measures of which this holds.
    pub fn count(&self, holds: impl Fn(&Measures) -> bool) -> usize {
        self.lines.iter().filter(|line| holds(&line.now)).count()
    }
}

/// What is found of a procedure.
enum Found<'c> {
    Line(Box<Line<'c>>),
    NotInForce,
    NotMeasured(&'c Version, Unmeasured),
}

fn look(procedure: &Procedure, at: Date) -> Found<'_> {
    let Some(version) = procedure.in_force(at) else { return Found::NotInForce };
    let now = match measure(version) {
        Ok(now) => now,
        Err(why) => return Found::NotMeasured(version, why),
    };
    let oldest = procedure.versions.first().filter(|oldest| oldest.name != version.name);
    let before = oldest.and_then(|oldest| measure(oldest).ok().map(|measures| (oldest, measures)));
    Found::Line(Box::new(Line { procedure, version, now, before }))
}

impl Tally {
    fn add(&mut self, line: &Line<'_>) {
        self.procedures += 1;
        self.paperless += usize::from(line.now.is_paperless);
        self.levels[usize::from(line.now.level).min(5)] += 1;
        let Some(volume) = &line.procedure.volume else { return };
        self.with_volume += 1;
        self.volumes_estimated += usize::from(volume.estimated);
        self.requests = self.requests.saturating_add(volume.requests);
        if line.now.is_paperless {
            self.paperless_requests = self.paperless_requests.saturating_add(volume.requests);
            self.is_paperless_estimated |= volume.estimated;
        }
    }

    /// The share of paperless procedures.
    pub fn share(&self) -> f64 {
        share(count(self.paperless), count(self.procedures))
    }

    /// The share of requests for paperless procedures, if any volume is known.
    pub fn by_volume(&self) -> Option<f64> {
        (self.requests > 0).then(|| share(self.paperless_requests, self.requests))
    }

    /// The mean level.
    pub fn mean_level(&self) -> f64 {
        let sum: usize = self.levels.iter().enumerate().map(|(level, count)| level * count).sum();
        share(count(sum), count(self.procedures))
    }
}

/// A count as a whole number.
pub fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
