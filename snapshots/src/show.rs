//! Findings as snapshots show them: place, code and sentence; the words they point at; what to do.

use std::fmt::Write as _;

use mastara_dsl::{finding::Finding, message, source::Source};
use mastara_engine::text::Lang;

use crate::Checked;

/// Everything that was found, in a language.
#[must_use]
pub fn findings(checked: &Checked, lang: Lang) -> String {
    if checked.findings.is_empty() {
        return "∅\n".to_owned();
    }
    checked.findings.iter().map(|finding| shown(finding, checked.compiled.source(finding.source), 0, lang)).collect()
}

/// One finding; the first `before` lines of its file are not counted.
#[must_use]
pub fn shown(finding: &Finding, source: &Source, before: usize, lang: Lang) -> String {
    let (line, column) = source.position(finding.span.start);
    let message = message::message(finding, lang);
    let (name, code) = (source.name(), finding.code.number());
    let place = match line.checked_sub(before).filter(|line| *line > 0) {
        Some(line) => format!("{name}:{line}:{column}"),
        None => format!("{name}:0:{column}"),
    };
    let mut out = format!("{place} {code} {}\n", visible(&message.text));
    let pointed = source.slice(finding.span);
    if !pointed.is_empty() {
        let _ = writeln!(out, "    > {}", visible(&cut(pointed)));
    }
    if let Some(help) = message.help {
        let _ = writeln!(out, "    = {}", visible(&help));
    }
    out
}

/// The first line of what is pointed at, and no more of it than fits.
fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// The text with what cannot be seen written out; the marks that isolate Latin words in Arabic stay as they are.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control() || matches!(c, '\u{A0}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
    };
    text.chars().map(|c| if is_hidden(c) { format!("<U+{:04X}>", u32::from(c)) } else { c.to_string() }).collect()
}
