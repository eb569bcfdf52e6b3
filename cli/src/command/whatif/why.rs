//! One procedure before and after: what is changed in its nodes, and what is left.

use mastara_engine::{
    flow::NodeId,
    node::{Demand, Identity, Medium, Node, NodeKind, Paper, Payment, Signature, Step},
    procedure::Version,
    reform::StepReasons,
    vocabulary::Vocabulary,
};

use super::{
    impact::Line,
    totals::{SUMMED, mark},
};
use crate::{
    context::Context,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::Phrases,
    table::{Cell, Table},
};

/// Something of a node that is another after the changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What: the last part of its key.
    pub what: &'static str,
    /// Before; nothing if it is new.
    pub before: String,
    /// After; nothing if it is gone.
    pub after: String,
}

/// What is changed in a node, in words.
pub fn edits(before: &Node, after: &Node, phrases: &Phrases<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut add = |what, before: String, after: String| {
        if before != after {
            edits.push(Edit { what, before, after });
        }
    };
    let delay = |node: &Node| node.clock.legal.as_ref().map_or_else(String::new, |known| phrases.known_delay(known));
    match (&before.kind, &after.kind) {
        (NodeKind::Step(old), NodeKind::Step(new)) => {
            add("channel", phrases.channel(&old.channel), phrases.channel(&new.channel));
            for (before, after) in papers(old, new, phrases) {
                add("paper", before, after);
            }
            for exchange in new.exchanges.iter().filter(|exchange| !old.exchanges.contains(exchange)) {
                let documents: Vec<_> = exchange.documents.iter().map(|document| phrases.document(document)).collect();
                let register =
                    phrases.noun(&phrases.vocabulary.registers, &exchange.register, |register| &register.title);
                let told = phrases
                    .words
                    .fill("change.fetch", &[&documents.join(phrases.words.get("phrase.comma")), &register]);
                add("exchange", String::new(), told);
            }
            for (old, new) in old.receives.iter().zip(&new.receives) {
                add("received", shown(&old.paper, phrases), shown(&new.paper, phrases));
            }
            for (old, new) in old.payments.iter().zip(&new.payments) {
                let means = |payment: &Payment| {
                    phrases.words.fill("phrase.bracket", &[&phrases.payment(payment), phrases.means(payment.means)])
                };
                add("payment", means(old), means(new));
            }
            add("identity", identity(old.identity, phrases), identity(new.identity, phrases));
            add("signature", signature(old.signature, phrases), signature(new.signature, phrases));
            let coverage = |step: &Step| {
                let coverage = step.partial_coverage.as_ref();
                coverage.map_or_else(String::new, |text| phrases.text(text))
            };
            add("coverage", coverage(old), coverage(new));
            add("delay", delay(before), delay(after));
        }
        (NodeKind::Step(_), _) => add("step", phrases.text(&before.title), String::new()),
        _ => add("delay", delay(before), delay(after)),
    }
    edits
}

/// The papers of a step that are asked for otherwise or no more.
fn papers(old: &Step, new: &Step, phrases: &Phrases<'_>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = new.demands.iter().filter(|demand| !demand.any_of.is_empty()).peekable();
    let words = |demand: &Demand| phrases.demand(demand, Medium::Both);
    for demand in &old.demands {
        // Demands keep their order, and none gets another usual paper.
        let usual = demand.any_of.first().map(|paper| &paper.document);
        let same =
            rest.next_if(|new| new.any_of.first().map(|paper| &paper.document) == usual && new.when == demand.when);
        pairs.push((words(demand), same.map_or_else(String::new, words)));
    }
    pairs
}

fn shown(paper: &Paper, phrases: &Phrases<'_>) -> String {
    phrases.paper(paper, Medium::Both)
}

fn identity(identity: Option<Identity>, phrases: &Phrases<'_>) -> String {
    let key = match identity {
        None => return String::new(),
        Some(Identity::InPerson) => "whatif.identity.in-person",
        Some(Identity::Account) => "whatif.identity.account",
        Some(_) => "whatif.identity.card",
    };
    phrases.words.get(key).to_owned()
}

fn signature(signature: Option<Signature>, phrases: &Phrases<'_>) -> String {
    let key = match signature {
        None => return String::new(),
        Some(Signature::Handwritten) => "whatif.signature.handwritten",
        Some(_) => "whatif.signature.electronic",
    };
    phrases.words.get(key).to_owned()
}

