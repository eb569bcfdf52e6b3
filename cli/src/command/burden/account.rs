//! What the procedures in force cost, case by case and year by year.
//!
//! INVARIANT: a year is that of a known volume; nothing is imputed to a procedure without one.

use std::{cmp::Reverse, collections::BTreeMap};

use mastara_engine::{
    answers::Answers,
    burden::{Burden, Interval, Load, Parameters},
    measure::Measures,
    procedure::{Aspect, Audience, Version},
    program::Program,
    text::Name,
};
use rayon::prelude::*;

use crate::{
    figures::Mark,
    survey::{Line, Survey},
};

/// How well the parts of a cost are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The hours.
    pub time: Mark,
    /// What is paid.
    pub fees: Mark,
    /// Trips, and what they cost in fares.
    pub trips: Mark,
    /// What sheets cost.
    pub sheets: Mark,
}

impl Marks {
    /// The dirhams of all but fees.
    pub const fn without_fees(self) -> Mark {
        self.time.and(self.trips).and(self.sheets)
    }

    /// All dirhams.
    pub const fn money(self) -> Mark {
        self.fees.and(self.without_fees())
    }

    /// Those of costs put together.
    pub const fn and(self, other: Self) -> Self {
        Self {
            time: self.time.and(other.time),
            fees: self.fees.and(other.fees),
            trips: self.trips.and(other.trips),
            sheets: self.sheets.and(other.sheets),
        }
    }

    /// Whether all is known or estimated, so that a difference means something.
    pub fn is_whole(self) -> bool {
        self.time != Mark::AtLeast && self.money() != Mark::AtLeast
    }
}

/// What a case of one version costs.
#[derive(Debug)]
pub struct Case {
    /// In the mean.
    pub mean: Burden,
    /// What it asks, in the mean.
    pub load: Load,
    /// Along the nominal way.
    pub nominal: Burden,
    /// How well it is known.
    pub marks: Marks,
}

/// A procedure in force.
#[derive(Debug)]
pub struct Row<'c> {
    /// What was measured of it.
    pub line: &'c Line<'c>,
    /// A case of the version in force.
    pub now: Case,
    /// Its first version, if it is another and could be measured, and a case of that.
    pub before: Option<(&'c Version, Case)>,
    /// Cases of a year, if known.
    pub cases: Option<u64>,
}

/// Several procedures of known volume.
#[derive(Clone, Copy, Debug, Default)]
pub struct Total {
    /// How many.
    pub procedures: usize,
    /// Those of which a version came before.
    pub changed: usize,
    /// Cases of a year.
    pub cases: u64,
    /// What they cost a year.
    pub now: Burden,
    /// How well that is known.
    pub marks: Marks,
    /// What they would as they first were.
    pub before: Burden,
    /// How well that is known.
    pub marks_before: Marks,
    /// Those that changed and of which all is known, before and now.
    pub compared: usize,
    /// Centimes that these save a year.
    pub saved: Interval,
    /// Seconds that these save a year.
    pub saved_seconds: i64,
    /// How well that is known.
    pub marks_saved: Marks,
}

/// What a catalogue costs.
#[derive(Debug)]
pub struct Account<'c> {
    /// All procedures, those of the dearest year first, then those of unknown volume by their dearest case.
    pub rows: Vec<Row<'c>>,
    /// Those of known volume together.
    pub total: Total,
    /// How many of the volumes are estimates.
    pub volumes_estimated: usize,
    /// By authority in charge, the dearest first.
    pub by_authority: Vec<(Name, Total)>,
    /// By sector, the dearest first.
    pub by_sector: Vec<(Name, Total)>,
}

impl<'c> Account<'c> {
    /// Of a survey.
    pub fn new(survey: &'c Survey<'c>, parameters: &Parameters) -> Self {
        let mut rows: Vec<_> = survey.lines.par_iter().filter_map(|line| Row::new(line, parameters)).collect();
        rows.sort_by_key(|row| {
            let year = row.year().map(|year| year.centimes().central);
            Reverse((year, row.now.mean.centimes().central))
        });
        let mut this = Self {
            rows,
            total: Total::default(),
            volumes_estimated: 0,
            by_authority: Vec::new(),
            by_sector: Vec::new(),
        };
        let (mut authorities, mut sectors) = (BTreeMap::new(), BTreeMap::new());
        for row in &this.rows {
            let procedure = row.line.procedure;
            this.total.add(row);
            authorities.entry(procedure.authority.clone()).or_insert_with(Total::default).add(row);
            sectors.entry(procedure.sector.clone()).or_insert_with(Total::default).add(row);
            this.volumes_estimated += usize::from(procedure.volume.as_ref().is_some_and(|volume| volume.estimated));
        }
        this.by_authority = ranked(authorities);
        this.by_sector = ranked(sectors);
        this
    }

