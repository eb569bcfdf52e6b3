//! `check --fix`: what would mend the rules that have one right mending, shown as a difference, written when asked.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::ExitCode,
};

use mastara_dsl::{
    compile::Compiled,
    finding::{Code, Finding},
    law::{self, Edit},
    source::{Source, SourceId},
    verify,
};
use mastara_engine::Date;
use similar::{ChangeTag, TextDiff};

use crate::{
    args::Check,
    catalogue::Checked,
    command::fmt::replace::replace,
    context::Context,
    error::Error,
    excerpt::excerpt,
    paint::{Tone, paint},
    paragraph::wrap,
    view::findings::FindingView,
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
    let mut mending = Mending { at, only, all: args.all_versions, mended: 0, past: BTreeSet::new(), in_force: false };
    for rank in 0..checked.compiled.sources.len() {
        let id = SourceId(u32::try_from(rank).unwrap_or(u32::MAX));
        if !checked.is_asked(id) {
            continue;
        }
        let old = checked.compiled.source(id).clone();
        let before = verify::verify_source(&checked.compiled, id);
        mending.mend(&mut checked.compiled, id);
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
        context.print(&broken(&checked, id, before, context))?;
    }
    context.print(&mending.told(args.write, context))?;
    Ok(ExitCode::SUCCESS)
}

/// What is mended, and what was.
struct Mending {
    at: Date,
    only: Vec<Code>,
    /// Past versions too.
    all: bool,
    mended: usize,
    /// What could be mended in past versions, and is left: source, place and rule.
    past: BTreeSet<(SourceId, u32, Code)>,
    /// Whether something of a version in force was mended.
    in_force: bool,
}

impl Mending {
    /// Mends a source in place, one mending a line each round; then its examples, which bring what is demanded now.
    fn mend(&mut self, compiled: &mut Compiled, id: SourceId) {
        let mut mended = 0;
        for _ in 0..ROUNDS {
            // By line, the first finding of each.
            let mut edits: BTreeMap<u32, Edit> = BTreeMap::new();
            self.past.retain(|(source, ..)| *source != id);
            for finding in law::judge_source(compiled, id, self.at) {
                let is_meant = self.only.is_empty() || self.only.contains(&finding.code);
                let Some(edit) = law::fix(compiled, &finding).filter(|_| is_meant) else { continue };
                match self.stands(compiled, &finding) {
                    Some(is_in_force) => self.in_force |= is_in_force,
                    None => {
                        self.past.insert((id, finding.span.start, finding.code));
                        continue;
                    }
                }
                edits.entry(edit.span.start).or_insert(edit);
            }
            if edits.is_empty() {
                break;
            }
            mended += edits.len();
            apply(compiled, id, edits.values());
        }
        if mended > 0 {
            self.mended += mended;
            let edits: BTreeMap<u32, Edit> =
                law::follow(compiled, id).into_iter().map(|edit| (edit.span.start, edit)).collect();
            apply(compiled, id, edits.values());
        }
    }

    /// Whether the version of a finding is in force (`Some(true)`), or may be mended though it is not; none if it is past.
    fn stands(&self, compiled: &Compiled, finding: &Finding) -> Option<bool> {
        let entry = compiled.entries.iter().find(|entry| entry.source == finding.source)?;
        let procedure = &entry.lowered.procedure;
        let version = procedure.version(finding.version.as_ref()?.as_str())?;
        let is_in_force = procedure.in_force(self.at).is_some_and(|now| now.name == version.name);
        (is_in_force || version.from > self.at || self.all).then_some(is_in_force)
    }

    /// What was done, what was left, and what to mind.
    fn told(&self, is_written: bool, context: &Context) -> String {
        let plural = |key: &str, count: usize| {
            let shown = context.figures().count(count);
            wrap(&context.words.plural(key, u64::try_from(count).unwrap_or(u64::MAX), &shown), context.width, 0)
        };
        let mut text = plural(if is_written { "fix.written" } else { "fix.shown" }, self.mended);
        if !self.past.is_empty() {
            text.push_str(&paint(Tone::Faint, &plural("fix.past", self.past.len())));
        }
        if self.in_force {
            text.push_str(&paint(Tone::Fair, &wrap(context.words.get("fix.practice"), context.width, 0)));
        }
        text
    }
}

/// Puts edits in a source, and compiles it again.
fn apply<'e>(compiled: &mut Compiled, id: SourceId, edits: impl DoubleEndedIterator<Item = &'e Edit>) {
    let source = compiled.source(id);
    let mut text = source.text().to_owned();
    // From the last to the first, so that places stay true.
    for edit in edits.rev() {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    let mended = Source::new(source.path().to_owned(), text.as_bytes());
    compiled.recompile(id, mended);
}

/// The claims and examples that held before a mending and do not after it.
fn broken(checked: &Checked, id: SourceId, before: Vec<Finding>, context: &Context) -> String {
    let mut known: Vec<_> = before.into_iter().map(|finding| (finding.code, finding.args)).collect();
    let mut text = String::new();
    for finding in verify::verify_source(&checked.compiled, id) {
        match known.iter().position(|(code, args)| (*code, args) == (finding.code, &finding.args)) {
            Some(at) => _ = known.swap_remove(at),
            None => {
                let shown = FindingView::new(&finding, checked, context.lang);
                text.push_str(&excerpt(&shown, &finding, checked.compiled.source(id), context));
            }
        }
    }
    if text.is_empty() { text } else { paint(Tone::Bad, context.words.get("fix.broken")) + "\n" + &text }
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
