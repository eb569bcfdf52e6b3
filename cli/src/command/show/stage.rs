//! One stage of a way: what is done there, where, and what is known of it.

use mastara_engine::{
    flow::{Guard, NodeId},
    node::{Clock, Decider, Means, Node, NodeKind, Payment, Provenance, Step},
};

use super::{maker::Maker, papers::usual_medium};
use crate::{
    figures::Mark,
    person::possible,
    view::sheet::{DetailView, PaymentView, StageView},
};

/// The stage of a node; `None` for forks, which are said of the branches, and for ends.
pub fn stage(maker: &Maker<'_>, id: NodeId, number: Option<usize>, parallel: bool) -> Option<StageView> {
    let node = maker.flow().node(id);
    let (phrases, words) = (&maker.phrases, maker.phrases.words);
    let by = |name| words.fill("show.by", &[&phrases.authority(name)]);
    let (kind, place) = match &node.kind {
        NodeKind::Step(step) => ("step", Some(phrases.channel(&step.channel))),
        NodeKind::Wait(authority) => ("wait", Some(by(authority.as_ref().unwrap_or(&maker.procedure.authority)))),
        NodeKind::Decision(Decider::Authority(authority)) => ("decision", Some(by(authority))),
        NodeKind::Decision(Decider::Person(_)) => ("choice", None),
        NodeKind::Decision(Decider::Facts) => ("facts", None),
        NodeKind::Fork | NodeKind::Outcome(_) => return None,
    };
    let effort = if let NodeKind::Step(step) = &node.kind { step.effort.as_ref() } else { None };
    let mut details = Vec::new();
    if let NodeKind::Step(step) = &node.kind {
        of_step(maker, id, step, &mut details);
    }
    if kind == "facts" {
        of_facts(maker, id, &mut details);
    }
    of_clock(maker, &node.clock, &mut details);
    of_origin(maker, node, &mut details);
    Some(StageView {
        id: node.name.to_string(),
        kind,
        number,
        title: maker.named(id).title,
        place,
        minutes: effort.map(|effort| effort.value),
        time: effort
            .map(|effort| Mark::of(true, effort.estimated).on(&phrases.figures().minutes(i64::from(effort.value)))),
        minutes_estimated: effort.is_some_and(|effort| effort.estimated),
        details,
        parallel,
    })
}

/// The payments of a step that the person may have to make.
pub fn payments(maker: &Maker<'_>, id: NodeId) -> Vec<PaymentView> {
    let node = maker.flow().node(id);
    let NodeKind::Step(step) = &node.kind else { return Vec::new() };
    let view = |payment: &Payment| {
        let when = maker.when(payment.when.as_ref())?;
        let answer = payment.amount.question().and_then(|question| maker.person.get(question));
        let text = maker.phrases.payment(payment);
        let text = match answer {
            Some(answer) => {
                let sum = maker.phrases.figures().dirhams(payment.amount.for_answer(answer).centimes());
                let sum = Mark::of(true, payment.estimated).on(&sum);
                maker.phrases.words.fill("phrase.bracket", &[&sum, &text])
            }
            None => text,
        };
        Some(PaymentView {
            text,
            means: means(payment.means),
            means_text: maker.phrases.means(payment.means).to_owned(),
            when,
            step: node.name.to_string(),
            legal: payment.legal.as_ref().map(|legal| maker.phrases.short_citation(legal)),
            estimated: payment.estimated,
        })
    };
    step.payments.iter().filter_map(view).collect()
}

