//! The language guide: each of its examples is read without a mistake, and each word of the language is in one of them.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use std::{collections::BTreeSet, fs};

use mastara_dsl::{
    finding::{Code, Findings, Severity},
    header,
    keyword::{Rule, WORDS},
    parse::{Line, parse},
    source::{Source, SourceId, lines},
};
use mastara_engine::text::Lang;
use mastara_snapshots::{
    Checked, check,
    page::{Block, blocks},
    root, show, vocabulary,
    wrap::wrap,
};

#[test]
fn whole_files_of_the_guide_have_no_mistake() {
    for block in examples().iter().filter(|block| is_whole(block)) {
        let checked = checked(block);
        let is_wrong = checked.findings.iter().any(|finding| finding.severity == Severity::Error);
        assert!(!is_wrong, "docs/langage.md, line {}:\n{}", block.line, show::findings(&checked, Lang::Fr));
    }
}

#[test]
fn every_line_of_the_guide_is_read_with_its_words() {
    for block in examples().iter().filter(|block| !is_whole(block)) {
        let mut checked = checked(block);
        checked.findings.retain(|finding| finding.severity == Severity::Error && !LACKING.contains(&finding.code));
        let is_right = checked.findings.is_empty();
        assert!(is_right, "docs/langage.md, line {}:\n{}", block.line, show::findings(&checked, Lang::Fr));
    }
}

#[test]
fn every_word_of_the_language_is_in_an_example_of_the_guide() {
    let used: BTreeSet<Rule> = examples().iter().flat_map(words).collect();
    let unused: Vec<_> =
        WORDS.iter().filter(|word| !used.contains(&word.rule)).map(|word| word.form(Lang::Fr)).collect();
    assert!(unused.is_empty(), "no example of docs/langage.md has: {}", unused.join(", "));
}

/// What a few lines taken out of a procedure lack: the nodes and versions they speak of, and so the figures.
const LACKING: &[Code] =
    &[Code::UnknownNode, Code::UnknownQuestion, Code::UnknownPredecessor, Code::UnreachableStep, Code::ClaimNotMet];

/// The blocks of the guide that are in the language.
fn examples() -> Vec<Block> {
    let page = fs::read_to_string(root().join("docs/langage.md")).unwrap();
    let mut found = blocks(&page);
    found.retain(|block| block.has("mastara"));
    assert!(found.len() > 10, "only {} examples were found", found.len());
    found
}

fn is_whole(block: &Block) -> bool {
    block.has("fichier") || block.has("fragment")
}

/// The language of the keywords of a block.
fn dialect(block: &Block) -> Lang {
    block.info.iter().find_map(|word| Lang::from_code(word)).unwrap_or_default()
}

fn checked(block: &Block) -> Checked {
    let named = block.text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap_or("identite/exemple");
    let folder = if block.has("fragment") { "fragments" } else { "procedures" };
    let text = if is_whole(block) { block.text.clone() } else { wrapped(block) };
    let mut files = vec![Source::new(format!("{folder}/{named}.mastara"), text.as_bytes())];
    // The guide's own fragment, for the blocks that use it.
    let fragment = examples().into_iter().find(|other| other.has("fragment") && !block.has("fragment"));
    files.extend(fragment.map(|other| Source::new("fragments/legalisation.mastara", other.text.as_bytes())));
    check(vocabulary(), files)
}

/// A few lines in the standard file, after the questions that the guide declares.
fn wrapped(block: &Block) -> String {
    let asks = |block: &Block| block.text.starts_with("question ");
    let questions: String = match dialect(block) {
        Lang::Fr if !asks(block) => examples().iter().filter(|other| asks(other)).map(|other| &*other.text).collect(),
        _ => String::new(),
    };
    wrap("identite/exemple", dialect(block), &(questions + &block.text)).text
}

/// The words of the language on the lines of a block.
fn words(block: &Block) -> Vec<Rule> {
    let body = header::frame(&block.text).ok().flatten().map_or(0, |frame| frame.body);
    let mut findings = Findings::new(SourceId(0));
    let mut words = Vec::new();
    for (at, line) in lines(&block.text[body..]) {
        let line = Line::new(body + at, line);
        let Some(fact) = parse(&line, dialect(block), &mut findings) else { continue };
        words.extend(fact.tokens().flatten().map(|token| token.as_rule()));
    }
    words
}
