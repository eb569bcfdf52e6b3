//! A version in a page of text: its nodes with their place and papers, the ways out, and what it measures.
//!
//! INVARIANT: titles are left out, so that rewording a title changes no snapshot.

use std::fmt::Write as _;

use mastara_engine::{
    answers::Answers,
    condition::{Condition, Kind, Question, QuestionId},
    flow::{Branch, Flow, Guard, NodeId},
    measure::{Measures, Range},
    node::{Amount, Channel, Decider, Form, Medium, Node, NodeKind, Paper, Step},
    procedure::{ClaimMeasure, Procedure, Version},
    program::Program,
};

/// All versions of a procedure.
#[must_use]
pub fn procedure(procedure: &Procedure) -> String {
    let versions = procedure.versions.iter().map(version);
    versions.collect::<Vec<_>>().join("\n")
}

fn version(version: &Version) -> String {
    let planned = if version.is_planned { " planned" } else { "" };
    let known = format!("{:?}", version.provenance).to_lowercase();
    let fees = if version.flow.has_unknown_fees() { ", fees unknown" } else { "" };
    let mut out = format!("version {} from {}{planned}, {known}{fees}\n", version.name.as_str(), version.from);
    for (id, node) in version.flow.nodes() {
        let _ = writeln!(out, "  {} {}", node.name.as_str(), opening(node));
        for fact in facts(&version.flow, node) {
            let _ = writeln!(out, "      {fact}");
        }
        for (branch, to) in version.flow.branches(id) {
            let _ = writeln!(out, "    {}", way(&version.flow, branch, to));
        }
    }
    out + &measures(version)
}

/// What kind of node it is, and where.
fn opening(node: &Node) -> String {
    match &node.kind {
        NodeKind::Step(step) => format!("step {}", place(&step.channel)),
        NodeKind::Decision(Decider::Facts) => "decision on facts".to_owned(),
        NodeKind::Decision(Decider::Person(_)) => "choice".to_owned(),
        NodeKind::Decision(Decider::Authority(authority)) => format!("decision by {}", authority.as_str()),
        NodeKind::Wait(authority) => {
            authority.as_ref().map_or_else(|| "wait".to_owned(), |authority| format!("wait for {}", authority.as_str()))
        }
        NodeKind::Fork => "fork".to_owned(),
        NodeKind::Outcome(nature) => format!("outcome {}", format!("{nature:?}").to_lowercase()),
    }
}

fn place(channel: &Channel) -> String {
    match channel {
        Channel::Counter(place) => format!("at {}", place.as_str()),
        Channel::Private(place) => format!("with {}", place.as_str()),
        Channel::Online => "online".to_owned(),
        Channel::Portal(portal) => format!("online on {}", portal.as_str()),
        Channel::Post => "by post".to_owned(),
        Channel::Phone => "by phone".to_owned(),
        Channel::Home => "at home".to_owned(),
    }
}

fn facts(flow: &Flow, node: &Node) -> Vec<String> {
    let mut facts = Vec::new();
    if let NodeKind::Step(step) = &node.kind {
        facts.extend(step.effort.as_ref().map(|effort| format!("{} min", effort.value)));
        papers(flow, step, &mut facts);
        payments(flow, step, &mut facts);
    }
    let clock = &node.clock;
    let days = |word: &str, days: u32| format!("{word} {days} d");
    facts.extend(clock.legal.as_ref().map(|known| days("deadline", known.value.calendar_days())));
    facts.extend(clock.usual.as_ref().map(|known| days("usual", known.value.calendar_days())));
    facts.extend(clock.silence.as_ref().map(|silence| {
        let effect = if silence.is_consent { "consent" } else { "rejection" };
        format!("silence is {effect}")
    }));
    if !node.replaces.is_empty() {
        let names: Vec<_> = node.replaces.iter().map(|name| name.as_str()).collect();
        facts.push(format!("replaces {}", names.join(", ")));
    }
    facts
}

