//! The ordinary way of a person, and what it asks.

use mastara_engine::{
    answers::Answers,
    measure::Measures,
    procedure::{Aspect, ClaimMeasure, Version},
    program::Program,
};

use crate::{error::Error, graph::Way};

/// The nominal way of a person through a version, and their figures.
pub fn walk(version: &Version, person: &Answers) -> Result<(Way, Measures), Error> {
    let name = version.name.as_str();
    let entangled = |_| Error::new("person.entangled", [name]);
    let program = Program::compile(&version.flow).map_err(|_| Error::new("person.unsound", [name]))?;
    let measures = program.measure(person).map_err(entangled)?;
    if !measures.is_feasible && !version.flow.is_empty() {
        return Err(Error::new("person.no-way", [name]));
    }
    let taken = program.witness(person, ClaimMeasure::Steps, Aspect::Nominal).map_err(entangled)?;
    Ok((Way::of(&version.flow, &taken), measures))
}
