//! Facts grouped under the line that opens their block.

use mastara_engine::{
    node::{Citation, Source},
    procedure::Procedure,
};

use super::scope::Scope;
use crate::{
    finding::{Code, Findings},
    keyword::Rule,
    parse::{Fact, TORN, TORN_VERSION, opens_block},
};

/// An opening line and the facts under it.
#[derive(Debug)]
pub struct Block<'s> {
    /// The opening line.
    pub head: Fact<'s>,
    /// The facts under it, in order.
    pub body: Vec<Fact<'s>>,
}

/// Whether a line opens a node.
pub fn is_node(rule: Rule) -> bool {
    matches!(rule, Rule::step | Rule::choice | Rule::decision | Rule::wait | Rule::outcome)
}

/// Whether a line opens a version, or would if it could be read.
pub fn is_version(rule: Rule) -> bool {
    matches!(rule, Rule::version | TORN_VERSION)
}

/// Groups facts; those before the first block, and `attendu` or `supprime` inside a node, go where they belong.
pub fn group<'s>(facts: Vec<Fact<'s>>, findings: &mut Findings) -> Vec<Block<'s>> {
    let mut blocks: Vec<Block<'s>> = Vec::new();
    let mut version = None;
    let mut follows_drop = false;
    for fact in facts {
        follows_drop &= fact.rule == Rule::text;
        if opens_block(fact.rule) || matches!(fact.rule, TORN | TORN_VERSION) {
            if is_version(fact.rule) {
                version = Some(blocks.len());
            }
            blocks.push(Block { head: fact, body: Vec::new() });
            continue;
        }
        // Claims and drops speak of the version wherever they stand in it.
        let is_its_text = fact.rule == Rule::text && follows_drop;
        let of_version = matches!(fact.rule, Rule::expect | Rule::drops) || is_its_text;
        follows_drop = fact.rule == Rule::drops || is_its_text;
        let last = blocks.len().checked_sub(1);
        match if of_version { version.or(last) } else { last } {
            Some(at) => blocks[at].body.push(fact),
            None => {
                findings.set_via(fact.via.as_ref());
                misplaced(&fact, findings);
            }
        }
    }
    blocks
}

/// Says that a line does not belong where it stands.
pub fn misplaced(fact: &Fact<'_>, findings: &mut Findings) {
    let word = crate::keyword::split_word(fact.pair.as_str()).0;
    findings.add(Code::MisplacedLine, fact.span, [word]);
}

/// What several kinds of block carry: where they were read, the texts they rest on, how well they are known.
#[derive(Debug, Default)]
pub struct Standing {
    pub sources: Vec<Source>,
    pub legal: Vec<Citation>,
    pub is_estimated: bool,
    pub is_reconstructed: bool,
}

impl Standing {
    /// Takes a fact if it is of this kind.
    pub fn take(&mut self, fact: &Fact<'_>, scope: &mut Scope<'_, '_>) -> bool {
        match fact.rule {
            Rule::source | Rule::verified => self.sources.extend(scope.source(fact)),
            Rule::basis => self.legal.extend(scope.citation_in(fact)),
            Rule::estimated => self.is_estimated = true,
            Rule::reconstructed => self.is_reconstructed = true,
            _ => return false,
        }
        true
    }
}

impl Block<'_> {
    /// The facts under the title of the procedure.
    pub fn lower_details(&self, scope: &mut Scope<'_, '_>, procedure: &mut Procedure) {
        let mut standing = Standing::default();
        let mut last_is_title = true;
        for fact in &self.body {
            if fact.rule == Rule::text {
                if last_is_title {
                    scope.translate(fact, &mut procedure.title);
                }
                continue;
            }
            last_is_title = false;
            if !standing.take(fact, scope) {
                misplaced(fact, scope.findings);
            }
        }
        procedure.sources = standing.sources;
        procedure.legal.extend(standing.legal);
    }
}
