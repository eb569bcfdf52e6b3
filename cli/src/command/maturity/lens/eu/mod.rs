//! `maturity --lens eu`: the European Union's eGovernment Benchmark.

mod read;
mod report;
#[cfg(test)]
mod tests;
mod text;
mod why;
mod write;

use std::{collections::BTreeMap, process::ExitCode};

use mastara_engine::{
    lens::eu::{Derived, Indicator, Service, derive},
    text::Name,
};
use rayon::prelude::*;

use super::{Scope, answers};
use crate::{
    args::{Maturity, TableFormat},
    context::Context,
    error::Error,
    view::lens::EuView,
};

pub use self::{
    read::{Estimates, services},
    report::{Answers, Event, Line, Report, Standing, reports},
    why::Why,
    write::table,
};

/// The country of the catalogue, as tables name it.
const MOROCCO: &str = "MA";

/// Runs the lens.
pub fn run(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    match &args.answers {
        Some(path) => {
            if let Some(scope) = &args.scope {
                return Err(Error::new("error.lens-scope", [scope]));
            }
            let Some((services, estimates)) = answers(path, context, services)? else { return Ok(ExitCode::FAILURE) };
            let name = path.to_string_lossy();
            let reports = reports(&services, |service, indicator| is_estimate(&estimates, service, indicator));
            let page = Page { title: context.words.id(&name), reports, estimates, ..Page::default() };
            print(&page, services.iter(), args, context)
        }
        None => catalogue(args, context),
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
    /// The scores.
    pub reports: Vec<Report>,
    /// Procedures that could not be measured.
    pub unmeasured: usize,
    /// The answers asked for.
    pub whys: Option<Vec<Why>>,
    /// The answers that are estimates.
    estimates: Estimates,
    /// The names of life events, where they are known.
    labels: super::Labels,
}

/// Whether an indicator of a service rests on an estimate.
fn is_estimate(estimates: &Estimates, service: &Service, indicator: Indicator) -> bool {
    indicator.questions().iter().any(|question| estimates.has(service, indicator.channel(), *question))
}

fn catalogue(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    let indicators = match args.why.as_deref() {
        None => None,
        Some("") => Some(Indicator::ALL.to_vec()),
        Some(word) => Some(indicators(word)?),
    };
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let scope = Scope::read(args.scope.as_deref(), &compiled)?;
    let (looked, unmeasured) = scope.look(&compiled, at);
    let country = Name::from(MOROCCO);
    let derived: Vec<Derived> =
        looked.par_iter().filter_map(|looked| Some(derive(&looked.subject(&compiled)?, &country, at.year()))).collect();
    let services: Vec<Service> = derived.iter().map(|derived| derived.service.clone()).collect();
    let by_name: BTreeMap<&Name, &Derived> = derived.iter().map(|derived| (&derived.service.name, derived)).collect();
    let mut estimates = Estimates::default();
    for derived in &derived {
        for ((channel, question), _) in derived.evidence.iter().filter(|(_, evidence)| evidence.estimated) {
            estimates.add(&derived.service, *channel, *question);
        }
    }
    let whys = indicators.map(|indicators| {
        let of = looked
            .iter()
            .filter_map(|looked| Some(why::whys(looked, by_name.get(&looked.procedure().id)?, &indicators, &compiled)));
        of.flatten().collect()
    });
    let page = Page {
        title: scope.title(&compiled, context),
        at: Some(at.to_string()),
        scope: scope.id().map(str::to_owned),
        reports: reports(&services, |service, indicator| is_estimate(&estimates, service, indicator)),
        unmeasured,
        estimates,
        whys,
        labels: compiled
            .vocabulary
            .life_events
            .iter()
            .map(|(id, title)| (id.to_string(), context.title(title).to_owned()))
            .collect(),
    };
    print(&page, services.iter(), args, context)
}

/// The indicators that a word names: one, or those of a dimension.
fn indicators(word: &str) -> Result<Vec<Indicator>, Error> {
    use mastara_engine::lens::eu::Dimension;
    if let Some(indicator) = Indicator::ALL.into_iter().find(|indicator| indicator.code() == word) {
        return Ok(vec![indicator]);
    }
    if let Some(dimension) = Dimension::ALL.into_iter().find(|dimension| dimension.code() == word) {
        return Ok(dimension.indicators().to_vec());
    }
    let known = Indicator::ALL.iter().map(|known| known.code()).chain(Dimension::ALL.iter().map(|known| known.code()));
    Err(Error::unknown("error.indicator", word, known))
}

fn print<'s>(
    page: &Page,
    services: impl Iterator<Item = &'s Service>,
    args: &Maturity,
    context: &Context,
) -> Result<ExitCode, Error> {
    match super::format(args)? {
        TableFormat::Text => context.print(&text::text(page, args.all, context))?,
        TableFormat::Json => context.print_json(&EuView::from(page))?,
        TableFormat::Csv => context.print_exactly(&table(services, &page.estimates))?,
    }
    Ok(ExitCode::SUCCESS)
}
