//! The house rules that a machine can check: heads of files, one home for each dependency, one page for each rule.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use mastara_dsl::finding::Code;
use mastara_snapshots::root;

/// The crates, and where the code that is shipped lies in each.
const CRATES: [&str; 6] = ["engine", "plan", "dsl", "lsp", "cli", "snapshots"];

#[test]
fn every_file_says_what_it_owns() {
    let mute: Vec<_> =
        sources().into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    assert!(mute.is_empty(), "these files do not begin with `//!`: {mute:#?}");
}

#[test]
fn every_dependency_has_one_home() {
    for (dependency, home) in [
        ("petgraph", "engine"),
        ("icu_calendar", "engine"),
        ("rand_xoshiro", "engine"),
        ("microlp", "plan"),
        ("pest", "dsl"),
        ("serde_yaml", "dsl"),
        ("clap", "cli"),
        ("minijinja", "cli"),
        ("lsp-server", "lsp"),
        ("gen-lsp-types", "lsp"),
        ("insta", "snapshots"),
    ] {
        let users: Vec<_> = CRATES.iter().filter(|folder| depends(folder, dependency)).collect();
        assert!(users.iter().all(|user| **user == home), "{dependency} is used by {users:?}, its home is {home}");
    }
}

#[test]
fn a_dependency_is_named_in_one_place() {
    only_in("petgraph", &["engine/src/flow.rs", "engine/src/documents.rs"]);
    only_in("icu_calendar", &["engine/src/calendar/hijri.rs"]);
    only_in("rand_xoshiro", &["engine/src/simulate/", "engine/src/maturity/stability.rs"]);
    only_in("microlp", &["plan/src/model.rs"]);
    only_in("serde_yaml", &["dsl/src/yaml.rs", "dsl/tests/"]);
    only_in("pest", &["dsl/"]);
    only_in("num_rational", &["engine/src/lens/score.rs", "engine/src/maturity/points.rs"]);
    only_in("clap", &["cli/"]);
    only_in("minijinja", &["cli/"]);
    only_in("axum", &["cli/src/command/preview/server.rs"]);
    only_in("notify", &["cli/src/watching.rs"]);
    only_in("unicode_normalization", &["cli/src/find.rs"]);
    only_in("insta::", &["snapshots/"]);
}

#[test]
fn only_the_disk_module_of_the_language_reads_the_disk() {
    let of_language = |file: &File| file.path.starts_with("dsl/src/") && file.path != "dsl/src/disk.rs";
    let of_engine = |file: &File| file.path.starts_with("engine/src/");
    for file in sources().iter().filter(|file| of_language(file) || of_engine(file)) {
        for forbidden in ["std::fs", "fs::", "std::net", "std::process", "std::env::var", "SystemTime", "Instant::now"]
        {
            assert!(!names(shipped(&file.text), forbidden), "{} names {forbidden}", file.path);
        }
    }
}

#[test]
fn the_domain_knows_no_language() {
    let has_letters = |text: &str| text.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c));
    for file in sources().iter().filter(|file| file.path.starts_with("engine/src/")) {
        assert!(!has_letters(&file.text), "{} has words in Arabic", file.path);
    }
}

#[test]
fn every_rule_has_its_page_and_its_sentences() {
    for code in Code::ALL {
        let page = root().join("dsl/src/rules").join(code.name()).with_extension("md");
        assert!(page.is_file(), "{} has no page", code.name());
        for lang in ["fr", "ar", "en"] {
            let table = fs::read_to_string(root().join(format!("dsl/locales/{lang}.yaml"))).unwrap();
            for key in [format!("{}: ", code.name()), format!("{}.help: ", code.name())] {
                assert!(table.lines().any(|line| line.starts_with(&key)), "{lang}.yaml has no `{key}`");
            }
        }
    }
}

#[test]
fn numbers_of_rules_ascend() {
    let numbers: Vec<_> = Code::ALL.iter().map(|code| code.number()).collect();
    assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[0] != pair[1]), "{numbers:?}");
}

#[test]
fn a_translated_sentence_is_not_the_original() {
    let read = |lang: &str| fs::read_to_string(root().join(format!("dsl/locales/{lang}.yaml"))).unwrap();
    let (french, others) = (read("fr"), [("ar", read("ar")), ("en", read("en"))]);
    for (lang, other) in &others {
        // Signs and examples of lines may have no word to translate, such as an arrow.
        let sentence = |line: &&str| !line.starts_with("kind.") && line.split(' ').count() > 2;
        let same: Vec<_> =
            other.lines().filter(sentence).filter(|line| french.lines().any(|known| known == *line)).collect();
        assert!(same.is_empty(), "{lang}.yaml repeats the French: {same:#?}");
    }
}

/// A source of the workspace, by its path from the root.
struct File {
    path: String,
    text: String,
}

/// Every `.rs` file of the crates.
fn sources() -> Vec<File> {
    let mut paths = Vec::new();
    for folder in CRATES.iter().chain(&["fuzz"]) {
        collect(&root().join(folder), &mut paths);
    }
    paths.sort();
    let root = root();
    let file = |path: &PathBuf| File {
        path: path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(path).unwrap(),
    };
    let found: Vec<_> = paths.iter().map(file).collect();
    assert!(found.len() > 40, "only {} sources were found", found.len());
    found
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Whether a manifest lists a dependency of this name (or `name_derive`, which is of the same house).
fn depends(folder: &str, dependency: &str) -> bool {
    let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    // What the tests of a crate alone need may have another home.
    let shipped = manifest.split("[dev-dependencies]").next().unwrap_or("");
    shipped.lines().any(|line| {
        let name = line.split([' ', '.', '=']).next().unwrap_or("");
        name == dependency || name.strip_prefix(dependency).is_some_and(|rest| rest == "_derive")
    })
}

#[track_caller]
fn only_in(dependency: &str, homes: &[&str]) {
    for file in sources() {
        // This file names them all.
        let is_home = homes.iter().any(|home| file.path.starts_with(home)) || file.path == "snapshots/tests/tidy.rs";
        let names_it = names(&file.text, &format!("{dependency}::")) || names(&file.text, &format!("use {dependency}"));
        assert!(is_home || !names_it, "{} names {dependency}", file.path);
    }
}

/// Whether a text names a path, apart from comments.
fn names(text: &str, path: &str) -> bool {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or(""));
    let begins = |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.filter(|line| line.contains(path)).any(|line| line.match_indices(path).any(|(at, _)| begins(&line[..at])))
}

/// The part of a source that is no unit test.
fn shipped(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or("")
}
