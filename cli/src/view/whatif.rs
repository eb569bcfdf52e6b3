//! `whatif --format json` (docs/json.md).

mod why;

use std::collections::BTreeMap;

use mastara_dsl::{finding::Code, reform};
use mastara_engine::{
    procedure::ClaimMeasure,
    reform::{Action, Change},
    text::Name,
    vocabulary::Vocabulary,
};
use serde::Serialize;

pub use self::why::WhyView;

use super::{
    TextView,
    number::{Number, as_float, share},
    standing::StandingView,
};
use crate::{
    command::whatif::{Impact, Line, SUMMED, Totals},
    figures::Mark,
    survey::count,
};

/// What changes do to the catalogue.
#[derive(Debug, Serialize)]
pub struct WhatifView {
    /// The date.
    pub at: String,
    /// What the file of changes calls itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextView>,
    /// The changes, as a file writes them.
    pub changes: Vec<ChangeView>,
    /// The whole catalogue.
    #[serde(flatten)]
    pub all: TotalsView,
    /// How many have a measure that moves.
    pub moved: usize,
    /// Versions in force that cannot be measured.
    pub not_measured: usize,
    /// How many there are of each level.
    pub levels: PairView<BTreeMap<usize, usize>>,
    /// By kind of reason, the most frequent first.
    pub reasons: Vec<ReasonView>,
    /// By authority in charge, those that lose most trips first; those where nothing moves are left out.
    pub by_authority: Vec<AuthorityView>,
    /// The procedures that move, those that lose most trips, then documents, then sheets first.
    pub procedures_moved: Vec<MovedView>,
    /// Rules of law of which more or less is said, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Vec<LawView>>,
}

/// Something before and after.
#[derive(Debug, Serialize)]
pub struct PairView<T> {
    /// Before.
    pub before: T,
    /// After.
    pub after: T,
}

/// A change.
#[derive(Debug, Serialize)]
pub struct ChangeView {
    /// Its key in a file.
    pub key: &'static str,
    /// The words behind it.
    pub value: String,
    /// Whether it rests on a register of which it is only estimated that it can be asked.
    pub estimated: bool,
}

/// Sums over some procedures.
#[derive(Debug, Serialize)]
pub struct TotalsView {
    /// How many procedures.
    pub procedures: usize,
    /// In how many of them something changes.
    pub changed: usize,
    /// How many are paperless.
    pub paperless: PairView<usize>,
    /// Their share.
    pub share: PairView<Number>,
    /// Their share of the requests, if any volume is known.
    pub by_volume: Option<PairView<Number>>,
    /// The mean level.
    pub mean_level: PairView<Number>,
    /// Means over the procedures, on the nominal way.
    pub means: BTreeMap<&'static str, MeanView>,
    /// What changes a year.
    pub yearly: YearlyView,
}

/// A mean over procedures.
#[derive(Debug, Serialize)]
pub struct MeanView {
    /// Before.
    pub before: Number,
    /// After.
    pub after: Number,
    /// After less before; none if something of a procedure is not known.
    pub difference: Option<Number>,
    /// Whether an estimate is among them.
    pub estimated: bool,
    /// Whether something of some procedure is not known, so that it is at least so much.
    pub incomplete: bool,
}

/// What changes a year, over the procedures whose volume is known.
#[derive(Debug, Serialize)]
pub struct YearlyView {
    /// How many.
    pub procedures: usize,
    /// Those of which the volume is an estimate.
    pub estimated: usize,
    /// Requests a year for them.
    pub requests: u64,
    /// Trips, after less before.
    pub trips: i64,
    /// Documents, after less before.
    pub documents: i64,
    /// Sheets, after less before.
    pub sheets: i64,
}

/// A kind of reason.
#[derive(Debug, Serialize)]
pub struct ReasonView {
    /// Which.
    pub reason: &'static str,
    /// Steps that have one.
    pub steps: PairView<usize>,
    /// Procedures that have one.
    pub procedures: PairView<usize>,
}

/// An authority in charge.
#[derive(Debug, Serialize)]
pub struct AuthorityView {
    /// Its code.
    pub id: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TextView>,
    /// Its procedures.
    #[serde(flatten)]
    pub all: TotalsView,
}

/// A procedure of which a measure moves.
#[derive(Debug, Serialize)]
pub struct MovedView {
    /// The procedure.
    pub id: String,
    /// Its name.
    pub title: TextView,
    /// The version.
    pub version: String,
    /// Requests a year.
    pub volume: Option<u64>,
    /// Its level.
    pub level: PairView<u8>,
    /// On the nominal way.
    pub nominal: BTreeMap<&'static str, PairView<Number>>,
    /// How far these can be trusted.
    pub standing: PairView<StandingView>,
    /// The least and the most trips, before and after.
    pub trips: PairView<[i64; 2]>,
}

/// A rule of law.
#[derive(Debug, Serialize)]
pub struct LawView {
    /// Such as `M401`.
    pub code: &'static str,
    /// Such as `copies-over-one`.
    pub name: &'static str,
    /// Findings on the versions that change.
    pub findings: PairView<usize>,
}

