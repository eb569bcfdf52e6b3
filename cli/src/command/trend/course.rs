//! Where the catalogue stood, stands and is to stand, month by month.
//!
//! INVARIANT: every version is measured once; a month counts the versions in force on its last day, those to come by the
//! date that their files give. Volumes are those of today throughout.

use std::{cmp::Reverse, collections::BTreeMap};

use mastara_dsl::compile::Compiled;
use mastara_engine::{Date, measure::Measures, procedure::Procedure, text::Name};
use rayon::prelude::*;

use crate::{
    measured::measure,
    survey::count,
    view::number::{as_float, share},
};

/// How many months before the day the pace is taken over.
pub const PACE: usize = 36;

/// What is summed over the versions in force on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Procedures in force.
    pub procedures: usize,
    /// Those that are paperless.
    pub paperless: usize,
    /// Requests a year, today's, of those with a volume.
    pub requests: u64,
    /// Of them, those for paperless ones.
    pub paperless_requests: u64,
    /// Trips of the nominal ways.
    pub trips: i64,
    /// Kinds of paper of the nominal ways.
    pub documents: i64,
    /// Whether some of those papers are estimates.
    pub is_estimated: bool,
}

/// A month.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Its last day, or the day asked for in its own month.
    pub day: Date,
    /// Whether it is to come.
    pub is_planned: bool,
    /// All procedures.
    pub all: Sums,
    /// Those that were in force on the first day of the course, whatever came later.
    pub panel: Sums,
}

/// What is to become of a procedure by the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// It is paperless already, and at the end too.
    Done,
    /// A version to come makes it so.
    Planned,
    /// A version is to come, yet it leaves a trip or a paper, or brings one back.
    Short,
    /// Nothing is to come.
    Without,
}

impl Track {
    /// All of them, the best first.
    pub const ALL: [Self; 4] = [Self::Done, Self::Planned, Self::Short, Self::Without];
}

/// A procedure and what is to become of it.
#[derive(Clone, Debug)]
pub struct Standing<'c> {
    /// Which.
    pub procedure: &'c Procedure,
    /// What.
    pub track: Track,
    /// Whether it is paperless on the day.
    pub is_paperless: bool,
    /// The first day of its next version, if one is to come.
    pub next: Option<Date>,
}

/// An administration in charge.
#[derive(Clone, Debug, Default)]
pub struct OfAuthority {
    /// Its procedures in force.
    pub procedures: usize,
    /// How many of each [`Track`].
    pub tracks: [usize; 4],
    /// Requests a year for those with nothing to come.
    pub requests: u64,
    /// Whether one of those volumes is an estimate.
    pub is_estimated: bool,
}

/// The whole course.
#[derive(Debug)]
pub struct Course<'c> {
    /// The day that parts what was from what is planned.
    pub at: Date,
    /// Each month, in order.
    pub points: Vec<Point>,
    /// Which of them is the day.
    pub now: usize,
    /// Procedures in force on the day, by identifier.
    pub standing: Vec<Standing<'c>>,
    /// By authority in charge, the one with most procedures without a plan first.
    pub by_authority: Vec<(Name, OfAuthority)>,
    /// Versions that could not be measured.
    pub left_out: usize,
}

impl<'c> Course<'c> {
    /// Measures every version, side by side, and sums month by month from one day to another; `at` lies between them. Of an
    /// administration, only the procedures that it is in charge of, or one that belongs to it.
    pub fn new(compiled: &'c Compiled, [from, at, to]: [Date; 3], authority: Option<&Name>) -> Self {
        let is_asked = |procedure: &&Procedure| {
            authority.is_none_or(|code| compiled.vocabulary.belongs(&procedure.authority, code))
        };
        let procedures: Vec<&Procedure> = compiled.procedures().filter(is_asked).collect();
        let measured: Vec<Measured<'_>> = procedures.par_iter().map(|procedure| Measured::new(procedure)).collect();
        let left_out = measured.iter().flat_map(|of| &of.versions).filter(|measures| measures.is_none()).count();
        let days = days(from, at, to);
        let points: Vec<Point> = days
            .par_iter()
            .map(|&day| Point {
                day,
                is_planned: day > at,
                all: sums(measured.iter(), day),
                panel: sums(measured.iter().filter(|of| of.procedure.in_force(days[0]).is_some()), day),
            })
            .collect();
        let now = points.iter().rposition(|point| !point.is_planned).unwrap_or_default();
        let standing: Vec<Standing<'_>> = measured.iter().filter_map(|of| of.standing(at, to)).collect();
        let by_authority = by_authority(&standing);
        Self { at, points, now, standing, by_authority, left_out }
    }

    /// The day's sums.
    pub fn today(&self) -> &Point {
        &self.points[self.now]
    }

    /// The last sums.
    pub fn end(&self) -> &Point {
        &self.points[self.points.len() - 1]
    }

    /// How many procedures there are of a kind.
    pub fn of(&self, track: Track) -> usize {
        self.standing.iter().filter(|standing| standing.track == track).count()
    }

