//! Random flows, block by block, drawn from a tape of numbers (so that proptest can shrink them).

use mastara_engine::{
    answers::Answers,
    condition::{Comparison, Condition, Kind, Question, QuestionId},
    flow::{Flow, NodeId},
    node::{
        Amount, Ask, Channel, Clock, Decider, Demand, Exchange, Form, Identity, Means, Medium, Node, NodeKind, Paper,
        Payment, Receives, Signature, Step,
    },
    quantity::{Delay, Dirhams},
    text::Text,
};

use super::{
    make::{known, name, node, one_of, outcome, question, yes_no},
    wire::Wiring,
};

/// The numbers that everything is drawn from; zeros at the end, which draw the simplest things.
pub struct Tape<'t>(std::slice::Iter<'t, u16>);

impl<'t> Tape<'t> {
    pub fn new(numbers: &'t [u16]) -> Self {
        Self(numbers.iter())
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % bound
    }

    /// True once in `of` times.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }
}

/// A node with the blocks of its branches, if it is a fork.
struct Item {
    node: Node,
    blocks: Vec<Vec<Item>>,
}

/// The question of choices; before it facts, of which [`SUM`] is paid by.
const CHOICE: u16 = 4;
const SUM: u16 = 3;

fn questions() -> Vec<Question> {
    let mut sum = question("sum", Kind::Money, 100, Some(90_000));
    sum.typical = Some(7_000);
    let mut choice = one_of("choice", 3);
    choice.is_choice = true;
    vec![yes_no("minor"), one_of("sector", 3), question("age", Kind::Integer(None), 0, Some(30)), sum, choice]
}

pub fn condition(tape: &mut Tape, depth: usize) -> Condition {
    let constant = |tape: &mut Tape, question| match question {
        0 => 1,
        2 => [18, 10, 30, 0, 25][tape.below(5)],
        SUM => [5_000, 7_000][tape.below(2)],
        _ => i64::try_from(tape.below(3)).unwrap(),
    };
    match if depth == 0 { 0 } else { tape.below(6) } {
        1 => Condition::Not(Box::new(condition(tape, depth - 1))),
        2 => Condition::All((0..2).map(|_| condition(tape, depth - 1)).collect()),
        3 => Condition::Any((0..=tape.below(3)).map(|_| condition(tape, depth - 1)).collect()),
        _ => {
            let question = [0, 1, 2, 0, 1, 2, CHOICE, 2, 1, SUM][tape.below(10)];
            let value = constant(tape, question);
            if tape.once_in(6) {
                return Condition::OneOf(QuestionId(question), vec![value, value + 1]);
            }
            let comparisons = [
                Comparison::Equal,
                Comparison::AtLeast,
                Comparison::NotEqual,
                Comparison::Less,
                Comparison::AtMost,
                Comparison::More,
            ];
            Condition::Compare(QuestionId(question), comparisons[tape.below(6)], value)
        }
    }
}

fn when(tape: &mut Tape) -> Option<Condition> {
    tape.once_in(4).then(|| condition(tape, 1))
}

fn paper(tape: &mut Tape) -> Paper {
    let document = name(["cnie", "photo", "acte", "bail"][tape.below(4)]);
    let medium = [Medium::Digital, Medium::Paper, Medium::Both][tape.below(3)];
    let copies = 1 + u32::try_from(tape.below(3)).unwrap();
    let form = [Form::Plain, Form::Copy, Form::Certified, Form::Original][tape.below(4)];
    Paper { document, copies, form, medium }
}

fn amount(tape: &mut Tape) -> Amount {
    let bound = |tape: &mut Tape, sum| tape.once_in(3).then(|| Dirhams::from_centimes(sum));
    match tape.below(5) {
        1 => {
            let (at_least, at_most) = (bound(tape, 70), bound(tape, 300));
            Amount::Part { question: QuestionId(SUM), basis_points: 123, at_least, at_most }
        }
        2 => {
            let (at_least, at_most) = (bound(tape, 40), bound(tape, 200));
            Amount::PerUnit { question: QuestionId(2), each: Dirhams::from_centimes(20), at_least, at_most }
        }
        3 => Amount::Unknown,
        other => Amount::Fixed(Dirhams::from_centimes(100 * i64::try_from(other).unwrap())),
    }
}

