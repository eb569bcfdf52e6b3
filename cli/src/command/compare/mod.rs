//! `compare`: before and after, step by step.

mod fates;
pub mod figures;
pub mod papers;
mod text;

use std::process::ExitCode;

use mastara_engine::{
    Date,
    answers::Answers,
    compare::Comparison,
    measure::Measures,
    procedure::{Procedure, Version},
    vocabulary::Vocabulary,
};

use crate::{
    args::{Compare, SheetFormat},
    catalogue,
    context::Context,
    error::Error,
    locale::Words,
    person,
    phrase::Phrases,
    template::{Page, render},
    view::{
        comparison::{ComparedVersionView, ComparisonView},
        measures::{FiguresView, provenance},
    },
};

/// One of the two versions, for one person.
pub struct Side<'a> {
    /// The version.
    pub version: &'a Version,
    /// The words.
    pub phrases: Phrases<'a>,
    /// The person, as far as this version asks about them.
    pub person: Answers,
    /// Its figures.
    pub measures: Measures,
}

/// Runs the command.
pub fn run(args: &Compare, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue_for(&[&args.id])?;
    let procedure = &catalogue::find(&compiled, &args.id)?.lowered.procedure;
    let (from, to) = versions(procedure, args, context.today())?;
    let view = between(procedure, [from, to], &compiled.vocabulary, &context.words, &args.with)?;
    match args.format {
        SheetFormat::Json => context.print_json(&view)?,
        SheetFormat::Markdown => {
            context.print(&render(Page::Comparison, text::Titled::new(&view, &context.words))?)?;
        }
        SheetFormat::Text => context.print(&text::text(&view, &context.words, context.width))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Two versions of a procedure side by side, for the person that is told.
pub fn between(
    procedure: &Procedure,
    [from, to]: [&Version; 2],
    vocabulary: &Vocabulary,
    words: &Words,
    with: &[String],
) -> Result<ComparisonView, Error> {
    let known: Vec<String> = [from, to].iter().flat_map(|version| person::known(&version.flow)).collect();
    let [older, newer] = [from, to].map(|version| {
        let phrases = Phrases { words, vocabulary, questions: version.flow.questions() };
        make_side(version, phrases, with, &known)
    });
    let (older, newer) = (older?, newer?);
    Ok(view(procedure, &older, &newer, &Comparison::between(from, to)))
}

/// The versions asked for: otherwise the oldest, and the one in force (or the last one, while the oldest is in force).
fn versions<'p>(procedure: &'p Procedure, args: &Compare, today: Date) -> Result<(&'p Version, &'p Version), Error> {
    let named = |name: &Option<String>| {
        name.as_deref().map(|name| catalogue::version(procedure, Some(name), today)).transpose()
    };
    let single = || Error::new("compare.single", [procedure.id.as_str()]);
    let from = named(&args.from)?.or(procedure.versions.first()).ok_or_else(single)?;
    let in_force = procedure.in_force(today).filter(|version| version.name != from.name);
    let to = named(&args.to)?.or(in_force).or(procedure.versions.last()).ok_or_else(single)?;
    if from.name == to.name {
        return Err(if procedure.versions.len() < 2 {
            single()
        } else {
            Error::new("compare.same", [from.name.as_str()])
        });
    }
    Ok((from, to))
}

/// A side. What is told of the person may concern one version only.
fn make_side<'a>(
    version: &'a Version,
    phrases: Phrases<'a>,
    with: &[String],
    known: &[String],
) -> Result<Side<'a>, Error> {
    let own = person::known(&version.flow);
    let name = |pair: &str| pair.split('=').next().unwrap_or(pair).trim().to_owned();
    let concerns = |pair: &&String| own.contains(&name(pair)) || !known.contains(&name(pair));
    let pairs: Vec<String> = with.iter().filter(concerns).cloned().collect();
    let person = person::read(&pairs, &version.flow, &phrases)?;
    let (_, measures) = person::walk(version, &person)?;
    Ok(Side { version, phrases, person, measures })
}

fn view(procedure: &Procedure, older: &Side<'_>, newer: &Side<'_>, comparison: &Comparison) -> ComparisonView {
    ComparisonView {
        id: procedure.id.to_string(),
        title: older.phrases.text(&procedure.title),
        from: version_view(older),
        to: version_view(newer),
        measures: figures::measures(older, newer),
        nodes: fates::fates(older, newer, comparison),
        new: fates::new(newer, comparison),
        papers: papers::papers(older, newer),
    }
}

fn version_view(side: &Side<'_>) -> ComparedVersionView {
    let version = side.version;
    ComparedVersionView {
        id: version.name.to_string(),
        title: side.phrases.text(&version.title),
        from: version.from.to_string(),
        planned: version.is_planned,
        provenance: provenance(version.provenance),
        figures: FiguresView::new(&side.measures, &version.flow),
    }
}
