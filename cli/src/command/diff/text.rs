//! A change of the catalogue as people read it: totals, then each procedure, the gravest first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    figures::{self, Figures},
    locale::Words,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::bound,
    view::{
        comparison::{MeasureView, PairView},
        diff::{DiffView, PairDiffView, ProcedureDiffView},
    },
};

/// The headings of the page, by the last part of their key.
const HEADINGS: [&str; 19] = [
    "procedure",
    "cases",
    "trips",
    "documents",
    "delay",
    "fees",
    "whom",
    "details",
    "measure",
    "before",
    "after",
    "difference",
    "value",
    "nominal",
    "least",
    "most",
    "expected",
    "gone",
    "added",
];

/// The measures that the table of the page shows, each in a column.
const COLUMNS: [&str; 4] = ["trips", "documents", "legal_delay_days", "fees_mad"];

/// A change, its headings and its rows, for a template.
#[derive(Serialize)]
pub struct Titled<'a> {
    view: &'a DiffView,
    heading: String,
    totals: String,
    title: BTreeMap<&'a str, &'a str>,
    rows: Vec<Row<'a>>,
    lang: &'static str,
    colon: &'a str,
    legend: String,
}

/// A procedure in the table of the page.
#[derive(Serialize)]
struct Row<'a> {
    procedure: &'a ProcedureDiffView,
    state: String,
    cells: Vec<String>,
    whom: String,
    notes: Vec<String>,
}

impl<'a> Titled<'a> {
    /// A change with its words.
    pub fn new(view: &'a DiffView, words: &'a Words) -> Self {
        let heading = |key: &&'a str| (*key, words.find(&format!("diff.heading.{key}")).unwrap_or_default());
        let row = |procedure: &'a ProcedureDiffView| {
            // The versions in force are what a person meets; or else the first that changed.
            let pair = procedure.pairs.iter().find(|pair| pair.in_force).or(procedure.pairs.first());
            let cell = |measure: &&str| pair.map_or_else(String::new, |pair| cell(pair, measure, words));
            Row {
                procedure,
                state: state(procedure, words),
                cells: COLUMNS.iter().map(cell).collect(),
                whom: pair.and_then(|pair| pair.whom.as_ref()).map_or_else(String::new, |whom| whom.text.clone()),
                notes: notes(procedure, words),
            }
        };
        Self {
            view,
            heading: words.fill("diff.title", &[&words.id(&view.from), &words.id(&view.to)]),
            totals: totals(view, words),
            title: HEADINGS.iter().map(heading).collect(),
            rows: view.procedures.iter().map(row).collect(),
            lang: words.lang().code(),
            colon: words.get("list.colon"),
            legend: legend(words),
        }
    }
}

/// The change as text.
pub fn text(view: &DiffView, words: &Words, width: usize) -> String {
    let heading = words.fill("diff.title", &[&words.id(&view.from), &words.id(&view.to)]);
    let mut out = paint(Tone::Strong, wrap(&bound(&heading), width, 0).trim_end_matches('\n')) + "\n";
    out.push_str(&wrap(&totals(view, words), width, 0));
    for procedure in &view.procedures {
        out.push('\n');
        out.push_str(&paint(Tone::Strong, wrap(&procedure.title, width, 0).trim_end_matches('\n')));
        let state = paint(tone(procedure), &state(procedure, words));
        out.push_str(&format!("\n{} · {state}\n", paint(Tone::Accent, &words.id(&procedure.id))));
        notes(procedure, words).iter().for_each(|note| out.push_str(&wrap(&format!("  {note}"), width, 4)));
        procedure.edits.iter().for_each(|edit| out.push_str(&wrap(&format!("  ≠ {}", bound(&edit.text)), width, 4)));
        procedure.pairs.iter().for_each(|pair| out.push_str(&lines(pair, words, width)));
    }
    if view.procedures.is_empty() {
        return out;
    }
    let legend = format!("{} · {}", words.get("diff.legend.signs"), legend(words));
    out + "\n" + &paint(Tone::Faint, wrap(&legend, width, 0).trim_end_matches('\n')) + "\n"
}

/// What the words for running cases mean, and the marks of figures.
fn legend(words: &Words) -> String {
    let impacts = ["diff.legend.text", "diff.legend.compatible", "diff.legend.migration", "diff.legend.breaking"];
    impacts.map(|key| words.get(key)).join(" · ") + " · " + &figures::legend(words)
}

