//! A line for each procedure: the nominal figures of the version in force.

use mastara_engine::{Date, measure::Measures, node::Provenance, vocabulary::Vocabulary};

use super::{Measured, marks::Marks};
use crate::{
    context::Context,
    figures::Figures,
    paint::{Tone, paint},
    paragraph,
    table::{Cell, Table},
};

/// A column of figures.
type Column = (&'static str, fn(&Measures, Marks, Figures<'_>) -> String);

/// The columns; on a narrow terminal only the first four.
const COLUMNS: [Column; 7] = [
    ("measure.short.level", |measures, _, _| measures.level.to_string()),
    ("measure.short.steps", |measures, _, figures| figures.whole(measures.steps.nominal)),
    ("measure.short.trips", |measures, _, figures| figures.whole(measures.trips.nominal)),
    ("measure.short.documents", |measures, marks, figures| {
        marks.documents.on(&figures.whole(measures.documents.nominal))
    }),
    ("measure.short.effort", |measures, marks, figures| {
        marks.effort.on_value(measures.effort.nominal, &figures.minutes(measures.effort.nominal))
    }),
    ("measure.short.legal-delay", |measures, marks, figures| {
        marks.delay.on_value(measures.legal_delay.nominal, &figures.whole(measures.legal_delay.nominal))
    }),
    ("measure.short.fees", |measures, marks, figures| {
        marks.fees.on_value(measures.fees.nominal, &figures.amount(measures.fees.nominal))
    }),
];

/// Below this width, only the counts are shown.
const NARROW: usize = 72;

/// The table of all procedures, by sector.
pub fn overview(measured: &[Measured<'_>], at: Date, vocabulary: &Vocabulary, context: &Context) -> String {
    let words = &context.words;
    let columns = if context.width < NARROW { &COLUMNS[..4] } else { &COLUMNS[..] };
    let mut headings = vec![words.get("measure.procedure")];
    headings.extend(columns.iter().map(|(key, _)| words.get(key)));
    let mut table = Table::new(context.width, &headings).figures(&(1..headings.len()).collect::<Vec<_>>());
    for group in measured.chunk_by(|a, b| a.procedure.sector == b.procedure.sector) {
        let sector = &group[0].procedure.sector;
        let title = vocabulary.sectors.get(sector).map(|title| context.title(title).to_owned());
        table.section(&title.unwrap_or_else(|| words.id(sector.as_str())));
        for measured in group {
            table.row(row(measured, columns, at, context));
        }
    }
    let keys = ["mark.reconstructed", "mark.estimated", "mark.at-least", "mark.unknown"];
    let legend = paragraph::wrap(&keys.map(|key| words.get(key)).join(" · "), context.width, 0);
    let title = paint(Tone::Strong, &words.fill("measure.at", &[&at.to_string()]));
    format!("{title}\n\n{}\n{}", table.render(), paint(Tone::Faint, &legend))
}

fn row(measured: &Measured<'_>, columns: &[Column], at: Date, context: &Context) -> Vec<Cell> {
    let procedure = measured.procedure;
    let id = procedure.id.as_str();
    let id = context.words.id(id.split_once('/').map_or(id, |(_, short)| short));
    let in_force = procedure.in_force(at).map(|version| &version.name);
    let mut versions = procedure.versions.iter().zip(&measured.versions);
    match versions.find(|(version, _)| Some(&version.name) == in_force) {
        None => vec![Cell::id(Tone::Faint, id), Cell::new(Tone::Faint, "—")],
        Some((_, Err(_))) => vec![Cell::id(Tone::Plain, id), Cell::new(Tone::Bad, "!")],
        Some((version, Ok(measures))) => {
            let mark = if version.provenance == Provenance::Reconstructed { "°" } else { "" };
            let tone = if measures.is_paperless { Tone::Good } else { Tone::Plain };
            let (marks, figures) = (Marks::new(measures), context.figures());
            let cells = columns.iter().map(|(_, write)| Cell::new(tone, write(measures, marks, figures)));
            std::iter::once(Cell::id(Tone::Plain, format!("{id}{mark}"))).chain(cells).collect()
        }
    }
}
