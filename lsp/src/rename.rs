//! Renaming across files.

use std::collections::BTreeMap;

use gen_lsp_types::TextEdit;
use mastara_dsl::{
    lower::END,
    mention::{Noun, Use},
    source::SourceId,
};

use crate::{
    symbol::{Occurrence, Symbol, occurrences},
    world::World,
};

/// Why a name is kept: a key of the words.
pub type Refused = &'static str;

/// What renaming changes.
#[derive(Debug, Default, PartialEq)]
pub struct Renamed {
    /// Edits by file.
    pub edits: BTreeMap<SourceId, Vec<TextEdit>>,
    /// The file whose name says the identifier, and the name it takes, from the folder of the catalogue.
    pub moved: Option<(SourceId, String)>,
}

/// Whether a symbol may be renamed here at all.
///
/// # Errors
/// If it has no definition that the editor can write to.
pub fn check(world: &World, symbol: &Symbol) -> Result<Vec<Occurrence>, Refused> {
    if symbol.name() == END && symbol.noun() == Noun::Node {
        return Err("rename.reserved");
    }
    let found = occurrences(world, symbol);
    let is_defined = found.iter().any(|occurrence| occurrence.usage == Use::Definition);
    if !is_defined || found.iter().any(|occurrence| world.uri(occurrence.file).is_none()) {
        return Err("rename.elsewhere");
    }
    Ok(found)
}

/// Gives a symbol another name.
///
/// # Errors
/// If it cannot be renamed, or the name is none or is taken.
pub fn rename(world: &World, symbol: &Symbol, name: &str) -> Result<Renamed, Refused> {
    let found = check(world, symbol)?;
    let noun = symbol.noun();
    let has_sector = noun == Noun::Procedure;
    let parts: Vec<&str> = name.split('/').collect();
    if parts.len() != 1 + usize::from(has_sector) || !parts.iter().all(|part| is_identifier(part)) || name == END {
        return Err("rename.not-a-name");
    }
    let other = match symbol.clone() {
        Symbol::Shared(noun, _) => Symbol::Shared(noun, name.into()),
        Symbol::Local { file, noun, of, .. } => Symbol::Local { file, noun, name: name.into(), of },
    };
    let is_taken = occurrences(world, &other).iter().any(|occurrence| occurrence.usage == Use::Definition);
    if is_taken && name != symbol.name() {
        return Err("rename.taken");
    }
    let mut renamed = Renamed::default();
    for occurrence in &found {
        let range = world.page(occurrence.file).range(occurrence.span, world.encoding);
        renamed.edits.entry(occurrence.file).or_default().push(TextEdit { range, new_text: name.to_owned() });
    }
    let definition = found.iter().find(|occurrence| occurrence.usage == Use::Definition);
    renamed.moved = definition.and_then(|occurrence| moved(world, symbol, occurrence.file, name));
    Ok(renamed)
}

/// An identifier of a procedure or fragment is the path of its file.
fn moved(world: &World, symbol: &Symbol, file: SourceId, name: &str) -> Option<(SourceId, String)> {
    let folder = match symbol.noun() {
        Noun::Procedure => "procedures",
        Noun::Fragment => "fragments",
        _ => return None,
    };
    let old = world.source(file).name();
    let is_path = old == format!("{folder}/{}.mastara", symbol.name());
    is_path.then(|| (file, format!("{folder}/{name}.mastara")))
}

/// Latin letters, digits and single hyphens between them, a letter first.
fn is_identifier(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.split('-').all(is_part)
}
