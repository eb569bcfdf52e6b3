//! What a branch or a fact of a step asks about the person, and its evaluation.

use crate::text::{Name, Text};

/// The place of a question in [`Flow::questions`](crate::flow::Flow::questions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub u16);

/// A fact about the person or the request that the flow depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its identifier in the file.
    pub name: Name,
    /// How it is put to the person.
    pub title: Text,
    /// What an answer is.
    pub kind: Kind,
    /// The least answer allowed; numbers are never negative.
    pub low: i64,
    /// The greatest answer allowed, if the file bounds it.
    pub high: Option<i64>,
    /// The usual answer, which a fee that depends on it is measured with.
    pub typical: Option<i64>,
    /// Whether that usual answer is an estimate.
    pub typical_estimated: bool,
    /// The register of the State that already knows the answer.
    pub known_by: Option<Name>,
    /// Whether it stands for a choice of the person in the flow rather than a declared question.
    pub is_choice: bool,
}

impl Question {
    /// The usual answer, which the nominal way follows where only facts under conditions ask: no, the first case, the usual
    /// number if the file tells one.
    #[must_use]
    pub fn usual(&self) -> Option<i64> {
        match self.kind {
            Kind::YesNo | Kind::OneOf(_) => Some(0),
            Kind::Integer(_) | Kind::Money | Kind::Date => self.typical,
        }
    }
}

/// The type of a question. Answers of every type are kept as one integer: `0`/`1`, the rank of a case, the number itself,
/// centimes, or a date as `yyyymmdd`.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Yes (1) or no (0).
    YesNo,
    /// A whole number, never negative.
    Integer(Option<Unit>),
    /// An amount in dirhams (centimes).
    Money,
    /// A day (`yyyymmdd`, which orders as days do).
    Date,
    /// One of the named cases (its rank).
    OneOf(Vec<Case>),
}

/// One answer to a question with named cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its identifier in the file.
    pub name: Name,
    /// What the person reads.
    pub label: Text,
}

/// The unit of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Years of age or duration.
    Years,
    /// Months.
    Months,
    /// Days.
    Days,
    /// Square metres.
    SquareMetres,
    /// Kilometres.
    Kilometres,
    /// Hectares.
    Hectares,
}

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// How it is written.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether `left` stands in this relation to `right`.
    #[must_use]
    pub fn holds<T: PartialOrd>(self, left: T, right: T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

/// A condition on the answers. Only comparisons with constants are allowed, so that each question falls into finitely
/// many classes of answers and feasibility can be decided exactly.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The answer compares so to a constant.
    Compare(QuestionId, Comparison, i64),
    /// The answer is one of these constants (sorted).
    OneOf(QuestionId, Vec<i64>),
    /// All hold.
    All(Vec<Self>),
    /// At least one holds.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
}

impl Condition {
    /// Whether it holds; `None` if it depends on an answer that `answer` does not give (three-valued logic: a part that is
    /// unknown does not matter where the rest decides).
    pub fn holds(&self, answer: &impl Fn(QuestionId) -> Option<i64>) -> Option<bool> {
        match self {
            Self::Compare(question, comparison, constant) => {
                answer(*question).map(|value| comparison.holds(value, *constant))
            }
            Self::OneOf(question, constants) => answer(*question).map(|value| constants.contains(&value)),
            Self::All(parts) => decide(parts, answer, false),
            Self::Any(parts) => decide(parts, answer, true),
            Self::Not(part) => part.holds(answer).map(|truth| !truth),
        }
    }

    /// Calls `visit` with each question and each constant it is compared with.
    pub fn visit(&self, visit: &mut impl FnMut(QuestionId, i64)) {
        match self {
            Self::Compare(question, _, constant) => visit(*question, *constant),
            Self::OneOf(question, constants) => constants.iter().for_each(|constant| visit(*question, *constant)),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(visit)),
            Self::Not(part) => part.visit(visit),
        }
    }
}

/// The conjunction (`decisive` = false) or disjunction (`decisive` = true) of `parts`.
fn decide(parts: &[Condition], answer: &impl Fn(QuestionId) -> Option<i64>, decisive: bool) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part.holds(answer) {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    if unknown { None } else { Some(!decisive) }
}
