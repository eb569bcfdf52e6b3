//! `whatif`: changes put on the whole catalogue, and what they do to it.

mod impact;
mod text;
mod totals;
mod why;

use std::process::ExitCode;

use mastara_dsl::{
    compile::Compiled,
    disk,
    finding::Findings,
    message::message,
    reform::{self, Reform},
    source::{SourceId, Span},
};

pub use self::{
    impact::{Impact, Line, kind},
    totals::{SUMMED, Totals},
};
use crate::{
    args::{Changes, PlainFormat, Whatif},
    catalogue,
    context::Context,
    error::Error,
    excerpt::excerpt,
    view::{
        findings::FindingView,
        whatif::{WhatifView, WhyView},
    },
};

/// Runs the command: exit code 1 if the file of changes has a mistake.
pub fn run(args: &Whatif, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let Some(reform) = reform(&args.changes, &compiled, context)? else { return Ok(ExitCode::from(1)) };
    let at = context.day(args.at);
    if let Some(id) = &args.why {
        return why(id, &reform, at, &compiled, args.format, context);
    }
    let impact = Impact::new(&compiled, reform.title, reform.changes, at, args.law);
    match args.format {
        PlainFormat::Text => context.print(&text::text(&impact, &compiled.vocabulary, args.all, context))?,
        PlainFormat::Json => context.print_json(&WhatifView::new(&impact, &compiled.vocabulary))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// One procedure before and after, node by node.
fn why(
    id: &str,
    reform: &Reform,
    at: mastara_engine::Date,
    compiled: &Compiled,
    format: PlainFormat,
    context: &Context,
) -> Result<ExitCode, Error> {
    let entry = catalogue::find(compiled, id)?;
    let procedure = &entry.lowered.procedure;
    let version = catalogue::version(procedure, None, at)?;
    let line = Line::new(entry, compiled, &reform.changes, at).and_then(Result::ok);
    let line = line.ok_or_else(|| Error::new("whatif.not-measured", [procedure.id.as_str(), version.name.as_str()]))?;
    match format {
        PlainFormat::Text => context.print(&why::text(&line, &compiled.vocabulary, context))?,
        PlainFormat::Json => context.print_json(&WhyView::new(&line, compiled, context))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The changes asked for; `None` if the file of changes has a mistake, which is shown.
fn reform(args: &Changes, compiled: &Compiled, context: &Context) -> Result<Option<Reform>, Error> {
    let mut reform = Reform::default();
    if let Some(path) = &args.file {
        let source = disk::read_file(path).map_err(|error| Error::unreadable(path, &error))?;
        let (read, findings) = reform::read(SourceId(u32::MAX), &source, compiled);
        for finding in &findings {
            let shown = FindingView::of_source(finding, &source, source.name(), context.lang);
            context.warn(&excerpt(&shown, finding, &source, context));
        }
        if !findings.is_empty() {
            return Ok(None);
        }
        if read.changes.is_empty() {
            return Err(Error::new("whatif.empty", [&format!("{}:1", source.name())]));
        }
        reform = read;
    }
    for (option, kind, text) in args.given() {
        let mut findings = Findings::new(SourceId(u32::MAX));
        let change = reform::change(kind, text, Span::default(), compiled, &mut findings);
        if let Some(finding) = findings.into_vec().first() {
            let told = message(finding, context.lang);
            let suggestion = finding.suggestion.clone();
            return Err(Error { suggestion, ..Error::new("whatif.wrong", [&format!("{option} {text}"), &told.text]) });
        }
        reform.changes.extend(change);
    }
    if reform.changes.is_empty() {
        return Err(Error::new("whatif.nothing", []));
    }
    Ok(Some(reform))
}
