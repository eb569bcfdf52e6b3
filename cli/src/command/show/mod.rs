//! `show`: the sheet that a person needs.

mod course;
mod maker;
mod papers;
mod sheet;
mod stage;
mod summary;
mod text;
mod titled;

use std::process::ExitCode;

use mastara_engine::{answers::Answers, measure::Measures, procedure::Version};

pub use self::maker::Maker;
use crate::{
    args::{SheetFormat, Show},
    catalogue,
    context::Context,
    error::Error,
    graph::Way,
    person,
    phrase::Phrases,
    template::{Page, render},
};

/// Runs the command.
pub fn run(args: &Show, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue_for(&[&args.id])?;
    let procedure = &catalogue::find(&compiled, &args.id)?.lowered.procedure;
    let at = context.day(args.at);
    let version = catalogue::version(procedure, args.version.as_deref(), at)?;
    let phrases =
        Phrases { words: &context.words, vocabulary: &compiled.vocabulary, questions: version.flow.questions() };
    let person = person::read(&args.with, &version.flow, &phrases)?;
    let (way, measures) = walk(version, &person)?;
    let maker = Maker { compiled: &compiled, procedure, version, phrases, person: &person };
    let sheet = maker.sheet(&way, measures.as_ref(), at);
    match args.format {
        SheetFormat::Json => context.print_json(&sheet)?,
        SheetFormat::Markdown => {
            let page = render(Page::Sheet, titled::Titled::new(&sheet, &context.words))?;
            context.print(&page)?;
        }
        SheetFormat::Text => context.print(&text::text(&sheet, &context.words, context.width))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The ordinary way of a person and their figures. A flow that cannot be measured is shown all the same, without figures,
/// unless it was asked about someone in particular.
pub fn walk(version: &Version, person: &Answers) -> Result<(Way, Option<Measures>), Error> {
    let is_everybody = *person == Answers::everybody();
    match person::walk(version, person) {
        Ok((way, measures)) => Ok((way, Some(measures))),
        Err(_) if is_everybody => Ok((Way::nominal(&version.flow), None)),
        Err(error) => Err(error),
    }
}
