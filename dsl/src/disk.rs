//! The only file that reads the disk.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::source::{MAX_BYTES, Source};

/// Reads a catalogue: the `.mastara` and `.yaml` files below a folder, by path; their names are relative to it.
///
/// # Errors
/// If the folder or one of its files cannot be read.
pub fn read_catalog(folder: &Path) -> io::Result<Vec<Source>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths, 0)?;
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let bytes = read_start(&path)?;
            Ok(Source::new(path.strip_prefix(folder).unwrap_or(&path), &bytes))
        })
        .collect()
}

/// Reads one file under the name it was given by.
///
/// # Errors
/// If it cannot be read.
pub fn read_file(path: &Path) -> io::Result<Source> {
    Ok(Source::new(path, &read_start(path)?))
}

/// The procedure files below a path, or the path itself if it is a file.
///
/// # Errors
/// If it cannot be read.
pub fn find_procedures(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut paths = Vec::new();
    collect(path, &mut paths, 0)?;
    paths.retain(|path| has_ending(path, "mastara"));
    paths.sort();
    Ok(paths)
}

/// No more than is looked at: one byte beyond the limit is enough to say that a file is too large.
fn read_start(path: &Path) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) + 8;
    fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|extension| extension == ending)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>, depth: usize) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        // Links to folders are not followed, so that no circle is walked.
        if kind.is_dir() && depth < 16 && !entry.file_name().to_string_lossy().starts_with('.') {
            collect(&path, paths, depth + 1)?;
        } else if !kind.is_dir() && (has_ending(&path, "mastara") || has_ending(&path, "yaml")) {
            paths.push(path);
        }
    }
    Ok(())
}
