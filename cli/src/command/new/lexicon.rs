//! What a word of the vocabulary is near to: the place of an authority, the text behind a reference.

use std::collections::BTreeMap;

use mastara_dsl::{
    compile::{Compiled, Role, compile, role},
    source::Source,
};
use mastara_engine::{Date, node::Channel, text::Name};

use super::moment::in_figures;
use crate::find::{Found, find, fold};

/// The place at which an authority is met.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The place, or the authority itself.
    pub id: String,
    /// Whether it is only the likeliest of several.
    pub is_guess: bool,
}

/// The place at which an authority is met: its only one; of several, the one to which its other procedures go most, those of
/// the same sector first; or else the authority itself.
///
/// `sources` are the files of the catalogue: only those that name the authority are compiled, and only if that is needed.
pub fn place_of(compiled: &Compiled, sources: &[Source], authority: &str, sector: &str) -> Place {
    let places = &compiled.vocabulary.places;
    let own: Vec<&Name> =
        places.iter().filter(|(_, place)| place.authority.as_str() == authority).map(|(name, _)| name).collect();
    match own.as_slice() {
        [] => Place { id: authority.to_owned(), is_guess: false },
        [only] => Place { id: only.to_string(), is_guess: false },
        own => {
            let usual = usual(sources, own, authority, sector);
            Place { id: usual.unwrap_or_else(|| authority.to_owned()), is_guess: true }
        }
    }
}

/// Of some places, the one to which procedures of an authority go most.
fn usual(sources: &[Source], own: &[&Name], authority: &str, sector: &str) -> Option<String> {
    let is_near = |source: &&Source| role(source.path()) != Role::Procedure || source.text().contains(authority);
    let compiled = compile(sources.iter().filter(is_near).cloned().collect());
    let counted = |of_sector: bool| {
        let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
        let procedures = compiled.procedures().filter(|procedure| {
            procedure.authority.as_str() == authority && (!of_sector || procedure.sector.as_str() == sector)
        });
        for (_, node) in procedures.flat_map(|procedure| &procedure.versions).flat_map(|version| version.flow.nodes()) {
            if let Some(Channel::Counter(place)) = node.step().map(|step| &step.channel)
                && own.contains(&place)
            {
                *counts.entry(place).or_default() += 1;
            }
        }
        // The first by name among the most frequent.
        counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(place, _)| place.to_string())
    };
    counted(true).or_else(|| counted(false))
}

/// The legal text of the vocabulary that a reference means: by its kind and all its numbers, a date among them; or by the words
/// of its title.
pub fn text_of(compiled: &Compiled, reference: &str, until: Date) -> Option<String> {
    let texts = &compiled.vocabulary.texts;
    let reference = reference.replace('°', "");
    // What is cited is the text: its article is not part of its name.
    let whole = fold(&reference);
    let whole = whole.split(" art. ").next().unwrap_or_default().to_owned();
    let own = in_figures(&whole, until);
    let wanted = numbers(&own);
    let is_kind = |name: &Name| {
        let kind: String = name.as_str().chars().take_while(|c| !c.is_ascii_digit()).collect();
        let kind = fold(&kind);
        !kind.is_empty() && own.contains(&kind)
    };
    let mut same = texts.keys().filter(|name| !wanted.is_empty() && numbers(name.as_str()) == wanted && is_kind(name));
    if let (Some(name), None) = (same.next(), same.next()) {
        return Some(name.to_string());
    }
    let titles: Vec<_> = texts.iter().map(|(name, text)| (name, &text.title)).collect();
    match find(&titles, &whole) {
        Found::One(name, _) if numbers(name.as_str()) == numbers(&whole) => Some(name.to_string()),
        _ => None,
    }
}

/// The numbers of a reference, in their order.
fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.map(|part| part.trim_start_matches('0').to_owned()).collect()
}
