//! `test --suggest`: the examples that are missing, as an author would write them; printed, or put in their files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mastara_dsl::{
    compile::Entry,
    example::{Style, insert, place, write},
};
use mastara_engine::{
    procedure::Example,
    text::{Lang, Text},
};

use super::coverage::{Covered, of_entry, tell};
use crate::{
    catalogue::Checked,
    command::fmt::replace::replace,
    context::Context,
    error::Error,
    locale::Words,
    paint::{Tone, paint},
    phrase::Phrases,
    view::coverage::CoverageView,
};

/// How many things an example is said to cover; the rest is counted.
const TOLD: usize = 3;

/// The words of every language, for titles.
pub fn titles() -> [Words; 3] {
    Lang::ALL.map(Words::load)
}

/// The blocks suggested for each version, named by one count over the file.
pub fn blocks(
    entry: &Entry,
    versions: &[Covered<'_>],
    checked: &Checked,
    titles: &[Words],
    context: &Context,
) -> Vec<Vec<String>> {
    let style = Style::of(checked.compiled.source(entry.source).text());
    let mut count = 0;
    let of_version = |covered: &Covered<'_>| {
        let flow = &covered.version.flow;
        let vocabulary = &checked.compiled.vocabulary;
        let phrases = Phrases { words: &context.words, vocabulary, questions: flow.questions() };
        let people = covered.sought.people.iter();
        let block = people.map(|person| {
            count += 1;
            let example = Example { title: title(count, titles), ..person.example.clone() };
            let takes: Vec<_> = person.takes.iter().map(|point| tell(*point, flow, &phrases).text).collect();
            write(&example, flow, &[remark(&takes, context)], style)
        });
        block.collect()
    };
    versions.iter().map(of_version).collect()
}

/// A question to the author, in every language.
fn title(count: usize, words: &[Words]) -> Text {
    let mut title = Text::default();
    words.iter().for_each(|words| title.set(words.lang(), &typed(&words.fill("suggest.title", &[&count.to_string()]))));
    title
}

/// Words as people type them: spaces that hold lines together, and marks of direction, are for the screen.
fn typed(words: &str) -> String {
    words.replace(['\u{A0}', '\u{202F}'], " ").replace(['\u{2068}', '\u{2069}', '\u{200E}'], "")
}

/// What an example is for.
fn remark(takes: &[String], context: &Context) -> String {
    let words = &context.words;
    let mut told: Vec<String> = takes.iter().take(TOLD).cloned().collect();
    let rest = takes.len().saturating_sub(TOLD);
    if rest > 0 {
        told.push(words.plural("suggest.more", u64::try_from(rest).unwrap_or(u64::MAX), &rest.to_string()));
    }
    typed(&words.fill("suggest.covers", &[&told.join(words.get("phrase.list"))]))
}

/// Prints the blocks, file by file; the sum goes to the standard error, so that the rest can be pasted.
pub fn print(view: &CoverageView, context: &Context) -> Result<(), Error> {
    let mut count = 0;
    for file in &view.files {
        for version in &file.versions {
            let blocks = version.suggestions.as_deref().unwrap_or_default();
            if blocks.is_empty() {
                continue;
            }
            count += blocks.len();
            let at = context.words.fill("suggest.place", &[&file.file, &version.id]);
            context.print(&format!("{}\n\n", paint(Tone::Accent, &format!("# {at}"))))?;
            context.print_exactly(&blocks.iter().map(|block| format!("{block}\n")).collect::<String>())?;
        }
    }
    context.warn(&format!("{}\n", sum(count, context)));
    Ok(())
}

/// Puts the blocks in their files, each after what its version has.
pub fn put(checked: &Checked, context: &Context) -> Result<(), Error> {
    let (at, titles) = (context.today(), titles());
    let mut count = 0;
    for entry in checked.compiled.entries.iter().filter(|entry| checked.is_asked(entry.source)) {
        let versions = of_entry(entry, at);
        let blocks = blocks(entry, &versions, checked, &titles, context);
        let written: usize = blocks.iter().map(Vec::len).sum();
        if written == 0 {
            continue;
        }
        let path = PathBuf::from(checked.compiled.source(entry.source).name());
        let text = read(&path)?;
        let starts: Vec<u32> = entry.lowered.origins.iter().map(|origins| origins.version.start).collect();
        let mut places: Vec<_> = versions
            .iter()
            .zip(&blocks)
            .map(|(covered, blocks)| (place(&text, starts[covered.rank], starts.iter().copied()), blocks))
            .collect();
        // From the end, so that places before stay where they are.
        places.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
        let text = places.into_iter().fold(text, |text, (place, blocks)| insert(&text, place, blocks));
        replace(&path, &text).map_err(|error| Error::unwritable(&path, &error))?;
        context.print(&format!("{}\n", path.display()))?;
        count += written;
    }
    context.warn(&format!("{}\n", sum(count, context)));
    Ok(())
}

/// The text that places were found in: a byte-order mark would move them all.
fn read(path: &Path) -> Result<String, Error> {
    let text = fs::read_to_string(path).map_err(|error| Error::unreadable(path, &error))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

fn sum(count: usize, context: &Context) -> String {
    let shown = context.figures().count(count);
    context.words.plural("suggest.sum", u64::try_from(count).unwrap_or(u64::MAX), &shown)
}
