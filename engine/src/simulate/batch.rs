//! What was counted over cases.
//!
//! INVARIANT: whole numbers only, so that parts add up to the same whole in any order.

use std::collections::BTreeMap;

use super::{
    Refused, Simulation,
    desk::DeskCount,
    draw::Plan,
    histogram::Histogram,
    model::{ClockStop, Model},
    sum::{MEASURES, Measure, Sum},
};
use crate::{flow::NodeId, program::ops::NONE};

/// Cases are put into so many groups, in the order in which they come, for the confidence in their means.
const GROUPS: u64 = 40;
/// Student's t, 97.5 %, for 39 degrees of freedom.
const STUDENT: f64 = 2.0227;
/// A part counts no more ways than this by themselves.
const MAX_WAYS: usize = 4_096;

/// A group of cases that came one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Group {
    cases: u64,
    seconds: u128,
}

/// A way, and how many cases took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many.
    pub cases: u64,
    /// The branches taken where there are several: node, rank in [`Flow::branches`](crate::flow::Flow::branches). Ways that
    /// differ only in the papers and facts of their steps are one.
    pub branches: Vec<(NodeId, usize)>,
}

/// A stop and what happened there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockCount {
    /// How often it was passed.
    pub visits: u64,
    /// Seconds spent there, all together.
    pub seconds: u128,
}

/// What is noted of one case on its way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    has_clock: bool,
    is_late: bool,
    ran_out: bool,
}

impl Facts {
    /// A clock is over.
    pub(super) fn clock(&mut self, clock: &ClockStop, end: u64, deadline: u64, is_silent: bool) {
        let is_late = end > deadline || is_silent;
        self.has_clock |= deadline != u64::MAX || is_silent;
        self.is_late |= is_late;
        self.ran_out |= is_silent || (is_late && clock.silence);
    }
}

/// What was counted over cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// How many cases came to their end.
    pub ended: u64,
    /// Of them, by the rank of the node they ended at.
    pub outcomes: Vec<u64>,
    /// Seconds from beginning to end.
    pub lead: Sum,
    /// Minutes from beginning to end.
    pub lead_minutes: Histogram,
    /// Cases in which a legal clock ran.
    pub clocked: u64,
    /// Of them, those in which one ran out before the answer.
    pub late: u64,
    /// Of these, those in which the law says what the silence means.
    pub silent: u64,
    /// What officers did, in the order of [`Simulation::authorities`]; empty if there are as many as it takes.
    pub desks: Vec<DeskCount>,
    /// Seconds of work from the first day to the last arrival.
    pub working: u64,
    measures: [Sum; MEASURES],
    edges: Vec<u64>,
    ways: BTreeMap<u64, Taken>,
    other_ways: u64,
    groups: Vec<Group>,
    group_size: u64,
    beyond: u64,
    branches: Vec<(u32, u32)>,
    stops: Vec<ClockCount>,
    stop_nodes: Vec<u32>,
}

impl Batch {
    pub(super) fn new(model: &Model, cases: u64) -> Self {
        Self {
            ended: 0,
            outcomes: vec![0; model.nodes],
            lead: Sum::default(),
            lead_minutes: Histogram::default(),
            clocked: 0,
            late: 0,
            silent: 0,
            stops: vec![ClockCount::default(); model.stops.len()],
            desks: Vec::new(),
            working: 0,
            measures: [Sum::default(); MEASURES],
            edges: vec![0; model.edges.len()],
            ways: BTreeMap::new(),
            other_ways: 0,
            groups: vec![Group::default(); usize::try_from(GROUPS).unwrap_or(1)],
            group_size: cases.div_ceil(GROUPS).max(1),
            beyond: 0,
            branches: model.edges.iter().map(|edge| (edge.node, edge.branch)).collect(),
            stop_nodes: model.stops.iter().map(|stop| stop.node).collect(),
        }
    }

    /// A stop of the model is over.
    pub(super) fn pause(&mut self, stop: u32, seconds: u64) {
        let count = &mut self.stops[stop as usize];
        count.visits += 1;
        count.seconds += u128::from(seconds);
    }

    /// A case is over.
    pub(super) fn record(
        &mut self,
        simulation: &Simulation<'_>,
        case: u64,
        plan: &Plan,
        (from, end): (u64, u64),
        facts: Facts,
    ) {
        self.ended += 1;
        self.beyond += u64::from(end >= simulation.calendar.end());
        self.outcomes[plan.outcome as usize] += 1;
        let seconds = end - from;
        self.lead.add(i64::try_from(seconds).unwrap_or(i64::MAX));
        self.lead_minutes.add(seconds / 60);
        self.clocked += u64::from(facts.has_clock);
        self.late += u64::from(facts.is_late);
        self.silent += u64::from(facts.ran_out);
        self.measures.iter_mut().zip(plan.tally).for_each(|(sum, value)| sum.add(value));
        plan.edges.iter().for_each(|&edge| self.edges[edge as usize] += 1);
        let group = usize::try_from(case / self.group_size).unwrap_or(usize::MAX).min(self.groups.len() - 1);
        self.groups[group].cases += 1;
        self.groups[group].seconds += u128::from(seconds);
        if let Some(taken) = self.ways.get_mut(&plan.way) {
            taken.cases += 1;
        } else if self.ways.len() < MAX_WAYS {
            let edges = plan.edges.iter().map(|&edge| self.branches[edge as usize]);
            let branches = edges.filter(|(_, branch)| *branch != NONE);
            let branches = branches.map(|(node, branch)| (NodeId::at(node as usize), branch as usize)).collect();
            self.ways.insert(plan.way, Taken { cases: 1, branches });
        } else {
            self.other_ways += 1;
        }
    }

