//! What the golden tests share: where snapshots lie, the catalogue's own words, checking a few files and showing what is wrong.
//!
//! INVARIANT: nothing here depends on the machine: paths are shown relative to the workspace, and everything is sorted.

pub mod outline;
pub mod page;
pub mod show;
pub mod wrap;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use mastara_dsl::{
    compile::{self, Compiled},
    disk,
    finding::Finding,
    source::Source,
    verify,
};

/// Snapshots of one area, at `snapshots/<area>/<name>.snap`.
#[must_use]
pub fn golden(area: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(area));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_sort_maps(true);
    settings
}

/// The names of the snapshots that are kept of an area; one that no test compares any more is to be deleted.
#[must_use]
pub fn kept(area: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(area);
    let paths = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let snapshots = paths.filter(|path| path.extension().is_some_and(|extension| extension == "snap"));
    snapshots.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect()
}

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The shared nouns of the catalogue, as sources.
#[must_use]
pub fn vocabulary() -> Vec<Source> {
    static WORDS: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let folder = root().join("catalog/vocabulary");
        let sources = disk::read_catalog(&folder).expect("the vocabulary is in the workspace");
        let named =
            |source: &Source| Source::new(Path::new("vocabulary").join(source.path()), source.text().as_bytes());
        sources.iter().map(named).collect()
    });
    WORDS.clone()
}

/// Files after compilation, and all that is wrong with them.
#[derive(Debug)]
pub struct Checked {
    /// What was compiled.
    pub compiled: Compiled,
    /// What was found, in order; of the files themselves, not of the vocabulary they rest on.
    pub findings: Vec<Finding>,
}

/// Compiles files with the words they rest on and verifies what came out.
#[must_use]
pub fn check(words: Vec<Source>, files: Vec<Source>) -> Checked {
    let shared = words.len();
    let compiled = compile::compile(words.into_iter().chain(files).collect());
    let mut findings = compiled.findings.clone();
    findings.extend(verify::verify(&compiled));
    findings.retain(|finding| finding.source.0 as usize >= shared);
    compile::sort(&mut findings);
    Checked { compiled, findings }
}
