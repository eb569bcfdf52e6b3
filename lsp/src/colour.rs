//! Colours by meaning: the parser knows a keyword from a name, and of which kind a name is.

use gen_lsp_types::{SemanticToken, SemanticTokens, SemanticTokensLegend};
use mastara_dsl::{
    compile::{Role, role},
    header,
    keyword::{self, Rule},
    mention::{Noun, Use},
    parse::Line,
    source::{Source, SourceId, Span, lines},
    token::tokens,
};

use crate::world::World;

/// The kinds of token, by rank.
const TYPES: [&str; 12] = [
    "keyword",
    "string",
    "number",
    "comment",
    "operator",
    "class",
    "namespace",
    "function",
    "variable",
    "enumMember",
    "macro",
    "property",
];
const KEYWORD: u32 = 0;
const STRING: u32 = 1;
const NUMBER: u32 = 2;
const COMMENT: u32 = 3;
const OPERATOR: u32 = 4;
const CLASS: u32 = 5;
const NAMESPACE: u32 = 6;
const FUNCTION: u32 = 7;
const VARIABLE: u32 = 8;
const CASE: u32 = 9;
const MACRO: u32 = 10;
const PROPERTY: u32 = 11;

/// The mark of a name where it gets its meaning.
const DEFINITION: u32 = 1;

/// What the numbers stand for.
#[must_use]
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.map(str::to_owned).to_vec(),
        token_modifiers: vec!["definition".to_owned()],
    }
}

const fn kind_of(noun: Noun) -> u32 {
    match noun {
        Noun::Document | Noun::Fee | Noun::Text => CLASS,
        Noun::Authority | Noun::Place | Noun::Register | Noun::Portal | Noun::LifeEvent | Noun::Sector => NAMESPACE,
        Noun::Procedure | Noun::Fragment => MACRO,
        Noun::Node => FUNCTION,
        Noun::Parameter | Noun::Argument | Noun::Question => VARIABLE,
        Noun::Case => CASE,
        Noun::Version => PROPERTY,
    }
}

/// The kind of a token that is no name.
fn kind_of_rule(rule: Rule) -> Option<u32> {
    match rule {
        Rule::prose => Some(STRING),
        Rule::number | Rule::date | Rule::moment | Rule::article | Rule::copies => Some(NUMBER),
        Rule::note => Some(COMMENT),
        Rule::compare | Rule::arrow | Rule::equals => Some(OPERATOR),
        Rule::lang => Some(PROPERTY),
        rule => keyword::word(rule).map(|_| KEYWORD),
    }
}

/// A coloured stretch: where, of which kind, with which marks.
type Stretch = (Span, u32, u32);

fn stretches(world: &World, id: SourceId, source: &Source) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for mention in world.mentions(id) {
        let marks = if mention.usage == Use::Definition { DEFINITION } else { 0 };
        found.push((mention.span, kind_of(mention.noun), marks));
    }
    if role(source.path()) == Role::Vocabulary {
        return found;
    }
    let text = source.text();
    let body = header::frame(text).ok().flatten().map_or(0, |frame| frame.body).min(text.len());
    for (at, line) in lines(&text[..body]) {
        let key = line.find(':').filter(|end| !line[..*end].trim().is_empty());
        if let Some(end) = key {
            found.push((Span::new(at, at + end), PROPERTY, 0));
        }
    }
    for (at, line) in lines(&text[body..]) {
        let line = Line::new(body + at, line);
        if line.text.starts_with('#') {
            found.push((line.span, COMMENT, 0));
        }
        let Some((rule, tokens)) = tokens(&line) else { continue };
        for token in tokens {
            // Of a line that cannot be read its first word is all there is.
            let kind = if token.rule == rule { Some(KEYWORD) } else { kind_of_rule(token.rule) };
            found.extend(kind.map(|kind| (token.span, kind, 0)));
        }
    }
    found
}

/// The coloured words of a file.
#[must_use]
pub fn colours(world: &World, id: SourceId) -> SemanticTokens {
    let mut found = stretches(world, id, world.source(id));
    found.retain(|(span, ..)| span.end > span.start);
    found.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
    let mut data = Vec::with_capacity(found.len());
    let (mut line, mut column, mut free) = (0, 0, 0);
    for (span, kind, marks) in found {
        // What lies inside another, as a parameter in a title, gives way to it: the protocol allows no overlap.
        if span.start < free {
            continue;
        }
        free = span.end;
        let start = world.page(id).position(span.start, world.encoding);
        let length = world.encoding.length(world.source(id).slice(span));
        let delta_start = if start.line == line { start.character - column } else { start.character };
        data.push(SemanticToken {
            delta_line: start.line - line,
            delta_start,
            length,
            token_type: kind,
            token_modifiers_bitset: marks,
        });
        (line, column) = (start.line, start.character);
    }
    SemanticTokens { result_id: None, data }
}
