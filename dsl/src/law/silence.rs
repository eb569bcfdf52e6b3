//! Silence, refusal and appeal (law 55-19, arts. 6.6, 18-21; decrees 2.22.387 and 2.22.141).

use mastara_engine::{
    flow::{Guard, NodeId},
    node::Appeal,
    procedure::DecisionList,
    quantity::Delay,
};

use super::matter::{Listed, Matter, ahead};
use crate::{
    finding::{Code, Findings},
    keyword::Rule,
};

/// Most days in which the decision that silence has given must be delivered (art. 19).
const DELIVERY: u32 = 7;
/// Days to lodge an appeal, and to answer it (art. 21).
const APPEAL: [u32; 2] = [30, 15];

/// A delay, and nothing said of what happens when it has run out.
pub fn silence_unset(matter: &Matter<'_>, findings: &mut Findings) {
    let has_appeal = matter.flow().nodes().any(|(_, node)| node.clock.appeal.is_some());
    let has_silence = matter.flow().nodes().any(|(_, node)| node.clock.silence.is_some());
    if has_appeal || has_silence {
        return;
    }
    if let Some((id, _)) = matter.waits_over(0).next() {
        findings.add(Code::SilenceUnset, matter.span(id), [matter.name(id)]);
    }
}

pub fn silence_unlisted(matter: &Matter<'_>, findings: &mut Findings) {
    // A text of its own may say so too: then it is cited.
    let has_own = |id: NodeId| {
        let silence = matter.flow().node(id).clock.silence.as_ref();
        let legal = silence.and_then(|silence| silence.legal.as_ref());
        legal.is_some_and(|legal| !["loi-55-19", "decret-2-22-387", "decret-2-22-141"].contains(&legal.text.as_str()))
    };
    if matter.procedure.is_on(DecisionList::SILENCE) {
        return;
    }
    for (id, _) in matter.consents().filter(|(id, _)| !has_own(*id)) {
        findings.add(Code::SilenceUnlisted, matter.line(id, Rule::silence), [matter.name(id)]);
    }
}

pub fn silence_denied(matter: &Matter<'_>, findings: &mut Findings) {
    let listed = matter.in_force(DecisionList::SILENCE);
    if !listed.is_empty() && matter.consents().next().is_none() && matter.waits().next().is_some() {
        findings.add(Code::SilenceDenied, matter.opening(), [&ranks(&listed)]);
    }
}

/// Where a file has several ranks, the longest of their delays: which of them a wait is for, it does not say.
pub fn silence_delay(matter: &Matter<'_>, findings: &mut Findings) {
    let listed = matter.in_force(DecisionList::SILENCE);
    let Some(most) = listed.iter().filter_map(|(_, decision)| decision.days).max() else { return };
    for (id, clock) in matter.consents() {
        let days = clock.legal.as_ref().map_or(0, |known| known.value.listed_days());
        if days > most {
            let line = matter.line(id, Rule::delay);
            findings.add(Code::SilenceDelay, line, [&days.to_string(), &most.to_string(), &ranks(&listed)]);
        }
    }
}

/// The ranks of decisions, each once.
fn ranks(listed: &[Listed<'_>]) -> String {
    let mut ranks: Vec<&str> = listed.iter().map(|(entry, _)| entry.rank.as_str()).collect();
    ranks.dedup();
    ranks.join(", ")
}

/// Where silence leads, if it is consent by a list.
fn led(matter: &Matter<'_>) -> Vec<(NodeId, NodeId)> {
    if !matter.procedure.is_on(DecisionList::SILENCE) {
        return Vec::new();
    }
    let target = |id: NodeId| {
        let branches = matter.flow().branches(id);
        branches.into_iter().find(|(branch, _)| branch.guard == Guard::Silence).map(|(_, to)| (id, to))
    };
    matter.consents().filter_map(|(id, _)| target(id)).collect()
}

pub fn silence_claim(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, to) in led(matter) {
        let delivered = ahead(matter.flow(), to).into_iter().any(|id| {
            let legal = matter.flow().node(id).clock.legal.as_ref();
            legal.is_some_and(|known| (1..=DELIVERY).contains(&known.value.calendar_days()))
        });
        if !delivered {
            findings.add(Code::SilenceClaim, matter.line(id, Rule::silence), [matter.name(id)]);
        }
    }
}

pub fn silence_attestation(matter: &Matter<'_>, findings: &mut Findings) {
    let is_local = matter.procedure.is_on(&[DecisionList::SilenceLocal]);
    for (id, to) in led(matter).into_iter().filter(|_| is_local) {
        let attests = ahead(matter.flow(), to).into_iter().any(|id| {
            let step = matter.flow().node(id).step();
            step.is_some_and(|step| {
                step.receives.iter().any(|given| given.paper.document.as_str() == "attestation-silence")
            })
        });
        if !attests {
            findings.add(Code::SilenceAttestation, matter.line(id, Rule::silence), [matter.name(id)]);
        }
    }
}

pub fn appeal_missing(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, node) in matter.refusals() {
        if node.clock.appeal.is_none() {
            findings.add(Code::AppealMissing, matter.span(id), [node.name.as_str()]);
        }
    }
}

pub fn appeal_delays(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, node) in matter.flow().nodes() {
        let Some(Appeal { authority, within, reply, legal }) = &node.clock.appeal else { continue };
        // Another text may set other delays, and so does the law of the courts: the appeal of art. 21 is to an administration.
        let is_of_law =
            legal.as_ref().is_none_or(|legal| legal.text.as_str() == "loi-55-19") && !matter.is_court(authority);
        let days = [within, reply].map(|delay| delay.map(Delay::calendar_days));
        let is_other = days.iter().zip(APPEAL).any(|(days, due)| days.is_some_and(|days| days != due));
        if is_of_law && is_other {
            let told = [0, 1].map(|at| days[at].unwrap_or(APPEAL[at]).to_string());
            findings.add(Code::AppealDelays, matter.line(id, Rule::appeal), [&told[0], &told[1]]);
        }
    }
}

pub fn refusal_unreasoned(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, node) in matter.refusals() {
        if !node.clock.reasons {
            findings.add(Code::RefusalUnreasoned, matter.span(id), [node.name.as_str()]);
        }
    }
}