fn papers(flow: &Flow, step: &Step, facts: &mut Vec<String>) {
    for demand in &step.demands {
        let any: Vec<_> = demand.any_of.iter().map(|item| paper(item, &step.channel)).collect();
        facts.push(format!("needs {}{}", any.join(" or "), when(flow, demand.when.as_ref())));
    }
    for exchange in &step.exchanges {
        let documents = exchange.documents.iter().map(|name| name.as_str().to_owned());
        let answers = exchange.answers.iter().map(|id| question(flow, *id).name.as_str().to_owned());
        let what: Vec<_> = documents.chain(answers).collect();
        let register = exchange.register.as_str();
        facts.push(format!("fetches {} from {register}{}", what.join(", "), when(flow, exchange.when.as_ref())));
    }
    for receives in &step.receives {
        let word = if receives.is_delivery { "delivers" } else { "gives" };
        let item = paper(&receives.paper, &step.channel);
        facts.push(format!("{word} {item}{}", when(flow, receives.when.as_ref())));
    }
}

fn payments(flow: &Flow, step: &Step, facts: &mut Vec<String>) {
    for payment in &step.payments {
        let dirhams =
            |sum: mastara_engine::quantity::Dirhams| format!("{} dh", figure(ClaimMeasure::Fees, sum.centimes()));
        let amount = match &payment.amount {
            Amount::Fixed(sum) => dirhams(*sum),
            Amount::Unknown => "an unknown amount".to_owned(),
            Amount::Part { question: id, basis_points, .. } => {
                let points = f64::from(*basis_points) / 100.0;
                format!("{points} % of {}", question(flow, *id).name.as_str())
            }
            Amount::PerUnit { question: id, each, .. } => {
                format!("{} a unit of {}", dirhams(*each), question(flow, *id).name.as_str())
            }
        };
        let means = format!("{:?}", payment.means).to_lowercase();
        facts.push(format!("pays {amount}, {means}{}", when(flow, payment.when.as_ref())));
    }
}

/// A paper, with its form, its copies, and its medium where it is not the one of the channel.
fn paper(paper: &Paper, channel: &Channel) -> String {
    let mut text = paper.document.as_str().to_owned();
    if paper.form != Form::Plain {
        text += &format!(" {:?}", paper.form).to_lowercase();
    }
    let usual = if channel.is_online() { Medium::Digital } else { Medium::Paper };
    if paper.medium != usual {
        text += &format!(" {:?}", paper.medium).to_lowercase();
    }
    if paper.copies > 1 {
        text += &format!(" x{}", paper.copies);
    }
    text
}

fn way(flow: &Flow, branch: &Branch, to: NodeId) -> String {
    let guard = match &branch.guard {
        Guard::Always => String::new(),
        Guard::When(condition) => format!("if {} ", shown(flow, condition)),
        Guard::Ruled(case) => format!("{} ", case.as_str()),
        Guard::Else => "else ".to_owned(),
        Guard::Silence => "silence ".to_owned(),
        Guard::Parallel => "together ".to_owned(),
        Guard::Join => "then ".to_owned(),
    };
    let share =
        branch.share.map_or_else(String::new, |share| format!("{} % ", f64::from(share.basis_points()) / 100.0));
    let again = branch.at_most.map_or_else(String::new, |times| format!(" at most {times}"));
    format!("{guard}{share}-> {}{again}", flow.node(to).name.as_str())
}

fn when(flow: &Flow, condition: Option<&Condition>) -> String {
    condition.map_or_else(String::new, |condition| format!(" if {}", shown(flow, condition)))
}

fn shown(flow: &Flow, condition: &Condition) -> String {
    let all = |parts: &[Condition], word: &str| {
        let parts: Vec<_> = parts.iter().map(|part| shown(flow, part)).collect();
        format!("({})", parts.join(word))
    };
    match condition {
        Condition::Compare(id, comparison, value) => {
            let asked = question(flow, *id);
            format!("{} {} {}", asked.name.as_str(), comparison.sign(), answer(asked, *value))
        }
        Condition::OneOf(id, values) => {
            let asked = question(flow, *id);
            let values: Vec<_> = values.iter().map(|value| answer(asked, *value)).collect();
            format!("{} in {{{}}}", asked.name.as_str(), values.join(", "))
        }
        Condition::All(parts) => all(parts, " and "),
        Condition::Any(parts) => all(parts, " or "),
        Condition::Not(part) => format!("not {}", shown(flow, part)),
    }
}

