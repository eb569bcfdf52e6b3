//! Which part of the State is meant: by its word on the command line, and by its title for people.

use mastara_engine::{maturity::Scope, text::Name};

use super::record::Record;
use crate::{context::Context, error::Error};

/// The word for the whole State.
const STATE: [&str; 3] = ["etat", "state", "الدولة"];

/// A scope from its word: `etat`, an administration (`DGSN`), one with all that belong to it (`MI+`), a sector, a life
/// event (`evenement:famille` where a sector has the same name), or a procedure.
pub fn parse(word: &str, record: &Record<'_>) -> Result<Scope, Error> {
    let vocabulary = &record.compiled.vocabulary;
    let name = Name::from(word);
    if STATE.contains(&word) {
        return Ok(Scope::State);
    }
    let found = match word.split_once(':') {
        Some(("secteur" | "sector", rest)) => Some(Scope::Sector(rest.into())),
        Some(("evenement" | "event", rest)) => Some(Scope::LifeEvent(rest.into())),
        _ if word.ends_with('+') => Some(Scope::Department(word.trim_end_matches('+').into())),
        _ if vocabulary.authorities.contains_key(&name) => Some(Scope::Authority(name)),
        _ if vocabulary.sectors.contains_key(&name) => Some(Scope::Sector(name)),
        _ if vocabulary.life_events.contains_key(&name) => Some(Scope::LifeEvent(name)),
        _ => procedure(word, record),
    };
    let is_known = |scope: &Scope| !record.ledger.procedures(scope).is_empty();
    found.filter(is_known).ok_or_else(|| unknown(word, record))
}

fn procedure(word: &str, record: &Record<'_>) -> Option<Scope> {
    let mut ids = record.ledger.sheets.iter().map(|sheet| &sheet.id);
    let ends_so = |id: &&Name| id.as_str() == word || id.as_str().split_once('/').is_some_and(|(_, id)| id == word);
    ids.find(ends_so).cloned().map(Scope::Procedure)
}

fn unknown(word: &str, record: &Record<'_>) -> Error {
    let vocabulary = &record.compiled.vocabulary;
    let known = vocabulary.authorities.keys().chain(vocabulary.sectors.keys()).chain(vocabulary.life_events.keys());
    let known = known.chain(record.ledger.sheets.iter().map(|sheet| &sheet.id));
    Error::unknown("error.scope", word, known.map(Name::as_str))
}

/// As programs read it, and as [`parse`] does.
pub fn id(scope: &Scope) -> String {
    match scope {
        Scope::State => STATE[0].to_owned(),
        Scope::Authority(name) | Scope::Procedure(name) => name.to_string(),
        Scope::Department(name) => format!("{name}+"),
        Scope::Sector(name) => format!("secteur:{name}"),
        Scope::LifeEvent(name) => format!("evenement:{name}"),
    }
}

/// Which kind it is, as programs read it; also the last part of its key in the locales.
pub fn kind(scope: &Scope) -> &'static str {
    match scope {
        Scope::State => "state",
        Scope::Authority(_) => "authority",
        Scope::Department(_) => "department",
        Scope::Sector(_) => "sector",
        Scope::LifeEvent(_) => "life-event",
        Scope::Procedure(_) => "procedure",
    }
}

/// Its title.
pub fn title(scope: &Scope, record: &Record<'_>, context: &Context) -> String {
    let vocabulary = &record.compiled.vocabulary;
    match scope {
        Scope::State => context.words.get("maturity.state").to_owned(),
        Scope::Authority(name) | Scope::Department(name) => {
            context.label(name, vocabulary.authorities.get(name).map(|body| &body.title))
        }
        Scope::Sector(name) => context.label(name, vocabulary.sectors.get(name)),
        Scope::LifeEvent(name) => context.label(name, vocabulary.life_events.get(name)),
        Scope::Procedure(name) => {
            let line = record.survey.lines.iter().find(|line| line.procedure.id == *name);
            context.label(name, line.map(|line| &line.procedure.title))
        }
    }
}