/// The page of one procedure.
pub fn text(line: &Line<'_>, vocabulary: &Vocabulary, context: &Context) -> String {
    let (words, version) = (&context.words, line.version);
    let phrases = Phrases { words, vocabulary, questions: version.flow.questions() };
    let title = format!("{} · {}", words.id(line.procedure.id.as_str()), phrases.text(&version.title));
    let mut text =
        format!("{}\n{}", paint(Tone::Strong, &phrases.text(&line.procedure.title)), wrap(&title, context.width, 0));
    text.push_str(&figures(line, context));
    text.push_str(&context.heading("whatif.why.changes"));
    let mut is_same = true;
    for (id, node) in version.flow.nodes() {
        let edits = edits(node, line.after().flow.node(id), &phrases);
        if edits.is_empty() {
            continue;
        }
        is_same = false;
        text.push_str(&format!(
            "{}  {}\n",
            words.id(node.name.as_str()),
            paint(Tone::Faint, &phrases.text(&node.title))
        ));
        for edit in edits {
            text.push_str(&wrap(&format!("  {}", told(&edit, context)), context.width, 4));
        }
    }
    if is_same {
        text.push_str(&format!("{}\n", words.get("whatif.why.nothing")));
    }
    text.push_str(&context.heading("whatif.why.left"));
    let left = &line.held[1];
    if left.is_empty() {
        text.push_str(&format!("{}\n", paint(Tone::Good, words.get("whatif.why.free"))));
    }
    for step in left {
        text.push_str(&wrap(
            &format!("{}{}", lead(step.node, line, context), reasons(step, &phrases)),
            context.width,
            2,
        ));
    }
    for step in &line.held[0] {
        let is_left = left.iter().any(|other| other.node == step.node);
        if !is_left {
            let stays = is_somewhere(line.after(), step.node);
            let key = if stays { "whatif.why.stays" } else { "whatif.why.freed" };
            let gone = format!("{}{}", lead(step.node, line, context), words.get(key));
            text.push_str(&paint(if stays { Tone::Fair } else { Tone::Good }, &wrap(&gone, context.width, 2)));
        }
    }
    text
}

/// Whether a step is done at a place.
fn is_somewhere(version: &Version, id: NodeId) -> bool {
    version.flow.node(id).step().is_some_and(|step| step.channel.place().is_some())
}

fn lead(id: NodeId, line: &Line<'_>, context: &Context) -> String {
    context.words.fill("whatif.why.step", &[&context.words.id(line.version.flow.node(id).name.as_str())])
}

/// The reasons of a step, with whether it is a trip.
fn reasons(step: &StepReasons, phrases: &Phrases<'_>) -> String {
    let told: Vec<_> = step.reasons.iter().map(|reason| phrases.reason(reason)).collect();
    told.join(phrases.words.get("whatif.why.semicolon"))
}

fn told(edit: &Edit, context: &Context) -> String {
    let words = &context.words;
    let what = words.get(&format!("whatif.edit.{}", edit.what)).to_owned();
    match (edit.before.as_str(), edit.after.as_str()) {
        ("", after) => words.fill("whatif.why.new", &[&what, after]),
        (before, "") => words.fill("whatif.why.gone", &[&what, before]),
        (before, after) => words.fill("whatif.why.other", &[&what, before, after]),
    }
}

/// The figures of the procedure, those that move in colour.
fn figures(line: &Line<'_>, context: &Context) -> String {
    let (words, figures) = (&context.words, context.figures());
    let headings = ["measure", "before", "after", "difference"].map(|column| format!("whatif.column.{column}"));
    let headings: Vec<_> = headings.iter().map(|key| words.get(key)).collect();
    let mut table = Table::new(context.width, &headings).figures(&[1, 2, 3]);
    let [before, after] = &line.measures;
    let show =
        |value: i64, at: usize| if SUMMED[at].0 == "fees_mad" { figures.amount(value) } else { figures.whole(value) };
    for (at, (name, measure)) in SUMMED.into_iter().enumerate() {
        let values = [before, after].map(|measures| measures.range(measure).nominal);
        let marks = [before, after].map(|measures| mark(measure, measures.standing));
        table.row([
            Cell::from(words.get(&format!("whatif.measure.{name}"))),
            marks[0].on_value(values[0], &show(values[0], at)).into(),
            marks[1].on_value(values[1], &show(values[1], at)).into(),
            super::text::difference(values[1] - values[0], &show((values[1] - values[0]).abs(), at), context),
        ]);
    }
    table.row([
        Cell::from(words.get("whatif.level")),
        figures.whole(before.level.into()).into(),
        figures.whole(after.level.into()).into(),
        super::text::gain(i64::from(after.level) - i64::from(before.level), context),
    ]);
    context.heading("whatif.figures") + &table.render()
}
