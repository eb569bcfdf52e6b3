//! What the columns leave to be said.

use mastara_engine::text::Name;

use super::{Linked, Sum};
use crate::{
    context::Context,
    paint::{Tone, paint},
    paragraph::wrap,
};

/// What the columns mean, what has no maker, and the cycles.
pub fn notes(least: &Sum, full: &Sum, linked: &Linked<'_>, context: &Context) -> String {
    let words = &context.words;
    let faint = |text: &str| paint(Tone::Faint, &wrap(text, context.width, 0));
    let mut text = faint(words.get("deep.legend"));
    let names = |names: &mut dyn Iterator<Item = &Name>| {
        let titles: Vec<_> = names.map(|paper| linked.paper(paper, context)).collect();
        titles.join(words.get("list.comma"))
    };
    let closure = &full.closure;
    if !closure.unmade.is_empty() {
        let count = u64::try_from(closure.unmade.len()).unwrap_or(u64::MAX);
        let shown = context.figures().count(closure.unmade.len());
        text.push_str(&faint(&words.plural("deep.unmade", count, &shown)));
    }
    if !least.closure.of_unknown_validity.is_empty() {
        let papers = names(&mut least.closure.of_unknown_validity.iter());
        text.push_str(&faint(&words.fill("deep.unknown-validity", &[&papers])));
    }
    for cycle in closure.cycles() {
        let ids: Vec<_> =
            cycle.iter().map(|&member| words.id(linked.procedure(closure.members[member]).id.as_str())).collect();
        text.push_str(&wrap(&words.fill("deep.cycle", &[&ids.join(words.get("list.comma"))]), context.width, 2));
    }
    text
}
