//! Before and after, fact by fact, in words.

use mastara_engine::{
    condition::Condition,
    node::{Citation, Clock, Decider, Known, Medium, Nature, Node, NodeKind, Step},
    text::Name,
};

use super::Phrases;
use crate::{figures::Mark, locale::Words};

/// Something that is another on the other side. Nothing on both sides: it is another, and no words say how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What: the last part of its key.
    pub what: &'static str,
    /// Before; nothing if it is new.
    pub before: String,
    /// After; nothing if it is gone.
    pub after: String,
}

impl Edit {
    /// That something is another, without saying how.
    pub fn touched(what: &'static str) -> Self {
        Self { what, before: String::new(), after: String::new() }
    }

    /// In words.
    pub fn told(&self, words: &Words) -> String {
        let what = words.get(&format!("edit.what.{}", self.what)).to_owned();
        match (self.before.as_str(), self.after.as_str()) {
            ("", "") => words.fill("edit.touched", &[&what]),
            ("", after) => words.fill("edit.new", &[&what, after]),
            (before, "") => words.fill(if is_asked(self.what) { "edit.gone" } else { "edit.taken" }, &[&what, before]),
            (before, after) => words.fill("edit.other", &[&what, before, after]),
        }
    }
}

/// Whether it is something that the person is asked for.
fn is_asked(what: &str) -> bool {
    matches!(what, "paper" | "payment" | "identity" | "signature" | "step" | "ask" | "exchange" | "received" | "call")
}

/// A fact, told so that it can be held against another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is: the last part of its key.
    pub what: &'static str,
    /// Facts of a kind are held against each other only if this is the same.
    pub key: String,
    /// In words.
    pub text: String,
    /// What is told besides only where it is another: its condition, its legal text.
    pub besides: [String; 2],
}

impl Fact {
    /// A fact of which a node or a header has one.
    pub fn new(what: &'static str, text: impl Into<String>) -> Self {
        Self { what, key: String::new(), text: text.into(), besides: [String::new(), String::new()] }
    }

    /// Only held against facts of the same key.
    pub fn keyed(self, key: impl ToString) -> Self {
        Self { key: key.to_string(), ..self }
    }

    fn of(self, name: Option<&Name>) -> Self {
        let key = name.map_or_else(String::new, ToString::to_string);
        self.keyed(key)
    }

    fn on(mut self, when: Option<&Condition>, legal: Option<&Citation>, phrases: &Phrases<'_>) -> Self {
        self.besides = [
            when.map_or_else(String::new, |when| phrases.when(when)),
            legal.map_or_else(String::new, |legal| phrases.short_citation(legal)),
        ];
        self
    }

    /// The words, with what is another on the other side; all of it if there is none.
    fn told(&self, other: Option<&Self>) -> String {
        let mut text = self.text.clone();
        for (at, besides) in self.besides.iter().enumerate() {
            if !besides.is_empty() && other.is_none_or(|other| other.besides[at] != *besides) {
                text = if at == 0 { format!("{text} — {besides}") } else { format!("{text} ({besides})") };
            }
        }
        text
    }
}

/// What is another from some facts to others.
pub fn between(before: Vec<Fact>, after: Vec<Fact>) -> Vec<Edit> {
    let mut rest = after;
    let mut changed: Vec<Fact> = Vec::new();
    for fact in before {
        match rest.iter().position(|other| *other == fact) {
            Some(same) => drop(rest.remove(same)),
            None => changed.push(fact),
        }
    }
    let mut edits = Vec::new();
    for fact in changed {
        let heir = rest.iter().position(|other| (other.what, &other.key) == (fact.what, &fact.key));
        let heir = heir.map(|at| rest.remove(at));
        let after = heir.as_ref().map_or_else(String::new, |heir| heir.told(Some(&fact)));
        edits.push(Edit { what: fact.what, before: fact.told(heir.as_ref()), after });
    }
    let new = rest.iter().map(|fact| Edit { what: fact.what, before: String::new(), after: fact.told(None) });
    edits.extend(new);
    edits
}

