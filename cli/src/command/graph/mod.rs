//! `graph`: a flow as a picture, or the papers that procedures demand of one another.

mod documents;

use std::{fs, process::ExitCode};

use clap::ValueEnum;

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
    let Some(id) = &args.id else { return documents::run(args, context) };
    let format = args.format.unwrap_or(GraphFormat::Svg);
    let compiled = context.catalogue_for(&[id])?;
    let procedure = &catalogue::find(&compiled, id)?.lowered.procedure;
    let at = context.day(args.at);
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
    let text = match format {
        GraphFormat::Svg => graph::draw(&scene, &context.words)?,
        GraphFormat::Dot => graph::dot(&scene, context.lang),
        GraphFormat::Mermaid => graph::mermaid(&scene, context.lang),
        GraphFormat::Text | GraphFormat::Json => return Err(unfit(format, "svg, dot, mermaid")),
    };
    write(&text, args, context)
}

/// Writes the output where it is wanted.
fn write(text: &str, args: &Graph, context: &Context) -> Result<ExitCode, Error> {
    match &args.output {
        Some(path) => fs::write(path, text).map_err(|error| Error::unwritable(path, &error))?,
        None => context.print(text)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A format that what is drawn does not have.
fn unfit(format: GraphFormat, fit: &str) -> Error {
    let name = format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    Error::new("error.graph-format", [&name, fit])
}
