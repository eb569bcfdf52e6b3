//! Findings as the editor shows them.

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Message, Range, Uri,
};
use mastara_dsl::{
    finding::{Finding, Severity},
    message::message,
    source::SourceId,
};

use crate::{symbol, words::Words, world::World};

/// Who speaks.
const SOURCE: &str = "mastara";

/// What is shown of a file: everything while it is open, and errors of the language in any case.
#[must_use]
pub fn diagnostics(world: &World, id: SourceId, words: Words) -> Vec<Diagnostic> {
    let is_open = world.version(id).is_some();
    let shown = |finding: &Finding| is_open || (finding.severity == Severity::Error && finding.law().is_none());
    world
        .findings(id)
        .iter()
        .filter(|finding| shown(finding))
        .map(|finding| diagnostic(world, finding, words))
        .collect()
}

/// One finding.
#[must_use]
pub fn diagnostic(world: &World, finding: &Finding, words: Words) -> Diagnostic {
    Diagnostic {
        range: world.page(finding.source).range(finding.span, world.encoding),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Information => DiagnosticSeverity::Information,
        }),
        code: Some(Code::String(finding.code.number().to_owned())),
        code_description: Some(CodeDescription { href: Uri(page(finding)) }),
        source: Some(SOURCE.to_owned()),
        message: Message::String(sentence(finding, words)),
        tags: None,
        related_information: related(world, finding),
        data: None,
    }
}

/// The sentence, what to do, and the law behind it.
#[must_use]
pub fn sentence(finding: &Finding, words: Words) -> String {
    let message = message(finding, words.lang);
    let law = finding.law().map(|law| words.fill("law", &[law]));
    let lines: Vec<_> = [Some(message.text), message.help, law].into_iter().flatten().collect();
    lines.join("\n")
}

/// The published page of the rule.
fn page(finding: &Finding) -> String {
    format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), finding.code.name())
}

/// The line of the fragment that wrote the faulty line.
fn related(world: &World, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    let (fragment, line) = finding.via.as_ref()?;
    let file = symbol::file_of_fragment(world, fragment)?;
    let line = u32::try_from(line.saturating_sub(1)).ok()?;
    let start = gen_lsp_types::Position { line, character: 0 };
    let location = Location { uri: world.uri(file)?.clone(), range: Range { start, end: start } };
    Some(vec![DiagnosticRelatedInformation { location, message: fragment.clone() }])
}
