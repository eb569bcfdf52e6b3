//! `graph`: a flow as a picture.

use std::{fs, process::ExitCode};

use crate::{
    args::{Graph, GraphFormat},
    catalogue,
    context::Context,
    error::Error,
    graph::{self, Scene, Subject},
    person,
    phrase::Phrases,
};

/// Runs the command.
pub fn run(args: &Graph, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue_for(&[&args.id])?;
    let procedure = &catalogue::find(&compiled, &args.id)?.lowered.procedure;
    let at = args.at.unwrap_or_else(|| context.today());
    let version = catalogue::version(procedure, args.version.as_deref(), at)?;
    let flow = &version.flow;
    let phrases = Phrases { words: &context.words, vocabulary: &compiled.vocabulary, questions: flow.questions() };
    let way = if args.with.is_empty() {
        None
    } else {
        let person = person::read(&args.with, flow, &phrases)?;
        Some(person::walk(version, &person)?.0)
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
