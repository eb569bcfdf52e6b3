//! `diff`: the meaning of a change of the catalogue, for people and for the cases that run.

mod edits;
mod pair;
mod reasons;
mod text;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::ExitCode,
};

use mastara_dsl::{
    compile::{Compiled, Entry, Role, compile, role},
    finding::Severity,
    source::Source,
};
use mastara_engine::{
    Date,
    change::Impact,
    procedure::{Procedure, Version},
};
use rayon::prelude::*;

use crate::{
    args::{Diff, SheetFormat},
    catalogue,
    context::Context,
    error::Error,
    git,
    paint::{Tone, paint},
    phrase::Phrases,
    template::{Page, render},
    view::{
        diff::{DiffSummaryView, DiffView, PairDiffView, ProcedureDiffView},
        sheet::Named,
    },
};

/// One of the two catalogues.
struct Side {
    name: String,
    compiled: Compiled,
}

/// Runs the command.
pub fn run(args: &Diff, context: &Context) -> Result<ExitCode, Error> {
    let folder = context.folder().map_or_else(|| PathBuf::from("catalog"), Path::to_owned);
    let mut older = (args.from.clone(), sources(&args.from, &folder)?);
    let mut newer = match &args.to {
        Some(to) => (to.clone(), sources(to, &folder)?),
        None => (folder.to_string_lossy().into_owned(), catalogue::sources(Some(&folder))?),
    };
    lend(&mut older, &mut newer, context)?;
    let [older, newer] = [older, newer].map(|(name, sources)| read(name, sources, context));
    let view = view(&older, &newer, context.day(args.at), context);
    match args.format {
        SheetFormat::Json => context.print_json(&view)?,
        SheetFormat::Markdown => context.print(&render(Page::Diff, text::Titled::new(&view, &context.words))?)?,
        SheetFormat::Text => context.print(&text::text(&view, &context.words, context.width))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The files of a folder, or else of a revision of the catalogue's folder.
fn sources(name: &str, folder: &Path) -> Result<Vec<Source>, Error> {
    let path = Path::new(name);
    if path.is_dir() { catalogue::sources(Some(path)) } else { git::sources(folder, name) }
}

/// A catalogue without vocabulary, such as a folder of drafts, is read with that of the other one, or else of the one that the
/// command line or the program has; that it is so is said.
fn lend(older: &mut (String, Vec<Source>), newer: &mut (String, Vec<Source>), context: &Context) -> Result<(), Error> {
    let shared = |sources: &[Source]| -> Vec<Source> {
        let is_shared = |source: &&Source| matches!(role(source.path()), Role::Vocabulary | Role::Fragment);
        sources.iter().filter(is_shared).cloned().collect()
    };
    let has = |sources: &[Source]| sources.iter().any(|source| role(source.path()) == Role::Vocabulary);
    let (words, say) = (&context.words, |key: &str, args: &[&str]| {
        context.warn(&format!("{}\n", paint(Tone::Fair, &context.words.fill(key, args))));
    });
    match (has(&older.1), has(&newer.1)) {
        (true, true) => {}
        (true, false) => {
            newer.1.extend(shared(&older.1));
            say("diff.lent", &[&words.id(&newer.0), &words.id(&older.0)]);
        }
        (false, true) => {
            older.1.extend(shared(&newer.1));
            say("diff.lent", &[&words.id(&older.0), &words.id(&newer.0)]);
        }
        (false, false) => {
            let lent = shared(&catalogue::sources(context.folder())?);
            older.1.extend(lent.iter().cloned());
            newer.1.extend(lent);
            say("diff.lent-both", &[]);
        }
    }
    Ok(())
}

/// A file that cannot be read whole is compared as far as it is; that there is one is said.
fn read(name: String, sources: Vec<Source>, context: &Context) -> Side {
    let compiled = compile(sources);
    let errors = compiled.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 0 {
        let count = u64::try_from(errors).unwrap_or(u64::MAX);
        let told = context.words.plural("diff.errors", count, &context.figures().count(errors));
        let line = context.words.fill("show.labelled", &[&context.words.id(&name), &told]);
        context.warn(&format!("{}\n", paint(Tone::Fair, &line)));
    }
    Side { name, compiled }
}

fn view(older: &Side, newer: &Side, at: Date, context: &Context) -> DiffView {
    let (before, after) = (by_id(older), by_id(newer));
    let ids: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let differ = Differ { older, newer, at, context };
    let ids: Vec<&str> = ids.into_iter().collect();
    let changes: Vec<Option<ProcedureDiffView>> =
        ids.par_iter().map(|id| differ.procedure(before.get(id).copied(), after.get(id).copied())).collect();
    let mut summary = DiffSummaryView {
        unchanged: changes.iter().filter(|change| change.is_none()).count(),
        ..DiffSummaryView::default()
    };
    let mut procedures: Vec<ProcedureDiffView> = changes.into_iter().flatten().collect();
    procedures.iter().for_each(|procedure| summary.add(procedure));
    procedures.sort_by_key(|procedure| Reverse(rank(procedure)));
    DiffView { at: at.to_string(), from: older.name.clone(), to: newer.name.clone(), summary, procedures }
}

fn by_id(side: &Side) -> BTreeMap<&str, &Entry> {
    side.compiled.entries.iter().map(|entry| (entry.lowered.procedure.id.as_str(), entry)).collect()
}

/// How grave a change is; what is added comes before mere texts.
fn rank(procedure: &ProcedureDiffView) -> usize {
    match procedure.impact {
        Some("breaking") => 4,
        Some("migration") => 3,
        Some("compatible") => 2,
        None => 1,
        Some(_) => 0,
    }
}

impl DiffSummaryView {
    fn add(&mut self, procedure: &ProcedureDiffView) {
        let count = match (procedure.change, procedure.impact) {
            ("added", _) => &mut self.added,
            ("retired", _) => &mut self.retired,
            (_, Some("breaking")) => &mut self.breaking,
            (_, Some("migration")) => &mut self.migration,
            (_, Some("compatible")) => &mut self.compatible,
            _ => &mut self.text,
        };
        *count += 1;
        self.changed = self.text + self.compatible + self.migration + self.breaking;
    }
}

/// The word of programs for an impact.
fn word(impact: Impact) -> &'static str {
    match impact {
        Impact::Text => "text",
        Impact::Compatible => "compatible",
        Impact::Migration => "migration",
        Impact::Breaking => "breaking",
    }
}

/// What is compared.
struct Differ<'a> {
    older: &'a Side,
    newer: &'a Side,
    at: Date,
    context: &'a Context,
}

