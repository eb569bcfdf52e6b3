//! The measures of two versions, side by side.

use mastara_engine::{measure::Range, procedure::ClaimMeasure};

use super::Side;
use crate::{
    command::measure::{Marks, rounded},
    figures::{Figures, Mark},
    view::{
        comparison::{MeasureView, PairView},
        number::Number,
    },
};

/// How a measure is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Count,
    Minutes,
    Days,
    Centimes,
}

/// The measures, as programs and people name them.
const MEASURES: [(&str, ClaimMeasure, Unit); 12] = [
    ("steps", ClaimMeasure::Steps, Unit::Count),
    ("trips", ClaimMeasure::Trips, Unit::Count),
    ("documents", ClaimMeasure::Documents, Unit::Count),
    ("listed", ClaimMeasure::Listed, Unit::Count),
    ("sheets", ClaimMeasure::Sheets, Unit::Count),
    ("fetched", ClaimMeasure::Fetched, Unit::Count),
    ("effort_minutes", ClaimMeasure::Effort, Unit::Minutes),
    ("legal_delay_days", ClaimMeasure::LegalDelay, Unit::Days),
    ("expected_delay_days", ClaimMeasure::UsualDelay, Unit::Days),
    ("fees_mad", ClaimMeasure::Fees, Unit::Centimes),
    ("agencies", ClaimMeasure::Agencies, Unit::Count),
    ("level", ClaimMeasure::Level, Unit::Count),
];

/// All measures of both versions.
pub fn measures(older: &Side<'_>, newer: &Side<'_>) -> Vec<MeasureView> {
    let words = older.phrases.words;
    let view = |&(name, measure, unit): &(&'static str, ClaimMeasure, Unit)| {
        let ranges = [older, newer].map(|side| side.measures.range(measure));
        let marks = [older, newer].map(|side| Mark::of_measure(measure, side.measures.standing));
        let pair =
            |value: fn(&Range) -> i64| pair(older.phrases.figures(), unit, ranges.map(|range| value(&range)), marks);
        MeasureView {
            measure: name,
            title: words.get(&format!("compare.measure.{name}")).to_owned(),
            nominal: pair(|range| range.nominal),
            least: pair(|range| range.least),
            most: pair(|range| range.most),
            expected: means(
                older.phrases.figures(),
                unit,
                ranges,
                [0, 1].map(|at| mean_mark([older, newer][at], ranges[at], marks[at])),
            ),
        }
    };
    MEASURES.iter().map(view).collect()
}

/// How well the mean of a measure is known.
fn mean_mark(side: &Side<'_>, range: Range, mark: Mark) -> Mark {
    Marks::new(&side.measures).mean(mark, range)
}

/// A figure with its unit.
fn shown(figures: Figures<'_>, unit: Unit, value: i64) -> String {
    match unit {
        Unit::Count => figures.whole(value),
        Unit::Minutes => figures.minutes(value),
        Unit::Days => figures.days(value),
        Unit::Centimes => figures.dirhams(value),
    }
}

/// The means: counts to the second decimal, the others to the unit, as `measure` shows them; with more decimals where two means
/// that differ would look alike.
fn means(figures: Figures<'_>, unit: Unit, ranges: [Range; 2], marks: [Mark; 2]) -> PairView {
    let [from, to] = ranges.map(|range| range.expected);
    let number = |value: f64| if unit == Unit::Centimes { Number::mean_dirhams(value) } else { Number::rounded(value) };
    let differs = number(from) != number(to);
    let places: &[usize] = if unit == Unit::Count { &[2, 4] } else { &[0, 2, 4] };
    let shown = |value: f64, places: usize| match unit {
        Unit::Count => figures.decimal(value, places),
        _ if places == 0 => self::shown(figures, unit, rounded(value)),
        _ => precise(figures, unit, value, places),
    };
    let texts = |places: usize| {
        [(from, marks[0]), (to, marks[1])].map(|(value, mark)| marked(mark, value == 0.0, &shown(value, places)))
    };
    let told = |places: &&usize| !differs || shown(from, **places) != shown(to, **places);
    let places = places.iter().find(told).or(places.last()).copied().unwrap_or_default();
    let difference = (!is_open(marks)).then(|| number(to - from));
    let gap = match (difference, unit) {
        (None, _) => "?".to_owned(),
        (Some(_), Unit::Count) => figures.difference(to - from, places),
        (Some(_), _) if places == 0 => gap(figures, unit, rounded(to) - rounded(from), marks),
        (Some(_), _) => signed(figures, to > from, &precise(figures, unit, (to - from).abs(), places), marks),
    };
    let [before, after] = texts(places);
    PairView { from: number(from), to: number(to), difference, text: [before, after, gap] }
}

/// A mean with decimals of its unit; amounts have theirs.
fn precise(figures: Figures<'_>, unit: Unit, value: f64, places: usize) -> String {
    match unit {
        Unit::Minutes => figures.words().fill("unit.minutes", &[&figures.decimal(value, places)]),
        Unit::Days => figures.words().fill("unit.days", &[&figures.decimal(value, places)]),
        Unit::Count => figures.decimal(value, places),
        Unit::Centimes => figures.dirhams(rounded(value)),
    }
}

fn pair(figures: Figures<'_>, unit: Unit, [from, to]: [i64; 2], marks: [Mark; 2]) -> PairView {
    let number = |value: i64| if unit == Unit::Centimes { Number::dirhams(value) } else { Number::whole(value) };
    let told = |value: i64, mark: Mark| marked(mark, value == 0, &shown(figures, unit, value));
    let difference = to - from;
    let text = [
        told(from, marks[0]),
        told(to, marks[1]),
        if is_open(marks) { "?".to_owned() } else { gap(figures, unit, difference, marks) },
    ];
    PairView { from: number(from), to: number(to), difference: (!is_open(marks)).then(|| number(difference)), text }
}

/// Whether one of two figures is only a lower bound, or not known at all: how far they are apart is then not known.
fn is_open(marks: [Mark; 2]) -> bool {
    marks.contains(&Mark::AtLeast)
}

/// A figure behind its mark: nothing is no estimate, and nothing at least is unknown.
fn marked(mark: Mark, is_nothing: bool, figure: &str) -> String {
    match mark {
        Mark::Estimated if is_nothing => figure.to_owned(),
        mark => mark.on_value(i64::from(!is_nothing), figure),
    }
}

/// How far two known figures are apart.
fn gap(figures: Figures<'_>, unit: Unit, difference: i64, marks: [Mark; 2]) -> String {
    let size = shown(figures, unit, difference.saturating_abs());
    if difference == 0 { size } else { signed(figures, difference > 0, &size, marks) }
}

/// A difference with its sign, and the mark of an estimate if one of the figures is one.
fn signed(figures: Figures<'_>, is_more: bool, size: &str, marks: [Mark; 2]) -> String {
    let rough = if marks.contains(&Mark::Estimated) { "~" } else { "" };
    format!("{rough}{}{}{size}", figures.direction(), if is_more { "+" } else { "−" })
}
