//! Straight runs: what each instruction costs, and what it leaves to remember.

use super::{
    cost::{AGENCIES, Cost, DOCUMENTS, EFFORT, FEES, FETCHED, LEGAL, SHEETS, STEPS, TRIPS, USUAL, add},
    search::Search,
    state::State,
};
use crate::{
    condition::QuestionId,
    program::{
        Program,
        diagram::size,
        ops::{ClockFacts, Hindrance, Item, ItemKind, NONE, Op},
    },
};

impl Program {
    /// The point at an instruction; `None` if it is an end.
    pub(super) fn point_at(&self, pc: u32) -> Option<u32> {
        match self.code[pc as usize].op {
            Op::Branch(point) => Some(point),
            _ => None,
        }
    }
}

impl<const W: usize, const N: usize> Search<'_, W, N> {
    /// Follows the instructions from `pc` to the next point or end; false if a return on the way is exhausted. `raw` are
    /// the answers still possible here.
    pub(super) fn follow(&mut self, mut pc: u32, raw: u32, state: &mut State<W>, cost: &mut Cost) -> bool {
        let program = self.program;
        loop {
            let instruction = &program.code[pc as usize];
            cost.obstacles += u32::from(instruction.obstacle != Hindrance::None);
            cost.files |= instruction.files;
            pc += 1;
            match instruction.op {
                Op::Step(step) => {
                    let step = &program.steps[step as usize];
                    cost.usual[STEPS] += 1;
                    cost.usual[EFFORT] += i64::from(step.effort);
                    if self.tracking.trips {
                        let place = step.place.wrapping_add(1);
                        let is_trip = place != 0 && place != state.place && self.person.counts(step.place);
                        cost.usual[TRIPS] += i64::from(is_trip);
                        state.place = place;
                    }
                    if step.agency != NONE {
                        self.meet(step.agency, instruction.again, state, cost);
                    }
                }
                Op::Demand { item, copies, .. } => {
                    cost.usual[SHEETS] += i64::from(copies);
                    self.meet(item, instruction.again, state, cost);
                }
                Op::Fetch(item) => self.meet(item, instruction.again, state, cost),
                Op::Pay(payment) => self.pay(payment, raw, cost),
                Op::Clock(clock) => self.wait(program.clocks[clock as usize], state, cost),
                Op::Open | Op::Next | Op::Close => self.fork(instruction.op, cost),
                Op::Count(counter) if !self.count(counter, &mut state.memory) => return false,
                Op::Receive(_) | Op::Ask | Op::Count(_) => {}
                Op::Goto(target) => pc = target,
                Op::Branch(_) | Op::End => return true,
            }
        }
    }

    /// Takes a return; false if it has been taken as often as it may be.
    pub(super) fn count(&self, counter: u32, memory: &mut [u64; W]) -> bool {
        let counter = self.program.counters[counter as usize];
        let (word, shift) = (counter.bit as usize / 64, counter.bit % 64);
        let mask = (1u64 << (u16::BITS - counter.most.leading_zeros())) - 1;
        // A return that is never taken has no bits, and perhaps no word.
        if counter.most == 0 || memory[word] >> shift & mask >= u64::from(counter.most) {
            return false;
        }
        memory[word] += 1 << shift;
        true
    }

    /// Counts an item unless it has been, or will be.
    fn meet(&self, item: u32, again: bool, state: &mut State<W>, cost: &mut Cost) {
        let &Item { kind, bit, .. } = &self.program.items[item as usize];
        let (measure, tracked) = match kind {
            ItemKind::Document => (DOCUMENTS, self.tracking.documents),
            ItemKind::Fetched => (FETCHED, self.tracking.fetched),
            ItemKind::Agency => (AGENCIES, self.tracking.agencies),
        };
        if !tracked {
            return;
        }
        if bit == NONE {
            cost.usual[measure] += 1;
            return;
        }
        let (word, mark) = (bit as usize / 64, 1u64 << (bit % 64));
        if state.memory[word] & mark == 0 && !again {
            state.memory[word] |= mark;
            cost.usual[measure] += 1;
        }
    }

    fn wait(&mut self, clock: ClockFacts, state: &mut State<W>, cost: &mut Cost) {
        if clock.breaks {
            state.place = 0;
        }
        let legal = if self.tracking.legal { i64::from(clock.legal) } else { 0 };
        let usual = if self.tracking.usual { i64::from(clock.usual) } else { 0 };
        if let Some(frame) = self.open.last_mut() {
            frame[1] += legal;
            frame[3] += usual;
        } else {
            cost.usual[LEGAL] += legal;
            cost.usual[USUAL] += usual;
        }
    }

    /// Side by side, the longest branch counts.
    fn fork(&mut self, op: Op, cost: &mut Cost) {
        if !self.tracking.legal && !self.tracking.usual {
            return;
        }
        match op {
            Op::Open => self.open.push([0; 4]),
            Op::Next => {
                if let Some(frame) = self.open.last_mut() {
                    *frame = [frame[0].max(frame[1]), 0, frame[2].max(frame[3]), 0];
                }
            }
            _ => {
                let [legal, _, usual, _] = self.open.pop().unwrap_or_default();
                if let Some(around) = self.open.last_mut() {
                    around[1] += legal;
                    around[3] += usual;
                } else {
                    cost.usual[LEGAL] += legal;
                    cost.usual[USUAL] += usual;
                }
            }
        }
    }

    /// A fee: by formula, for the answers still possible.
    fn pay(&mut self, number: u32, raw: u32, cost: &mut Cost) {
        let payment = &self.program.payments[number as usize];
        let [usual, least, most] = match payment.amount.question() {
            None => [payment.amount.for_answer(0).centimes(); 3],
            Some(question) => {
                let key = u64::from(raw) << 32 | u64::from(number);
                if self.fees.get(key).is_none() {
                    self.fees.set(key, size(self.fee_values.len()), 0);
                    let values = self.fee(number, raw, question);
                    self.fee_values.push(values);
                }
                self.fees.get(key).map_or([0; 3], |(index, _)| self.fee_values[index as usize])
            }
        };
        add(&mut cost.usual[FEES], usual);
        add(&mut cost.fees_least, least);
        add(&mut cost.fees_most, most);
    }

    /// The usual, least and most of a fee by formula.
    fn fee(&self, number: u32, raw: u32, question: QuestionId) -> [i64; 3] {
        let payment = &self.program.payments[number as usize];
        let question = usize::from(question.0);
        let domain = &self.program.domains[question];
        let mut classes = vec![false; domain.classes as usize];
        let all = self.diagrams.classes(raw, size(question), &mut |class| classes[class] = true);
        let hull = domain.hull(|class| all || classes[class as usize]).unwrap_or((0, 0));
        let (low, high) = self.person.answer_to(question).map_or(hull, |answer| (answer, answer));
        let typical = payment.typical.unwrap_or(low).clamp(low, high);
        [typical, low, high].map(|answer| payment.amount.for_answer(answer).centimes())
    }
}
