//! The whole pipeline in one page: sources to procedures and findings.

use std::path::Path;

use mastara_engine::{
    procedure::Procedure,
    text::{Lang, Text},
    vocabulary::Vocabulary,
};
use rayon::prelude::*;

use crate::{
    expand::{Expander, Fragment, Fragments},
    finding::{Code, Finding, Findings},
    header::{self, Header},
    keyword::Rule,
    law::Levels,
    lower::{self, Lowered},
    parse::{Line, TORN, TORN_VERSION, parse},
    source::{MAX_BYTES, Source, SourceId, Span, lines},
    words,
};

/// A catalogue after compilation.
#[derive(Debug, Default)]
pub struct Compiled {
    /// What was read.
    pub sources: Vec<Source>,
    /// The shared nouns.
    pub vocabulary: Vocabulary,
    /// How much the rules of law weigh.
    pub levels: Levels,
    /// The shared pieces of flow.
    pub fragments: Fragments,
    /// The procedures, by identifier.
    pub entries: Vec<Entry>,
    /// What is wrong, by source and place.
    pub findings: Vec<Finding>,
}

/// A procedure and the source it was read from.
#[derive(Debug)]
pub struct Entry {
    /// The source.
    pub source: SourceId,
    /// The procedure, and where its nodes stand.
    pub lowered: Lowered,
}

impl Compiled {
    /// The procedures.
    pub fn procedures(&self) -> impl Iterator<Item = &Procedure> {
        self.entries.iter().map(|entry| &entry.lowered.procedure)
    }

    /// The procedure with this identifier, or whose identifier ends so after the sector.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Entry> {
        let named = |entry: &&Entry| {
            let full = entry.lowered.procedure.id.as_str();
            full == id || full.split_once('/').is_some_and(|(_, short)| short == id)
        };
        self.entries.iter().find(named)
    }

    /// A source.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// Puts a new text in the place of a source and compiles it again, and nothing else, so that an editor can follow
    /// every keystroke. Where the change reaches everything, the whole must then be compiled anew ([`compile`]).
    pub fn recompile(&mut self, id: SourceId, source: Source) -> Reach {
        let is_alone = role(source.path()) == Role::Procedure && source.path() == self.source(id).path();
        self.sources[id.0 as usize] = source;
        if !is_alone {
            return Reach::Everything;
        }
        let expander = Expander { fragments: &self.fragments, vocabulary: &self.vocabulary };
        let (lowered, found) = compile_file(id, self.source(id), &expander);
        let Some(reach) = self.put(id, lowered) else { return Reach::Everything };
        self.findings.retain(|finding| finding.source != id);
        self.findings.extend(found);
        sort(&mut self.findings);
        reach
    }

    /// Puts what a source compiles to in the place of what it was; `None` if another source claims its identifier, before
    /// or after.
    fn put(&mut self, source: SourceId, lowered: Option<Lowered>) -> Option<Reach> {
        let name = |lowered: &Lowered| lowered.procedure.id.clone();
        let entry = self.entries.iter().position(|entry| entry.source == source);
        let before = entry.map(|at| name(&self.entries[at].lowered));
        let after = lowered.as_ref().map(name);
        if before == after {
            if let (Some(at), Some(lowered)) = (entry, lowered) {
                self.entries[at].lowered = lowered;
            }
            return Some(Reach::File);
        }
        let claimed = |id: &mastara_engine::text::Name| {
            let by_entry = self.entries.iter().any(|entry| entry.source != source && entry.lowered.procedure.id == *id);
            let is_double = |finding: &Finding| finding.code == Code::DuplicateId && finding.args[0] == id.as_str();
            by_entry || self.findings.iter().any(is_double)
        };
        if before.iter().chain(&after).any(claimed) {
            return None;
        }
        if let Some(at) = entry {
            self.entries.remove(at);
        }
        if let Some(lowered) = lowered {
            let at = self.entries.partition_point(|entry| entry.lowered.procedure.id < lowered.procedure.id);
            self.entries.insert(at, Entry { source, lowered });
        }
        Some(Reach::Identifiers)
    }
}

