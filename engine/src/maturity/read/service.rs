//! T1, T2 and T3: the procedure as a service of the EU eGovernment Benchmark, scored by that lens.

use crate::{
    lens::{
        self, Ground,
        eu::{Answer, Channel, Derived, Dimension, Indicator as Scored, Site},
    },
    maturity::{Cause, Fact, Indicator, Points, Reading, Subject, Unit, What},
    program::Fact as Part,
    text::Name,
};

use super::Reader;

/// T1 user centricity, T2 transparency, T3 key enablers: the weights and scales of the benchmark, over the questions that the
/// catalogue answers, as `--lens eu` scores them: a rung of a scale that is not known is not climbed, and the score is then what
/// is proved at least.
#[must_use]
pub fn service(reader: &Reader<'_>, derived: &Derived) -> Vec<Unit> {
    let dimensions = [
        (Indicator::T1, Dimension::UserCentricity),
        (Indicator::T2, Dimension::Transparency),
        (Indicator::T3, Dimension::KeyEnablers),
    ];
    dimensions.map(|(indicator, dimension)| unit(reader, derived, indicator, dimension)).into()
}

/// Identification on the benchmark's scale, for K4; and whether it is only what is proved at least.
#[must_use]
pub fn identification(derived: &Derived) -> (Reading, bool) {
    let Some(site) = derived.service.sites.first() else { return (Reading::Unknown, false) };
    let reading = reading(Scored::Eid.score(site, lens::Reading::Known), site, &[Scored::Eid]);
    (reading, Scored::Eid.is_at_least(site))
}

fn unit(reader: &Reader<'_>, derived: &Derived, indicator: Indicator, dimension: Dimension) -> Unit {
    let subject = Subject::Procedure(reader.rank);
    let Some(site) = derived.service.sites.first() else {
        return Unit::new(indicator, subject, Reading::Unknown);
    };
    let score = dimension.score(|part| part.score(site, lens::Reading::Known));
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
    // A part without a score adds nothing, at least or not.
    let is_at_least = |part: &Scored| part.score(site, lens::Reading::Known).is_some() && part.is_at_least(site);
    let is_at_least = dimension.indicators().iter().any(is_at_least);
    Unit::new(indicator, subject, reading(score, site, dimension.indicators()))
        .estimated(is_estimated)
        .at_least(is_at_least)
        .because(causes)
}

fn reading(score: Option<lens::Score>, site: &Site, parts: &[Scored]) -> Reading {
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
