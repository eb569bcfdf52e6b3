//! A way as an example.

use super::search::Trial;
use crate::{
    answers::Answers,
    flow::{Flow, NodeId},
    node::NodeKind,
    procedure::Example,
    program::Program,
    run::{Walk, run},
    text::{Name, Text},
};

/// The example of a person and their way. The papers told are those that a person who prefers them brings.
pub(super) fn of(flow: &Flow, program: &Program, trial: &Trial, walk: &Walk) -> Example {
    let name = |id: NodeId| flow.node(id).name.clone();
    let is_told = |id: &NodeId| !matches!(flow.node(*id).kind, NodeKind::Fork | NodeKind::Outcome(_));
    let passes: Vec<Name> = walk.passes.iter().copied().filter(is_told).map(name).collect();
    let mut example = Example {
        title: Text::default(),
        answers: trial.values.iter().map(|(question, value)| (*question, *value)).collect(),
        rulings: trial.rulings.iter().map(|(node, cases)| (name(*node), cases.clone())).collect(),
        passes: (!passes.is_empty()).then_some(passes),
        brings: None,
        ends: Some(name(walk.ends)),
    };
    example.brings = papers(flow, program, &example, walk);
    example
}

/// The papers, once telling them changes nothing any more: of several accepted ones, those that are told are preferred.
fn papers(flow: &Flow, program: &Program, example: &Example, walk: &Walk) -> Option<Vec<(Name, u32)>> {
    let mut brings = walk.brings.clone();
    for _ in 0..=brings.len() {
        let told = brings.iter().map(|(name, sheets)| Some((name.clone(), u32::try_from(*sheets).ok()?)));
        let told = told.collect::<Option<Vec<_>>>().filter(|told| !told.is_empty())?;
        let told = Example { brings: Some(told), ..example.clone() };
        let again = run(program, &Answers::of_example(flow, &told)).ok()?.brings;
        if again == brings {
            return told.brings;
        }
        brings = again;
    }
    None
}
