//! The papers that the procedures of a catalogue demand of one another, at a date.

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    Date,
    answers::Answers,
    documents::{Demander, Documents},
    procedure::Procedure,
    program::Program,
};
use rayon::prelude::*;

/// The graph over the versions in force; those that cannot be measured are left out, as in every report.
pub fn documents(compiled: &Compiled, at: Date) -> Documents<'_> {
    let procedures: Vec<&Procedure> = compiled.procedures().collect();
    let found: Vec<_> = procedures.par_iter().filter_map(|procedure| demander(procedure, at)).collect();
    Documents::new(found, &compiled.vocabulary)
}

fn demander(procedure: &Procedure, at: Date) -> Option<Demander<'_>> {
    let version = procedure.in_force(at)?;
    let program = Program::compile(&version.flow).ok()?;
    let everybody = Answers::everybody();
    let listed = program.measure(&everybody).ok()?.listed;
    let usual = program.nominal_papers(&everybody).ok()?;
    Some(Demander { procedure, version, usual, listed })
}
