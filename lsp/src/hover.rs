//! What is told of the word under the pointer: what was found there, what a name stands for, what a keyword means.

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};
use include_dir::{Dir, include_dir};
use mastara_dsl::{
    finding::Finding,
    keyword::{self, Rule},
    mention::{Mention, Noun},
    message::label,
    parse::Line,
    source::{SourceId, Span},
    token::tokens,
};
use mastara_engine::{
    flow::NodeId,
    procedure::{Procedure, Version},
    text::{Lang, Text},
};

use crate::{
    diagnose, measures, rank,
    symbol::{self, Symbol},
    words::Words,
    world::World,
};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../dsl/src/rules");

/// What is told at a place.
#[must_use]
pub fn hover(world: &World, id: SourceId, position: Position, words: Words) -> Option<Hover> {
    let byte = world.page(id).byte(position, world.encoding);
    let mut parts = Vec::new();
    let mut span = None;
    if let Some(mention) = symbol::mention_at(world, id, byte)
        && let Some(text) = of_name(world, id, mention, words)
    {
        parts.push(text);
        span = Some(mention.span);
    } else if let Some((text, at)) = rank::told(world, id, byte, words).or_else(|| of_keyword(world, id, byte, words)) {
        parts.push(text);
        span = Some(at);
    }
    let found = world.findings(id);
    for finding in found.iter().filter(|finding| finding.span.start <= byte && byte < finding.span.end) {
        parts.push(of_finding(finding, words));
        span = span.or(Some(finding.span));
    }
    let range = span.map(|span| world.page(id).range(span, world.encoding));
    let value = parts.join("\n\n---\n\n");
    let contents = Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value });
    (!parts.is_empty()).then_some(Hover { contents, range })
}

/// A finding, with the page of its rule.
fn of_finding(finding: &Finding, words: Words) -> String {
    let page = PAGES.get_file(format!("{}.md", finding.code.name())).and_then(|file| file.contents_utf8());
    // The title of the page stands in the line above it.
    let page = page.and_then(|page| page.split_once('\n')).map_or("", |(_, page)| page);
    let sentence = diagnose::sentence(finding, words).replace('\n', "  \n");
    format!("**{} · {}**  \n{sentence}\n\n{}", finding.code.number(), finding.code.name(), page.trim())
}

/// A keyword: an example of its line, and its forms in the three dialects.
fn of_keyword(world: &World, id: SourceId, byte: u32, words: Words) -> Option<(String, Span)> {
    let (start, line) = world.page(id).line_at(byte);
    let line = Line::new(start as usize, line);
    let (rule, tokens) = tokens(&line)?;
    let holds = |span: Span| span.start <= byte && byte < span.end;
    let token = tokens.iter().rev().find(|token| holds(token.span))?;
    let word = keyword::word(token.rule)?;
    let forms = Lang::ALL.map(|lang| format!("`{}`", word.form(lang)));
    let example = label(&format!("kind.line.{}", keyword::row(rule)), words.lang);
    let example = if example.is_empty() { String::new() } else { words.get("hover.example").replace("{0}", example) };
    Some((format!("{}\n\n{example}", forms.join(" · ")), token.span))
}

/// What a name stands for.
fn of_name(world: &World, id: SourceId, mention: &Mention, words: Words) -> Option<String> {
    let symbol = symbol::symbol(world, id, mention)?;
    let mut lines = match &symbol {
        Symbol::Shared(noun, name) => of_shared(world, *noun, name, words)?,
        Symbol::Local { noun: Noun::Node, name, .. } => of_node(world, id, name, mention.version, words)?,
        Symbol::Local { noun: Noun::Question, name, .. } => of_question(world, id, name, words)?,
        Symbol::Local { noun: Noun::Version, name, .. } => of_version(world, id, name, words)?,
        Symbol::Local { noun: Noun::Case, name, of, .. } => of_case(world, id, of.as_deref()?, name, words)?,
        Symbol::Local { .. } => return None,
    };
    lines.insert(0, format!("**{}** `{}`", words.get(noun_key(symbol.noun())), symbol.name()));
    Some(lines.join("  \n"))
}

