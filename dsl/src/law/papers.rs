//! Papers: how many, in which form, how often, and who holds them already (law 55-19, arts. 4.8, 7, 8, 10, 23, 24; law
//! 04-20, art. 11).

use std::collections::BTreeSet;

use mastara_engine::{
    node::{Demand, Exchange, Form, Paper},
    text::Name,
};

use super::matter::{At, Matter, ahead};
use crate::{
    finding::{Code, Findings},
    source::Span,
};

/// The papers that the card dispenses from (law 04-20, art. 11).
const COVERED: &[&str] = &[
    "extrait-acte-naissance",
    "copie-integrale-acte-naissance",
    "certificat-residence",
    "certificat-residence-aal",
    "certificat-residence-dgsn",
    "certificat-vie",
    "certificat-nationalite",
];

/// Papers that only say what the person knows of themselves.
const DECLARABLE: &[&str] = &[
    "certificat-residence-aal",
    "certificat-celibat",
    "certificat-vie",
    "certificat-vie-collective",
    "attestation-non-emploi",
    "attestation-non-perception-af",
    "attestation-non-pension",
];

/// Each paper that has to be brought to an administration, with its line.
fn papers<'a>(matter: &'a Matter<'_>) -> impl Iterator<Item = (At<'a>, &'a Demand, &'a Paper, Span)> {
    let demands = matter.public_steps().flat_map(|at| at.demands().map(move |(demand, span)| (at, demand, span)));
    demands.flat_map(|(at, demand, span)| demand.any_of.iter().map(move |paper| (at, demand, paper, span)))
}

pub fn copies_over_one(matter: &Matter<'_>, findings: &mut Findings) {
    for (_, _, paper, span) in papers(matter) {
        let is_photo = matter.document(&paper.document).is_some_and(|document| document.kind.as_str() == "photo");
        if paper.copies > 1 && !is_photo {
            findings.add(Code::CopiesOverOne, span, [paper.document.as_str(), &paper.copies.to_string()]);
        }
    }
}

pub fn legalised_signature(matter: &Matter<'_>, findings: &mut Findings) {
    for (_, _, paper, span) in papers(matter).filter(|(_, _, paper, _)| paper.form == Form::Legalised) {
        findings.add(Code::LegalisedSignature, span, [paper.document.as_str()]);
    }
}

pub fn public_paper(matter: &Matter<'_>, findings: &mut Findings) {
    for (_, _, paper, span) in papers(matter) {
        if matter.document(&paper.document).is_some_and(|document| document.is_public) {
            findings.add(Code::PublicPaper, span, [paper.document.as_str()]);
        }
    }
}

pub fn certified_copy(matter: &Matter<'_>, findings: &mut Findings) {
    for (_, _, paper, span) in papers(matter).filter(|(_, _, paper, _)| paper.form == Form::Certified) {
        findings.add(Code::CertifiedCopy, span, [paper.document.as_str()]);
    }
}

/// A trip only to have copies certified or a signature legalised for another counter.
pub fn certified_elsewhere(matter: &Matter<'_>, findings: &mut Findings) {
    let is_office = |at: &At<'_>| at.step.channel.place().is_some_and(|place| place.as_str() == "bureau-legalisation");
    // Where the office delivers, certifying is the procedure.
    let delivers = |at: At<'_>| at.step.receives.iter().any(|given| given.is_delivery);
    if matter.steps().filter(is_office).any(delivers) {
        return;
    }
    for at in matter.steps().filter(is_office) {
        // Not what nobody else asks for, nor the form that a law gives to a deed.
        let given = &at.step.receives;
        let is_given = |paper: &Paper| given.iter().any(|given| given.paper.document == paper.document);
        let is_asked = papers(matter).any(|(other, _, paper, _)| other.id != at.id && is_given(paper));
        let legal = &matter.flow().node(at.id).legal;
        if (given.is_empty() || is_asked) && legal.iter().all(|citation| citation.text.as_str() == "loi-55-19") {
            findings.add(Code::CertifiedElsewhere, matter.span(at.id), [matter.name(at.id)]);
        }
    }
}

/// Two demands of one paper that leave no choice, on one way that someone can go: the second one.
fn twice<'a>(matter: &'a Matter<'_>) -> Vec<(&'a Name, At<'a>, At<'a>, Span)> {
    let steps: Vec<At<'_>> = matter.public_steps().collect();
    let mut found: Vec<(&Name, At<'_>, At<'_>, Span)> = Vec::new();
    for way in matter.ways() {
        let passed = matter.passed(way, &steps);
        for (place, later) in passed.iter().enumerate() {
            for (demand, span) in later.demands() {
                let Some(document) = asked(matter, *later, demand) else { continue };
                if found.iter().any(|(known, _, at, _)| *known == document && at.id == later.id) {
                    continue;
                }
                let earlier = passed[..place].iter().filter(|earlier| earlier.id != later.id);
                let first = earlier.copied().find(|earlier| {
                    earlier.demands().any(|(first, _)| {
                        let conditions = first.when.iter().chain(&demand.when);
                        asked(matter, *earlier, first) == Some(document) && matter.can_hold(way, conditions)
                    })
                });
                if let Some(first) = first {
                    found.push((document, first, *later, span));
                }
            }
        }
    }
    found
}

