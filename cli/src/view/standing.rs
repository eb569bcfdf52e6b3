//! What keeps a version from being paperless, and how far its figures can be trusted.

use mastara_engine::{
    measure::{Obstacle, Standing},
    node::Means,
};
use serde::Serialize;

/// Something that keeps a version from being paperless.
#[derive(Debug, Serialize)]
pub struct ObstacleView {
    /// The step.
    pub node: String,
    /// `not_online`, `partial_coverage`, `paper_demanded`, `paper_received` or `paid_on_site`.
    pub kind: &'static str,
    /// Which document, for papers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// By which means, for payments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<&'static str>,
}

/// How far figures can be trusted.
#[derive(Debug, Serialize)]
pub struct StandingView {
    /// Every step says how many minutes it takes.
    pub effort_known: bool,
    /// Some minutes are estimates.
    pub effort_estimated: bool,
    /// Of everything paid the amount is known; if not, fees are at least what is given.
    pub fees_known: bool,
    /// Some fees are estimates.
    pub fees_estimated: bool,
    /// Some demands are estimates.
    pub documents_estimated: bool,
    /// Every wait says how long it takes.
    pub delay_known: bool,
    /// Some delays are estimates.
    pub delay_estimated: bool,
    /// Some legal delays are.
    pub legal_delay_estimated: bool,
    /// Some usual delays are.
    pub usual_delay_estimated: bool,
    /// Some shares are estimates, and so are all means.
    pub shares_estimated: bool,
}

impl ObstacleView {
    /// An obstacle at the node of this name.
    pub fn new(node: &str, obstacle: &Obstacle) -> Self {
        let (kind, document, means) = match obstacle {
            Obstacle::NotOnline => ("not_online", None, None),
            Obstacle::PartialCoverage => ("partial_coverage", None, None),
            Obstacle::PaperDemanded(document) => ("paper_demanded", Some(document), None),
            Obstacle::PaperReceived(document) => ("paper_received", Some(document), None),
            Obstacle::PaidOnSite(means) => ("paid_on_site", None, Some(*means)),
        };
        let means = means.map(|means| match means {
            Means::Online => "online",
            Means::Counter => "counter",
            Means::Stamp => "stamp",
            Means::Transfer => "transfer",
        });
        Self { node: node.to_owned(), kind, document: document.map(ToString::to_string), means }
    }
}

impl From<Standing> for StandingView {
    fn from(standing: Standing) -> Self {
        Self {
            effort_known: standing.effort_known,
            effort_estimated: standing.effort_estimated,
            fees_known: standing.fees_known,
            fees_estimated: standing.fees_estimated,
            documents_estimated: standing.demands_estimated,
            delay_known: standing.delay_known,
            delay_estimated: standing.delay_estimated(),
            legal_delay_estimated: standing.legal_delay_estimated,
            usual_delay_estimated: standing.usual_delay_estimated,
            shares_estimated: standing.shares_estimated,
        }
    }
}
