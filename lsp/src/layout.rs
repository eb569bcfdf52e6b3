//! Formatting, as the fewest lines that change.

use gen_lsp_types::TextEdit;
use mastara_dsl::{
    compile::{Role, role},
    format::format,
    source::{SourceId, Span},
};

use crate::world::World;

/// The edit that formats a file; none if nothing changes.
#[must_use]
pub fn layout(world: &World, id: SourceId) -> Vec<TextEdit> {
    let source = world.source(id);
    if !matches!(role(source.path()), Role::Procedure | Role::Fragment) {
        return Vec::new();
    }
    let (old, new) = (source.text(), format(source.text(), None));
    difference(old, &new)
        .map(|(span, text)| TextEdit { range: world.page(id).range(span, world.encoding), new_text: text.to_owned() })
        .into_iter()
        .collect()
}

/// The lines of `old` that differ, and what stands for them in `new`.
fn difference<'n>(old: &str, new: &'n str) -> Option<(Span, &'n str)> {
    if old == new {
        return None;
    }
    let (olds, news) = (old.split_inclusive('\n'), new.split_inclusive('\n'));
    let start: usize = olds.zip(news).take_while(|(old, new)| old == new).map(|(old, _)| old.len()).sum();
    let (olds, news) = (old[start..].split_inclusive('\n').rev(), new[start..].split_inclusive('\n').rev());
    let end: usize = olds.zip(news).take_while(|(old, new)| old == new).map(|(old, _)| old.len()).sum();
    Some((Span::new(start, old.len() - end), &new[start..new.len() - end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_replaced() {
        assert_eq!(difference("a\nb\nc\n", "a\nB\nc\n"), Some((Span::new(2, 4), "B\n")));
        assert_eq!(difference("a\nb", "a\nb\n"), Some((Span::new(2, 3), "b\n")));
        assert_eq!(difference("a\na\n", "a\n"), Some((Span::new(2, 4), "")));
        assert_eq!(difference("a\n", "a\n"), None);
    }
}