/// The key of the word for a kind of name.
#[must_use]
pub const fn noun_key(noun: Noun) -> &'static str {
    match noun {
        Noun::Document => "noun.document",
        Noun::Authority => "noun.authority",
        Noun::Place => "noun.place",
        Noun::Register => "noun.register",
        Noun::Portal => "noun.portal",
        Noun::Fee => "noun.fee",
        Noun::Text => "noun.text",
        Noun::LifeEvent => "noun.life-event",
        Noun::Sector => "noun.sector",
        Noun::Procedure => "noun.procedure",
        Noun::Fragment => "noun.fragment",
        Noun::Parameter | Noun::Argument => "noun.parameter",
        Noun::Version => "noun.version",
        Noun::Node => "noun.node",
        Noun::Question => "noun.question",
        Noun::Case => "noun.case",
    }
}

/// A text in the reader's language, and in the other official one.
pub(crate) fn both(text: &Text, words: Words) -> Vec<String> {
    let other = if words.lang == Lang::Ar { Lang::Fr } else { Lang::Ar };
    let own = text.in_lang(words.lang);
    let other = text.get(other).filter(|other| *other != own);
    std::iter::once(own).chain(other).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// A word of the vocabulary, a procedure or a fragment; `None` if it is unknown.
fn of_shared(world: &World, noun: Noun, name: &str, words: Words) -> Option<Vec<String>> {
    let compiled = world.compiled();
    let vocabulary = &compiled.vocabulary;
    let body = |name: &str| match vocabulary.authorities.get(name) {
        Some(body) => format!("{} (`{name}`)", body.title.in_lang(words.lang)),
        None => format!("`{name}`"),
    };
    let mut lines;
    match noun {
        Noun::Document => {
            let document = vocabulary.documents.get(name)?;
            lines = both(&document.title, words);
            lines.extend(document.issuer.as_ref().map(|issuer| words.fill("hover.issuer", &[&body(issuer.as_str())])));
            lines.extend(document.is_held.then(|| words.get("hover.held").to_owned()));
            lines.extend((!document.is_paper).then(|| words.get("hover.not-paper").to_owned()));
            lines.extend(document.is_public.then(|| words.get("hover.public").to_owned()));
            let procedure = document.procedure.as_ref();
            lines.extend(procedure.map(|procedure| words.fill("hover.delivered-by", &[procedure.as_str()])));
        }
        Noun::Authority => {
            let authority = vocabulary.authorities.get(name)?;
            lines = both(&authority.title, words);
            let parent = authority.parent.as_ref();
            lines.extend(parent.map(|parent| words.fill("hover.parent", &[&body(parent.as_str())])));
        }
        Noun::Place => {
            let place = vocabulary.places.get(name)?;
            lines = both(&place.title, words);
            lines.push(words.fill("hover.met-there", &[&body(place.authority.as_str())]));
        }
        Noun::Register => {
            let register = vocabulary.registers.get(name)?;
            lines = both(&register.title, words);
            lines.push(words.fill("hover.kept-by", &[&body(register.authority.as_str())]));
            let supplies: Vec<_> = register.supplies.iter().map(|document| format!("`{document}`")).collect();
            lines.extend((!supplies.is_empty()).then(|| words.fill("hover.supplies", &[&supplies.join(", ")])));
        }
        Noun::Portal => {
            let portal = vocabulary.portals.get(name)?;
            lines = both(&portal.title, words);
            lines.extend(portal.url.as_ref().map(|url| format!("<https://{url}>")));
        }
        Noun::Fee => {
            let fee = vocabulary.fees.get(name)?;
            lines = both(&fee.title, words);
            lines.push(words.fill("measure.fees", &[&measures::dirhams(fee.amount.centimes(), words)]));
            lines.extend(fee.text.as_ref().map(|text| words.fill("law", &[text.as_str()])));
        }
        Noun::Text => {
            let text = vocabulary.texts.get(name)?;
            lines = both(&text.title, words);
            lines.extend(text.date.map(|date| words.fill("hover.of-date", &[&date.to_string()])));
        }
        Noun::LifeEvent => lines = both(vocabulary.life_events.get(name)?, words),
        Noun::Sector => lines = both(vocabulary.sectors.get(name)?, words),
        Noun::Procedure => {
            let procedure = &compiled.find(name)?.lowered.procedure;
            lines = both(&procedure.title, words);
            lines.push(words.fill("hover.in-charge", &[&body(procedure.authority.as_str())]));
            lines.extend(procedure.in_force(world.today()).map(|version| figures(version, words)));
        }
        Noun::Fragment => {
            let fragment = compiled.fragments.get(name)?;
            let text: Vec<_> = fragment.lines.iter().map(|(_, line)| line.as_str()).collect();
            lines = vec![format!("({})", fragment.parameters.join(", "))];
            lines.push(format!("\n```mastara\n{}\n```", text.join("\n")));
        }
        _ => return None,
    }
    Some(lines)
}

/// The name of a version and its figures.
fn figures(version: &Version, words: Words) -> String {
    let figures = measures::measures(version).map(|measures| measures::of_version(&measures, words));
    let figures = figures.unwrap_or_else(|| words.get("hover.unmeasured").to_owned());
    format!("{} : {figures}", words.id(version.name.as_str()))
}

fn procedure(world: &World, id: SourceId) -> Option<&Procedure> {
    world.entry(id).map(|entry| &entry.lowered.procedure)
}

/// The version in which a name stands, and a node of it; or else of any version that has it.
fn node<'w>(world: &'w World, id: SourceId, name: &str, rank: u32) -> Option<(&'w Version, NodeId)> {
    let procedure = procedure(world, id)?;
    let opened = world.mentions(id).iter().filter(|mention| mention.noun == Noun::Version && mention.version == rank);
    let here = opened.filter_map(|mention| procedure.version(&mention.name));
    here.chain(&procedure.versions).find_map(|version| version.flow.find(name).map(|node| (version, node)))
}

