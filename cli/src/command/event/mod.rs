//! `event`: the procedures that one event in life brings together, measured together.

mod text;

use std::process::ExitCode;

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    deep::Together,
    text::Name,
    vocabulary::{Event, Vocabulary},
};

use crate::{
    args::{Event as Args, PlainFormat},
    context::Context,
    error::Error,
    linked::{Linked, Sum},
    view::deep::{EventView, EventsView, SumView},
};

/// An event, measured.
pub struct Measured<'a> {
    /// Its identifier.
    id: &'a Name,
    event: &'a Event,
    with_options: bool,
    /// The procedures by rank, in their order.
    ranks: Vec<usize>,
    not_measured: Vec<&'a Name>,
    apart: Together,
    together: Sum,
    apart_least: Together,
    least: Sum,
    full: Sum,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = context.day(args.at);
    let asked = args.id.as_deref().map(|id| find(id, &compiled)).transpose()?;
    let linked = Linked::new(&compiled, at);
    let measured: Vec<_> = match &asked {
        Some((id, event)) => vec![measure(id, event, args.options, &linked, &compiled)?],
        None => {
            let events = compiled.vocabulary.events.iter();
            events.map(|(id, event)| measure(id, event, args.options, &linked, &compiled)).collect::<Result<_, _>>()?
        }
    };
    match args.format {
        PlainFormat::Json => {
            let events = measured.iter().map(|measured| view(measured, &linked)).collect();
            context.print_json(&EventsView { at: at.to_string(), events })?;
        }
        PlainFormat::Text => {
            let page = text::Page { linked: &linked, vocabulary: &compiled.vocabulary, at, context };
            let text = match &measured[..] {
                [one] if asked.is_some() => page.event(one),
                all => page.list(all),
            };
            context.print(&text)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The event of this name, or the life event with all procedures that say they belong to it.
fn find(id: &str, compiled: &Compiled) -> Result<(Name, Event), Error> {
    let Vocabulary { events, life_events, .. } = &compiled.vocabulary;
    if let Some((name, event)) = events.get_key_value(id) {
        return Ok((name.clone(), event.clone()));
    }
    let Some((name, title)) = life_events.get_key_value(id) else {
        let known = events.keys().chain(life_events.keys()).map(Name::as_str);
        return Err(Error::unknown("error.event", id, known));
    };
    let of = compiled.procedures().filter(|procedure| procedure.life_event.as_ref() == Some(name));
    let procedures = of.map(|procedure| procedure.id.clone()).collect();
    Ok((name.clone(), Event { title: title.clone(), life_event: Some(name.clone()), procedures, options: Vec::new() }))
}

fn measure<'a>(
    id: &'a Name,
    event: &'a Event,
    with_options: bool,
    linked: &Linked<'_>,
    compiled: &Compiled,
) -> Result<Measured<'a>, Error> {
    let (mut ranks, mut not_measured) = (Vec::new(), Vec::new());
    let options = event.options.iter().filter(|_| with_options);
    for procedure in event.procedures.iter().chain(options) {
        if compiled.find(procedure.as_str()).is_none() {
            let known = compiled.procedures().map(|procedure| procedure.id.as_str());
            let unknown = Error::unknown("error.event-procedure", procedure.as_str(), known);
            return Err(Error { args: vec![procedure.to_string(), id.to_string()], ..unknown });
        }
        match linked.rank(procedure) {
            Some(rank) if ranks.contains(&rank) => {}
            Some(rank) => ranks.push(rank),
            None => not_measured.push(procedure),
        }
    }
    // Nobody says in which order all procedures of a life event come: those that the papers of others come from go first.
    if !compiled.vocabulary.events.contains_key(id) {
        let depths = linked.documents.depths();
        ranks.sort_by_key(|&rank| (depths[rank], rank));
    }
    let each = |sum: &dyn Fn(&[usize]) -> Sum| {
        ranks.iter().fold(Together::default(), |all, &rank| all.and(&sum(&[rank]).figures))
    };
    Ok(Measured {
        id,
        event,
        with_options,
        apart: each(&|roots| linked.alone(roots)),
        together: linked.alone(&ranks),
        apart_least: each(&|roots| linked.with_lapsing(roots)),
        least: linked.with_lapsing(&ranks),
        full: linked.with_all(&ranks),
        ranks,
        not_measured,
    })
}

fn view(measured: &Measured<'_>, linked: &Linked<'_>) -> EventView {
    let event = measured.event;
    EventView {
        id: measured.id.to_string(),
        title: (&event.title).into(),
        life_event: event.life_event.as_ref().map(ToString::to_string),
        procedures: measured.ranks.iter().map(|&rank| linked.procedure(rank).id.to_string()).collect(),
        options: event.options.iter().map(ToString::to_string).collect(),
        with_options: measured.with_options,
        not_measured: measured.not_measured.iter().map(ToString::to_string).collect(),
        apart: (&measured.apart).into(),
        together: SumView::new(&measured.together, linked),
        apart_least: (&measured.apart_least).into(),
        least: SumView::new(&measured.least, linked),
        full: SumView::new(&measured.full, linked),
    }
}