/// The paper of a demand that leaves no choice, if bringing it twice would be one time too many: what is only shown, or was
/// given on the way, may be asked for again.
fn asked<'a>(matter: &Matter<'_>, at: At<'_>, demand: &'a Demand) -> Option<&'a Name> {
    let [paper] = &demand.any_of[..] else { return None };
    let is_form = matter.document(&paper.document).is_some_and(|document| document.kind.as_str() == "formulaire");
    (!is_form && !is_shown(matter, at, paper) && !matter.gives(&paper.document)).then_some(&paper.document)
}

/// Whether a paper is only shown: an original, or an identity card at a counter.
fn is_shown(matter: &Matter<'_>, at: At<'_>, paper: &Paper) -> bool {
    let is_identity = matter.document(&paper.document).is_some_and(|document| document.kind.as_str() == "identite");
    paper.form == Form::Original || is_identity && paper.form == Form::Plain && at.step.channel.place().is_some()
}

pub fn paper_asked_twice(matter: &Matter<'_>, findings: &mut Findings) {
    for (document, first, later, span) in twice(matter) {
        if !first.step.channel.is_online() || later.step.channel.is_online() {
            findings.add(Code::PaperAskedTwice, span, [document.as_str(), matter.name(first.id)]);
        }
    }
}

pub fn paper_after_upload(matter: &Matter<'_>, findings: &mut Findings) {
    for (document, first, later, span) in twice(matter) {
        if first.step.channel.is_online() && !later.step.channel.is_online() {
            findings.add(Code::PaperAfterUpload, span, [document.as_str(), matter.name(first.id)]);
        }
    }
}

pub fn question_asked_twice(matter: &Matter<'_>, findings: &mut Findings) {
    let steps: Vec<At<'_>> = matter.public_steps().collect();
    let mut said = BTreeSet::new();
    for way in matter.ways() {
        let passed = matter.passed(way, &steps);
        for (place, later) in passed.iter().enumerate() {
            for (ask, span) in later.step.asks.iter().zip(&later.places.asks) {
                let is_first = !passed[..place].iter().any(|earlier| {
                    earlier.id != later.id
                        && earlier.step.asks.iter().any(|first| {
                            first.question == ask.question && matter.can_hold(way, first.when.iter().chain(&ask.when))
                        })
                });
                if !is_first && said.insert((ask.question, later.id)) {
                    let question = &matter.flow().questions()[usize::from(ask.question.0)];
                    findings.add(Code::QuestionAskedTwice, *span, [question.name.as_str()]);
                }
            }
        }
    }
}

/// Back to a step that asks for papers: the whole file again, where only what is missing may be asked for.
pub fn file_again(matter: &Matter<'_>, findings: &mut Findings) {
    for at in matter.steps() {
        // An arrow up the file to a step that nobody has passed by then is no return.
        let behind = ahead(matter.flow(), at.id);
        let returns = matter.flow().sources(at.id).any(|from| from > at.id && behind.contains(&from));
        let asked = at.step.demands.iter().filter(|demand| demand.when.is_none()).count();
        if returns && asked > 1 {
            findings.add(Code::FileAgain, matter.span(at.id), [matter.name(at.id), &asked.to_string()]);
        }
    }
}

pub fn own_document(matter: &Matter<'_>, findings: &mut Findings) {
    for (at, document, span) in held(matter) {
        if issuer_is_met(matter, at, document) {
            findings.add(Code::OwnDocument, span, [document.as_str()]);
        }
    }
}

pub fn held_document(matter: &Matter<'_>, findings: &mut Findings) {
    for (at, document, span) in held(matter) {
        let register = matter
            .vocabulary
            .registers
            .iter()
            .find(|(_, register)| register.supplies.contains(document) && matter.can_ask(register));
        if let Some((register, _)) = register
            && !issuer_is_met(matter, at, document)
        {
            findings.add(Code::HeldDocument, span, [document.as_str(), register.as_str()]);
        }
    }
}

