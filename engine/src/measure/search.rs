//! The states that feasible ways pass, each worked out once.
//!
//! INVARIANT: two ways are in the same state only if their futures are the same: same point, same answers still possible
//! to the questions still tested, same memory of what can still matter. States never repeat along a way, because every
//! cycle takes a bounded return.

use std::collections::BTreeMap;

use super::{
    cost::{Ahead, Cost, Costs, Parting},
    person::Person,
    state::{Arc, DONE, Frame, State, Stop, Tracking},
};
use crate::{
    program::{
        Program,
        diagram::{Diagrams, FALSE, Full, TRUE, size},
        ops::{Edge, NONE},
    },
    table::{Memo, Table},
};

/// A search in progress, and its result.
pub(super) struct Search<'p, const W: usize, const N: usize> {
    pub(super) program: &'p Program,
    pub(super) person: &'p Person,
    pub(super) tracking: Tracking,
    which: [usize; N],
    limit: usize,
    pub(super) diagrams: Diagrams,
    pub(super) states: Vec<State<W>>,
    table: Table,
    /// The arcs of each state: first and one past the last; [`NONE`] before it is looked at.
    pub(super) ranges: Vec<(u32, u32)>,
    pub(super) arcs: Vec<Arc<N>>,
    pub(super) ahead: Vec<Ahead<N>>,
    /// From the entry; `None` if no way even reaches a point.
    pub(super) root: Option<Arc<N>>,
    /// Answers after an edge, before and after forgetting what no longer matters.
    passages: Memo,
    pub(super) fees: Memo,
    pub(super) fee_values: Vec<[i64; 3]>,
    /// The open forks of the run in hand.
    pub(super) open: Vec<Frame>,
    frame_numbers: BTreeMap<Vec<Frame>, u32>,
    frame_sets: Vec<Vec<Frame>>,
}

impl<'p, const W: usize, const N: usize> Search<'p, W, N> {
    /// Searches all states from the entry.
    pub(super) fn run(
        program: &'p Program,
        person: &'p Person,
        tracking: Tracking,
        which: [usize; N],
        limit: usize,
    ) -> Result<Self, Stop> {
        let mut this = Self {
            program,
            person,
            tracking,
            which,
            limit,
            diagrams: person.diagrams.clone(),
            states: Vec::new(),
            table: Table::new(),
            ranges: Vec::new(),
            arcs: Vec::new(),
            ahead: Vec::new(),
            root: None,
            passages: Memo::new(),
            fees: Memo::new(),
            fee_values: Vec::new(),
            open: Vec::new(),
            frame_numbers: BTreeMap::from([(Vec::new(), 0)]),
            frame_sets: vec![Vec::new()],
        };
        if person.is_possible && !program.is_empty() {
            let start = State { point: 0, answers: TRUE, place: 0, frames: 0, visits: 0, memory: [0; W] };
            this.root = this.passage(NONE, 0, program.entry_end, TRUE, None, start)?;
            this.explore()?;
        }
        Ok(this)
    }

    /// What lies ahead of the entry.
    pub(super) fn total(&self) -> Ahead<N> {
        self.root.as_ref().map_or(Ahead::CLOSED, |root| self.beyond(root))
    }

    /// What lies ahead along an arc.
    pub(super) fn beyond(&self, arc: &Arc<N>) -> Ahead<N> {
        let ahead = if arc.target == DONE { &Ahead::DONE } else { &self.ahead[arc.target as usize] };
        if ahead.is_open { ahead.after(&arc.costs) } else { *ahead }
    }

    /// The arcs of a state that lead to an outcome.
    pub(super) fn open_arcs(&self, state: u32) -> impl Iterator<Item = &Arc<N>> {
        let (first, last) = self.ranges[state as usize];
        let arcs = &self.arcs[first as usize..last as usize];
        arcs.iter().filter(|arc| arc.target == DONE || self.ahead[arc.target as usize].is_open)
    }

    /// Depth first, without recursion; a state is worked out when all those after it are.
    fn explore(&mut self) -> Result<(), Stop> {
        let mut stack: Vec<(u32, u32)> = Vec::new();
        if let Some(target) = self.root.map(|root| root.target).filter(|&target| target != DONE) {
            self.expand(target)?;
            stack.push((target, self.ranges[target as usize].0));
        }
        while let Some((state, next)) = stack.last_mut() {
            if *next == self.ranges[*state as usize].1 {
                let state = *state;
                self.settle(state);
                stack.pop();
                continue;
            }
            let target = self.arcs[*next as usize].target;
            *next += 1;
            if target != DONE && self.ranges[target as usize].0 == NONE {
                self.expand(target)?;
                stack.push((target, self.ranges[target as usize].0));
            }
        }
        Ok(())
    }

