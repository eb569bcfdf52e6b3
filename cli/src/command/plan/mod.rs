//! `plan`: which changes, so many at most, save most a year; chosen exactly, in an order to build them, measured again by
//! execution.

mod amount;
mod burdens;
mod candidate;
mod case;
mod curve;
mod goal;
mod json;
mod study;
mod text;

use std::{collections::BTreeSet, fs, process::ExitCode, time::Duration};

use clap::ValueEnum;
use mastara_dsl::reform;
use mastara_engine::text::Name;
use mastara_plan::Limit;

use crate::{
    args::{ChangeKind, PlainFormat, Plan},
    context::Context,
    error::Error,
    survey::Survey,
};

/// Runs the command.
pub fn run(args: &Plan, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let authority = args.authority.as_deref().map(Name::from);
    if let Some(code) = authority.as_ref().filter(|code| !compiled.vocabulary.authorities.contains_key(*code)) {
        let known = compiled.vocabulary.authorities.keys().map(Name::as_str);
        return Err(Error::unknown("error.authority", code.as_str(), known));
    }
    let kinds = kinds(args);
    let survey = Survey::new(&compiled, at);
    let limit = Limit { time: Some(Duration::from_secs(u64::from(args.limit))), nodes: None };
    let asked = study::Asked {
        at,
        goal: args.goal,
        every: args.every,
        wanted: candidate::Wanted { kinds: &kinds, unit: args.unit, authority: authority.as_ref() },
        budget: u64::from(args.budget),
        limit,
    };
    let study = study::study(&survey, &compiled.vocabulary, &asked)
        .map_err(|flaw| Error::new("error.plan", [&flaw.to_string()]))?;
    if let Some(path) = &args.curve {
        let picture = curve::curve(&study, args, limit, context)?;
        fs::write(path, picture).map_err(|error| Error::unwritable(path, &error))?;
    }
    if let Some(path) = &args.reform {
        fs::write(path, file(&study)).map_err(|error| Error::unwritable(path, &error))?;
    }
    match args.format {
        PlainFormat::Text => context.print(&text::text(&study, args, &compiled.vocabulary, context))?,
        PlainFormat::Json => context.print_json(&json::view(&study, args))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The kinds of change to choose among.
fn kinds(args: &Plan) -> BTreeSet<ChangeKind> {
    if !args.only.is_empty() {
        return args.only.iter().copied().collect();
    }
    let usual = ChangeKind::value_variants().iter().copied().filter(|kind| kind.is_usual());
    usual.filter(|kind| !args.exclude.contains(kind)).collect()
}

/// The changes chosen as a file, in the order to build them, key by key.
fn file(study: &study::Study<'_>) -> String {
    let mut keys: Vec<(&str, Vec<String>)> = Vec::new();
    for stage in &study.stages {
        let Some(change) = study.candidates[stage.change].change() else { continue };
        let (kind, value) = reform::write(change);
        match keys.iter_mut().find(|(key, _)| *key == kind.key()) {
            Some((_, values)) => values.push(value),
            None => keys.push((kind.key(), vec![value])),
        }
    }
    let line = |(key, values): (&str, Vec<String>)| format!("{key}: [{}]\n", values.join(", "));
    keys.into_iter().map(line).collect()
}
