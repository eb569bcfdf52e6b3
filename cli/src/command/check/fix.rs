//! `check --fix`: what would mend the rules that have one right mending, shown as a difference, written when asked.

use std::{collections::BTreeSet, path::Path, process::ExitCode};

use mastara_dsl::{
    compile::{self, Compiled},
    finding::Code,
    law::{self, Edit},
    source::{Source, SourceId},
};
use similar::{ChangeTag, TextDiff};

use crate::{
    args::Check,
    catalogue::Checked,
    command::fmt::replace::replace,
    context::Context,
    error::Error,
    paint::{Tone, paint},
};

/// How often the files are gone over: each line is mended once a round, and no line has so much wrong with it.
const ROUNDS: usize = 50;

/// Runs the command.
pub fn run(args: &Check, context: &Context) -> Result<ExitCode, Error> {
    if args.write && args.paths.is_empty() && context.folder().is_none() {
        return Err(Error::new("fix.embedded", []));
    }
    let only = args.only.iter().map(|word| Error::rule(word)).collect::<Result<Vec<Code>, _>>()?;
    let checked = Checked::new(context.folder(), &args.paths)?;
    let at = args.at.unwrap_or_else(|| context.today());
    let mut mended = Mended { sources: checked.compiled.sources.clone(), count: 0 };
    for _ in 0..ROUNDS {
        let compiled = compile::compile(mended.sources.clone());
        let edits = edits(&compiled, &checked, at, &only);
        if edits.is_empty() {
            break;
        }
        mended.apply(edits);
    }
    for (rank, (old, new)) in checked.compiled.sources.iter().zip(&mended.sources).enumerate() {
        if old.text() == new.text() {
            continue;
        }
        let name = checked.name(SourceId(u32::try_from(rank).unwrap_or(u32::MAX)));
        context.print(&difference(&name, old.text(), new.text(), context))?;
        if args.write {
            let path = Path::new(&name);
            replace(path, new.text()).map_err(|error| Error::unwritable(path, &error))?;
        }
    }
    let key = if args.write { "fix.written" } else { "fix.shown" };
    let count = u64::try_from(mended.count).unwrap_or(u64::MAX);
    context.print(&(context.words.plural(key, count, &context.figures().count(mended.count)) + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The mendings of a round, one a line at most.
fn edits(compiled: &Compiled, checked: &Checked, at: mastara_engine::Date, only: &[Code]) -> Vec<(SourceId, Edit)> {
    let mut lines = BTreeSet::new();
    let mut edits = Vec::new();
    for finding in law::judge(compiled, at) {
        let is_meant = checked.is_asked(finding.source) && (only.is_empty() || only.contains(&finding.code));
        let Some(edit) = law::fix(compiled, &finding).filter(|_| is_meant) else { continue };
        if lines.insert((finding.source, edit.span.start)) {
            edits.push((finding.source, edit));
        }
    }
    edits
}

/// Sources as they would be.
struct Mended {
    sources: Vec<Source>,
    count: usize,
}

impl Mended {
    /// From the last to the first, so that places stay true.
    fn apply(&mut self, mut edits: Vec<(SourceId, Edit)>) {
        self.count += edits.len();
        edits.sort_by_key(|(source, edit)| std::cmp::Reverse((*source, edit.span.start)));
        for (source, edit) in edits {
            let source = &mut self.sources[source.0 as usize];
            let mut text = source.text().to_owned();
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            *source = Source::new(source.path().to_owned(), text.as_bytes());
        }
    }
}

/// The lines that differ, with the line before and after.
fn difference(name: &str, old: &str, new: &str, context: &Context) -> String {
    let mut text = paint(Tone::Strong, name) + "\n";
    let diff = TextDiff::from_lines(old, new);
    for group in diff.grouped_ops(1) {
        let line = group.first().map_or(0, |op| op.old_range().start) + 1;
        let place = context.words.fill("fmt.line", &[&line.to_string()]);
        text.push_str(&(paint(Tone::Accent, &format!("@@ {place} @@")) + "\n"));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (sign, tone) = match change.tag() {
                ChangeTag::Delete => ("-", Tone::Bad),
                ChangeTag::Insert => ("+", Tone::Good),
                ChangeTag::Equal => (" ", Tone::Faint),
            };
            text.push_str(&(paint(tone, &format!("{sign}{}", change.value().trim_end())) + "\n"));
        }
    }
    text
}
