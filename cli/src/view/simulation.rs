//! `simulate --format json` (docs/json.md).

mod measures;
mod officers;

use mastara_engine::{
    flow::NodeId,
    simulate::{Delays, Service, Taken},
};
use serde::Serialize;

use self::{measures::MeasuresView, officers::OfficeView};
use super::{
    TextView,
    measures::provenance,
    number::{Number, as_float, share},
    standing::StandingView,
};
use crate::command::simulate::{Bin, DAY, Outcome, bins};

/// What came out of a simulation.
#[derive(Debug, Serialize)]
pub struct SimulationView {
    /// `sector/identifier`.
    pub procedure: String,
    /// Its version.
    pub version: String,
    /// The first day.
    pub from: String,
    /// How many cases went in, and came out.
    pub cases: u64,
    /// Where random numbers began.
    pub seed: u64,
    /// Times rest on assumptions.
    pub estimated: bool,
    /// `sourced`, `estimated` or `reconstructed`.
    pub provenance: &'static str,
    /// What of the measures is known, and what is an estimate.
    pub standing: StandingView,
    /// What was assumed.
    pub settings: SettingsView,
    /// Calendar days from beginning to end.
    pub lead_days: LeadView,
    /// Legal clocks.
    pub deadlines: DeadlinesView,
    /// How cases ended.
    pub outcomes: Vec<OutcomeView>,
    /// The ways taken, the most frequent first.
    pub ways: Vec<WayView>,
    /// Cases on ways that were not told apart.
    pub other_ways: u64,
    /// What takes time, node by node.
    pub stops: Vec<StopView>,
    /// What people had to do.
    pub measures: MeasuresView,
    /// Officers that are limited.
    pub officers: Vec<OfficeView>,
}

/// What was assumed.
#[derive(Debug, Serialize)]
pub struct SettingsView {
    /// `spread`, `usual`, `legal` or `none`.
    pub delays: &'static str,
    /// Clocks suspended in a hundred.
    pub complements_percent: Number,
    /// New cases on a working day, if officers are limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrivals_per_day: Option<Number>,
    /// Minutes of work each time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_minutes: Option<Number>,
    /// `exponential` or `constant`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_law: Option<&'static str>,
}

/// Times.
#[derive(Debug, Serialize)]
pub struct LeadView {
    /// The mean.
    pub mean: Number,
    /// The half width of its 95 % confidence interval.
    pub margin: Option<Number>,
    /// Half of the cases take no longer.
    pub median: Number,
    /// Nine in ten.
    pub p90: Number,
    /// Ninety-nine in a hundred.
    pub p99: Number,
    /// The shortest.
    pub least: Number,
    /// The longest.
    pub most: Number,
    /// How many took how long.
    pub histogram: Vec<BinView>,
}

/// Cases that took from one time to another.
#[derive(Debug, Serialize)]
pub struct BinView {
    /// Days.
    pub from: Number,
    /// Days, not included; `null` in the last one.
    pub to: Option<Number>,
    /// How many.
    pub cases: u64,
}

/// Legal clocks.
#[derive(Debug, Serialize)]
pub struct DeadlinesView {
    /// Cases in which one ran.
    pub cases: u64,
    /// Those answered in time throughout.
    pub kept: u64,
    /// Their share.
    pub share: Number,
    /// Those in which one ran out whose silence has a meaning in law.
    pub silent: u64,
}

/// How cases ended.
#[derive(Debug, Serialize)]
pub struct OutcomeView {
    /// The node.
    pub node: String,
    /// Its title.
    pub title: TextView,
    /// How many.
    pub cases: u64,
    /// Their share.
    pub share: Number,
}

/// A way.
#[derive(Debug, Serialize)]
pub struct WayView {
    /// How many took it.
    pub cases: u64,
    /// Their share.
    pub share: Number,
    /// The branches taken, in their order.
    pub branches: Vec<BranchView>,
}

/// A branch.
#[derive(Debug, Serialize)]
pub struct BranchView {
    /// From this node.
    pub node: String,
    /// To that one.
    pub to: String,
}

/// A node that takes time.
#[derive(Debug, Serialize)]
pub struct StopView {
    /// The node.
    pub node: String,
    /// How often it was passed.
    pub visits: u64,
    /// Calendar days there in the mean.
    pub mean_days: Number,
}

