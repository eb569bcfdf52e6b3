//! A line for each procedure: the nominal figures of the version in force.

use mastara_engine::{Date, node::Provenance, vocabulary::Vocabulary};

use super::{Measured, marks::Marks};
use crate::{
    context::Context,
    paint::{Tone, paint},
    paragraph,
    table::{Cell, Table},
};

/// The table of all procedures, by sector.
pub fn overview(measured: &[Measured<'_>], at: Date, vocabulary: &Vocabulary, context: &Context) -> String {
    let words = &context.words;
    let keys = ["level", "steps", "trips", "documents", "effort", "legal-delay", "fees"];
    let keys = keys.map(|key| format!("measure.short.{key}"));
    let mut headings = vec![words.get("measure.procedure")];
    headings.extend(keys.iter().map(|key| words.get(key)));
    let mut table = Table::new(context.width, &headings).figures(&[1, 2, 3, 4, 5, 6, 7]);
    let mut sector = "";
    for measured in measured {
        if measured.procedure.sector.as_str() != sector {
            sector = measured.procedure.sector.as_str();
            let title = vocabulary.sectors.get(sector).map(|title| context.title(title));
            table.row([Cell::new(Tone::Strong, title.map_or_else(|| words.id(sector), str::to_owned))]);
        }
        table.row(row(measured, at, context));
    }
    let keys = ["mark.reconstructed", "mark.estimated", "mark.at-least", "mark.unknown"];
    let legend = paragraph::wrap(&keys.map(|key| words.get(key)).join(" · "), context.width, 0);
    let title = paint(Tone::Strong, &words.fill("measure.at", &[&at.to_string()]));
    format!("{title}\n\n{}\n{}", table.render(), paint(Tone::Faint, &legend))
}

fn row(measured: &Measured<'_>, at: Date, context: &Context) -> Vec<Cell> {
    let procedure = measured.procedure;
    let id = procedure.id.as_str();
    let short = context.words.id(id.split_once('/').map_or(id, |(_, short)| short));
    let mut cells = vec![Cell::id(Tone::Plain, short.clone())];
    let versions = procedure.versions.iter().zip(&measured.versions);
    let in_force = procedure.in_force(at).map(|version| &version.name);
    let Some((version, measures)) = versions.into_iter().find(|(version, _)| Some(&version.name) == in_force) else {
        cells.push(Cell::new(Tone::Faint, "—"));
        return cells;
    };
    if version.provenance == Provenance::Reconstructed {
        cells = vec![Cell::id(Tone::Plain, format!("{short}°"))];
    }
    let Ok(measures) = measures else {
        cells.push(Cell::new(Tone::Bad, "!"));
        return cells;
    };
    let (marks, figures) = (Marks::new(measures), context.figures());
    let tone = if measures.is_paperless { Tone::Good } else { Tone::Plain };
    let (effort, delay) = (measures.effort.nominal, measures.legal_delay.nominal);
    cells.push(Cell::new(tone, measures.level.to_string()));
    cells.push(figures.whole(measures.steps.nominal).into());
    cells.push(figures.whole(measures.trips.nominal).into());
    cells.push(marks.documents.on(&figures.whole(measures.documents.nominal)).into());
    cells.push(marks.effort.on_value(effort, &figures.minutes(effort)).into());
    cells.push(marks.delay.on_value(delay, &figures.days(delay)).into());
    cells.push(marks.fees.on(&figures.dirhams(measures.fees.nominal)).into());
    cells
}
