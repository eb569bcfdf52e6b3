//! What procedures ask together, in columns.

use mastara_engine::{deep::Together, measure::Standing};

use crate::{
    context::Context,
    figures::{Figures, Mark},
    table::{Cell, Table},
};

/// A row: its words, its value, how it is written, and how well it is known.
type Row = (&'static str, fn(&Together) -> i64, fn(&Figures<'_>, i64) -> String, fn(Standing) -> Mark);

const KNOWN: fn(Standing) -> Mark = |_| Mark::Known;
const PAPERS: fn(Standing) -> Mark = |standing| Mark::of(true, standing.demands_estimated);
const DELAY: fn(Standing) -> Mark = |standing| Mark::of(standing.delay_known, standing.delay_estimated);

const ROWS: [Row; 11] = [
    ("together.procedures", |sum| sum.procedures, |figures, value| figures.whole(value), KNOWN),
    ("measure.steps", |sum| sum.steps, |figures, value| figures.whole(value), KNOWN),
    ("measure.trips", |sum| sum.trips, |figures, value| figures.whole(value), KNOWN),
    ("together.merged", |sum| sum.merged_trips, |figures, value| figures.whole(value), KNOWN),
    ("measure.documents", |sum| sum.documents, |figures, value| figures.whole(value), PAPERS),
    ("measure.sheets", |sum| sum.sheets, |figures, value| figures.whole(value), PAPERS),
    (
        "measure.effort",
        |sum| sum.effort,
        |figures, value| figures.minutes(value),
        |standing| Mark::of(standing.effort_known, standing.effort_estimated),
    ),
    ("measure.legal-delay", |sum| sum.legal_delay, |figures, value| figures.days(value), DELAY),
    ("measure.usual-delay", |sum| sum.usual_delay, |figures, value| figures.days(value), DELAY),
    (
        "measure.fees",
        |sum| sum.fees,
        |figures, value| figures.dirhams(value),
        |standing| Mark::of(standing.fees_known, standing.fees_estimated),
    ),
    ("measure.agencies", |sum| sum.agencies, |figures, value| figures.whole(value), KNOWN),
];

/// Columns of figures: the key of the heading of each, what is asked, and how well that is known.
pub fn table(columns: &[(&str, &Together, Standing)], context: &Context) -> String {
    let figures = context.figures();
    let mut headings = vec![""];
    headings.extend(columns.iter().map(|(key, ..)| context.words.get(key)));
    let mut table = Table::new(context.width, &headings).figures(&(1..headings.len()).collect::<Vec<_>>());
    for (key, value, write, mark) in ROWS {
        let cells = columns.iter().map(|(_, sum, standing)| {
            let number = value(sum);
            Cell::from(mark(*standing).on_value(number, &write(&figures, number)))
        });
        table.row(std::iter::once(Cell::from(context.words.get(key))).chain(cells));
    }
    table.render()
}
