//! `maturity --lens unctad`: UNCTAD's eRegulations.

mod read;
mod text;
mod write;

use std::process::ExitCode;

use mastara_engine::lens::unctad::{Step, Totals, derive};
use rayon::prelude::*;

use super::{Looked, Place, Scope, answers, places_of};
use crate::{
    args::{Maturity, TableFormat},
    context::Context,
    error::Error,
    view::lens::UnctadView,
};

pub use self::{read::procedures, write::table};

/// A procedure.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Its identifier.
    pub id: String,
    /// What its steps add up to.
    pub totals: Totals,
    /// Whether a figure of it is an estimate.
    pub estimated: bool,
    /// Its steps, each with the lines that made it and whether a figure of it is an estimate.
    pub steps: Vec<(Step, Vec<Place>, bool)>,
}

impl Objective {
    /// A procedure from its steps, each with whether a figure of it is an estimate; nothing else is known.
    pub fn new(id: String, steps: Vec<(Step, bool)>) -> Self {
        let all: Vec<Step> = steps.iter().map(|(step, _)| step.clone()).collect();
        let estimated = steps.iter().any(|(_, estimated)| *estimated);
        let steps = steps.into_iter().map(|(step, estimated)| (step, Vec::new(), estimated)).collect();
        Self { id, totals: Totals::of(&all), estimated, steps }
    }
}

/// What is shown.
#[derive(Debug, Default)]
pub struct Page {
    /// What was looked at.
    pub title: String,
    /// The day of the catalogue, if it is the catalogue.
    pub at: Option<String>,
    /// What of it, for programs.
    pub scope: Option<String>,
    /// The procedures.
    pub objectives: Vec<Objective>,
    /// Procedures that could not be measured.
    pub unmeasured: usize,
    /// Whether the lines are asked for.
    pub is_why: bool,
    /// The names of entities, where they are known.
    labels: super::Labels,
}

/// Runs the lens.
pub fn run(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    let page = match &args.answers {
        Some(path) => {
            if let Some(scope) = &args.scope {
                return Err(Error::new("error.lens-scope", [scope]));
            }
            let Some(objectives) = answers(path, context, procedures)? else { return Ok(ExitCode::FAILURE) };
            Page { title: context.words.id(&path.to_string_lossy()), objectives, ..Page::default() }
        }
        None => catalogue(args, context)?,
    };
    match super::format(args)? {
        TableFormat::Text => context.print(&text::text(&page, args.all, context))?,
        TableFormat::Json => context.print_json(&UnctadView::from(&page))?,
        TableFormat::Csv => context.print_exactly(&table(&page.objectives))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn catalogue(args: &Maturity, context: &Context) -> Result<Page, Error> {
    if let Some(word) = args.why.as_deref().filter(|word| !word.is_empty()) {
        return Err(Error::new("error.indicator", [word]));
    }
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let scope = Scope::read(args.scope.as_deref(), &compiled)?;
    let (looked, unmeasured) = scope.look(&compiled, at);
    let objective = |looked: &Looked<'_>| {
        let derived = derive(&looked.subject(&compiled)?);
        let steps = derived.steps.into_iter().map(|(step, evidence)| {
            let places = places_of(&evidence.grounds, looked, &compiled);
            (step, places, evidence.estimated)
        });
        Some(Objective {
            id: looked.procedure().id.to_string(),
            totals: derived.totals,
            estimated: derived.estimated,
            steps: steps.collect(),
        })
    };
    Ok(Page {
        title: scope.title(&compiled, context),
        at: Some(at.to_string()),
        scope: scope.id().map(str::to_owned),
        objectives: looked.par_iter().filter_map(objective).collect(),
        unmeasured,
        is_why: args.why.is_some(),
        labels: super::authorities(&compiled, context),
    })
}
