//! YAML as a tree with positions; the only file that names serde_yaml.
//!
//! Fields, types and enumerations are checked on the tree, so that one reading reports every mistake of a header.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_yaml::Spanned;

use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Yaml {
    /// What it is.
    pub value: Value,
    /// Where it stands, in bytes of the text that was parsed.
    pub span: Span,
}

/// A value of YAML; every scalar is kept as its text.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// A word, number or truth.
    Scalar(String),
    /// A list.
    List(Vec<Yaml>),
    /// Keys, each with its place, and their values, in the order of the text.
    Map(Vec<(String, Span, Yaml)>),
}

/// Why a text is no YAML.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    /// What the reader says.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Reads a text.
///
/// # Errors
/// If it is no YAML, repeats a key, uses anchors or aliases, or nests too deeply.
pub fn parse(text: &str) -> Result<Yaml, SyntaxError> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_aliases: 0,
            max_anchors: 0,
            flow_nesting_limit: 32,
            max_depth: 32,
        },
    };
    match serde_yaml::from_str_with_options::<Spanned<Tree>>(text, options) {
        Ok(tree) => Ok(build(tree, text)),
        Err(error) => {
            let at = error.location().map_or(0, |location| byte_of(text, location.line(), location.column()));
            let length = text[at..].find(['\n', '\r', ' ']).unwrap_or(text.len() - at);
            Err(SyntaxError { message: explain(&error.to_string()), span: Span::new(at, at + length) })
        }
    }
}

/// What the reader complains of, as a kind that `message` says in the reader's language, or in its own words.
fn explain(message: &str) -> String {
    const KINDS: &[(&str, &str)] = &[
        ("duplicate mapping key", "yaml-duplicate"),
        ("Anchor", "yaml-anchor"),
        ("Alias", "yaml-anchor"),
        ("alias", "yaml-anchor"),
        ("anchor", "yaml-anchor"),
        ("Depth", "yaml-depth"),
        ("nest", "yaml-depth"),
        ("recursion", "yaml-depth"),
        ("tab", "yaml-tab"),
        ("quote", "yaml-quote"),
        ("quoted", "yaml-quote"),
        ("flow sequence", "yaml-bracket"),
        ("flow mapping", "yaml-bracket"),
        ("bracket", "yaml-bracket"),
        ("brace", "yaml-bracket"),
        ("':'", "yaml-colon"),
    ];
    let kind = KINDS.iter().find(|(sign, _)| message.contains(sign));
    kind.map_or_else(|| first_line(message), |(_, kind)| format!("{}{kind}", crate::message::KIND))
}

/// The reader's message without its position, which the finding gives.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or("").trim();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    // The position is relative to the header; the finding gives the one in the file.
    let line = match (line.strip_prefix("line "), line.split_once(": ")) {
        (Some(_), Some((_, rest))) => rest,
        _ => line,
    };
    line.split(" at line ").next().unwrap_or(line).to_owned()
}

/// The byte at a line and column, both from 1 and columns in characters.
fn byte_of(text: &str, line: u64, column: u64) -> usize {
    let skip = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
    let Some((start, content)) = crate::source::lines(text).nth(skip) else { return text.len() };
    let chars = usize::try_from(column.saturating_sub(1)).unwrap_or(0);
    start + content.char_indices().nth(chars).map_or(content.len(), |(at, _)| at)
}

/// The byte where a node begins; an empty one has none of its own.
fn byte_at(location: serde_yaml::Location, text: &str) -> usize {
    let at = location.span().byte_offset().and_then(|at| usize::try_from(at).ok());
    at.unwrap_or_else(|| byte_of(text, location.line(), location.column())).min(text.len())
}

/// Gives each node its place in bytes.
fn build(tree: Spanned<Tree>, text: &str) -> Yaml {
    let start = byte_at(tree.referenced, text);
    let (value, length) = match tree.value {
        Tree::Null => (Value::Null, 0),
        Tree::Scalar(scalar) => {
            let quotes = if text.get(start..).unwrap_or("").starts_with(['"', '\'']) { 2 } else { 0 };
            let length = scalar.len() + quotes;
            (Value::Scalar(scalar), length)
        }
        Tree::List(items) => (Value::List(items.into_iter().map(|item| build(item, text)).collect()), 1),
        Tree::Map(entries) => {
            let entry = |(key, value): (Spanned<String>, Spanned<Tree>)| {
                let at = byte_at(key.referenced, text);
                let span = Span::new(at, at + key.value.len());
                (key.value, span, build(value, text))
            };
            (Value::Map(entries.into_iter().map(entry).collect()), 1)
        }
    };
    let mut end = (start + length).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Yaml { value, span: Span::new(start, end) }
}

/// The tree as serde builds it.
enum Tree {
    Null,
    Scalar(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<String>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Tree::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "id: a/b\nusagers: [citoyen, \"été\"]\n";
        let Value::Map(entries) = parse(text).unwrap().value else { panic!("no map") };
        let Value::List(items) = &entries[1].2.value else { panic!("no list") };
        let slice = |span: Span| &text[span.start as usize..span.end as usize];
        assert_eq!((slice(entries[1].1), slice(items[1].span)), ("usagers", "\"été\""));
    }

    #[test]
    fn a_bomb_of_aliases_is_refused() {
        assert!(parse("a: &a [x]\nb: [*a, *a]\n").is_err());
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn a_repeated_key_is_refused() {
        assert!(parse("a: 1\na: 2\n").is_err());
    }
}
