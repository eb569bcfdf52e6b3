//! Which papers procedures demand of which others: the graph of documents.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use petgraph::{
    algo::{condensation, tarjan_scc, toposort},
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};

use crate::{
    procedure::{Procedure, Version},
    text::Name,
    vocabulary::Vocabulary,
};

/// A procedure with what its version in force demands.
#[derive(Clone, Debug)]
pub struct Demander<'c> {
    /// The procedure.
    pub procedure: &'c Procedure,
    /// The version.
    pub version: &'c Version,
    /// The papers of the nominal way.
    pub usual: Vec<Name>,
    /// The papers of all feasible ways.
    pub listed: Vec<Name>,
}

/// What is made of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Procedures that demand it on their nominal way, by rank.
    pub usual: Vec<usize>,
    /// Procedures that demand it on some other way only, by rank.
    pub at_times: Vec<usize>,
    /// Procedures that deliver it, by rank.
    pub delivered: Vec<usize>,
    /// The procedure that a person goes through for it: the one that the vocabulary names if it delivers it, or else the
    /// only one that does, if its authority is the issuer. `None` if nobody in the catalogue delivers it, several do and none
    /// is the natural one, or it is a generic paper.
    pub maker: Option<usize>,
}

impl Uses {
    /// How many procedures demand it.
    #[must_use]
    pub fn demanded(&self) -> usize {
        self.usual.len() + self.at_times.len()
    }
}

/// The procedures of a catalogue, linked by the papers that one demands and another delivers.
#[derive(Clone, Debug)]
pub struct Documents<'c> {
    /// The procedures, in the order given.
    pub procedures: Vec<Demander<'c>>,
    /// Every document that is demanded or delivered.
    pub uses: BTreeMap<Name, Uses>,
    graph: DiGraph<usize, Name>,
}

impl<'c> Documents<'c> {
    /// Links procedures. A link stands for a paper of the nominal way: others are needed at times only.
    #[must_use]
    pub fn new(procedures: Vec<Demander<'c>>, vocabulary: &Vocabulary) -> Self {
        let mut uses: BTreeMap<Name, Uses> = BTreeMap::new();
        for (rank, demander) in procedures.iter().enumerate() {
            for document in &demander.usual {
                uses.entry(document.clone()).or_default().usual.push(rank);
            }
            for document in demander.listed.iter().filter(|document| !demander.usual.contains(document)) {
                uses.entry(document.clone()).or_default().at_times.push(rank);
            }
            for document in delivered(demander.version) {
                uses.entry(document).or_default().delivered.push(rank);
            }
        }
        for (document, uses) in &mut uses {
            let known = vocabulary.documents.get(document);
            let natural = known.and_then(|known| known.procedure.as_ref());
            let is_natural = |rank: &&usize| Some(&procedures[**rank].procedure.id) == natural;
            // A lease or a receipt that one procedure happens to deliver is what others ask of somebody else.
            let issuer = known.and_then(|known| known.issuer.as_ref());
            let is_its_own = |rank: &usize| issuer == Some(&procedures[*rank].procedure.authority);
            let only = if let [only] = uses.delivered[..] { Some(only).filter(is_its_own) } else { None };
            uses.maker = uses.delivered.iter().find(is_natural).copied().or(only);
        }
        let mut graph = DiGraph::new();
        let nodes: Vec<NodeIndex> = (0..procedures.len()).map(|rank| graph.add_node(rank)).collect();
        for (document, uses) in &uses {
            for &rank in &uses.usual {
                if let Some(maker) = uses.maker.filter(|&maker| maker != rank) {
                    graph.add_edge(nodes[rank], nodes[maker], document.clone());
                }
            }
        }
        Self { procedures, uses, graph }
    }

    /// The documents that are demanded, the most demanded first.
    #[must_use]
    pub fn demanded(&self) -> Vec<(&Name, &Uses)> {
        let mut rows: Vec<_> = self.uses.iter().filter(|(_, uses)| uses.demanded() > 0).collect();
        rows.sort_by_key(|(_, uses)| Reverse((uses.demanded(), uses.usual.len())));
        rows
    }

    /// The papers that a procedure demands and others deliver: those others, with the paper, in order.
    pub fn needs(&self, rank: usize) -> Vec<(usize, &Name)> {
        let mut needs: Vec<_> =
            self.graph.edges(NodeIndex::new(rank)).map(|edge| (self.graph[edge.target()], edge.weight())).collect();
        needs.sort();
        needs
    }

