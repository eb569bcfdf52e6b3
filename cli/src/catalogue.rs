//! The catalogue that a command works on: the one in the binary, or a folder, with files put in place of their likes.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use mastara_dsl::{
    compile::{self, Compiled, Entry},
    disk,
    finding::{Finding, Findings},
    header,
    source::{Source, SourceId},
};
use mastara_engine::{
    Date,
    procedure::{Procedure, Version},
};

use crate::error::Error;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../catalog");

/// The files of the catalogue, by path: of the folder, or else those in the binary.
pub fn sources(folder: Option<&Path>) -> Result<Vec<Source>, Error> {
    if let Some(folder) = folder {
        let sources = disk::read_catalog(folder).map_err(|error| Error::unreadable(folder, &error))?;
        let has_any = sources.iter().any(|source| source.path().extension().is_some_and(|end| end == "mastara"));
        return if has_any { Ok(sources) } else { Err(Error::new("error.no-files", [&folder.to_string_lossy()])) };
    }
    Ok(embedded())
}

/// The files of the catalogue in the binary, by path.
pub fn embedded() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&EMBEDDED, &mut sources);
    sources.sort_by(|a, b| a.path().cmp(b.path()));
    sources
}

/// The files of the catalogue, those among `ids` that are files in place of their likes.
pub fn sources_with<I: AsRef<str>>(folder: Option<&Path>, ids: &[I]) -> Result<Vec<Source>, Error> {
    let paths: Vec<_> = ids.iter().map(|id| PathBuf::from(id.as_ref())).filter(|path| path.is_file()).collect();
    let mut sources = sources(folder)?;
    put(&mut sources, read_all(&paths)?);
    Ok(sources)
}

/// Puts files in place of those with the same identifier.
fn put(sources: &mut Vec<Source>, files: Vec<Source>) {
    let keys: Vec<_> = files.iter().filter_map(key).collect();
    sources.retain(|source| !key(source).is_some_and(|key| keys.contains(&key)));
    sources.extend(files);
}

fn collect(dir: &Dir<'_>, sources: &mut Vec<Source>) {
    let files = dir.files().filter(|file| file.path().extension().is_some_and(|end| end == "mastara" || end == "yaml"));
    sources.extend(files.map(|file| Source::new(file.path(), file.contents())));
    for dir in dir.dirs() {
        collect(dir, sources);
    }
}

/// The procedure with this identifier, `sector/id` or `id`, or the one of this file.
pub fn find<'c>(compiled: &'c Compiled, id: &str) -> Result<&'c Entry, Error> {
    let is_file = |entry: &&Entry| compiled.source(entry.source).path() == Path::new(id);
    compiled.entries.iter().find(is_file).or_else(|| compiled.find(id)).ok_or_else(|| {
        if Path::new(id).is_file() {
            // It was read, and no procedure came of it.
            return Error::new("error.no-procedure", [id]);
        }
        let has_sector = id.contains('/');
        let known = compiled.procedures().map(|procedure| procedure.id.as_str());
        let known = known.filter_map(|id| if has_sector { Some(id) } else { id.split_once('/').map(|(_, id)| id) });
        Error::unknown("error.procedure", id, known)
    })
}

/// The version with this name, or else the one in force at a date.
pub fn version<'p>(procedure: &'p Procedure, name: Option<&str>, at: Date) -> Result<&'p Version, Error> {
    let id = procedure.id.as_str();
    match name {
        Some(name) => procedure.version(name).ok_or_else(|| {
            let known = procedure.versions.iter().map(|version| version.name.as_str());
            let names = known.clone().collect::<Vec<_>>().join(", ");
            Error { args: vec![name.to_owned(), id.to_owned(), names], ..Error::unknown("error.version", name, known) }
        }),
        None => procedure.in_force(at).ok_or_else(|| Error::new("error.not-in-force", [id, &at.to_string()])),
    }
}

