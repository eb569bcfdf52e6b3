//! What became of each node of the older version.

use mastara_engine::{
    compare::{Comparison, Fate, Origin},
    flow::NodeId,
    node::{Node, NodeKind, Step},
};

use super::Side;
use crate::{
    figures::Mark,
    view::{comparison::FateView, sheet::Named},
};

/// What became of the steps, waits and decisions of the older version.
pub fn fates(older: &Side<'_>, newer: &Side<'_>, comparison: &Comparison) -> Vec<FateView> {
    let words = older.phrases.words;
    let view = |(id, fate): &(NodeId, Fate)| {
        let node = older.version.flow.node(*id);
        let kind = kind(node)?;
        let own = named(older, *id);
        let mut view = FateView {
            id: own.id,
            title: own.title,
            kind,
            fate: "unaccounted",
            by: Vec::new(),
            reason: None,
            changes: Vec::new(),
            text: words.get("compare.unaccounted").to_owned(),
        };
        match fate {
            Fate::Kept(heir) => {
                view.fate = "kept";
                view.by.push(named(newer, *heir));
                view.changes = changes(older, newer, node, newer.version.flow.node(*heir));
                view.text = if view.changes.is_empty() {
                    words.get("compare.kept").to_owned()
                } else {
                    words.fill("compare.changed", &[&view.changes.join(words.get("phrase.list"))])
                };
            }
            Fate::ReplacedBy(heirs) => {
                view.fate = "replaced";
                view.by = heirs.iter().map(|heir| named(newer, *heir)).collect();
                let titles: Vec<_> = view.by.iter().map(|heir| heir.title.as_str()).collect();
                view.text = words.fill("compare.replaced", &[&titles.join(words.get("phrase.list"))]);
            }
            Fate::Dropped(reason) => {
                view.fate = "dropped";
                let reason = newer.phrases.text(reason);
                view.text = words.fill("compare.dropped", &[&reason]);
                view.reason = Some(reason);
            }
            Fate::Unaccounted => {}
        }
        Some(view)
    };
    comparison.older.iter().filter_map(view).collect()
}

/// The steps, waits and decisions of the newer version that stand for none of the older.
pub fn new(newer: &Side<'_>, comparison: &Comparison) -> Vec<Named> {
    let is_new =
        |(id, origin): &&(NodeId, Origin)| *origin == Origin::New && kind(newer.version.flow.node(*id)).is_some();
    comparison.newer.iter().filter(is_new).map(|(id, _)| named(newer, *id)).collect()
}

/// The kind of a node as programs read it; none for forks and ends, which are no part of what a person does.
fn kind(node: &Node) -> Option<&'static str> {
    match node.kind {
        NodeKind::Step(_) => Some("step"),
        NodeKind::Wait(_) => Some("wait"),
        NodeKind::Decision(_) => Some("decision"),
        NodeKind::Fork | NodeKind::Outcome(_) => None,
    }
}

fn named(side: &Side<'_>, id: NodeId) -> Named {
    let node = side.version.flow.node(id);
    let name = node.name.as_str();
    let title = if node.title.is_empty() { side.phrases.words.id(name) } else { side.phrases.text(&node.title) };
    Named { id: name.to_owned(), title }
}

/// What is another in the newer node: place, papers, minutes, delay.
fn changes(older: &Side<'_>, newer: &Side<'_>, before: &Node, after: &Node) -> Vec<String> {
    let mut pairs = Vec::new();
    if let (NodeKind::Step(before), NodeKind::Step(after)) = (&before.kind, &after.kind) {
        pairs.push((older.phrases.channel(&before.channel), newer.phrases.channel(&after.channel)));
        pairs.push((papers(older, before), papers(newer, after)));
        pairs.push((minutes(older, before), minutes(newer, after)));
    }
    pairs.push((delay(older, before), delay(newer, after)));
    let words = older.phrases.words;
    let changed = pairs.into_iter().filter(|(before, after)| before != after);
    changed.map(|(before, after)| words.fill("compare.change", &[&before, &after])).collect()
}

fn papers(side: &Side<'_>, step: &Step) -> String {
    let count = step.demands.len();
    side.phrases.words.plural("run.documents", u64::try_from(count).unwrap_or(u64::MAX), &count.to_string())
}

fn minutes(side: &Side<'_>, step: &Step) -> String {
    let shown = step
        .effort
        .as_ref()
        .map(|effort| Mark::of(true, effort.estimated).on(&side.phrases.figures().minutes(i64::from(effort.value))));
    shown.unwrap_or_else(|| "?".to_owned())
}

/// The legal delay and the usual one.
fn delay(side: &Side<'_>, node: &Node) -> String {
    let (phrases, words) = (&side.phrases, side.phrases.words);
    let clock = &node.clock;
    let legal = clock.legal.as_ref().map(|delay| words.fill("show.delay.legal", &[&phrases.known_delay(delay)]));
    let usual = clock.usual.as_ref().map(|delay| words.fill("graph.delay.usual", &[&phrases.known_delay(delay)]));
    let delays: Vec<_> = legal.into_iter().chain(usual).collect();
    if delays.is_empty() { words.get("run.no-delay").to_owned() } else { delays.join(words.get("phrase.comma")) }
}
