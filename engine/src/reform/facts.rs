//! The facts of one node after changes.

use std::collections::BTreeSet;

use super::change::{Action, Change, Limit};
use crate::{
    node::{Channel, Clock, Demand, Exchange, Identity, Known, Medium, Node, NodeKind, Step},
    quantity::Delay,
    text::Name,
};

/// Whether the person deals with an administration.
pub(super) fn is_public(step: &Step) -> bool {
    !matches!(step.channel, Channel::Private(_))
}

/// Has a step ask a register, with the person's consent (law 55-19, art. 24).
pub(super) fn fetch(step: &mut Step, register: &Name, document: &Name, demand: &Demand) {
    let is_asked = |exchange: &Exchange| exchange.when.is_none() && exchange.documents.contains(document);
    let mut prices = step.payments.iter().filter_map(|payment| payment.amount.question());
    // Exchanges come after fees, and no answer may be told apart once a fee was reckoned by it.
    let mut told_apart = BTreeSet::new();
    demand.when.iter().for_each(|when| when.visit(&mut |question, _| _ = told_apart.insert(question)));
    let is_late = prices.any(|question| told_apart.contains(&question));
    if is_late || step.exchanges.iter().any(is_asked) {
        return;
    }
    step.exchanges.push(Exchange {
        register: register.clone(),
        documents: vec![document.clone()],
        answers: Vec::new(),
        consent: true,
        when: demand.when.clone(),
    });
}

/// Moves a step with no reason left online. A file is uploaded once.
pub(super) fn go_online(step: &mut Step, files: bool, portal: Option<Name>) {
    if !step.channel.is_online() {
        let papers = step.demands.iter_mut().flat_map(|demand| &mut demand.any_of);
        papers.filter(|paper| paper.medium != Medium::Paper).for_each(|paper| paper.copies = 1);
        // A request without any paper left is still a request.
        if files && step.identity.is_none() && step.signature.is_none() {
            step.identity = Some(Identity::Account);
        }
        step.partial_coverage = None;
        step.channel = portal.map_or(Channel::Online, Channel::Portal);
    }
}

/// Makes a node that nobody has to go through any more: it takes no time and asks for nothing.
pub(super) fn vanish(node: &mut Node) {
    node.kind = NodeKind::Wait(None);
    node.clock =
        Clock { usual: Some(Known { value: Delay::Immediate, estimated: false, legal: None }), ..Clock::default() };
}

/// Shortens a legal delay to the shortest that the changes ask for.
pub(super) fn shorten(clock: &mut Clock, changes: &[&Change]) {
    let Some(legal) = &mut clock.legal else { return };
    let old = legal.value.calendar_days();
    let limits = changes.iter().filter_map(|change| match change.action {
        Action::Shorten(limit) => Some(limited(legal.value, limit)),
        _ => None,
    });
    let Some(new) = limits.min_by_key(|delay| delay.calendar_days()).filter(|new| new.calendar_days() < old) else {
        return;
    };
    legal.value = new;
    if let Some(usual) = &mut clock.usual {
        let days = usual.value.calendar_days();
        if days <= old && days > new.calendar_days() {
            usual.value = new;
        }
    }
}

/// A delay under a limit, in its own unit where there is one.
fn limited(delay: Delay, limit: Limit) -> Delay {
    match (limit, delay) {
        (Limit::Days(days), _) => Delay::Days(days),
        (Limit::Half, Delay::Immediate) => Delay::Immediate,
        (Limit::Half, Delay::Minutes(minutes)) => Delay::Minutes(minutes.div_ceil(2)),
        (Limit::Half, Delay::Days(days)) => Delay::Days(days.div_ceil(2)),
        (Limit::Half, Delay::WorkingDays(days)) => Delay::WorkingDays(days.div_ceil(2)),
        // Half a month is fifteen days, half a year six months.
        (Limit::Half, Delay::Months(months)) => Delay::Days(months.saturating_mul(15)),
        (Limit::Half, Delay::Years(years)) => Delay::Months(years.saturating_mul(6)),
    }
}