/// What is another in a node; each side in its own words.
pub fn edits(nodes: [&Node; 2], phrases: [&Phrases<'_>; 2]) -> Vec<Edit> {
    let [before, after] = nodes;
    if before.step().is_some() && after.step().is_none() {
        let title = phrases[0].text(&before.title);
        return vec![Edit { what: "step", before: title, after: String::new() }];
    }
    let mut edits = between(facts(before, phrases[0]), facts(after, phrases[1]));
    if before.sources != after.sources {
        edits.push(Edit::touched("sources"));
    }
    edits
}

/// The facts of a node.
fn facts(node: &Node, phrases: &Phrases<'_>) -> Vec<Fact> {
    let mut facts = vec![Fact::new("title", phrases.text(&node.title))];
    match &node.kind {
        NodeKind::Step(step) => of_step(step, phrases, &mut facts),
        NodeKind::Wait(Some(authority)) | NodeKind::Decision(Decider::Authority(authority)) => {
            facts.push(Fact::new("authority", phrases.authority(authority)));
        }
        NodeKind::Outcome(nature) => facts.push(Fact::new("outcome", phrases.words.get(nature_key(*nature)))),
        NodeKind::Wait(None) | NodeKind::Decision(_) | NodeKind::Fork => {}
    }
    of_clock(&node.clock, phrases, &mut facts);
    let law = |citation: &Citation| phrases.citation(citation);
    facts.extend(node.legal.iter().map(|citation| Fact::new("law", law(citation)).keyed(&citation.text)));
    facts.retain(|fact| !fact.text.is_empty());
    facts
}

fn of_step(step: &Step, phrases: &Phrases<'_>, facts: &mut Vec<Fact>) {
    facts.push(Fact::new("channel", phrases.channel(&step.channel)));
    facts.extend(step.agency.as_ref().map(|agency| Fact::new("authority", phrases.authority(agency))));
    if let Some(effort) = &step.effort {
        let minutes = phrases.figures().minutes(i64::from(effort.value));
        facts.push(Fact::new("effort", Mark::of(true, effort.estimated).on(&minutes)));
    }
    // A demand that a reform took away leaves an empty one.
    for demand in step.demands.iter().filter(|demand| !demand.any_of.is_empty()) {
        let text = Mark::of(true, demand.estimated).on(&phrases.demand(demand, Medium::Both));
        let fact = Fact::new("paper", text).of(demand.any_of.first().map(|paper| &paper.document));
        facts.push(fact.on(demand.when.as_ref(), demand.legal.as_ref(), phrases));
    }
    for exchange in &step.exchanges {
        let fact = Fact::new("exchange", phrases.exchange(exchange)).keyed(&exchange.register);
        facts.push(fact.on(exchange.when.as_ref(), None, phrases));
    }
    for paper in &step.fallbacks {
        facts.push(Fact::new("fallback", phrases.paper(paper, Medium::Both)).keyed(&paper.document));
    }
    for received in &step.receives {
        let what = if received.is_delivery { "delivered" } else { "received" };
        let fact = Fact::new(what, phrases.paper(&received.paper, Medium::Both)).keyed(&received.paper.document);
        facts.push(fact.on(received.when.as_ref(), None, phrases));
    }
    for payment in &step.payments {
        let fact = Fact::new("payment", phrases.paid(payment));
        facts.push(fact.on(payment.when.as_ref(), payment.legal.as_ref(), phrases));
    }
    for ask in &step.asks {
        let title = phrases.question(ask.question);
        facts.push(Fact::new("ask", title.clone()).keyed(title).on(ask.when.as_ref(), None, phrases));
    }
    facts.extend(step.identity.map(|identity| Fact::new("identity", phrases.identity(identity))));
    facts.extend(step.signature.map(|signature| Fact::new("signature", phrases.signature(signature))));
    facts.extend(step.partial_coverage.as_ref().map(|coverage| {
        let text = phrases.text(coverage);
        Fact::new("coverage", if text.is_empty() { phrases.words.get("show.partial").to_owned() } else { text })
    }));
    let call = |(procedure, document): &(Name, Name)| {
        let text =
            phrases.words.fill("show.call", &[&phrases.document(document), &phrases.words.id(procedure.as_str())]);
        Fact::new("call", text).keyed(document)
    };
    facts.extend(step.calls.iter().map(call));
}

fn of_clock(clock: &Clock, phrases: &Phrases<'_>, facts: &mut Vec<Fact>) {
    let mut add = |what, text: Option<String>, legal: Option<&Citation>| {
        facts.extend(text.map(|text| Fact::new(what, text).on(None, legal, phrases)));
    };
    let legal = clock.legal.as_ref();
    add("delay", legal.map(|delay| phrases.known_delay(delay)), legal.and_then(cited));
    let usual = clock.usual.as_ref();
    add("usual", usual.map(|delay| phrases.known_delay(delay)), usual.and_then(cited));
    let receipt = clock.receipt.as_ref();
    add("receipt", receipt.map(|receipt| phrases.receipt(receipt.value)), receipt.and_then(cited));
    let complement = clock.complement.as_ref();
    add("complement", complement.map(|own| phrases.complement(own)), complement.and_then(|own| own.legal.as_ref()));
    let extension = clock.extension.as_ref();
    add("extension", extension.map(|own| phrases.extension(own)), extension.and_then(|own| own.legal.as_ref()));
    let silence = clock.silence.as_ref();
    let told = silence.map(|silence| phrases.silence(silence).to_owned());
    add("silence", told, silence.and_then(|own| own.legal.as_ref()));
    add("reasons", clock.reasons.then(|| phrases.words.get("show.reasons").to_owned()), None);
    let appeal = clock.appeal.as_ref();
    add("appeal", appeal.map(|own| phrases.appeal(own)), appeal.and_then(|own| own.legal.as_ref()));
}

fn cited<T>(known: &Known<T>) -> Option<&Citation> {
    known.legal.as_ref()
}

const fn nature_key(nature: Nature) -> &'static str {
    match nature {
        Nature::Granted => "graph.outcome.granted",
        Nature::Refused => "graph.outcome.refused",
        Nature::Lapsed => "graph.outcome.lapsed",
        Nature::Withdrawn => "graph.outcome.withdrawn",
    }
}
