//! The line of a file that an answer rests on.

use std::collections::BTreeSet;

use mastara_dsl::{compile::Compiled, keyword::Rule, source::Span};
use mastara_engine::{lens::Ground, program::Fact};
use serde::Serialize;

use super::Looked;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

/// Where grounds stand, each line once, in order.
pub fn places_of<'g>(
    grounds: impl IntoIterator<Item = &'g Ground>,
    looked: &Looked<'_>,
    compiled: &Compiled,
) -> Vec<Place> {
    let lines: BTreeSet<Place> = grounds.into_iter().filter_map(|ground| place(*ground, looked, compiled)).collect();
    lines.into_iter().collect()
}

/// Where a ground stands; of a fact that a fragment wrote, the line that uses the fragment.
fn place(ground: Ground, looked: &Looked<'_>, compiled: &Compiled) -> Option<Place> {
    let source = compiled.source(looked.entry.source);
    let at_line = |line: usize| Place {
        file: source.name(),
        line,
        text: source.line(line).trim().chars().filter(|c| !c.is_control()).take(160).collect(),
    };
    let lowered = &looked.entry.lowered;
    let version = lowered.procedure.versions.iter().position(|version| version.name == looked.version.name)?;
    let origins = lowered.origins.get(version)?;
    let node = |id: mastara_engine::flow::NodeId| origins.nodes.get(id.index()).copied();
    let fact = |id: mastara_engine::flow::NodeId, rule: Rule| {
        origins.facts.get(id.index()).and_then(|facts| facts.line(rule)).or_else(|| node(id))
    };
    let span: Span = match ground {
        Ground::Portal => return header(source.text(), "portail:").map(at_line),
        Ground::Source => {
            let hosts: Vec<&str> =
                compiled.vocabulary.portals.values().filter_map(|portal| portal.url.as_deref()).collect();
            let cites = |line: &str| {
                let is_source = ["source ", "مصدر "].iter().any(|word| line.trim_start().starts_with(word));
                is_source && hosts.iter().any(|host| line.contains(host))
            };
            let found = mastara_dsl::source::lines(source.text()).position(|(_, line)| cites(line));
            return found.map(|rank| at_line(rank + 1));
        }
        Ground::Node(id) => node(id)?,
        Ground::Identity(id) => fact(id, Rule::identifies)?,
        Ground::Effort(id) => fact(id, Rule::duration)?,
        Ground::Receipt(id) => fact(id, Rule::receipt)?,
        Ground::LegalDelay(id) => fact(id, Rule::delay)?,
        Ground::UsualDelay(id) => fact(id, Rule::usual)?,
        Ground::Fact(id, fact) => {
            let facts = origins.facts.get(id.index())?;
            let (list, rank) = match fact {
                Fact::Demand(rank) => (&facts.demands, rank),
                Fact::Receives(rank) => (&facts.receives, rank),
                Fact::Ask(rank) => (&facts.asks, rank),
                Fact::Payment(rank) => (&facts.payments, rank),
                Fact::Exchange(rank) => (&facts.exchanges, rank),
            };
            list.get(rank).copied().or_else(|| node(id))?
        }
    };
    Some(at_line(source.position(span.start).0))
}

/// The line of a field of the header.
fn header(text: &str, key: &str) -> Option<usize> {
    mastara_dsl::source::lines(text).position(|(_, line)| line.starts_with(key)).map(|rank| rank + 1)
}
