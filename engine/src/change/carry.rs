//! A journal in the terms of another flow.

use super::mapping::Mapping;
use crate::{
    flow::{Flow, NodeId},
    node::NodeKind,
    program::reachable,
    run::Event,
    text::Name,
};

/// The journal of a case as it reads under another flow, nodes, questions and answers by name. What settles nothing any more is
/// left out: an answer to a question that is no longer put, a preference for a paper that is no longer accepted. `None` if
/// something that happened has no name there.
#[must_use]
pub fn carry(journal: &[Event], older: &Flow, newer: &Flow) -> Option<Vec<Event>> {
    let mapping = Mapping::between(older, newer);
    let heir = |node: NodeId| newer.find(older.node(node).name.as_str());
    let mut carried = Vec::with_capacity(journal.len());
    for event in journal {
        carried.push(match event {
            Event::Answered { question, value } => {
                if mapping.forth(*question).is_none() {
                    continue;
                }
                let (question, value) = mapping.answer_forth(*question, *value)?;
                Event::Answered { question, value }
            }
            Event::Preferred { document } if !accepts(newer, document) => continue,
            Event::Preferred { document } => Event::Preferred { document: document.clone() },
            Event::Done { node } => Event::Done { node: heir(*node)? },
            Event::Ruled { node, case } => Event::Ruled { node: heir(*node)?, case: case.clone() },
            Event::Elapsed { node } => Event::Elapsed { node: heir(*node)? },
            Event::Silent { node } => Event::Silent { node: heir(*node)? },
            Event::Withdrawn => Event::Withdrawn,
        });
    }
    Some(carried)
}

/// Whether a step that can be come to accepts a document.
fn accepts(flow: &Flow, document: &Name) -> bool {
    let met = reachable(flow);
    flow.nodes().filter(|(id, _)| met[id.index()]).any(|(_, node)| match &node.kind {
        NodeKind::Step(step) => {
            step.demands.iter().flat_map(|demand| &demand.any_of).any(|paper| paper.document == *document)
        }
        _ => false,
    })
}
