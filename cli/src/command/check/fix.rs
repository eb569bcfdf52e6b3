//! `check --fix`: what would mend the rules that have one right mending, shown as a difference, written when asked.

use std::{collections::BTreeMap, path::Path, process::ExitCode};

use mastara_dsl::{
    compile::Compiled,
    finding::Code,
    law::{self, Edit},
    source::{Source, SourceId},
};
use mastara_engine::Date;
use similar::{ChangeTag, TextDiff};

use crate::{
    args::Check,
    catalogue::Checked,
    command::fmt::replace::replace,
    context::Context,
    error::Error,
    paint::{Tone, paint},
};

/// How often a file is gone over: each line is mended once a round, and no line has so much wrong with it.
const ROUNDS: usize = 50;

/// Runs the command.
pub fn run(args: &Check, context: &Context) -> Result<ExitCode, Error> {
    if args.write && args.paths.is_empty() && context.folder().is_none() {
        return Err(Error::new("fix.embedded", []));
    }
    let only = args.only.iter().map(|word| Error::rule(word)).collect::<Result<Vec<Code>, _>>()?;
    let mut checked = Checked::new(context.folder(), &args.paths)?;
    let at = args.at.unwrap_or_else(|| context.today());
    let mut count = 0;
    for rank in 0..checked.compiled.sources.len() {
        let id = SourceId(u32::try_from(rank).unwrap_or(u32::MAX));
        let old = checked.compiled.source(id).clone();
        count += if checked.is_asked(id) { mend(&mut checked.compiled, id, at, &only) } else { 0 };
        let new = checked.compiled.source(id).text();
        if old.text() == new {
            continue;
        }
        let name = checked.name(id);
        context.print(&difference(&name, old.text(), new, context))?;
        if args.write {
            let path = Path::new(&name);
            replace(path, new).map_err(|error| Error::unwritable(path, &error))?;
        }
    }
    let key = if args.write { "fix.written" } else { "fix.shown" };
    let shown = context.figures().count(count);
    context.print(&(context.words.plural(key, u64::try_from(count).unwrap_or(u64::MAX), &shown) + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Mends a source in place, one mending a line each round; how many there were.
fn mend(compiled: &mut Compiled, id: SourceId, at: Date, only: &[Code]) -> usize {
    let mut count = 0;
    for _ in 0..ROUNDS {
        // By line, the first finding of each.
        let mut edits: BTreeMap<u32, Edit> = BTreeMap::new();
        for finding in law::judge_source(compiled, id, at) {
            let is_meant = only.is_empty() || only.contains(&finding.code);
            if let Some(edit) = law::fix(compiled, &finding).filter(|_| is_meant) {
                edits.entry(edit.span.start).or_insert(edit);
            }
        }
        if edits.is_empty() {
            break;
        }
        count += edits.len();
        let source = compiled.source(id);
        let mut text = source.text().to_owned();
        // From the last to the first, so that places stay true.
        for edit in edits.values().rev() {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        let mended = Source::new(source.path().to_owned(), text.as_bytes());
        compiled.recompile(id, mended);
    }
    count
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
