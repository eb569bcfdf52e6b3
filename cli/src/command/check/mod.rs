//! `check`: what is wrong with files, as text, JSON, SARIF or annotations of a GitHub job.

mod fix;
mod github;

use std::process::ExitCode;

use mastara_dsl::law::{self, Rule};

use crate::{
    args::{Check, CheckFormat, Deny},
    catalogue::Checked,
    context::Context,
    error::Error,
    excerpt::excerpt,
    paint::{Tone, paint},
    paragraph::wrap,
    view::{
        findings::{FindingsView, SummaryView},
        sarif::SarifView,
    },
};

/// Runs the command: exit code 1 if there is an error (or a warning, with `--deny warnings`).
pub fn run(args: &Check, context: &Context) -> Result<ExitCode, Error> {
    if args.fix {
        return fix::run(args, context);
    }
    let mut checked = Checked::new(context.folder(), &args.paths)?;
    let at = args.at.unwrap_or_else(|| context.today());
    let says_law = args.law || !args.paths.is_empty();
    if says_law {
        checked.judge(at);
    }
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
            let of_law = checked.findings.iter().filter(|finding| Rule::of(finding.code).is_some());
            if of_law.clone().any(|finding| finding.severity != finding.code.severity()) {
                // `conformity` counts otherwise, and by other weights.
                let note = context.words.fill("check.levels", &[&context.figures().count(of_law.count())]);
                context.print(&paint(Tone::Faint, &wrap(&note, context.width, 0)))?;
            }
            if !says_law {
                let count = law::judge(&checked.compiled, at).len();
                let shown = context.figures().count(count);
                let line = context.words.plural("check.law-findings", u64::try_from(count).unwrap_or(u64::MAX), &shown);
                context.print(&paint(Tone::Faint, &(line + "\n")))?;
            }
        }
    }
    let is_denied = args.deny == Some(Deny::Warnings) && view.summary.warnings > 0;
    Ok(ExitCode::from(u8::from(view.summary.errors > 0 || is_denied)))
}

/// The last line: how many findings, in how many files.
pub fn summary(summary: SummaryView, context: &Context) -> String {
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
