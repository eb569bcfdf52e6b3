//! `new`: a valid draft from a few answers, or from a row of an inventory.

mod ask;
mod draft;
mod file;
mod lexicon;
mod moment;
mod reply;
mod row;

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use mastara_dsl::{
    compile::{self, Compiled},
    finding::Severity,
    source::Source,
};
use mastara_engine::text::Name;

use self::{draft::Draft, file::Writer, reply::Replies, row::Row};
use crate::{args::New, catalogue, context::Context, error::Error, paragraph::wrap};

/// Runs the command. A file that is there is never written over; replies given line by line are never lost.
pub fn run(args: &New, context: &Context) -> Result<ExitCode, Error> {
    let mut said = String::new();
    let done = make(args, &mut said, context);
    if done.is_err() && !said.is_empty() {
        context.warn(&format!("{}\n{said}\n", wrap(context.words.get("new.kept"), context.width, 0)));
    }
    done
}

/// Makes the file; `said` gets the replies of a person.
fn make(args: &New, said: &mut String, context: &Context) -> Result<ExitCode, Error> {
    let sources = catalogue::sources(context.folder())?;
    let is_taken = |id: &str| sources.iter().any(|source| source.path().ends_with(format!("{id}.mastara")));
    let words: Vec<_> = sources.iter().filter(|source| !is_procedure(source)).cloned().collect();
    let compiled = compile::compile(words.clone());
    let date = args.at.unwrap_or_else(|| context.today());
    let draft = match &args.row {
        Some(path) => {
            let table = fs::read_to_string(path).map_err(|error| Error::unreadable(path, &error))?;
            Row::find(&table, path, &args.id)?.draft(&compiled, &sources, date, &context.words)?
        }
        None => {
            check_id(&args.id, &compiled)?;
            // Nobody should reply to everything in vain.
            if args.output.as_deref().map_or_else(|| is_taken(&args.id), Path::exists) {
                return Err(Error::new("new.exists", [&args.id]));
            }
            let mut replies = Replies::open(args, context)?;
            let draft = ask::ask(&args.id, &mut replies, (&compiled, &sources), date, context);
            *said = replies.kept();
            draft?
        }
    };
    check_id(&draft.id, &compiled)?;
    let place = place(args, &draft, context);
    if args.output.is_none() && is_taken(&draft.id) || place.as_deref().is_some_and(Path::exists) {
        return Err(Error::new("new.exists", [&draft.id]));
    }
    let text = Writer::new(&compiled, context.lang, date).write(&draft)?;
    verify(&text, &draft, words)?;
    let Some(path) = place else {
        context.print_exactly(&text)?;
        return Ok(ExitCode::SUCCESS);
    };
    write(&path, &text)?;
    let name = path.to_string_lossy();
    context.print(&format!("{}\n", context.words.fill("new.written", &[&context.words.id(&name)])))?;
    if !draft.remarks.is_empty() {
        let count = context.figures().count(draft.remarks.len());
        let line = context.words.plural("new.remarks", u64::try_from(draft.remarks.len()).unwrap_or(u64::MAX), &count);
        context.print(&format!("{line}\n"))?;
    }
    context.print(&next(&path, &draft.id, args, context))?;
    Ok(ExitCode::SUCCESS)
}

/// The commands that come next, as they are to be typed: those of a folder need its name, for without it the catalogue is the
/// one in the program.
fn next(path: &Path, id: &str, args: &New, context: &Context) -> String {
    let file = quoted(&path.to_string_lossy());
    let folder = context.folder().map_or_else(|| PathBuf::from("catalog"), Path::to_owned);
    // A folder that has no vocabulary is no catalogue: its files are read with the one in the program.
    let is_whole = folder.join("vocabulary").is_dir();
    let (catalog, shown) = match is_whole {
        true if args.output.is_none() => (format!(" --catalog {}", quoted(&folder.to_string_lossy())), id.to_owned()),
        true if context.folder().is_some() => {
            (format!(" --catalog {}", quoted(&folder.to_string_lossy())), file.clone())
        }
        _ => (String::new(), file.clone()),
    };
    let commands = [format!("mastara{catalog} check {file}"), format!("mastara{catalog} show {shown}")];
    let lines = commands.map(|command| format!("  {}\n", context.words.id(&command)));
    format!("{}\n{}", context.words.get("new.next"), lines.concat())
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '\\' | ':' | '~');
    if path.chars().all(is_plain) { path.to_owned() } else { format!("\"{path}\"") }
}

fn is_procedure(source: &Source) -> bool {
    let is_below = |name: &str| source.path().parent().is_some_and(|parent| parent.iter().any(|part| part == name));
    !is_below("vocabulary") && !is_below("fragments")
}

/// An identifier is a sector of the vocabulary and a name in small Latin letters.
fn check_id(id: &str, compiled: &Compiled) -> Result<(), Error> {
    let sectors = &compiled.vocabulary.sectors;
    let is_plain =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    match id.split_once('/') {
        Some((sector, name)) if is_plain(name) && sectors.contains_key(sector) => Ok(()),
        Some((sector, name)) if is_plain(name) => {
            let known = sectors.keys().map(Name::as_str);
            let list = known.clone().collect::<Vec<_>>().join(", ");
            let error = Error::unknown("new.sector", sector, known);
            Err(Error { args: vec![sector.to_owned(), list], ..error })
        }
        _ => Err(Error::new("new.id", [id])),
    }
}

/// Where the file goes; `None` is the standard output.
fn place(args: &New, draft: &Draft, context: &Context) -> Option<PathBuf> {
    match &args.output {
        Some(path) if path == Path::new("-") => None,
        Some(path) => Some(path.clone()),
        None => {
            let folder = context.folder().map_or_else(|| PathBuf::from("catalog"), Path::to_owned);
            Some(folder.join("procedures").join(format!("{}.mastara", draft.id)))
        }
    }
}

/// A draft with an error would be a fault of this command, and is not written.
fn verify(text: &str, draft: &Draft, mut sources: Vec<Source>) -> Result<(), Error> {
    let path = PathBuf::from("procedures").join(format!("{}.mastara", draft.id));
    let last = sources.len();
    sources.push(Source::new(&path, text.as_bytes()));
    let compiled = compile::compile(sources);
    let own = compiled.findings.iter().filter(|finding| finding.source.0 as usize == last);
    let mut errors = own.filter(|finding| finding.severity == Severity::Error);
    match errors.next() {
        Some(finding) => {
            let (line, _) = compiled.source(finding.source).position(finding.span.start);
            let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
            Err(Error::new("new.unsound", [finding.code.name(), shown]))
        }
        None => Ok(()),
    }
}

/// Writes a file that was not there.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::unwritable(path, &error);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)
}
