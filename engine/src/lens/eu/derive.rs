//! The answers that a version of the catalogue gives to the questionnaire, each with what it rests on.

use std::collections::BTreeMap;

use super::{
    question::{Answer, Channel, Question},
    service::{Kind, Level, Service, Site},
};
use crate::{
    lens::{Evidence, Ground, Subject},
    node::{Identity, Medium, Provenance, Receives, Step},
    program::Fact,
    text::Name,
};

/// A service as the catalogue tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Its answers, on one site.
    pub service: Service,
    /// What each rests on.
    pub evidence: BTreeMap<(Channel, Question), Evidence>,
}

/// Answers the questionnaire for a version, as it stands in a year.
///
/// What a flow must say and does not is a no (a version without a receipt gives none); what no file says (support, design,
/// personal data) is unknown. On a flow that was put together from what is known, each answer is an estimate.
#[must_use]
pub fn derive(subject: &Subject<'_>, country: &Name, year: i16) -> Derived {
    let mut found = Found { subject, site: Site::new(), evidence: BTreeMap::new() };
    found.national();
    let procedure = subject.procedure;
    let service = Service {
        country: country.clone(),
        year,
        life_event: procedure.life_event.clone().unwrap_or_else(|| Name::from("")),
        name: procedure.id.clone(),
        kind: Kind::Transactional,
        level: level(subject),
        sites: vec![found.site],
    };
    Derived { service, evidence: found.evidence }
}

/// The level of the authority in charge.
fn level(subject: &Subject<'_>) -> Level {
    let authority = subject.vocabulary.authorities.get(&subject.procedure.authority);
    if authority.is_some_and(|authority| authority.kind.as_str() == "collectivite") {
        Level::Local
    } else {
        Level::Central
    }
}

struct Found<'s, 'c> {
    subject: &'s Subject<'c>,
    site: Site,
    evidence: BTreeMap<(Channel, Question), Evidence>,
}

