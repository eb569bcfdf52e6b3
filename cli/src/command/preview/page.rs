//! The page: sheet, flow with the way of a person, measures, findings, before and after.

use mastara_dsl::{compile::Entry, finding::Severity};
use mastara_engine::{
    Date,
    answers::Answers,
    measure::Measures,
    procedure::{Procedure, Version},
    text::Lang,
};
use serde::Serialize;

use super::{
    form::{self, Control, PREFIX, Told},
    site::Site,
};
use crate::{
    catalogue::{self, Checked},
    command::{
        compare, measure,
        show::{self, Maker},
    },
    error::Error,
    figures::Figures,
    graph::{self, Scene, Subject},
    locale::Words,
    measured,
    phrase::Phrases,
    template::{Page, render_in},
    view::{comparison::ComparisonView, findings::FindingView, measures::provenance, sheet::SheetView},
};

/// The page as the template wants it.
#[derive(Serialize)]
struct View<'a> {
    lang: &'static str,
    is_rtl: bool,
    /// How often the catalogue was read.
    version: u64,
    id: &'a str,
    title: String,
    file: String,
    langs: Vec<Link>,
    sheet: Option<SheetView>,
    versions: Vec<VersionView>,
    controls: Vec<Control>,
    /// Why the person has no way, or the procedure no sheet.
    problem: Option<String>,
    is_lit: bool,
    /// The flow as SVG, with everything escaped.
    flow: Option<String>,
    measures: Vec<MeasureRow>,
    findings: Vec<Found>,
    comparison: Option<ComparisonView>,
}

/// The same page otherwise.
#[derive(Serialize)]
struct Link {
    code: &'static str,
    label: String,
    query: Vec<(String, String)>,
    is_current: bool,
}

/// A version, for the head of a column.
#[derive(Serialize)]
struct VersionView {
    id: String,
    title: String,
    marks: Vec<String>,
    is_shown: bool,
}

/// A measure of every version, and of the person.
#[derive(Serialize)]
struct MeasureRow {
    title: String,
    cells: Vec<Cell>,
}

/// A figure: nominal, and the least and most where they differ.
#[derive(Default, Serialize)]
struct Cell {
    nominal: String,
    spread: String,
    is_person: bool,
}

/// A finding with its line in three parts, the middle one being what it is about.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    finding: FindingView,
    weight: String,
    before: String,
    word: String,
    after: String,
}

/// The page for these parameters.
pub fn page(site: &Site, query: &[(String, String)], version: u64) -> Result<String, Error> {
    let parameter = |key: &str| query.iter().rfind(|(known, _)| known == key).map(|(_, value)| value.as_str());
    let lang = parameter("lang").and_then(Lang::from_code).unwrap_or(site.lang);
    let words = site.words(lang);
    let checked = site.checked();
    let mut view = View {
        lang: lang.code(),
        is_rtl: lang == Lang::Ar,
        version,
        id: &site.id,
        title: site.id.clone(),
        file: String::new(),
        langs: langs(site, query, lang),
        sheet: None,
        versions: Vec::new(),
        controls: Vec::new(),
        problem: None,
        is_lit: false,
        flow: None,
        measures: Vec::new(),
        findings: Vec::new(),
        comparison: None,
    };
    match catalogue::find(&checked.compiled, &site.id) {
        Ok(entry) => fill(&mut view, &Shown { checked: &checked, entry, words, at: site.at() }, query)?,
        // A file that has lost its head has no procedure; the errors of the catalogue say so.
        Err(error) => {
            let phrases = Phrases { words, vocabulary: &checked.compiled.vocabulary, questions: &[] };
            view.problem = Some(form::sentence(&error, phrases));
            let errors = checked.findings.iter().filter(|finding| finding.severity == Severity::Error);
            view.findings = errors.map(|finding| found(finding, &checked, words)).collect();
        }
    }
    render_in(Page::Preview, view, words)
}

/// What is shown, and how.
struct Shown<'a> {
    checked: &'a Checked,
    entry: &'a Entry,
    words: &'a Words,
    at: Date,
}

fn fill(view: &mut View<'_>, shown: &Shown<'_>, query: &[(String, String)]) -> Result<(), Error> {
    let (checked, words) = (shown.checked, shown.words);
    let procedure = &shown.entry.lowered.procedure;
    let vocabulary = &checked.compiled.vocabulary;
    view.title = procedure.title.in_lang(words.lang()).to_owned();
    view.file = checked.name(shown.entry.source);
    let own = checked.findings.iter().filter(|finding| finding.source == shown.entry.source);
    view.findings = own.map(|finding| found(finding, checked, words)).collect();
    let wanted = query.iter().rfind(|(key, _)| key == "version").map(|(_, name)| name.as_str());
    let named = wanted.and_then(|name| procedure.version(name));
    let Some(version) = named.or_else(|| procedure.in_force(shown.at)).or(procedure.versions.last()) else {
        return Ok(());
    };
    let phrases = Phrases { words, vocabulary, questions: version.flow.questions() };
    let nobody = Answers::everybody();
    let told = Told::new(query);
    let (person, controls) =
        form::read(&told, &Maker { compiled: &checked.compiled, procedure, version, phrases, person: &nobody });
    view.controls = controls;
    view.is_lit = person != nobody;
    let walked = show::walk(version, &person);
    let (person, way, measures) = match walked {
        Ok((way, measures)) => (person, way, measures),
        Err(error) => {
            view.problem = Some(form::sentence(&error, phrases));
            view.is_lit = false;
            let (way, measures) = show::walk(version, &nobody)?;
            (nobody, way, measures)
        }
    };
    let maker = Maker { compiled: &checked.compiled, procedure, version, phrases, person: &person };
    view.sheet = Some(maker.sheet(&way, measures.as_ref(), shown.at));
    let way = view.is_lit.then_some(&way);
    view.flow = Some(graph::draw(&Scene::of(&Subject { procedure, version, phrases, way }), words)?);
    view.versions = procedure.versions.iter().map(|other| version_view(other, version, procedure, shown)).collect();
    view.measures = measures_of(procedure, way.and(measures.as_ref()), words);
    view.comparison = comparison(procedure, version, shown, &told);
    Ok(())
}

