//! K3: papers that an administration issues, that others ask for, and that need not be carried.

use std::collections::BTreeMap;

use crate::{
    Date,
    documents::{Demander, Documents},
    maturity::{Cause, Fact, Indicator, Points, Reading, Subject, Unit, What},
    text::Name,
    vocabulary::Vocabulary,
};

/// K3: for each document that an administration issues and a procedure of another one demands, whether it can be fetched: a
/// version in force fetches it, or a register that is known to be open holds it. If a register holds it and nothing says
/// that it can be asked, it is not known; if none holds it, it cannot. `ranks` are those of the ledger, by identifier.
#[must_use]
pub fn exchange(
    documents: &Documents<'_>,
    vocabulary: &Vocabulary,
    ranks: &BTreeMap<&Name, usize>,
    at: Date,
) -> Vec<Unit> {
    let fetched = fetched(documents, ranks);
    let mut units = Vec::new();
    for (document, uses) in &documents.uses {
        let known = vocabulary.documents.get(document);
        let Some(issuer) = known.and_then(|known| known.issuer.as_ref()) else { continue };
        if vocabulary.authorities.get(issuer).is_none_or(|body| body.is_private) {
            continue;
        }
        let all = uses.usual.iter().chain(&uses.at_times).map(|rank| &documents.procedures[*rank]);
        let others = all.filter(|demander| demander.procedure.authority != *issuer);
        let asked: Vec<Cause> = others.map(|demander| asked(demander, document, ranks)).collect();
        if asked.is_empty() {
            continue;
        }
        let (reading, mut causes) = supply(document, &fetched, vocabulary, at);
        causes.extend(asked);
        let subject = Subject::Document(document.clone(), issuer.clone());
        units.push(Unit::new(Indicator::K3, subject, reading).because(causes));
    }
    units
}

/// The first demand of a document by a procedure.
fn asked(demander: &Demander<'_>, document: &Name, ranks: &BTreeMap<&Name, usize>) -> Cause {
    let cause = Cause { procedure: ranks.get(&demander.procedure.id).copied(), ..Cause::new(What::AskedFor, false) };
    let mut demands = demander.version.flow.nodes().flat_map(|(id, node)| {
        let demands = node.step().into_iter().flat_map(|step| step.demands.iter().enumerate());
        demands.map(move |(rank, demand)| (id, rank, demand))
    });
    let first = demands.find(|(.., demand)| demand.any_of.iter().any(|paper| paper.document == *document));
    match first {
        Some((id, rank, _)) => cause.at_fact(id, Fact::Demand(rank)),
        None => cause,
    }
}

/// Documents that some version in force fetches, with the first place of each.
fn fetched(documents: &Documents<'_>, ranks: &BTreeMap<&Name, usize>) -> BTreeMap<Name, Cause> {
    let mut fetched = BTreeMap::new();
    for demander in &documents.procedures {
        let steps = demander.version.flow.nodes().filter_map(|(id, node)| Some((id, node.step()?)));
        for (id, step) in steps {
            for (rank, exchange) in step.exchanges.iter().enumerate() {
                let cause = Cause {
                    procedure: ranks.get(&demander.procedure.id).copied(),
                    ..Cause::new(What::Fetched, true).at_fact(id, Fact::Exchange(rank)).of(&exchange.register)
                };
                for document in &exchange.documents {
                    fetched.entry(document.clone()).or_insert_with(|| cause.clone());
                }
            }
        }
    }
    fetched
}

fn supply(
    document: &Name,
    fetched: &BTreeMap<Name, Cause>,
    vocabulary: &Vocabulary,
    at: Date,
) -> (Reading, Vec<Cause>) {
    if let Some(cause) = fetched.get(document) {
        return (Reading::Known(Points::full()), vec![cause.clone()]);
    }
    let holding = || vocabulary.registers.iter().filter(|(_, register)| register.supplies.contains(document));
    let is_open = |since: Option<Date>| since.is_some_and(|since| since <= at);
    if let Some((name, _)) = holding().find(|(_, register)| !register.estimated && is_open(register.since)) {
        return (Reading::Known(Points::full()), vec![Cause::new(What::Registered, true).of(name)]);
    }
    // A register that opens later cannot be asked yet; of one without a date nobody knows.
    match holding().find(|(_, register)| register.since.is_none_or(|since| since <= at) && register.planned.is_none()) {
        Some((name, _)) => (Reading::Unknown, vec![Cause::new(What::RegisterUnsure, false).of(name)]),
        None => (Reading::Known(Points::none()), Vec::new()),
    }
}
