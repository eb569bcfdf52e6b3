//! The plain reference: every way of a flow, walked one by one, straight from the definitions. It shares no code with the
//! engine's measuring; feasibility is tried on representative answers.

use std::collections::{BTreeMap, BTreeSet};

use mastara_engine::{
    answers::Answers,
    condition::{Condition, Kind, QuestionId},
    flow::{Flow, Guard, NodeId},
    measure::Taken,
    node::{Channel, Clock, Decider, Known, Means, Medium, NodeKind, Paper, Step},
    program::{Choice, Fact},
    quantity::Delay,
};

/// steps, trips, documents, sheets, fetched, effort, legal, usual, fees, agencies
pub const MEASURES: usize = 10;

/// One way that reaches an outcome.
#[derive(Clone, Debug, Default)]
pub struct Way {
    pub usual: [i64; MEASURES],
    pub fees_least: i64,
    pub fees_most: i64,
    pub obstacles: i64,
    pub files: bool,
    pub hands_out: bool,
    pub documents: BTreeSet<String>,
}

/// All ways.
pub enum Tree {
    Dead,
    End(Box<Way>),
    Part { by_person: bool, options: Vec<Choosing> },
}

pub struct Choosing {
    pub taken: Taken,
    pub share: Option<u32>,
    pub is_silence: bool,
    pub tree: Tree,
}

#[derive(Clone, Default)]
struct State {
    /// Assignments still possible.
    possible: Vec<Vec<i64>>,
    returns: BTreeMap<(NodeId, usize), u16>,
    visits: BTreeMap<NodeId, usize>,
    /// Open forks: node, branch in hand, days of ended branches (legal, usual), days of this branch.
    forks: Vec<(NodeId, usize, [i64; 2], [i64; 2])>,
    days: [i64; 2],
    place: Option<String>,
    fetched: BTreeSet<String>,
    agencies: BTreeSet<String>,
    way: Way,
}

/// The enumeration; it gives up when the budget is spent.
pub struct Plain<'f> {
    flow: &'f Flow,
    person: &'f Answers,
    /// All answers that conditions can tell apart, whoever asks.
    answers: Vec<Vec<i64>>,
    pub budget: usize,
}

/// All ways of a person; `None` if there are too many to walk.
pub fn ways(flow: &Flow, person: &Answers, budget: usize) -> Option<Tree> {
    let mut plain = Plain { flow, person, answers: assignments(flow, &Answers::everybody()), budget };
    let state = State { possible: assignments(flow, person), ..State::default() };
    let tree = plain.node(flow.entry()?, state);
    (plain.budget > 0).then_some(tree)
}

/// One answer of each kind that conditions can tell apart, and the bounds, for all questions together.
fn assignments(flow: &Flow, person: &Answers) -> Vec<Vec<i64>> {
    let mut values: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); flow.questions().len()];
    let mut see = |condition: &Condition| {
        condition.visit(&mut |q, c| values[usize::from(q.0)].extend([c - 1, c, c + 1]));
    };
    for (id, node) in flow.nodes() {
        for (branch, _) in flow.branches(id) {
            if let Guard::When(condition) = &branch.guard {
                see(condition);
            }
        }
        if let NodeKind::Step(step) = &node.kind {
            facts(step).iter().filter_map(|fact| when(step, *fact)).for_each(&mut see);
        }
    }
    let mut all = vec![Vec::new()];
    for (index, question) in flow.questions().iter().enumerate() {
        let high = match &question.kind {
            Kind::OneOf(cases) => i64::try_from(cases.len()).unwrap() - 1,
            Kind::YesNo => 1,
            _ => question.high.unwrap_or(1 << 40),
        };
        let mut own = values[index].clone();
        own.extend([question.low, high]);
        if let Some(answer) = person.get(QuestionId(u16::try_from(index).unwrap())) {
            own = BTreeSet::from([answer]);
        }
        own.retain(|value| question.low <= *value && *value <= high);
        all = all.iter().flat_map(|row| own.iter().map(move |value| [row.as_slice(), &[*value]].concat())).collect();
    }
    all
}

fn facts(step: &Step) -> Vec<Fact> {
    let demands = (0..step.demands.len()).map(Fact::Demand);
    let receives = (0..step.receives.len()).map(Fact::Receives);
    let asks = (0..step.asks.len()).map(Fact::Ask);
    let payments = (0..step.payments.len()).map(Fact::Payment);
    demands.chain(receives).chain(asks).chain(payments).chain((0..step.exchanges.len()).map(Fact::Exchange)).collect()
}

