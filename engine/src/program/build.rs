//! From nodes to instructions.
//!
//! INVARIANT: while building, a target with the high bit set is the rank of a node; none is left at the end.

use std::collections::BTreeMap;

use super::{
    Program,
    check::Sound,
    diagram::{Diagrams, TRUE, size},
    domain::{Domain, domains},
    ops::{Choice, ClockFacts, Control, Counter, Edge, Hindrance, Instruction, Item, ItemKind, NONE, Op, Point},
};
use crate::{
    condition::Condition,
    flow::{Flow, Guard, NodeId},
    node::{Known, Node, NodeKind, Step},
    quantity::Delay,
    run::Script,
    text::Name,
};

mod facts;
mod partings;

/// Marks a target that is the rank of a node.
const NODE: u32 = 1 << 31;

/// A program being built.
struct Builder<'f> {
    flow: &'f Flow,
    sound: &'f Sound,
    program: Program,
    items: BTreeMap<(ItemKind, Name), u32>,
    places: BTreeMap<Name, u32>,
    /// The counters of the ways into fork branches.
    starts: BTreeMap<(NodeId, usize), u32>,
    /// Where the file says how people part.
    partings: Vec<partings::Parting>,
    /// The node in hand.
    node: NodeId,
}

/// Lowers a sound flow.
pub(super) fn build(flow: &Flow, sound: &Sound) -> Program {
    let program = Program {
        code: Vec::new(),
        points: Vec::new(),
        edges: Vec::new(),
        steps: Vec::new(),
        payments: Vec::new(),
        clocks: Vec::new(),
        items: Vec::new(),
        counters: Vec::new(),
        demands: Vec::new(),
        places: Vec::new(),
        domains: cut(flow, sound),
        questions: flow.questions().iter().map(|question| question.name.clone()).collect(),
        diagrams: Diagrams::new(),
        live: Vec::new(),
        masks: Vec::new(),
        row_of: Vec::new(),
        words: 0,
        entry_end: 0,
        has_forks: false,
        has_unknown_fees: flow.has_unknown_fees(),
        entangled: None,
        script: Script::of(flow, &sound.reachable, &sound.regions),
    };
    let (items, places, starts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut builder =
        Builder { flow, sound, program, items, places, starts, partings: Vec::new(), node: NodeId::at(0) };
    builder.partings = builder.partings();
    let mut node_at = vec![NONE; flow.len()];
    for (id, _) in flow.nodes().filter(|(id, _)| sound.reachable[id.index()]) {
        node_at[id.index()] = builder.here();
        builder.node(id);
    }
    let mut program = builder.program;
    let mut places: Vec<_> = builder.places.into_iter().collect();
    places.sort_by_key(|(_, place)| *place);
    program.places = places.into_iter().map(|(name, _)| name).collect();
    let resolve = |target: &mut u32| {
        if *target & NODE != 0 {
            *target = node_at[(*target & !NODE) as usize];
        }
    };
    program.edges.iter_mut().for_each(|edge| resolve(&mut edge.target));
    for instruction in &mut program.code {
        if let Op::Goto(target) = &mut instruction.op {
            resolve(target);
        }
    }
    program
}

/// The conditions of the reachable part of a flow.
pub(crate) fn conditions<'f>(flow: &'f Flow, reachable: &[bool]) -> Vec<&'f Condition> {
    let mut conditions = Vec::new();
    for (id, node) in flow.nodes().filter(|(id, _)| reachable[id.index()]) {
        for (branch, _) in flow.branches(id) {
            if let Guard::When(condition) = &branch.guard {
                conditions.push(condition);
            }
        }
        conditions.extend(node.step().into_iter().flat_map(Step::conditions));
    }
    conditions
}

/// The classes of answers that the reachable part of a flow tells apart.
fn cut(flow: &Flow, sound: &Sound) -> Vec<Domain> {
    let mut priced = Vec::new();
    for (_, node) in flow.nodes().filter(|(id, _)| sound.reachable[id.index()]) {
        let NodeKind::Step(step) = &node.kind else { continue };
        priced.extend(step.payments.iter().filter_map(|payment| payment.amount.question()));
    }
    let conditions = conditions(flow, &sound.reachable);
    domains(flow.questions(), &conditions, &priced)
}

