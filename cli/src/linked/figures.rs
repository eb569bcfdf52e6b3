//! What procedures ask together, in columns.

use mastara_engine::{deep::Together, measure::Standing, procedure::ClaimMeasure};

use crate::{
    context::Context,
    figures::{Figures, Mark},
    table::{Cell, Table},
};

/// A row: its words, its value, how it is written, and the measure whose standing it has.
type Row = (&'static str, fn(&Together) -> i64, fn(&Figures<'_>, i64) -> String, ClaimMeasure);

const ROWS: [Row; 11] = [
    // A count of procedures is as sure as one of steps.
    ("together.procedures", |sum| sum.procedures, |figures, value| figures.whole(value), ClaimMeasure::Steps),
    ("measure.steps", |sum| sum.steps, |figures, value| figures.whole(value), ClaimMeasure::Steps),
    ("measure.trips", |sum| sum.trips, |figures, value| figures.whole(value), ClaimMeasure::Trips),
    ("together.merged", |sum| sum.merged_trips, |figures, value| figures.whole(value), ClaimMeasure::Trips),
    ("measure.documents", |sum| sum.documents, |figures, value| figures.whole(value), ClaimMeasure::Documents),
    ("measure.sheets", |sum| sum.sheets, |figures, value| figures.whole(value), ClaimMeasure::Sheets),
    ("measure.effort", |sum| sum.effort, |figures, value| figures.minutes(value), ClaimMeasure::Effort),
    ("measure.legal-delay", |sum| sum.legal_delay, |figures, value| figures.days(value), ClaimMeasure::LegalDelay),
    ("measure.usual-delay", |sum| sum.usual_delay, |figures, value| figures.days(value), ClaimMeasure::UsualDelay),
    ("measure.fees", |sum| sum.fees, |figures, value| figures.dirhams(value), ClaimMeasure::Fees),
    ("measure.agencies", |sum| sum.agencies, |figures, value| figures.whole(value), ClaimMeasure::Agencies),
];

/// Columns of figures: the key of the heading of each, what is asked, and how well that is known.
pub fn table(columns: &[(&str, &Together, Standing)], context: &Context) -> String {
    let figures = context.figures();
    let mut headings = vec![""];
    headings.extend(columns.iter().map(|(key, ..)| context.words.get(key)));
    let mut table = Table::new(context.width, &headings).figures(&(1..headings.len()).collect::<Vec<_>>());
    for (key, value, write, measure) in ROWS {
        let cells = columns.iter().map(|(_, sum, standing)| {
            let number = value(sum);
            Cell::from(Mark::of_measure(measure, *standing).on_value(number, &write(&figures, number)))
        });
        table.row(std::iter::once(Cell::from(context.words.get(key))).chain(cells));
    }
    table.render()
}