fn of_step(maker: &Maker<'_>, id: NodeId, step: &Step, details: &mut Vec<DetailView>) {
    let (phrases, words) = (&maker.phrases, maker.phrases.words);
    let mut add = |kind: &'static str, text: String| details.push(maker.detail(kind, text));
    if let Some(identity) = step.identity {
        add("identity", phrases.identity(identity).to_owned());
    }
    if !step.asks.is_empty() {
        let asked = step.asks.iter().filter(|ask| maker.when(ask.when.as_ref()).is_some());
        let asked: Vec<_> = asked.map(|ask| phrases.question(ask.question)).collect();
        add("ask", asked.join(words.get("phrase.list")));
    }
    let papers = super::papers::papers(maker, &[id]);
    if !papers.is_empty() {
        // Of conditions that exclude each other, only one can hold.
        let count = match maker.flow().demanded_at(id, maker.person) {
            Some((least, most)) if least == most => most.to_string(),
            Some((least, most)) => format!("{least}–{most}"),
            None => words.get("show.papers.depends").to_owned(),
        };
        add("papers", count);
    }
    for exchange in &step.exchanges {
        let Some(when) = maker.when(exchange.when.as_ref()) else { continue };
        add("fetch", with(phrases.exchange(exchange), when));
    }
    if !step.fallbacks.is_empty() {
        let papers: Vec<_> = step.fallbacks.iter().map(|paper| phrases.paper(paper, usual_medium(step))).collect();
        add("fallback", papers.join(words.get("phrase.list")));
    }
    for payment in payments(maker, id) {
        add("pay", with(format!("{}{}{}", payment.text, words.get("phrase.comma"), payment.means_text), payment.when));
    }
    if let Some(signature) = step.signature {
        add("sign", phrases.signature(signature).to_owned());
    }
    for received in &step.receives {
        let Some(when) = maker.when(received.when.as_ref()) else { continue };
        let kind = if received.is_delivery { "deliver" } else { "receive" };
        add(kind, with(phrases.paper(&received.paper, usual_medium(step)), when));
    }
    if let Some(coverage) = &step.partial_coverage {
        let text = phrases.text(coverage);
        add("coverage", if text.is_empty() { words.get("show.partial").to_owned() } else { text });
    }
    for (procedure, document) in &step.calls {
        add("call", words.fill("show.call", &[&phrases.document(document), &maker.procedure_title(procedure)]));
    }
}

/// What the facts have to be for each branch that is still open.
fn of_facts(maker: &Maker<'_>, id: NodeId, details: &mut Vec<DetailView>) {
    let (phrases, branches) = (&maker.phrases, maker.flow().branches(id));
    let arrow = phrases.words.get("phrase.arrow");
    for at in possible::branches(maker.flow(), id, maker.person) {
        let (branch, to) = branches[at];
        if let Guard::When(condition) = &branch.guard
            && let Ok(rest) = possible::rest(condition, maker.person)
        {
            let text = format!("{} {arrow} {}", phrases.condition(&rest), maker.named(to).title);
            details.push(maker.detail("facts", text));
        }
    }
}

/// A text and its condition.
fn with(text: String, when: Option<String>) -> String {
    match when {
        Some(when) => format!("{text} — {when}"),
        None => text,
    }
}

/// The clock of a node in words.
fn of_clock(maker: &Maker<'_>, clock: &Clock, details: &mut Vec<DetailView>) {
    let (phrases, words) = (&maker.phrases, maker.phrases.words);
    let mut add = |kind: &'static str, text: String| details.push(maker.detail(kind, text));
    if let Some(legal) = &clock.legal {
        let text = words.fill("show.delay.legal", &[&phrases.known_delay(legal)]);
        add("delay", maker.cited(text, legal.legal.as_ref()));
    }
    if let Some(usual) = &clock.usual {
        add("usual", phrases.known_delay(usual));
    }
    if let Some(receipt) = &clock.receipt {
        add("receipt", maker.cited(phrases.receipt(receipt.value), receipt.legal.as_ref()));
    }
    if let Some(complement) = &clock.complement {
        add("complement", maker.cited(phrases.complement(complement), complement.legal.as_ref()));
    }
    if let Some(extension) = &clock.extension {
        add("extension", maker.cited(phrases.extension(extension), extension.legal.as_ref()));
    }
    if let Some(silence) = &clock.silence {
        add("silence", maker.cited(phrases.silence(silence).to_owned(), silence.legal.as_ref()));
    }
}

/// How well a node is known, and the law behind it.
fn of_origin(maker: &Maker<'_>, node: &Node, details: &mut Vec<DetailView>) {
    let words = maker.phrases.words;
    if !node.legal.is_empty() {
        let texts: Vec<_> = node.legal.iter().map(|legal| maker.phrases.short_citation(legal)).collect();
        details.push(maker.detail("law", texts.join(words.get("phrase.list"))));
    }
    if node.provenance == Provenance::Reconstructed {
        details.push(maker.detail("origin", words.get("provenance.reconstructed").to_owned()));
    }
}

/// Means as programs read them.
fn means(means: Means) -> &'static str {
    match means {
        Means::Online => "online",
        Means::Counter => "counter",
        Means::Stamp => "stamp",
        Means::Transfer => "transfer",
    }
}
