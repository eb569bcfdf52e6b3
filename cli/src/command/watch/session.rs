//! What has to be said of files that were saved: what is wrong with them, and which of their figures moved.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use mastara_dsl::source::SourceId;
use mastara_engine::procedure::{Procedure, Version};
use rayon::prelude::*;

use crate::{
    catalogue::Checked,
    command::{
        check::summary,
        measure::{Row, rows},
    },
    context::Context,
    error::Error,
    excerpt::excerpt,
    measured,
    paint::{Tone, paint},
    table::{Cell, Table},
    view::findings::{FindingView, SummaryView},
};

/// The figures of a version, by measure; `Err` is the key of why there are none.
type Figures = Result<Vec<(&'static str, String)>, &'static str>;

/// The figures of all versions of a procedure, by date, with name and title.
type Versions = Vec<(String, String, Figures)>;

/// Remembers figures from one save to the next.
pub struct Session<'a> {
    context: &'a Context,
    paths: Vec<PathBuf>,
    known: BTreeMap<PathBuf, Versions>,
}

impl<'a> Session<'a> {
    /// Reads the files as they are before the first save.
    pub fn open(paths: &[PathBuf], context: &'a Context) -> Result<Self, Error> {
        let mut this = Self { context, paths: paths.to_vec(), known: BTreeMap::new() };
        let checked = this.check()?;
        let asked = checked.compiled.entries.par_iter().filter(|entry| checked.is_asked(entry.source));
        this.known =
            asked.map(|entry| (place(&checked, entry.source), this.versions(&entry.lowered.procedure))).collect();
        Ok(this)
    }

    fn check(&self) -> Result<Checked, Error> {
        // A file that was deleted since is no reason to say nothing of the others.
        let paths: Vec<_> = self.paths.iter().filter(|path| path.exists()).cloned().collect();
        let mut checked = Checked::new(self.context.folder(), &paths)?;
        checked.judge(self.context.today());
        Ok(checked)
    }

    /// What to say of these files, each after the other.
    pub fn saved(&mut self, files: &[PathBuf]) -> Result<String, Error> {
        let checked = self.check()?;
        let mut text = String::new();
        for file in files {
            text.push_str(&paint(Tone::Strong, &format!("{}\n\n", self.context.words.id(&file.to_string_lossy()))));
            let wanted = canonical(file);
            let source = (0..checked.compiled.sources.len())
                .filter_map(|at| u32::try_from(at).ok().map(SourceId))
                .find(|id| place(&checked, *id) == wanted);
            match source {
                Some(source) if file.exists() => text.push_str(&self.file(&checked, source, wanted)),
                _ => {
                    self.known.remove(&wanted);
                    text.push_str(&format!("{}\n", self.context.words.get("watch.gone")));
                }
            }
        }
        Ok(text)
    }

    fn file(&mut self, checked: &Checked, source: SourceId, place: PathBuf) -> String {
        let mut text = self.findings(checked, source);
        let entry = checked.compiled.entries.iter().find(|entry| entry.source == source);
        if let Some(entry) = entry {
            let now = self.versions(&entry.lowered.procedure);
            let before = self.known.insert(place, now.clone()).unwrap_or_default();
            for (name, title, figures) in &now {
                let old = before.iter().find(|(known, ..)| known == name).map(|(.., figures)| figures);
                text.push_str(&format!("\n{}\n", paint(Tone::Strong, title)));
                text.push_str(&self.moves(old, figures));
            }
        }
        text
    }

    fn findings(&self, checked: &Checked, source: SourceId) -> String {
        let own: Vec<_> = checked.findings.iter().filter(|finding| finding.source == source).collect();
        let mut text = String::new();
        for finding in &own {
            let shown = FindingView::new(finding, checked, self.context.lang);
            text.push_str(&excerpt(&shown, finding, checked.compiled.source(source), self.context));
        }
        text + &summary(SummaryView::of(own.into_iter(), 1), self.context)
    }

    /// The figures before and after a save; those that moved stand out.
    fn moves(&self, before: Option<&Figures>, now: &Figures) -> String {
        let words = &self.context.words;
        let now = match now {
            Ok(now) => now,
            Err(key) => return paint(Tone::Bad, &format!("{}\n", words.get(key))),
        };
        let old = |key: &str| {
            let before = before?.as_ref().ok()?;
            before.iter().find(|(known, _)| *known == key).map(|(_, figure)| figure.as_str())
        };
        let headings = ["compare.heading.measure", "compare.heading.before", "compare.heading.after"];
        let mut table = Table::new(self.context.width, &headings.map(|key| words.get(key))).figures(&[1, 2]);
        let mut has_moved = false;
        for (key, figure) in now {
            let old = old(key);
            let moves = old.is_some_and(|old| old != figure);
            has_moved |= moves;
            let (tone, sign) = if moves { (Tone::Accent, words.get("phrase.arrow")) } else { (Tone::Plain, "") };
            let title = format!("{} {sign}", words.get(key));
            table.row([
                Cell::new(tone, title.trim_end()),
                Cell::new(Tone::Faint, old.unwrap_or("—")),
                Cell::new(tone, figure.as_str()),
            ]);
        }
        let same = format!("{}\n", paint(Tone::Faint, words.get("watch.same")));
        table.render() + if has_moved || before.is_none() { "" } else { &same }
    }

    fn versions(&self, procedure: &Procedure) -> Versions {
        let view = |version: &Version| {
            (version.name.to_string(), self.context.title(&version.title).to_owned(), self.figures(version))
        };
        procedure.versions.iter().map(view).collect()
    }

    fn figures(&self, version: &Version) -> Figures {
        let words = &self.context.words;
        let shown = |row: &Row| match row.cells.as_slice() {
            [nominal, least, most, _] if least != most => {
                words.fill("phrase.bracket", &[nominal, &words.fill("preview.spread", &[least, most])])
            }
            cells => cells.first().cloned().unwrap_or_default(),
        };
        let measures = measured::measure(version).map_err(|unmeasured| unmeasured.key())?;
        let rows = rows(&measures, self.context.figures());
        let level = ("compare.measure.level", measures.level.to_string());
        Ok(rows.iter().map(|row| (row.key, shown(row))).chain([level]).collect())
    }
}

/// Where a source lies.
fn place(checked: &Checked, source: SourceId) -> PathBuf {
    canonical(Path::new(&checked.name(source)))
}

/// One path for one file, however it is named.
fn canonical(path: &Path) -> PathBuf {
    let folder = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(folder).unwrap_or_else(|| path.to_owned())
}
