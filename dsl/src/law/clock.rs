//! The legal clock: receipt, delay, complement (law 55-19, arts. 10, 14, 16).

use std::collections::BTreeSet;

use mastara_engine::{
    flow::{Guard, NodeId},
    quantity::Delay,
    text::{Lang, Name},
};

use super::matter::{At, Matter, ahead, is_ruling};
use crate::{
    finding::{Code, Findings},
    keyword::Rule,
};

/// The longest delay that law 55-19 allows (art. 16).
const CAP: u32 = 60;
/// How long a person has to complete a file (art. 10).
const CURE: u32 = 30;

/// A way on which an administration works and no delay binds it: art. 16 sets one for each decision, not for each wait.
pub fn delay_missing(matter: &Matter<'_>, findings: &mut Findings) {
    let mut said = BTreeSet::new();
    for way in matter.ways() {
        let waits = || way.nodes.iter().filter(|id| matter.is_of_administration(matter.flow().node(**id)));
        let binds = |id: &NodeId| matter.flow().node(*id).clock.legal.is_some();
        if let Some(&last) = waits().last()
            && !waits().any(binds)
            && said.insert(last)
        {
            findings.add(Code::DelayMissing, matter.span(last), [matter.name(last)]);
        }
    }
}

pub fn delay_over_60(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, days) in matter.waits_over(CAP).filter(|(id, _)| !matter.is_publicity(*id)) {
        findings.add(Code::DelayOver60, matter.line(id, Rule::delay), [&days.to_string()]);
    }
}

/// Delays that are each within the cap, but not together: what the person waits for is the decision.
pub fn way_over_60(matter: &Matter<'_>, findings: &mut Findings) {
    let days = |id: &NodeId| {
        let node = matter.flow().node(*id);
        if matter.is_of_administration(node) { node.clock.legal_days() } else { 0 }
    };
    let is_over = |ids: &[NodeId]| ids.iter().any(|id| days(id) > CAP);
    let sums = matter.ways().iter().filter(|way| !is_over(&way.nodes)).flat_map(|way| {
        // What follows another request is for another decision.
        way.nodes.chunk_by(|_, next| !is_request(matter, *next)).map(|nodes| {
            // A wait that is come back to counts once: the clock resumes with what was left (art. 14).
            let nodes: BTreeSet<NodeId> = nodes.iter().copied().collect();
            nodes.iter().map(days).sum::<u32>()
        })
    });
    let longest = sums.max().unwrap_or_default();
    if longest > CAP {
        findings.add(Code::WayOver60, matter.opening(), [&longest.to_string()]);
    }
}

/// Whether a request is taken in here: written, on a form, or against a receipt.
fn is_request(matter: &Matter<'_>, id: NodeId) -> bool {
    let step = matter.flow().node(id).step();
    let papers = step.into_iter().flat_map(|step| &step.demands).flat_map(|demand| &demand.any_of);
    let asks = |name: &Name| {
        name.as_str().starts_with("demande-")
            || matter.document(name).is_some_and(|document| document.kind.as_str() == "formulaire")
    };
    step.is_some() && gives_receipt(matter, id) || papers.map(|paper| &paper.document).any(asks)
}

/// Whether a step takes in a file.
fn is_filing(at: At<'_>) -> bool {
    let is_public = at.step.agency.is_some();
    is_public && (!at.step.demands.is_empty() || !at.step.asks.is_empty())
}

/// A file taken in, then a wait for the authority, and no receipt before it.
pub fn receipt_missing(matter: &Matter<'_>, findings: &mut Findings) {
    let steps: Vec<At<'_>> = matter.steps().collect();
    let mut said: Vec<NodeId> = Vec::new();
    for way in matter.ways() {
        let mut filed: Option<NodeId> = None;
        for &id in &way.nodes {
            let node = matter.flow().node(id);
            if gives_receipt(matter, id) {
                break;
            }
            if let Some(at) = steps.iter().find(|at| at.id == id)
                && is_filing(*at)
                && filed.is_none()
            {
                filed = Some(id);
            }
            if let Some(filing) = filed
                && matter.is_of_administration(node)
                && node.clock.legal_days() > 0
            {
                if !said.contains(&filing) {
                    said.push(filing);
                    findings.add(Code::ReceiptMissing, matter.span(filing), [matter.name(filing)]);
                }
                break;
            }
        }
    }
}

/// Whether a receipt is given here, by the word of the law or as a paper.
fn gives_receipt(matter: &Matter<'_>, id: NodeId) -> bool {
    let node = matter.flow().node(id);
    let is_receipt = |name: &str| name.starts_with("recepisse") || name.starts_with("accuse");
    node.clock.receipt.is_some()
        || node.step().is_some_and(|step| step.receives.iter().any(|given| is_receipt(given.paper.document.as_str())))
}

