//! Broken files: each tells all its mistakes, at the right place, and none hangs or panics.
//!
//! A case is a file of `snapshots/broken`, or a folder of files where it takes several; its findings are beside it. Those
//! whose name begins with `ar-` or `en-` are told in that language, the others in French.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use mastara_dsl::{disk, format, source::Source};
use mastara_engine::text::Lang;
use mastara_snapshots::{Checked, check, golden, kept, root, show, vocabulary};

/// No broken file may keep a reader waiting longer, on a slow machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn every_broken_file_tells_its_mistakes() {
    let cases = cases();
    assert!(cases.len() >= 70, "only {} cases", cases.len());
    let mut fine = Vec::new();
    golden("broken").bind(|| {
        for (name, files) in cases {
            let checked = check(vocabulary(), files);
            insta::assert_snapshot!(name.clone(), show::findings(&checked, lang(&name)));
            fine.extend(checked.findings.is_empty().then_some(name));
        }
    });
    assert!(fine.is_empty(), "nothing is wrong with {fine:?}");
}

#[test]
fn no_snapshot_is_left_of_a_case_that_is_no_more() {
    let mut names: BTreeSet<_> = cases().into_iter().map(|(name, _)| name).collect();
    names.insert("without-vocabulary".to_owned());
    let made = MONSTERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let stale: Vec<_> =
        kept("broken").difference(&names).chain(kept("broken/made").difference(&made)).cloned().collect();
    assert!(stale.is_empty(), "snapshots of no case: {stale:?}");
}

#[test]
fn formatting_a_broken_file_twice_is_formatting_it_once() {
    for (name, files) in cases() {
        for file in files.iter().filter(|file| file.name().ends_with(".mastara")) {
            let once = format::format(file.text(), None);
            assert_eq!(format::format(&once, None), once, "{name}: {}", file.name());
        }
    }
}

#[test]
fn without_vocabulary_every_word_is_unknown() {
    let text = "---\nid: identite/exemple\nlangue: fr\nresponsable: DGSN\nusagers: [citoyen]\nstatut: brouillon\n---\n\
                procédure: Exemple\n  ar: مثال\nversion guichet depuis 2024-01-01: Au guichet\n  ar: بالشباك\n  \
                étape depot à commune: Déposer\n    ar: إيداع\n    fournit cnie selon loi-55-19 art 3\n";
    let file = Source::new("without-vocabulary.mastara", text.as_bytes());
    golden("broken").bind(|| {
        insta::assert_snapshot!("without-vocabulary", show::findings(&check(Vec::new(), vec![file]), Lang::Fr));
    });
}

/// Files that cannot be kept as files: too large, or not text.
#[test]
fn monstrous_files_are_told_and_quickly() {
    golden("broken/made").bind(|| {
        for (name, make) in MONSTERS {
            let checked = patiently(name, *make);
            let mut shown = String::new();
            for finding in checked.findings.iter().take(SHOWN) {
                shown += &show::shown(finding, checked.compiled.source(finding.source), 0, Lang::Fr);
            }
            if checked.findings.len() > SHOWN {
                shown += &format!("… {} in all\n", checked.findings.len());
            }
            insta::assert_snapshot!(*name, shown);
        }
    });
}

/// How many findings of a monstrous file are kept.
const SHOWN: usize = 6;

/// Checks in another thread, so that what hangs is a failure and not a test that never ends.
fn patiently(name: &'static str, make: fn() -> Vec<u8>) -> Checked {
    let (done, awaited) = mpsc::channel();
    let start = Instant::now();
    thread::spawn(move || {
        let file = Source::new(format!("{name}.mastara"), &make());
        drop(done.send(check(vocabulary(), vec![file])));
    });
    let checked = awaited.recv_timeout(PATIENCE);
    if checked.is_err() {
        return Checked { compiled: mastara_dsl::compile::Compiled::default(), findings: vec![] };
    }
    checked.unwrap_or_else(|_| panic!("{name} is not done after {:?} (or it panicked)", start.elapsed()))
}

type Maker = fn() -> Vec<u8>;

