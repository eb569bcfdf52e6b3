//! The compact form of a flow that measuring and running share.
//!
//! INVARIANT: a [`Program`] comes from a sound flow: every instruction reaches an end, each branch of a fork stays in its
//! block, and every cycle takes a bounded return.

mod build;
mod check;
pub(crate) mod diagram;
pub(crate) mod domain;
mod finish;
mod liveness;
pub(crate) mod ops;
pub(crate) mod regions;
mod unsound;

pub(crate) use self::{build::conditions, check::reachable, finish::MAX_WORDS};
pub use self::{
    ops::{Choice, Fact},
    unsound::Unsound,
};

use self::{
    diagram::Diagrams,
    domain::Domain,
    ops::{ClockFacts, Counter, Edge, Instruction, Item, PaymentFacts, Point, StepFacts},
};
use crate::{flow::Flow, measure::TooEntangled, run::Script, text::Name};

/// A flow made ready to be measured and run. It owns what it needs of the flow.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) code: Vec<Instruction>,
    pub(crate) points: Vec<Point>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) steps: Vec<StepFacts>,
    pub(crate) payments: Vec<PaymentFacts>,
    pub(crate) clocks: Vec<ClockFacts>,
    pub(crate) items: Vec<Item>,
    pub(crate) counters: Vec<Counter>,
    /// Whether each conditional or plain demand is an estimate, by its number.
    pub(crate) demands: Vec<bool>,
    /// Where the person goes, by number.
    pub(crate) places: Vec<Name>,
    pub(crate) domains: Vec<Domain>,
    pub(crate) questions: Vec<Name>,
    pub(crate) diagrams: Diagrams,
    /// The questions that can still matter, by row.
    pub(crate) live: Vec<Box<[u32]>>,
    /// The memory that can still matter, by row: `words` words each.
    pub(crate) masks: Vec<u64>,
    /// The row of each point.
    pub(crate) row_of: Vec<u32>,
    pub(crate) words: usize,
    /// The point or end that the entry leads to.
    pub(crate) entry_end: u32,
    pub(crate) has_forks: bool,
    pub(crate) has_unknown_fees: bool,
    /// Why it cannot be measured, if its conditions are too much for any person.
    pub(crate) entangled: Option<TooEntangled>,
    pub(crate) script: Script,
}

impl Program {
    /// Compiles a flow. An empty flow is sound: it measures to nothing, at level 0.
    ///
    /// # Errors
    /// Everything that keeps the flow from being measured and run, each with the node to show it at.
    pub fn compile(flow: &Flow) -> Result<Self, Vec<Unsound>> {
        let sound = check::check(flow)?;
        let mut program = build::build(flow, &sound);
        finish::finish(&mut program)?;
        Ok(program)
    }

    /// Whether the flow has no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.code.is_empty()
    }
}
