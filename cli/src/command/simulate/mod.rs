//! `simulate`: many people at once, with a calendar, legal clocks, and officers if they are limited.

mod bars;
mod outcome;
mod progress;
mod setup;
mod text;

use std::process::ExitCode;

use mastara_engine::{
    calendar::{Calendar, Rules},
    program::Program,
    simulate::{Batch, Settings, Simulation},
};
use rayon::prelude::*;

use self::progress::Progress;
pub use self::{
    bars::{Bin, bins},
    outcome::{DAY, Office, Outcome, margin},
};
use crate::{
    args::{PlainFormat, Simulate},
    catalogue,
    context::Context,
    error::Error,
    person,
    phrase::Phrases,
    view::simulation::SimulationView,
};

/// Days that the calendar holds: forty years.
const DAYS: usize = 14_610;
/// Cases that one thread simulates at a time.
const CHUNK: u64 = 1 << 14;

/// Runs the command.
pub fn run(args: &Simulate, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue_for(&[&args.id])?;
    let procedure = &catalogue::find(&compiled, &args.id)?.lowered.procedure;
    let at = context.day(args.at);
    let from = args.from.unwrap_or(at);
    let version = catalogue::version(procedure, args.version.as_deref(), at)?;
    let flow = &version.flow;
    let phrases = Phrases { words: &context.words, vocabulary: &compiled.vocabulary, questions: flow.questions() };
    let everybody = person::read(&args.with, flow, &phrases)?;
    let rules = Rules::of(&compiled.vocabulary).ok_or_else(|| Error::new("simulate.no-hours", []))?;
    let calendar = Calendar::new(from, DAYS, &rules);
    let settings = setup::settings(args, procedure, &calendar)?;
    let program = Program::compile(flow).map_err(|_| Error::new("simulate.unsound", [procedure.id.as_str()]))?;
    let measures =
        program.measure(&everybody).map_err(|_| Error::new("simulate.entangled", [procedure.id.as_str()]))?;
    let simulation = Simulation::new((&program, flow), &everybody, &procedure.authority, &calendar, settings.clone())
        .map_err(|refused| setup::error(&refused))?;
    let batch = simulate(&simulation, &settings, args.cases, context)?;
    let outcome = Outcome {
        procedure,
        version,
        from,
        cases: args.cases,
        settings: &settings,
        authorities: simulation.authorities(),
        measures: &measures,
        batch: &batch,
    };
    match args.format {
        PlainFormat::Text => context.print(&text::text(&outcome, &phrases, args.all, context))?,
        PlainFormat::Json => context.print_json(&SimulationView::new(&outcome))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Simulates all cases: with officers one after the other, without them on all threads. Neither changes what comes out.
fn simulate(simulation: &Simulation<'_>, settings: &Settings, cases: u64, context: &Context) -> Result<Batch, Error> {
    if cases == 0 {
        return Err(setup::error(&mastara_engine::simulate::Refused::NoCase));
    }
    let progress = Progress::new(cases, context);
    let batch = if settings.offices.is_some() {
        simulation.queued(cases, &mut |done| progress.at(done)).map_err(|refused| setup::error(&refused))?
    } else {
        let chunk = |number: u64| {
            let batch = simulation.alone(number * CHUNK, CHUNK, cases);
            progress.more(CHUNK);
            batch
        };
        let chunks = (0..cases.div_ceil(CHUNK)).into_par_iter().map(chunk);
        let all = chunks.reduce_with(|mut all, more| {
            all.absorb(more);
            all
        });
        all.unwrap_or_else(|| simulation.alone(0, 0, cases))
    };
    progress.end();
    batch.check(cases).map_err(|refused| setup::error(&refused))?;
    Ok(batch)
}