/// How far a change of one source reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// No further than its file.
    File,
    /// To the files that name procedures too: an identifier has come, gone or changed.
    Identifiers,
    /// Anywhere: the source is shared, or disputes its identifier with another.
    Everything,
}

/// What a file of a catalogue is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Shared nouns.
    Vocabulary,
    /// A shared piece of flow.
    Fragment,
    /// A procedure.
    Procedure,
    /// Nothing that is read here.
    Other,
}

/// What a file of a catalogue is for, from its path.
#[must_use]
pub fn role(path: &Path) -> Role {
    let folder = |name: &str| path.parent().is_some_and(|parent| parent.iter().any(|part| part == name));
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("yaml") if folder("vocabulary") => Role::Vocabulary,
        Some("yaml") => Role::Other,
        _ if folder("fragments") => Role::Fragment,
        _ => Role::Procedure,
    }
}

/// Compiles a catalogue, its files side by side.
#[must_use]
pub fn compile(sources: Vec<Source>) -> Compiled {
    let ids = |role_wanted: Role| {
        let of = |(at, source): (usize, &Source)| (role(source.path()) == role_wanted).then(|| source_id(at));
        sources.iter().enumerate().filter_map(of).collect::<Vec<_>>()
    };
    let vocabulary_sources: Vec<_> =
        ids(Role::Vocabulary).into_iter().map(|id| (id, &sources[id.0 as usize])).collect();
    let (vocabulary, levels, mut findings) = words::read(&vocabulary_sources);
    let mut fragments = Fragments::new();
    for id in ids(Role::Fragment) {
        let (fragment, found) = read_fragment(id, &sources[id.0 as usize]);
        findings.extend(found);
        let Some(fragment) = fragment else { continue };
        if fragments.contains_key(&fragment.id) {
            let mut found = Findings::new(id);
            found.add(Code::DuplicateId, Span::default(), [&fragment.id, &format!("fragments/{}", fragment.id)]);
            findings.extend(found.into_vec());
        } else {
            fragments.insert(fragment.id.clone(), fragment);
        }
    }
    let expander = Expander { fragments: &fragments, vocabulary: &vocabulary };
    let compiled: Vec<_> = ids(Role::Procedure)
        .into_par_iter()
        .map(|id| (id, compile_file(id, &sources[id.0 as usize], &expander)))
        .collect();
    let mut entries = Vec::with_capacity(compiled.len());
    for (source, (lowered, found)) in compiled {
        findings.extend(found);
        entries.extend(lowered.map(|lowered| Entry { source, lowered }));
    }
    entries.sort_by(|a, b| a.lowered.procedure.id.cmp(&b.lowered.procedure.id).then(a.source.cmp(&b.source)));
    check_ids(&mut entries, &sources, &mut findings);
    sort(&mut findings);
    Compiled { sources, vocabulary, levels, fragments, entries, findings }
}

/// Puts findings in the order in which they are shown, each once.
pub fn sort(findings: &mut Vec<Finding>) {
    findings
        .sort_by(|a, b| (a.source, a.span, a.code).cmp(&(b.source, b.span, b.code)).then_with(|| a.args.cmp(&b.args)));
    findings.dedup();
}

