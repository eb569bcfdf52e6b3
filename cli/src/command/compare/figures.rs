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

/// The means: counts to the second decimal, the others to the unit, as `measure` shows them.
fn means(figures: Figures<'_>, unit: Unit, ranges: [Range; 2], marks: [Mark; 2]) -> PairView {
    let [from, to] = ranges.map(|range| range.expected);
    if unit != Unit::Count {
        let text = pair(figures, unit, [from, to].map(rounded), marks).text;
        let number =
            |value: f64| if unit == Unit::Centimes { Number::mean_dirhams(value) } else { Number::rounded(value) };
        return PairView { from: number(from), to: number(to), difference: number(to - from), text };
    }
    let text = [
        marks[0].on(&figures.decimal(from, 2)),
        marks[1].on(&figures.decimal(to, 2)),
        figures.difference(to - from, 2),
    ];
    PairView { from: Number::rounded(from), to: Number::rounded(to), difference: Number::rounded(to - from), text }
}

fn pair(figures: Figures<'_>, unit: Unit, [from, to]: [i64; 2], marks: [Mark; 2]) -> PairView {
    let number = |value: i64| if unit == Unit::Centimes { Number::dirhams(value) } else { Number::whole(value) };
    let shown = |value: i64| shown(figures, unit, value);
    let marked = |value: i64, mark: Mark| match mark {
        Mark::Estimated if value == 0 => shown(value),
        mark => mark.on_value(value, &shown(value)),
    };
    let difference = to - from;
    let sign = match difference {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    let direction = if sign.is_empty() { "" } else { figures.direction() };
    let is_rough = marks.contains(&Mark::Estimated) || marks.contains(&Mark::AtLeast);
    let rough = if is_rough && difference != 0 { "~" } else { "" };
    let text = [
        marked(from, marks[0]),
        marked(to, marks[1]),
        format!("{rough}{direction}{sign}{}", shown(difference.saturating_abs())),
    ];
    PairView { from: number(from), to: number(to), difference: number(difference), text }
}
