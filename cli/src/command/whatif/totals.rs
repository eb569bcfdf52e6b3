//! Sums over procedures, before and after.

use mastara_engine::{
    measure::{Measures, Standing},
    procedure::ClaimMeasure,
};

use super::impact::Line;
use crate::{figures::Mark, survey::count, view::number::share};

/// The measures that are summed on the nominal way.
pub const SUMMED: [(&str, ClaimMeasure); 9] = [
    ("steps", ClaimMeasure::Steps),
    ("trips", ClaimMeasure::Trips),
    ("documents", ClaimMeasure::Documents),
    ("sheets", ClaimMeasure::Sheets),
    ("fetched", ClaimMeasure::Fetched),
    ("effort_minutes", ClaimMeasure::Effort),
    ("legal_delay_days", ClaimMeasure::LegalDelay),
    ("expected_delay_days", ClaimMeasure::UsualDelay),
    ("fees_mad", ClaimMeasure::Fees),
];

/// Sums over some procedures on one side.
#[derive(Clone, Debug)]
pub struct Side {
    /// How many are paperless.
    pub paperless: usize,
    /// Requests a year for those.
    pub paperless_requests: u64,
    /// How many there are of each level.
    pub levels: [usize; 6],
    /// Each of [`SUMMED`].
    pub sums: [i64; SUMMED.len()],
    /// How far they can be trusted.
    pub standing: Standing,
}

impl Default for Side {
    fn default() -> Self {
        Self { paperless: 0, paperless_requests: 0, levels: [0; 6], sums: [0; SUMMED.len()], standing: Standing::SURE }
    }
}

/// Sums over some procedures.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// How many procedures.
    pub procedures: usize,
    /// In how many of them something changes.
    pub changed: usize,
    /// Before and after.
    pub sides: [Side; 2],
    /// For each of [`SUMMED`], how well it is known, before and after, of those where it moves: what nobody knows of the others
    /// stays what it was.
    moved: [[Mark; 2]; SUMMED.len()],
    /// What changes a year.
    pub yearly: Yearly,
}

/// What changes a year, over the procedures whose volume is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Yearly {
    /// Procedures whose volume is known.
    pub procedures: usize,
    /// Those of which it is an estimate.
    pub estimated: usize,
    /// Requests for them.
    pub requests: u64,
    /// Trips, after less before.
    pub trips: i64,
    /// Documents, after less before.
    pub documents: i64,
    /// Sheets, after less before.
    pub sheets: i64,
}

impl Totals {
    /// Over these procedures.
    pub fn of<'l, 'c: 'l>(lines: impl IntoIterator<Item = &'l Line<'c>>) -> Self {
        let mut this = Self::default();
        for line in lines {
            this.procedures += 1;
            this.changed += usize::from(line.changed.is_some());
            let requests = line.procedure.volume.as_ref().map_or(0, |volume| volume.requests);
            for (side, measures) in this.sides.iter_mut().zip(&line.measures) {
                side.add(measures, requests);
            }
            for ((_, measure), moved) in SUMMED.iter().zip(&mut this.moved) {
                if line.difference(*measure) != 0 {
                    let marks = line.measures.each_ref().map(|side| Mark::of_measure(*measure, side.standing));
                    *moved = [moved[0].and(marks[0]), moved[1].and(marks[1])];
                }
            }
            if let Some(volume) = &line.procedure.volume {
                this.yearly.procedures += 1;
                this.yearly.estimated += usize::from(volume.estimated);
                this.yearly.requests = this.yearly.requests.saturating_add(volume.requests);
                let requests = i64::try_from(volume.requests).unwrap_or(i64::MAX);
                let a_year = |of: ClaimMeasure| line.difference(of).saturating_mul(requests);
                this.yearly.trips = this.yearly.trips.saturating_add(a_year(ClaimMeasure::Trips));
                this.yearly.documents = this.yearly.documents.saturating_add(a_year(ClaimMeasure::Documents));
                this.yearly.sheets = this.yearly.sheets.saturating_add(a_year(ClaimMeasure::Sheets));
            }
        }
        this
    }

    /// The share of paperless procedures, before and after.
    pub fn shares(&self) -> [f64; 2] {
        self.sides.each_ref().map(|side| share(count(side.paperless), count(self.procedures)))
    }

    /// The share of requests for paperless procedures, before and after, if any volume is known.
    pub fn by_volume(&self) -> Option<[f64; 2]> {
        let part = |side: &Side| share(side.paperless_requests, self.yearly.requests);
        (self.yearly.requests > 0).then(|| self.sides.each_ref().map(part))
    }

    /// How well a measure is known, before and after.
    pub fn marks(&self, measure: ClaimMeasure) -> [Mark; 2] {
        self.sides.each_ref().map(|side| Mark::of_measure(measure, side.standing))
    }

    /// How well the two sides are known whose difference a measure makes.
    pub fn marks_of_difference(&self, measure: ClaimMeasure) -> [Mark; 2] {
        SUMMED.iter().zip(&self.moved).find(|((_, of), _)| *of == measure).map_or([Mark::Known; 2], |(_, marks)| *marks)
    }

    /// The mean level, before and after.
    pub fn mean_levels(&self) -> [f64; 2] {
        self.sides.each_ref().map(|side| {
            let sum: usize = side.levels.iter().enumerate().map(|(level, count)| level * count).sum();
            share(count(sum), count(self.procedures))
        })
    }
}

impl Side {
    fn add(&mut self, measures: &Measures, requests: u64) {
        self.levels[usize::from(measures.level).min(5)] += 1;
        if measures.is_paperless {
            self.paperless += 1;
            self.paperless_requests = self.paperless_requests.saturating_add(requests);
        }
        for ((_, measure), sum) in SUMMED.iter().zip(&mut self.sums) {
            *sum = sum.saturating_add(measures.range(*measure).nominal);
        }
        self.standing = self.standing.and(measures.standing);
    }
}
