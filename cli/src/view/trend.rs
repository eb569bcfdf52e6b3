//! `trend --format json` (docs/json.md).

use mastara_engine::{procedure::Procedure, text::Name, vocabulary::Vocabulary};
use serde::Serialize;

use super::{TextView, number::Number};
use crate::{
    args::Trend,
    command::trend::{Course, OfAuthority, Point, Sums, Track},
};

/// The course.
#[derive(Debug, Serialize)]
pub struct TrendView {
    /// The day that parts what was from what is planned.
    pub at: String,
    /// The administration whose procedures these are, if one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// Each month.
    pub months: Vec<MonthView>,
    /// What is to become of the procedures in force.
    pub trajectory: TrajectoryView,
    /// Versions that could not be measured.
    pub not_measured: usize,
}

/// A month.
#[derive(Debug, Serialize)]
pub struct MonthView {
    /// The day.
    pub day: String,
    /// Whether it is to come.
    pub planned: bool,
    /// All procedures in force.
    pub all: SumsView,
    /// Those that were in force on the first day.
    pub panel: SumsView,
}

/// Sums of a day.
#[derive(Debug, Serialize)]
pub struct SumsView {
    /// Procedures in force.
    pub procedures: usize,
    /// Those that are paperless.
    pub paperless: usize,
    /// Their share.
    pub share: Number,
    /// Their share by today's volume.
    pub share_by_volume: Option<Number>,
    /// Mean trips of the nominal ways.
    pub trips: Number,
    /// Mean documents of the nominal ways.
    pub documents: Number,
    /// Whether some of the documents are estimates.
    pub estimated: bool,
}

/// What is to become of the procedures in force.
#[derive(Debug, Serialize)]
pub struct TrajectoryView {
    /// The horizon.
    pub to: String,
    /// Paperless already, and at the horizon too.
    pub done: usize,
    /// Made so by a version to come.
    pub planned: usize,
    /// With a version to come that leaves a trip or a paper, or brings one back.
    pub short: usize,
    /// With nothing to come.
    pub without_plan: usize,
    /// Procedures that became paperless a month, over the last 36 months.
    pub pace: Option<Number>,
    /// Those that would have to each month for all to be at the horizon.
    pub pace_needed: Option<Number>,
    /// Procedures with a version to come.
    pub coming: Vec<ComingView>,
    /// By authority in charge, the one with most procedures without a plan first.
    pub authorities: Vec<AuthorityView>,
    /// The procedures with nothing to come, by identifier, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unplanned: Option<Vec<UnplannedView>>,
}

/// A procedure with nothing to come.
#[derive(Debug, Serialize)]
pub struct UnplannedView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub title: TextView,
    /// The authority in charge.
    pub authority: String,
    /// Requests a year.
    pub requests: Option<u64>,
    /// Whether that is an estimate.
    pub estimated: bool,
}

/// A procedure with a version to come.
#[derive(Debug, Serialize)]
pub struct ComingView {
    /// Its identifier.
    pub id: String,
    /// From when.
    pub from: String,
    /// Whether it is paperless at the horizon.
    pub paperless: bool,
}

/// An authority.
#[derive(Debug, Serialize)]
pub struct AuthorityView {
    /// Its code.
    pub id: String,
    /// Its name.
    pub title: Option<TextView>,
    /// Its procedures in force.
    pub procedures: usize,
    /// Paperless already.
    pub done: usize,
    /// Made so by a version to come.
    pub planned: usize,
    /// With a version to come that leaves a trip or a paper.
    pub short: usize,
    /// With nothing to come.
    pub without_plan: usize,
    /// Requests a year for those.
    pub requests_without_plan: u64,
    /// Whether one of these volumes is an estimate.
    pub estimated: bool,
}

impl TrendView {
    /// The view of a course.
    pub fn new(course: &Course<'_>, vocabulary: &Vocabulary, args: &Trend) -> Self {
        let (pace, pace_needed) = course.pace();
        let coming = course.standing.iter().filter_map(|standing| {
            Some(ComingView {
                id: standing.procedure.id.to_string(),
                from: standing.next?.to_string(),
                paperless: matches!(standing.track, Track::Done | Track::Planned),
            })
        });
        let authority = |(id, of): &(Name, OfAuthority)| AuthorityView {
            id: id.to_string(),
            title: vocabulary.authorities.get(id).map(|known| TextView::from(&known.title)),
            procedures: of.procedures,
            done: of.tracks[Track::Done as usize],
            planned: of.tracks[Track::Planned as usize],
            short: of.tracks[Track::Short as usize],
            without_plan: of.tracks[Track::Without as usize],
            requests_without_plan: of.requests,
            estimated: of.is_estimated,
        };
        let without = |procedure: &Procedure| UnplannedView {
            id: procedure.id.to_string(),
            title: (&procedure.title).into(),
            authority: procedure.authority.to_string(),
            requests: procedure.volume.as_ref().map(|volume| volume.requests),
            estimated: procedure.volume.as_ref().is_some_and(|volume| volume.estimated),
        };
        Self {
            at: course.at.to_string(),
            authority: args.authority.clone(),
            months: course.points.iter().map(MonthView::from).collect(),
            trajectory: TrajectoryView {
                to: course.end().day.to_string(),
                done: course.of(Track::Done),
                planned: course.of(Track::Planned),
                short: course.of(Track::Short),
                without_plan: course.of(Track::Without),
                pace: pace.map(Number::rounded),
                pace_needed: pace_needed.map(Number::rounded),
                coming: coming.collect(),
                authorities: course.by_authority.iter().map(authority).collect(),
                unplanned: args.unplanned.then(|| course.unplanned().map(without).collect()),
            },
            not_measured: course.left_out,
        }
    }
}

impl From<&Point> for MonthView {
    fn from(point: &Point) -> Self {
        Self {
            day: point.day.to_string(),
            planned: point.is_planned,
            all: (&point.all).into(),
            panel: (&point.panel).into(),
        }
    }
}

impl From<&Sums> for SumsView {
    fn from(sums: &Sums) -> Self {
        Self {
            procedures: sums.procedures,
            paperless: sums.paperless,
            share: Number::rounded(sums.share()),
            share_by_volume: sums.by_volume().map(Number::rounded),
            trips: Number::rounded(sums.mean(sums.trips)),
            documents: Number::rounded(sums.mean(sums.documents)),
            estimated: sums.is_estimated,
        }
    }
}
