//! A finding with the line that it is about, in the layout of rustc; the only file that names annotate-snippets.
//!
//! Only the line itself is given to the renderer: a file of one line of four megabytes is cut to what a screen shows, and
//! lines end where [`lines`] says, lone carriage returns included.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use mastara_dsl::{
    finding::{Finding, Severity},
    source::{Source, lines},
};

use crate::{
    context::Context,
    paragraph::{width, wrap},
    view::findings::FindingView,
};

/// How many bytes are shown before and after the faulty word.
const AROUND: usize = 160;

/// What stands before a help line besides its name and the width of the line number: ` = `, `: `.
const MARGIN: usize = 5;

/// A finding as people read it.
pub fn excerpt(shown: &FindingView, finding: &Finding, source: &Source, context: &Context) -> String {
    let words = &context.words;
    let (level, name) = match finding.severity {
        Severity::Error => (Level::ERROR, "check.error"),
        Severity::Warning => (Level::WARNING, "check.warning"),
        Severity::Information => (Level::INFO, "check.information"),
    };
    let message = visible(&shown.message);
    let title = level.with_name(words.get(name)).secondary_title(message).id(shown.code);
    let mut group = Group::with_title(title);
    let Window { line, span, is_whole } = window(source, finding);
    let snippet = Snippet::source(line).line_start(shown.line).annotation(AnnotationKind::Primary.span(span));
    if line.trim().is_empty() || !is_whole {
        // The renderer counts columns from the start of what it is given, so the place of a cut line is told apart.
        group = group.element(Origin::path(shown.file.as_str()).line(shown.line).char_column(shown.column));
    }
    if !line.trim().is_empty() {
        group = group.element(if is_whole { snippet.path(shown.file.as_str()) } else { snippet });
    }
    if let Some(help) = &shown.help {
        let name = words.get("check.help");
        // The renderer sets it in behind `  = name: `.
        let room = context.width.saturating_sub(width(name) + MARGIN + shown.line.to_string().len());
        let help = wrap(&visible(help), room, 0);
        group = group.element(Level::HELP.with_name(name).message(help.trim_end().to_owned()));
    }
    if let Some(law) = shown.law {
        group = group.element(Level::NOTE.with_name(words.get("check.law")).message(words.id(law)));
    }
    Renderer::styled().term_width(context.width).render(&[group]) + "\n\n"
}

/// The words of a file may hold anything; control characters would act on the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// A line, or what is around a finding in a long one.
struct Window<'s> {
    line: &'s str,
    /// Where the finding is in it.
    span: Range<usize>,
    is_whole: bool,
}

fn window<'s>(source: &'s Source, finding: &Finding) -> Window<'s> {
    let at = (finding.span.start as usize).min(source.text().len());
    let of_start = |(start, _): &(usize, &str)| *start <= at;
    let (start, line) = lines(source.text()).take_while(of_start).last().unwrap_or((0, ""));
    let from = (at - start).min(line.len());
    let to = (finding.span.end as usize).saturating_sub(start).clamp(from, line.len());
    let is_whole = line.len() <= 4 * AROUND;
    let first = if is_whole { 0 } else { boundary(line, from.saturating_sub(AROUND)) };
    let last = if is_whole { line.len() } else { boundary(line, (to.min(from + AROUND) + AROUND).min(line.len())) };
    let (from, to) = (boundary(line, from), boundary(line, to.min(last)));
    Window { line: &line[first..last], span: from - first..to.max(from) - first, is_whole }
}

/// The start of the character that a byte belongs to.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
