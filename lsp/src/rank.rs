//! What is told of a rank in a header: the decisions that the list has there.

use mastara_dsl::{
    finding::Findings,
    header,
    source::{SourceId, Span},
    words::list_word,
};
use mastara_engine::vocabulary::{ListedDecision, Vocabulary};

use crate::{hover::both, words::Words, world::World};

/// What is told at a place, if it is that of a rank.
pub fn told(world: &World, id: SourceId, byte: u32, words: Words) -> Option<(String, Span)> {
    let text = world.source(id).text();
    let frame = header::frame(text).ok()?.filter(|frame| byte < frame.yaml.end)?;
    let listed = header::read(text, frame, &mut Findings::new(id)).listed;
    let (entry, span) = listed.into_iter().find(|(_, span)| span.start <= byte && byte < span.end)?;
    let vocabulary = &world.compiled().vocabulary;
    let title = words.get("hover.rank").replace("{0}", list_word(entry.list)).replace("{1}", entry.rank.as_str());
    let mut parts = vec![format!("**{title}**")];
    parts.extend(vocabulary.lists.get(&entry)?.iter().map(|decision| of_decision(decision, vocabulary, words)));
    Some((parts.join("\n\n"), span))
}

fn of_decision(decision: &ListedDecision, vocabulary: &Vocabulary, words: Words) -> String {
    let mut lines = both(&decision.title, words);
    let authority = decision.authority.as_ref().and_then(|name| vocabulary.authorities.get(name));
    lines.extend(authority.map(|authority| authority.title.in_lang(words.lang).to_owned()));
    lines.extend(decision.days.map(|days| words.get("measure.days").replace("{0}", &days.to_string())));
    lines.extend(decision.since.map(|since| words.get("hover.since").replace("{0}", &since.to_string())));
    if decision.is_inferred {
        lines.push(words.get("hover.inferred").to_owned());
    }
    lines.join("  \n")
}