fn source_id(at: usize) -> SourceId {
    SourceId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Two files may not claim one identifier: the later is left out.
fn check_ids(entries: &mut Vec<Entry>, sources: &[Source], findings: &mut Vec<Finding>) {
    let mut seen: Option<(mastara_engine::text::Name, SourceId)> = None;
    entries.retain(|entry| {
        let id = &entry.lowered.procedure.id;
        if let Some((last, source)) = &seen
            && last == id
        {
            let mut found = Findings::new(entry.source);
            found.add(Code::DuplicateId, entry.lowered.id, [id.as_str(), &sources[source.0 as usize].name()]);
            findings.extend(found.into_vec());
            return false;
        }
        seen = Some((id.clone(), entry.source));
        true
    });
}

/// Checks what holds of any file and finds its header and body; `None` if it cannot be read at all.
fn open<'s>(source: &'s Source, findings: &mut Findings) -> Option<(Header, Vec<Line<'s>>)> {
    let start = Span::default();
    if source.text().len() > MAX_BYTES {
        findings.add(Code::FileTooLarge, start, [&(MAX_BYTES >> 20).to_string()]);
        return None;
    }
    if source.had_mark() {
        findings.add(Code::ByteOrderMark, start, []);
    }
    if !source.is_utf8() {
        let at = source.text().find('\u{FFFD}').unwrap_or(0);
        findings.add(Code::NotUtf8, Span::new(at, at + '\u{FFFD}'.len_utf8()), []);
        return None;
    }
    let text = source.text();
    let (header, body) = match header::frame(text) {
        Ok(Some(frame)) => {
            if let Some(span) = frame.before {
                findings.add(Code::MisplacedLine, span, [crate::keyword::split_word(source.slice(span)).0]);
            }
            (header::read(text, frame, findings), frame.body)
        }
        Ok(None) => {
            findings.add(Code::HeaderMissing, start, []);
            (Header { is_absent: true, ..Header::default() }, 0)
        }
        Err(span) => {
            findings.add(Code::HeaderUnclosed, span, []);
            return None;
        }
    };
    let lines = lines(&text[body..]).map(|(at, line)| Line::new(body + at, line)).filter(|line| !line.is_empty());
    Some((header, lines.collect()))
}

fn compile_file(id: SourceId, source: &Source, expander: &Expander<'_>) -> (Option<Lowered>, Vec<Finding>) {
    let mut findings = Findings::new(id);
    let Some((header, lines)) = open(source, &mut findings) else { return (None, findings.into_vec()) };
    let written = expander.expand(lines, header.dialect, &mut findings);
    let lines: Vec<_> = written.iter().map(|written| (written.line(), written.dialect)).collect();
    if header.is_absent && lines.is_empty() {
        return (None, findings.into_vec());
    }
    let facts = lines.iter().filter_map(|(line, dialect)| parse(line, *dialect, &mut findings)).collect();
    findings.set_via(None);
    let lowered = lower::lower(&header, facts, expander.vocabulary, &mut findings);
    check_path(source.path(), "procedures", &header, &mut findings);
    (lowered, findings.into_vec())
}

/// An identifier is the path of its file below `procedures` or `fragments`.
fn check_path(path: &Path, folder: &str, header: &Header, findings: &mut Findings) {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let Some(root) = parts.iter().position(|part| part == folder) else { return };
    let Some((id, span)) = &header.id else { return };
    let expected = parts[root + 1..].join("/");
    let expected = expected.strip_suffix(".mastara").unwrap_or(&expected);
    if id != expected {
        findings.add(Code::IdNotPath, *span, [id, expected]);
    }
}

