//! What can be done about a finding with one edit.

use gen_lsp_types::{CodeAction, CodeActionKind, Diagnostic, Range, TextEdit, WorkspaceEdit};
use mastara_dsl::{
    compile::{Role, role},
    finding::{Code, Finding, Findings},
    header,
    keyword::{self, Rule},
    law,
    parse::Line,
    source::{SourceId, Span, lines},
    token::{Token, tokens},
};
use mastara_engine::text::Lang;

use crate::{diagnose, layout, words::Words, world::World};

/// An edit and what it is called.
struct Fix {
    title: String,
    span: Span,
    text: String,
}

/// What can be done about the findings of a range.
#[must_use]
pub fn fixes(world: &World, id: SourceId, range: Range, words: Words) -> Vec<CodeAction> {
    let wanted = world.page(id).span(range, world.encoding);
    let touches = |finding: &&Finding| finding.span.start <= wanted.end && wanted.start <= finding.span.end;
    let found = world.findings(id);
    let mut actions = Vec::new();
    for finding in found.iter().filter(touches) {
        if let Some(fix) = fix(world, finding, words) {
            let range = world.page(id).range(fix.span, world.encoding);
            let edits = vec![TextEdit { range, new_text: fix.text }];
            let diagnostic = diagnose::diagnostic(world, finding, words);
            actions.extend(action(world, id, fix.title, CodeActionKind::QuickFix, edits, Some(diagnostic)));
        }
    }
    actions
}

/// Formatting, for clients that ask for it as an action.
#[must_use]
pub fn formatting(world: &World, id: SourceId, words: Words) -> Option<CodeAction> {
    let edits = layout::layout(world, id);
    let title = words.get("fix.format").to_owned();
    if edits.is_empty() { None } else { action(world, id, title, CodeActionKind::SourceFixAll, edits, None) }
}

fn action(
    world: &World,
    id: SourceId,
    title: String,
    kind: CodeActionKind,
    edits: Vec<TextEdit>,
    diagnostic: Option<Diagnostic>,
) -> Option<CodeAction> {
    let uri = world.uri(id)?.clone();
    Some(CodeAction {
        title,
        kind: Some(kind),
        is_preferred: diagnostic.is_some().then_some(true),
        diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
        edit: Some(WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    })
}

fn fix(world: &World, finding: &Finding, words: Words) -> Option<Fix> {
    if finding.via.is_some() {
        return None;
    }
    let source = world.source(finding.source);
    let span = finding.span;
    if let Some(word) = &finding.suggestion {
        let span = wrong_word(source.slice(span), finding).map_or(span, |within| within.shifted(span.start));
        return Some(Fix { title: words.fill("fix.replace", &[word]), span, text: word.clone() });
    }
    match finding.code {
        Code::ControlCharacter => {
            Some(Fix { title: words.get("fix.remove-hidden").to_owned(), span, text: String::new() })
        }
        Code::IdNotPath => {
            let path = finding.args.get(1)?;
            Some(Fix { title: words.fill("fix.replace", &[path]), span, text: path.clone() })
        }
        Code::ExchangeWithoutConsent => {
            let (_, tokens) = line_tokens(world, finding)?;
            let end = tokens.iter().find(|token| token.rule == Rule::names)?.span.end;
            let word = keyword::word(Rule::k_consented)?.form(dialect(world, finding.source));
            let (title, text) = (words.fill("fix.add", &[word]), format!(" {word}"));
            Some(Fix { title, span: Span { start: end, end }, text })
        }
        Code::RefusalUnreasoned => {
            let (at, indent) = after_title(world, finding)?;
            let word = keyword::word(Rule::k_reasons)?.form(dialect(world, finding.source));
            let (title, text) = (words.fill("fix.add", &[word]), format!("\n{indent}  {word}"));
            Some(Fix { title, span: Span { start: at, end: at }, text })
        }
        _ => {
            // What `check --fix` would do.
            let edit = law::fix(world.compiled(), finding)?;
            Some(Fix { title: words.fill("fix.mend", &[finding.law()?]), span: edit.span, text: edit.text })
        }
    }
}

/// Where in a faulty stretch the wrong word stands, if there is more than it.
fn wrong_word(stretch: &str, finding: &Finding) -> Option<Span> {
    let word = finding.args.first().filter(|word| !word.is_empty())?;
    stretch.find(word.as_str()).map(|at| Span::new(at, at + word.len()))
}

/// The line of a finding, read.
fn line_tokens(world: &World, finding: &Finding) -> Option<(Rule, Vec<Token>)> {
    let (start, line) = world.page(finding.source).line_at(finding.span.start);
    tokens(&Line::new(start as usize, line))
}

/// The end of the titles of a block, and its indentation.
fn after_title(world: &World, finding: &Finding) -> Option<(u32, String)> {
    let (start, line) = world.page(finding.source).line_at(finding.span.start);
    let indent = line[..line.len() - line.trim_start().len()].to_owned();
    let rest = world.source(finding.source).text().get(start as usize..)?;
    let mut end = start;
    for (at, line) in lines(rest) {
        let is_title = at == 0 || keyword::line_rule(line.trim()) == Some(Rule::text);
        if !is_title {
            break;
        }
        end = start + u32::try_from(at + line.len()).ok()?;
    }
    Some((end, indent))
}

fn dialect(world: &World, id: SourceId) -> Lang {
    let source = world.source(id);
    if !matches!(role(source.path()), Role::Procedure | Role::Fragment) {
        return Lang::Fr;
    }
    let frame = header::frame(source.text()).ok().flatten();
    frame.map_or(Lang::Fr, |frame| header::read(source.text(), frame, &mut Findings::new(id)).dialect)
}
