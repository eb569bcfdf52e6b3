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

/// Compiles, verifies and words everything about one text among the shared files of the catalogue.
fn compile_text(text: &str) -> compile::Compiled {
    let mut sources: Vec<_> = CATALOG.iter().filter(|source| is_shared(source)).cloned().collect();
    sources.push(Source::new("procedures/x/y.mastara", text.as_bytes()));
    let compiled = compile::compile(sources);
    for finding in compiled.findings.iter().chain(&verify::verify(&compiled)) {
        let source = compiled.source(finding.source);
        let (line, column) = source.position(finding.span.start);
        assert!(line >= 1 && column >= 1);
        for lang in Lang::ALL {
            assert!(!message::message(finding, lang).text.is_empty());
        }
    }
    compiled
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
    fn a_broken_file_gives_findings_and_no_panic(text in broken()) {
        compile_text(&text);
    }

    #[test]
    fn formatting_twice_is_formatting_once(text in broken()) {
        let once = format(&text, None);
        prop_assert_eq!(&format(&once, None), &once);
    }

    #[test]
    fn any_text_at_all_is_read(text in "(?s).{0,300}") {
        let once = format(&text, None);
        prop_assert_eq!(&format(&once, None), &once);
        compile_text(&text);
    }
}

#[test]
fn formatting_does_not_change_what_a_file_says() {
    for source in procedures() {
        let (before, after) = (compile_text(source.text()), compile_text(&format(source.text(), None)));
        let says = |compiled: &compile::Compiled| {
            compiled.procedures().map(|procedure| format!("{procedure:?}")).collect::<Vec<_>>()
        };
        assert_eq!(says(&before), says(&after), "{}", source.name());
    }
}

#[test]
fn a_file_translated_to_another_dialect_and_back_is_the_same_and_says_the_same() {
    for source in procedures() {
        let home = format(source.text(), None);
        for dialect in [Lang::Ar, Lang::En] {
            let away = format(&home, Some(dialect));
            assert_eq!(format(&away, Some(Lang::Fr)), home, "{}", source.name());
            let errors = |text: &str| compile_text(text).findings.len();
            assert_eq!(errors(&away), errors(&home), "{} in {}", source.name(), dialect.code());
        }
    }
}
