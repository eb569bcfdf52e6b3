//! What is shown: one procedure of a catalogue that is read again when its files change.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use mastara_engine::{Date, text::Lang};

use crate::{catalogue::Checked, context::today, error::Error, locale::Words};

/// One procedure, and the words to show it in.
pub struct Site {
    /// The procedure, as it was named.
    pub id: String,
    /// The language of the first page.
    pub lang: Lang,
    folder: Option<PathBuf>,
    at: Option<Date>,
    checked: RwLock<Arc<Checked>>,
    words: [Words; 3],
}

impl Site {
    /// Reads the catalogue.
    pub fn open(id: &str, folder: Option<&Path>, at: Option<Date>, lang: Lang) -> Result<Self, Error> {
        let checked = read(id, folder, at)?;
        let folder = folder.map(Path::to_owned);
        let (checked, words) = (RwLock::new(Arc::new(checked)), Lang::ALL.map(Words::load));
        Ok(Self { id: id.to_owned(), lang, folder, at, checked, words })
    }

    /// Reads the catalogue again.
    pub fn reload(&self) -> Result<(), Error> {
        let checked = Arc::new(read(&self.id, self.folder.as_deref(), self.at)?);
        *self.checked.write().unwrap_or_else(std::sync::PoisonError::into_inner) = checked;
        Ok(())
    }

    /// The catalogue as it was read last.
    pub fn checked(&self) -> Arc<Checked> {
        Arc::clone(&self.checked.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// The words of a language.
    pub fn words(&self, lang: Lang) -> &Words {
        &self.words[lang as usize]
    }

    /// The day for which versions are in force.
    pub fn at(&self) -> Date {
        self.at.unwrap_or_else(today)
    }
}

fn read(id: &str, folder: Option<&Path>, at: Option<Date>) -> Result<Checked, Error> {
    let file = PathBuf::from(id);
    let paths = if file.is_file() { vec![file] } else { Vec::new() };
    let mut checked = Checked::new(folder, &paths)?;
    checked.judge(at.unwrap_or_else(today));
    Ok(checked)
}
