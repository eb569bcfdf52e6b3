//! `check --format json`.

use mastara_dsl::{
    finding::{Finding, Severity},
    message::message,
    source::Source,
};
use mastara_engine::text::Lang;
use serde::Serialize;

use crate::catalogue::Checked;

/// Everything found.
#[derive(Debug, Serialize)]
pub struct FindingsView {
    /// By file and place.
    pub findings: Vec<FindingView>,
    /// How many there are.
    pub summary: SummaryView,
}

/// How many findings there are of each weight, and files read.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct SummaryView {
    /// Files checked.
    pub files: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Worth knowing.
    pub informations: usize,
}

/// A finding and its sentence.
#[derive(Debug, Serialize)]
pub struct FindingView {
    /// Such as `M201`.
    pub code: &'static str,
    /// Such as `unknown-document`.
    pub name: &'static str,
    /// `error`, `warning` or `information`.
    pub severity: &'static str,
    /// The file, as the person would write it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The article of law behind it.
    pub law: Option<&'static str>,
    /// The rule's own weight, by which `conformity` counts, where the catalogue or the file gives it another here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_severity: Option<&'static str>,
}

impl FindingsView {
    /// Of what was checked, in a language.
    pub fn new(checked: &Checked, lang: Lang) -> Self {
        let findings: Vec<_> =
            checked.findings.iter().map(|finding| FindingView::new(finding, checked, lang)).collect();
        let summary = SummaryView::of(checked.findings.iter(), checked.asked());
        Self { findings, summary }
    }
}

impl SummaryView {
    /// Of these findings in so many files.
    pub fn of<'f>(findings: impl Iterator<Item = &'f Finding>, files: usize) -> Self {
        findings.fold(Self { files, ..Self::default() }, |mut sum, finding| {
            match finding.severity {
                Severity::Error => sum.errors += 1,
                Severity::Warning => sum.warnings += 1,
                Severity::Information => sum.informations += 1,
            }
            sum
        })
    }
}

impl FindingView {
    /// One finding, in a language.
    pub fn new(finding: &Finding, checked: &Checked, lang: Lang) -> Self {
        let source = checked.compiled.source(finding.source);
        Self::of_source(finding, source, checked.name(finding.source), lang)
    }

    /// One finding in a source of this name, in a language.
    pub fn of_source(finding: &Finding, source: &Source, file: String, lang: Lang) -> Self {
        let (line, column) = source.position(finding.span.start);
        let (end_line, end_column) = source.position(finding.span.end.max(finding.span.start));
        let message = message(finding, lang);
        Self {
            code: finding.code.number(),
            name: finding.code.name(),
            severity: severity(finding.severity),
            file,
            line,
            column,
            end_line,
            end_column,
            message: message.text,
            help: message.help,
            law: finding.law(),
            own_severity: Some(finding.code.severity()).filter(|own| *own != finding.severity).map(severity),
        }
    }
}

/// A weight as programs read it.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
    }
}
