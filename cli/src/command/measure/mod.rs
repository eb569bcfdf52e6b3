//! `measure`: all measures of all versions of some procedures, or a line for each procedure.

mod csv;
mod deep;
mod marks;
mod overview;
mod rows;
mod sheet;

use std::process::ExitCode;

use mastara_engine::{Date, measure::Measures, procedure::Procedure};
use rayon::prelude::*;

pub use self::{
    marks::Marks,
    rows::{Row, rounded, rows},
};
use crate::{
    args::{Measure, TableFormat},
    catalogue,
    context::Context,
    error::Error,
    measured::{Unmeasured, measure},
    view::measures::{MeasuresView, ProcedureView},
};

/// A procedure, with what was measured of each of its versions in their order.
struct Measured<'c> {
    procedure: &'c Procedure,
    versions: Vec<Result<Measures, Unmeasured>>,
}

/// Runs the command. A version that cannot be measured says why and is no failure: `check` is for that.
pub fn run(args: &Measure, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue_for(&args.ids)?;
    let at = context.day(args.at);
    if args.deep {
        return deep::run(args, &compiled, at, context);
    }
    let mut procedures = Vec::new();
    if args.ids.is_empty() {
        procedures.extend(compiled.procedures());
    }
    for id in &args.ids {
        procedures.push(&catalogue::find(&compiled, id)?.lowered.procedure);
    }
    if let Some(name) = &args.version {
        // Of a version that a procedure lacks, those that it has are told.
        procedures.iter().try_for_each(|procedure| catalogue::version(procedure, Some(name), at).map(drop))?;
    }
    procedures.sort_by(|a, b| a.id.cmp(&b.id));
    procedures.dedup_by(|a, b| a.id == b.id);
    let measured: Vec<_> = procedures.into_par_iter().map(measure_all).collect();
    let only = args.version.as_deref();
    let text = match args.format {
        TableFormat::Json => {
            context.print_json(&view(&measured, at, only))?;
            return Ok(ExitCode::SUCCESS);
        }
        TableFormat::Csv => csv::table(&view(&measured, at, only)),
        TableFormat::Text if args.ids.is_empty() => overview::overview(&measured, at, &compiled.vocabulary, context),
        TableFormat::Text => {
            measured.iter().map(|measured| sheet::sheet(measured, at, only, &compiled, context)).collect()
        }
    };
    context.print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn measure_all(procedure: &Procedure) -> Measured<'_> {
    Measured { procedure, versions: procedure.versions.iter().map(measure).collect() }
}

fn view(measured: &[Measured<'_>], at: Date, only: Option<&str>) -> MeasuresView {
    let procedure = |measured: &Measured<'_>| {
        let mut view = ProcedureView::new(measured.procedure, &measured.versions, at);
        view.versions.retain(|version| only.is_none_or(|name| version.id == name));
        view
    };
    MeasuresView { at: at.to_string(), procedures: measured.iter().map(procedure).collect() }
}