fn version_view(version: &Version, current: &Version, procedure: &Procedure, shown: &Shown<'_>) -> VersionView {
    let words = shown.words;
    let mut marks = vec![words.fill("measure.since", &[&words.id(&version.from.to_string())])];
    let is_in_force = procedure.in_force(shown.at).is_some_and(|other| other.name == version.name);
    marks.extend(is_in_force.then(|| words.get("measure.in-force").to_owned()));
    marks.extend(version.is_planned.then(|| words.get("measure.planned").to_owned()));
    marks.push(words.get(&format!("provenance.{}", provenance(version.provenance))).to_owned());
    VersionView {
        id: version.name.to_string(),
        title: version.title.in_lang(words.lang()).to_owned(),
        marks,
        is_shown: version.name == current.name,
    }
}

/// The measures of all versions, then those of the person.
fn measures_of(procedure: &Procedure, person: Option<&Measures>, words: &Words) -> Vec<MeasureRow> {
    let everybody = procedure.versions.iter().map(|version| measured::measure(version).ok());
    let columns: Vec<Option<Measures>> = everybody.chain(person.cloned().map(Some)).collect();
    let is_person = |at: usize| at >= procedure.versions.len();
    let figures = Figures::new(words);
    let rows: Vec<_> =
        columns.iter().map(|column| column.as_ref().map(|measures| measure::rows(measures, figures))).collect();
    let Some(first) = rows.iter().flatten().next() else { return Vec::new() };
    let cell = |row: usize, at: usize| {
        let cells = rows[at].as_ref().and_then(|rows| rows.get(row)).map(|row| row.cells.as_slice());
        let nominal = cells.and_then(<[String]>::first).cloned().unwrap_or_else(|| "—".to_owned());
        let spread = match cells {
            Some([_, least, most, _]) if least != most => words.fill("preview.spread", &[least, most]),
            _ => String::new(),
        };
        Cell { nominal, spread, is_person: is_person(at) }
    };
    let line = |row: usize| (0..columns.len()).map(|at| cell(row, at)).collect();
    let mut lines: Vec<_> = (0..first.len())
        .map(|row| MeasureRow { title: words.get(first[row].key).to_owned(), cells: line(row) })
        .collect();
    let level = |(at, column): (usize, &Option<Measures>)| Cell {
        nominal: column.as_ref().map_or_else(|| "—".to_owned(), |measures| measures.level.to_string()),
        is_person: is_person(at),
        ..Cell::default()
    };
    lines.push(MeasureRow {
        title: words.get("compare.measure.level").to_owned(),
        cells: columns.iter().enumerate().map(level).collect(),
    });
    lines
}

/// The version shown against the one before it; the first one against the one in force.
fn comparison(procedure: &Procedure, version: &Version, shown: &Shown<'_>, told: &Told<'_>) -> Option<ComparisonView> {
    let at = procedure.versions.iter().position(|other| other.name == version.name).unwrap_or(0);
    let (from, to) = match at {
        0 => (Some(version), procedure.versions.get(1)),
        at => (procedure.versions.get(at - 1), Some(version)),
    };
    let (from, to) = (from?, to?);
    let with: Vec<String> = told.pairs().map(|(name, value)| format!("{name}={value}")).collect();
    let vocabulary = &shown.checked.compiled.vocabulary;
    let between = |with: &[String]| compare::between(procedure, [from, to], vocabulary, shown.words, with);
    // What was told may not be possible in the other version; then both are for everybody.
    between(&with).or_else(|_| between(&[])).ok()
}

/// The page in other languages, for the same person.
fn langs(site: &Site, query: &[(String, String)], current: Lang) -> Vec<Link> {
    let kept = query.iter().filter(|(key, value)| !value.is_empty() && (key == "version" || key.starts_with(PREFIX)));
    let kept: Vec<_> = kept.cloned().collect();
    let link = |lang: Lang| Link {
        code: lang.code(),
        label: site.words(lang).get("preview.language").to_owned(),
        query: kept.clone(),
        is_current: lang == current,
    };
    Lang::ALL.into_iter().map(link).collect()
}

fn found(finding: &mastara_dsl::finding::Finding, checked: &Checked, words: &Words) -> Found {
    let view = FindingView::new(finding, checked, words.lang());
    let line: Vec<char> = checked.compiled.source(finding.source).line(view.line).chars().take(LONGEST).collect();
    let from = view.column.saturating_sub(1).min(line.len());
    let to =
        if view.end_line == view.line { view.end_column.saturating_sub(1).clamp(from, line.len()) } else { line.len() };
    let weight = words.get(&format!("check.{}", view.severity)).to_owned();
    let text = |part: &[char]| part.iter().collect::<String>();
    Found { finding: view, weight, before: text(&line[..from]), word: text(&line[from..to]), after: text(&line[to..]) }
}

/// A line of a file is shown up to here.
const LONGEST: usize = 400;
