//! The compact form of a flow that is simulated: for each run between two partings what it adds, and where it stops.

use super::time::Span;
use crate::{
    calendar::{Calendar, DAY},
    flow::{Flow, NodeId},
    measure::{WayArc, Ways},
    node::{Channel, Clock, Decider, Known, Node, NodeKind, Step},
    program::{
        Choice, Program,
        diagram::size,
        ops::{self, ItemKind, NONE, Op},
    },
    quantity::Delay,
    text::Name,
};

/// The marks of branches side by side among the stops.
pub(super) const OPEN: u32 = u32::MAX - 2;
pub(super) const NEXT: u32 = u32::MAX - 1;
pub(super) const CLOSE: u32 = u32::MAX;

/// What is simulated.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) ways: Ways,
    /// By edge; the last one is the run from the entry.
    pub(super) runs: Vec<Run>,
    /// The stops of all runs: indices of [`Self::stops`], or marks.
    pub(super) course: Vec<u32>,
    pub(super) stops: Vec<Stop>,
    /// The items that each run meets: `words` words a run.
    pub(super) met: Vec<u64>,
    pub(super) words: usize,
    /// Which items are documents, fetched documents, agencies.
    pub(super) kinds: [Vec<u64>; 3],
    /// What is known of each edge.
    pub(super) edges: Vec<Edge>,
    pub(super) authorities: Vec<Name>,
    /// How many nodes the flow has.
    pub(super) nodes: usize,
    /// For each delay, the wall time at which it has run out, by the day it begins on.
    pub(super) deadlines: Vec<Vec<u64>>,
}

/// A run from one parting of ways to the next, or to the end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// In [`Model::course`].
    pub(super) course: (u32, u32),
    /// What becomes of the place of the last step: first the place it is compared with ([`NONE`]: none), then what it is
    /// at the end; trips in between.
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) trips: i64,
    /// The outcome, or [`NONE`].
    pub(super) outcome: u32,
}

/// What is known of an edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) node: u32,
    /// The rank of the branch, or [`NONE`] if it is no branch.
    pub(super) branch: u32,
}

impl Edge {
    fn of(edge: &ops::Edge, node: u32) -> Self {
        let branch = match edge.choice {
            Choice::Branch(rank) => size(rank),
            Choice::Fact { .. } | Choice::Paper { .. } => NONE,
        };
        Self { node, branch }
    }
}

/// Something that takes time.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub(super) node: u32,
    /// Among the authorities, if an officer works here, or [`NONE`].
    pub(super) office: u32,
    pub(super) kind: StopKind,
}

/// What takes time.
#[derive(Clone, Debug)]
pub(super) enum StopKind {
    /// A step of the person: seconds, and whether an office must be open.
    Step { effort: u64, in_person: bool },
    /// A clock.
    Clock(ClockStop),
}

/// A clock.
#[derive(Clone, Debug)]
pub(super) struct ClockStop {
    pub(super) span: Span,
    /// Of [`Model::deadlines`], or [`NONE`].
    pub(super) deadline: u32,
    /// Whether the law says what silence means.
    pub(super) silence: bool,
    /// Seconds that the person has to answer a request for complements; 0 if there is none.
    pub(super) complement: u64,
}

impl Model {
    pub(super) fn new(program: &Program, flow: &Flow, in_charge: &Name, ways: Ways, calendar: &Calendar) -> Self {
        let words = program.items.len().div_ceil(64).max(1);
        // The edges of a program stand in the order of its points.
        let edges = program.points.iter().flat_map(|point| {
            let own = &program.edges[point.edges.start as usize..point.edges.end as usize];
            own.iter().map(|edge| Edge::of(edge, point.node))
        });
        let mut kinds: [Vec<u64>; 3] = std::array::from_fn(|_| vec![0; words]);
        for (number, item) in program.items.iter().enumerate() {
            let kind = match item.kind {
                ItemKind::Document => 0,
                ItemKind::Fetched => 1,
                ItemKind::Agency => 2,
            };
            kinds[kind][number / 64] |= 1 << (number % 64);
        }
        let mut this = Self {
            ways,
            runs: Vec::with_capacity(program.edges.len() + 1),
            course: Vec::new(),
            stops: Vec::new(),
            met: Vec::new(),
            words,
            kinds,
            edges: edges.collect(),
            authorities: Vec::new(),
            nodes: flow.len(),
            deadlines: Vec::new(),
        };
        let mut builder =
            Builder { program, flow, in_charge, calendar, stop_of: vec![NONE; program.code.len()], delays: Vec::new() };
        for edge in &program.edges {
            builder.run(&mut this, edge.target);
        }
        builder.run(&mut this, 0);
        this
    }

    /// The run behind a way on.
    pub(super) fn run_of(&self, arc: &WayArc) -> usize {
        (arc.edge as usize).min(self.runs.len() - 1)
    }
}

struct Builder<'a> {
    program: &'a Program,
    flow: &'a Flow,
    in_charge: &'a Name,
    calendar: &'a Calendar,
    /// The stop of each instruction, once it has one.
    stop_of: Vec<u32>,
    /// The delays that have deadlines.
    delays: Vec<Delay>,
}

