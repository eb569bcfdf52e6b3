//! The changes there are to choose among, each with who must make it and what it needs.

use std::collections::{BTreeMap, BTreeSet};

use mastara_engine::{
    Date,
    procedure::Version,
    reform::{Action, Change, Reason, Scope},
    text::Name,
    vocabulary::{Register, Vocabulary},
};

use super::case::Case;
use crate::args::{ChangeKind, PlanUnit};

/// A change that may be chosen.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What it is.
    pub what: What,
    /// Who must make it, if one body does.
    pub who: Option<Name>,
    /// Candidates that must be chosen too, by rank.
    pub needs: Vec<usize>,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A register of which nothing says that it can be asked is made so. Nothing is gained by it alone.
    Connect(Name),
    /// A change of procedures.
    Change(Change),
}

impl Candidate {
    /// The change of procedures that it is, if it is one.
    pub fn change(&self) -> Option<&Change> {
        match &self.what {
            What::Connect(_) => None,
            What::Change(change) => Some(change),
        }
    }
}

/// What one wants to choose among.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The kinds of change.
    pub kinds: &'a BTreeSet<ChangeKind>,
    /// For whom one change of a service holds.
    pub unit: PlanUnit,
    /// Only what this authority, or one that belongs to it, must do.
    pub authority: Option<&'a Name>,
}

/// Gathers every change that takes a reason or a paper away on some nominal way, sorted. Registers that a version in force
/// already asks, or that are open by the day, need no opening.
pub fn candidates<'c>(
    cases: &[Case<'c>],
    in_force: impl Iterator<Item = &'c Version>,
    at: Date,
    vocabulary: &Vocabulary,
    wanted: &Wanted<'_>,
) -> Vec<Candidate> {
    let mut changes = BTreeSet::new();
    for case in cases {
        for step in case.steps() {
            let agency = case.agency(step);
            let mut add =
                |action: Action| changes.insert(Change { scope: scope(&action, agency, case, wanted.unit), action });
            let reasons = case.held.get(&step).into_iter().flat_map(|held| &held.reasons);
            // A presence needs a decision on that very step, which no catalogue can take.
            for reason in reasons.filter(|reason| **reason != Reason::Presence) {
                let own = |action: &Action| !matches!(action, Action::AcceptDigital(Some(_)));
                reason.remedies(vocabulary).into_iter().filter(own).for_each(|action| _ = add(action));
            }
            for (document, copies) in case.papers(step) {
                Reason::Paper(document.clone()).remedies(vocabulary).into_iter().for_each(|action| {
                    if matches!(action, Action::Fetch { .. } | Action::Open { .. } | Action::Abolish(_)) {
                        add(action);
                    }
                });
                if copies > 1 {
                    add(Action::OneCopy);
                }
            }
        }
    }
    let is_wanted = |change: &Change| {
        wanted.kinds.contains(&ChangeKind::of(&change.action))
            && wanted
                .authority
                .is_none_or(|code| who(change, vocabulary).is_some_and(|who| vocabulary.belongs(&who, code)))
    };
    let changes: Vec<Change> = changes.into_iter().filter(is_wanted).collect();
    let asked = asked(in_force);
    let is_open =
        |name: &Name, register: &Register| asked.contains(name) || register.since.is_some_and(|since| since <= at);
    let needed: BTreeSet<&Name> = changes
        .iter()
        .filter_map(|change| match &change.action {
            Action::Fetch { register, .. } => Some(register),
            _ => None,
        })
        .filter(|name| vocabulary.registers.get(*name).is_some_and(|register| !is_open(name, register)))
        .collect();
    let rank: BTreeMap<Name, usize> = needed.iter().enumerate().map(|(rank, name)| ((*name).clone(), rank)).collect();
    let keeper = |name: &Name| vocabulary.registers.get(name).map(|register| register.authority.clone());
    let connect = needed.into_iter().map(|name| Candidate {
        what: What::Connect(name.clone()),
        who: keeper(name),
        needs: Vec::new(),
    });
    let mut all: Vec<Candidate> = connect.collect();
    all.extend(changes.into_iter().map(|change| {
        let needs = match &change.action {
            Action::Fetch { register, .. } => rank.get(register).copied().into_iter().collect(),
            _ => Vec::new(),
        };
        Candidate { who: who(&change, vocabulary), needs, what: What::Change(change) }
    }));
    all
}

/// Where one change holds: papers that need not be brought any more, everywhere; what a service does otherwise, for the unit.
fn scope(action: &Action, agency: Option<&Name>, case: &Case<'_>, unit: PlanUnit) -> Scope {
    let procedure = case.line.procedure;
    match (action, unit) {
        (Action::Fetch { .. } | Action::Open { .. } | Action::Abolish(_), _) | (_, PlanUnit::Everywhere) => {
            Scope::Everywhere
        }
        (_, PlanUnit::Sector) => Scope::Sector(procedure.sector.clone()),
        (_, PlanUnit::Authority) if agency.is_some() => {
            agency.map_or(Scope::Everywhere, |agency| Scope::Authority(agency.clone()))
        }
        _ => Scope::Procedure(procedure.id.clone()),
    }
}

/// The registers that versions in force ask.
fn asked<'c>(in_force: impl Iterator<Item = &'c Version>) -> BTreeSet<Name> {
    let steps = in_force.flat_map(|version| version.flow.nodes()).filter_map(|(_, node)| node.step());
    steps.flat_map(|step| &step.exchanges).map(|exchange| exchange.register.clone()).collect()
}

/// Who must make a change: who keeps the register, the authority where it holds; a paper is abolished by law.
fn who(change: &Change, vocabulary: &Vocabulary) -> Option<Name> {
    match (&change.action, &change.scope) {
        (Action::Fetch { register, .. } | Action::Open { register, .. }, _) => {
            vocabulary.registers.get(register).map(|register| register.authority.clone())
        }
        (_, Scope::Authority(code)) => Some(code.clone()),
        _ => None,
    }
}
