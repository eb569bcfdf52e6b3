//! `catalog`: the catalogue as a whole.

mod json;
mod lists;
mod stats;
mod text;

use std::process::ExitCode;

use crate::{
    args::{Catalog, CatalogCommand, PlainFormat, Stats},
    context::Context,
    documents::documents,
    error::Error,
    survey::Survey,
};

/// Runs the command.
pub fn run(args: &Catalog, context: &Context) -> Result<ExitCode, Error> {
    match &args.command {
        CatalogCommand::Stats(args) => run_stats(args, context),
    }
}

fn run_stats(args: &Stats, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let survey = Survey::new(&compiled, at);
    let documents = documents(&survey, &compiled.vocabulary);
    let stats = stats::Stats::new(&compiled, &survey, &documents);
    match args.format {
        PlainFormat::Text => context.print(&text::text(&stats, args.all, context))?,
        PlainFormat::Json => context.print_json(&json::view(&stats))?,
    }
    Ok(ExitCode::SUCCESS)
}