impl Differ<'_> {
    /// What became of a procedure; none if it is the same.
    fn procedure(&self, older: Option<&Entry>, newer: Option<&Entry>) -> Option<ProcedureDiffView> {
        match (older, newer) {
            (Some(older), Some(newer)) => {
                // Remarks are of the file and not of the procedure.
                let text = |side: &Side, entry: &Entry| side.compiled.source(entry.source).text().to_owned();
                let (before, after) = (&older.lowered.procedure, &newer.lowered.procedure);
                let is_same = before == after && text(self.older, older) == text(self.newer, newer);
                (!is_same).then(|| self.changed(before, after))
            }
            (None, Some(newer)) => Some(self.named("added", &newer.lowered.procedure, None)),
            (Some(older), None) => Some(self.named("retired", &older.lowered.procedure, Some(Impact::Breaking))),
            (None, None) => None,
        }
    }

    fn named(&self, change: &'static str, procedure: &Procedure, impact: Option<Impact>) -> ProcedureDiffView {
        ProcedureDiffView {
            id: procedure.id.to_string(),
            title: self.context.title(&procedure.title).to_owned(),
            change,
            impact: impact.map(word),
            added_versions: Vec::new(),
            removed_versions: Vec::new(),
            edits: Vec::new(),
            pairs: Vec::new(),
        }
    }

    fn changed(&self, before: &Procedure, after: &Procedure) -> ProcedureDiffView {
        let in_force = (before.in_force(self.at), after.in_force(self.at));
        let mut impact = Impact::Text;
        let mut view = self.named("changed", after, None);
        let mut put = |view: &mut ProcedureDiffView, older: &Version, newer: &Version, is_in_force: bool| {
            let (of_pair, pair): (Impact, PairDiffView) = self.pair(older, newer, is_in_force);
            impact = impact.max(of_pair);
            view.pairs.push(pair);
        };
        if let (Some(older), Some(newer)) = in_force
            && older.name != newer.name
        {
            put(&mut view, older, newer, true);
        }
        for older in &before.versions {
            let Some(newer) = after.version(older.name.as_str()) else {
                view.removed_versions.push(self.version(older));
                continue;
            };
            let is_in_force = in_force.0.is_some_and(|version| version.name == older.name)
                && in_force.1.is_some_and(|version| version.name == older.name);
            if older != newer {
                put(&mut view, older, newer, is_in_force);
            }
        }
        let new = after.versions.iter().filter(|version| before.version(version.name.as_str()).is_none());
        view.added_versions = new.map(|version| self.version(version)).collect();
        if !view.removed_versions.is_empty() {
            impact = Impact::Breaking;
        } else if !view.added_versions.is_empty() {
            impact = impact.max(Impact::Compatible);
        }
        let phrases = [(self.older, before), (self.newer, after)].map(|(side, procedure)| Phrases {
            words: &self.context.words,
            vocabulary: &side.compiled.vocabulary,
            questions: &procedure.questions,
        });
        let (is_weighty, edits) = edits::header(before, after, &phrases);
        view.edits = edits;
        if is_weighty {
            impact = impact.max(Impact::Compatible);
        }
        let is_told = !view.removed_versions.is_empty() || !view.added_versions.is_empty() || !view.pairs.is_empty();
        if view.edits.is_empty() && !is_told {
            view.edits.push(edits::remarks(&phrases[1]));
        }
        view.impact = Some(word(impact));
        view
    }

    fn version(&self, version: &Version) -> Named {
        Named { id: version.name.to_string(), title: self.context.title(&version.title).to_owned() }
    }
}
