//! What holds of any file, however broken: nothing panics, formatting is stable, translation loses nothing.

use std::{path::Path, sync::LazyLock};

use mastara_dsl::{compile, disk, format::format, message, source::Source, verify};
use mastara_engine::text::Lang;
use proptest::{collection::vec, prelude::*, sample::Index};

/// The real catalogue: what analysts' files look like.
static CATALOG: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    disk::read_catalog(&folder).expect("the catalogue is part of the repository")
});

fn is_shared(source: &Source) -> bool {
    source.path().starts_with("vocabulary") || source.path().starts_with("fragments")
}

fn procedures() -> Vec<&'static Source> {
    CATALOG.iter().filter(|source| !is_shared(source)).collect()
}

/// Compiles, verifies and words everything about some texts among the shared files of the catalogue.
fn compile_texts(texts: &[String]) {
    let mut sources: Vec<_> = CATALOG.iter().filter(|source| is_shared(source)).cloned().collect();
    let files = texts.iter().enumerate();
    sources.extend(files.map(|(at, text)| Source::new(format!("procedures/x/y{at}.mastara"), text.as_bytes())));
    let compiled = compile::compile(sources);
    for finding in compiled.findings.iter().chain(&verify::verify(&compiled)) {
        let source = compiled.source(finding.source);
        let (line, column) = source.position(finding.span.start);
        assert!(line >= 1 && column >= 1);
        for lang in Lang::ALL {
            assert!(!message::message(finding, lang).text.is_empty());
        }
    }
}

/// A change to a text such as a slip of the hand makes.
#[derive(Clone, Debug)]
enum Edit {
    DropLine(Index),
    RepeatLine(Index),
    SwapLines(Index, Index),
    DropChar(Index),
    Insert(Index, String),
    Cut(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let word = prop_oneof![
        "[ -~]{0,6}",
        Just("\u{FEFF}".to_owned()),
        Just("\0".to_owned()),
        Just("\r".to_owned()),
        Just("\n".to_owned()),
        Just("٣".to_owned()),
        Just("étape".to_owned()),
        Just("si ((non ".to_owned()),
        Just("{x}".to_owned()),
        Just("-> fin".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("---\n".to_owned()),
    ];
    prop_oneof![
        any::<Index>().prop_map(Edit::DropLine),
        any::<Index>().prop_map(Edit::RepeatLine),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        any::<Index>().prop_map(Edit::DropChar),
        (any::<Index>(), word).prop_map(|(at, word)| Edit::Insert(at, word)),
        any::<Index>().prop_map(Edit::Cut),
    ]
}

fn apply(text: &str, edit: &Edit) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let mut chars: Vec<char> = text.chars().collect();
    if lines.is_empty() || chars.is_empty() {
        return text.to_owned();
    }
    match edit {
        Edit::DropLine(at) => {
            lines.remove(at.index(lines.len()));
        }
        Edit::RepeatLine(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
        }
        Edit::SwapLines(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
        }
        Edit::DropChar(at) => {
            chars.remove(at.index(chars.len()));
            return chars.into_iter().collect();
        }
        Edit::Insert(at, word) => {
            let at = at.index(chars.len());
            chars.splice(at..at, word.chars());
            return chars.into_iter().collect();
        }
        Edit::Cut(at) => {
            chars.truncate(at.index(chars.len()));
            return chars.into_iter().collect();
        }
    }
    lines.join("\n") + "\n"
}

fn broken() -> impl Strategy<Value = String> {
    (any::<Index>(), vec(edit(), 1..6)).prop_map(|(file, edits)| {
        let files = procedures();
        edits.iter().fold(files[file.index(files.len())].text().to_owned(), |text, edit| apply(&text, edit))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formatting_twice_is_formatting_once(text in broken()) {
        let once = format(&text, None);
        prop_assert_eq!(&format(&once, None), &once);
    }

    #[test]
    fn any_text_at_all_is_read(text in "(?s).{0,300}") {
        let once = format(&text, None);
        prop_assert_eq!(&format(&once, None), &once);
    }
}

proptest! {
    // Twenty texts a case: the shared files are the greater part of the work.
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_file_gives_findings_and_no_panic(texts in vec(broken(), 20)) {
        compile_texts(&texts);
    }

    #[test]
    fn any_text_at_all_gives_findings_and_no_panic(texts in vec("(?s).{0,300}", 20)) {
        compile_texts(&texts);
    }
}

/// The catalogue with every procedure rewritten.
fn rewritten(rewrite: impl Fn(&str) -> String) -> compile::Compiled {
    let again = |source: &Source| Source::new(source.path(), rewrite(source.text()).as_bytes());
    let sources = CATALOG.iter().map(|source| if is_shared(source) { source.clone() } else { again(source) });
    compile::compile(sources.collect())
}

/// How many findings each source has.
fn findings(compiled: &compile::Compiled) -> Vec<usize> {
    let mut counts = vec![0; compiled.sources.len()];
    compiled.findings.iter().for_each(|finding| counts[finding.source.0 as usize] += 1);
    counts
}

#[test]
fn formatting_does_not_change_what_a_file_says() {
    let (before, after) = (rewritten(str::to_owned), rewritten(|text| format(text, None)));
    assert_eq!(before.entries.len(), after.entries.len());
    for (before, after) in before.procedures().zip(after.procedures()) {
        assert_eq!(format!("{before:?}"), format!("{after:?}"), "{}", before.id);
    }
}

#[test]
fn a_file_translated_to_another_dialect_and_back_is_the_same_and_says_the_same() {
    let at_home = findings(&rewritten(|text| format(text, None)));
    for dialect in [Lang::Ar, Lang::En] {
        for source in procedures() {
            let home = format(source.text(), None);
            let away = format(&home, Some(dialect));
            assert_eq!(format(&away, Some(Lang::Fr)), home, "{}", source.name());
        }
        let away = rewritten(|text| format(text, Some(dialect)));
        for (source, (away, home)) in away.sources.iter().zip(findings(&away).iter().zip(&at_home)) {
            assert_eq!(away, home, "{} in {}", source.name(), dialect.code());
        }
    }
}
