//! The papers of two versions: gone, still asked for, added.

use mastara_engine::{node::NodeKind, text::Name};

use super::Side;
use crate::{
    person::possible,
    view::{
        comparison::{GoneView, PapersView},
        sheet::Named,
    },
};

/// The papers that some way of the person demands, compared.
pub fn papers(older: &Side<'_>, newer: &Side<'_>) -> PapersView {
    let (before, after) = (&older.measures.listed, &newer.measures.listed);
    let named = |side: &Side<'_>, name: &Name| Named { id: name.to_string(), title: side.phrases.document(name) };
    let gone = |name: &Name| GoneView {
        id: name.to_string(),
        title: older.phrases.document(name),
        fetched_from: register(newer, name),
    };
    PapersView {
        gone: before.iter().filter(|name| !after.contains(name)).map(gone).collect(),
        still: before.iter().filter(|name| after.contains(name)).map(|name| named(older, name)).collect(),
        added: after.iter().filter(|name| !before.contains(name)).map(|name| named(newer, name)).collect(),
    }
}

/// The register from which the administration fetches a document for the person.
fn register(side: &Side<'_>, document: &Name) -> Option<Named> {
    let flow = &side.version.flow;
    for id in possible::nodes(flow, &side.person) {
        let NodeKind::Step(step) = &flow.node(id).kind else { continue };
        let exchange = step.exchanges.iter().find(|exchange| {
            let is_open = exchange.when.as_ref().is_none_or(|when| possible::holds(when, &side.person) != Some(false));
            is_open && exchange.documents.contains(document)
        });
        if let Some(exchange) = exchange {
            let registers = &side.phrases.vocabulary.registers;
            let title = side.phrases.noun(registers, &exchange.register, |register| &register.title);
            return Some(Named { id: exchange.register.to_string(), title });
        }
    }
    None
}
