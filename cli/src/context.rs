//! What every command works with: the words, the width and colour of the terminal, the catalogue, today's date.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anstream::{AutoStream, ColorChoice};
use mastara_dsl::{
    compile::{self, Compiled},
    finding::{Finding, Severity},
    message::{self, KIND},
};
use mastara_engine::{
    Date,
    text::{Lang, Name, Text},
};
use serde::Serialize;

use crate::{
    args::{Color, Shared},
    catalogue,
    error::{Error, reason},
    figures::Figures,
    locale::Words,
    paint::{Tone, paint},
    paragraph::wrap,
    table,
};

/// What every command works with.
#[derive(Debug)]
pub struct Context {
    /// The language of what is shown.
    pub lang: Lang,
    /// The language that the command line asks for, if it does.
    pub asked: Option<Lang>,
    /// Its words.
    pub words: Words,
    /// How many columns the output may take.
    pub width: usize,
    color: ColorChoice,
    folder: Option<PathBuf>,
}

impl Context {
    /// From the arguments that all commands share.
    pub fn new(shared: &Shared, words: Words) -> Self {
        let color = match shared.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { lang: words.lang(), asked: shared.lang, words, width: width(), color, folder: shared.folder.clone() }
    }

    /// The folder of the catalogue, if it is not the one in the binary.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The catalogue, compiled. What is wrong with it is the business of `check`, but that something is wrong is said.
    pub fn catalogue(&self) -> Result<Compiled, Error> {
        self.catalogue_for::<&str>(&[])
    }

    /// The catalogue with the files among these identifiers put in it: `show my.mastara` is a way to see one's own file.
    pub fn catalogue_for<I: AsRef<str>>(&self, ids: &[I]) -> Result<Compiled, Error> {
        let compiled = compile::compile(catalogue::sources_with(self.folder(), ids)?);
        let is_error = |finding: &&Finding| finding.severity == Severity::Error;
        let errors = compiled.findings.iter().filter(is_error).count();
        if errors > 0 {
            let count = u64::try_from(errors).unwrap_or(u64::MAX);
            let text = self.words.plural("error.catalogue", count, &self.figures().count(errors));
            self.warn(&format!("{}\n", paint(Tone::Fair, &text)));
        }
        Ok(compiled)
    }

    /// Today, as [`today`].
    pub fn today(&self) -> Date {
        today()
    }

    /// The day that versions in force are looked up for. That one to come takes what is planned for granted is said.
    pub fn day(&self, asked: Option<Date>) -> Date {
        let at = asked.unwrap_or_else(today);
        if at > today() {
            let text = self.words.fill("error.day-to-come", &[&at.to_string()]);
            self.warn(&paint(Tone::Fair, &wrap(&text, self.width, 0)));
        }
        at
    }

    /// A text in the language of the output, or else in one that it has.
    pub fn title<'t>(&self, text: &'t Text) -> &'t str {
        text.in_lang(self.lang)
    }

    /// The name of a word of the vocabulary, or the word itself.
    pub fn label(&self, name: &Name, title: Option<&Text>) -> String {
        title.map_or_else(|| self.words.id(name.as_str()), |title| self.title(title).to_owned())
    }

    /// The heading of a part of a page.
    pub fn heading(&self, key: &str) -> String {
        format!("\n{}\n", paint(Tone::Strong, self.words.get(key)))
    }

    /// How many rows were left out of a table, if any were.
    pub fn more(&self, key: &str, rest: usize) -> String {
        let count = u64::try_from(rest).unwrap_or(u64::MAX);
        let more = self.words.plural(key, count, &self.figures().count(rest));
        if rest == 0 { String::new() } else { paint(Tone::Faint, &more) + "\n" }
    }

    /// What the marks of the figures in a table mean, those that occur.
    pub fn marks_in(&self, shown: &str) -> String {
        let signs = [('~', "mark.estimated"), ('≥', "mark.at-least"), ('?', "mark.unknown")];
        let plain = anstream::adapter::strip_str(shown).to_string();
        let begins = |sign: char| {
            let mut words = plain.split(char::is_whitespace);
            words.any(|word| word.strip_prefix(sign).is_some_and(|rest| sign != '?' || rest.is_empty()))
        };
        let keys = signs.into_iter().filter(|(sign, _)| begins(*sign)).map(|(_, key)| self.words.get(key));
        let legend = keys.collect::<Vec<_>>().join(" · ");
        if legend.is_empty() { legend } else { paint(Tone::Faint, &wrap(&legend, self.width, 0)) }
    }

    /// How figures are written.
    pub fn figures(&self) -> Figures<'_> {
        Figures::new(&self.words)
    }

    /// Writes to the standard output. A reader that has gone away is no error.
    pub fn print(&self, text: &str) -> Result<(), Error> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Writes to the standard output just what is given, escapes included: for what programs read.
    pub fn print_exactly(&self, text: &str) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Writes a value as JSON.
    pub fn print_json(&self, value: &impl Serialize) -> Result<(), Error> {
        self.print_exactly(&(json(value)? + "\n"))
    }

    /// Writes to the standard error; nothing can be done if that fails.
    pub fn warn(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr().lock(), self.color);
        let _ = out.write_all(text.as_bytes());
    }

    /// Says why a command cannot do its work.
    pub fn fail(&self, error: &Error) {
        // A reason of the system is a key of the words, one of the reader of YAML a kind.
        let word = |arg: &String| match self.words.find(arg).filter(|_| arg.starts_with("error.io.")) {
            Some(reason) => reason.to_owned(),
            None if arg.starts_with(KIND) => message::in_words(arg, self.lang),
            None => self.words.id(arg),
        };
        let args: Vec<_> = error.args.iter().map(word).collect();
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        let label = paint(Tone::Bad, self.words.get("error"));
        self.warn(&format!("{label} {}\n", self.words.fill(error.key, &args)));
        if let Some(near) = &error.suggestion {
            let label = paint(Tone::Accent, self.words.get("help"));
            self.warn(&format!("{label} {}\n", self.words.fill("error.near", &[&self.words.id(near)])));
        }
    }
}

/// Today, by the clock of the system and Morocco's legal time (UTC+1). Only the command line reads a clock.
pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = jiff::Timestamp::from_second(i64::try_from(seconds).unwrap_or(0)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::tz::Offset::constant(1).to_datetime(now).date()
}

/// A value as JSON.
pub fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string_pretty(value).map_err(|error| Error::new("error.output", [&error.to_string()]))
}

/// A reader that has gone away is no error.
fn written(result: io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::new("error.output", [&reason(&error)])),
        _ => Ok(()),
    }
}

/// `COLUMNS`, or the width of the terminal, or 80. A terminal narrower than 40 columns cannot show a table.
fn width() -> usize {
    let set = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse::<usize>().ok());
    set.filter(|columns| *columns > 0).or_else(table::terminal_width).unwrap_or(80).clamp(40, 200)
}
