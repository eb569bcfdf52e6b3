//! Flows taken apart, changed and put together again.

use mastara_engine::{
    condition::{Case, Kind, Question},
    flow::{Branch, Flow, Guard, NodeId},
    node::{Decider, Demand, Node, NodeKind, Step},
    quantity::Delay,
    text::{Lang, Text},
};

use super::{
    draw::{Tape, condition},
    make::{branch, counter, demand, known, name, step},
};

/// A flow in parts.
pub struct Parts {
    pub questions: Vec<Question>,
    pub nodes: Vec<Node>,
    pub ways: Vec<Vec<(Branch, usize)>>,
}

impl Parts {
    pub fn of(flow: &Flow) -> Self {
        let ways = |(id, _): (NodeId, &Node)| {
            flow.branches(id).into_iter().map(|(branch, to)| (branch.clone(), to.index())).collect()
        };
        Self {
            questions: flow.questions().to_vec(),
            nodes: flow.nodes().map(|(_, node)| node.clone()).collect(),
            ways: flow.nodes().map(ways).collect(),
        }
    }

    pub fn flow(self) -> Flow {
        let mut flow = Flow::new(self.questions);
        self.nodes.into_iter().for_each(|node| {
            flow.add_node(node);
        });
        for (from, ways) in self.ways.into_iter().enumerate() {
            ways.into_iter().for_each(|(branch, to)| flow.add_branch(NodeId::at(from), NodeId::at(to), branch));
        }
        flow
    }

    /// Texts are others, and the facts of steps are in another order.
    pub fn retell(&mut self) {
        for node in &mut self.nodes {
            node.title = Text::new(Lang::Fr, "autre titre");
            if let NodeKind::Step(step) = &mut node.kind {
                step.demands.reverse();
                step.payments.reverse();
                step.demands.iter_mut().for_each(|demand| demand.estimated = !demand.estimated);
            }
        }
        self.ways.iter_mut().flatten().for_each(|(branch, _)| branch.label = Text::new(Lang::Ar, "x"));
    }

    /// One change that no running case can mind.
    pub fn ease(&mut self, tape: &mut Tape) {
        let at = tape.below(self.nodes.len());
        let end = self.nodes.len() - 1 - tape.below(2);
        let (rulings, has_forks) = (self.ways[at].len(), self.nodes.iter().any(is_fork));
        let node = &mut self.nodes[at];
        match (&mut node.kind, tape.below(4)) {
            (NodeKind::Step(step), 0) => {
                step.demands.pop();
            }
            (NodeKind::Step(step), 1) => step.demands.push(demand("new", None)),
            (NodeKind::Step(step), 2) => step.channel = counter("elsewhere").channel,
            (NodeKind::Step(step), _) => step.effort = known(7),
            (NodeKind::Wait(_), _) => node.clock.legal = known(Delay::Days(1)),
            // A way into an end would leave a fork: only where the flow has none is a new case surely sound.
            (NodeKind::Decision(Decider::Authority(_)), 0 | 1) if !has_forks => {
                self.ways[at].insert(0, (branch(Guard::Ruled(name(&format!("new{rulings}")))), end));
            }
            (NodeKind::Decision(Decider::Authority(_)), _) => {
                self.ways[at].iter_mut().for_each(|(branch, _)| branch.at_most = branch.at_most.map(|most| most + 1));
            }
            (_, 0) => self.questions[2].high = Some(40 + i64::try_from(at).unwrap()),
            (_, 1) => {
                let Kind::OneOf(cases) = &mut self.questions[1].kind else { return };
                cases.push(Case { name: name(&format!("case{}", cases.len())), label: Text::default() });
            }
            _ => {
                self.ways[at].iter_mut().for_each(|(branch, _)| branch.share = None);
            }
        }
    }

    /// One change that a running case may well mind.
    pub fn disturb(&mut self, tape: &mut Tape) {
        let (at, other) = (tape.below(self.nodes.len()), tape.below(self.nodes.len()));
        match tape.below(15) {
            0 => self.nodes[at].name = name("renamed"),
            1 => self.ways[at].iter_mut().for_each(|(_, to)| *to = other),
            2 => {
                self.ways[at].pop();
            }
            3 => {
                if let Some((way, _)) = self.ways[at].iter_mut().find(|(way, _)| matches!(way.guard, Guard::When(_))) {
                    way.guard = Guard::When(condition(tape, 1));
                }
            }
            4 => {
                if let NodeKind::Step(step) = &mut self.nodes[at].kind {
                    let when = Some(condition(tape, 1));
                    step.demands.push(Demand { when, ..demand("more", None) });
                }
            }
            5 => self.questions[2].high = Some(20),
            6 => self.ways[at].iter_mut().for_each(|(way, _)| way.at_most = way.at_most.map(|most| most / 2)),
            7 => self.ways[at].iter_mut().for_each(|(way, _)| way.at_most = way.at_most.map(|most| most + 1)),
            8 => self.ways[at].retain(|(way, _)| way.guard != Guard::Silence),
            9 => self.ways[at].push((branch(Guard::Silence), other)),
            10 => self.ways[at].reverse(),
            11 => {
                if let Kind::OneOf(cases) = &mut self.questions[1].kind {
                    cases.reverse();
                }
            }
            12 => self.insert(at),
            13 => {
                self.nodes[at].kind = NodeKind::Wait(None);
            }
            _ => {
                // Whoever had no answer to it may be asked for one now.
                if let NodeKind::Step(step) = &mut self.nodes[at].kind {
                    let whens: Vec<_> = step.demands.iter().filter_map(|demand| demand.when.clone()).collect();
                    step.demands.extend(whens.into_iter().map(|when| demand("twin", Some(when))));
                }
            }
        }
    }

    /// A step between a node and all that led to it.
    fn insert(&mut self, at: usize) {
        let new = self.nodes.len();
        self.nodes.push(step("inserted", Step::default()));
        self.ways.iter_mut().flatten().filter(|(_, to)| *to == at).for_each(|(_, to)| *to = new);
        self.ways.push(vec![(branch(Guard::Always), at)]);
    }
}

fn is_fork(node: &Node) -> bool {
    node.kind == NodeKind::Fork
}
