//! `maturity --lens fr`: the French observatory of online procedures.

mod read;
mod text;
mod write;

use std::process::ExitCode;

use mastara_dsl::compile::Compiled;
use mastara_engine::lens::fr::{Derived, ESSENTIAL_USERS, Indicator, Service, derive};
use rayon::prelude::*;

use super::{Looked, Place, Scope, answers, places_of};
use crate::{
    args::{Maturity, TableFormat},
    context::Context,
    error::Error,
    view::lens::FrView,
};

pub use self::{
    read::{Estimates, services},
    write::{table, value},
};

/// What is shown.
#[derive(Debug, Default)]
pub struct Page {
    /// What was looked at.
    pub title: String,
    /// The day of the catalogue, if it is the catalogue.
    pub at: Option<String>,
    /// What of it, for programs.
    pub scope: Option<String>,
    /// The services.
    pub services: Vec<Service>,
    /// Those of more than 200 000 users a year, where volumes are known.
    pub essential: Option<usize>,
    /// The answers that are estimates.
    estimated: Estimates,
    /// Procedures that could not be measured.
    pub unmeasured: usize,
    /// The answers asked for.
    pub whys: Option<Vec<Why>>,
    /// The names of groups, where they are known.
    labels: super::Labels,
}

impl Page {
    /// Whether an answer of one of these services is an estimate, where it has a colour.
    pub fn is_estimated<'s>(&self, services: impl IntoIterator<Item = &'s Service>, indicator: Indicator) -> bool {
        services.into_iter().any(|service| {
            let judged = service
                .answers
                .get(&indicator)
                .is_some_and(|answer| mastara_engine::lens::fr::colour(indicator, *answer).is_reached().is_some());
            judged && self.estimated.contains(&(service.name.clone(), indicator))
        })
    }
}

/// An answer and what it rests on.
#[derive(Clone, Debug)]
pub struct Why {
    /// The procedure.
    pub service: String,
    /// The indicator.
    pub indicator: Indicator,
    /// The answer, as tables write it.
    pub answer: String,
    /// Its colour.
    pub colour: mastara_engine::lens::fr::Colour,
    /// Whether it is an estimate.
    pub estimated: bool,
    /// The lines.
    pub places: Vec<Place>,
}

/// Runs the lens.
pub fn run(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    let Some(path) = &args.answers else { return catalogue(args, context) };
    if let Some(scope) = &args.scope {
        return Err(Error::new("error.lens-scope", [scope]));
    }
    let Some((services, estimated)) = answers(path, context, services)? else { return Ok(ExitCode::FAILURE) };
    let page = Page { title: context.words.id(&path.to_string_lossy()), services, estimated, ..Page::default() };
    print(&page, args, context)
}

fn catalogue(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    let asked = match args.why.as_deref() {
        None => None,
        Some("") => Some(Indicator::ALL.to_vec()),
        Some(word) => {
            let known = || Indicator::ALL.iter().map(|known| known.code());
            let found = Indicator::from_code(word).ok_or_else(|| Error::unknown("error.indicator", word, known()))?;
            Some(vec![found])
        }
    };
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let scope = Scope::read(args.scope.as_deref(), &compiled)?;
    let (looked, unmeasured) = scope.look(&compiled, at);
    let derived: Vec<(&Looked<'_>, Derived)> =
        looked.par_iter().filter_map(|looked| Some((looked, derive(&looked.subject(&compiled)?)))).collect();
    let estimated = derived.iter().flat_map(|(_, derived)| {
        let estimates = derived.evidence.iter().filter(|(_, evidence)| evidence.estimated);
        estimates.map(|(indicator, _)| (derived.service.name.clone(), *indicator))
    });
    let is_essential = |looked: &&Looked<'_>| {
        looked.procedure().volume.as_ref().is_some_and(|volume| volume.requests > ESSENTIAL_USERS)
    };
    let page = Page {
        title: scope.title(&compiled, context),
        at: Some(at.to_string()),
        scope: scope.id().map(str::to_owned),
        essential: Some(looked.iter().filter(is_essential).count()),
        estimated: estimated.collect(),
        unmeasured,
        labels: super::authorities(&compiled, context),
        whys: asked.map(|asked| derived.iter().flat_map(|(looked, of)| whys(looked, of, &asked, &compiled)).collect()),
        services: derived.into_iter().map(|(_, derived)| derived.service).collect(),
    };
    print(&page, args, context)
}

fn whys(looked: &Looked<'_>, derived: &Derived, asked: &[Indicator], compiled: &Compiled) -> Vec<Why> {
    let mut whys = Vec::new();
    for (&indicator, &answer) in &derived.service.answers {
        if !asked.contains(&indicator) {
            continue;
        }
        let evidence = derived.evidence.get(&indicator).cloned().unwrap_or_default();
        let places = places_of(&evidence.grounds, looked, compiled);
        whys.push(Why {
            service: derived.service.name.to_string(),
            indicator,
            answer: value(answer),
            colour: mastara_engine::lens::fr::colour(indicator, answer),
            estimated: evidence.estimated,
            places,
        });
    }
    whys
}

fn print(page: &Page, args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    match super::format(args)? {
        TableFormat::Text => context.print(&text::text(page, args.all, context))?,
        TableFormat::Json => context.print_json(&FrView::from(page))?,
        TableFormat::Csv => context.print_exactly(&table(page.services.iter(), &page.estimated))?,
    }
    Ok(ExitCode::SUCCESS)
}
