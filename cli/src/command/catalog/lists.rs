//! The lists of decisions under law 55-19, held against the procedures that point to them.

use std::collections::BTreeSet;

use mastara_engine::{
    node::Clock,
    procedure::{DecisionList, ListEntry},
    text::Name,
    vocabulary::{ListedDecision, Vocabulary},
};

use crate::survey::Line;

/// The groups of lists, with the word for each: two lists say where silence is consent.
pub const GROUPS: [(&str, &[DecisionList]); 3] = [
    ("silence", DecisionList::SILENCE),
    ("thirty-days", &[DecisionList::ThirtyDays]),
    ("extension", &[DecisionList::Extension]),
];

/// The decisions on some lists, and the procedures that point to them.
#[derive(Debug)]
pub struct Held {
    /// The word for the lists.
    pub name: &'static str,
    /// Ranks in force.
    pub ranks: usize,
    /// Those that a procedure points to.
    pub covered: usize,
    /// Procedures that point to one.
    pub procedures: usize,
    /// Those whose ranks give a delay.
    pub with_delay: usize,
    /// Those of them with another delay.
    pub other_delay: Vec<Name>,
    /// Ranks in force that no procedure points to.
    pub missing: Vec<ListEntry>,
}

/// Counts, group by group.
pub fn held(lines: &[Line<'_>], vocabulary: &Vocabulary) -> Vec<Held> {
    GROUPS.iter().map(|(name, lists)| of_group(name, lists, lines, vocabulary)).collect()
}

fn of_group(name: &'static str, lists: &[DecisionList], lines: &[Line<'_>], vocabulary: &Vocabulary) -> Held {
    let is_of = |entry: &&ListEntry| lists.contains(&entry.list);
    let is_in_force = |decisions: &[ListedDecision]| decisions.iter().any(|decision| !decision.is_repealed);
    let all = vocabulary.lists.iter().filter(|(entry, decisions)| is_of(entry) && is_in_force(decisions));
    let pointed: BTreeSet<&ListEntry> = lines.iter().flat_map(|line| &line.procedure.listed).filter(is_of).collect();
    let (covered, missing): (Vec<_>, Vec<_>) = all.map(|(entry, _)| entry).partition(|entry| pointed.contains(entry));
    let on: Vec<&Line<'_>> = lines.iter().filter(|line| line.procedure.is_on(lists)).collect();
    let (mut with_delay, mut other_delay) = (0, Vec::new());
    for line in &on {
        let decisions = line.procedure.listed.iter().filter(is_of).filter_map(|entry| vocabulary.lists.get(entry));
        let days: Vec<u32> = decisions.flatten().filter_map(|decision| decision.days).collect();
        if days.is_empty() {
            continue;
        }
        with_delay += 1;
        // On the lists of silence the delay is that after which it is consent.
        let is_told = |clock: &Clock| lists != DecisionList::SILENCE || clock.silence.is_some();
        let clocks = line.version.flow.nodes().map(|(_, node)| &node.clock).filter(|clock| is_told(clock));
        let told: Vec<u32> =
            clocks.filter_map(|clock| clock.legal.as_ref()).map(|known| known.value.listed_days()).collect();
        // What is given on the spot needs no wait.
        let is_spot = told.is_empty() && days.contains(&0);
        if !is_spot && !told.iter().any(|told| days.contains(told)) {
            other_delay.push(line.procedure.id.clone());
        }
    }
    Held {
        name,
        ranks: covered.len() + missing.len(),
        covered: covered.len(),
        procedures: on.len(),
        with_delay,
        other_delay,
        missing: missing.into_iter().cloned().collect(),
    }
}