impl Builder<'_> {
    /// Notes what happens from an instruction to the next parting or end.
    fn run(&mut self, model: &mut Model, mut pc: u32) {
        let begin = size(model.course.len());
        let mut run = Run { course: (begin, begin), first: NONE, last: NONE, trips: 0, outcome: NONE };
        let mut met = vec![0; model.words];
        loop {
            let at = pc;
            let instruction = &self.program.code[pc as usize];
            pc += 1;
            match instruction.op {
                Op::Step(step) => {
                    let step = &self.program.steps[step as usize];
                    run.place(step.place.wrapping_add(1));
                    if step.agency != NONE {
                        met[step.agency as usize / 64] |= 1 << (step.agency % 64);
                    }
                    let stop = self.stop(model, at);
                    model.course.push(stop);
                }
                Op::Demand { item, .. } | Op::Fetch(item) => met[item as usize / 64] |= 1 << (item % 64),
                Op::Clock(clock) => {
                    if self.program.clocks[clock as usize].breaks {
                        run.place(0);
                    }
                    let stop = self.stop(model, at);
                    model.course.push(stop);
                }
                Op::Open => model.course.push(OPEN),
                Op::Next => model.course.push(NEXT),
                Op::Close => model.course.push(CLOSE),
                Op::Goto(target) => pc = target,
                Op::End => {
                    run.outcome = instruction.node;
                    break;
                }
                Op::Branch(_) => break,
                Op::Receive(_) | Op::Ask | Op::Pay(_) | Op::Count(_) => {}
            }
            // A straight return on the way comes back to itself; no feasible way takes it.
            if model.course.len() - begin as usize > self.program.code.len() {
                break;
            }
        }
        run.course.1 = size(model.course.len());
        model.met.extend(met);
        model.runs.push(run);
    }

    /// The stop of a step or clock.
    fn stop(&mut self, model: &mut Model, pc: u32) -> u32 {
        if self.stop_of[pc as usize] != NONE {
            return self.stop_of[pc as usize];
        }
        let instruction = &self.program.code[pc as usize];
        let node = self.flow.node(NodeId::at(instruction.node as usize));
        let (kind, authority) = match (instruction.op, &node.kind) {
            (Op::Step(_), NodeKind::Step(step)) => {
                let authority = step.agency.as_ref().filter(|_| is_served(step, &node.clock));
                let in_person = step.channel.place().is_some();
                let effort = u64::from(step.effort.as_ref().map_or(0, |effort| effort.value)) * 60;
                (StopKind::Step { effort, in_person }, authority)
            }
            _ => (StopKind::Clock(self.clock(model, &node.clock)), Some(self.authority(node))),
        };
        let office = authority.map_or(NONE, |authority| {
            let known = model.authorities.iter().position(|known| known == authority);
            size(known.unwrap_or_else(|| {
                model.authorities.push(authority.clone());
                model.authorities.len() - 1
            }))
        });
        let stop = size(model.stops.len());
        model.stops.push(Stop { node: instruction.node, office, kind });
        self.stop_of[pc as usize] = stop;
        stop
    }

    /// Who works while a clock runs.
    fn authority<'n>(&'n self, node: &'n Node) -> &'n Name {
        let own = match &node.kind {
            NodeKind::Step(step) => step.agency.as_ref(),
            NodeKind::Decision(Decider::Authority(authority)) => Some(authority),
            NodeKind::Wait(authority) => authority.as_ref(),
            _ => None,
        };
        own.unwrap_or(self.in_charge)
    }

    fn clock(&mut self, model: &mut Model, clock: &Clock) -> ClockStop {
        let value = |known: &Option<Known<Delay>>| known.as_ref().map(|known| known.value);
        let legal = value(&clock.legal);
        let deadline = legal.map_or(NONE, |legal| {
            let known = self.delays.iter().position(|&delay| delay == legal);
            size(known.unwrap_or_else(|| {
                self.delays.push(legal);
                model.deadlines.push(self.calendar.deadlines(legal));
                model.deadlines.len() - 1
            }))
        });
        let within = clock.complement.as_ref().and_then(|complement| complement.within);
        ClockStop {
            span: Span::new(value(&clock.usual), legal),
            deadline,
            silence: clock.silence.is_some(),
            complement: within.map_or(0, |within| u64::from(within.calendar_days()) * DAY),
        }
    }
}

/// Whether an officer receives the person: at a counter; where a clock runs as well, that is the officer's work.
fn is_served(step: &Step, clock: &Clock) -> bool {
    matches!(step.channel, Channel::Counter(_)) && clock.legal.is_none() && clock.usual.is_none()
}

impl Run {
    /// A step at a place (0: elsewhere), as trips count it.
    fn place(&mut self, place: u32) {
        if self.first == NONE {
            self.first = place;
        } else {
            self.trips += i64::from(place != 0 && place != self.last);
        }
        self.last = place;
    }
}
