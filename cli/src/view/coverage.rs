//! `test --coverage --format json`: what the examples of each version take.

use serde::Serialize;

use super::number::Number;

/// What the examples take, file by file.
#[derive(Debug, Serialize)]
pub struct CoverageView {
    /// The day for which versions in force are looked up.
    pub at: String,
    /// How many past versions have no example, and are not counted.
    pub left_out: usize,
    /// By identifier of the procedure.
    pub files: Vec<FileCoverageView>,
    /// All together.
    pub summary: CountsView,
}

/// The versions of a file that are in force, to come, or have examples.
#[derive(Debug, Serialize)]
pub struct FileCoverageView {
    /// The file.
    pub file: String,
    /// The procedure in it.
    pub procedure: String,
    /// All its versions together.
    #[serde(flatten)]
    pub counts: CountsView,
    /// Its past versions without an example, which are not counted.
    pub left_out: Vec<String>,
    /// By date.
    pub versions: Vec<VersionCoverageView>,
}

/// What the examples of a version take.
#[derive(Debug, Serialize)]
pub struct VersionCoverageView {
    /// Its name in the file.
    pub id: String,
    /// How many examples it has.
    pub examples: usize,
    /// How much they take.
    #[serde(flatten)]
    pub counts: CountsView,
    /// What they do not take and somebody could.
    pub missing: Vec<PointView>,
    /// What nobody can take.
    pub impossible: Vec<PointView>,
    /// Examples that take what is missing, as they would be written (`--suggest`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestions: Option<Vec<String>>,
}

/// How many there are, of each kind, and how many are taken. What nobody can take is not counted.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct CountsView {
    /// Steps, waits, decisions, outcomes.
    pub nodes: TakenView,
    /// Ways out of nodes that have several.
    pub branches: TakenView,
    /// Truths of conditions, two for each.
    pub conditions: TakenView,
    /// The share of all that is taken; of nothing, all.
    pub share: Number,
}

/// How many there are and how many are taken.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct TakenView {
    /// How many there are.
    pub all: usize,
    /// How many are taken.
    pub taken: usize,
}

/// Something that a way can take.
#[derive(Debug, Serialize)]
pub struct PointView {
    /// `node`, `branch` or `condition`.
    pub kind: &'static str,
    /// The node.
    pub node: String,
    /// Of a branch, the node that it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Of a condition, whether it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truth: Option<bool>,
    /// The same in words.
    pub text: String,
}

impl CountsView {
    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.nodes, other.nodes),
            (&mut self.branches, other.branches),
            (&mut self.conditions, other.conditions),
        ];
        for (own, other) in pairs {
            own.all += other.all;
            own.taken += other.taken;
        }
        let all = [self.nodes, self.branches, self.conditions];
        self.share = share(all.iter().map(|kind| kind.taken).sum(), all.iter().map(|kind| kind.all).sum());
    }
}

/// The share of what is taken; of nothing, all.
fn share(taken: usize, all: usize) -> Number {
    let whole = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Number::rounded(if all == 0 { 1.0 } else { super::number::share(whole(taken), whole(all)) })
}
