//! Examples after a mending: the papers that they bring, as the mended flow demands them.
//!
//! INVARIANT: only an example that goes its way to its end as told is rewritten, and only in what it brings.

use std::collections::BTreeMap;

use mastara_engine::{
    answers::Answers, flow::Flow, node::NodeKind, procedure::Example, program::Program, run, text::Name,
};
use pest::{Parser, iterators::Pair};

use super::fix::Edit;
use crate::{
    compile::Compiled,
    grammar::Grammar,
    keyword::{self, Rule},
    source::{SourceId, Span, lines},
};

/// The edits of a source after which its examples bring what their ways demand.
#[must_use]
pub fn follow(compiled: &Compiled, source: SourceId) -> Vec<Edit> {
    let mut edits = Vec::new();
    for entry in compiled.entries.iter().filter(|entry| entry.source == source) {
        for (version, origins) in entry.lowered.procedure.versions.iter().zip(&entry.lowered.origins) {
            let Ok(program) = Program::compile(&version.flow) else { continue };
            for (example, places) in version.examples.iter().zip(&origins.examples) {
                let brought = brought(example, &version.flow, &program);
                let text = compiled.source(source).text();
                edits.extend(brought.and_then(|brought| edit(text, places.brings, example, &brought)));
            }
        }
    }
    edits
}

/// What the example's person brings, in the order of the file, if the way is the one told and the papers are not.
fn brought(example: &Example, flow: &Flow, program: &Program) -> Option<Vec<(Name, u64)>> {
    let walk = run::run(program, &Answers::of_example(flow, example)).ok()?;
    let counts = |kind: &NodeKind| !matches!(kind, NodeKind::Fork | NodeKind::Outcome(_));
    let nodes = walk.passes.iter().map(|id| flow.node(*id)).filter(|node| counts(&node.kind));
    let is_way = example.passes.as_ref().is_none_or(|told| nodes.map(|node| &node.name).eq(told));
    let is_end = example.ends.as_ref().is_none_or(|told| *told == flow.node(walk.ends).name);
    let told: BTreeMap<&str, u64> =
        example.brings.iter().flatten().map(|(name, n)| (name.as_str(), u64::from(*n))).collect();
    let real: BTreeMap<&str, u64> = walk.brings.iter().map(|(name, sheets)| (name.as_str(), *sheets)).collect();
    (is_way && is_end && example.brings.is_some() && told != real).then_some(walk.brings)
}

/// The line `apporte` with these papers, those that stay in the form in which they are written.
fn edit(text: &str, span: Span, example: &Example, brought: &[(Name, u64)]) -> Option<Edit> {
    let start = usize::try_from(span.start).ok()?;
    let (at, line) = lines(text).take_while(|(at, _)| *at <= start).last()?;
    let indent = line.len() - line.trim_start().len();
    let body = line.trim();
    let pair = Grammar::parse(Rule::brings, body).ok()?.next()?;
    let mut items: Vec<Pair<'_, Rule>> = Vec::new();
    let (mut lead, mut end) = ("", 0);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::k_brings => lead = part.as_str(),
            Rule::items => {
                end = part.as_span().end();
                items.extend(part.into_inner().filter(|item| item.as_rule() == Rule::item));
            }
            _ => {}
        }
    }
    // Papers told on several lines are left to the author.
    if items.len() != example.brings.as_ref().map_or(0, Vec::len) {
        return None;
    }
    let span = Span::new(at + indent, at + indent + body.len());
    if brought.is_empty() {
        // Nothing is brought any more: the line goes, with its end.
        let until = lines(text).map(|(next, _)| next).find(|next| *next > at).unwrap_or(text.len());
        return Some(Edit { span: Span::new(at, until), text: String::new() });
    }
    let written: Vec<String> = brought.iter().map(|(name, sheets)| paper(name, *sheets, &items)).collect();
    let is_arabic = keyword::word(Rule::k_brings)?.is_form(mastara_engine::text::Lang::Ar, lead);
    let comma = if is_arabic { "، " } else { ", " };
    Some(Edit { span, text: format!("{lead} {}{}", written.join(comma), &body[end..]) })
}

/// A paper with its sheets, and with the words about its form that the line has already.
fn paper(name: &Name, sheets: u64, items: &[Pair<'_, Rule>]) -> String {
    let papers = items.iter().flat_map(|item| item.clone().into_inner()).filter(|token| token.as_rule() == Rule::paper);
    let old = papers
        .map(Pair::into_inner)
        .find(|parts| parts.clone().next().is_some_and(|own| own.as_str() == name.as_str()));
    let forms = old.into_iter().flatten().filter(|part| part.as_rule() == Rule::form);
    let forms =
        forms.filter(|form| form.clone().into_inner().next().is_none_or(|inner| inner.as_rule() != Rule::copies));
    let mut text = name.to_string();
    forms.for_each(|form| text.push_str(&format!(" {}", form.as_str())));
    if sheets == 1 { text } else { format!("{text} x{sheets}") }
}
