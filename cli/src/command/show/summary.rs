//! The figures of a sheet in words.

use mastara_engine::{
    measure::{Measures, Range},
    procedure::ClaimMeasure,
};

use crate::{
    figures::{Figures, Mark},
    locale::Words,
};

/// Each measure in words: `1 déplacement`, `8 papiers (de 8 à 9 selon les cas)`.
pub fn summary(measures: &Measures, words: &Words) -> Vec<String> {
    let figures = Figures::new(words);
    let mark = |measure| Mark::of_measure(measure, measures.standing);
    let (documents, effort) = (mark(ClaimMeasure::Documents), mark(ClaimMeasure::Effort));
    let (delay, fees) = (mark(ClaimMeasure::LegalDelay), mark(ClaimMeasure::Fees));
    let whole = |value: i64| figures.whole(value);
    let mut lines = vec![
        counted(words, "show.sum.steps", measures.steps, Mark::Known, whole),
        counted(words, "show.sum.trips", measures.trips, Mark::Known, whole),
        counted(words, "show.sum.documents", measures.documents, documents, whole),
    ];
    if measures.fetched.most > 0 {
        lines.push(counted(words, "show.sum.fetched", measures.fetched, Mark::Known, whole));
    }
    let minutes = |value: i64| figures.minutes(value);
    let days = |value: i64| words.plural("phrase.days", value.unsigned_abs(), &figures.whole(value));
    lines.push(shown(words, "show.sum.effort", measures.effort, effort, minutes));
    if measures.legal_delay.most > 0 || delay == Mark::AtLeast {
        lines.push(shown(words, "show.sum.delay", measures.legal_delay, delay, days));
    }
    if measures.usual_delay != measures.legal_delay {
        lines.push(shown(words, "show.sum.usual", measures.usual_delay, mark(ClaimMeasure::UsualDelay), days));
    }
    lines.push(shown(words, "show.sum.fees", measures.fees, fees, |value| figures.dirhams(value)));
    lines.push(
        words.fill("show.sum.level", &[&measures.level.to_string(), words.get(&format!("level.{}", measures.level))]),
    );
    lines
}

/// A count with its noun in the right number.
fn counted(words: &Words, key: &str, range: Range, mark: Mark, show: impl Fn(i64) -> String) -> String {
    let shown = exact(mark, range.nominal).on(&show(range.nominal));
    let text = words.plural(key, range.nominal.unsigned_abs(), &shown);
    // Arabic has words for none, one and two, which leave the figure out, but not its mark.
    let text = if text.contains(&shown) { text } else { exact(mark, range.nominal).on(&text) };
    spread(words, text, range, mark, show)
}

/// A figure that brings its unit.
fn shown(words: &Words, key: &str, range: Range, mark: Mark, show: impl Fn(i64) -> String) -> String {
    if mark == Mark::AtLeast && range.most == 0 {
        return words.fill(key, &[words.get("show.sum.unknown")]);
    }
    let text = words.fill(key, &[&exact(mark, range.nominal).on_value(range.nominal, &show(range.nominal))]);
    spread(words, text, range, mark, show)
}

/// The least and most behind the nominal figure, where they differ.
fn spread(words: &Words, text: String, range: Range, mark: Mark, show: impl Fn(i64) -> String) -> String {
    if range.least == range.most {
        return text;
    }
    let ends = [range.least, range.most].map(|value| exact(mark, value).on(&show(value)));
    words.fill("show.sum.spread", &[&text, &ends[0], &ends[1]])
}

/// Nothing is no estimate.
fn exact(mark: Mark, value: i64) -> Mark {
    if value == 0 && mark == Mark::Estimated { Mark::Known } else { mark }
}
