//! What an item is: the shape it is drawn with, and the word for it.

use mastara_engine::node::{Channel, Decider, Nature, NodeKind};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Where it begins.
    Start,
    /// A step.
    Step(Place),
    /// A decision.
    Decision(Judge),
    /// A wait.
    Wait,
    /// Where branches begin to be done side by side, or have all been done.
    Bar,
    /// An end.
    Outcome(Nature),
}

/// Where a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a counter.
    Counter,
    /// At a private party's.
    Private,
    /// Online.
    Online,
    /// By post.
    Post,
    /// By telephone.
    Phone,
    /// At the person's own place.
    Home,
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// Facts.
    Facts,
    /// The person.
    Person,
    /// An authority.
    Authority,
}

impl Shape {
    /// The shape of a node.
    pub fn of(kind: &NodeKind) -> Self {
        match kind {
            NodeKind::Step(step) => Self::Step(match &step.channel {
                Channel::Counter(_) => Place::Counter,
                Channel::Private(_) => Place::Private,
                Channel::Online | Channel::Portal(_) => Place::Online,
                Channel::Post => Place::Post,
                Channel::Phone => Place::Phone,
                Channel::Home => Place::Home,
            }),
            NodeKind::Decision(Decider::Facts) => Self::Decision(Judge::Facts),
            NodeKind::Decision(Decider::Person(_)) => Self::Decision(Judge::Person),
            NodeKind::Decision(Decider::Authority(_)) => Self::Decision(Judge::Authority),
            NodeKind::Wait(_) => Self::Wait,
            NodeKind::Fork => Self::Bar,
            NodeKind::Outcome(nature) => Self::Outcome(*nature),
        }
    }

    /// The key of the word for it in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Start => "graph.shape.start",
            Self::Step(_) => "graph.shape.step",
            Self::Decision(Judge::Facts) => "graph.shape.facts",
            Self::Decision(Judge::Person) => "graph.shape.choice",
            Self::Decision(Judge::Authority) => "graph.shape.ruling",
            Self::Wait => "graph.shape.wait",
            Self::Bar => "graph.shape.bar",
            Self::Outcome(Nature::Granted) => "graph.outcome.granted",
            Self::Outcome(Nature::Refused) => "graph.outcome.refused",
            Self::Outcome(Nature::Lapsed) => "graph.outcome.lapsed",
            Self::Outcome(Nature::Withdrawn) => "graph.outcome.withdrawn",
        }
    }
}

/// The key of the word for how an end ends.
pub fn outcome_key(kind: &NodeKind) -> &'static str {
    Shape::of(kind).key()
}
