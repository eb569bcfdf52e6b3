//! A sound flow in the form that cases run on: nodes by rank, ways out in the order in which they are tried.

use std::collections::BTreeMap;

use crate::{
    answers::ELSE,
    condition::{Condition, QuestionId},
    flow::{Flow, Guard, NodeId},
    node::{Amount, Decider, Node, NodeKind, Step},
    program::{
        diagram::size,
        ops::NONE,
        regions::{Place, Regions},
    },
    text::Name,
};

/// What cases need of a flow. Ranks of nodes are those of the flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    pub(crate) nodes: Vec<Scene>,
    /// Names of documents, by number.
    pub(crate) documents: Vec<Name>,
    /// How many places are gone to.
    places: BTreeMap<Name, u32>,
    /// How often each return may be taken.
    pub(crate) returns: Vec<u32>,
    /// How many forks there are.
    pub(crate) forks: u32,
}

/// A node.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) kind: SceneKind,
    /// Ordinary ways out.
    pub(crate) exits: Vec<Exit>,
    /// The way out by silence.
    pub(crate) silence: Option<Exit>,
    /// Whether its clock breaks a run of steps at one place.
    pub(crate) breaks: bool,
    /// The innermost block it stands in.
    pub(crate) place: Option<Place>,
}

/// What a node is to a case.
#[derive(Clone, Debug)]
pub(crate) enum SceneKind {
    Step(Box<Act>),
    Wait,
    /// Settled by answers; the question, if it is a choice of the person.
    Answers(Option<QuestionId>),
    Authority,
    Fork(Split),
    Outcome,
}

/// A fork.
#[derive(Clone, Debug)]
pub(crate) struct Split {
    /// Its number among the forks.
    pub(crate) number: u32,
    pub(crate) join: u32,
    pub(crate) inside: Option<Place>,
}

/// An accepted paper: its document and its sheets.
pub(crate) type Accepted = (u32, u32);

/// What a step asks of the person.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// The number of its place, or [`NONE`].
    pub(crate) place: u32,
    pub(crate) minutes: u32,
    /// Condition, then the accepted papers.
    pub(crate) demands: Vec<(Option<Condition>, Vec<Accepted>)>,
    pub(crate) payments: Vec<(Option<Condition>, Amount)>,
}

/// A way out.
#[derive(Clone, Debug)]
pub(crate) struct Exit {
    pub(crate) when: When,
    pub(crate) target: u32,
    /// The return it is, or [`NONE`].
    pub(crate) counter: u32,
}

/// When a way out is taken.
#[derive(Clone, Debug)]
pub(crate) enum When {
    Always,
    Holds(Condition),
    Ruled(Name),
}

impl Script {
    /// The script of a sound flow.
    pub(crate) fn of(flow: &Flow, reachable: &[bool], regions: &Regions) -> Self {
        let mut this = Self::default();
        let mut documents = BTreeMap::new();
        for (id, node) in flow.nodes() {
            // Nobody gets to a node that cannot be reached: it may well be unsound.
            let scene = if reachable[id.index()] {
                this.scene(flow, id, node, regions, &mut documents)
            } else {
                Scene { kind: SceneKind::Outcome, exits: Vec::new(), silence: None, breaks: false, place: None }
            };
            this.nodes.push(scene);
        }
        this
    }

    fn scene(
        &mut self,
        flow: &Flow,
        id: NodeId,
        node: &Node,
        regions: &Regions,
        documents: &mut BTreeMap<Name, u32>,
    ) -> Scene {
        let kind = match &node.kind {
            NodeKind::Step(step) => SceneKind::Step(Box::new(self.act(step, documents))),
            NodeKind::Wait(_) => SceneKind::Wait,
            NodeKind::Decision(Decider::Facts) => SceneKind::Answers(None),
            NodeKind::Decision(Decider::Person(question)) => SceneKind::Answers(Some(*question)),
            NodeKind::Decision(Decider::Authority(_)) => SceneKind::Authority,
            NodeKind::Outcome(_) => SceneKind::Outcome,
            NodeKind::Fork => {
                self.forks += 1;
                let fork = regions.forks[id.index()].as_ref();
                let join = fork.map_or(NONE, |fork| size(fork.join.index()));
                SceneKind::Fork(Split { number: self.forks - 1, join, inside: fork.and_then(|fork| fork.inside) })
            }
        };
        let days =
            node.clock.usual.as_ref().or(node.clock.legal.as_ref()).map_or(0, |known| known.value.calendar_days());
        let breaks = days > 0 && matches!(node.kind, NodeKind::Wait(_) | NodeKind::Decision(_));
        let mut scene = Scene { kind, exits: Vec::new(), silence: None, breaks, place: regions.place[id.index()] };
        for (branch, to) in flow.branches(id) {
            let is_authority = matches!(scene.kind, SceneKind::Authority);
            let when = match &branch.guard {
                Guard::When(condition) => When::Holds(condition.clone()),
                Guard::Ruled(case) => When::Ruled(case.clone()),
                Guard::Else if is_authority => When::Ruled(Name::from(ELSE)),
                Guard::Join => continue,
                _ => When::Always,
            };
            let counter = branch.at_most.map_or(NONE, |most| {
                self.returns.push(u32::from(most));
                size(self.returns.len() - 1)
            });
            let exit = Exit { when, target: size(to.index()), counter };
            if branch.guard == Guard::Silence { scene.silence = Some(exit) } else { scene.exits.push(exit) }
        }
        scene
    }

    fn act(&mut self, step: &Step, documents: &mut BTreeMap<Name, u32>) -> Act {
        let places = size(self.places.len());
        let place = step.channel.place().map_or(NONE, |place| *self.places.entry(place.clone()).or_insert(places));
        let mut demands = Vec::new();
        for demand in &step.demands {
            let mut accepted = Vec::with_capacity(demand.any_of.len());
            for paper in &demand.any_of {
                let number = *documents.entry(paper.document.clone()).or_insert_with(|| {
                    self.documents.push(paper.document.clone());
                    size(self.documents.len() - 1)
                });
                accepted.push((number, paper.copies));
            }
            demands.push((demand.when.clone(), accepted));
        }
        let payments = step.payments.iter().map(|payment| (payment.when.clone(), payment.amount.clone())).collect();
        Act { place, minutes: step.effort.as_ref().map_or(0, |known| known.value), demands, payments }
    }

    /// Where the block of a place ends.
    pub(crate) fn split(&self, place: Place) -> Option<&Split> {
        match &self.nodes[place.0.index()].kind {
            SceneKind::Fork(split) => Some(split),
            _ => None,
        }
    }
}
