//! `measure --deep --format json` and `event --format json` (docs/json.md).

use mastara_engine::deep::Together;
use serde::Serialize;

use super::{TextView, number::Number, standing::StandingView};
use crate::linked::{Linked, Sum};

/// Procedures, each with all that must be gone through for its papers.
#[derive(Debug, Serialize)]
pub struct DeepView {
    /// The day that versions in force are looked up for.
    pub at: String,
    /// By identifier.
    pub procedures: Vec<DeepProcedureView>,
}

/// A procedure.
#[derive(Debug, Serialize)]
pub struct DeepProcedureView {
    /// `sector/identifier`.
    pub id: String,
    /// Its title.
    pub title: TextView,
    /// The version.
    pub version: String,
    /// The procedure alone.
    pub plain: SumView,
    /// The person holds every paper that outlasts a year.
    pub least: SumView,
    /// The person holds nothing.
    pub full: SumView,
}

/// Events, without their figures unless one was asked for.
#[derive(Debug, Serialize)]
pub struct EventsView {
    /// The day that versions in force are looked up for.
    pub at: String,
    /// By identifier.
    pub events: Vec<EventView>,
}

/// An event.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// Its identifier.
    pub id: String,
    /// What the person says.
    pub title: TextView,
    /// The life event that it is a part of.
    pub life_event: Option<String>,
    /// The procedures measured, in their usual order.
    pub procedures: Vec<String>,
    /// Those that only some go through.
    pub options: Vec<String>,
    /// Whether these are measured too.
    pub with_options: bool,
    /// Procedures that have no version in force, or one that cannot be measured.
    pub not_measured: Vec<String>,
    /// One by one, nothing shared.
    pub apart: FiguresView,
    /// Together.
    pub together: SumView,
    /// One by one, each with what its lapsing papers take.
    pub apart_least: FiguresView,
    /// Together; the person holds every paper that outlasts a year.
    pub least: SumView,
    /// Together; the person holds nothing.
    pub full: SumView,
}

/// What procedures ask together, and who is gone through for what.
#[derive(Debug, Serialize)]
pub struct SumView {
    /// The figures.
    #[serde(flatten)]
    pub figures: FiguresView,
    /// How far they can be trusted.
    pub standing: StandingView,
    /// The procedures, those asked for first.
    pub members: Vec<String>,
    /// Who gives what to whom.
    pub gives: Vec<GivesView>,
    /// Procedures that each need a paper of the others.
    pub cycles: Vec<Vec<String>>,
    /// Papers that some procedure delivers and the person already holds.
    pub held: Vec<String>,
    /// Of these, papers of unknown validity.
    pub of_unknown_validity: Vec<String>,
    /// Papers that no procedure of the catalogue is gone through for.
    pub unmade: Vec<String>,
}

/// Figures along nominal ways.
#[derive(Debug, Serialize)]
pub struct FiguresView {
    /// Procedures.
    pub procedures: i64,
    /// Steps.
    pub steps: i64,
    /// Trips, added up.
    pub trips: i64,
    /// Trips at least, merged where they can be.
    pub merged_trips: i64,
    /// Kinds of paper.
    pub documents: i64,
    /// Sheets.
    pub sheets: i64,
    /// The person's minutes.
    pub effort_minutes: i64,
    /// Days of the longest chain.
    pub delay_days: DelaysView,
    /// Dirhams.
    pub fees_mad: Number,
    /// Administrations.
    pub agencies: i64,
}

/// Days of the longest chain.
#[derive(Debug, Serialize)]
pub struct DelaysView {
    /// Legal maxima where there are any.
    pub legal: i64,
    /// As usually seen where that is known.
    pub expected: i64,
}

/// A paper that one procedure gives another.
#[derive(Debug, Serialize)]
pub struct GivesView {
    /// The procedure that demands it.
    pub procedure: String,
    /// The paper.
    pub document: String,
    /// The procedure that delivers it.
    pub maker: String,
}

impl From<&Together> for FiguresView {
    fn from(sum: &Together) -> Self {
        Self {
            procedures: sum.procedures,
            steps: sum.steps,
            trips: sum.trips,
            merged_trips: sum.merged_trips,
            documents: sum.documents,
            sheets: sum.sheets,
            effort_minutes: sum.effort,
            delay_days: DelaysView { legal: sum.legal_delay, expected: sum.usual_delay },
            fees_mad: Number::dirhams(sum.fees),
            agencies: sum.agencies,
        }
    }
}

impl SumView {
    /// A sum.
    pub fn new(sum: &Sum, linked: &Linked<'_>) -> Self {
        let closure = &sum.closure;
        let id = |member: usize| linked.procedure(closure.members[member]).id.to_string();
        let names = |names: &std::collections::BTreeSet<mastara_engine::text::Name>| {
            names.iter().map(ToString::to_string).collect()
        };
        let gives = closure.gives.iter().map(|gives| GivesView {
            procedure: id(gives.to),
            document: gives.paper.to_string(),
            maker: id(gives.from),
        });
        Self {
            figures: (&sum.figures).into(),
            standing: sum.standing.into(),
            members: (0..closure.members.len()).map(id).collect(),
            gives: gives.collect(),
            cycles: closure.cycles().iter().map(|set| set.iter().map(|&member| id(member)).collect()).collect(),
            held: names(&closure.held),
            of_unknown_validity: names(&closure.of_unknown_validity),
            unmade: names(&closure.unmade),
        }
    }
}