impl SimulationView {
    /// What programs read of it.
    pub fn new(outcome: &Outcome<'_>) -> Self {
        let (batch, flow) = (outcome.batch, &outcome.version.flow);
        let name = |node| flow.node(node).name.to_string();
        let (ways, other_ways) = batch.ways();
        let branch = |&(node, rank): &(NodeId, usize)| BranchView {
            node: name(node),
            to: flow.branches(node).get(rank).map_or_else(String::new, |(_, to)| name(*to)),
        };
        let way = |taken: &Taken| WayView {
            cases: taken.cases,
            share: Number::rounded(share(taken.cases, outcome.cases)),
            branches: taken.branches.iter().map(branch).collect(),
        };
        let ended = flow.nodes().zip(&batch.outcomes).filter(|(_, cases)| **cases > 0);
        let ended = ended.map(|((_, node), &cases)| OutcomeView {
            node: node.name.to_string(),
            title: (&node.title).into(),
            cases,
            share: Number::rounded(share(cases, outcome.cases)),
        });
        let stops = batch.pauses().into_iter().map(|(node, count)| StopView {
            node: name(node),
            visits: count.visits,
            mean_days: mean_days(count.seconds, count.visits),
        });
        let kept = batch.clocked - batch.late;
        Self {
            procedure: outcome.procedure.id.to_string(),
            version: outcome.version.name.to_string(),
            from: outcome.from.to_string(),
            cases: outcome.cases,
            seed: outcome.settings.seed,
            estimated: true,
            provenance: provenance(outcome.version.provenance),
            standing: outcome.measures.standing.into(),
            settings: SettingsView::new(outcome),
            lead_days: LeadView::new(outcome),
            deadlines: DeadlinesView {
                cases: batch.clocked,
                kept,
                share: Number::rounded(share(kept, batch.clocked)),
                silent: batch.silent,
            },
            outcomes: ended.collect(),
            ways: ways.into_iter().map(way).collect(),
            other_ways,
            stops: stops.collect(),
            measures: MeasuresView::new(outcome),
            officers: outcome.offices().iter().map(OfficeView::new).collect(),
        }
    }
}

impl SettingsView {
    #[expect(clippy::cast_precision_loss, reason = "seconds of a year at most")]
    fn new(outcome: &Outcome<'_>) -> Self {
        let settings = outcome.settings;
        let offices = settings.offices.as_ref();
        let percent = settings.complements.map_or(0, |share| share.basis_points());
        Self {
            delays: delays(settings.delays),
            complements_percent: Number::rounded(f64::from(percent) / 100.0),
            arrivals_per_day: offices.map(|offices| Number::rounded(offices.per_day)),
            service_minutes: offices.map(|offices| Number::rounded(offices.service as f64 / 60.0)),
            service_law: offices.map(|offices| law(offices.law)),
        }
    }
}

/// How delays are drawn, as programs read it; also the last part of its key in the locales.
pub fn delays(delays: Delays) -> &'static str {
    match delays {
        Delays::Spread => "spread",
        Delays::Usual => "usual",
        Delays::Legal => "legal",
        Delays::None => "none",
    }
}

/// How the work of officers varies, as programs read it; also the last part of its key in the locales.
pub fn law(law: Service) -> &'static str {
    match law {
        Service::Exponential => "exponential",
        Service::Constant => "constant",
    }
}

#[expect(clippy::cast_precision_loss, reason = "means are floats")]
fn mean_days(seconds: u128, count: u64) -> Number {
    Number::rounded(if count == 0 { 0.0 } else { seconds as f64 / count as f64 / DAY })
}

#[expect(clippy::cast_precision_loss, reason = "minutes of some years")]
fn days(minutes: u64) -> Number {
    Number::rounded(minutes as f64 / 1_440.0)
}

impl LeadView {
    fn new(outcome: &Outcome<'_>) -> Self {
        let minutes = &outcome.batch.lead_minutes;
        let quantile = |hundredths| days(minutes.quantile(hundredths).unwrap_or(0));
        let seconds = |seconds: i64| Number::rounded(as_float(seconds) / DAY);
        let bin = |bin: Bin| BinView { from: days(bin.from), to: bin.to.map(days), cases: bin.cases };
        Self {
            mean: Number::rounded(outcome.batch.lead.mean() / DAY),
            margin: outcome.lead_margin().map(Number::rounded),
            median: quantile(50),
            p90: quantile(90),
            p99: quantile(99),
            least: seconds(outcome.batch.lead.least),
            most: seconds(outcome.batch.lead.most),
            histogram: bins(minutes).into_iter().map(bin).collect(),
        }
    }
}
