//! What is known of one person: answers to questions and rulings of authorities.

use std::collections::BTreeMap;

use crate::{
    condition::QuestionId,
    flow::{Flow, NodeId},
    procedure::Example,
    text::Name,
};

/// The name under which [`Answers::rule`] means the branch of an administration's silence.
pub const SILENCE: &str = "silence";
/// The name under which [`Answers::rule`] means a branch taken when no named case is.
pub const ELSE: &str = "else";
/// The name under which [`Answers::rule`] means the ordinary way out of a step or wait.
pub const ALWAYS: &str = "always";

/// A person, as far as known. Empty, it stands for everybody: each measure then ranges over all feasible ways.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    values: BTreeMap<QuestionId, i64>,
    rulings: BTreeMap<NodeId, Vec<Name>>,
    preferred: Vec<Name>,
}

impl Answers {
    /// Nothing known: everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self::default()
    }

    /// Sets the answer to a question, in the form of [`Kind`](crate::condition::Kind). One outside the question's bounds
    /// leaves no feasible way.
    pub fn set(&mut self, question: QuestionId, value: i64) {
        self.values.insert(question, value);
    }

    /// The same person with the answer to one more question.
    #[must_use]
    pub fn with(mut self, question: QuestionId, value: i64) -> Self {
        self.set(question, value);
        self
    }

    /// The answer to a question, if known.
    #[must_use]
    pub fn get(&self, question: QuestionId) -> Option<i64> {
        self.values.get(&question).copied()
    }

    /// All known answers, by question.
    pub fn iter(&self) -> impl Iterator<Item = (QuestionId, i64)> {
        self.values.iter().map(|(&question, &value)| (question, value))
    }

    /// The documents that the person would rather bring where several are accepted. Only a case follows them; measures
    /// range over all that may be brought.
    #[must_use]
    pub fn preferred(&self) -> &[Name] {
        &self.preferred
    }

    /// Sets what happens at each visit of a node in turn, the last of `cases` for ever after: the identifier of a case
    /// that an authority rules, or [`SILENCE`], [`ELSE`], [`ALWAYS`]. Nothing is fixed if `cases` is empty.
    pub fn rule(&mut self, node: NodeId, cases: Vec<Name>) {
        self.rulings.insert(node, cases);
    }

    /// What is fixed for a node; empty if nothing is.
    #[must_use]
    pub fn rulings(&self, node: NodeId) -> &[Name] {
        self.rulings.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The nodes for which something is fixed, in the order of the file.
    pub(crate) fn ruled(&self) -> impl Iterator<Item = (NodeId, &[Name])> {
        self.rulings.iter().filter(|(_, cases)| !cases.is_empty()).map(|(&node, cases)| (node, cases.as_slice()))
    }

    /// The person of an `exemple`. Rulings of nodes that the flow does not have are left out.
    #[must_use]
    pub fn of_example(flow: &Flow, example: &Example) -> Self {
        let preferred = example.brings.iter().flatten().map(|(document, _)| document.clone()).collect();
        let mut this = Self { preferred, ..Self::default() };
        for &(question, value) in &example.answers {
            this.set(question, value);
        }
        for (decision, cases) in &example.rulings {
            if let Some(node) = flow.find(decision.as_str()) {
                this.rule(node, cases.clone());
            }
        }
        this
    }
}
