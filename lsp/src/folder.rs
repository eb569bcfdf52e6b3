//! Where the catalogue of a workspace is.

use std::path::{Path, PathBuf};

/// What tells the folder of a catalogue.
const SIGN: &str = "vocabulary";
/// How it is called in a repository.
const NAME: &str = "catalog";

/// The catalogue of a workspace: below its folder, the folder itself, or one around it.
#[must_use]
pub fn of_workspace(root: &Path) -> Option<PathBuf> {
    let below = root.join(NAME);
    if is_catalogue(&below) { Some(below) } else { around(root) }
}

/// The catalogue that a path lies in.
#[must_use]
pub fn around(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| is_catalogue(folder)).map(Path::to_owned)
}

fn is_catalogue(folder: &Path) -> bool {
    folder.is_absolute() && folder.join(SIGN).is_dir()
}