impl<'c> Found<'_, 'c> {
    fn put(&mut self, question: Question, answer: Answer, grounds: Vec<Ground>, estimated: bool) {
        let key = (Channel::National, question);
        let is_rebuilt = self.subject.version.provenance == Provenance::Reconstructed;
        let estimated = answer != Answer::Unknown && (estimated || is_rebuilt);
        self.site.insert(key, answer);
        self.evidence.insert(key, Evidence { grounds, estimated });
    }

    /// Answers yes if anything grounds it, or else no.
    fn put_if_any(&mut self, question: Question, grounds: Vec<Ground>, estimated: bool) {
        self.put(question, Answer::of(!grounds.is_empty()), grounds, estimated);
    }

    fn national(&mut self) {
        for question in Question::ALL.into_iter().filter(|question| question.is_asked(Channel::National)) {
            self.put(question, Answer::Unknown, Vec::new(), false);
        }
        self.availability();
        self.delivery();
        self.identity();
        self.documents();
        self.sources();
    }

    /// Online: a compulsory step that is not keeps the service offline; information is online where the service is, where a
    /// portal is named, or where a source is a page of a portal.
    fn availability(&mut self) {
        let subject = self.subject;
        let is_automated = subject.measures.level >= 5;
        let steps: Vec<_> = subject.nominal().collect();
        let nodes = |is_so: fn(&Step) -> bool| -> Vec<Ground> {
            steps.iter().filter(|(_, step)| is_so(step)).map(|(id, _)| Ground::Node(*id)).collect()
        };
        self.put(Question::Automated, Answer::of(is_automated), Vec::new(), false);
        let online = nodes(|step| step.channel.is_online());
        let offline = nodes(|step| !step.channel.is_online() || step.partial_coverage.is_some());
        let mut portals = nodes(|step| matches!(step.channel, crate::node::Channel::Portal(_)));
        let is_online = offline.is_empty() && !online.is_empty();
        self.put(Question::A2, Answer::of(is_online), if is_online { online.clone() } else { offline }, false);
        if subject.procedure.portal.is_some() {
            portals.insert(0, Ground::Portal);
        }
        let cites = self.cites_portal();
        let mut informs = portals.clone();
        informs.extend(online.iter().filter(|ground| !portals.contains(ground)));
        if cites {
            informs.push(Ground::Source);
        }
        let information = if informs.is_empty() { Answer::Unknown } else { Answer::YES };
        self.put(Question::A1, information, informs, false);
        if cites {
            portals.push(Ground::Source);
        }
        let is_unnamed = !online.is_empty() && portals.is_empty();
        let portal = match (portals.is_empty(), is_unnamed || information == Answer::Unknown) {
            (false, _) => Answer::YES,
            (true, true) => Answer::Unknown,
            (true, false) => Answer::NO,
        };
        self.put(Question::A3, portal, portals, false);
    }

    /// Whether a source of the version or the file is a page of a portal of the vocabulary.
    fn cites_portal(&self) -> bool {
        let sources = self.subject.version.sources.iter().chain(&self.subject.procedure.sources);
        let mut hosts = self.subject.vocabulary.portals.values().filter_map(|portal| portal.url.as_deref());
        let texts: Vec<&str> = sources
            .flat_map(|source| crate::text::Lang::ALL.into_iter().filter_map(|lang| source.text.get(lang)))
            .collect();
        hosts.any(|host| texts.iter().any(|text| names_host(text, host)))
    }

    /// Receipt, delays: of any node, since the clock may run in a wait, a decision or a step.
    fn delivery(&mut self) {
        let flow = &self.subject.version.flow;
        let (mut receipts, mut legal, mut usual) = (Vec::new(), Vec::new(), Vec::new());
        let (mut legal_estimated, mut usual_estimated, mut receipt_estimated) = (true, true, true);
        for (id, node) in flow.nodes() {
            if let Some(receipt) = &node.clock.receipt {
                receipts.push(Ground::Receipt(id));
                receipt_estimated &= receipt.estimated;
            }
            if let Some(known) = &node.clock.legal {
                legal.push(Ground::LegalDelay(id));
                legal_estimated &= known.estimated;
            }
            if let Some(known) = node.clock.usual.as_ref().filter(|known| !known.estimated) {
                usual.push(Ground::UsualDelay(id));
                usual_estimated &= known.estimated;
            }
        }
        self.put_if_any(Question::C1, receipts.clone(), !receipts.is_empty() && receipt_estimated);
        // That we know no usual delay does not mean that the administration states none.
        if !usual.is_empty() {
            self.put(Question::C5, Answer::YES, usual, usual_estimated);
        }
        self.put_if_any(Question::C6, legal.clone(), !legal.is_empty() && legal_estimated);
    }

    fn identity(&mut self) {
        let steps: Vec<_> = self.subject.nominal().filter_map(|(id, step)| Some((id, step, step.identity?))).collect();
        if steps.is_empty() {
            return;
        }
        let at = |is_so: &dyn Fn(&Step, Identity) -> bool| -> Vec<Ground> {
            steps.iter().filter(|(_, step, level)| is_so(step, *level)).map(|(id, ..)| Ground::Identity(*id)).collect()
        };
        self.put(Question::F1, Answer::YES, at(&|_, _| true), false);
        let remote = at(&|step, level| step.channel.is_online() && level >= Identity::Account);
        let in_person = at(&|_, level| level == Identity::InPerson);
        let is_online = !remote.is_empty() && in_person.is_empty();
        self.put(Question::F2, Answer::of(is_online), if is_online { remote } else { in_person }, false);
        let card = at(&|step, level| step.channel.is_online() && level >= Identity::Card);
        self.put_if_any(Question::F3, card, false);
    }

    fn documents(&mut self) {
        let subject = self.subject;
        let (mut demands, mut paper_only, mut estimated) = (Vec::new(), Vec::new(), false);
        let (mut received, mut received_on_paper) = (Vec::new(), Vec::new());
        for (id, step) in subject.nominal() {
            for (rank, demand) in step.demands.iter().enumerate() {
                let fact = Fact::Demand(rank);
                if subject.applies(id, fact) {
                    demands.push(Ground::Fact(id, fact));
                    estimated |= demand.estimated;
                    if demand.any_of.iter().all(|paper| paper.medium == Medium::Paper) {
                        paper_only.push(Ground::Fact(id, fact));
                    }
                }
            }
            for (rank, Receives { paper, is_delivery, .. }) in step.receives.iter().enumerate() {
                let fact = Fact::Receives(rank);
                if *is_delivery && subject.applies(id, fact) {
                    received.push(Ground::Fact(id, fact));
                    if paper.medium == Medium::Paper {
                        received_on_paper.push(Ground::Fact(id, fact));
                    }
                }
            }
        }
        let mut needed = demands.clone();
        needed.extend(&received);
        self.put_if_any(Question::DocumentsNeeded, needed, estimated);
        let settle = |all: Vec<Ground>, on_paper: Vec<Ground>| match (all.is_empty(), on_paper.is_empty()) {
            (true, _) => (Answer::NotApplicable, all),
            (false, true) => (Answer::YES, all),
            (false, false) => (Answer::NO, on_paper),
        };
        let (answer, grounds) = settle(demands, paper_only);
        self.put(Question::DocumentsSubmitted, answer, grounds, estimated);
        let (answer, grounds) = settle(received.clone(), received_on_paper.clone());
        self.put(Question::DocumentsObtained, answer, grounds, false);
        // Digital post: by it comes what is delivered without a trip.
        let (answer, grounds) = settle(received, received_on_paper);
        let post = match level(subject) {
            Level::Local => [Question::PostLocal, Question::PostCentral],
            _ => [Question::PostCentral, Question::PostLocal],
        };
        self.put(post[0], answer, grounds, false);
        self.put(post[1], Answer::NotApplicable, Vec::new(), false);
    }

    /// There is a form where a step is online; it is pre-filled where one of them fetches something in place of the person.
    fn sources(&mut self) {
        let subject = self.subject;
        let (mut forms, mut fetched) = (Vec::new(), Vec::new());
        for (id, step) in subject.nominal() {
            if !step.channel.is_online() {
                continue;
            }
            forms.push(Ground::Node(id));
            for rank in 0..step.exchanges.len() {
                let fact = Fact::Exchange(rank);
                if subject.applies(id, fact) {
                    fetched.push(Ground::Fact(id, fact));
                }
            }
        }
        self.put_if_any(Question::Form, forms, false);
        self.put_if_any(Question::Prefilled, fetched, false);
    }
}

/// Whether a text names this host, not merely one that ends or begins like it.
fn names_host(text: &str, host: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(host).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + host.len()..].chars().next();
        !before.is_some_and(is_inside) && !after.is_some_and(is_inside)
    })
}
