//! K3: papers that an administration issues, that others ask for, and that need not be carried.

use std::collections::BTreeMap;

use crate::{
    Date,
    documents::{Demander, Documents},
    maturity::{Cause, Fact, Indicator, Points, Reading, Subject, Unit, What},
    node::Provenance,
    text::Name,
    vocabulary::Vocabulary,
};

/// K3: for each document that an administration issues and a procedure of another one demands, whether it can be fetched: a
/// version in force fetches it, or a register that is known to be open holds it. If a register holds it and nothing says
/// that it can be asked, it is not known; if none holds it, it cannot. An estimate where the exchange that counts, or every
/// demand, stands in a flow that nobody has recorded. `ranks` are those of the ledger, by identifier.
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
        let others: Vec<&Demander<'_>> = others.collect();
        if others.is_empty() {
            continue;
        }
        let (reading, mut causes, is_rebuilt) = supply(document, &fetched, vocabulary, at);
        causes.extend(others.iter().map(|demander| asked(demander, document, ranks)));
        let is_estimated = is_rebuilt || others.iter().all(|demander| is_rebuilt_flow(demander));
        let subject = Subject::Document(document.clone(), issuer.clone());
        units.push(Unit::new(Indicator::K3, subject, reading).estimated(is_estimated).because(causes));
    }
    units
}

/// Whether nobody has recorded the flow of a procedure.
fn is_rebuilt_flow(demander: &Demander<'_>) -> bool {
    demander.version.provenance == Provenance::Reconstructed
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

/// Documents that some version in force fetches, with the first place of each, in a flow that somebody has recorded if there is
/// one; and whether there is none.
fn fetched(documents: &Documents<'_>, ranks: &BTreeMap<&Name, usize>) -> BTreeMap<Name, (Cause, bool)> {
    let mut fetched = BTreeMap::new();
    let (rebuilt, recorded): (Vec<_>, Vec<_>) =
        documents.procedures.iter().partition(|demander| is_rebuilt_flow(demander));
    for demander in recorded.into_iter().chain(rebuilt) {
        let steps = demander.version.flow.nodes().filter_map(|(id, node)| Some((id, node.step()?)));
        for (id, step) in steps {
            for (rank, exchange) in step.exchanges.iter().enumerate() {
                let cause = Cause {
                    procedure: ranks.get(&demander.procedure.id).copied(),
                    ..Cause::new(What::Fetched, true).at_fact(id, Fact::Exchange(rank)).of(&exchange.register)
                };
                for document in &exchange.documents {
                    let at = || (cause.clone(), is_rebuilt_flow(demander));
                    fetched.entry(document.clone()).or_insert_with(at);
                }
            }
        }
    }
    fetched
}

fn supply(
    document: &Name,
    fetched: &BTreeMap<Name, (Cause, bool)>,
    vocabulary: &Vocabulary,
    at: Date,
) -> (Reading, Vec<Cause>, bool) {
    if let Some((cause, is_rebuilt)) = fetched.get(document).filter(|(_, is_rebuilt)| !is_rebuilt) {
        return (Reading::Known(Points::full()), vec![cause.clone()], *is_rebuilt);
    }
    let holding = || vocabulary.registers.iter().filter(|(_, register)| register.supplies.contains(document));
    let is_open = |since: Option<Date>| since.is_some_and(|since| since <= at);
    if let Some((name, _)) = holding().find(|(_, register)| !register.estimated && is_open(register.since)) {
        return (Reading::Known(Points::full()), vec![Cause::new(What::Registered, true).of(name)], false);
    }
    if let Some((cause, is_rebuilt)) = fetched.get(document) {
        return (Reading::Known(Points::full()), vec![cause.clone()], *is_rebuilt);
    }
    // A register that opens later cannot be asked yet; of one without a date nobody knows.
    match holding().find(|(_, register)| register.since.is_none_or(|since| since <= at) && register.planned.is_none()) {
        Some((name, _)) => (Reading::Unknown, vec![Cause::new(What::RegisterUnsure, false).of(name)], false),
        None => (Reading::Known(Points::none()), Vec::new(), false),
    }
}
