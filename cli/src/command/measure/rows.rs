//! The measures of a version in words: nominal, least, most and mean.

use mastara_engine::measure::{Measures, Range};

use super::marks::Marks;
use crate::figures::{Figures, Mark};

/// A measure.
pub struct Row {
    /// The key of its name in the locales.
    pub key: &'static str,
    /// Nominal, least, most and mean; what has one value only has one cell.
    pub cells: Vec<String>,
}

/// How a kind of figure is written: a value, and a mean.
type Written = (fn(&Figures<'_>, i64) -> String, fn(&Figures<'_>, f64) -> String);

const COUNT: Written = (|figures, value| figures.whole(value), |figures, mean| figures.decimal(mean, 2));
const MINUTES: Written = (|figures, value| figures.minutes(value), |figures, mean| figures.minutes(rounded(mean)));
const DAYS: Written = (|figures, value| figures.days(value), |figures, mean| figures.days(rounded(mean)));
const DIRHAMS: Written = (|figures, value| figures.dirhams(value), |figures, mean| figures.dirhams(rounded(mean)));

/// A mean is shown to the unit; the JSON has it to the fourth decimal.
#[expect(clippy::cast_possible_truncation, reason = "minutes, days and centimes are far below 2^53")]
pub fn rounded(mean: f64) -> i64 {
    mean.round() as i64
}

/// All measures of a version.
pub fn rows(measures: &Measures, figures: Figures<'_>) -> Vec<Row> {
    let marks = Marks::new(measures);
    let kinds: [(&str, Range, Mark, Written); 10] = [
        ("measure.steps", measures.steps, Mark::Known, COUNT),
        ("measure.trips", measures.trips, Mark::Known, COUNT),
        ("measure.documents", measures.documents, marks.documents, COUNT),
        ("measure.sheets", measures.sheets, marks.documents, COUNT),
        ("measure.fetched", measures.fetched, Mark::Known, COUNT),
        ("measure.agencies", measures.agencies, Mark::Known, COUNT),
        ("measure.effort", measures.effort, marks.effort, MINUTES),
        ("measure.legal-delay", measures.legal_delay, marks.delay, DAYS),
        ("measure.usual-delay", measures.usual_delay, marks.usual_delay, DAYS),
        ("measure.fees", measures.fees, marks.fees, DIRHAMS),
    ];
    let mut rows = Vec::new();
    for (key, range, mark, (value, mean)) in kinds {
        let cell = |number: i64| mark.on_value(number, &value(&figures, number));
        let mark_of_mean = marks.mean(mark, range);
        let expected = mark_of_mean.on_value(rounded(range.expected * 100.0), &mean(&figures, range.expected));
        rows.push(Row { key, cells: vec![cell(range.nominal), cell(range.least), cell(range.most), expected] });
        if key == "measure.documents" {
            let listed = marks.documents.on(&figures.count(measures.listed.len()));
            rows.push(Row { key: "measure.listed", cells: vec![listed] });
        }
    }
    rows
}
