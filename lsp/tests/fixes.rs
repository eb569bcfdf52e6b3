//! A fix that is offered mends what it is offered for, in every broken file that the project keeps.

use std::{fs, path::Path};

use gen_lsp_types::{Position, Range, Uri};
use mastara_dsl::{disk, finding::Finding};
use mastara_engine::{Date, text::Lang};
use mastara_lsp::{fix, text::Encoding, uri, words::Words, world::World};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// How often the same is said.
fn count(world: &World, uri: &Uri, like: &Finding) -> usize {
    let found = world.find(uri).map(|id| world.findings(id)).unwrap_or_default();
    found.iter().filter(|finding| finding.code == like.code && finding.args == like.args).count()
}

#[test]
fn a_fix_mends_what_it_is_offered_for() {
    let sources = disk::read_catalog(&root().join("catalog")).expect("the catalogue is part of the repository");
    let shared = sources.into_iter().filter(|source| !source.path().starts_with("procedures")).collect();
    let mut world = World::new(shared, None, Encoding::Utf16, Date::constant(2026, 11, 22));
    // One file that takes every text in turn: nothing else has to be compiled again.
    let uri = uri::of(Path::new("/nowhere/x.mastara"));
    world.open(uri.clone(), 1, String::new());
    let mut version = 1;
    let mut mended = 0;
    let mut paths: Vec<_> = fs::read_dir(root().join("snapshots/broken"))
        .expect("the broken files are part of the repository")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "mastara"))
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read(&path).expect("a file of the folder");
        let text = String::from_utf8_lossy(&text).into_owned();
        version += 1;
        world.change(&uri, version, [(None, text.clone())]);
        world.catch_up();
        let Some(id) = world.find(&uri) else { panic!("{} is not known", path.display()) };
        for finding in world.findings(id) {
            let range = world.page(id).range(finding.span, world.encoding);
            let actions = fix::fixes(&world, id, range, Words { lang: Lang::Fr });
            let own = actions.into_iter().filter(|action| {
                let told = action.diagnostics.as_deref().and_then(|told| told.first());
                told.is_some_and(|told| {
                    told.range == range && told.code == Some(finding.code.number().to_owned().into())
                })
            });
            let before = count(&world, &uri, &finding);
            for action in own {
                let changes = action.edit.and_then(|edit| edit.changes).unwrap_or_default();
                let edits = changes.into_values().flatten().map(|edit| (Some(edit.range), edit.new_text));
                let edits: Vec<_> = edits.collect();
                version += 1;
                world.change(&uri, version, edits.clone());
                world.catch_up();
                let after = count(&world, &uri, &finding);
                assert!(after < before, "{}: {:?} stays after {edits:?}", path.display(), finding);
                mended += 1;
                version += 1;
                world.change(&uri, version, [(None, text.clone())]);
                world.catch_up();
            }
        }
    }
    assert!(mended > 50, "only {mended} fixes were tried");
}

#[test]
fn a_place_without_findings_has_no_fix() {
    let mut world = World::new(Vec::new(), None, Encoding::Utf16, Date::constant(2026, 11, 22));
    let uri = uri::of(Path::new("/nowhere/x.mastara"));
    world.open(uri.clone(), 1, "\n\n".to_owned());
    world.catch_up();
    let far = Position { line: 9, character: 0 };
    let actions =
        world.find(&uri).map(|id| fix::fixes(&world, id, Range { start: far, end: far }, Words { lang: Lang::Ar }));
    assert!(actions.is_some_and(|actions| actions.is_empty()));
}
