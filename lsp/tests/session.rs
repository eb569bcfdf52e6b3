//! Whatever is typed, the server knows what compiling everything anew would tell, and answers without a panic.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use gen_lsp_types::{Position, Range, Uri};
use mastara_dsl::{
    compile, disk,
    finding::Finding,
    law,
    source::{Source, SourceId},
    verify,
};
use mastara_engine::{Date, text::Lang};
use mastara_lsp::{
    colour, complete, diagnose, fix, hover, inlay, layout, outline, rename, search, symbol, text::Encoding, uri,
    words::Words, world::World,
};
use proptest::{collection::vec, prelude::*, sample::Index};

const TODAY: Date = Date::constant(2026, 11, 22);

/// Some procedures of the real catalogue and the fragments and words that they use: what analysts' files look like.
static CATALOG: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let mut sources = disk::read_catalog(&folder).expect("the catalogue is part of the repository");
    let is_procedure = |source: &Source| source.path().starts_with("procedures");
    let mut count = 0;
    sources.retain(|source| {
        count += usize::from(is_procedure(source));
        !is_procedure(source) || count % 90 == 1
    });
    let written: String = sources.iter().filter(|source| is_procedure(source)).map(Source::text).collect();
    let used = |line: &&str| line.split(':').next().is_some_and(|key| written.contains(key));
    let trimmed = |source: &Source| match source.path().extension() {
        Some(end) if end == "yaml" => {
            let lines: Vec<_> = source.text().lines().filter(used).collect();
            Source::new(source.path(), (lines.join("\n") + "\n").as_bytes())
        }
        _ => source.clone(),
    };
    sources.iter().map(trimmed).collect()
});

/// Where the files are said to be; nothing is read from there.
fn folder() -> PathBuf {
    PathBuf::from("/nowhere/catalog")
}

fn address(source: &Source) -> Uri {
    uri::of(&folder().join(source.path()))
}

/// A change such as a slip of the hand makes.
#[derive(Clone, Debug)]
struct Slip {
    file: Index,
    line: Index,
    column: u32,
    lines: u32,
    length: u32,
    text: String,
}

fn slip() -> impl Strategy<Value = Slip> {
    let text = prop_oneof![
        Just(String::new()),
        "[ -~]{0,4}",
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\u{FEFF}".to_owned()),
        Just("\0".to_owned()),
        Just("𝄞مسطرة".to_owned()),
        Just("---\n".to_owned()),
        Just("id: identite/autre\n".to_owned()),
        Just("étape x à commune: T\n".to_owned()),
        Just("utilise recours-55-19(autorite: AREF)\n".to_owned()),
        Just("appelle x/y pour cnie\n".to_owned()),
        Just("fournit cnie copie x2 si ((non ".to_owned()),
        Just("{x}".to_owned()),
        Just("-> ".to_owned()),
    ];
    (any::<Index>(), any::<Index>(), 0..40u32, 0..3u32, 0..12u32, text)
        .prop_map(|(file, line, column, lines, length, text)| Slip { file, line, column, lines, length, text })
}

/// Everything found by compiling all files at once, by file.
fn fresh(world: &World) -> Vec<Vec<Finding>> {
    let ids: Vec<SourceId> = world.ids().collect();
    let again = |id: &SourceId| Source::new(world.source(*id).path(), world.page(*id).text().as_bytes());
    let compiled = compile::compile(ids.iter().map(again).collect());
    let mut all = compiled.findings.clone();
    all.extend(verify::verify(&compiled));
    all.extend(law::judge(&compiled, TODAY));
    compile::sort(&mut all);
    ids.iter().map(|id| all.iter().filter(|finding| finding.source == *id).cloned().collect()).collect()
}

