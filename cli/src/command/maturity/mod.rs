//! `maturity`: the index of digital maturity of the State, its administrations, sectors and life events, and why; or the
//! catalogue by the frameworks of others (`--lens`).

mod csv;
pub mod lens;
mod mark;
mod overview;
mod place;
mod record;
mod scope;
mod svg;
mod why;

use std::{fs, path::Path, process::ExitCode};

use mastara_dsl::{message, source::Source, words};
use mastara_engine::maturity::{Indicator, Settings, stability::Stability};

use crate::{
    args::{Maturity, PictureFormat},
    context::{self, Context},
    error::Error,
    view::maturity as view,
};

pub use self::{
    record::Record,
    scope::{id as scope_id, kind as scope_kind},
    why::{Reason, Why, reasons},
};

/// Runs the command.
pub fn run(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    if args.lens.is_some() {
        return lens::run(args, context);
    }
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let settings = match &args.weights {
        Some(file) => weights(file, &compiled.vocabulary.maturity, context)?,
        None => compiled.vocabulary.maturity.clone(),
    };
    let record = Record::new(&compiled, at, settings);
    // The scope may stand behind `--why` or by itself.
    let scope = args.why.as_deref().filter(|word| !word.is_empty()).or(args.scope.as_deref());
    let is_opened = scope.is_some() || args.why.is_some() || args.indicator.is_some();
    let text = match scope {
        _ if !is_opened => whole(args, &record, context)?,
        word => opened(word.unwrap_or("etat"), args, &record, context)?,
    };
    match &args.output {
        Some(file) => fs::write(file, text).map_err(|error| Error::unwritable(file, &error))?,
        None if args.format == PictureFormat::Text => context.print(&text)?,
        None => context.print_exactly(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn whole(args: &Maturity, record: &Record<'_>, context: &Context) -> Result<String, Error> {
    let ranked = record.ranked();
    let stability = args.stability.then(|| {
        let scores: Vec<_> = ranked.iter().map(|(_, _, index)| index).collect();
        Stability::new(&scores, usize::try_from(args.draws).unwrap_or(usize::MAX), args.seed)
    });
    let stability = stability.flatten();
    Ok(match args.format {
        PictureFormat::Text => overview::text(record, &ranked, stability.as_ref(), args.all, context),
        PictureFormat::Json => context::json(&view::whole(record, &ranked, stability.as_ref(), args.seed))? + "\n",
        PictureFormat::Csv => csv::table(&view::whole(record, &ranked, stability.as_ref(), args.seed)),
        PictureFormat::Svg => svg::svg(record, &ranked, context)?,
    })
}

fn opened(word: &str, args: &Maturity, record: &Record<'_>, context: &Context) -> Result<String, Error> {
    let scope = scope::parse(word, record)?;
    let known = Indicator::ALL.map(Indicator::code);
    let indicator = args.indicator.as_deref().map(|code| {
        Indicator::from_code(code).ok_or_else(|| Error::unknown("error.indicator", code, known.into_iter()))
    });
    let why = Why { scope, indicator: indicator.transpose()?, all: args.all };
    match args.format {
        PictureFormat::Text => Ok(why::text(&why, record, context)),
        PictureFormat::Json => Ok(context::json(&view::why(&why, record, context))? + "\n"),
        PictureFormat::Csv | PictureFormat::Svg => Err(Error::new("error.why-format", [])),
    }
}

/// The settings of the catalogue with those of a file over them.
fn weights(file: &Path, usual: &Settings, context: &Context) -> Result<Settings, Error> {
    let bytes = fs::read(file).map_err(|error| Error::unreadable(file, &error))?;
    let source = Source::new(file, &bytes);
    let mut settings = usual.clone();
    match words::read_settings(&source, &mut settings).first() {
        Some(finding) => {
            let (line, _) = source.position(finding.span.start);
            let said = message::message(finding, context.lang);
            Err(Error::new("error.weights", [&format!("{}:{line}", source.name()), &said.text]))
        }
        None => Ok(settings),
    }
}
