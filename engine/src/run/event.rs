//! What happens in a case, and what it answers.

use std::fmt;

use crate::{condition::QuestionId, flow::NodeId, text::Name};

/// Something that happens in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A question is answered, by the person or from a register; choices are questions too.
    Answered {
        /// The question.
        question: QuestionId,
        /// The answer, in the form of [`Kind`](crate::condition::Kind).
        value: i64,
    },
    /// Where several papers are accepted, the person would rather bring this one.
    Preferred {
        /// The document.
        document: Name,
    },
    /// The person has done a step.
    Done {
        /// The step.
        node: NodeId,
    },
    /// An authority has ruled.
    Ruled {
        /// The decision.
        node: NodeId,
        /// The case of the file, or [`ELSE`](crate::answers::ELSE).
        case: Name,
    },
    /// What a wait was for has come (or the administration has answered after a step that could meet silence).
    Elapsed {
        /// The wait.
        node: NodeId,
    },
    /// The administration has kept silent until the end of its delay.
    Silent {
        /// The node whose clock ran out.
        node: NodeId,
    },
    /// The person gives up.
    Withdrawn,
}

/// What may happen next in a case. Besides, any question without an answer may be answered at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Await {
    /// The person does a step: [`Event::Done`].
    Do(NodeId),
    /// This question has to be answered before the node goes on: [`Event::Answered`].
    Answer {
        /// The step or decision.
        node: NodeId,
        /// The question.
        question: QuestionId,
    },
    /// The person chooses: [`Event::Answered`] with the question of the choice.
    Choose {
        /// The choice.
        node: NodeId,
        /// Its question.
        question: QuestionId,
    },
    /// An authority rules: [`Event::Ruled`].
    Rule(NodeId),
    /// Something is waited for: [`Event::Elapsed`].
    Wait(NodeId),
    /// Silence would lead on: [`Event::Silent`].
    Silence(NodeId),
}

/// How a case has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At an outcome.
    Outcome(NodeId),
    /// The person gave up.
    Withdrawn,
}

/// Why an event is refused; the case is then as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The case has ended.
    Ended,
    /// The node does not await this.
    NotAwaited(NodeId),
    /// The flow has no such question.
    UnknownQuestion(QuestionId),
    /// The question does not allow this answer.
    NotAllowed(QuestionId),
    /// The question has an answer already; decisions may rest on it.
    AlreadyAnswered(QuestionId),
    /// No step of the flow accepts this document.
    UnknownDocument(Name),
    /// The node needs the answer to a question first.
    Unanswered {
        /// The node.
        node: NodeId,
        /// The question.
        question: QuestionId,
    },
    /// The decision has no such case.
    UnknownCase(NodeId),
    /// The return has been taken as often as it may be.
    Exhausted(NodeId),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended => f.write_str("the case has ended"),
            Self::NotAwaited(node) => write!(f, "node {} does not await this", node.index()),
            Self::UnknownQuestion(question) => write!(f, "no question {}", question.0),
            Self::NotAllowed(question) => write!(f, "question {} does not allow this answer", question.0),
            Self::AlreadyAnswered(question) => write!(f, "question {} has an answer already", question.0),
            Self::UnknownDocument(document) => write!(f, "no step accepts document {document}"),
            Self::Unanswered { node, question } => {
                write!(f, "node {} needs the answer to question {}", node.index(), question.0)
            }
            Self::UnknownCase(node) => write!(f, "node {} has no such case", node.index()),
            Self::Exhausted(node) => {
                write!(f, "the return from node {} has been taken as often as it may be", node.index())
            }
        }
    }
}

impl std::error::Error for Refused {}

/// What a case has asked of the person so far, counted as [`Measures`](crate::measure::Measures) counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Steps done.
    pub steps: u64,
    /// Trips, in the order in which steps were done.
    pub trips: u64,
    /// Kinds of paper brought.
    pub documents: u64,
    /// Papers with their copies.
    pub sheets: u64,
    /// The person's minutes.
    pub minutes: u64,
    /// Centimes paid.
    pub fees: i64,
}
