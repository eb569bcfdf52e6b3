//! The tokens of a line with their places, for those who colour it or change one of its words.

use pest::{Parser, iterators::Pair};

use crate::{
    grammar::Grammar,
    keyword::{self, Rule},
    parse::{Line, MAX_LINE},
    source::Span,
};

/// A token of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub rule: Rule,
    /// Where it stands in its file.
    pub span: Span,
}

/// The rule of a line and its tokens, each before those that it holds; of a line that cannot be read only its first word, if
/// that is a keyword.
#[must_use]
pub fn tokens(line: &Line<'_>) -> Option<(Rule, Vec<Token>)> {
    if line.is_empty() || line.text.len() > MAX_LINE {
        return None;
    }
    let rule = keyword::line_rule(line.text)?;
    let Some(pair) = Grammar::parse(rule, line.text).ok().and_then(|mut pairs| pairs.next()) else {
        let end = keyword::split_word(line.text).0.len();
        return Some((rule, vec![Token { rule, span: Span::new(0, end).shifted(line.span.start) }]));
    };
    let token = |pair: Pair<'_, Rule>| {
        let span = pair.as_span();
        Token { rule: pair.as_rule(), span: Span::new(span.start(), span.end()).shifted(line.span.start) }
    };
    Some((rule, pair.into_inner().flatten().map(token).collect()))
}