fn draw_step(tape: &mut Tape) -> Step {
    let channel = match tape.below(8) {
        0 | 1 => Channel::Online,
        2 => Channel::Portal(name("portal")),
        3 => Channel::Counter(name("hall")),
        4 => Channel::Counter(name("court")),
        5 => Channel::Private(name("notary")),
        6 => Channel::Private(name("hall")),
        _ => [Channel::Post, Channel::Home][tape.below(2)].clone(),
    };
    let mut step = Step { channel, ..Step::default() };
    step.agency = [None, Some("justice"), Some("interior")][tape.below(3)].map(name);
    step.effort = (!tape.once_in(4)).then(|| 5 * u32::try_from(tape.below(5)).unwrap()).and_then(known);
    step.identity = tape.once_in(5).then(|| [Identity::Card, Identity::InPerson][tape.below(2)]);
    step.signature = tape.once_in(8).then(|| [Signature::Simple, Signature::Handwritten][tape.below(2)]);
    step.partial_coverage = tape.once_in(9).then(Text::default);
    for _ in 0..tape.below(3) {
        let any_of = (0..1 + usize::from(tape.once_in(4))).map(|_| paper(tape)).collect();
        step.demands.push(Demand { any_of, when: when(tape), legal: None, estimated: tape.once_in(5) });
    }
    if tape.once_in(4) {
        step.receives.push(Receives { paper: paper(tape), is_delivery: false, when: when(tape) });
    }
    if tape.once_in(5) {
        step.asks.push(Ask { question: QuestionId(2), when: when(tape) });
    }
    if tape.once_in(3) {
        let means = [Means::Online, Means::Counter, Means::Stamp, Means::Transfer][tape.below(4)];
        let (amount, when) = (amount(tape), when(tape));
        step.payments.push(Payment { amount, fee: None, means, when, legal: None, estimated: tape.once_in(5) });
    }
    if tape.once_in(4) {
        let documents = (0..=tape.below(2)).map(|_| name(["acte", "casier"][tape.below(2)])).collect();
        let when = when(tape);
        step.exchanges.push(Exchange { register: name("r"), documents, answers: Vec::new(), consent: false, when });
    }
    step
}

fn clock(tape: &mut Tape) -> Clock {
    let delay = |tape: &mut Tape| {
        let days = u32::try_from(tape.below(4)).unwrap();
        [Delay::Days(days), Delay::Immediate, Delay::WorkingDays(days), Delay::Minutes(30)][tape.below(4)]
    };
    let legal = tape.once_in(2).then(|| delay(tape)).and_then(known);
    let usual = tape.once_in(3).then(|| delay(tape)).and_then(known);
    Clock { legal, usual, ..Clock::default() }
}

fn block(tape: &mut Tape, most: usize, depth: usize) -> Vec<Item> {
    let mut items = Vec::new();
    for _ in 0..tape.below(most + 1) {
        let kind = match tape.below(if depth > 0 { 9 } else { 8 }) {
            0..=3 => NodeKind::Step(Box::new(draw_step(tape))),
            4 => NodeKind::Wait(None),
            5 => NodeKind::Decision(Decider::Facts),
            6 => NodeKind::Decision(Decider::Authority(name("judge"))),
            7 => NodeKind::Decision(Decider::Person(QuestionId(CHOICE))),
            _ => NodeKind::Fork,
        };
        let count = if kind == NodeKind::Fork { 1 + tape.below(3) } else { 0 };
        let blocks = (0..count).map(|_| block(tape, 2, depth - 1)).collect();
        let mut node = node("", kind);
        if node.kind != NodeKind::Fork && !(matches!(node.kind, NodeKind::Step(_)) && tape.once_in(2)) {
            node.clock = clock(tape);
        }
        items.push(Item { node, blocks });
    }
    items
}

/// Lays the nodes of a block out; the numbers of its items.
fn lay(flow: &mut Flow, items: &[Item], laid: &mut Vec<(NodeId, Vec<Vec<NodeId>>)>) -> Vec<NodeId> {
    let mut ids = Vec::new();
    for item in items {
        let mut node = item.node.clone();
        node.name = name(&format!("n{}", flow.len()));
        let id = flow.add_node(node);
        ids.push(id);
        let blocks = item.blocks.iter().map(|block| lay(flow, block, laid)).collect();
        laid.push((id, blocks));
    }
    ids
}

/// A flow.
pub fn flow(tape: &mut Tape) -> Flow {
    let items = block(tape, 6, 2);
    let mut flow = Flow::new(questions());
    let mut laid = Vec::new();
    let ids = lay(&mut flow, &items, &mut laid);
    let (end, other) = (flow.add_node(outcome("fin")), flow.add_node(outcome("autre")));
    Wiring { flow: &mut flow, tape, laid, returns: 0 }.wire(&ids, end, &[end, other]);
    flow
}

/// A person, often everybody.
pub fn person(tape: &mut Tape, flow: &Flow) -> Answers {
    let mut person = Answers::everybody();
    if tape.once_in(2) {
        return person;
    }
    for (question, values) in [[0, 1, 1], [0, 1, 2], [17, 18, 30], [5_000, 8_000, 12], [0, 2, 1]].iter().enumerate() {
        if tape.once_in(3) {
            person.set(QuestionId(u16::try_from(question).unwrap()), values[tape.below(3)]);
        }
    }
    for (id, node) in flow.nodes() {
        if matches!(node.kind, NodeKind::Decision(Decider::Authority(_))) && tape.once_in(3) {
            let cases = (0..=tape.below(3)).map(|_| name(["r0", "r1", "else", "silence"][tape.below(4)])).collect();
            person.rule(id, cases);
        }
    }
    person
}