impl Builder<'_> {
    /// Where the next instruction goes.
    fn here(&self) -> u32 {
        size(self.program.code.len())
    }

    fn emit(&mut self, op: Op) -> &mut Instruction {
        let node = size(self.node.index());
        let plain = Instruction { op, node, obstacle: Hindrance::None, files: false, hands_out: false, again: false };
        self.program.code.push(plain);
        let last = self.program.code.len() - 1;
        &mut self.program.code[last]
    }

    fn node(&mut self, id: NodeId) {
        self.node = id;
        let node = self.flow.node(id);
        match &node.kind {
            NodeKind::Outcome(_) => _ = self.emit(Op::End),
            NodeKind::Fork => self.fork(id),
            NodeKind::Step(step) => {
                self.step(step);
                self.clock(node);
                self.straight(id);
            }
            NodeKind::Wait(_) => {
                self.clock(node);
                self.straight(id);
            }
            NodeKind::Decision(decider) => {
                self.clock(node);
                self.decision(id, decider);
            }
        }
    }

    /// The clock of a node. Only waits and decisions break a run of steps at one place; only waits must have one.
    fn clock(&mut self, node: &Node) {
        let clock = &node.clock;
        let days = |known: &Option<Known<Delay>>| known.as_ref().map(|known| known.value.calendar_days());
        let (legal, usual) = (days(&clock.legal), days(&clock.usual));
        let known = legal.is_some() || usual.is_some();
        if !known && !matches!(node.kind, NodeKind::Wait(_)) {
            return;
        }
        let may_break = !matches!(node.kind, NodeKind::Step(_));
        let (legal, usual) = (legal.or(usual).unwrap_or(0), usual.or(legal).unwrap_or(0));
        // One stands in for the other where only one is given.
        let estimated = |first: &Option<Known<Delay>>, second: &Option<Known<Delay>>| {
            first.as_ref().or(second.as_ref()).is_some_and(|known| known.estimated)
        };
        self.program.clocks.push(ClockFacts {
            legal,
            usual,
            breaks: may_break && usual > 0,
            known,
            legal_estimated: estimated(&clock.legal, &clock.usual),
            usual_estimated: estimated(&clock.usual, &clock.legal),
        });
        self.emit(Op::Clock(size(self.program.clocks.len() - 1)));
    }

    /// The way out of a step or wait.
    fn straight(&mut self, id: NodeId) {
        let branches = self.flow.branches(id);
        if let [(branch, to)] = branches.as_slice() {
            if let Some(most) = branch.at_most {
                let counter = self.counter(most);
                self.emit(Op::Count(counter));
            }
            return self.go(id, *to);
        }
        self.exits(id, Control::Other, &branches, &vec![TRUE; branches.len()]);
    }

    /// A point with so many edges, to be filled in; where the first stands.
    fn point(&mut self, control: Control, is_exit: bool, count: usize) -> usize {
        let (first, pc) = (self.program.edges.len(), self.here());
        let edges = size(first)..size(first + count);
        self.program.edges.resize(first + count, edge(TRUE, 1, Choice::Branch(0)));
        self.program.points.push(Point { node: size(self.node.index()), control, is_exit, edges, pc });
        self.emit(Op::Branch(size(self.program.points.len() - 1)));
        first
    }

    fn counter(&mut self, most: u16) -> u32 {
        self.program.counters.push(Counter { most, bit: 0 });
        size(self.program.counters.len() - 1)
    }

    /// Straight on to a node.
    fn go(&mut self, from: NodeId, to: NodeId) {
        let (ops, to) = self.path(self.sound.regions.place[from.index()], to);
        ops.into_iter().for_each(|op| _ = self.emit(op));
        self.emit(Op::Goto(NODE | size(to.index())));
    }

    /// The target of an edge to a node, behind what happens on the way if that is a join.
    fn way(&mut self, from: NodeId, to: NodeId) -> u32 {
        if self.sound.regions.joins(from) != Some(to) {
            return NODE | size(to.index());
        }
        let here = self.here();
        self.go(from, to);
        here
    }

    fn fork(&mut self, id: NodeId) {
        self.program.has_forks = true;
        self.emit(Op::Open);
        let mut ops = Vec::new();
        let start = self.start(id, 0, &mut ops);
        let Some(fork) = &self.sound.regions.forks[id.index()] else { return };
        let (more, to) = start.map_or_else(|| self.path(fork.inside, fork.join), |start| (Vec::new(), start));
        ops.into_iter().chain(more).for_each(|op| _ = self.emit(op));
        self.emit(Op::Goto(NODE | size(to.index())));
    }

    /// What happens on the way to a node, and the node that is really next: at a join, the next branch.
    fn path(&mut self, mut place: Option<(NodeId, usize)>, to: NodeId) -> (Vec<Op>, NodeId) {
        let mut ops = Vec::new();
        while let Some((id, rank)) = place {
            let Some(fork) = self.sound.regions.forks[id.index()].as_ref().filter(|fork| fork.join == to) else {
                break;
            };
            ops.push(Op::Next);
            if let Some(start) = self.start(id, rank + 1, &mut ops) {
                return (ops, start);
            }
            place = fork.inside;
        }
        (ops, to)
    }

    /// Begins the branch of this rank or the first one after it that is not empty; `None` if all are done.
    fn start(&mut self, id: NodeId, rank: usize, ops: &mut Vec<Op>) -> Option<NodeId> {
        let sound = self.sound;
        let fork = sound.regions.forks[id.index()].as_ref()?;
        for (rank, &(start, at_most)) in fork.branches.iter().enumerate().skip(rank) {
            if let Some(most) = at_most {
                let known = self.starts.get(&(id, rank)).copied();
                let counter = known.unwrap_or_else(|| self.counter(most));
                self.starts.insert((id, rank), counter);
                ops.push(Op::Count(counter));
            }
            if start != fork.join {
                return Some(start);
            }
            ops.push(Op::Next);
        }
        ops.push(Op::Close);
        None
    }

    /// The number of something counted once.
    fn item(&mut self, kind: ItemKind, name: &Name) -> u32 {
        let program = &mut self.program;
        *self.items.entry((kind, name.clone())).or_insert_with(|| {
            program.items.push(Item { name: name.clone(), kind, bit: NONE });
            size(program.items.len() - 1)
        })
    }
}

/// A way on that is open to everybody.
fn edge(guard: u32, weight: u64, choice: Choice) -> Edge {
    Edge {
        guard,
        weight,
        estimated: false,
        assumed: true,
        is_silence: false,
        is_spare: false,
        counter: NONE,
        target: 0,
        end: 0,
        choice,
        case: None,
    }
}
