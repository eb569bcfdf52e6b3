//! The outline of a file and its folds, from its lines alone: a broken file has them too.

use gen_lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, Range, SymbolKind};
use mastara_dsl::{
    compile::{Role, role},
    header,
    keyword::Rule,
    parse::{Line, opens_block},
    source::{Source, SourceId, Span, lines},
    token::{Token, tokens},
};

use crate::world::World;

/// A block of a file: its opening line and all under it.
#[derive(Debug)]
struct Block {
    rule: Rule,
    depth: usize,
    name: String,
    detail: String,
    head: Span,
    selection: Span,
    end: u32,
    last_line: u32,
    first_line: u32,
}

/// How deep a block lies: a procedure, version or example holds nothing of its like.
const fn depth(rule: Rule) -> usize {
    match rule {
        Rule::step | Rule::choice | Rule::decision | Rule::wait | Rule::outcome => 1,
        _ => 0,
    }
}

const fn kind(rule: Rule) -> SymbolKind {
    match rule {
        Rule::procedure | Rule::fragment => SymbolKind::Module,
        Rule::version => SymbolKind::Class,
        Rule::question => SymbolKind::Variable,
        Rule::choice | Rule::decision => SymbolKind::Operator,
        Rule::wait => SymbolKind::Event,
        Rule::outcome => SymbolKind::Constant,
        Rule::example => SymbolKind::Object,
        _ => SymbolKind::Function,
    }
}

fn blocks(source: &Source) -> Vec<Block> {
    let text = source.text();
    let body = header::frame(text).ok().flatten().map_or(0, |frame| frame.body).min(text.len());
    let first = u32::try_from(lines(&text[..body]).count()).unwrap_or(0);
    let mut blocks: Vec<Block> = Vec::new();
    for (number, (at, line)) in (first..).zip(lines(&text[body..])) {
        let line = Line::new(body + at, line);
        if line.text.is_empty() {
            continue;
        }
        let read = tokens(&line).filter(|(rule, _)| opens_block(*rule));
        if let Some((rule, tokens)) = read {
            blocks.push(block(source, rule, &tokens, line.span, number));
        } else if line.text.starts_with('#') {
            continue;
        }
        let here = blocks.last().map_or(0, |block| block.depth);
        // The line also belongs to the block around.
        let mut around = here + 1;
        for block in blocks.iter_mut().rev() {
            if block.depth < around {
                around = block.depth;
                (block.end, block.last_line) = (line.span.end, number);
            }
            if around == 0 {
                break;
            }
        }
    }
    blocks
}

fn block(source: &Source, rule: Rule, tokens: &[Token], head: Span, line: u32) -> Block {
    let find = |wanted: Rule| tokens.iter().find(|token| token.rule == wanted).map(|token| token.span);
    let title = find(Rule::prose);
    let named = find(Rule::name).filter(|_| !matches!(rule, Rule::procedure | Rule::fragment | Rule::example));
    let selection = named.or(title).unwrap_or(head);
    let detail = if named.is_some() { title.map_or("", |span| source.slice(span)) } else { "" };
    let name = source.slice(selection).trim();
    // The protocol allows no empty name.
    let name = if name.is_empty() { source.slice(head) } else { name };
    Block {
        rule,
        depth: depth(rule),
        name: name.to_owned(),
        detail: detail.trim().to_owned(),
        head,
        selection,
        end: head.end,
        first_line: line,
        last_line: line,
    }
}

/// The outline of a file.
#[must_use]
pub fn outline(world: &World, id: SourceId) -> Vec<DocumentSymbol> {
    let source = world.source(id);
    if role(source.path()) == Role::Vocabulary {
        return keys(world, id);
    }
    let range = |span: Span| world.page(id).range(span, world.encoding);
    let mut symbols: Vec<DocumentSymbol> = Vec::new();
    for block in blocks(source) {
        let whole = range(Span { start: block.head.start, end: block.end });
        let detail = (!block.detail.is_empty()).then_some(block.detail);
        let symbol = entry(block.name, detail, kind(block.rule), whole, range(block.selection));
        match symbols.last_mut().filter(|_| block.depth > 0) {
            Some(around) => around.children.get_or_insert_default().push(symbol),
            None => symbols.push(symbol),
        }
    }
    symbols
}

/// The keys of a vocabulary file.
fn keys(world: &World, id: SourceId) -> Vec<DocumentSymbol> {
    let own = world.mentions(id).iter().filter(|mention| mention.usage == mastara_dsl::mention::Use::Definition);
    let symbol = |mention: &mastara_dsl::mention::Mention| {
        let range = world.page(id).range(mention.span, world.encoding);
        entry(mention.name.to_string(), None, SymbolKind::Key, range, range)
    };
    own.map(symbol).collect()
}

#[expect(deprecated, reason = "the protocol's type still has the field")]
fn entry(name: String, detail: Option<String>, kind: SymbolKind, range: Range, selection: Range) -> DocumentSymbol {
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: selection,
        children: None,
    }
}

/// What can be folded: the header, the blocks, remarks that follow one another.
#[must_use]
pub fn folds(world: &World, id: SourceId) -> Vec<FoldingRange> {
    let source = world.source(id);
    if role(source.path()) == Role::Vocabulary {
        return Vec::new();
    }
    let mut folds = Vec::new();
    let mut add = |first: u32, last: u32, kind: Option<FoldingRangeKind>| {
        if last > first {
            folds.push(FoldingRange {
                start_line: first,
                start_character: None,
                end_line: last,
                end_character: None,
                kind,
                collapsed_text: None,
            });
        }
    };
    if let Ok(Some(frame)) = header::frame(source.text()) {
        let line = |byte: u32| world.page(id).position(byte, world.encoding).line;
        add(line(frame.yaml.start).saturating_sub(1), line(frame.yaml.end), Some(FoldingRangeKind::Region));
    }
    for block in blocks(source) {
        add(block.first_line, block.last_line, None);
    }
    let mut remarks: Option<(u32, u32)> = None;
    for (number, (_, line)) in (0..).zip(lines(source.text())) {
        remarks = match (remarks, line.trim_start().starts_with('#')) {
            (Some((first, _)), true) => Some((first, number)),
            (None, true) => Some((number, number)),
            (open, false) => {
                if let Some((first, last)) = open {
                    add(first, last, Some(FoldingRangeKind::Comment));
                }
                None
            }
        };
    }
    if let Some((first, last)) = remarks {
        add(first, last, Some(FoldingRangeKind::Comment));
    }
    folds
}
