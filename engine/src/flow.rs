//! The graph of a version; the only file that names petgraph.
//!
//! INVARIANT: the ways out of a node keep the order in which the file writes them.

use petgraph::{
    Direction,
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};

use crate::{
    condition::{Condition, Question},
    node::{Node, NodeKind},
    quantity::Share,
    text::{Name, Text},
};

/// A node of a [`Flow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NodeIndex);

impl NodeId {
    /// Its rank in the order of the file, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.index()
    }

    /// The node at this rank.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(NodeIndex::new(index))
    }
}

/// A way from a node to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// When it is taken.
    pub guard: Guard,
    /// The share of people who take it, if the file gives one.
    pub share: Option<Share>,
    /// Whether that share is an estimate.
    pub estimated: bool,
    /// How often a return (a branch to a node written above, or to the node itself) is taken at most on one way, in all;
    /// `None` on branches that go forward.
    pub at_most: Option<u16>,
    /// What the person reads.
    pub label: Text,
}

/// When a branch is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Guard {
    /// Always: the only way on.
    Always,
    /// When this holds and no earlier branch does; of a decision on facts, or of a choice (its question has that answer).
    When(Condition),
    /// When an authority rules so (the identifier of the case).
    Ruled(Name),
    /// When no earlier branch is taken.
    Else,
    /// When the administration has kept silent; nobody by default.
    Silence,
    /// One of the branches of a fork, done with the others.
    Parallel,
    /// From a fork to the node after all its branches (never taken by itself).
    Join,
}

/// The flow of a version: nodes in the order of the file and the branches between them.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    graph: DiGraph<Node, Branch>,
    questions: Vec<Question>,
    has_unknown_fees: bool,
}

impl PartialEq for Flow {
    /// Whether two flows are written alike, to the last title.
    fn eq(&self, other: &Self) -> bool {
        let ways = |flow: &Self| flow.nodes().map(|(id, _)| flow.branches(id).len()).collect::<Vec<_>>();
        self.questions == other.questions
            && self.has_unknown_fees == other.has_unknown_fees
            && self.nodes().eq(other.nodes())
            && ways(self) == ways(other)
            && self.nodes().all(|(id, _)| self.branches(id) == other.branches(id))
    }
}

impl Flow {
    /// An empty flow over these questions (the procedure's, then the choices of the flow).
    #[must_use]
    pub fn new(questions: Vec<Question>) -> Self {
        Self { graph: DiGraph::new(), questions, has_unknown_fees: false }
    }

    /// Says whether anything may be paid besides what its steps say: nobody has read that it is free.
    pub fn set_unknown_fees(&mut self, has_unknown_fees: bool) {
        self.has_unknown_fees = has_unknown_fees;
    }

    /// Whether anything may be paid besides what its steps say.
    #[must_use]
    pub const fn has_unknown_fees(&self) -> bool {
        self.has_unknown_fees
    }

    /// Adds a node; the first one added is where the flow starts.
    pub fn add_node(&mut self, node: Node) -> NodeId {
        NodeId(self.graph.add_node(node))
    }

    /// Adds a way out of `from`, after those it has.
    ///
    /// A branch to a node at or above `from` is a return; it is bounded, by once unless it says otherwise.
    pub fn add_branch(&mut self, from: NodeId, to: NodeId, mut branch: Branch) {
        let is_return = to <= from && branch.guard != Guard::Join;
        branch.at_most = is_return.then(|| branch.at_most.unwrap_or(1));
        self.graph.add_edge(from.0, to.0, branch);
    }

    /// The questions that its conditions speak of.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Where it starts; `None` if it has no node.
    #[must_use]
    pub fn entry(&self) -> Option<NodeId> {
        self.graph.node_indices().next().map(NodeId)
    }

    /// How many nodes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether it has no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.graph.node_count() == 0
    }

    /// All nodes, in the order of the file.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.graph.node_indices().map(|index| (NodeId(index), &self.graph[index]))
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.graph[id.0]
    }

    /// A node, to be changed.
    pub(crate) fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.graph[id.0]
    }

    /// The node with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<NodeId> {
        self.nodes().find(|(_, node)| node.name.as_str() == name).map(|(id, _)| id)
    }

    /// The ways out of a node, in the order of the file.
    #[must_use]
    pub fn branches(&self, id: NodeId) -> Vec<(&Branch, NodeId)> {
        // petgraph lists the edges of a node last first.
        let mut branches: Vec<_> = self.graph.edges(id.0).collect();
        branches.sort_by_key(EdgeRef::id);
        branches.into_iter().map(|edge| (edge.weight(), NodeId(edge.target()))).collect()
    }

    /// The nodes with a way into this one.
    pub fn sources(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.graph.neighbors_directed(id.0, Direction::Incoming).map(NodeId)
    }

    /// Whether a node is an end.
    #[must_use]
    pub fn is_outcome(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, NodeKind::Outcome(_))
    }
}
