//! The grammar; the only file that derives a parser.

#![expect(missing_docs, reason = "the derived rules are documented in the grammar files")]

/// The rules of a line, made from `grammar/keywords.pest` (words) and `grammar/flow.pest` (structure).
#[derive(pest_derive::Parser)]
#[grammar = "grammar/keywords.pest"]
#[grammar = "grammar/flow.pest"]
pub struct Grammar;
