//! Broken files: each tells all its mistakes, at the right place, and none hangs or panics.
//!
//! A case is a file of `snapshots/broken`, or a folder of files where it takes several; its findings are beside it. Those
//! whose name begins with `ar-` or `en-` are told in that language, the others in French.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

mod monsters;

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

use crate::monsters::MONSTERS;

/// No broken file may keep a reader waiting longer, on a slow machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(30);

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
        // The formatter must not stumble over it either.
        drop(format::format(file.text(), None));
        drop(done.send(check(vocabulary(), vec![file])));
    });
    let checked = awaited.recv_timeout(PATIENCE);
    checked.unwrap_or_else(|_| panic!("{name} is not done after {:?} (or it panicked)", start.elapsed()))
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
