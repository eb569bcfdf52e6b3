//! The instructions that a flow is lowered to.
//!
//! INVARIANT: only [`Op::Branch`] has more than one way on, so between two of them everything is straight; branches of a
//! fork follow each other.

use crate::{
    condition::QuestionId,
    node::{Amount, Means},
    text::Name,
};

/// "None" among dense indices.
pub(crate) const NONE: u32 = u32::MAX;

/// One instruction with what is the same at each passage.
#[derive(Clone, Debug)]
pub(crate) struct Instruction {
    /// What it does.
    pub(crate) op: Op,
    /// The rank of its node in the flow.
    pub(crate) node: u32,
    /// What keeps the flow from being paperless here.
    pub(crate) obstacle: Hindrance,
    /// Whether the person files something online here.
    pub(crate) files: bool,
    /// Whether a form is handed out online here.
    pub(crate) hands_out: bool,
    /// Whether the item it counts is inevitably met again further on, where it is counted then.
    pub(crate) again: bool,
}

/// What keeps an instruction from being paperless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// Nothing.
    None,
    /// A step that is not online.
    NotOnline,
    /// An online step that is not open everywhere.
    Partial,
    /// The paper of a demand or receipt is accepted or given on paper only.
    Paper,
    /// The payment is not made online.
    Means(Means),
}

/// What an instruction does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Op {
    /// A step begins: its index among the steps.
    Step(u32),
    /// A paper is demanded.
    Demand {
        /// The document.
        item: u32,
        /// Sheets of it.
        copies: u32,
        /// Where its demand stands: of [`Program::demands`](super::Program).
        demand: u32,
    },
    /// A paper is received: the document.
    Receive(u32),
    /// A question is put.
    Ask,
    /// Something is paid: its index among the payments.
    Pay(u32),
    /// A document is fetched by the administration.
    Fetch(u32),
    /// A clock runs: its index among the clocks.
    Clock(u32),
    /// Branches side by side begin.
    Open,
    /// One of them ends.
    Next,
    /// All have ended.
    Close,
    /// A return is taken: its index among the counters.
    Count(u32),
    /// On at another instruction.
    Goto(u32),
    /// One of several ways on: its index among the points.
    Branch(u32),
    /// An outcome.
    End,
}

/// What a step says once and for all.
#[derive(Clone, Debug)]
pub(crate) struct StepFacts {
    /// The place, or [`NONE`].
    pub(crate) place: u32,
    /// The agency as an item, or [`NONE`].
    pub(crate) agency: u32,
    /// Minutes.
    pub(crate) effort: u32,
    /// Whether the minutes are known.
    pub(crate) effort_known: bool,
    /// Whether they are an estimate.
    pub(crate) effort_estimated: bool,
}

/// A payment.
#[derive(Clone, Debug)]
pub(crate) struct PaymentFacts {
    /// How much.
    pub(crate) amount: Amount,
    /// The usual answer to the question of the formula.
    pub(crate) typical: Option<i64>,
    /// Whether it, or the usual answer, is an estimate.
    pub(crate) estimated: bool,
}

/// A clock, in calendar days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClockFacts {
    /// Legal, or usual if there is none.
    pub(crate) legal: u32,
    /// Usual, or legal if there is none.
    pub(crate) usual: u32,
    /// Whether it breaks a run of steps at one place.
    pub(crate) breaks: bool,
    /// Whether either is known.
    pub(crate) known: bool,
    /// Whether the legal one, or what stands in for it, is an estimate.
    pub(crate) legal_estimated: bool,
    /// Whether the usual one, or what stands in for it, is an estimate.
    pub(crate) usual_estimated: bool,
}

/// Something counted once however often it is met.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its name.
    pub(crate) name: Name,
    /// Of which kind.
    pub(crate) kind: ItemKind,
    /// The bit that says it is counted already, or [`NONE`] if it cannot be met twice.
    pub(crate) bit: u32,
}

/// What can be counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ItemKind {
    /// A document of the person.
    Document,
    /// A document that the administration fetches.
    Fetched,
    /// An administration.
    Agency,
}

/// How often a return may be taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counter {
    /// At most so often.
    pub(crate) most: u16,
    /// The lowest bit where it is kept.
    pub(crate) bit: u32,
}

/// Who takes a way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    /// The person.
    Person,
    /// Facts or an authority.
    Other,
}

/// A place where ways part.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// The rank of its node.
    pub(crate) node: u32,
    /// Who settles it.
    pub(crate) control: Control,
    /// Whether it is the node's own way out (rather than a fact of a step).
    pub(crate) is_exit: bool,
    /// Its edges.
    pub(crate) edges: std::ops::Range<u32>,
    /// Where it stands.
    pub(crate) pc: u32,
}

/// A way on from a point.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    /// The answers for which it is taken, as a diagram.
    pub(crate) guard: u32,
    /// Its share, on the scale of its point.
    pub(crate) weight: u64,
    /// Whether that share is an estimate.
    pub(crate) estimated: bool,
    /// Whether the file gives it no share, nor what others leave: equal ones are assumed.
    pub(crate) assumed: bool,
    /// Whether it is the silence of the administration.
    pub(crate) is_silence: bool,
    /// Whether nobody takes it as long as there is another way.
    pub(crate) is_spare: bool,
    /// The return it is, or [`NONE`].
    pub(crate) counter: u32,
    /// Where it goes on.
    pub(crate) target: u32,
    /// The point or end that it leads to.
    pub(crate) end: u32,
    /// What is chosen.
    pub(crate) choice: Choice,
    /// The case that an authority rules.
    pub(crate) case: Option<Name>,
}

/// What is chosen where ways part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// The branch of this rank in [`Flow::branches`](crate::flow::Flow::branches).
    Branch(usize),
    /// Whether a conditional fact of a step applies.
    Fact {
        /// The fact.
        fact: Fact,
        /// Whether it applies.
        taken: bool,
    },
    /// Which of several accepted papers is handed over.
    Paper {
        /// The rank of the demand in its step.
        demand: usize,
        /// The rank of the paper in the demand.
        paper: usize,
    },
}

/// A fact of a step, by its rank in the list of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Of [`Step::demands`](crate::node::Step::demands).
    Demand(usize),
    /// Of [`Step::receives`](crate::node::Step::receives).
    Receives(usize),
    /// Of [`Step::asks`](crate::node::Step::asks).
    Ask(usize),
    /// Of [`Step::payments`](crate::node::Step::payments).
    Payment(usize),
    /// Of [`Step::exchanges`](crate::node::Step::exchanges).
    Exchange(usize),
}

/// The questions that matter at an instruction, for the liveness of constraints.
pub(crate) fn priced(payments: &[PaymentFacts], op: Op) -> Option<QuestionId> {
    match op {
        Op::Pay(payment) => payments[payment as usize].amount.question(),
        _ => None,
    }
}
