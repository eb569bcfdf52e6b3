//! `fmt`: files in their one canonical layout, or in the keywords of another language.
//!
//! INVARIANT: a file is replaced whole or not at all, and not touched if nothing changes; one that cannot be read whole
//! is never written.

pub mod replace;

use std::{
    io::{self, Read as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use mastara_dsl::{
    disk,
    format::format,
    source::{MAX_BYTES, Source, lines},
};

use crate::{
    args::Fmt,
    context::Context,
    error::Error,
    paint::{Tone, paint},
};

/// Runs the command: exit code 1 if `--check` finds a file that would change.
pub fn run(args: &Fmt, context: &Context) -> Result<ExitCode, Error> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return if args.paths.len() == 1 { format_input(args, context) } else { Err(Error::new("fmt.lone-input", [])) };
    }
    let mut changed = 0;
    let files = files(args, context)?;
    for path in &files {
        let source = disk::read_file(path).map_err(|error| Error::unreadable(path, &error))?;
        let formatted = formatted(&source, args)?;
        if formatted == source.text() && !source.had_mark() {
            continue;
        }
        changed += 1;
        if args.check {
            context.print(&difference(&source, &formatted, context))?;
        } else {
            replace::replace(path, &formatted).map_err(|error| Error::unwritable(path, &error))?;
            context.print(&format!("{}\n", source.name()))?;
        }
    }
    context.warn(&summary(args.check, changed, files.len(), context));
    Ok(ExitCode::from(u8::from(args.check && changed > 0)))
}

/// The files asked for, or else those of the catalogue's folder.
fn files(args: &Fmt, context: &Context) -> Result<Vec<PathBuf>, Error> {
    let default = context.folder().unwrap_or_else(|| Path::new("catalog"));
    let paths = if args.paths.is_empty() { vec![default.to_owned()] } else { args.paths.clone() };
    if args.paths.is_empty() && !default.is_dir() {
        return Err(Error::new("fmt.no-folder", [&default.to_string_lossy()]));
    }
    let mut files = Vec::new();
    for path in &paths {
        files.extend(disk::find_procedures(path).map_err(|error| Error::unreadable(path, &error))?);
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn format_input(args: &Fmt, context: &Context) -> Result<ExitCode, Error> {
    let mut bytes = Vec::new();
    // One byte more than is looked at is enough to say that there is too much.
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(8);
    let read = io::stdin().lock().take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Error::unreadable(Path::new("-"), &error))?;
    let source = Source::new("-", &bytes);
    let formatted = formatted(&source, args)?;
    if !args.check {
        context.print_exactly(&formatted)?;
        return Ok(ExitCode::SUCCESS);
    }
    let is_changed = formatted != source.text() || source.had_mark();
    if is_changed {
        context.print(&difference(&source, &formatted, context))?;
    }
    Ok(ExitCode::from(u8::from(is_changed)))
}

/// The canonical text of a file, if all of it was read.
fn formatted(source: &Source, args: &Fmt) -> Result<String, Error> {
    if source.text().len() > MAX_BYTES {
        return Err(Error::new("fmt.too-large", [&source.name()]));
    }
    if !source.is_utf8() {
        return Err(Error::new("fmt.not-utf8", [&source.name()]));
    }
    Ok(format(source.text(), args.dialect))
}

/// The first place that would change, before and after.
fn difference(source: &Source, formatted: &str, context: &Context) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (ended(source.text()), ended(formatted));
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (gone, come) = resync(&old[same..], &new[same..]);
    let (old, new) = (&old[same..same + gone], &new[same..same + come]);
    let mut text = paint(Tone::Strong, &source.name()) + "\n";
    text.push_str(&paint(
        Tone::Accent,
        &format!("@@ {} @@", context.words.fill("fmt.line", &[&(same + 1).to_string()])),
    ));
    text.push('\n');
    for (sign, tone, lines) in [("-", Tone::Bad, old), ("+", Tone::Good, new)] {
        for line in lines.iter().take(SHOWN) {
            text.push_str(&paint(tone, &format!("{sign}{}", visible(line))));
            text.push('\n');
        }
    }
    let rest = old.len().saturating_sub(SHOWN).max(new.len().saturating_sub(SHOWN));
    if rest > 0 {
        let count = u64::try_from(rest).unwrap_or(u64::MAX);
        text.push_str(&paint(Tone::Faint, &context.words.plural("fmt.rest", count, &context.figures().count(rest))));
        text.push('\n');
    }
    text
}

/// How many lines of each side differ before both agree again, looking no further than a screen.
fn resync(old: &[&str], new: &[&str]) -> (usize, usize) {
    let reach = (2..=2 * SCREEN).flat_map(|sum| (0..=sum).map(move |gone| (gone, sum - gone)));
    let near = [(0, 1), (1, 0)].into_iter().chain(reach);
    near.filter(|(gone, come)| *gone <= old.len() && *come <= new.len())
        .find(|(gone, come)| match (old.get(*gone), new.get(*come)) {
            (Some(old), Some(new)) => old == new && !old.trim().is_empty(),
            (None, None) => true,
            _ => false,
        })
        .unwrap_or((old.len(), new.len()))
}

/// How many lines a reader looks over.
const SCREEN: usize = 24;

/// How many lines are shown of a difference, on each side.
const SHOWN: usize = 3;

/// The lines of a text with what ends each, so that CRLF and LF differ.
fn ended(text: &str) -> Vec<&str> {
    let starts: Vec<_> = lines(text).map(|(at, _)| at).chain([text.len()]).collect();
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// A line whose end and control characters can be seen.
fn visible(line: &str) -> String {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.chars()
        .map(|c| {
            if c == '\r' {
                '␍'
            } else if c.is_control() {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

fn summary(is_check: bool, changed: usize, files: usize, context: &Context) -> String {
    let plural = |key: &str, count: usize| {
        context.words.plural(key, u64::try_from(count).unwrap_or(u64::MAX), &context.figures().count(count))
    };
    let what = if changed == 0 {
        paint(Tone::Good, context.words.get("fmt.nothing"))
    } else if is_check {
        paint(Tone::Bad, &plural("fmt.to-format", changed))
    } else {
        plural("fmt.formatted", changed)
    };
    format!("{what} · {}\n", plural("fmt.files", files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_count_as_part_of_a_line() {
        assert_eq!(ended("a\r\nb\nc"), ["a\r\n", "b\n", "c"]);
        assert_eq!(visible("a\r\n"), "a␍");
    }
}
