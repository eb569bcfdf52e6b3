//! For whom the figures of a version moved.

use std::{collections::BTreeSet, ops::Range};

use super::mapping::Mapping;
use crate::{
    answers::Answers,
    condition::{Comparison, Condition, Kind, Question, QuestionId},
    flow::Flow,
    measure::{Measures, TooEntangled},
    procedure::{Aspect, ClaimMeasure},
    program::{Program, conditions, domain::next_day, reachable},
    text::Name,
};

/// For whom figures moved, as far as one question tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Concerned {
    /// No figure moved, whatever a single answer is.
    Nobody,
    /// Everybody; or no single question tells people apart.
    Everybody,
    /// Those of whom this holds: a condition on one question of the newer flow, or else of the older.
    Those {
        /// Who.
        condition: Condition,
        /// Whether the question is the newer flow's.
        is_newer: bool,
    },
}

/// The figures of one nominal way, and the papers on it.
const MEASURES: [ClaimMeasure; 11] = [
    ClaimMeasure::Steps,
    ClaimMeasure::Trips,
    ClaimMeasure::Documents,
    ClaimMeasure::Sheets,
    ClaimMeasure::Fetched,
    ClaimMeasure::Effort,
    ClaimMeasure::LegalDelay,
    ClaimMeasure::UsualDelay,
    ClaimMeasure::Fees,
    ClaimMeasure::Agencies,
    ClaimMeasure::Level,
];

/// For whom the nominal figures of two flows differ; or, where they differ for nobody, the least and most ones. The smallest
/// condition on one question: the fewest classes of answers, then the first question of the file.
///
/// # Errors
/// [`TooEntangled`], as [`Program::measure`].
pub fn concerned(older: (&Flow, &Program), newer: (&Flow, &Program)) -> Result<Concerned, TooEntangled> {
    for is_nominal in [true, false] {
        let mut whom = Whom { older, newer, is_nominal, best: None, differs: false };
        whom.differs = whom.figures(older.1, &Answers::everybody())? != whom.figures(newer.1, &Answers::everybody())?;
        whom.look()?;
        if let Some((_, condition, is_newer)) = whom.best {
            return Ok(Concerned::Those { condition, is_newer });
        }
        if whom.differs {
            return Ok(Concerned::Everybody);
        }
    }
    Ok(Concerned::Nobody)
}

/// What is compared of a person.
#[derive(PartialEq)]
struct Figures {
    values: Vec<i64>,
    papers: Vec<Name>,
}

struct Whom<'f> {
    older: (&'f Flow, &'f Program),
    newer: (&'f Flow, &'f Program),
    is_nominal: bool,
    /// How many classes, which people, whose question.
    best: Option<(usize, Condition, bool)>,
    /// Whether the figures differ for anybody.
    differs: bool,
}

impl Whom<'_> {
    fn look(&mut self) -> Result<(), TooEntangled> {
        let forth = Mapping::between(self.older.0, self.newer.0);
        let back = forth.turned();
        for (at, question) in self.newer.0.questions().iter().enumerate() {
            let Ok(id) = u16::try_from(at).map(QuestionId) else { break };
            self.question(id, question, &back, true)?;
        }
        for (at, question) in self.older.0.questions().iter().enumerate() {
            let Ok(id) = u16::try_from(at).map(QuestionId) else { break };
            if forth.forth(id).is_none() {
                self.question(id, question, &forth, false)?;
            }
        }
        Ok(())
    }

    /// Looks at one question of a flow; `across` leads to the other flow.
    fn question(
        &mut self,
        id: QuestionId,
        question: &Question,
        across: &Mapping<'_>,
        is_newer: bool,
    ) -> Result<(), TooEntangled> {
        let (own, other) = if is_newer { (self.newer, self.older) } else { (self.older, self.newer) };
        let constants = constants(own.0, other.0, id, across);
        let classes = classes(question, &constants);
        let mut moved = Vec::with_capacity(classes.len());
        for &(low, high) in &classes {
            let mut differs = false;
            for value in BTreeSet::from([low, high]) {
                let person = Answers::everybody().with(id, value);
                let alike = match across.answer_forth(id, value) {
                    Some((heir, value)) => Answers::everybody().with(heir, value),
                    None => Answers::everybody(),
                };
                differs |= self.figures(own.1, &person)? != self.figures(other.1, &alike)?;
            }
            moved.push(differs);
        }
        let count = moved.iter().filter(|moved| **moved).count();
        self.differs |= count > 0;
        let is_smaller = self.best.as_ref().is_none_or(|(best, ..)| count < *best);
        if 0 < count && count < classes.len() && is_smaller {
            self.best = Some((count, tell(id, question, &classes, &moved, &constants), is_newer));
        }
        Ok(())
    }

    fn figures(&self, program: &Program, person: &Answers) -> Result<Figures, TooEntangled> {
        let measures: Measures = program.measure(person)?;
        let aspects: &[Aspect] = if self.is_nominal { &[Aspect::Nominal] } else { &[Aspect::Least, Aspect::Most] };
        let value = |measure: ClaimMeasure, aspect: Aspect| match (measures.range(measure), aspect) {
            (range, Aspect::Least) => range.least,
            (range, Aspect::Most) => range.most,
            (range, _) => range.nominal,
        };
        let mut values = vec![i64::from(measures.is_feasible)];
        values.extend(MEASURES.iter().flat_map(|measure| aspects.iter().map(|aspect| value(*measure, *aspect))));
        let papers = if self.is_nominal { program.nominal_papers(person)? } else { measures.listed };
        Ok(Figures { values, papers })
    }
}