/// Papers asked for in copy that an administration holds. One that is handed back, shown, or renewed here is none of them.
fn held<'a>(matter: &'a Matter<'_>) -> Vec<(At<'a>, &'a Name, Span)> {
    let is_held = |name: &Name| matter.document(name).is_some_and(|document| document.is_held);
    papers(matter)
        .filter(|(at, demand, paper, _)| {
            demand.any_of.len() == 1 && !is_shown(matter, *at, paper) && is_held(&paper.document)
        })
        .filter(|(_, _, paper, _)| !matter.gives(&paper.document))
        .map(|(at, _, paper, span)| (at, &paper.document, span))
        .collect()
}

/// Whether who asks for a paper is who issued it.
fn issuer_is_met(matter: &Matter<'_>, at: At<'_>, document: &Name) -> bool {
    let issuer = matter.document(document).and_then(|document| document.issuer.as_ref());
    // "The body concerned" stands for any.
    issuer
        .filter(|issuer| issuer.as_str() != "ADMINISTRATION")
        .is_some_and(|issuer| Some(issuer) == at.step.agency.as_ref() || *issuer == matter.procedure.authority)
}

pub fn known_answer(matter: &Matter<'_>, findings: &mut Findings) {
    for at in matter.steps() {
        for (ask, span) in at.step.asks.iter().zip(&at.places.asks) {
            let question = &matter.flow().questions()[usize::from(ask.question.0)];
            let is_fetched = at.step.exchanges.iter().any(|exchange| exchange.answers.contains(&ask.question));
            let Some(name) = question.known_by.as_ref().filter(|_| !is_fetched) else { continue };
            if matter.vocabulary.registers.get(name).is_none_or(|register| matter.can_ask(register)) {
                findings.add(Code::KnownAnswer, *span, [question.name.as_str(), name.as_str()]);
            }
        }
    }
}

/// Whether who asks a register is who keeps it: only what others hold is fetched (arts. 23 and 24).
fn keeps(matter: &Matter<'_>, at: At<'_>, exchange: &Exchange) -> bool {
    let keeper = matter.vocabulary.registers.get(&exchange.register).map(|register| &register.authority);
    keeper.is_some_and(|keeper| Some(keeper) == at.step.agency.as_ref() || *keeper == matter.procedure.authority)
}

pub fn exchange_without_consent(matter: &Matter<'_>, findings: &mut Findings) {
    for at in matter.steps() {
        for (exchange, span) in at.step.exchanges.iter().zip(&at.places.exchanges) {
            if !keeps(matter, at, exchange) && !exchange.consent && !exchange.documents.is_empty() {
                findings.add(Code::ExchangeWithoutConsent, *span, [exchange.register.as_str()]);
            }
        }
    }
}

pub fn exchange_without_fallback(matter: &Matter<'_>, findings: &mut Findings) {
    for at in matter.steps().filter(|at| at.step.fallbacks.is_empty()) {
        for (exchange, span) in at.step.exchanges.iter().zip(&at.places.exchanges) {
            // Who is identified by the card needs no fallback for the card; a number is no paper that one could bring.
            let is_paper = |name: &Name| matter.document(name).is_none_or(|document| document.is_paper);
            let mut papers = exchange.documents.iter().filter(|name| name.as_str() != "cnie" && is_paper(name));
            if !keeps(matter, at, exchange) && papers.next().is_some() {
                findings.add(Code::ExchangeWithoutFallback, *span, [exchange.register.as_str()]);
            }
        }
    }
}

pub fn card_covers(matter: &Matter<'_>, findings: &mut Findings) {
    let steps: Vec<At<'_>> = matter.steps().collect();
    let mut said = BTreeSet::new();
    for way in matter.ways() {
        let passed = matter.passed(way, &steps);
        let cards: Vec<_> = passed
            .iter()
            .flat_map(|at| at.demands())
            .filter(|(demand, _)| matches!(&demand.any_of[..], [card] if card.document.as_str() == "cnie"))
            .map(|(demand, _)| &demand.when)
            .collect();
        for (demand, span) in passed.iter().flat_map(|at| at.demands()) {
            let [paper] = &demand.any_of[..] else { continue };
            let is_covered = COVERED.contains(&paper.document.as_str());
            let has_card = cards.iter().any(|card| matter.can_hold(way, card.iter().chain(&demand.when)));
            if is_covered && has_card && said.insert((paper.document.clone(), span)) {
                findings.add(Code::CardCovers, span, [paper.document.as_str()]);
            }
        }
    }
}

pub fn declaration_would_do(matter: &Matter<'_>, findings: &mut Findings) {
    for (_, demand, paper, span) in papers(matter) {
        if demand.any_of.len() == 1 && DECLARABLE.contains(&paper.document.as_str()) {
            findings.add(Code::DeclarationWouldDo, span, [paper.document.as_str()]);
        }
    }
}
