//! Files that are saved while a command runs; the only file that names notify.
//!
//! A save is often several events (a new file, a rename); they are told together, a moment after the last.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, ModifyKind},
};

use crate::error::{Error, reason};

/// How long nothing must have happened before a save is told.
const QUIET: Duration = Duration::from_millis(120);

/// Files are watched as long as this is kept.
pub type Watch = RecommendedWatcher;

/// Tells of the files of a catalogue that are saved below these paths, in a thread of its own.
pub fn watch(paths: &[PathBuf], saved: impl FnMut(Vec<PathBuf>) + Send + 'static) -> Result<Watch, Error> {
    let failed = |error: notify::Error| Error::new("watch.failed", [&error.to_string()]);
    let (sender, events) = channel();
    let note = move |event: notify::Result<Event>| {
        let saved = event.into_iter().filter(|event| is_save(event.kind)).flat_map(|event| event.paths);
        // Once nobody listens the process is ending.
        saved.filter(|path| is_of_catalogue(path)).for_each(|path| drop(sender.send(path)));
    };
    let mut watch = notify::recommended_watcher(note).map_err(failed)?;
    for (path, mode) in folders(paths) {
        watch.watch(&path, mode).map_err(failed)?;
    }
    std::thread::spawn(move || gather(&events, saved));
    Ok(watch)
}

/// Gathers files until nothing happens for a moment; ends with the watch.
fn gather(events: &Receiver<PathBuf>, mut saved: impl FnMut(Vec<PathBuf>)) {
    while let Ok(first) = events.recv() {
        let mut files = BTreeSet::from([first]);
        while let Ok(file) = events.recv_timeout(QUIET) {
            files.insert(file);
        }
        saved(files.into_iter().collect());
    }
}

/// Whether a file may be another now. That it was read is told too, and whoever is told reads it: that must not go round.
fn is_save(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Any | EventKind::Create(_) | EventKind::Remove(_) | EventKind::Other => true,
    }
}

/// Tells of saves, one after the other, until the process is interrupted; `ready` is called once nothing is missed.
pub fn until_interrupted(
    paths: &[PathBuf],
    ready: impl FnOnce() -> Result<(), Error>,
    mut saved: impl FnMut(Vec<PathBuf>) -> Result<(), Error>,
) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::new("watch.failed", [&reason(&error)]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let (sender, mut saves) = tokio::sync::mpsc::unbounded_channel();
        let _watch = watch(paths, move |files| drop(sender.send(files)))?;
        let interrupted = tokio::signal::ctrl_c();
        tokio::pin!(interrupted);
        ready()?;
        loop {
            tokio::select! {
                ended = &mut interrupted => return ended.map_err(failed),
                files = saves.recv() => match files {
                    Some(files) => saved(files)?,
                    None => return Ok(()),
                },
            }
        }
    })
}

/// The folders to watch: an editor replaces a file by another, so that only its folder stays.
fn folders(paths: &[PathBuf]) -> BTreeMap<PathBuf, RecursiveMode> {
    let folder = |path: &PathBuf| {
        let parent = || path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if path.is_dir() {
            (path.clone(), RecursiveMode::Recursive)
        } else {
            (parent().to_owned(), RecursiveMode::NonRecursive)
        }
    };
    // Of a folder named twice, the deeper look is wanted.
    let (deep, shallow): (Vec<_>, Vec<_>) =
        paths.iter().map(folder).partition(|(_, mode)| *mode == RecursiveMode::Recursive);
    shallow.into_iter().chain(deep).collect()
}

/// Whether a path is a file that a catalogue has, and no trace of an editor.
fn is_of_catalogue(path: &Path) -> bool {
    let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '#']));
    !is_hidden && path.extension().is_some_and(|ending| ending == "mastara" || ending == "yaml")
}
