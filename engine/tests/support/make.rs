//! Short ways to write flows.

use mastara_engine::{
    condition::{Case, Comparison, Condition, Kind, Question, QuestionId},
    flow::{Branch, Flow, Guard, NodeId},
    node::{Channel, Decider, Demand, Form, Known, Medium, Nature, Node, NodeKind, Paper, Step},
    quantity::{Delay, Share},
    text::{Name, Text},
};

pub fn name(text: &str) -> Name {
    Name::from(text)
}

pub fn question(label: &str, kind: Kind, low: i64, high: Option<i64>) -> Question {
    Question {
        name: name(label),
        title: Text::default(),
        kind,
        low,
        high,
        typical: None,
        typical_estimated: false,
        known_by: None,
        is_choice: false,
    }
}

pub fn yes_no(label: &str) -> Question {
    question(label, Kind::YesNo, 0, Some(1))
}

pub fn one_of(label: &str, count: usize) -> Question {
    let cases = (0..count).map(|case| Case { name: name(&format!("c{case}")), label: Text::default() });
    question(label, Kind::OneOf(cases.collect()), 0, None)
}

pub fn is(question: u16, comparison: Comparison, constant: i64) -> Condition {
    Condition::Compare(QuestionId(question), comparison, constant)
}

pub fn yes(question: u16) -> Condition {
    is(question, Comparison::Equal, 1)
}

pub fn node(label: &str, kind: NodeKind) -> Node {
    Node::new(name(label), kind)
}

pub fn outcome(label: &str) -> Node {
    node(label, NodeKind::Outcome(Nature::Granted))
}

pub fn facts(label: &str) -> Node {
    node(label, NodeKind::Decision(Decider::Facts))
}

pub fn step(label: &str, step: Step) -> Node {
    node(label, NodeKind::Step(Box::new(step)))
}

pub fn counter(place: &str) -> Step {
    Step { channel: Channel::Counter(name(place)), agency: Some(name(place)), ..Step::default() }
}

pub fn known<T>(value: T) -> Option<Known<T>> {
    Some(Known { value, estimated: false, legal: None })
}

pub fn wait(label: &str, days: u32) -> Node {
    let mut node = node(label, NodeKind::Wait(None));
    node.clock.legal = known(Delay::Days(days));
    node
}

pub fn paper(document: &str, copies: u32) -> Paper {
    Paper { document: name(document), copies, form: Form::Plain, medium: Medium::Paper }
}

pub fn demand(document: &str, when: Option<Condition>) -> Demand {
    Demand { any_of: vec![paper(document, 1)], when, legal: None, estimated: false }
}

pub fn branch(guard: Guard) -> Branch {
    Branch { guard, share: None, estimated: false, at_most: None, label: Text::default() }
}

pub fn shared(guard: Guard, points: u32) -> Branch {
    Branch { share: Share::from_basis_points(points), ..branch(guard) }
}

/// A chain: each node goes on to the next.
pub fn chain(questions: Vec<Question>, nodes: Vec<Node>) -> Flow {
    let mut flow = Flow::new(questions);
    let ids: Vec<NodeId> = nodes.into_iter().map(|node| flow.add_node(node)).collect();
    ids.windows(2).for_each(|pair| flow.add_branch(pair[0], pair[1], branch(Guard::Always)));
    flow
}
