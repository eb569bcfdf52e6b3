//! Names across the catalogue, by what is typed of them.

use gen_lsp_types::{BaseSymbolInformation, Location, SymbolKind, WorkspaceSymbol, WorkspaceSymbolLocation};
use mastara_dsl::mention::{Noun, Use};
use mastara_engine::text::{Lang, Text};

use crate::{words::Words, world::World};

/// How many are told at once.
const MANY: usize = 200;

/// Procedures, fragments and words of the vocabulary whose identifier or title holds what is typed.
#[must_use]
pub fn search(world: &World, typed: &str, words: Words) -> Vec<WorkspaceSymbol> {
    let typed = typed.to_lowercase();
    let mut found = Vec::new();
    for id in world.ids() {
        let Some(uri) = world.uri(id) else { continue };
        let shared =
            |noun: Noun| !matches!(noun, Noun::Node | Noun::Version | Noun::Question | Noun::Case | Noun::Parameter);
        let own = world.mentions(id).iter().filter(|mention| mention.usage == Use::Definition && shared(mention.noun));
        for mention in own {
            let title = title(world, mention.noun, &mention.name);
            let titles = Lang::ALL.iter().filter_map(|lang| title.and_then(|title| title.get(*lang)));
            let is_it = mention.name.to_lowercase().contains(&typed)
                || titles.into_iter().any(|title| title.to_lowercase().contains(&typed));
            if !is_it {
                continue;
            }
            let range = world.page(id).range(mention.span, world.encoding);
            found.push(WorkspaceSymbol {
                location: WorkspaceSymbolLocation::Location(Location { uri: uri.clone(), range }),
                data: None,
                base_symbol_information: BaseSymbolInformation {
                    name: mention.name.to_string(),
                    kind: if mention.noun == Noun::Procedure { SymbolKind::Module } else { SymbolKind::Key },
                    tags: None,
                    container_name: title.map(|title| title.in_lang(words.lang).to_owned()),
                },
            });
            if found.len() >= MANY {
                return found;
            }
        }
    }
    found
}

/// The title of a word.
fn title<'w>(world: &'w World, noun: Noun, name: &str) -> Option<&'w Text> {
    let vocabulary = &world.compiled().vocabulary;
    match noun {
        Noun::Document => vocabulary.documents.get(name).map(|document| &document.title),
        Noun::Authority => vocabulary.authorities.get(name).map(|body| &body.title),
        Noun::Place => vocabulary.places.get(name).map(|place| &place.title),
        Noun::Register => vocabulary.registers.get(name).map(|register| &register.title),
        Noun::Portal => vocabulary.portals.get(name).map(|portal| &portal.title),
        Noun::Fee => vocabulary.fees.get(name).map(|fee| &fee.title),
        Noun::Text => vocabulary.texts.get(name).map(|text| &text.title),
        Noun::LifeEvent => vocabulary.life_events.get(name),
        Noun::Sector => vocabulary.sectors.get(name),
        Noun::Procedure => world.compiled().find(name).map(|entry| &entry.lowered.procedure.title),
        _ => None,
    }
}
