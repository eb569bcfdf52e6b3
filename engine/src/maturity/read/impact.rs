//! The third axis: what people get of it.

use crate::{
    flow::NodeId,
    maturity::{Cause, Fact, Indicator, Points, Reading, Subject, Unit, What},
    measure::{Measures, Obstacle},
    node::Demand,
    text::Name,
};

use super::Reader;

/// I2: a procedure that asks for no paper, weighed by its requests a year.
#[must_use]
pub fn paperless(reader: &Reader<'_>, measures: &Measures) -> Unit {
    let subject = Subject::Procedure(reader.rank);
    let Some(volume) = &reader.procedure.volume else {
        let cause = Cause::new(What::VolumeUnknown, false);
        return Unit::new(Indicator::I2, subject, Reading::Unknown).because(vec![cause]);
    };
    let what = if measures.is_paperless { What::RequestsPaperless } else { What::RequestsWithPaper };
    let mut causes = vec![Cause::new(what, measures.is_paperless).of(&Name::from(&*volume.requests.to_string()))];
    if !measures.is_paperless {
        causes.extend(measures.obstacles.iter().map(|(id, obstacle)| of_obstacle(reader, *id, obstacle)));
    }
    Unit {
        weight: volume.requests,
        is_estimated: volume.estimated || reader.is_rebuilt(),
        ..Unit::new(Indicator::I2, subject, Reading::Known(Points::either(measures.is_paperless))).because(causes)
    }
}

/// An obstacle, at the paper or payment that is one.
fn of_obstacle(reader: &Reader<'_>, id: NodeId, obstacle: &Obstacle) -> Cause {
    let step = reader.version.flow.node(id).step();
    let cause = |what| Cause::new(what, false).at(id);
    let at = |cause: Cause, fact: Option<Fact>| fact.map_or(cause.clone(), |fact| cause.at_fact(id, fact));
    match obstacle {
        Obstacle::NotOnline => cause(What::NotOnline),
        Obstacle::PartialCoverage => cause(What::PartialCoverage),
        Obstacle::PaperDemanded(document) => {
            let asks = |demand: &Demand| demand.any_of.iter().any(|paper| paper.document == *document);
            let rank = step.and_then(|step| step.demands.iter().position(asks));
            at(cause(What::PaperDemanded).of(document), rank.map(Fact::Demand))
        }
        Obstacle::PaperReceived(document) => {
            let rank = step.and_then(|step| step.receives.iter().position(|given| given.paper.document == *document));
            at(cause(What::PaperReceived).of(document), rank.map(Fact::Receives))
        }
        Obstacle::PaidOnSite(means) => {
            let rank = step.and_then(|step| step.payments.iter().position(|payment| payment.means == *means));
            at(cause(What::PaidOnSite), rank.map(Fact::Payment))
        }
    }
}

/// What a procedure costs people in a year, in centimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burdens {
    /// As its first version asked.
    pub baseline: i64,
    /// As its version in force asks.
    pub now: i64,
    /// Whether one of them rests on an estimate.
    pub is_estimated: bool,
}

/// I4: the part of the burden of the first version recorded that is no more, weighed by that burden. One that has grown
/// takes from the others; the whole is not below 0. Without a volume or an earlier version nothing is known.
#[must_use]
pub fn burden(reader: &Reader<'_>, burdens: Option<Burdens>) -> Unit {
    let subject = Subject::Procedure(reader.rank);
    let part = burdens.and_then(|of| {
        let weight = u64::try_from(of.baseline).ok().filter(|weight| *weight > 0)?;
        Some((of, weight, Points::share(of.baseline - of.now, of.baseline)?))
    });
    let Some((of, weight, points)) = part else {
        let what = if reader.procedure.volume.is_none() { What::VolumeUnknown } else { What::NoBaseline };
        return Unit::new(Indicator::I4, subject, Reading::Unknown).because(vec![Cause::new(what, false)]);
    };
    let names = [of.baseline, of.now].map(|centimes| Name::from(&*centimes.to_string()));
    let cause = Cause { names: names.to_vec(), ..Cause::new(What::Burden, of.now < of.baseline) };
    Unit {
        weight,
        is_estimated: of.is_estimated,
        ..Unit::new(Indicator::I4, subject, Reading::Known(points)).because(vec![cause])
    }
}

/// I1, I3, I5 and I6: read on cases, and there are none yet.
pub fn cases(reader: &Reader<'_>) -> impl Iterator<Item = Unit> {
    let rank = reader.rank;
    let indicators = [Indicator::I1, Indicator::I3, Indicator::I5, Indicator::I6];
    indicators.into_iter().map(move |indicator| {
        let cause = Cause::new(What::NoCases, false);
        Unit::new(indicator, Subject::Procedure(rank), Reading::Unknown).because(vec![cause])
    })
}
