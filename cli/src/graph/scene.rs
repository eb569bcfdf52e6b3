//! What a picture shows, before it is laid out: lanes, items and arrows in the words of a language.

use std::collections::HashMap;

use mastara_engine::{
    flow::{Branch, Guard, NodeId},
    node::{Decider, Node, NodeKind},
    procedure::{Procedure, Version},
};

use super::{
    Way,
    facts::{self, Fact},
    lanes::Lanes,
    shape::Shape,
};
use crate::{figures::Mark, phrase::Phrases};

/// What is drawn.
#[derive(Debug, Default)]
pub struct Scene {
    /// The title of the procedure.
    pub title: String,
    /// The version and its date.
    pub subtitle: String,
    /// The names of the lanes.
    pub lanes: Vec<String>,
    /// The items, those of the flow first and in its order.
    pub items: Vec<Item>,
    /// The arrows, in the order of the file.
    pub arrows: Vec<Arrow>,
    /// Whether some figure is an estimate.
    pub has_estimates: bool,
    /// Whether one way is lit up.
    pub is_lit: bool,
}

/// Something that stands in a lane.
#[derive(Debug)]
pub struct Item {
    /// Its identifier, of letters that every format takes.
    pub name: String,
    /// Its lane.
    pub lane: usize,
    /// What it is.
    pub shape: Shape,
    /// What is written on it.
    pub title: String,
    /// A word under the title: how an end ends.
    pub note: String,
    /// Short facts: papers, fees, minutes, delays.
    pub facts: Vec<Fact>,
    /// All that is known, for readers that do not see.
    pub description: String,
    /// Whether it lies on the nominal way.
    pub is_main: bool,
    /// Whether it lies on the way that is lit up.
    pub is_lit: bool,
}

/// An arrow.
#[derive(Debug)]
pub struct Arrow {
    /// The item it leaves.
    pub from: usize,
    /// The item it leads to.
    pub to: usize,
    /// What is written on it: when it is taken.
    pub label: String,
    /// How many take it, and how often.
    pub remark: String,
    /// Whether it goes back.
    pub is_return: bool,
    /// Whether the administration's silence takes it.
    pub is_silence: bool,
    /// Whether it lies on the way that is lit up.
    pub is_lit: bool,
}

impl Arrow {
    /// An arrow with nothing written on it.
    pub(super) fn plain(from: usize, to: usize, is_lit: bool) -> Self {
        Self { from, to, label: String::new(), remark: String::new(), is_return: false, is_silence: false, is_lit }
    }

    /// All that is written on it, in one line.
    pub fn text(&self) -> String {
        let parts = [self.label.as_str(), self.remark.as_str()];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(SEPARATOR)
    }
}

/// Between the parts of what is written on an arrow.
const SEPARATOR: &str = " · ";

/// What a scene is made of.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The procedure.
    pub procedure: &'a Procedure,
    /// Its version.
    pub version: &'a Version,
    /// The words.
    pub phrases: Phrases<'a>,
    /// The way to light up.
    pub way: Option<&'a Way>,
}

impl Scene {
    /// The scene of a version.
    pub fn of(subject: &Subject<'_>) -> Self {
        let (flow, words) = (&subject.version.flow, subject.phrases.words);
        let from = subject.version.from.to_string();
        let mut this = Self {
            title: subject.phrases.text(&subject.procedure.title),
            subtitle: words.fill("graph.subtitle", &[&subject.phrases.text(&subject.version.title), &words.id(&from)]),
            is_lit: subject.way.is_some(),
            ..Self::default()
        };
        let main = Way::nominal(flow);
        let lanes = Lanes::of(subject);
        // An end that nothing leads to (the one that every flow has) is not drawn.
        let is_drawn = |id: NodeId| !flow.is_outcome(id) || flow.sources(id).next().is_some();
        let mut ranks = HashMap::new();
        for (id, node) in flow.nodes().filter(|(id, _)| is_drawn(*id)) {
            ranks.insert(id, this.items.len());
            let facts = facts::of(node, &subject.phrases);
            this.items.push(Item {
                name: node.name.to_string(),
                lane: lanes.of_node[id.index()],
                shape: Shape::of(&node.kind),
                title: title(subject, node),
                note: if flow.is_outcome(id) {
                    words.get(Shape::of(&node.kind).key()).to_owned()
                } else {
                    String::new()
                },
                description: facts::description(subject, node),
                facts,
                is_main: main.passes(id),
                is_lit: subject.way.is_some_and(|way| way.passes(id)),
            });
        }
        this.lanes = lanes.names;
        for (id, _) in flow.nodes().filter(|(id, _)| is_drawn(*id)) {
            for (at, (branch, to)) in flow.branches(id).into_iter().enumerate() {
                if branch.guard != Guard::Join {
                    let is_lit = subject.way.is_some_and(|way| way.takes(id, at));
                    this.arrow(subject, id, branch, (ranks[&id], ranks[&to]), is_lit);
                }
            }
        }
        this.bars(flow, &ranks);
        this.start();
        this.has_estimates = this.arrows.iter().any(|arrow| arrow.remark.contains('~'))
            || this.items.iter().any(|item| item.facts.iter().any(|fact| fact.text.contains('~')));
        this
    }

    fn arrow(&mut self, subject: &Subject<'_>, id: NodeId, branch: &Branch, ends: (usize, usize), is_lit: bool) {
        let words = subject.phrases.words;
        let mut remarks = Vec::new();
        if let Some(share) = branch.share {
            let share = subject.phrases.figures().decimal(f64::from(share.basis_points()) / 100.0, 2);
            remarks.push(Mark::of(true, branch.estimated).on(&words.fill("graph.share", &[&share])));
        }
        if let Some(times) = branch.at_most {
            remarks.push(words.plural("graph.at-most", u64::from(times), &times.to_string()));
        }
        self.arrows.push(Arrow {
            from: ends.0,
            to: ends.1,
            label: label(subject, id, branch),
            remark: remarks.join(SEPARATOR),
            is_return: branch.at_most.is_some(),
            is_silence: branch.guard == Guard::Silence,
            is_lit,
        });
    }
}

fn title(subject: &Subject<'_>, node: &Node) -> String {
    match node.kind {
        NodeKind::Fork => String::new(),
        _ if node.title.is_empty() => subject.phrases.words.id(node.name.as_str()),
        _ => subject.phrases.text(&node.title),
    }
}

/// What is written on a way out: its label, or else what makes it be taken.
pub fn label(subject: &Subject<'_>, id: NodeId, branch: &Branch) -> String {
    let (phrases, words) = (&subject.phrases, subject.phrases.words);
    if !branch.label.is_empty() && !matches!(branch.guard, Guard::Silence) {
        return phrases.text(&branch.label);
    }
    let node = subject.version.flow.node(id);
    match &branch.guard {
        Guard::When(condition) => {
            let asked =
                if let NodeKind::Decision(Decider::Person(question)) = node.kind { Some(question) } else { None };
            let short = asked.and_then(|question| phrases.test_of(condition, question));
            short.unwrap_or_else(|| phrases.condition(condition))
        }
        Guard::Ruled(case) => phrases.label(&branch.label, case),
        Guard::Else => words.get("graph.else").to_owned(),
        Guard::Silence => {
            let consent = node.clock.silence.as_ref().is_some_and(|silence| silence.is_consent);
            words.get(if consent { "graph.silence.consent" } else { "graph.silence.rejection" }).to_owned()
        }
        Guard::Always | Guard::Parallel | Guard::Join => String::new(),
    }
}