/// What either flow compares a question with.
fn constants(own: &Flow, other: &Flow, id: QuestionId, across: &Mapping<'_>) -> BTreeSet<i64> {
    let mut constants = BTreeSet::new();
    let heir = across.forth(id);
    for condition in conditions(own, &reachable(own)) {
        condition.visit(&mut |question, constant| constants.extend((question == id).then_some(constant)));
    }
    for condition in conditions(other, &reachable(other)) {
        condition.visit(&mut |question, constant| constants.extend((Some(question) == heir).then_some(constant)));
    }
    constants
}

/// The answers to a question as intervals that no condition cuts; two named answers are never one class.
fn classes(question: &Question, constants: &BTreeSet<i64>) -> Vec<(i64, i64)> {
    let each = |count: usize| (0..i64::try_from(count).unwrap_or(0)).map(|value| (value, value)).collect();
    match &question.kind {
        Kind::YesNo => return each(2),
        Kind::OneOf(cases) => return each(cases.len()),
        Kind::Integer(_) | Kind::Money | Kind::Date => {}
    }
    let high = question.high.unwrap_or(i64::MAX);
    let mut starts: BTreeSet<i64> = constants.iter().flat_map(|at| [*at, at.saturating_add(1)]).collect();
    starts.insert(question.low);
    let starts: Vec<i64> = starts.into_iter().filter(|start| question.low <= *start && *start <= high).collect();
    let mut classes = Vec::with_capacity(starts.len());
    for (at, &start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(high, |next| next - 1);
        let first = if question.kind == Kind::Date { next_day(start) } else { Some(start) };
        let Some(first) = first.filter(|first| *first <= end) else { continue };
        // The last number of an open or dated class stands for nothing by itself.
        let is_known = question.kind != Kind::Date && end != i64::MAX;
        classes.push((first, if is_known { end } else { first }));
    }
    classes
}

/// The classes in which figures moved, as a condition.
fn tell(
    id: QuestionId,
    question: &Question,
    classes: &[(i64, i64)],
    moved: &[bool],
    constants: &BTreeSet<i64>,
) -> Condition {
    if matches!(question.kind, Kind::YesNo | Kind::OneOf(_)) {
        let values: Vec<i64> =
            classes.iter().zip(moved).filter(|(_, moved)| **moved).map(|(class, _)| class.0).collect();
        return match values.as_slice() {
            [value] => Condition::Compare(id, Comparison::Equal, *value),
            _ => Condition::OneOf(id, values),
        };
    }
    let mut runs = Vec::new();
    let mut at = 0;
    while at < classes.len() {
        let end = at + moved[at..].iter().take_while(|moved| **moved).count();
        if end > at {
            runs.push(run(id, classes, at..end, constants));
        }
        at = end + 1;
    }
    if runs.len() == 1 { runs.remove(0) } else { Condition::Any(runs) }
}

/// The answers of some classes that follow each other, told by the constants that the file compares with.
fn run(id: QuestionId, classes: &[(i64, i64)], range: Range<usize>, constants: &BTreeSet<i64>) -> Condition {
    let low = classes[range.start].0;
    // A class begins at a constant, or just after one.
    let is_after = |first: i64| !constants.contains(&first) && constants.contains(&(first - 1));
    let from = match is_after(low) {
        true => Condition::Compare(id, Comparison::More, low - 1),
        false => Condition::Compare(id, Comparison::AtLeast, low),
    };
    let Some(next) = classes.get(range.end).map(|class| class.0) else { return from };
    let to = match is_after(next) {
        true => Condition::Compare(id, Comparison::AtMost, next - 1),
        false => Condition::Compare(id, Comparison::Less, next),
    };
    match range.start {
        0 => to,
        _ if next == low + 1 => Condition::Compare(id, Comparison::Equal, low),
        _ => Condition::All(vec![from, to]),
    }
}
