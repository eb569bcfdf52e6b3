//! K5: what the law asks of an administration besides its procedures.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Date,
    maturity::{Cause, Duty, DutyFact, Indicator, Ledger, Points, Reading, Settings, Subject, Unit, What},
    procedure::Procedure,
    text::Name,
    vocabulary::Vocabulary,
};

/// K5: for each administration in charge of a procedure, each duty: met or not by the latest evidence that is not too old,
/// or not known. `procedures` are those of the ledger, in its order.
#[must_use]
pub fn duties(
    ledger: &Ledger,
    procedures: &[&Procedure],
    vocabulary: &Vocabulary,
    settings: &Settings,
    at: Date,
) -> Vec<Unit> {
    let mut latest: BTreeMap<(&Name, Duty), &DutyFact> = BTreeMap::new();
    for fact in vocabulary.duties.iter().filter(|fact| fact.date <= at) {
        let entry = latest.entry((&fact.authority, fact.duty)).or_insert(fact);
        if fact.date > entry.date {
            *entry = fact;
        }
    }
    let is_public = |name: &&Name| !vocabulary.authorities.get(*name).is_some_and(|body| body.is_private);
    let bodies: BTreeSet<&Name> = ledger.sheets.iter().map(|sheet| &sheet.authority).filter(is_public).collect();
    let pairs = bodies.into_iter().flat_map(|body| Duty::ALL.map(|duty| (body, duty)));
    let unit = |(body, duty): (&Name, Duty)| {
        let (reading, causes) = match latest.get(&(body, duty)) {
            Some(fact) if settings.holds(duty, fact.date, at) => {
                let cause = Cause::new(What::Evidence, fact.is_met).of(&fact.key);
                (Reading::Known(Points::either(fact.is_met)), vec![cause])
            }
            Some(fact) => (Reading::Unknown, vec![Cause::new(What::EvidenceOld, false).of(&fact.key)]),
            None if duty == Duty::Cndp => of_headers(body, procedures),
            None => (Reading::Unknown, Vec::new()),
        };
        Unit::new(Indicator::K5, Subject::Duty(body.clone(), duty), reading).because(causes)
    };
    pairs.map(unit).collect()
}

/// The duty towards the CNDP, as the headers of an administration's procedures tell it: met if all those with personal data
/// give a reference, not known if one gives none (a header that gives none does not say that there is none).
fn of_headers(body: &Name, procedures: &[&Procedure]) -> (Reading, Vec<Cause>) {
    let own = procedures.iter().enumerate().filter(|(_, procedure)| procedure.authority == *body);
    let mut causes = Vec::new();
    let mut is_met = true;
    for (rank, data) in own.filter_map(|(rank, procedure)| Some((rank, procedure.personal_data.as_ref()?))) {
        let what = if data.cndp.is_some() { What::CndpReference } else { What::CndpMissing };
        causes.push(Cause { procedure: Some(rank), ..Cause::new(what, data.cndp.is_some()) });
        is_met &= data.cndp.is_some();
    }
    let reading = if is_met && !causes.is_empty() { Reading::Known(Points::full()) } else { Reading::Unknown };
    (reading, causes)
}