/// Asks everything that can be asked at a place.
fn ask(world: &World, id: SourceId, position: Position, words: Words) {
    let range = Range { start: position, end: Position { line: position.line + 3, character: 0 } };
    let _ = hover::hover(world, id, position, words);
    let _ = complete::complete(world, id, position, words);
    for edit in layout::layout(world, id) {
        assert!(edit.range.start <= edit.range.end);
    }
    let _ = outline::outline(world, id);
    let _ = outline::folds(world, id);
    let _ = fix::fixes(world, id, range, words);
    let _ = colour::colours(world, id);
    let _ = inlay::hints(world, id, range, words);
    let _ = diagnose::diagnostics(world, id, words);
    let byte = world.page(id).byte(position, world.encoding);
    if let Some(mention) = symbol::mention_at(world, id, byte)
        && let Some(symbol) = symbol::symbol(world, id, mention)
    {
        let _ = symbol::definitions(world, id, mention, &symbol);
        let _ = rename::rename(world, &symbol, "autre-nom");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_state_after_any_edits_is_that_of_a_fresh_compilation(
        slips in vec(slip(), 1..12),
        encoding in prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16), Just(Encoding::Utf32)],
        lang in prop_oneof![Just(Lang::Fr), Just(Lang::Ar), Just(Lang::En)],
    ) {
        let mut world = World::new(CATALOG.clone(), Some(folder()), encoding, TODAY);
        let names: Vec<Uri> = CATALOG.iter().map(address).collect();
        for (uri, source) in names.iter().zip(CATALOG.iter()) {
            world.open(uri.clone(), 1, source.text().to_owned());
        }
        world.settle();
        for (version, slip) in (2..).zip(slips) {
            let uri = slip.file.get(&names);
            let Some(id) = world.find(uri) else { continue };
            let lines = u32::try_from(world.page(id).text().lines().count()).unwrap_or(0);
            let line = u32::try_from(slip.line.index(lines as usize + 1)).unwrap_or(0);
            let start = Position { line, character: slip.column };
            let end = Position { line: line + slip.lines, character: slip.column + slip.length };
            world.change(uri, version, [(Some(Range { start, end }), slip.text)]);
            let told = world.settle();
            prop_assert!(told.contains(&id) || world.is_behind());
            // What is asked before all is compiled is answered too.
            ask(&world, id, start, Words { lang });
            world.catch_up();
            ask(&world, id, start, Words { lang });
            let known: Vec<_> = world.ids().map(|id| world.findings(id)).collect();
            prop_assert_eq!(known, fresh(&world));
        }
        let _ = search::search(&world, "a", Words { lang });
    }
}

#[test]
fn an_identifier_that_comes_goes_or_is_claimed_twice_is_known_everywhere() {
    let mut world = World::new(CATALOG.clone(), Some(folder()), Encoding::Utf8, TODAY);
    let procedures: Vec<&Source> = CATALOG.iter().filter(|source| source.path().starts_with("procedures")).collect();
    let (first, second) = (procedures[0], procedures[1]);
    let id_of = |source: &Source| {
        let line = source.text().lines().find_map(|line| line.strip_prefix("id: "));
        line.map(str::to_owned).unwrap_or_default()
    };
    let calls = format!("{}\n", first.text().trim_end());
    let call = |id: &str| {
        let step = format!("\n  étape appel à commune: T\n    ar: ن\n    appelle {id} pour cnie\n");
        calls.clone() + &step
    };
    let texts = [
        (first, call(&id_of(second))),
        (second, second.text().replacen("id: ", "id: x", 1)),
        (second, second.text().replacen(&id_of(second), &id_of(first), 1)),
        (second, second.text().replacen("id: ", "id: [", 1)),
        (second, second.text().to_owned()),
    ];
    for source in [first, second] {
        world.open(address(source), 1, source.text().to_owned());
    }
    for (version, (source, text)) in (2..).zip(texts) {
        world.change(&address(source), version, [(None, text)]);
        world.catch_up();
        let known: Vec<_> = world.ids().map(|id| world.findings(id)).collect();
        assert_eq!(known, fresh(&world), "version {version}");
    }
}