fn of_node(world: &World, id: SourceId, name: &str, rank: u32, words: Words) -> Option<Vec<String>> {
    let (version, node) = node(world, id, name, rank)?;
    let mut lines = both(&version.flow.node(node).title, words);
    lines.extend(measures::of_node(version, node, words));
    Some(lines)
}

fn of_question(world: &World, id: SourceId, name: &str, words: Words) -> Option<Vec<String>> {
    let question = procedure(world, id)?.questions.iter().find(|question| question.name.as_str() == name)?;
    let mut lines = both(&question.title, words);
    lines.extend(question.known_by.as_ref().map(|register| words.fill("hover.known-by", &[register.as_str()])));
    Some(lines)
}

fn of_version(world: &World, id: SourceId, name: &str, words: Words) -> Option<Vec<String>> {
    let version = procedure(world, id)?.version(name)?;
    let mut lines = both(&version.title, words);
    lines.push(figures(version, words));
    Some(lines)
}

fn of_case(world: &World, id: SourceId, of: &str, name: &str, words: Words) -> Option<Vec<String>> {
    let procedure = procedure(world, id)?;
    let flows = procedure.versions.iter().flat_map(|version| version.flow.questions());
    let question = procedure.questions.iter().chain(flows).find(|question| question.name.as_str() == of)?;
    let mastara_engine::condition::Kind::OneOf(cases) = &question.kind else { return None };
    cases.iter().find(|case| case.name.as_str() == name).map(|case| both(&case.label, words))
}

/// The text that is told of a keyword in lists.
#[must_use]
pub fn example_of(rule: Rule, words: Words) -> &'static str {
    label(&format!("kind.line.{}", keyword::row(rule)), words.lang)
}
