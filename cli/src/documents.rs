//! The papers that the procedures of a catalogue demand of one another, at a date.

use mastara_engine::{
    answers::Answers,
    documents::{Demander, Documents},
    program::Program,
    vocabulary::Vocabulary,
};
use rayon::prelude::*;

use crate::survey::{Line, Survey};

/// The graph over the versions in force that could be measured.
pub fn documents<'c>(survey: &Survey<'c>, vocabulary: &Vocabulary) -> Documents<'c> {
    Documents::new(survey.lines.par_iter().filter_map(demander).collect(), vocabulary)
}

fn demander<'c>(line: &Line<'c>) -> Option<Demander<'c>> {
    let program = Program::compile(&line.version.flow).ok()?;
    let usual = program.nominal_papers(&Answers::everybody()).ok()?;
    Some(Demander { procedure: line.procedure, version: line.version, usual, listed: line.now.listed.clone() })
}
