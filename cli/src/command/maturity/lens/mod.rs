//! `maturity --lens`: the catalogue, or a table of answers, through the frameworks of others.

pub mod eu;
pub mod fr;
mod place;
mod scope;
mod table;
pub mod unctad;

use std::{
    collections::BTreeMap,
    io::{self, Read as _},
    path::Path,
    process::ExitCode,
};

use mastara_dsl::compile::Compiled;

use crate::{
    args::{Lens, Maturity, PictureFormat, TableFormat},
    context::Context,
    error::Error,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::count,
};

pub use self::place::{Place, places_of};
pub use self::scope::{Looked, Scope};
pub use self::table::{Mistake, Row, Table};

/// Runs the lens that is asked for.
pub fn run(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    match args.lens {
        Some(Lens::Fr) => fr::run(args, context),
        Some(Lens::Unctad) => unctad::run(args, context),
        Some(Lens::Eu) | None => eu::run(args, context),
    }
}

/// The form of the output; a lens draws no picture.
fn format(args: &Maturity) -> Result<TableFormat, Error> {
    match args.format {
        PictureFormat::Text => Ok(TableFormat::Text),
        PictureFormat::Json => Ok(TableFormat::Json),
        PictureFormat::Csv => Ok(TableFormat::Csv),
        PictureFormat::Svg => Err(Error::new("error.lens-svg", [])),
    }
}

/// What people call things, by identifier.
type Labels = BTreeMap<String, String>;

/// What people call authorities.
fn authorities(compiled: &Compiled, context: &Context) -> Labels {
    let all = compiled.vocabulary.authorities.iter();
    all.map(|(id, known)| (id.to_string(), context.title(&known.title).to_owned())).collect()
}

/// What people call this; its identifier where nothing is known of it.
fn label(labels: &Labels, id: &str, context: &Context) -> String {
    labels.get(id).cloned().unwrap_or_else(|| context.words.id(id))
}

/// How many mistakes of a table are told one by one.
const TOLD: usize = 20;

/// Reads a table with `understand`; what is wrong with it is told on the standard error, and there is no table then.
fn answers<T>(
    path: &Path,
    context: &Context,
    understand: impl FnOnce(&[u8]) -> Result<T, Vec<Mistake>>,
) -> Result<Option<T>, Error> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Error::unreadable(path, &error))?;
        bytes
    } else {
        std::fs::read(path).map_err(|error| Error::unreadable(path, &error))?
    };
    let mistakes = match understand(&bytes) {
        Ok(table) => return Ok(Some(table)),
        Err(mistakes) => mistakes,
    };
    let words = &context.words;
    let label = paint(Tone::Bad, words.get("error"));
    let name = path.to_string_lossy();
    for mistake in mistakes.iter().take(TOLD) {
        let place = match mistake.column {
            Some(column) => format!("{name}:{}:{column}", mistake.line),
            None => format!("{name}:{}", mistake.line),
        };
        let args: Vec<_> = mistake.args.iter().map(|arg| words.id(arg)).collect();
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        let sentence = words.fill("lens.answered", &[&words.id(&place), &words.fill(mistake.key, &args)]);
        context.warn(&format!("{label} {sentence}\n"));
    }
    let rest = mistakes.len().saturating_sub(TOLD);
    context.warn(&context.more("lens.table.more", rest));
    Ok(None)
}

/// The lines that an answer rests on, one a line: `FILE:LINE  what stands there`.
fn places(places: &[Place], context: &Context) -> String {
    let mut text = String::new();
    for place in places {
        let at = context.words.id(&format!("{}:{}", place.file, place.line));
        // The file may be copied: it is never broken. What stands there is set in under it, word by word.
        let line = wrap(&format!("      {at} {}", place.text), context.width, 8);
        let (head, rest) = line.split_at(6 + at.len());
        text.push_str(&format!("      {}{}", paint(Tone::Accent, head.trim_start()), paint(Tone::Faint, rest)));
    }
    text
}

/// What the page of a lens begins with: its title, how many services, of which day.
fn opening(title: &str, services: usize, at: Option<&String>, context: &Context) -> String {
    let words = &context.words;
    let mut summary = words.plural("lens.services", count(services), &context.figures().count(services));
    if let Some(at) = at {
        summary = words.fill("lens.eu.heading", &[&words.fill("lens.eu.of-day", &[at]), &summary]);
    }
    paint(Tone::Strong, &wrap(title, context.width, 0)) + &wrap(&summary, context.width, 0)
}

/// How many procedures are left out because they cannot be measured, if any are.
fn left_out(unmeasured: usize, context: &Context) -> String {
    if unmeasured == 0 {
        return String::new();
    }
    let left = context.words.plural("lens.unmeasured", count(unmeasured), &context.figures().count(unmeasured));
    wrap(&left, context.width, 0)
}
