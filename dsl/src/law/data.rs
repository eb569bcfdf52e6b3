//! What a procedure rests on, and what it does with personal data (law 55-19, arts. 3 and 6; laws 09-08, 31-13, 72-18;
//! decree 2.17.265).

use mastara_engine::{
    node::Identity,
    quantity::{Delay, Dirhams},
};

use super::matter::Matter;
use crate::{
    finding::{Code, Findings},
    keyword::Rule,
};

/// The law on all procedures; it founds none.
const GENERAL: &str = "loi-55-19";
/// Days to ask for the review of a score, and to rule on it (law 72-18, art. 16).
const REVIEW: [u32; 2] = [60, 30];

pub fn no_legal_basis(matter: &Matter<'_>, findings: &mut Findings) {
    let own = matter.procedure.legal.iter().chain(&matter.version.legal).any(|legal| legal.text.as_str() != GENERAL);
    let of_facts = matter.citations().iter().any(|(legal, _)| legal.text.as_str() != GENERAL);
    if !own && !of_facts {
        findings.add(Code::NoLegalBasis, matter.opening(), []);
    }
}

pub fn fee_without_text(matter: &Matter<'_>, findings: &mut Findings) {
    for at in matter.public_steps() {
        for (payment, span) in at.step.payments.iter().zip(&at.places.payments) {
            let is_free = payment.amount == mastara_engine::node::Amount::Fixed(Dirhams::default());
            if payment.legal.is_none() && !is_free {
                findings.add(Code::FeeWithoutText, *span, [matter.name(at.id)]);
            }
        }
    }
}

/// One finding for a version: how many papers rest on no text of their own.
pub fn demands_without_text(matter: &Matter<'_>, findings: &mut Findings) {
    let steps = matter.public_steps().filter(|at| matter.flow().node(at.id).legal.is_empty());
    let bare = steps.flat_map(|at| &at.step.demands).filter(|demand| demand.legal.is_none()).count();
    if bare > 0 {
        findings.add(Code::DemandsWithoutText, matter.opening(), [&bare.to_string()]);
    }
}

/// A text that was not there yet when the version ended.
pub fn later_text(matter: &Matter<'_>, findings: &mut Findings) {
    let next = matter.procedure.versions.iter().find(|version| version.from > matter.version.from);
    let Some(end) = next.map(|version| version.from) else { return };
    for (citation, span) in matter.citations() {
        let date = matter.vocabulary.texts.get(&citation.text).and_then(|text| text.date);
        if let Some(date) = date.filter(|date| *date >= end) {
            findings.add(Code::LaterText, span, [citation.text.as_str(), &date.to_string()]);
        }
    }
}

pub fn id_number_undeclared(matter: &Matter<'_>, findings: &mut Findings) {
    let declared = matter.procedure.personal_data.as_ref().is_some_and(|data| data.cndp.is_some());
    if declared {
        return;
    }
    let asks = matter.steps().find(|at| {
        let reads = matches!(at.step.identity, Some(Identity::Card | Identity::CardPin | Identity::CardPinFace));
        let papers = at.step.demands.iter().flat_map(|demand| &demand.any_of);
        at.step.agency.is_some() && (reads || papers.into_iter().any(|paper| paper.document.as_str() == "cnie"))
    });
    if let Some(at) = asks {
        findings.add(Code::IdNumberUndeclared, matter.span(at.id), []);
    }
}

pub fn biometrics_shared(matter: &Matter<'_>, findings: &mut Findings) {
    for at in matter.steps() {
        for (exchange, span) in at.step.exchanges.iter().zip(&at.places.exchanges) {
            let is_register = exchange.register.as_str() == "registre-national-population";
            let is_body = exchange.documents.iter().any(|document| {
                matter.document(document).is_some_and(|document| document.kind.as_str() == "photo")
                    || document.as_str().contains("empreinte")
            });
            if is_register && is_body {
                findings.add(Code::BiometricsShared, *span, []);
            }
        }
    }
}

/// The review of a score: asked for within 60 days, ruled within 30.
pub fn score_review(matter: &Matter<'_>, findings: &mut Findings) {
    if matter.procedure.authority.as_str() != "ANR" || !matter.rests_on("loi-72-18", None) {
        return;
    }
    for (id, node) in matter.flow().nodes() {
        let Some(appeal) = &node.clock.appeal else { continue };
        let told = |delay: Option<Delay>, due: u32| delay.map_or(due, Delay::calendar_days);
        let days = [told(appeal.within, REVIEW[0]), told(appeal.reply, REVIEW[1])];
        if days != REVIEW && appeal.legal.as_ref().is_some_and(|legal| legal.text.as_str() == "loi-72-18") {
            let told = days.map(|days| days.to_string());
            findings.add(Code::ScoreReview, matter.line(id, Rule::appeal), [&told[0], &told[1]]);
        }
    }
}

/// Waits of more calendar days than a text allows, where the procedure rests on that text.
fn over(matter: &Matter<'_>, days: u32, code: Code, findings: &mut Findings) {
    for (id, told) in matter.waits_over(days) {
        findings.add(code, matter.line(id, Rule::delay), [&told.to_string()]);
    }
}

pub fn complaint_delay(matter: &Matter<'_>, findings: &mut Findings) {
    if matter.rests_on("decret-2-17-265", None) {
        over(matter, 60, Code::ComplaintDelay, findings);
    }
}

/// Twenty working days are twenty-eight.
pub fn information_delay(matter: &Matter<'_>, findings: &mut Findings) {
    if matter.rests_on("loi-31-13", Some("16")) {
        over(matter, 28, Code::InformationDelay, findings);
    }
}

pub fn rectification_delay(matter: &Matter<'_>, findings: &mut Findings) {
    if matter.rests_on("loi-09-08", Some("8")) {
        over(matter, 10, Code::RectificationDelay, findings);
    }
}
