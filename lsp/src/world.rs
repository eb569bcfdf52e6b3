//! The catalogue as the editor has it: files of a folder or of the binary, with the texts being written in their place.
//!
//! INVARIANT: once settled and caught up, what is known of every file is what compiling all of them anew would tell.

use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use gen_lsp_types::{Range, Uri};
use mastara_dsl::{
    compile::{self, Compiled, Entry, Reach, Role, role},
    disk,
    finding::Finding,
    law,
    mention::{Mention, mentions},
    source::{Source, SourceId},
    verify,
};
use mastara_engine::Date;

use crate::{
    text::{Encoding, Page},
    uri,
};

/// A file and what the editor knows of it.
#[derive(Debug, Default)]
struct File {
    /// How the catalogue names it.
    name: PathBuf,
    /// Where it is; none for a file of the binary.
    uri: Option<Uri>,
    page: Page,
    /// The version of the editor's text, while it is open.
    version: Option<i32>,
    /// Whether it lies outside the folder of the catalogue.
    is_outside: bool,
    /// Whether its text has changed since it was compiled.
    is_stale: bool,
    mentions: OnceLock<Vec<Mention>>,
}

/// A catalogue that is being written.
#[derive(Debug, Default)]
pub struct World {
    /// What columns count.
    pub encoding: Encoding,
    folder: Option<PathBuf>,
    today: Date,
    files: Vec<File>,
    by_path: HashMap<PathBuf, SourceId>,
    compiled: Compiled,
    /// What compiled flows and the law tell, by source.
    checked: Vec<Vec<Finding>>,
    stale: BTreeSet<SourceId>,
    /// What has been opened or closed since: more or less of it is shown.
    touched: BTreeSet<SourceId>,
    /// Whether files have come or gone since all were compiled.
    is_incomplete: bool,
    /// Whether a shared file has changed since all were compiled: others may still be told of what it was.
    is_behind: bool,
}

impl World {
    /// A catalogue of these files: of a folder, or of the binary.
    #[must_use]
    pub fn new(sources: Vec<Source>, folder: Option<PathBuf>, encoding: Encoding, today: Date) -> Self {
        let file = |source: &Source| File {
            name: source.path().to_owned(),
            uri: folder.as_ref().map(|folder| uri::of(&folder.join(source.path()))),
            page: Page::new(source.text().to_owned()),
            ..File::default()
        };
        let files = sources.iter().map(file).collect();
        let compiled = Compiled { sources, ..Compiled::default() };
        let mut this = Self { encoding, folder, today, files, compiled, is_incomplete: true, ..Self::default() };
        this.settle();
        // Nobody has been told of any yet.
        this.touched = this.ids().collect();
        this
    }

    /// The folder of the catalogue; none if it is the one of the binary.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// What everything compiles to.
    #[must_use]
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// The day whose law holds and whose versions are in force.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// Another day: what the law says has to be asked again.
    pub fn set_today(&mut self, today: Date) {
        self.is_incomplete |= self.today != today;
        self.today = today;
    }

