//! What is to be done online (law 55-19, arts. 13 and 25; law 43-20, art. 7).

use mastara_engine::node::{Means, Medium, Signature};

use super::matter::{At, Matter};
use crate::{
    finding::{Code, Findings},
    keyword::Rule,
};

/// Steps at an administration.
fn public<'a>(matter: &'a Matter<'_>) -> Vec<At<'a>> {
    matter.public_steps().collect()
}

pub fn not_digitised(matter: &Matter<'_>, findings: &mut Findings) {
    let steps = public(matter);
    if !steps.is_empty() && !steps.iter().any(|at| at.step.channel.is_online()) {
        findings.add(Code::NotDigitised, matter.opening(), []);
    }
}

pub fn paid_on_site(matter: &Matter<'_>, findings: &mut Findings) {
    let steps = public(matter);
    let is_online = |means: Means| matches!(means, Means::Online | Means::Transfer);
    let mut payments = steps.iter().flat_map(|at| &at.step.payments);
    if payments.any(|payment| is_online(payment.means)) {
        return;
    }
    for at in &steps {
        for (_, span) in at.step.payments.iter().zip(&at.places.payments) {
            findings.add(Code::PaidOnSite, *span, [matter.name(at.id)]);
        }
    }
}

pub fn delivered_on_paper(matter: &Matter<'_>, findings: &mut Findings) {
    let steps = public(matter);
    let given = || steps.iter().flat_map(|at| at.step.receives.iter().zip(&at.places.receives));
    let is_digital = given().any(|(given, _)| given.is_delivery && given.paper.medium != Medium::Paper);
    if is_digital {
        return;
    }
    for (given, span) in given().filter(|(given, _)| given.is_delivery) {
        // A card, a plate or a passport is a thing; what it says may still be delivered online.
        let kind = matter.document(&given.paper.document).map(|document| document.kind.as_str());
        if kind != Some("identite") {
            findings.add(Code::DeliveredOnPaper, *span, [given.paper.document.as_str()]);
        }
    }
}

pub fn handwritten_online(matter: &Matter<'_>, findings: &mut Findings) {
    for at in matter.steps().filter(|at| at.step.channel.is_online()) {
        if at.step.signature == Some(Signature::Handwritten) {
            findings.add(Code::HandwrittenOnline, matter.line(at.id, Rule::signs), [matter.name(at.id)]);
        }
    }
}
