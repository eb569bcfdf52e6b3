//! `plan`: which changes, so many at most, save most a year; chosen exactly, in an order to build them, measured again by
//! execution.

mod burdens;
mod candidate;
mod case;
mod goal;
mod study;

use std::{collections::BTreeSet, process::ExitCode, time::Duration};

use clap::ValueEnum;
use mastara_engine::text::Name;

use crate::{
    args::{ChangeKind, PlainFormat, Plan},
    context::Context,
    error::Error,
    survey::Survey,
};

/// Runs the command.
pub fn run(args: &Plan, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = args.at.unwrap_or_else(|| context.today());
    let authority = args.authority.as_deref().map(Name::from);
    if let Some(code) = authority.as_ref().filter(|code| !compiled.vocabulary.authorities.contains_key(*code)) {
        let known = compiled.vocabulary.authorities.keys().map(Name::as_str);
        return Err(Error::unknown("error.authority", code.as_str(), known));
    }
    let kinds = kinds(args);
    let survey = Survey::new(&compiled, at);
    let asked = study::Asked {
        at,
        goal: args.goal,
        every: args.every,
        wanted: candidate::Wanted { kinds: &kinds, unit: args.unit, authority: authority.as_ref() },
        budget: u64::from(args.budget),
        limit: Duration::from_secs(u64::from(args.limit)),
    };
    let t = std::time::Instant::now();
    let study = study::study(&survey, &compiled.vocabulary, &asked).unwrap();
    eprintln!(
        "{:?} cases {} cands {} items {} left_out {}",
        t.elapsed(),
        study.cases.len(),
        study.candidates.len(),
        study.instance.burdens(),
        study.left_out
    );
    eprintln!(
        "{:?} greedy {} whole {} measured {} between {:?}",
        study.solution, study.greedy, study.whole, study.measured, study.between
    );
    for s in &study.stages {
        eprintln!("{} {} {:?}", s.gain, s.total, study.candidates[s.change]);
    }
    for s in &study.apart {
        eprintln!("APART {s:?}");
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
