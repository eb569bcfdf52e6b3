//! `report`: how much of the catalogue is paperless at a date, where, and what it changed. The main job.

pub mod bar;
mod change;
mod csv;
mod groups;
mod json;
mod text;

use std::process::ExitCode;

pub use self::{bar::bar, groups::audience_key};

use crate::{
    args::{Report, TableFormat},
    context::Context,
    error::Error,
    survey::Survey,
};

/// Runs the command.
pub fn run(args: &Report, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let survey = Survey::new(&compiled, at);
    match args.format {
        TableFormat::Text => context.print(&text::text(&survey, &compiled.vocabulary, args.all, context))?,
        TableFormat::Json => context.print_json(&json::view(&survey, &compiled.vocabulary))?,
        TableFormat::Csv => context.print_exactly(&csv::table(&json::view(&survey, &compiled.vocabulary)))?,
    }
    // The process ends: taking the whole catalogue apart would only take time.
    drop(survey);
    std::mem::forget(compiled);
    Ok(ExitCode::SUCCESS)
}