    /// Works a state out from those after it.
    fn settle(&mut self, state: u32) {
        let control = self.program.points[self.states[state as usize].point as usize].control;
        let edge = |arc: &Arc<N>| -> &Edge { &self.program.edges[arc.edge as usize] };
        let mut parting = Parting::new(control, self.open_arcs(state).map(edge));
        for arc in self.open_arcs(state) {
            parting.add(edge(arc), &self.beyond(arc));
        }
        self.ahead[state as usize] = parting.ahead();
    }

    /// Finds the arcs of a state.
    fn expand(&mut self, number: u32) -> Result<(), Stop> {
        let program = self.program;
        let mut state = self.states[number as usize];
        let first = size(self.arcs.len());
        let mut only = None;
        if let Some(ruling) = self.person.ruling(state.point) {
            let (edge, visits) = ruling.next(state.visits);
            (only, state.visits) = (Some(edge), visits);
        }
        for edge_number in program.points[state.point as usize].edges.clone() {
            let edge = &program.edges[edge_number as usize];
            if only.is_some_and(|only| only != edge_number) {
                continue;
            }
            let (raw, kept) = self.answers_after(state.answers, edge_number, edge)?;
            let mut next = state;
            if raw == FALSE || (edge.counter != NONE && !self.count(edge.counter, &mut next.memory)) {
                continue;
            }
            if let Some(arc) = self.passage(edge_number, edge.target, edge.end, raw, Some(kept), next)? {
                self.arcs.push(arc);
            }
        }
        self.ranges[number as usize] = (first, size(self.arcs.len()));
        Ok(())
    }

    /// The answers after an edge: as its run sees them, and as its end keeps them.
    fn answers_after(&mut self, answers: u32, number: u32, edge: &Edge) -> Result<(u32, u32), Stop> {
        let key = u64::from(answers) << 32 | u64::from(number);
        if let Some(known) = self.passages.get(key) {
            return Ok(known);
        }
        let raw = self.diagrams.and(answers, self.person.guard(self.program, number))?;
        let kept = self.kept(raw, edge.end)?;
        self.passages.set(key, raw, kept);
        Ok((raw, kept))
    }

    /// What an end keeps of the answers.
    fn kept(&mut self, raw: u32, end: u32) -> Result<u32, Full> {
        let program = self.program;
        let Some(point) = program.point_at(end) else { return Ok(raw.min(TRUE)) };
        let row = program.row_of[point as usize];
        self.diagrams.project(raw, &program.live[row as usize], row)
    }

    /// Follows the run from `target` to `end`; `None` if a return on it is exhausted.
    fn passage(
        &mut self,
        edge: u32,
        target: u32,
        end: u32,
        raw: u32,
        kept: Option<u32>,
        mut state: State<W>,
    ) -> Result<Option<Arc<N>>, Stop> {
        let mut cost = Cost::default();
        if self.program.has_forks {
            self.open.clone_from(&self.frame_sets[state.frames as usize]);
        }
        if !self.follow(target, raw, &mut state, &mut cost) {
            return Ok(None);
        }
        let costs = Costs::of(&cost, &self.which);
        let Some(point) = self.program.point_at(end) else { return Ok(Some(Arc { edge, target: DONE, costs })) };
        state.point = point;
        state.answers = match kept {
            Some(kept) => kept,
            None => self.kept(raw, end)?,
        };
        if self.program.has_forks {
            state.frames = self.frames_number();
        }
        let mask = self.program.row_of[point as usize] as usize * self.program.words;
        for (word, mask) in state.memory.iter_mut().zip(&self.program.masks[mask..mask + self.program.words]) {
            *word &= mask;
        }
        Ok(Some(Arc { edge, target: self.number(state)?, costs }))
    }

    /// The number of the open forks in hand.
    fn frames_number(&mut self) -> u32 {
        if let Some(&number) = self.frame_numbers.get(&self.open) {
            return number;
        }
        let number = size(self.frame_sets.len());
        self.frame_sets.push(self.open.clone());
        self.frame_numbers.insert(self.open.clone(), number);
        number
    }

    /// The number of a state.
    fn number(&mut self, state: State<W>) -> Result<u32, Stop> {
        let hash = state.hash();
        if let Some(number) = self.table.find(hash, |number| self.states[number as usize] == state) {
            return Ok(number);
        }
        if self.states.len() >= self.limit {
            return Err(Stop::States);
        }
        let number = size(self.states.len());
        self.states.push(state);
        self.ranges.push((NONE, NONE));
        self.ahead.push(Ahead::CLOSED);
        let states = &self.states;
        self.table.insert(hash, number, |number| states[number as usize].hash());
        Ok(number)
    }
}
