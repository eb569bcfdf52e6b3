//! Why a flow cannot be measured or run.

use std::fmt;

use crate::{condition::QuestionId, flow::NodeId};

/// Why a flow cannot be measured or run. Only what can be reached from the entry is looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsound {
    /// A decision without any way out, or a fork without any branch.
    NoBranch(NodeId),
    /// Ways out that a node of this kind cannot have: two ordinary ones, one out of an outcome, a ruling where facts
    /// decide.
    WrongBranches(NodeId),
    /// No outcome can be reached from here.
    NoWayOut(NodeId),
    /// A fork without the node that its branches end at.
    NoJoin(NodeId),
    /// A branch of a fork, given by its first node, that cannot reach the join.
    NeverJoins {
        /// The fork.
        fork: NodeId,
        /// The first node of the branch.
        branch: NodeId,
    },
    /// An outcome that a branch of a fork reaches without passing the join.
    EndsInFork {
        /// The fork.
        fork: NodeId,
        /// The outcome.
        outcome: NodeId,
    },
    /// A jump out of a branch of a fork, not to its join.
    LeavesFork {
        /// The fork.
        fork: NodeId,
        /// The node in the branch.
        from: NodeId,
        /// The node outside.
        to: NodeId,
    },
    /// A jump from outside into a branch of a fork.
    EntersFork {
        /// The fork.
        fork: NodeId,
        /// The node outside.
        from: NodeId,
        /// The node in the branch.
        to: NodeId,
    },
    /// A node that two branches of one fork share.
    BranchesMeet {
        /// The fork.
        fork: NodeId,
        /// The shared node.
        node: NodeId,
    },
    /// Forks nested so deep that their branches cannot be told apart in reasonable time.
    TooDeep(NodeId),
    /// A fee by formula over a question without a greatest answer: it has no most.
    UnboundedFee {
        /// The step that is paid for.
        node: NodeId,
        /// The question.
        question: QuestionId,
    },
    /// A fee by formula over a question that a condition still tests after the payment: what is paid could not be told
    /// apart from what is tested.
    FeeTestedAfter {
        /// The step that is paid for.
        node: NodeId,
        /// The question.
        question: QuestionId,
        /// The node that tests it.
        test: NodeId,
    },
}

impl Unsound {
    /// The node to show it at.
    #[must_use]
    pub const fn node(&self) -> NodeId {
        match self {
            Self::NoBranch(node)
            | Self::WrongBranches(node)
            | Self::NoWayOut(node)
            | Self::NoJoin(node)
            | Self::TooDeep(node) => *node,
            Self::NeverJoins { branch, .. } => *branch,
            Self::EndsInFork { outcome, .. } => *outcome,
            Self::LeavesFork { from, .. } | Self::EntersFork { from, .. } => *from,
            Self::BranchesMeet { node, .. } | Self::UnboundedFee { node, .. } | Self::FeeTestedAfter { node, .. } => {
                *node
            }
        }
    }
}

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::NoBranch(_) => "no way out of a decision or fork",
            Self::WrongBranches(_) => "ways out that this kind of node cannot have",
            Self::NoWayOut(_) => "no outcome can be reached from here",
            Self::NoJoin(_) => "a fork without a join",
            Self::NeverJoins { .. } => "a fork branch that never reaches its join",
            Self::EndsInFork { .. } => "an outcome inside a fork",
            Self::LeavesFork { .. } => "a jump out of a fork branch",
            Self::EntersFork { .. } => "a jump into a fork branch",
            Self::BranchesMeet { .. } => "a node shared by two branches of a fork",
            Self::TooDeep(_) => "forks nested too deep",
            Self::UnboundedFee { .. } => "a fee by formula on an unbounded question",
            Self::FeeTestedAfter { .. } => "the question of a fee is tested after the payment",
        };
        write!(f, "node {}: {what}", self.node().index())
    }
}

impl std::error::Error for Unsound {}