pub fn receipt_cure(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, node) in matter.flow().nodes() {
        let days = node.clock.receipt.as_ref().and_then(|known| known.value).map(Delay::calendar_days);
        if let Some(days) = days.filter(|days| *days != CURE) {
            findings.add(Code::ReceiptCure, matter.line(id, Rule::receipt), [&days.to_string()]);
        }
    }
}

/// A clock that runs, and only then a ruling that sends the person back to complete the file.
pub fn clock_before_complete(matter: &Matter<'_>, findings: &mut Findings) {
    let is_clock = |id: NodeId| {
        let node = matter.flow().node(id);
        matter.is_of_administration(node) && node.clock.legal_days() > 0 && node.clock.complement.is_none()
    };
    for (id, node) in matter.flow().nodes().filter(|(_, node)| is_ruling(node)) {
        let clock = matter.flow().sources(id).find(|&from| is_clock(from));
        let back = matter.flow().branches(id).into_iter().any(|(_, to)| returns_to(matter, to, clock));
        if let Some(clock) = clock
            && back
        {
            findings.add(Code::ClockBeforeComplete, matter.span(clock), [matter.name(clock), node.name.as_str()]);
        }
    }
}

/// What files call a step that completes or mends a file; one that makes another request instead is none.
const COMPLETION: &[&str] = &["complét", "complet", "corrig", "régularis", "manqu", "remplacer"];

/// Whether the person completes the file at a node, and the clock then runs again.
fn returns_to(matter: &Matter<'_>, from: NodeId, clock: Option<NodeId>) -> bool {
    let Some(clock) = clock else { return false };
    let title = matter.flow().node(from).title.get(Lang::Fr).unwrap_or_default().to_lowercase();
    if matter.flow().node(from).step().is_none() || !COMPLETION.iter().any(|word| title.contains(word)) {
        return false;
    }
    let mut at = from;
    for _ in 0..4 {
        let branches = matter.flow().branches(at);
        let [(branch, to)] = &branches[..] else { return false };
        if branch.guard != Guard::Always {
            return false;
        }
        if *to == clock {
            return true;
        }
        at = *to;
    }
    false
}

/// The names that files give to the ruling on whether a file is complete.
const COMPLETENESS: &[&str] = &["complet", "recevab", "conform"];

/// A file turned away at once, without the receipt that says what is missing.
pub fn refused_at_counter(matter: &Matter<'_>, findings: &mut Findings) {
    let refused: Vec<NodeId> = matter.refusals().map(|(id, _)| id).collect();
    for at in matter.steps().filter(|at| is_filing(*at) && !gives_receipt(matter, at.id)) {
        for (_, ruling) in matter.flow().branches(at.id) {
            let branches = matter.flow().branches(ruling);
            let refuses = branches.iter().any(|(_, to)| refused.contains(to));
            // Not so where the decision itself is given on the spot (art. 10).
            let goes_on = branches.iter().any(|(_, to)| {
                ahead(matter.flow(), *to).iter().any(|id| matter.is_of_administration(matter.flow().node(*id)))
            });
            let is_check = COMPLETENESS.iter().any(|word| matter.name(ruling).contains(word));
            if is_ruling(matter.flow().node(ruling)) && is_check && refuses && goes_on {
                findings.add(Code::RefusedAtCounter, matter.span(ruling), [matter.name(ruling)]);
            }
        }
    }
}

/// More than one request for complements, in one place or along one way.
pub fn complement_twice(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, node) in matter.flow().nodes() {
        if node.clock.complement.as_ref().is_some_and(|complement| complement.at_most > 1) {
            findings.add(Code::ComplementTwice, matter.line(id, Rule::complement), [matter.name(id)]);
        }
    }
    let mut said: Vec<NodeId> = Vec::new();
    for way in matter.ways() {
        let mut places = way.nodes.iter().filter(|id| matter.flow().node(**id).clock.complement.is_some());
        let first = places.next();
        if let Some(&again) = places.find(|id| Some(*id) != first)
            && !said.contains(&again)
        {
            said.push(again);
            findings.add(Code::ComplementTwice, matter.line(again, Rule::complement), [matter.name(again)]);
        }
    }
}

pub fn complement_late(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, node) in matter.flow().nodes() {
        let limit = node.clock.complement.as_ref().and_then(|complement| complement.before);
        let legal = node.clock.legal.as_ref().map(|known| known.value);
        if let (Some(limit), Some(legal)) = (limit, legal)
            && limit.calendar_days() * 2 > legal.calendar_days()
        {
            let days = [limit, legal].map(|delay| delay.calendar_days().to_string());
            findings.add(Code::ComplementLate, matter.line(id, Rule::complement), [&days[0], &days[1]]);
        }
    }
}