    /// All files.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(SourceId)
    }

    /// The file at an address.
    #[must_use]
    pub fn find(&self, uri: &Uri) -> Option<SourceId> {
        self.by_path.get(&uri::path(uri)).copied()
    }

    /// The address of a file; none for a file of the binary.
    #[must_use]
    pub fn uri(&self, id: SourceId) -> Option<&Uri> {
        self.files[id.0 as usize].uri.as_ref()
    }

    /// Its text as the editor has it.
    #[must_use]
    pub fn page(&self, id: SourceId) -> &Page {
        &self.files[id.0 as usize].page
    }

    /// Its text as it was compiled.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        self.compiled.source(id)
    }

    /// The version of the editor's text, if the file is open.
    #[must_use]
    pub fn version(&self, id: SourceId) -> Option<i32> {
        self.files[id.0 as usize].version
    }

    /// The procedure of a file.
    #[must_use]
    pub fn entry(&self, id: SourceId) -> Option<&Entry> {
        self.compiled.entries.iter().find(|entry| entry.source == id)
    }

    /// The names that a file writes.
    #[must_use]
    pub fn mentions(&self, id: SourceId) -> &[Mention] {
        self.files[id.0 as usize].mentions.get_or_init(|| mentions(self.source(id)))
    }

    /// Everything found in a file, in the order in which it is shown.
    #[must_use]
    pub fn findings(&self, id: SourceId) -> Vec<Finding> {
        let all = &self.compiled.findings;
        let first = all.partition_point(|finding| finding.source < id);
        let own = all[first..].iter().take_while(|finding| finding.source == id);
        let mut findings: Vec<_> = own.chain(&self.checked[id.0 as usize]).cloned().collect();
        compile::sort(&mut findings);
        findings
    }

    /// A text has been opened, in the place of the file at its address.
    pub fn open(&mut self, uri: Uri, version: i32, text: String) {
        let path = uri::path(&uri);
        let id = match self.by_path.get(&path) {
            Some(id) => *id,
            None => {
                let name = self.name_of(&path);
                if role(&name) == Role::Other {
                    return;
                }
                let is_outside = name == path;
                self.files.push(File { name, is_outside, is_stale: true, ..File::default() });
                self.is_incomplete = true;
                let id = SourceId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX));
                self.by_path.insert(path, id);
                id
            }
        };
        let file = &mut self.files[id.0 as usize];
        // The address as the client writes it is the one that it knows.
        file.uri = Some(uri);
        file.version = Some(version);
        self.touched.insert(id);
        self.put(id, Page::new(text));
    }

    /// An open text has changed: ranges that are replaced one after the other, or the whole.
    pub fn change(&mut self, uri: &Uri, version: i32, edits: impl IntoIterator<Item = (Option<Range>, String)>) {
        let Some(id) = self.find(uri) else { return };
        let mut page = std::mem::take(&mut self.files[id.0 as usize].page);
        for (range, text) in edits {
            page = match range {
                Some(range) => page.edited(range, &text, self.encoding),
                None => Page::new(text),
            };
        }
        self.files[id.0 as usize].version = Some(version);
        self.files[id.0 as usize].is_stale = true;
        self.put(id, page);
    }

    /// A text has been closed: what is on the disk holds again.
    pub fn close(&mut self, uri: &Uri) {
        let Some(id) = self.find(uri) else { return };
        self.files[id.0 as usize].version = None;
        self.touched.insert(id);
        self.reload(uri);
    }

    /// A file of the disk may have changed, come or gone. What is open holds in any case.
    pub fn reload(&mut self, uri: &Uri) {
        let path = uri::path(uri);
        let known = self.by_path.get(&path).copied();
        if known.is_some_and(|id| self.version(id).is_some()) {
            return;
        }
        let name = self.name_of(&path);
        let is_inside = name != path && role(&name) != Role::Other;
        let read = disk::read_file(&path).ok();
        match (known, read) {
            (Some(id), Some(read)) if is_inside => self.put(id, Page::new(read.text().to_owned())),
            (Some(id), _) => {
                self.files.remove(id.0 as usize);
                // Sources stand in the order of files; the last files may not have one yet.
                if (id.0 as usize) < self.compiled.sources.len() {
                    self.compiled.sources.remove(id.0 as usize);
                }
                self.is_incomplete = true;
                self.index();
            }
            (None, Some(read)) if is_inside => {
                let page = Page::new(read.text().to_owned());
                self.files.push(File { name, uri: Some(uri.clone()), page, is_stale: true, ..File::default() });
                self.is_incomplete = true;
                self.index();
            }
            (None, _) => {}
        }
    }

    fn put(&mut self, id: SourceId, page: Page) {
        let file = &mut self.files[id.0 as usize];
        if !file.is_stale && file.page.text() == page.text() {
            return;
        }
        file.page = page;
        file.is_stale = true;
        file.mentions = OnceLock::new();
        self.stale.insert(id);
    }

    fn index(&mut self) {
        let folder = self.folder.clone().unwrap_or_default();
        let place = |(at, file): (usize, &File)| {
            let path = match &file.uri {
                Some(uri) => uri::path(uri),
                None => folder.join(&file.name),
            };
            (path, SourceId(u32::try_from(at).unwrap_or(u32::MAX)))
        };
        self.by_path = self.files.iter().enumerate().map(place).collect();
    }

    /// How the catalogue names a path: from its folder, or in full outside of it.
    fn name_of(&self, path: &Path) -> PathBuf {
        let below = self.folder.as_ref().and_then(|folder| path.strip_prefix(folder).ok());
        below.map_or_else(|| path.to_owned(), Path::to_owned)
    }

    /// Whether all has yet to be compiled for what has changed to reach other files.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// Compiles all if that has been put off; the files of which something else may now be known.
    pub fn catch_up(&mut self) -> Vec<SourceId> {
        let mut changed = self.settle();
        if self.is_behind {
            self.compile();
            changed = self.ids().collect();
        }
        changed
    }

    /// Compiles what has changed; the files of which something else may now be known. What reaches all files is put off
    /// ([`Self::catch_up`]), for it takes long and nobody waits for it between two keystrokes.
    pub fn settle(&mut self) -> Vec<SourceId> {
        if self.is_incomplete {
            self.gather();
            self.compile();
            return self.ids().collect();
        }
        let stale = std::mem::take(&mut self.stale);
        let mut changed = BTreeSet::new();
        for id in stale {
            let file = &mut self.files[id.0 as usize];
            file.is_stale = false;
            let source = Source::new(&file.name, file.page.text().as_bytes());
            match self.compiled.recompile(id, source) {
                Reach::File => {
                    changed.insert(id);
                }
                Reach::Identifiers => {
                    changed.insert(id);
                    changed.extend(self.callers());
                }
                Reach::Everything => self.is_behind = true,
            }
        }
        for id in &changed {
            let mut found = verify::verify_source(&self.compiled, *id);
            found.extend(law::judge_source(&self.compiled, *id, self.today));
            self.checked[id.0 as usize] = found;
        }
        changed.extend(std::mem::take(&mut self.touched));
        changed.into_iter().collect()
    }

    /// Files that name a procedure.
    fn callers(&self) -> Vec<SourceId> {
        let calls = |entry: &&Entry| {
            let mut nodes = entry.lowered.procedure.versions.iter().flat_map(|version| version.flow.nodes());
            nodes.any(|(_, node)| node.step().is_some_and(|step| !step.calls.is_empty()))
        };
        self.compiled.entries.iter().filter(calls).map(|entry| entry.source).collect()
    }

    /// Puts the files in order, those outside the catalogue first: they stand for their likes in it.
    fn gather(&mut self) {
        let old = std::mem::take(&mut self.compiled.sources);
        let mut old: Vec<Option<Source>> = old.into_iter().map(Some).collect();
        old.resize_with(self.files.len(), || None);
        let mut pairs: Vec<(File, Source)> = Vec::with_capacity(self.files.len());
        for (mut file, old) in std::mem::take(&mut self.files).into_iter().zip(old) {
            let fresh = || Source::new(&file.name, file.page.text().as_bytes());
            let source = old.filter(|_| !file.is_stale).unwrap_or_else(fresh);
            file.is_stale = false;
            pairs.push((file, source));
        }
        pairs.sort_by(|(a, _), (b, _)| b.is_outside.cmp(&a.is_outside).then_with(|| a.name.cmp(&b.name)));
        (self.files, self.compiled.sources) = pairs.into_iter().unzip();
        self.index();
    }

    fn compile(&mut self) {
        (self.is_incomplete, self.is_behind) = (false, false);
        (self.stale, self.touched) = (BTreeSet::new(), BTreeSet::new());
        self.compiled = compile::compile(std::mem::take(&mut self.compiled.sources));
        self.checked = vec![Vec::new(); self.files.len()];
        let said = law::judge(&self.compiled, self.today);
        for finding in verify::verify(&self.compiled).into_iter().chain(said) {
            self.checked[finding.source.0 as usize].push(finding);
        }
    }
}
