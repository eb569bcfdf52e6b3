//! `check`: what is wrong with files, as text, JSON, SARIF or annotations of a GitHub job.

mod github;

use std::process::ExitCode;

use crate::{
    args::{Check, CheckFormat, Deny},
    catalogue::Checked,
    context::Context,
    error::Error,
    excerpt::excerpt,
    paint::{Tone, paint},
    view::{
        findings::{FindingsView, SummaryView},
        sarif::SarifView,
    },
};

/// Runs the command: exit code 1 if there is an error (or a warning, with `--deny warnings`).
pub fn run(args: &Check, context: &Context) -> Result<ExitCode, Error> {
    let checked = Checked::new(context.folder(), &args.paths)?;
    let view = FindingsView::new(&checked, context.lang);
    match args.format {
        CheckFormat::Json => context.print_json(&view)?,
        CheckFormat::Sarif => context.print_json(&SarifView::new(&view, context.lang))?,
        CheckFormat::Github => context.print(&github::annotations(&view))?,
        CheckFormat::Text => {
            for (finding, shown) in checked.findings.iter().zip(&view.findings) {
                let source = checked.compiled.source(finding.source);
                context.print(&excerpt(shown, finding, source, context))?;
            }
            context.print(&summary(view.summary, context))?;
        }
    }
    let is_denied = args.deny == Some(Deny::Warnings) && view.summary.warnings > 0;
    Ok(ExitCode::from(u8::from(view.summary.errors > 0 || is_denied)))
}

/// The last line: how many findings, in how many files.
fn summary(summary: SummaryView, context: &Context) -> String {
    let plural = |key: &str, count: usize| {
        context.words.plural(key, u64::try_from(count).unwrap_or(u64::MAX), &context.figures().count(count))
    };
    let parts = [
        (Tone::Bad, "check.errors", summary.errors),
        (Tone::Fair, "check.warnings", summary.warnings),
        (Tone::Accent, "check.informations", summary.informations),
    ];
    let found = parts.iter().filter(|(_, _, count)| *count > 0);
    let mut shown: Vec<_> = found.map(|(tone, key, count)| paint(*tone, &plural(key, *count))).collect();
    if shown.is_empty() {
        shown.push(paint(Tone::Good, context.words.get("check.nothing")));
    }
    shown.push(plural("check.files", summary.files));
    shown.join(" · ") + "\n"
}
