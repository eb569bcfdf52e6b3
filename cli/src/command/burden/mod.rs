//! `burden`: what procedures cost people in hours and dirhams, by the Standard Cost Model.

mod account;
mod one;
mod text;

use std::process::ExitCode;

pub use self::account::{Account, Case, Marks, Row, Total};

use crate::{
    args::{Burden, PlainFormat},
    catalogue,
    context::Context,
    error::Error,
    survey::Survey,
    view::burden::{BurdenView, OneView},
};

/// Runs the command.
pub fn run(args: &Burden, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue_for(&args.id.iter().collect::<Vec<_>>())?;
    let at = context.day(args.at);
    let parameters = &compiled.vocabulary.burden;
    if parameters.is_empty() {
        return Err(Error::new("error.no-prices", []));
    }
    let survey = Survey::new(&compiled, at);
    let Some(id) = &args.id else {
        let account = Account::new(&survey, parameters);
        match args.format {
            PlainFormat::Json => context.print_json(&BurdenView::new(at.to_string(), &account, parameters))?,
            PlainFormat::Text => {
                let page =
                    text::Page { account: &account, vocabulary: &compiled.vocabulary, at, all: args.all, context };
                context.print(&page.text())?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    let procedure = &catalogue::find(&compiled, id)?.lowered.procedure;
    catalogue::version(procedure, None, at)?;
    let unmeasured = || Error::new("error.not-measured", [procedure.id.as_str()]);
    let line = survey.lines.iter().find(|line| line.procedure.id == procedure.id).ok_or_else(unmeasured)?;
    let row = Row::new(line, parameters).ok_or_else(|| Error::new("error.no-tariff", [procedure.id.as_str()]))?;
    match args.format {
        PlainFormat::Json => context.print_json(&OneView::new(at.to_string(), &row, parameters))?,
        PlainFormat::Text => context.print(&one::text(&row, parameters, context))?,
    }
    Ok(ExitCode::SUCCESS)
}