    /// Those of which the volume is known.
    pub fn of_known_volume(&self) -> impl Iterator<Item = &Row<'c>> {
        self.rows.iter().filter(|row| row.cases.is_some())
    }

    /// All procedures, those first whose case costs most besides its fees.
    pub fn by_case(&self) -> Vec<&Row<'c>> {
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by_key(|row| Reverse(row.now.mean.without_fees().central));
        rows
    }
}

/// Groups with any procedure of known volume, the dearest first.
fn ranked(groups: BTreeMap<Name, Total>) -> Vec<(Name, Total)> {
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, total)| total.procedures > 0).collect();
    groups.sort_by_key(|(_, total)| Reverse(total.now.centimes().central));
    groups
}

impl<'c> Row<'c> {
    /// Of a line of the survey.
    pub fn new(line: &'c Line<'c>, parameters: &Parameters) -> Option<Self> {
        let audiences = &line.procedure.audience;
        let now = Case::new(line.version, &line.now, audiences, parameters)?;
        let before = line.before.as_ref();
        let before = before
            .and_then(|(version, measures)| Some((*version, Case::new(version, measures, audiences, parameters)?)));
        let cases = line.procedure.volume.as_ref().map(|volume| volume.requests);
        Some(Self { line, now, before, cases })
    }

    /// What a year costs.
    pub fn year(&self) -> Option<Burden> {
        Some(self.now.mean.times(self.cases?))
    }

    /// What a year would cost as it first was.
    pub fn year_before(&self) -> Option<Burden> {
        let case = self.before.as_ref().map_or(&self.now, |(_, case)| case);
        Some(case.mean.times(self.cases?))
    }

    /// How well a year is known.
    pub fn marks_of_year(&self) -> Marks {
        self.now.marks.and(self.marks_of_volume())
    }

    /// How well the year is known that it would be as it first was.
    pub fn marks_of_year_before(&self) -> Marks {
        self.before.as_ref().map_or(self.now.marks, |(_, case)| case.marks).and(self.marks_of_volume())
    }

    fn marks_of_volume(&self) -> Marks {
        let is_estimated = self.line.procedure.volume.as_ref().is_some_and(|volume| volume.estimated);
        let mark = Mark::of(true, is_estimated);
        Marks { time: mark, fees: mark, trips: mark, sheets: mark }
    }

    /// What a year costs less than it would as the procedure first was; `None` if it has not changed or not all of both is
    /// known.
    pub fn saved(&self) -> Option<(Interval, i64)> {
        let (_, before) = self.before.as_ref()?;
        if !(self.now.marks.is_whole() && before.marks.is_whole()) {
            return None;
        }
        let (now, before) = (self.year()?, self.year_before()?);
        Some((before.centimes() - now.centimes(), before.seconds().central - now.seconds().central))
    }
}

impl Case {
    /// Of a version that measures so.
    fn new(version: &Version, measures: &Measures, audiences: &[Audience], parameters: &Parameters) -> Option<Self> {
        let program = Program::compile(&version.flow).ok()?;
        let everybody = Answers::everybody();
        let load = |aspect| Load::new(&program, measures, &everybody, aspect, parameters).ok();
        let (mean, nominal) = (load(Aspect::Expected)?, load(Aspect::Nominal)?);
        let standing = measures.standing;
        let is_estimate = standing.shares_estimated || parameters.is_estimate(&mean, audiences);
        let time = Mark::of(standing.effort_known, standing.effort_estimated || is_estimate);
        let fees = Mark::of(standing.fees_known, standing.fees_estimated || standing.shares_estimated);
        Some(Self {
            mean: Burden::of(&mean, audiences, parameters)?,
            nominal: Burden::of(&nominal, audiences, parameters)?,
            marks: Marks {
                time,
                fees,
                trips: Mark::of(true, is_estimate),
                sheets: Mark::of(true, is_estimate || standing.demands_estimated),
            },
            load: mean,
        })
    }
}

impl Total {
    fn add(&mut self, row: &Row<'_>) {
        let (Some(now), Some(before)) = (row.year(), row.year_before()) else { return };
        self.marks = self.marks.and(row.marks_of_year());
        self.marks_before = self.marks_before.and(row.marks_of_year_before());
        if let Some((money, seconds)) = row.saved() {
            self.compared += 1;
            self.saved = self.saved + money;
            self.saved_seconds = self.saved_seconds.saturating_add(seconds);
            self.marks_saved = self.marks_saved.and(row.marks_of_year()).and(row.marks_of_year_before());
        }
        self.procedures += 1;
        self.changed += usize::from(row.before.is_some());
        self.cases = self.cases.saturating_add(row.cases.unwrap_or_default());
        self.now = self.now + now;
        self.before = self.before + before;
    }
}