const MONSTERS: &[(&str, Maker)] = &[
    ("alias-bomb", || {
        let mut header = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for at in 1..10 {
            header += &format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", "));
        }
        file(&header, "").into_bytes()
    }),
    ("anchor-of-itself", || file("a: &a [*a]\n", "").into_bytes()),
    ("brackets-in-header", || file(&format!("a: {}\n", "[".repeat(100_000)), "").into_bytes()),
    ("braces-in-header", || file(&format!("a: {}\n", "{b: ".repeat(100_000)), "").into_bytes()),
    ("indents-in-header", || {
        let nested: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        file(&nested, "").into_bytes()
    }),
    ("keys-in-header", || {
        let keys: String = (0..100_000).map(|at| format!("k{at}:\n")).collect();
        file(&keys, "").into_bytes()
    }),
    ("long-key", || file(&format!("{}: 1\n", "k".repeat(100_000)), "").into_bytes()),
    ("line-of-ten-megabytes", || vec![b'x'; 10 << 20]),
    ("line-of-three-megabytes", || with(VERSION, &format!("étape depot à commune: {}", "x".repeat(3 << 20)))),
    ("long-name", || with(VERSION, &format!("étape {} à commune: Long", "x".repeat(8_000)))),
    ("long-stray-word", || with(VERSION, &"x".repeat(8_000))),
    ("five-megabytes", || with("", &"# remarque\n".repeat(500_000))),
    ("parentheses", || {
        with("étape a à commune: A\nfournit cnie si ", &format!("{}mineur{}", "(".repeat(4_000), ")".repeat(4_000)))
    }),
    ("parentheses-unclosed", || with(STEP.to_owned() + "fournit cnie si ", &"(".repeat(64))),
    ("negations", || with(STEP.to_owned() + "fournit cnie si ", &format!("{}mineur", "non ".repeat(2_000)))),
    ("negations-between-tabs", || {
        with("étape a à commune: A\nfournit cnie si ", &format!("{}mineur", "non\t\u{A0}".repeat(1_000)))
    }),
    ("negations-and-parentheses", || {
        with("étape a à commune: A\nfournit cnie si ", &format!("{}mineur", "non (".repeat(1_500)))
    }),
    ("alternatives", || with(STEP.to_owned() + "fournit cnie", &" ou cnie".repeat(1_000))),
    ("conjunctions", || with(STEP.to_owned() + "fournit cnie si mineur", &" et mineur".repeat(700))),
    ("braces", || with(STEP.to_owned() + "fournit ", &"{".repeat(8_000))),
    ("stray-lines", || with(VERSION, &"x\n".repeat(300_000))),
    ("malformed-lines", || with(STEP.to_owned() + "", &"fournit ,\n".repeat(100_000))),
    ("unknown-papers", || {
        with("étape a à commune: A\n", &format!("fournit {}\n", ["a1"; 1_000].join(", ")).repeat(20))
    }),
    ("questions", || with("", &(0..70_000).map(|at| format!("question q{at} oui-non: Q\n")).collect::<String>())),
    ("versions", || {
        with("", &(0..20_000).map(|at| format!("version v{at} depuis 2024-01-01: V\n")).collect::<String>())
    }),
    ("steps", || with(VERSION, &(0..50_000).map(|at| format!("étape s{at} à commune: S\n")).collect::<String>())),
    ("cases", || with("question q {a, b}: Q\n  ar: س\n", &"cas c: C\n".repeat(100_000))),
    ("branches", || {
        with(
            format!("{VERSION}décision d par DGSN: D\n"),
            &(0..20_000).map(|at| format!("cas c{at} -> d\n")).collect::<String>(),
        )
    }),
    ("loops", || {
        let arrows =
            |at: usize| format!("décision d{at} par DGSN: D\ncas a -> d{}\ncas b -> d{}\n", at / 2, (at + 1) % 300);
        with(VERSION, &(0..300).map(arrows).collect::<String>())
    }),
    ("forks", || {
        let fork = |at: usize| format!("étape f{at} à commune: F\nensemble f{}, f{} -> f{}\n", at + 1, at + 2, at + 3);
        with(VERSION, &(0..300).map(fork).collect::<String>())
    }),
    ("returns", || {
        let again = |at: usize| {
            format!(
                "étape s{at} à commune: S\ndécision d{at} par DGSN: D\ncas a -> s{}\ncas b -> s0 au plus 9999 fois\n",
                at + 1
            )
        };
        with(VERSION, &(0..200).map(again).collect::<String>())
    }),
    ("claims", || with(VERSION, &"attendu étapes = 1\n".repeat(3_000))),
    ("zeros", || vec![0; 100_000]),
    ("carriage-returns", || vec![b'\r'; 1_000_000]),
    ("fences", || "---\n".repeat(200_000).into_bytes()),
    ("marks", || "\u{FEFF}".repeat(10).into_bytes()),
    ("windows-1252", || b"---\nid: identite/exemple\nlangue: fr\n---\nproc\xE9dure: Carte d'identit\xE9\n".to_vec()),
    ("utf-16", || "---\nid: identite/exemple\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("cut-in-a-letter", || {
        with("étape a à commune: ", "إيداع").split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default()
    }),
    ("cut-in-a-letter-at-the-limit", || {
        let mut bytes = with("", &"# remarque\n".repeat(300_000));
        bytes.truncate(4 << 20);
        bytes.resize((4 << 20) - 1, b'x');
        bytes.extend("é".repeat(10).bytes());
        bytes
    }),
    ("picture", || b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec()),
];

const VERSION: &str = "version v depuis 2024-01-01: V\n  ar: ص\n  reconstitué\n";
const STEP: &str = "version v depuis 2024-01-01: V\n  ar: ص\n  reconstitué\nétape a à commune: A\n  ar: أ\n";

/// A file whose header also says `header`.
fn file(header: &str, body: &str) -> String {
    format!(
        "---\nid: identite/exemple\nlangue: fr\nresponsable: DGSN\nusagers: [citoyen]\nstatut: brouillon\n{header}---\n\
         procédure: Exemple\n  ar: مثال\n{body}"
    )
}

fn with(start: impl Into<String>, rest: &str) -> Vec<u8> {
    file("", &(start.into() + rest + "\n")).into_bytes()
}

fn folder() -> PathBuf {
    root().join("snapshots/broken")
}

fn lang(name: &str) -> Lang {
    name.split('-').next().and_then(Lang::from_code).unwrap_or_default()
}

/// The cases by name, each with its files.
fn cases() -> Vec<(String, Vec<Source>)> {
    let mut paths: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| case(path)).collect()
}

fn case(path: &Path) -> Option<(String, Vec<Source>)> {
    let name = path.file_stem()?.to_string_lossy().into_owned();
    if path.is_dir() {
        let files = disk::read_catalog(path).unwrap();
        return (!files.is_empty()).then_some((name, files));
    }
    let named = path.file_name()?.to_string_lossy().into_owned();
    named.ends_with(".mastara").then(|| (name, vec![Source::new(named, &fs::read(path).unwrap())]))
}
