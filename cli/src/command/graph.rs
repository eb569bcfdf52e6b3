//! `graph`: a flow as a picture.

use std::{fs, process::ExitCode};

use mastara_engine::{
    procedure::{Aspect, ClaimMeasure},
    program::Program,
};

use crate::{
    args::{Graph, GraphFormat},
    catalogue,
    context::Context,
    error::Error,
    graph::{self, Scene, Subject, Way},
    person,
    phrase::Phrases,
};

/// Runs the command.
pub fn run(args: &Graph, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let procedure = &catalogue::find(&compiled, &args.id)?.lowered.procedure;
    let at = args.at.unwrap_or_else(|| context.today());
    let version = catalogue::version(procedure, args.version.as_deref(), at)?;
    let flow = &version.flow;
    let phrases = Phrases { words: &context.words, vocabulary: &compiled.vocabulary, questions: flow.questions() };
    let way = if args.with.is_empty() {
        None
    } else {
        let person = person::read(&args.with, flow, &phrases)?;
        let program = Program::compile(flow).map_err(|_| Error::new("person.unsound", [version.name.as_str()]))?;
        let way = program.witness(&person, ClaimMeasure::Steps, Aspect::Nominal);
        Some(Way::of(flow, &way.map_err(|_| Error::new("person.entangled", [version.name.as_str()]))?))
    };
    let scene = Scene::of(&Subject { procedure, version, phrases, way: way.as_ref() });
    let text = match args.format {
        GraphFormat::Svg => graph::draw(&scene, &context.words)?,
        GraphFormat::Dot => graph::dot(&scene, context.lang),
        GraphFormat::Mermaid => graph::mermaid(&scene, context.lang),
    };
    match &args.output {
        Some(path) => fs::write(path, text).map_err(|error| Error::unwritable(path, &error))?,
        None => context.print(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}
