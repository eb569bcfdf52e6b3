//! Over a rank in a header the editor says which decision the list has there.

use std::path::Path;

use gen_lsp_types::{Contents, Position};
use mastara_dsl::disk;
use mastara_engine::{Date, text::Lang};
use mastara_lsp::{hover, text::Encoding, uri, words::Words, world::World};

const TEXT: &str = "---\nid: x/y\nlangue: fr\nsilence: {liste: etat, rang: [1, 57-1]}\ntrente-jours: 96\n---\n";

#[test]
fn a_rank_tells_its_decision() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let sources = disk::read_catalog(&root.join("catalog")).expect("the catalogue is part of the repository");
    let shared = sources.into_iter().filter(|source| !source.path().starts_with("procedures")).collect();
    let mut world = World::new(shared, None, Encoding::Utf16, Date::constant(2026, 11, 22));
    let uri = uri::of(Path::new("/nowhere/y.mastara"));
    world.open(uri.clone(), 1, TEXT.to_owned());
    world.catch_up();
    let id = world.find(&uri).expect("the file is open");
    let told = |words: &str, lang: Lang| {
        let byte = TEXT.find(words).expect("the words are there");
        let line = TEXT[..byte].matches('\n').count();
        let character = byte - TEXT[..byte].rfind('\n').map_or(0, |at| at + 1);
        let position = Position { line: line as u32, character: character as u32 };
        let hover = hover::hover(&world, id, position, Words { lang });
        match hover.map(|hover| hover.contents) {
            Some(Contents::MarkupContent(content)) => content.value,
            _ => String::new(),
        }
    };
    let classing = told("96", Lang::Fr);
    assert!(classing.contains("Classement d'exploitation") && classing.contains("délai légal 30 j"), "{classing}");
    let rules = told("57-1", Lang::Ar);
    assert!(rules.contains("النظام الداخلي") && rules.contains("2025-02-10"), "{rules}");
    assert!(told("1, 57", Lang::Fr).contains("nouveau gérant"));
}
