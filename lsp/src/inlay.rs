//! Behind each step of the nominal way, what has been asked by its end.

use gen_lsp_types::{InlayHint, InlayHintKind, Label, Range, Tooltip};
use mastara_dsl::source::SourceId;

use crate::{measures, words::Words, world::World};

/// The hints of a range of a file.
#[must_use]
pub fn hints(world: &World, id: SourceId, range: Range, words: Words) -> Vec<InlayHint> {
    let Some(entry) = world.entry(id) else { return Vec::new() };
    let page = world.page(id);
    let mut hints = Vec::new();
    for (version, origins) in entry.lowered.procedure.versions.iter().zip(&entry.lowered.origins) {
        for so_far in measures::course(version) {
            let Some(span) = origins.nodes.get(so_far.node.index()) else { continue };
            let (start, line) = page.line_at(span.start);
            let end = start.saturating_add(u32::try_from(line.trim_end().len()).unwrap_or(0));
            let position = page.position(end, world.encoding);
            if position.line < range.start.line || position.line > range.end.line {
                continue;
            }
            hints.push(InlayHint {
                position,
                label: Label::String(measures::so_far(so_far, words)),
                kind: Some(InlayHintKind::Parameter),
                text_edits: None,
                tooltip: Some(Tooltip::String(words.get("inlay.tooltip").to_owned())),
                padding_left: Some(true),
                padding_right: None,
                data: None,
            });
        }
    }
    // The nodes of a fragment all stand on the line that uses it: what has been asked by the last of them is told.
    hints.sort_by_key(|hint| hint.position);
    hints.reverse();
    hints.dedup_by_key(|hint| hint.position);
    hints.reverse();
    hints
}
