//! T1, T2 and T3: the procedure as a service of the EU eGovernment Benchmark, scored by that lens.

use crate::{
    lens::{
        self, Extent, Ground, Score,
        eu::{Answer, Channel, Derived, Dimension, Indicator as Scored, Site},
    },
    maturity::{Cause, Fact, Indicator, Points, Reading, Subject, Unit, What},
    program::Fact as Part,
    text::Name,
};

use super::Reader;

/// T1 user centricity, T2 transparency, T3 key enablers: the weights and scales of the benchmark, over the questions that the
/// catalogue answers, as `--lens eu` scores them: a rung of a scale that is not known is not climbed, a question of which nothing
/// is known is left out.
#[must_use]
pub fn service(reader: &Reader<'_>, derived: &Derived) -> Vec<Unit> {
    let dimensions = [
        (Indicator::T1, Dimension::UserCentricity),
        (Indicator::T2, Dimension::Transparency),
        (Indicator::T3, Dimension::KeyEnablers),
    ];
    dimensions.map(|(indicator, dimension)| unit(reader, derived, indicator, dimension)).into()
}

/// Identification on the benchmark's scale, for K4; and how much of it is known.
#[must_use]
pub fn identification(derived: &Derived) -> (Reading, Extent) {
    let Some(site) = derived.service.sites.first() else { return (Reading::Unknown, Extent::Part) };
    let (score, extent) = extent(|reading| Scored::Eid.score(site, reading));
    (reading(score, site, &[Scored::Eid]), extent)
}

/// A score, and how much of what makes it is known.
fn extent(score: impl Fn(lens::Reading) -> Option<Score>) -> (Option<Score>, Extent) {
    let [known, least, most] = lens::Reading::ALL.map(score);
    let extent = Extent::between(&known, &least, &most);
    (known, extent)
}

fn unit(reader: &Reader<'_>, derived: &Derived, indicator: Indicator, dimension: Dimension) -> Unit {
    let subject = Subject::Procedure(reader.rank);
    let Some(site) = derived.service.sites.first() else {
        return Unit::new(indicator, subject, Reading::Unknown);
    };
    let (score, extent) = extent(|reading| dimension.score(|part| part.score(site, reading)));
    let questions = dimension.indicators().iter().flat_map(|part| part.questions());
    let (mut causes, mut is_estimated) = (Vec::new(), false);
    let mut unknown = Cause::new(What::AnswersUnknown, false);
    for question in questions {
        let key = (Channel::National, *question);
        let evidence = derived.evidence.get(&key);
        let code = Name::from(question.code());
        match site.get(&key) {
            Some(Answer::Grade(grade)) => {
                let cause = Cause::new(What::Answer, *grade == 100).of(&code).of(&Name::from(&*grade.to_string()));
                let grounds = evidence.map_or(&[][..], |evidence| &evidence.grounds);
                causes.push(grounds.first().map_or_else(|| cause.clone(), |ground| placed(cause.clone(), *ground)));
                is_estimated |= evidence.is_some_and(|evidence| evidence.estimated);
            }
            Some(Answer::Unknown) => unknown = unknown.of(&code),
            _ => {}
        }
    }
    if !unknown.names.is_empty() {
        causes.push(unknown);
    }
    Unit::new(indicator, subject, reading(score, site, dimension.indicators()))
        .estimated(is_estimated)
        .known_to(extent)
        .because(causes)
}

fn reading(score: Option<Score>, site: &Site, parts: &[Scored]) -> Reading {
    if let Some(score) = score {
        return Reading::Known(Points::from(&score));
    }
    let mut questions = parts.iter().flat_map(|part| part.questions());
    let is_unknown = questions.any(|question| site.get(&(Channel::National, *question)) == Some(&Answer::Unknown));
    if is_unknown { Reading::Unknown } else { Reading::NotApplicable }
}

fn placed(cause: Cause, ground: Ground) -> Cause {
    match ground {
        Ground::Node(id) => cause.at(id),
        Ground::Identity(id) => cause.at_fact(id, Fact::Identity),
        Ground::Receipt(id) => cause.at_fact(id, Fact::Receipt),
        Ground::LegalDelay(id) => cause.at_fact(id, Fact::Delay),
        Ground::UsualDelay(id) => cause.at_fact(id, Fact::UsualDelay),
        Ground::Fact(id, part) => {
            let fact = match part {
                Part::Demand(rank) => Fact::Demand(rank),
                Part::Receives(rank) => Fact::Receives(rank),
                Part::Ask(rank) => Fact::Ask(rank),
                Part::Payment(rank) => Fact::Payment(rank),
                Part::Exchange(rank) => Fact::Exchange(rank),
            };
            cause.at_fact(id, fact)
        }
        // The header, or a source: the whole file.
        _ => cause,
    }
}