/// A fragment: its opening line, then lines with holes.
fn read_fragment(id: SourceId, source: &Source) -> (Option<Fragment>, Vec<Finding>) {
    let mut findings = Findings::new(id);
    let Some((header, lines)) = open(source, &mut findings) else { return (None, findings.into_vec()) };
    let mut fragment = None;
    for line in lines {
        // Lines with holes in place of numbers and names are read too, so that mistakes show here and not at each use.
        let Some(fact) = parse(&line, header.dialect, &mut findings) else { continue };
        if matches!(fact.rule, TORN | TORN_VERSION) && fragment.is_none() {
            // Without its opening line nothing below it has a place.
            return (None, findings.into_vec());
        }
        match (&mut fragment, fact.rule) {
            (None, Rule::fragment) => {
                let name = header.id.as_ref().map(|(id, _)| id.clone()).unwrap_or_default();
                let mut started = start_fragment(&fact, name, header.lang, header.dialect);
                started.remarks = remarks_above(source.text(), fact.span.start);
                fragment = Some(started);
            }
            (Some(_), TORN | TORN_VERSION) => {}
            (Some(fragment), rule) if !is_foreign(rule) => {
                // The title of the fragment itself is for its reader.
                let is_title = rule == Rule::text && fragment.lines.is_empty();
                if is_title {
                    add_title(fragment, &fact);
                } else {
                    check_holes(&line, &fragment.parameters, header.dialect, &mut findings);
                    let (number, _) = source.position(line.span.start);
                    fragment.lines.push((number, line.text.to_owned()));
                }
            }
            _ => {
                let word = crate::keyword::split_word(line.text).0;
                findings.add(Code::MisplacedLine, line.span, [word]);
            }
        }
    }
    if header.id.is_none() {
        findings.add(Code::FieldMissing, Span::default(), ["id"]);
    }
    check_path(source.path(), "fragments", &header, &mut findings);
    if fragment.is_none() {
        findings.add(Code::ProcedureMissing, Span::default(), []);
    }
    (fragment.filter(|_| header.id.is_some()), findings.into_vec())
}

/// The remarks above an opening line, down from the header.
fn remarks_above(text: &str, start: u32) -> Vec<String> {
    let mut remarks = Vec::new();
    for (_, line) in lines(text).take_while(|(at, _)| *at < start as usize) {
        match line.trim() {
            // What stands in the header is of the header.
            "---" => remarks.clear(),
            line => remarks.extend(line.strip_prefix('#').map(|remark| remark.trim().to_owned())),
        }
    }
    remarks
}

/// Adds a line such as `ar: …` to the title of a fragment.
fn add_title(fragment: &mut Fragment, fact: &crate::parse::Fact<'_>) {
    let lang = fact.tokens().next().and_then(|token| Lang::from_code(token.as_str()));
    if let (Some(lang), Some(words)) = (lang, prose(fact)) {
        fragment.title.set(lang, &words);
    }
}

/// The title of a line.
fn prose(fact: &crate::parse::Fact<'_>) -> Option<String> {
    let tokens = fact.tokens().flatten();
    tokens.into_iter().find(|token| token.as_rule() == Rule::prose).map(|token| token.as_str().trim().to_owned())
}

/// Whether a line has no place in a fragment.
fn is_foreign(rule: Rule) -> bool {
    matches!(rule, Rule::procedure | Rule::version | Rule::question | Rule::fragment)
}

/// Holes that no parameter fills; the braces of `parmi {a}` are none.
fn check_holes(line: &Line<'_>, parameters: &[String], dialect: Lang, findings: &mut Findings) {
    let set = crate::keyword::word(Rule::k_within_set).map_or("", |word| word.form(dialect));
    for (at, _) in line.text.match_indices('{') {
        let rest = &line.text[at + 1..];
        let Some(name) = rest.split('}').next().filter(|name| name.len() < rest.len()) else { continue };
        let is_hole = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-');
        let is_set = line.text[..at].trim_end().ends_with(set);
        if is_hole && !is_set && !parameters.iter().any(|parameter| parameter == name) {
            let span = Span::new(at, at + name.len() + 2).shifted(line.span.start);
            let known = parameters.iter().map(String::as_str);
            findings.add_unknown(Code::UnknownParameter, span, name, known);
        }
    }
}

fn start_fragment(fact: &crate::parse::Fact<'_>, id: String, lang: Lang, dialect: Lang) -> Fragment {
    let parameters = fact
        .tokens()
        .filter(|token| token.as_rule() == Rule::names)
        .flat_map(pest::iterators::Pair::into_inner)
        .filter(|token| token.as_rule() == Rule::name)
        .map(|token| token.as_str().to_owned())
        .collect();
    let title = prose(fact).map_or_else(Text::default, |words| Text::new(lang, &words));
    Fragment { id, title, remarks: Vec::new(), lang, dialect, parameters, lines: Vec::new() }
}
