//! `test --coverage`: what the examples of each version take, and what they do not.

use std::collections::BTreeSet;

use mastara_dsl::compile::Entry;
use mastara_engine::{
    Date,
    answers::Answers,
    coverage::{Point, Sought, conditions, points, seek, taken},
    flow::Flow,
    procedure::{Procedure, Version},
    program::Program,
    run::run,
    vocabulary::Vocabulary,
};
use rayon::prelude::*;

use super::suggest;
use crate::{
    args::Test,
    catalogue::Checked,
    context::Context,
    locale::Words,
    phrase::Phrases,
    view::coverage::{CountsView, CoverageView, FileCoverageView, PointView, TakenView, VersionCoverageView},
};

/// A version, what its examples take, and what was found for the rest.
pub struct Covered<'c> {
    /// The version.
    pub version: &'c Version,
    /// Its place among those of the procedure.
    pub rank: usize,
    points: BTreeSet<Point>,
    taken: BTreeSet<Point>,
    /// What was found for what is not taken.
    pub sought: Sought,
}

/// The versions of a procedure that are in force, to come, or have examples, and can be run.
pub fn of_entry(entry: &Entry, at: Date) -> Vec<Covered<'_>> {
    let versions = entry.lowered.procedure.versions.iter().enumerate();
    let counted = versions.filter(|(_, version)| is_counted(&entry.lowered.procedure, version, at));
    counted.filter_map(|(rank, version)| of_version(version, rank)).collect()
}

/// Whether a version counts: in force or to come it does, whatever examples it has; a past one if somebody wrote one.
fn is_counted(procedure: &Procedure, version: &Version, at: Date) -> bool {
    let is_in_force = || procedure.in_force(at).is_some_and(|now| now.name == version.name);
    version.from > at || is_in_force() || !version.examples.is_empty()
}

fn of_version(version: &Version, rank: usize) -> Option<Covered<'_>> {
    let flow = &version.flow;
    let program = Program::compile(flow).ok()?;
    let points = points(flow);
    let mut covered = BTreeSet::new();
    for example in &version.examples {
        let person = Answers::of_example(flow, example);
        if let Ok(walk) = run(&program, &person) {
            covered.extend(taken(flow, &person, &walk));
        }
    }
    let wanted = points.difference(&covered).copied().collect();
    let sought = seek(flow, &program, &wanted);
    Some(Covered { version, rank, points, taken: covered, sought })
}

/// What the examples of the files asked for take.
pub fn view(checked: &Checked, args: &Test, context: &Context) -> CoverageView {
    let (at, titles) = (context.today(), args.suggest.then(suggest::titles));
    let entries: Vec<_> = checked.compiled.entries.iter().filter(|entry| checked.is_asked(entry.source)).collect();
    let files: Vec<_> =
        entries.into_par_iter().map(|entry| file(entry, checked, titles.as_ref(), context, at)).collect();
    let mut summary = CountsView::default();
    files.iter().for_each(|file| summary.add(&file.counts));
    let left_out = files.iter().map(|file| file.left_out.len()).sum();
    CoverageView { at: at.to_string(), left_out, files, summary }
}

fn file(
    entry: &Entry,
    checked: &Checked,
    titles: Option<&[Words; 3]>,
    context: &Context,
    at: Date,
) -> FileCoverageView {
    let mut counts = CountsView::default();
    counts.add(&CountsView::default());
    let versions = of_entry(entry, at);
    let suggestions = titles.map(|titles| suggest::blocks(entry, &versions, checked, titles, context));
    let mut suggestions = suggestions.map(Vec::into_iter);
    let version = |covered: &Covered<'_>| {
        let view = version(covered, context, &checked.compiled.vocabulary);
        counts.add(&view.counts);
        VersionCoverageView { suggestions: suggestions.as_mut().and_then(Iterator::next), ..view }
    };
    let versions = versions.iter().map(version).collect();
    let procedure = &entry.lowered.procedure;
    let left_out = procedure.versions.iter().filter(|version| !is_counted(procedure, version, at));
    FileCoverageView {
        file: checked.name(entry.source),
        procedure: procedure.id.to_string(),
        counts,
        left_out: left_out.map(|version| version.name.to_string()).collect(),
        versions,
    }
}

fn version(covered: &Covered<'_>, context: &Context, vocabulary: &Vocabulary) -> VersionCoverageView {
    let flow = &covered.version.flow;
    let impossible = &covered.sought.impossible;
    let mut counts = CountsView::default();
    let possible = covered.points.iter().filter(|point| !impossible.contains(point));
    for point in possible {
        let one = TakenView { all: 1, taken: usize::from(covered.taken.contains(point)) };
        counts.add(&match point {
            Point::Node(_) => CountsView { nodes: one, ..CountsView::default() },
            Point::Branch(..) => CountsView { branches: one, ..CountsView::default() },
            Point::Condition(..) => CountsView { conditions: one, ..CountsView::default() },
        });
    }
    counts.add(&CountsView::default());
    let phrases = Phrases { words: &context.words, vocabulary, questions: flow.questions() };
    let told = |point: &Point| tell(*point, flow, &phrases);
    let missing = covered.points.difference(&covered.taken).filter(|point| !impossible.contains(point));
    VersionCoverageView {
        id: covered.version.name.to_string(),
        examples: covered.version.examples.len(),
        counts,
        missing: missing.map(told).collect(),
        impossible: impossible.iter().map(told).collect(),
        suggestions: None,
    }
}

/// Something that a way can take, in words.
pub fn tell(point: Point, flow: &Flow, phrases: &Phrases<'_>) -> PointView {
    let words = phrases.words;
    let node = flow.node(point.node()).name.as_str();
    let view = |kind, text| PointView { kind, node: node.to_owned(), to: None, truth: None, text };
    match point {
        Point::Node(_) => view("node", words.id(node)),
        Point::Branch(id, rank) => {
            let branches = flow.branches(id);
            let Some((branch, to)) = branches.get(rank) else { return view("branch", words.id(node)) };
            let to = flow.node(*to).name.as_str();
            let case = phrases.case(branch);
            let text = words.fill("coverage.branch", &[&words.id(node), &words.id(to), &case]);
            PointView { to: Some(to.to_owned()), ..view("branch", text) }
        }
        Point::Condition(id, rank, truth) => {
            let told = conditions(flow, id).get(rank).map_or_else(String::new, |condition| phrases.when(condition));
            let key = if truth { "coverage.true" } else { "coverage.false" };
            let text = words.fill(key, &[&words.id(node), &told]);
            PointView { truth: Some(truth), ..view("condition", text) }
        }
    }
}