fn totals(view: &DiffView, words: &Words) -> String {
    let sum = view.summary;
    let parts = [
        ("diff.sum.added", sum.added),
        ("diff.sum.retired", sum.retired),
        ("diff.sum.changed", sum.changed),
        ("diff.sum.breaking", sum.breaking),
        ("diff.sum.migration", sum.migration),
        ("diff.sum.compatible", sum.compatible),
        ("diff.sum.text", sum.text),
        ("diff.sum.unchanged", sum.unchanged),
    ];
    let shown = |(key, count): &(&str, usize)| {
        words.plural(key, u64::try_from(*count).unwrap_or(u64::MAX), &Figures::new(words).count(*count))
    };
    let told = parts.iter().filter(|(key, count)| *count > 0 || *key == "diff.sum.changed");
    told.map(shown).collect::<Vec<_>>().join(" · ")
}

/// What became of a procedure, in a word.
fn state(procedure: &ProcedureDiffView, words: &Words) -> String {
    let key = if procedure.change == "changed" { procedure.impact.unwrap_or("text") } else { procedure.change };
    words.get(&format!("diff.state.{key}")).to_owned()
}

fn tone(procedure: &ProcedureDiffView) -> Tone {
    match procedure.impact {
        Some("breaking") => Tone::Bad,
        Some("migration") => Tone::Fair,
        Some("text") => Tone::Faint,
        _ => Tone::Good,
    }
}

/// Versions that came and went.
fn notes(procedure: &ProcedureDiffView, words: &Words) -> Vec<String> {
    let note = |key: &str, titles: &str| words.fill(key, &[titles]);
    let added = procedure.added_versions.iter().map(|version| note("diff.version-added", &version.title));
    let removed = procedure.removed_versions.iter().map(|version| note("diff.version-removed", &version.title));
    added.chain(removed).collect()
}

fn lines(pair: &PairDiffView, words: &Words, width: usize) -> String {
    let mut out = wrap(&format!("  {}", bound(&pair.heading)), width, 4);
    let mut item = |sign: &str, tone: Tone, text: &str| {
        // Escapes have no width: the sign is painted once lines are broken.
        let line = wrap(&format!("    {sign} {}", bound(text)), width, 6);
        out.push_str(&line.replacen(sign, &paint(tone, sign), 1));
    };
    for reason in &pair.reasons {
        item("!", if reason.impact == "breaking" { Tone::Bad } else { Tone::Fair }, &reason.text);
    }
    pair.edits.iter().for_each(|edit| item("≠", Tone::Plain, &edit.text));
    for measure in &pair.measures {
        item("•", Tone::Plain, &words.fill("show.labelled", &[&measure.title, &moved(measure, words)]));
    }
    pair.gone.iter().for_each(|paper| item("−", Tone::Good, &paper.title));
    pair.added.iter().for_each(|paper| item("+", Tone::Fair, &paper.title));
    if let Some(whom) = &pair.whom {
        item(words.get("phrase.arrow"), Tone::Accent, &words.fill("diff.whom", &[&whom.text]));
    }
    if let Some(why) = &pair.unmeasured {
        item("?", Tone::Fair, why);
    }
    out
}

/// A measure that moved: one change if all ways have it, or else each value that moved; the mean only if nothing else did.
fn moved(measure: &MeasureView, words: &Words) -> String {
    told(measure, words, |pair| {
        let [before, after, gap] = &pair.text;
        match pair.difference {
            Some(_) => words.fill("diff.moved", &[before, after, gap]),
            None => words.fill("compare.change", &[before, after]),
        }
    })
}

fn told(measure: &MeasureView, words: &Words, show: impl Fn(&PairView) -> String) -> String {
    if measure.is_plain() {
        return show(&measure.nominal);
    }
    let moved: Vec<_> = measure.aspects().into_iter().filter(|(_, pair)| pair.has_moved()).collect();
    let moved =
        if moved.len() > 1 { moved.into_iter().filter(|(aspect, _)| *aspect != "expected").collect() } else { moved };
    let parts: Vec<_> =
        moved.iter().map(|(aspect, pair)| words.fill(&format!("diff.{aspect}"), &[&show(pair)])).collect();
    parts.join(words.get("list.semicolon"))
}

/// A measure of a pair in a cell; empty if it did not move.
fn cell(pair: &PairDiffView, measure: &str, words: &Words) -> String {
    let found = pair.measures.iter().find(|known| known.measure == measure);
    found.map_or_else(String::new, |measure| {
        told(measure, words, |pair| words.fill("compare.change", &[&pair.text[0], &pair.text[1]]))
    })
}
