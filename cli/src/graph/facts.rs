//! The short facts that stand on an item, and the long description behind it.

use mastara_engine::node::{Amount, Clock, Medium, Node, NodeKind, Step};

use super::{scene::Subject, shape::Shape};
use crate::{figures::Mark, phrase::Phrases};

/// A short fact with its sign.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub sign: Sign,
    /// The figure.
    pub text: String,
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Papers to bring.
    Papers,
    /// What is paid.
    Fees,
    /// The person's minutes.
    Minutes,
    /// A delay of the administration.
    Delay,
    /// What the administration fetches itself.
    Fetched,
}

/// The facts of a node.
pub fn of(node: &Node, phrases: &Phrases<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let NodeKind::Step(step) = &node.kind {
        facts.extend(papers(step).map(|text| Fact { sign: Sign::Papers, text }));
        facts.extend(fetched(step).map(|text| Fact { sign: Sign::Fetched, text }));
        facts.extend(fees(step, phrases).map(|text| Fact { sign: Sign::Fees, text }));
        facts.extend(step.effort.as_ref().map(|effort| Fact {
            sign: Sign::Minutes,
            text: Mark::of(true, effort.estimated).on(&phrases.figures().minutes(i64::from(effort.value))),
        }));
    }
    facts.extend(delays(&node.clock, phrases).into_iter().map(|text| Fact { sign: Sign::Delay, text }));
    facts
}

/// How many papers are to be brought: `8`, or `8–12` if some depend on answers.
fn papers(step: &Step) -> Option<String> {
    let all = step.demands.len();
    let always = step.demands.iter().filter(|demand| demand.when.is_none()).count();
    let mark = Mark::of(true, step.demands.iter().any(|demand| demand.estimated));
    (all > 0).then(|| mark.on(&if always == all { all.to_string() } else { format!("{always}–{all}") }))
}

/// How many documents the administration fetches itself.
fn fetched(step: &Step) -> Option<String> {
    let count: usize = step.exchanges.iter().map(|exchange| exchange.documents.len()).sum();
    (count > 0).then(|| count.to_string())
}

/// What is paid: the sum of what everybody pays, `+` if some pay more; or the first formula.
fn fees(step: &Step, phrases: &Phrases<'_>) -> Option<String> {
    let fixed = |amount: &Amount| if let Amount::Fixed(sum) = amount { Some(sum.centimes()) } else { None };
    let always: Vec<_> = step.payments.iter().filter(|payment| payment.when.is_none()).collect();
    let sum: i64 = always.iter().filter_map(|payment| fixed(&payment.amount)).sum();
    let mark = Mark::of(true, step.payments.iter().any(|payment| payment.estimated));
    let has_more = step.payments.iter().any(|payment| payment.when.is_some() || fixed(&payment.amount).is_none());
    let most: Option<i64> = step.payments.iter().map(|payment| fixed(&payment.amount)).sum();
    let is_unknown = step.payments.iter().all(|payment| payment.amount == Amount::Unknown);
    let text = match (sum, most) {
        _ if step.payments.is_empty() => return None,
        _ if is_unknown => return Some(phrases.amount(&Amount::Unknown)),
        (0, None) => phrases.words.get("graph.fee.formula").to_owned(),
        (0, Some(most)) if has_more => phrases.words.fill("graph.fee.up-to", &[&phrases.figures().dirhams(most)]),
        (sum, _) if has_more => phrases.words.fill("graph.fee.from", &[&phrases.figures().dirhams(sum)]),
        (sum, _) => phrases.figures().dirhams(sum),
    };
    Some(mark.on(&text))
}

/// The legal delay and the usual one.
fn delays(clock: &Clock, phrases: &Phrases<'_>) -> Vec<String> {
    let legal =
        clock.legal.as_ref().map(|delay| phrases.words.fill("graph.delay.legal", &[&phrases.known_delay(delay)]));
    let usual =
        clock.usual.as_ref().map(|delay| phrases.words.fill("graph.delay.usual", &[&phrases.known_delay(delay)]));
    legal.into_iter().chain(usual).collect()
}

/// All that an item says, in lines: what it is, its title and place, its papers and facts.
pub fn description(subject: &Subject<'_>, node: &Node) -> String {
    let (phrases, words) = (&subject.phrases, subject.phrases.words);
    let kind = words.get(Shape::of(&node.kind).key());
    let title = phrases.text(&node.title);
    let mut lines = vec![if title.is_empty() { kind.to_owned() } else { words.fill("graph.item", &[kind, &title]) }];
    if let NodeKind::Step(step) = &node.kind {
        lines.push(phrases.channel(&step.channel));
        let usual = if step.channel.is_online() { Medium::Digital } else { Medium::Paper };
        for demand in &step.demands {
            let when = demand.when.as_ref().map(|when| format!(" ({})", phrases.when(when)));
            lines.push(format!("• {}{}", phrases.demand(demand, usual), when.unwrap_or_default()));
        }
        for payment in &step.payments {
            let when = payment.when.as_ref().map(|when| format!(" ({})", phrases.when(when)));
            lines.push(format!("{}{}", phrases.payment(payment), when.unwrap_or_default()));
        }
    }
    let minutes = of(node, phrases).into_iter().filter(|fact| matches!(fact.sign, Sign::Minutes | Sign::Delay));
    lines.extend(minutes.map(|fact| fact.text));
    lines.join("\n")
}

impl Sign {
    /// The symbol that stands for it.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Papers => "papers",
            Self::Fees => "fees",
            Self::Minutes => "minutes",
            Self::Delay => "delay",
            Self::Fetched => "fetched",
        }
    }
}
