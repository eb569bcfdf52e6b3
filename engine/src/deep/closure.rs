//! The procedures that must be gone through before others, for their papers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Part, Together};
use crate::{
    documents::{Documents, components},
    text::Name,
    vocabulary::{Validity, Vocabulary},
};

/// A procedure gives another one a paper that it demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gives {
    /// The procedure that demands it, by its place in [`Closure::members`].
    pub to: usize,
    /// The paper.
    pub paper: Name,
    /// The procedure that delivers it, by its place in [`Closure::members`].
    pub from: usize,
}

/// Procedures with all that must be gone through before them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closure {
    /// Procedures by rank, those asked for first, then those that give their papers, nearest first; each once.
    pub members: Vec<usize>,
    /// Who gives what to whom, by demander and paper.
    pub gives: Vec<Gives>,
    /// Papers that some procedure delivers and the person already holds.
    pub held: BTreeSet<Name>,
    /// Of these, papers of which nobody says how long they can be used.
    pub of_unknown_validity: BTreeSet<Name>,
    /// Papers that no procedure of the catalogue is gone through for: the person's own, or of unknown origin.
    pub unmade: BTreeSet<Name>,
}

impl Closure {
    /// The closure of some procedures, in the order in which they are gone through, over the papers that they demand. `part`
    /// is what a procedure asks, `holds` which papers the person has; a paper that one of the procedures asked for delivers is
    /// what a later one of them takes, whatever the person had before.
    #[must_use]
    pub fn new<'p>(
        documents: &Documents<'_>,
        roots: &[usize],
        part: impl Fn(usize) -> &'p Part,
        holds: impl Fn(&Name) -> bool,
    ) -> Self {
        let mut this = Self::default();
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        for &root in roots {
            if place.insert(root, this.members.len()).is_none() {
                this.members.push(root);
            }
        }
        let asked_for = this.members.len();
        let mut to = 0;
        while let Some(&rank) = this.members.get(to) {
            for paper in part(rank).outside() {
                let uses = documents.uses.get(paper);
                let is_before = |maker: &usize| to < asked_for && place.get(maker).is_some_and(|&at| at < to);
                let makers = uses.map(|uses| uses.maker.into_iter().chain(uses.delivered.iter().copied()));
                let taken_along = makers.and_then(|mut makers| makers.find(is_before));
                let Some(maker) = taken_along.or(uses.and_then(|uses| uses.maker)) else {
                    this.unmade.insert(paper.clone());
                    continue;
                };
                // A renewal asks for the old paper, which is held.
                if maker == rank || (holds(paper) && taken_along.is_none()) {
                    this.held.insert(paper.clone());
                    continue;
                }
                let next = this.members.len();
                let from = *place.entry(maker).or_insert(next);
                if from == next {
                    this.members.push(maker);
                }
                this.gives.push(Gives { to, paper: paper.clone(), from });
            }
            to += 1;
        }
        this
    }

    /// What a person holds who has lived a while: every paper that outlasts a year, and those of unknown validity, so that the
    /// closure is the least.
    pub fn lasting(vocabulary: &Vocabulary) -> impl Fn(&Name) -> bool {
        |paper| {
            let known = vocabulary.documents.get(paper).and_then(|document| document.validity.as_ref());
            known.is_none_or(Validity::is_lasting)
        }
    }

    /// Notes which held papers have no known validity.
    #[must_use]
    pub fn with_validity_of(mut self, vocabulary: &Vocabulary) -> Self {
        let is_unknown = |paper: &&Name| vocabulary.documents.get(*paper).is_none_or(|known| known.validity.is_none());
        self.of_unknown_validity = self.held.iter().filter(is_unknown).cloned().collect();
        self
    }

    /// Of each member the others that must be over before it.
    #[must_use]
    pub fn needs(&self) -> Vec<Vec<usize>> {
        let mut needs = vec![Vec::new(); self.members.len()];
        for gives in &self.gives {
            if !needs[gives.to].contains(&gives.from) {
                needs[gives.to].push(gives.from);
            }
        }
        needs
    }

    /// Members that each need a paper of the others, each set by place in [`Closure::members`].
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<usize>> {
        components(&self.needs()).into_iter().filter(|set| set.len() > 1).collect()
    }

    /// All members together.
    #[must_use]
    pub fn together<'p>(&self, part: impl Fn(usize) -> &'p Part) -> Together {
        let parts: Vec<&Part> = self.members.iter().map(|&rank| part(rank)).collect();
        Together::new(&parts, &self.needs())
    }
}
