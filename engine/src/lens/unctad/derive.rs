//! The nominal way of a version as the steps of an eRegulations objective.

use super::{Paper, Span, Step, Totals};
use crate::{
    flow::{Flow, NodeId},
    lens::{Evidence, Ground, Subject},
    node::{Amount, Channel, Clock, Form, NodeKind, Provenance},
    program::Fact,
    text::Name,
};

/// A procedure of the catalogue as eRegulations would list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Its steps, each with what it rests on.
    pub steps: Vec<(Step, Evidence)>,
    /// What they add up to.
    pub totals: Totals,
    /// Whether a figure of it is an estimate.
    pub estimated: bool,
}

/// Lists the steps of the nominal way. A wait or decision that follows a step is the wait until the next one, one that comes
/// first the wait before the first step: what is usually seen at least, the legal maximum at most.
#[must_use]
pub fn derive(subject: &Subject<'_>) -> Derived {
    let flow = &subject.version.flow;
    let mut steps: Vec<(Step, Evidence)> = Vec::new();
    let (mut before, mut waited) = (Some(Span::default()), Evidence::default());
    for &id in &subject.way {
        let node = flow.node(id);
        if node.step().is_some() {
            steps.push(step(subject, id));
        } else if let Some((last, evidence)) = steps.last_mut() {
            wait(&mut last.until_next, evidence, &node.kind, &node.clock, id);
        } else {
            wait(&mut before, &mut waited, &node.kind, &node.clock, id);
        }
    }
    let is_estimated = waited.estimated;
    if let Some((first, evidence)) = steps.first_mut() {
        first.before = before;
        evidence.grounds.extend(waited.grounds);
        evidence.estimated |= waited.estimated;
    }
    let all: Vec<Step> = steps.iter().map(|(step, _)| step.clone()).collect();
    let mut totals = Totals::of(&all);
    totals.costs_known &= !flow.has_unknown_fees();
    let mut estimated = steps.iter().any(|(_, evidence)| evidence.estimated);
    if steps.is_empty() {
        // One who does nothing waits all the same.
        totals.take(before);
        estimated |= is_estimated || subject.version.provenance == Provenance::Reconstructed;
    }
    Derived { steps, totals, estimated }
}

/// Adds the delay of a node to the wait after a step; a wait of unknown length makes the whole unknown.
fn wait(until_next: &mut Option<Span>, evidence: &mut Evidence, kind: &NodeKind, clock: &Clock, id: NodeId) {
    let days = |known: &crate::node::Known<crate::quantity::Delay>| u64::from(known.value.calendar_days());
    let legal = clock.legal.as_ref().map(days);
    let usual = clock.usual.as_ref().map(days);
    let Some(first) = usual.or(legal) else {
        if matches!(kind, NodeKind::Wait(_)) {
            *until_next = None;
        }
        return;
    };
    if clock.usual.is_some() {
        evidence.grounds.push(Ground::UsualDelay(id));
    }
    if clock.legal.is_some() {
        evidence.grounds.push(Ground::LegalDelay(id));
    }
    let is_estimate = |known: &Option<crate::node::Known<_>>| known.as_ref().is_some_and(|known| known.estimated);
    evidence.estimated |= is_estimate(&clock.usual) || is_estimate(&clock.legal);
    let last = legal.or(usual).unwrap_or(first);
    *until_next = until_next.map(|span| span.then(Span::days(first.min(last), first.max(last))));
}

fn step(subject: &Subject<'_>, id: NodeId) -> (Step, Evidence) {
    let flow = &subject.version.flow;
    let node = flow.node(id);
    let mut evidence = Evidence {
        grounds: vec![Ground::Node(id)],
        estimated: subject.version.provenance == Provenance::Reconstructed,
    };
    let mut this = Step {
        name: node.name.clone(),
        entity: None,
        is_online: false,
        papers: Vec::new(),
        cost: 0,
        // Of fees that nobody has read none knows at which step they are paid.
        cost_known: !flow.has_unknown_fees(),
        before: Some(Span::default()),
        at_counter: None,
        in_line: None,
        until_next: Some(Span::default()),
    };
    let Some(step) = node.step() else { return (this, evidence) };
    this.is_online = step.channel.is_online();
    // A line stands at counters only.
    this.in_line = step.channel.place().is_none().then(Span::default);
    this.entity = step.agency.clone().or_else(|| entity(subject, &step.channel));
    if let Some(effort) = &step.effort {
        evidence.grounds.push(Ground::Effort(id));
        this.at_counter = Some(Span::exactly(u64::from(effort.value)));
        evidence.estimated |= effort.estimated;
    }
    for (rank, demand) in step.demands.iter().enumerate() {
        let Some(paper) = demand.any_of.first().filter(|_| subject.applies(id, Fact::Demand(rank))) else { continue };
        evidence.grounds.push(Ground::Fact(id, Fact::Demand(rank)));
        evidence.estimated |= demand.estimated;
        let copies = u64::from(paper.copies);
        let count = |is_so: bool| if is_so { copies } else { 0 };
        this.papers.push(Paper {
            name: paper.document.clone(),
            originals: count(matches!(paper.form, Form::Original | Form::Plain)),
            copies: count(paper.form == Form::Copy),
            authenticated: count(matches!(paper.form, Form::Certified | Form::Legalised)),
        });
    }
    for (rank, payment) in step.payments.iter().enumerate() {
        if subject.applies(id, Fact::Payment(rank)) {
            evidence.grounds.push(Ground::Fact(id, Fact::Payment(rank)));
            evidence.estimated |= payment.estimated;
            this.cost = this.cost.saturating_add(usual(flow, &payment.amount));
            this.cost_known &= payment.amount != Amount::Unknown;
        }
    }
    // The clock of the step itself runs before the next one too.
    wait(&mut this.until_next, &mut evidence, &node.kind, &node.clock, id);
    (this, evidence)
}

/// The private party or authority of the place gone to.
fn entity(subject: &Subject<'_>, channel: &Channel) -> Option<Name> {
    let place = subject.vocabulary.places.get(channel.place()?)?;
    Some(place.authority.clone())
}

/// What is usually paid, in centimes: a fee by formula at the usual answer, or at its least if the file tells none.
fn usual(flow: &Flow, amount: &Amount) -> u64 {
    let question = amount.question().and_then(|id| flow.questions().get(usize::from(id.0)));
    let answer = question.and_then(|question| question.usual().or(Some(question.low))).unwrap_or(0);
    u64::try_from(amount.for_answer(answer).centimes()).unwrap_or(0)
}