    /// Procedures that each need a paper of the others (strongly connected, more than one), each set sorted, the largest
    /// first.
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<usize>> {
        let mut cycles: Vec<Vec<usize>> = tarjan_scc(&self.graph)
            .into_iter()
            .filter(|set| set.len() > 1)
            .map(|set| {
                let mut set: Vec<usize> = set.into_iter().map(|node| self.graph[node]).collect();
                set.sort_unstable();
                set
            })
            .collect();
        cycles.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        cycles
    }

    /// How many procedures one must have been through before each, one paper leading to the next: the length of its longest
    /// chain, a cycle counting once.
    #[must_use]
    pub fn depths(&self) -> Vec<usize> {
        let whole = condensation(self.graph.clone(), true);
        let mut depth = vec![0; whole.node_count()];
        // A condensation has no cycle; the last of the order needs nothing.
        for node in toposort(&whole, None).unwrap_or_default().into_iter().rev() {
            depth[node.index()] = whole.neighbors(node).map(|next| depth[next.index()] + 1).max().unwrap_or_default();
        }
        let mut depths = vec![0; self.procedures.len()];
        for node in whole.node_indices() {
            for &rank in &whole[node] {
                depths[rank] = depth[node.index()];
            }
        }
        depths
    }

    /// The longest chain from a procedure: procedures by rank, each with the paper that it demands of the next; of equal ones
    /// the first by rank.
    #[must_use]
    pub fn chain(&self, from: usize, depths: &[usize]) -> Vec<(usize, Option<&Name>)> {
        let mut chain = Vec::new();
        let mut at = from;
        loop {
            let next = self.needs(at).into_iter().find(|&(next, _)| depths[next] + 1 == depths[at]);
            // Inside a cycle no link goes deeper: any way out of it that does is taken.
            let Some((next, document)) = next.or_else(|| self.way_out(at, depths)) else {
                chain.push((at, None));
                return chain;
            };
            chain.push((at, Some(document)));
            at = next;
        }
    }

    /// The first step of the shortest way to a procedure of the same depth with a link that goes deeper.
    fn way_out(&self, from: usize, depths: &[usize]) -> Option<(usize, &Name)> {
        if depths[from] == 0 {
            return None;
        }
        let is_exit = |rank: usize| self.needs(rank).iter().any(|&(next, _)| depths[next] + 1 == depths[rank]);
        let level = |rank: &usize| depths[*rank] == depths[from];
        let mut seen = BTreeSet::from([from]);
        let mut wave: Vec<(usize, (usize, &Name))> =
            self.needs(from).into_iter().filter(|(next, _)| level(next)).map(|need| (need.0, need)).collect();
        while !wave.is_empty() {
            if let Some((_, first)) = wave.iter().find(|(rank, _)| is_exit(*rank)) {
                return Some(*first);
            }
            let mut after = Vec::new();
            for (rank, first) in wave {
                if seen.insert(rank) {
                    after.extend(
                        self.needs(rank).into_iter().filter(|(next, _)| level(next)).map(|(next, _)| (next, first)),
                    );
                }
            }
            wave = after;
        }
        None
    }
}

/// The strongly connected components of a graph, each after all that it leads to; `needs` are the arrows of each node.
#[must_use]
pub fn components(needs: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut graph: DiGraph<usize, ()> = DiGraph::with_capacity(needs.len(), needs.len());
    let nodes: Vec<NodeIndex> = (0..needs.len()).map(|rank| graph.add_node(rank)).collect();
    for (from, to) in needs.iter().enumerate().flat_map(|(from, all)| all.iter().map(move |to| (from, *to))) {
        graph.add_edge(nodes[from], nodes[to], ());
    }
    let sets = tarjan_scc(&graph).into_iter();
    sets.map(|set| {
        let mut set: Vec<usize> = set.into_iter().map(|node| graph[node]).collect();
        set.sort_unstable();
        set
    })
    .collect()
}

/// What the steps of a version deliver, sorted.
fn delivered(version: &Version) -> BTreeSet<Name> {
    let steps = version.flow.nodes().filter_map(|(_, node)| node.step());
    let papers = steps.flat_map(|step| &step.receives);
    papers.filter(|receives| receives.is_delivery).map(|receives| receives.paper.document.clone()).collect()
}