impl WhatifView {
    /// Of what changes do.
    pub fn new(impact: &Impact<'_>, vocabulary: &Vocabulary) -> Self {
        let totals = Totals::of(&impact.lines);
        let moved = impact.moved();
        let levels = |side: usize| totals.sides[side].levels.iter().copied().enumerate().collect();
        let reason = |(reason, [before, after]): (&'static str, [[usize; 2]; 2])| ReasonView {
            reason,
            steps: PairView { before: before[0], after: after[0] },
            procedures: PairView { before: before[1], after: after[1] },
        };
        let authorities = impact.by_authority();
        let moving = authorities.into_iter().filter(|(_, lines)| lines.iter().any(|line| line.is_moved()));
        let authority = |(id, lines): (&Name, Vec<&Line<'_>>)| AuthorityView {
            id: id.to_string(),
            title: vocabulary.authorities.get(id).map(|known| TextView::from(&known.title)),
            all: TotalsView::from(&Totals::of(lines)),
        };
        let law = |(code, [before, after]): (&Code, &[usize; 2])| LawView {
            code: code.number(),
            name: code.name(),
            findings: PairView { before: *before, after: *after },
        };
        Self {
            at: impact.at.to_string(),
            title: (!impact.title.is_empty()).then(|| TextView::from(&impact.title)),
            changes: impact.changes.iter().map(|change| ChangeView::new(change, vocabulary)).collect(),
            levels: PairView { before: levels(0), after: levels(1) },
            all: TotalsView::from(&totals),
            moved: moved.len(),
            not_measured: impact.not_measured,
            reasons: impact.reasons().into_iter().map(reason).collect(),
            by_authority: moving.map(authority).collect(),
            procedures_moved: moved.into_iter().map(MovedView::from).collect(),
            law: impact.law.as_ref().map(|found| found.iter().map(law).collect()),
        }
    }
}

impl ChangeView {
    /// A change as a file writes it.
    pub fn new(change: &Change, vocabulary: &Vocabulary) -> Self {
        let (kind, value) = reform::write(change);
        let register = match &change.action {
            Action::Fetch { register, .. } | Action::Open { register, .. } => vocabulary.registers.get(register),
            _ => None,
        };
        Self { key: kind.key(), value, estimated: register.is_some_and(|known| known.estimated) }
    }
}

impl From<&Totals> for TotalsView {
    fn from(totals: &Totals) -> Self {
        let pair =
            |[before, after]: [f64; 2]| PairView { before: Number::rounded(before), after: Number::rounded(after) };
        let each = share(1, count(totals.procedures));
        let mean = |at: usize| {
            let unit = if SUMMED[at].0 == "fees_mad" { 0.01 } else { 1.0 };
            let [before, after] = totals.sides.each_ref().map(|side| side.sums[at]);
            let of = |sum: i64| Number::rounded(as_float(sum) * each * unit);
            let known = totals.sides.each_ref().map(|side| Mark::both(SUMMED[at].1, side.standing));
            let is_known = known.iter().all(|(is_known, _)| *is_known);
            let has_difference = !totals.marks_of_difference(SUMMED[at].1).contains(&Mark::AtLeast);
            MeanView {
                before: of(before),
                after: of(after),
                difference: has_difference.then(|| of(after - before)),
                estimated: known.iter().any(|(_, is_estimated)| *is_estimated),
                incomplete: !is_known,
            }
        };
        let yearly = totals.yearly;
        Self {
            procedures: totals.procedures,
            changed: totals.changed,
            paperless: PairView { before: totals.sides[0].paperless, after: totals.sides[1].paperless },
            share: pair(totals.shares()),
            by_volume: totals.by_volume().map(pair),
            mean_level: pair(totals.mean_levels()),
            means: SUMMED.iter().enumerate().map(|(at, (name, _))| (*name, mean(at))).collect(),
            yearly: YearlyView {
                procedures: yearly.procedures,
                estimated: yearly.estimated,
                requests: yearly.requests,
                trips: yearly.trips,
                documents: yearly.documents,
                sheets: yearly.sheets,
            },
        }
    }
}

impl From<&Line<'_>> for MovedView {
    fn from(line: &Line<'_>) -> Self {
        let [before, after] = &line.measures;
        let nominal = |&(name, measure): &(&'static str, ClaimMeasure)| {
            let of = |value: i64| if name == "fees_mad" { Number::dirhams(value) } else { Number::whole(value) };
            let [before, after] = [before, after].map(|measures| of(measures.range(measure).nominal));
            (name, PairView { before, after })
        };
        Self {
            id: line.procedure.id.to_string(),
            title: TextView::from(&line.procedure.title),
            version: line.version.name.to_string(),
            volume: line.procedure.volume.as_ref().map(|volume| volume.requests),
            level: PairView { before: before.level, after: after.level },
            nominal: SUMMED.iter().map(nominal).collect(),
            standing: PairView { before: before.standing.into(), after: after.standing.into() },
            trips: PairView {
                before: [before.trips.least, before.trips.most],
                after: [after.trips.least, after.trips.most],
            },
        }
    }
}