fn when(step: &Step, fact: Fact) -> Option<&Condition> {
    match fact {
        Fact::Demand(rank) => step.demands[rank].when.as_ref(),
        Fact::Receives(rank) => step.receives[rank].when.as_ref(),
        Fact::Ask(rank) => step.asks[rank].when.as_ref(),
        Fact::Payment(rank) => step.payments[rank].when.as_ref(),
        Fact::Exchange(rank) => step.exchanges[rank].when.as_ref(),
    }
}

/// The state with only the assignments for which `keep` holds.
fn given(state: &State, keep: impl Fn(&dyn Fn(QuestionId) -> Option<i64>) -> bool) -> State {
    let mut state = state.clone();
    state.possible.retain(|row| keep(&|question: QuestionId| row.get(usize::from(question.0)).copied()));
    state
}

fn holds(condition: &Condition, answer: &dyn Fn(QuestionId) -> Option<i64>) -> bool {
    condition.holds(&|question| answer(question)).unwrap()
}

impl Plain<'_> {
    fn node(&mut self, id: NodeId, mut state: State) -> Tree {
        self.budget = self.budget.saturating_sub(1);
        if state.possible.is_empty() || self.budget == 0 {
            return Tree::Dead;
        }
        let node = self.flow.node(id);
        match &node.kind {
            NodeKind::Outcome(_) => {
                let mut way = state.way;
                way.usual[2] = i64::try_from(way.documents.len()).unwrap();
                way.usual[4] = i64::try_from(state.fetched.len()).unwrap();
                way.usual[6] = state.days[0];
                way.usual[7] = state.days[1];
                way.usual[9] = i64::try_from(state.agencies.len()).unwrap();
                Tree::End(Box::new(way))
            }
            NodeKind::Fork => {
                state.forks.push((id, 0, [0; 2], [0; 2]));
                self.fork_branch(state)
            }
            NodeKind::Step(step) => {
                let place = step.channel.place().map(ToString::to_string);
                state.way.usual[0] += 1;
                state.way.usual[1] += i64::from(place.is_some() && place != state.place);
                state.place = place;
                state.agencies.extend(step.agency.as_ref().map(ToString::to_string));
                state.way.usual[5] += step.effort.as_ref().map_or(0, |known| i64::from(known.value));
                let online = matches!(step.channel, Channel::Online | Channel::Portal(_));
                state.way.obstacles += i64::from(!online || step.partial_coverage.is_some());
                state.way.files |= online && (step.identity.is_some() || step.signature.is_some());
                self.facts(id, step, &facts(step), state)
            }
            NodeKind::Wait(_) | NodeKind::Decision(_) => {
                let days = self.clock(&node.clock, &mut state);
                if days >= 1 {
                    state.place = None;
                }
                self.exits(id, state)
            }
        }
    }

    /// Adds the days of a clock; the usual days.
    fn clock(&self, clock: &Clock, state: &mut State) -> i64 {
        let days = |known: &Option<Known<Delay>>| known.as_ref().map(|known| i64::from(known.value.calendar_days()));
        let (legal, usual) = (days(&clock.legal), days(&clock.usual));
        let both = [legal.or(usual).unwrap_or(0), usual.or(legal).unwrap_or(0)];
        let sum = state.forks.last_mut().map_or(&mut state.days, |fork| &mut fork.3);
        (0..2).for_each(|i| sum[i] += both[i]);
        both[1]
    }

    fn facts(&mut self, id: NodeId, step: &Step, facts: &[Fact], mut state: State) -> Tree {
        let Some((&fact, rest)) = facts.split_first() else {
            self.clock(&self.flow.node(id).clock, &mut state);
            return self.exits(id, state);
        };
        let Some(condition) = when(step, fact) else { return self.fact(id, step, fact, rest, state) };
        let not = given(&state, |answer| !holds(condition, answer));
        let yes = given(&state, |answer| holds(condition, answer));
        let shares = self.shares(condition);
        let option = |taken, tree| Choosing {
            taken: Taken { node: id, choice: Choice::Fact { fact, taken } },
            share: shares.map(|shares| shares[usize::from(taken)]),
            is_silence: false,
            tree,
        };
        let not = if not.possible.is_empty() { Tree::Dead } else { self.facts(id, step, rest, not) };
        let yes = if yes.possible.is_empty() { Tree::Dead } else { self.fact(id, step, fact, rest, yes) };
        let mut options = vec![option(false, not), option(true, yes)];
        // A nominal person says no, takes the first case and has the usual number.
        let usual = |id: QuestionId| {
            let question = &self.flow.questions()[usize::from(id.0)];
            if matches!(question.kind, Kind::YesNo | Kind::OneOf(_)) { Some(0) } else { question.typical }
        };
        if condition.holds(&usual) == Some(true) {
            options.reverse();
        }
        Tree::Part { by_person: false, options }
    }

    /// How many do not meet a condition and how many do, by the first decision that tells all of them apart and gives shares.
    fn shares(&self, condition: &Condition) -> Option<[u32; 2]> {
        let mut reached = BTreeSet::new();
        let mut todo: Vec<NodeId> = self.flow.entry().into_iter().collect();
        while let Some(id) = todo.pop() {
            if reached.insert(id) {
                todo.extend(self.flow.branches(id).into_iter().map(|(_, to)| to));
            }
        }
        reached.into_iter().find_map(|id| self.shares_at(id, condition))
    }

    fn shares_at(&self, id: NodeId, condition: &Condition) -> Option<[u32; 2]> {
        let NodeKind::Decision(Decider::Facts | Decider::Person(_)) = self.flow.node(id).kind else { return None };
        let branches = self.flow.branches(id);
        let given: Vec<u32> = branches.iter().filter_map(|(b, _)| b.share).map(|share| share.basis_points()).collect();
        if given.is_empty() {
            return None;
        }
        let unsaid = u32::try_from(branches.len() - given.len()).unwrap();
        let rest = 10_000_u32.saturating_sub(given.iter().sum());
        let mut of_branch: Vec<BTreeSet<bool>> = vec![BTreeSet::new(); branches.len()];
        for row in &self.answers {
            let answer = |question: QuestionId| row.get(usize::from(question.0)).copied();
            let taken = branches.iter().position(|(branch, _)| match &branch.guard {
                Guard::When(own) => holds(own, &answer),
                guard => *guard == Guard::Else,
            });
            if let Some(rank) = taken {
                of_branch[rank].insert(holds(condition, &answer));
            }
        }
        if of_branch.iter().any(|told| told.len() > 1)
            || !(0..2).all(|at| of_branch.iter().any(|told| told.contains(&(at == 1))))
        {
            return None;
        }
        let mut shares = [0, 0];
        for ((branch, _), told) in branches.iter().zip(&of_branch) {
            let share = branch.share.map_or(rest, |share| share.basis_points() * unsaid.max(1));
            told.iter().for_each(|told| shares[usize::from(*told)] += share);
        }
        Some(shares)
    }

    /// A fact that applies, then the rest.
    fn fact(&mut self, id: NodeId, step: &Step, fact: Fact, rest: &[Fact], mut state: State) -> Tree {
        let online = step.channel.is_online();
        match fact {
            Fact::Demand(rank) => {
                let papers = &step.demands[rank].any_of;
                if papers.len() == 1 {
                    bring(&mut state, &papers[0], online);
                    return self.facts(id, step, rest, state);
                }
                let mut options = Vec::new();
                for (paper_rank, paper) in papers.iter().enumerate() {
                    let mut state = state.clone();
                    bring(&mut state, paper, online);
                    let choice = Choice::Paper { demand: rank, paper: paper_rank };
                    let tree = self.facts(id, step, rest, state);
                    options.push(Choosing { taken: Taken { node: id, choice }, share: None, is_silence: false, tree });
                }
                return Tree::Part { by_person: true, options };
            }
            Fact::Receives(rank) => {
                let medium = step.receives[rank].paper.medium;
                state.way.obstacles += i64::from(medium == Medium::Paper);
                state.way.hands_out |= online && medium != Medium::Paper;
            }
            Fact::Ask(_) => state.way.files |= online,
            Fact::Payment(rank) => {
                let payment = &step.payments[rank];
                state.way.files |= online;
                state.way.obstacles += i64::from(matches!(payment.means, Means::Counter | Means::Stamp));
                let (usual, least, most) = match payment.amount.question() {
                    None => (0, 0, 0),
                    Some(question) => {
                        let index = usize::from(question.0);
                        let low = state.possible.iter().map(|row| row[index]).min().unwrap();
                        let high = state.possible.iter().map(|row| row[index]).max().unwrap();
                        let typical = self.flow.questions()[index].typical.unwrap_or(low);
                        (typical.clamp(low, high), low, high)
                    }
                };
                state.way.usual[8] += payment.amount.for_answer(usual).centimes();
                state.way.fees_least += payment.amount.for_answer(least).centimes();
                state.way.fees_most += payment.amount.for_answer(most).centimes();
            }
            Fact::Exchange(rank) => {
                state.fetched.extend(step.exchanges[rank].documents.iter().map(ToString::to_string));
            }
        }
        self.facts(id, step, rest, state)
    }

    fn exits(&mut self, id: NodeId, mut state: State) -> Tree {
        let branches = self.flow.branches(id);
        let visit = state.visits.get(&id).copied().unwrap_or(0);
        let rulings = self.person.rulings(id);
        let ruled = rulings.get(visit.min(rulings.len().saturating_sub(1)));
        state.visits.insert(id, visit + 1);
        let (mut options, mut silent) = (Vec::new(), Vec::new());
        let mut before: Vec<&Condition> = Vec::new();
        for (rank, (branch, to)) in branches.iter().enumerate() {
            let is_authority = matches!(self.flow.node(id).kind, NodeKind::Decision(Decider::Authority(_)));
            let case = match &branch.guard {
                Guard::Ruled(case) => case.as_str(),
                Guard::Else => "else",
                Guard::Silence => "silence",
                _ => "always",
            };
            let mut next = match &branch.guard {
                Guard::When(condition) => {
                    let next = given(&state, |answer| {
                        holds(condition, answer) && before.iter().all(|before| !holds(before, answer))
                    });
                    before.push(condition);
                    next
                }
                Guard::Else if !is_authority => given(&state, |a| before.iter().all(|before| !holds(before, a))),
                _ => state.clone(),
            };
            let taken = next.returns.entry((id, rank)).or_default();
            *taken += 1;
            let exhausted = branch.at_most.is_some_and(|most| *taken > most);
            let is_ruled_out = branches.len() > 1 && ruled.is_some_and(|ruled| ruled.as_str() != case);
            let tree =
                if exhausted || is_ruled_out || next.possible.is_empty() { Tree::Dead } else { self.arrive(*to, next) };
            let is_silence = branch.guard == Guard::Silence;
            let share = branch.share.map(|share| share.basis_points());
            let option = Choosing { taken: Taken { node: id, choice: Choice::Branch(rank) }, share, is_silence, tree };
            if is_silence { silent.push(option) } else { options.push(option) }
        }
        options.extend(silent);
        let by_person = matches!(self.flow.node(id).kind, NodeKind::Decision(Decider::Person(_)));
        if branches.len() == 1 && matches!(self.flow.node(id).kind, NodeKind::Step(_) | NodeKind::Wait(_)) {
            return options.pop().unwrap().tree;
        }
        Tree::Part { by_person, options }
    }

    /// On at a node, unless it is the join of the innermost fork.
    fn arrive(&mut self, to: NodeId, mut state: State) -> Tree {
        if let Some(fork) = state.forks.last_mut()
            && self.flow.branches(fork.0).iter().any(|(branch, join)| branch.guard == Guard::Join && *join == to)
        {
            fork.1 += 1;
            (0..2).for_each(|i| fork.2[i] = fork.2[i].max(fork.3[i]));
            fork.3 = [0; 2];
            return self.fork_branch(state);
        }
        self.node(to, state)
    }

    /// The branch in hand of the innermost fork, or its join.
    fn fork_branch(&mut self, mut state: State) -> Tree {
        let &(id, rank, longest, _) = state.forks.last().unwrap();
        let branches = self.flow.branches(id);
        let mut parallel = branches.iter().enumerate().filter(|(_, (branch, _))| branch.guard == Guard::Parallel);
        if let Some((edge, (branch, start))) = parallel.nth(rank) {
            let taken = state.returns.entry((id, edge)).or_default();
            *taken += 1;
            if branch.at_most.is_some_and(|most| *taken > most) {
                return Tree::Dead;
            }
            return self.arrive(*start, state);
        }
        let (_, join) = branches.iter().find(|(branch, _)| branch.guard == Guard::Join).unwrap();
        state.forks.pop();
        let sum = state.forks.last_mut().map_or(&mut state.days, |fork| &mut fork.3);
        (0..2).for_each(|i| sum[i] += longest[i]);
        self.arrive(*join, state)
    }
}

fn bring(state: &mut State, paper: &Paper, online: bool) {
    state.way.files |= online;
    state.way.obstacles += i64::from(paper.medium == Medium::Paper);
    state.way.usual[3] += i64::from(paper.copies);
    state.way.documents.insert(paper.document.to_string());
}