    /// Counts all that another part of the same run has counted.
    pub fn absorb(&mut self, other: Self) {
        let add = |own: &mut [u64], other: &[u64]| own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        self.ended += other.ended;
        self.beyond += other.beyond;
        self.clocked += other.clocked;
        self.late += other.late;
        self.silent += other.silent;
        self.other_ways += other.other_ways;
        add(&mut self.outcomes, &other.outcomes);
        add(&mut self.edges, &other.edges);
        self.lead.absorb(&other.lead);
        self.lead_minutes.absorb(&other.lead_minutes);
        self.measures.iter_mut().zip(&other.measures).for_each(|(own, other)| own.absorb(other));
        for (own, other) in self.stops.iter_mut().zip(&other.stops) {
            own.visits += other.visits;
            own.seconds += other.seconds;
        }
        for (own, other) in self.groups.iter_mut().zip(&other.groups) {
            own.cases += other.cases;
            own.seconds += other.seconds;
        }
        for (way, taken) in other.ways {
            match self.ways.get_mut(&way) {
                Some(own) => own.cases += taken.cases,
                None => _ = self.ways.insert(way, taken),
            }
        }
    }

    /// Whether as many cases came out as went in, all of them within the calendar.
    ///
    /// # Errors
    /// [`Refused::Lost`] or [`Refused::TooLong`].
    pub fn check(&self, cases: u64) -> Result<(), Refused> {
        let at_outcomes: u64 = self.outcomes.iter().sum();
        if self.ended != cases || at_outcomes != cases {
            return Err(Refused::Lost { cases, ended: self.ended.min(at_outcomes) });
        }
        if self.beyond > 0 { Err(Refused::TooLong) } else { Ok(()) }
    }

    /// The sum of a measure over all cases.
    #[must_use]
    pub const fn measure(&self, measure: Measure) -> &Sum {
        &self.measures[measure as usize]
    }

    /// The ways taken, the most frequent first, and how many cases took ways that were not kept apart.
    #[must_use]
    pub fn ways(&self) -> (Vec<&Taken>, u64) {
        let mut ways: Vec<&Taken> = self.ways.values().collect();
        ways.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.branches.cmp(&b.branches)));
        (ways, self.other_ways)
    }

    /// How often each branch was taken: node, rank, cases (counting returns each time).
    pub fn branches(&self) -> impl Iterator<Item = (NodeId, usize, u64)> {
        let edges = self.branches.iter().zip(&self.edges).filter(|((_, branch), _)| *branch != NONE);
        edges.map(|(&(node, branch), &count)| (NodeId::at(node as usize), branch as usize, count))
    }

    /// What happened at each node that takes time, in the order of the file: how often it was passed, and the seconds of its
    /// step and clock together.
    #[must_use]
    pub fn pauses(&self) -> BTreeMap<NodeId, ClockCount> {
        let mut pauses: BTreeMap<NodeId, ClockCount> = BTreeMap::new();
        for (&node, stop) in self.stop_nodes.iter().zip(&self.stops).filter(|(_, stop)| stop.visits > 0) {
            let count = pauses.entry(NodeId::at(node as usize)).or_default();
            count.visits = count.visits.max(stop.visits);
            count.seconds += stop.seconds;
        }
        pauses
    }

    /// Whether there are cases enough to say how sure a mean is, or how loaded officers are: ten in each of the forty groups.
    /// Cases come at random, so the time in which `n` of them came is uncertain by its own 1/√n, and so is a load: by one part
    /// in twenty for four hundred, and wholly for one.
    #[must_use]
    pub const fn has_enough_cases(&self) -> bool {
        self.ended >= 10 * GROUPS
    }

    /// The half width of the 95 % confidence interval of the mean time, in seconds, by the means of forty groups of cases one
    /// after the other (which bears with cases that hold each other up); `None` for fewer than 400 cases.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "errors are given as floats")]
    pub fn lead_margin(&self) -> Option<f64> {
        let full = self.groups.iter().filter(|group| group.cases > 0);
        let means: Vec<f64> = full.map(|group| group.seconds as f64 / group.cases as f64).collect();
        if !self.has_enough_cases() || means.len() < self.groups.len() {
            return None;
        }
        let count = means.len() as f64;
        let mean = means.iter().sum::<f64>() / count;
        let variance = means.iter().map(|group| (group - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Some(STUDENT * (variance / count).sqrt())
    }
}
