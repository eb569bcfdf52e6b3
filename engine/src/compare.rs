//! What becomes of each node of a version in the next one.
//!
//! INVARIANT: every node of both versions is accounted for exactly once, in the order of its file.

use std::collections::BTreeMap;

use crate::{
    flow::NodeId,
    procedure::Version,
    text::{Name, Text},
};

/// What becomes of a node of the older version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It keeps its name: this node of the newer version.
    Kept(NodeId),
    /// These nodes of the newer version stand for it.
    ReplacedBy(Vec<NodeId>),
    /// It is no more, for this reason.
    Dropped(Text),
    /// The newer version does not say.
    Unaccounted,
}

/// Where a node of the newer version comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nothing before it.
    New,
    /// The node of the same name in the older version.
    Kept(NodeId),
    /// It stands for these nodes of the older version.
    ReplacementFor(Vec<NodeId>),
}

/// Two versions side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Each node of the older version, in the order of its file.
    pub older: Vec<(NodeId, Fate)>,
    /// Each node of the newer version, in the order of its file.
    pub newer: Vec<(NodeId, Origin)>,
}

impl Comparison {
    /// Compares two versions of a procedure. A node that keeps its name is kept, whatever else is said of it.
    #[must_use]
    pub fn between(older: &Version, newer: &Version) -> Self {
        let (before, after) = (by_name(older), by_name(newer));
        let mut heirs: BTreeMap<&Name, Vec<NodeId>> = BTreeMap::new();
        for (id, node) in newer.flow.nodes() {
            node.replaces.iter().for_each(|replaced| heirs.entry(replaced).or_default().push(id));
        }
        let dropped =
            |name: &Name| newer.drops.iter().find(|(names, _)| names.contains(name)).map(|(_, why)| why.clone());
        let fate = |name: &Name| {
            let kept = after.get(name).copied().map(Fate::Kept);
            let replaced = || heirs.get(name).cloned().map(Fate::ReplacedBy);
            kept.or_else(replaced).or_else(|| dropped(name).map(Fate::Dropped)).unwrap_or(Fate::Unaccounted)
        };
        let origin = |name: &Name, replaces: &[Name]| match before.get(name) {
            Some(&kept) => Origin::Kept(kept),
            None => {
                let replaced: Vec<NodeId> = replaces.iter().filter_map(|name| before.get(name).copied()).collect();
                if replaced.is_empty() { Origin::New } else { Origin::ReplacementFor(replaced) }
            }
        };
        Self {
            older: older.flow.nodes().map(|(id, node)| (id, fate(&node.name))).collect(),
            newer: newer.flow.nodes().map(|(id, node)| (id, origin(&node.name, &node.replaces))).collect(),
        }
    }
}

/// The nodes of a version, by name.
fn by_name(version: &Version) -> BTreeMap<&Name, NodeId> {
    version.flow.nodes().map(|(id, node)| (&node.name, id)).collect()
}
