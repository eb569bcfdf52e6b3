//! What a version of the catalogue answers to the observatory.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Auth, Evidences, Indicator, Online, Service};
use crate::{
    lens::{Evidence, Ground, Subject},
    measure::Obstacle,
    node::{Identity, Provenance},
    program::Fact,
    text::Name,
};

/// A procedure of the catalogue as the observatory would see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Its answers: `online`, `dlnuf` and `auth`; no file tells the others, which need people or tools.
    pub service: Service,
    /// What each rests on.
    pub evidence: Evidences,
}

/// Answers what a flow can answer.
#[must_use]
pub fn derive(subject: &Subject<'_>) -> Derived {
    let mut answers = BTreeMap::new();
    let mut evidence = BTreeMap::new();
    let is_rebuilt = subject.version.provenance == Provenance::Reconstructed;
    for (indicator, (answer, grounds, estimated)) in [
        (Indicator::Online, online(subject)),
        (Indicator::OnceOnly, once_only(subject)),
        (Indicator::Auth, auth(subject)),
    ] {
        let estimated = answer != Answer::Pending && (estimated || is_rebuilt);
        answers.insert(indicator, answer);
        evidence.insert(indicator, Evidence { grounds, estimated });
    }
    let procedure = subject.procedure;
    Derived { service: Service { group: procedure.authority.clone(), name: procedure.id.clone(), answers }, evidence }
}

type Found = (Answer, Vec<Ground>, bool);

/// Entirely online, on the whole territory, for everybody? The nominal way answers the first; a step open in some places
/// only, the second; an offline step that somebody cannot avoid, the third.
fn online(subject: &Subject<'_>) -> Found {
    if subject.measures.level >= 5 {
        return (Answer::Online(Online::Proactive), Vec::new(), false);
    }
    let steps: Vec<_> = subject.nominal().collect();
    let offline: Vec<Ground> =
        steps.iter().filter(|(_, step)| !step.channel.is_online()).map(|(id, _)| Ground::Node(*id)).collect();
    if steps.is_empty() || offline.len() == steps.len() {
        return (Answer::Online(Online::No), offline, false);
    }
    let mut short = offline;
    let closed = subject
        .measures
        .obstacles
        .iter()
        .filter(|(_, obstacle)| matches!(obstacle, Obstacle::NotOnline | Obstacle::PartialCoverage));
    for (id, _) in closed {
        if !short.contains(&Ground::Node(*id)) {
            short.push(Ground::Node(*id));
        }
    }
    if short.is_empty() {
        let all = steps.iter().map(|(id, _)| Ground::Node(*id)).collect();
        return (Answer::Online(Online::Yes), all, false);
    }
    (Answer::Online(Online::Partial), short, false)
}

/// Papers of the nominal way that an administration already holds, and questions that a register can answer.
fn once_only(subject: &Subject<'_>) -> Found {
    let (mut seen, mut grounds, mut estimated): (BTreeSet<&Name>, _, _) = (BTreeSet::new(), Vec::new(), false);
    let flow = &subject.version.flow;
    for (id, step) in subject.nominal() {
        for (rank, demand) in step.demands.iter().enumerate() {
            let Some(paper) = demand.any_of.first() else { continue };
            let is_held = subject.vocabulary.documents.get(&paper.document).is_some_and(|known| known.is_held);
            if is_held && subject.applies(id, Fact::Demand(rank)) && seen.insert(&paper.document) {
                grounds.push(Ground::Fact(id, Fact::Demand(rank)));
                estimated |= demand.estimated;
            }
        }
        for (rank, ask) in step.asks.iter().enumerate() {
            let Some(question) = flow.questions().get(usize::from(ask.question.0)) else { continue };
            if question.known_by.is_some() && subject.applies(id, Fact::Ask(rank)) && seen.insert(&question.name) {
                grounds.push(Ground::Fact(id, Fact::Ask(rank)));
            }
        }
    }
    let count = u64::try_from(grounds.len()).unwrap_or(u64::MAX);
    (Answer::Number(count.saturating_mul(1_000), None), grounds, estimated)
}

/// The national electronic card stands for the State's identity, its code or the face for the stronger form.
fn auth(subject: &Subject<'_>) -> Found {
    let online: Vec<_> = subject.nominal().filter(|(_, step)| step.channel.is_online()).collect();
    if online.is_empty() {
        return (Answer::NotApplicable, Vec::new(), false);
    }
    let levels: Vec<_> = online.iter().filter_map(|(id, step)| Some((*id, step.identity?))).collect();
    let Some(best) = levels.iter().map(|(_, level)| *level).max() else {
        return (Answer::Pending, Vec::new(), false);
    };
    let auth = match best {
        Identity::InPerson | Identity::Account => Auth::No,
        Identity::Card => Auth::Plain,
        Identity::CardPin | Identity::CardPinFace => Auth::Plus,
    };
    let grounds = levels.iter().filter(|(_, level)| *level == best).map(|(id, _)| Ground::Identity(*id)).collect();
    (Answer::Auth(auth), grounds, false)
}