fn question(flow: &Flow, id: QuestionId) -> &Question {
    &flow.questions()[usize::from(id.0)]
}

/// An answer as it is written: the name of a case, yes or no, a number.
fn answer(question: &Question, value: i64) -> String {
    let case = usize::try_from(value).ok();
    match &question.kind {
        Kind::YesNo => if value == 1 { "yes" } else { "no" }.to_owned(),
        Kind::OneOf(cases) => {
            case.and_then(|at| cases.get(at)).map_or_else(|| value.to_string(), |case| case.name.as_str().to_owned())
        }
        Kind::Money => format!("{} dh", figure(ClaimMeasure::Fees, value)),
        Kind::Integer(_) | Kind::Date => value.to_string(),
    }
}

/// The measures of a version that say something, each with its four values where they differ.
fn measures(version: &Version) -> String {
    let program = match Program::compile(&version.flow) {
        Ok(program) => program,
        Err(flaws) => return format!("  unsound: {flaws:?}\n"),
    };
    match program.measure(&Answers::everybody()) {
        Ok(measures) => measured(&measures, &version.flow),
        Err(entangled) => format!("  {entangled}\n"),
    }
}

fn measured(measures: &Measures, flow: &Flow) -> String {
    if !measures.is_feasible {
        return format!("  level {}, no way\n", measures.level);
    }
    let paperless = if measures.is_paperless { ", paperless" } else { "" };
    let mut out = format!("  level {}{paperless}\n", measures.level);
    for (word, measure) in MEASURES {
        let range = measures.range(*measure);
        if range != Range::default() {
            let _ = writeln!(out, "  {word} {}", values(*measure, &range));
        }
    }
    let listed: Vec<_> = measures.listed.iter().map(|name| name.as_str()).collect();
    let _ = writeln!(
        out,
        "  listed {}{}",
        listed.len(),
        if listed.is_empty() { "" } else { ": " }.to_owned() + &listed.join(", ")
    );
    let mut kept: Vec<_> = measures.obstacles.iter().map(|(node, _)| flow.node(*node).name.as_str()).collect();
    kept.dedup();
    if !kept.is_empty() {
        let _ = writeln!(out, "  kept from paperless by {}", kept.join(", "));
    }
    out
}

const MEASURES: &[(&str, ClaimMeasure)] = &[
    ("steps", ClaimMeasure::Steps),
    ("trips", ClaimMeasure::Trips),
    ("documents", ClaimMeasure::Documents),
    ("sheets", ClaimMeasure::Sheets),
    ("fetched", ClaimMeasure::Fetched),
    ("effort min", ClaimMeasure::Effort),
    ("legal days", ClaimMeasure::LegalDelay),
    ("usual days", ClaimMeasure::UsualDelay),
    ("fees dh", ClaimMeasure::Fees),
    ("agencies", ClaimMeasure::Agencies),
];

fn values(measure: ClaimMeasure, range: &Range) -> String {
    let whole = |value: i64| figure(measure, value);
    let scale = if measure == ClaimMeasure::Fees { 100.0 } else { 1.0 };
    if range.least == range.most && range.nominal == range.least {
        return whole(range.nominal);
    }
    let (least, most, mean) = (whole(range.least), whole(range.most), range.expected / scale);
    format!("{} ({least} to {most}, mean {mean:.2})", whole(range.nominal))
}

/// A figure of a measure; centimes as dirhams.
fn figure(measure: ClaimMeasure, value: i64) -> String {
    match measure {
        ClaimMeasure::Fees if value % 100 == 0 => (value / 100).to_string(),
        ClaimMeasure::Fees => format!("{}.{:02}", value / 100, value % 100),
        _ => value.to_string(),
    }
}
