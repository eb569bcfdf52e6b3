//! The answers to a question, cut into the classes that the conditions of a flow can tell apart.
//!
//! INVARIANT: every class has at least one allowed answer, and every comparison of the flow is constant on a class.

use std::collections::BTreeMap;

use crate::{
    Date,
    condition::{Condition, Kind, Question, QuestionId},
};

/// Above this much work, classes that no condition tells apart are not merged.
const MAX_MERGE: usize = 1 << 20;

/// The classes of answers to one question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Domain {
    /// The intervals of answers, in order: least, greatest, class.
    intervals: Vec<(i64, i64, u32)>,
    /// How many classes there are.
    pub(crate) classes: u32,
}

impl Domain {
    /// The class of an answer; `None` if the answer is not allowed.
    pub(crate) fn class_of(&self, answer: i64) -> Option<u32> {
        let at = self.intervals.partition_point(|interval| interval.1 < answer);
        self.intervals.get(at).filter(|interval| interval.0 <= answer).map(|interval| interval.2)
    }

    /// The least and greatest answers of the classes that `is_in` accepts.
    pub(crate) fn hull(&self, is_in: impl Fn(u32) -> bool) -> Option<(i64, i64)> {
        let mut chosen = self.intervals.iter().filter(|interval| is_in(interval.2));
        let first = chosen.next()?;
        Some((first.0, chosen.next_back().unwrap_or(first).1))
    }

    /// The first interval of a class.
    pub(crate) fn edges(&self, class: u32) -> Option<(i64, i64)> {
        self.intervals.iter().find(|interval| interval.2 == class).map(|interval| (interval.0, interval.1))
    }

    /// For each class, whether `holds` is true of its answers.
    pub(crate) fn truth(&self, holds: impl Fn(i64) -> bool) -> Vec<bool> {
        let mut truth = vec![false; self.classes as usize];
        for &(low, _, class) in &self.intervals {
            truth[class as usize] = holds(low);
        }
        truth
    }
}

/// What is known of a question while its domain is made.
#[derive(Clone, Debug, Default)]
struct Cuts {
    /// Where the truth of some comparison changes: the first answers of intervals.
    starts: Vec<i64>,
    /// The comparisons.
    tests: Vec<Condition>,
}

/// The domains of all questions, as cut by `conditions`. Classes of a question in `priced` are intervals, as fees need.
pub(crate) fn domains(questions: &[Question], conditions: &[&Condition], priced: &[QuestionId]) -> Vec<Domain> {
    let mut cuts = vec![Cuts::default(); questions.len()];
    for condition in conditions {
        collect(condition, &mut cuts);
    }
    let domain = |(index, question): (usize, &Question)| {
        let is_priced = priced.iter().any(|priced| usize::from(priced.0) == index);
        make(question, std::mem::take(&mut cuts[index]), is_priced)
    };
    questions.iter().enumerate().map(domain).collect()
}

/// Notes the comparisons of a condition at their questions.
fn collect(condition: &Condition, cuts: &mut [Cuts]) {
    match condition {
        Condition::Compare(question, _, _) | Condition::OneOf(question, _) => {
            let Some(cuts) = cuts.get_mut(usize::from(question.0)) else { return };
            condition.visit(&mut |_, constant| cuts.starts.extend([constant, constant.saturating_add(1)]));
            cuts.tests.push(condition.clone());
        }
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect(part, cuts)),
        Condition::Not(part) => collect(part, cuts),
    }
}

fn make(question: &Question, mut cuts: Cuts, is_priced: bool) -> Domain {
    let Some((low, high)) = bounds(question) else { return Domain::default() };
    cuts.starts.push(low);
    cuts.starts.retain(|&start| low <= start && start <= high);
    cuts.starts.sort_unstable();
    cuts.starts.dedup();
    let mut intervals = Vec::with_capacity(cuts.starts.len());
    for (index, &start) in cuts.starts.iter().enumerate() {
        let end = cuts.starts.get(index + 1).map_or(high, |next| next - 1);
        let start = if question.kind == Kind::Date { next_day(start) } else { Some(start) };
        if let Some(start) = start.filter(|&start| start <= end) {
            intervals.push((start, end, 0));
        }
    }
    let merge = !is_priced && cuts.tests.len() * intervals.len() <= MAX_MERGE;
    let mut kinds = BTreeMap::new();
    let mut classes = 0;
    for interval in &mut intervals {
        interval.2 = classes;
        if merge {
            let kind: Vec<bool> =
                cuts.tests.iter().map(|test| test.holds(&|_| Some(interval.0)) == Some(true)).collect();
            interval.2 = *kinds.entry(kind).or_insert(classes);
        }
        classes = classes.max(interval.2 + 1);
    }
    Domain { intervals, classes }
}

/// The least and greatest answers allowed; `None` if there are none.
fn bounds(question: &Question) -> Option<(i64, i64)> {
    let top = match &question.kind {
        Kind::YesNo => 1,
        Kind::OneOf(cases) => i64::try_from(cases.len()).unwrap_or(i64::MAX) - 1,
        Kind::Integer(_) | Kind::Money | Kind::Date => i64::MAX,
    };
    let high = question.high.map_or(top, |high| high.min(top));
    let low = match question.kind {
        Kind::YesNo | Kind::OneOf(_) => question.low.max(0),
        _ => question.low,
    };
    (low <= high).then_some((low, high))
}

/// The first day at or after a number `yyyymmdd` that is one; `None` after the year 9999.
pub(crate) fn next_day(from: i64) -> Option<i64> {
    let (year, month, day) = (from.max(101) / 10_000, from.max(101) / 100 % 100, from.max(101) % 100);
    let valid = |year: i64, month: i64, day: i64| {
        let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        date.ok().map(|_| year * 10_000 + month * 100 + day)
    };
    if month > 12 {
        return valid(year + 1, 1, 1);
    }
    let month_start = if month == 0 { return valid(year, 1, 1) } else { month };
    let next_month = if month_start == 12 { (year + 1, 1) } else { (year, month_start + 1) };
    valid(year, month_start, day.max(1)).or_else(|| valid(next_month.0, next_month.1, 1))
}