    /// The procedures without a plan, by identifier.
    pub fn unplanned(&self) -> impl Iterator<Item = &'c Procedure> {
        self.standing.iter().filter(|standing| standing.track == Track::Without).map(|standing| standing.procedure)
    }

    /// Procedures that became paperless a month, over the last [`PACE`] months, and that would have to each month for all to
    /// be at the end; `None` where there is no such span.
    pub fn pace(&self) -> (Option<f64>, Option<f64>) {
        let paperless = |at: usize| i64::try_from(self.points[at].all.paperless).unwrap_or(i64::MAX);
        let before = self.now.checked_sub(PACE);
        let seen = before.map(|before| as_float(paperless(self.now) - paperless(before)) / as_float(36));
        let left = self.points.len() - 1 - self.now;
        let missing = self.today().all.procedures - self.today().all.paperless;
        (seen, (left > 0).then(|| share(count(missing), count(left))))
    }
}

impl Sums {
    /// The share of paperless procedures.
    pub fn share(&self) -> f64 {
        share(count(self.paperless), count(self.procedures))
    }

    /// The same by volume, if any volume is known.
    pub fn by_volume(&self) -> Option<f64> {
        (self.requests > 0).then(|| share(self.paperless_requests, self.requests))
    }

    /// The mean of a sum.
    pub fn mean(&self, sum: i64) -> f64 {
        as_float(sum) * share(1, count(self.procedures))
    }
}

/// A procedure with the measures of its versions.
struct Measured<'c> {
    procedure: &'c Procedure,
    versions: Vec<Option<Measures>>,
}

impl<'c> Measured<'c> {
    fn new(procedure: &'c Procedure) -> Self {
        let versions = procedure.versions.iter().map(|version| measure(version).ok()).collect();
        Self { procedure, versions }
    }

    /// What the version in force on a day measures.
    fn in_force(&self, day: Date) -> Option<&Measures> {
        let rank = self.procedure.versions.iter().rposition(|version| version.from <= day)?;
        self.versions[rank].as_ref()
    }

    fn standing(&self, at: Date, to: Date) -> Option<Standing<'c>> {
        let is_paperless = |day: Date| self.in_force(day).map(|measures| measures.is_paperless);
        let mut starts = self.procedure.versions.iter().map(|version| version.from);
        let next = starts.find(|from| (at < *from) && *from <= to);
        let is_now = is_paperless(at)?;
        let track = match (is_now, is_paperless(to) == Some(true)) {
            (true, true) => Track::Done,
            (false, true) => Track::Planned,
            _ if next.is_some() => Track::Short,
            _ => Track::Without,
        };
        Some(Standing { procedure: self.procedure, track, is_paperless: is_now, next })
    }
}

/// The last day of each month from one day to another, the day itself in the place of the end of its month.
fn days(from: Date, at: Date, to: Date) -> Vec<Date> {
    let months =
        std::iter::successors(Some(from.first_of_month()), |first| first.checked_add(jiff::Span::new().months(1)).ok());
    let month_of = |day: Date| (day.year(), day.month());
    months
        .take_while(|first| *first <= to)
        .map(|first| if month_of(first) == month_of(at) { at } else { first.last_of_month() })
        .collect()
}

fn sums<'m, 'c: 'm>(procedures: impl Iterator<Item = &'m Measured<'c>>, day: Date) -> Sums {
    let mut sums = Sums::default();
    for of in procedures {
        let Some(measures) = of.in_force(day) else { continue };
        let requests = of.procedure.volume.as_ref().map_or(0, |volume| volume.requests);
        let paperless_requests = if measures.is_paperless { requests } else { 0 };
        sums.procedures += 1;
        sums.paperless += usize::from(measures.is_paperless);
        sums.requests = sums.requests.saturating_add(requests);
        sums.paperless_requests = sums.paperless_requests.saturating_add(paperless_requests);
        sums.trips = sums.trips.saturating_add(measures.trips.nominal);
        sums.documents = sums.documents.saturating_add(measures.documents.nominal);
        sums.is_estimated |= measures.standing.demands_estimated;
    }
    sums
}

fn by_authority(standing: &[Standing<'_>]) -> Vec<(Name, OfAuthority)> {
    let mut all: BTreeMap<Name, OfAuthority> = BTreeMap::new();
    for Standing { procedure, track, .. } in standing {
        let of = all.entry(procedure.authority.clone()).or_default();
        of.procedures += 1;
        of.tracks[*track as usize] += 1;
        if let (Track::Without, Some(volume)) = (track, &procedure.volume) {
            of.requests = of.requests.saturating_add(volume.requests);
            of.is_estimated |= volume.estimated;
        }
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(_, of)| Reverse((of.tracks[Track::Without as usize], of.requests)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_its_last_day_and_the_day_stands_for_its_own() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let days = days(date("2024-01-15"), date("2024-02-10"), date("2024-03-20"));
        assert_eq!(days, [date("2024-01-31"), date("2024-02-10"), date("2024-03-31")]);
    }
}