/// Files of the catalogue and files asked for, compiled together.
pub struct Checked {
    /// What they compile to.
    pub compiled: Compiled,
    /// Everything found in the files asked for, or in all of them if none was.
    pub findings: Vec<Finding>,
    folder: Option<PathBuf>,
    first_asked: usize,
}

impl Checked {
    /// Compiles and verifies the catalogue with these files in place of those of the same identifier.
    pub fn new(folder: Option<&Path>, paths: &[PathBuf]) -> Result<Self, Error> {
        let mut sources = sources(folder)?;
        let asked = read_all(paths)?;
        let count = asked.len();
        put(&mut sources, asked);
        let first_asked = if paths.is_empty() { 0 } else { sources.len() - count };
        let compiled = compile::compile(sources);
        // Verifying looks at what was found before: of a file with lines that could not be read it says nothing.
        let mut findings = compiled.findings.clone();
        findings.extend(verify(&compiled));
        findings.retain(|finding| finding.source.0 as usize >= first_asked);
        compile::sort(&mut findings);
        Ok(Self { compiled, findings, folder: folder.map(Path::to_owned), first_asked })
    }

    /// Adds what the law of a day says of the files asked for.
    pub fn judge(&mut self, at: Date) {
        let first_asked = self.first_asked;
        let said = mastara_dsl::law::judge(&self.compiled, at);
        self.findings.extend(said.into_iter().filter(|finding| finding.source.0 as usize >= first_asked));
        compile::sort(&mut self.findings);
    }

    /// Whether a source was asked for.
    pub fn is_asked(&self, source: SourceId) -> bool {
        source.0 as usize >= self.first_asked
    }

    /// How many sources were asked for.
    pub fn asked(&self) -> usize {
        self.compiled.sources.len() - self.first_asked
    }

    /// The name of a source as the person would write it: of a catalogue in a folder, with that folder.
    pub fn name(&self, id: SourceId) -> String {
        let source = self.compiled.source(id);
        match &self.folder {
            // Files asked for by path come after those of the catalogue and already have their whole path.
            Some(folder) if self.first_asked == 0 || !self.is_asked(id) => {
                folder.join(source.path()).to_string_lossy().replace('\\', "/")
            }
            _ => source.name(),
        }
    }
}

/// What only compiled flows tell.
fn verify(compiled: &Compiled) -> Vec<Finding> {
    mastara_dsl::verify::verify(compiled)
}

fn read_all(paths: &[PathBuf]) -> Result<Vec<Source>, Error> {
    let mut sources = Vec::new();
    for path in paths {
        let mut files = disk::find_procedures(path).map_err(|error| Error::unreadable(path, &error))?;
        files.extend(vocabulary_below(path)?);
        if files.is_empty() {
            return Err(Error::new("error.no-files", [&path.to_string_lossy()]));
        }
        for file in files {
            sources.push(disk::read_file(&file).map_err(|error| Error::unreadable(&file, &error))?);
        }
    }
    Ok(sources)
}

/// The vocabulary in a folder: who checks a whole catalogue means its words too.
fn vocabulary_below(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let sources = disk::read_catalog(path).map_err(|error| Error::unreadable(path, &error))?;
    let paths = sources.iter().map(|source| path.join(source.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|end| end == "yaml") && is_below(path, "vocabulary")).collect())
}

/// Whether a folder of this name is above a file.
fn is_below(path: &Path, name: &str) -> bool {
    path.parent().is_some_and(|parent| parent.iter().any(|part| part == name))
}

/// What makes two files stand for the same thing: the folder that says their role, and the identifier of their header (or
/// the name of the file, for those that have no header).
fn key(source: &Source) -> Option<(&'static str, String)> {
    if source.path().extension().is_some_and(|end| end == "yaml") {
        return Some(("vocabulary", source.path().file_name()?.to_string_lossy().into_owned()));
    }
    let role = if is_below(source.path(), "fragments") { "fragments" } else { "procedures" };
    let frame = header::frame(source.text()).ok()??;
    let mut findings = Findings::new(SourceId(0));
    let id = header::read(source.text(), frame, &mut findings).id?.0;
    Some((role, id))
}
