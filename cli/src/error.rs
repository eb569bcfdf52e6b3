//! What keeps a command from doing its work: one key of the locales (`error.*`) with its words.

use std::{io, path::Path};

use mastara_dsl::finding::{Code, nearest};

/// Why a command cannot do its work; shown on the standard error, exit code 2.
#[derive(Debug)]
pub struct Error {
    /// The key of the sentence in the locales.
    pub key: &'static str,
    /// The words of its placeholders.
    pub args: Vec<String>,
    /// The nearest word that would do.
    pub suggestion: Option<String>,
}

impl Error {
    /// A sentence of the locales and its words.
    pub fn new<const N: usize>(key: &'static str, args: [&str; N]) -> Self {
        Self { key, args: args.iter().map(ToString::to_string).collect(), suggestion: None }
    }

    /// A sentence about a word that is none of the known ones, with the nearest of them.
    pub fn unknown<'a>(key: &'static str, word: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self { suggestion: nearest(word, known), ..Self::new(key, [word]) }
    }

    /// A rule by its number or its name.
    pub fn rule(word: &str) -> Result<Code, Self> {
        let known = Code::ALL.iter().flat_map(|code| [code.name(), code.number()]);
        Code::parse(word).ok_or_else(|| Self::unknown("error.rule", word, known))
    }

    /// A path that cannot be read.
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::of_path("error.unreadable", path, error)
    }

    /// A path that cannot be written.
    pub fn unwritable(path: &Path, error: &io::Error) -> Self {
        Self::of_path("error.unwritable", path, error)
    }

    fn of_path(key: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::new(key, [&path.to_string_lossy(), &reason(error)])
    }
}

/// What the system complains of: a key of the locales for what is common, its own words otherwise.
pub fn reason(error: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let key = match error.kind() {
        Kind::NotFound => "error.io.not-found",
        Kind::PermissionDenied => "error.io.denied",
        Kind::InvalidData => "error.io.not-utf8",
        Kind::IsADirectory => "error.io.is-folder",
        Kind::NotADirectory => "error.io.not-folder",
        Kind::StorageFull | Kind::QuotaExceeded => "error.io.full",
        Kind::ReadOnlyFilesystem => "error.io.read-only",
        Kind::AlreadyExists => "error.io.exists",
        Kind::InvalidFilename => "error.io.name",
        Kind::AddrInUse | Kind::ResourceBusy | Kind::ExecutableFileBusy => "error.io.in-use",
        _ => return error.to_string(),
    };
    key.to_owned()
}
