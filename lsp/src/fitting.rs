//! Which lines have their place under which opening line.
//!
//! Asked of the compiler itself, once, with the example of each line: a table of its own would drift from it.

use std::{collections::BTreeSet, sync::LazyLock};

use mastara_dsl::{
    compile::compile,
    finding::Code,
    keyword::{self, Rule},
    message::label,
    parse::opens_block,
    source::Source,
};
use mastara_engine::text::Lang;

const HEADS: [Rule; 9] = [
    Rule::procedure,
    Rule::version,
    Rule::question,
    Rule::step,
    Rule::choice,
    Rule::decision,
    Rule::wait,
    Rule::outcome,
    Rule::example,
];

static FITTING: LazyLock<BTreeSet<(Rule, Rule)>> = LazyLock::new(|| {
    let lines: BTreeSet<Rule> = keyword::leads(Lang::Fr).filter_map(keyword::line_rule).collect();
    let pairs = HEADS.into_iter().flat_map(|head| lines.iter().map(move |line| (head, *line)));
    pairs.filter(|(head, line)| is_placed(*head, *line)).collect()
});

/// Whether a line may stand under an opening line; anything may in a fragment, which knows not where it will be used.
#[must_use]
pub fn fits(head: Rule, line: Rule) -> bool {
    opens_block(line) || !HEADS.contains(&head) || FITTING.contains(&(head, line))
}

/// Tries a line under an opening line, in the smallest file that has both.
fn is_placed(head: Rule, line: Rule) -> bool {
    let example = |rule: Rule| label(&format!("kind.line.{}", keyword::row(rule)), Lang::Fr).trim_matches('`');
    let mut text = format!("---\nid: a/b\nlangue: fr\n---\n{}\n", example(Rule::procedure));
    if !matches!(head, Rule::procedure | Rule::version | Rule::question) {
        text += example(Rule::version);
        text.push('\n');
    }
    if head != Rule::procedure {
        text += example(head);
        text.push('\n');
    }
    text += example(line);
    let compiled = compile(vec![Source::new("x.mastara", text.as_bytes())]);
    !compiled.findings.iter().any(|finding| finding.code == Code::MisplacedLine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_where_the_guide_puts_them() {
        for (head, line, is_fitting) in [
            (Rule::step, Rule::needs, true),
            (Rule::step, Rule::duration, true),
            (Rule::step, Rule::known, false),
            (Rule::wait, Rule::delay, true),
            (Rule::wait, Rule::needs, false),
            (Rule::example, Rule::passes, true),
            (Rule::example, Rule::pays, false),
            (Rule::version, Rule::expect, true),
            (Rule::question, Rule::known, true),
            (Rule::question, Rule::step, true),
            (Rule::fragment, Rule::passes, true),
        ] {
            assert_eq!(fits(head, line), is_fitting, "{line:?} under {head:?}");
        }
    }
}
