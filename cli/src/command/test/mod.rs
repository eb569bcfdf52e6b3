//! `test`: the claims (`attendu`) and examples written in the files.

mod coverage;
mod suggest;
mod text;

use std::{collections::BTreeSet, process::ExitCode};

use mastara_dsl::{
    compile::Entry,
    finding::{Code, Finding, Severity},
    source::Span,
    verify,
};
use rayon::prelude::*;

use crate::{
    args::{PlainFormat, Test},
    catalogue::Checked,
    context::Context,
    error::Error,
    measured::measure,
    view::{
        findings::FindingView,
        tests::{CountView, FileView, TestSummaryView, TestsView},
    },
};

/// What says that a claim does not hold.
const OF_CLAIMS: [Code; 2] = [Code::ClaimNotMet, Code::ContradictoryClaims];

/// What says that an example does not hold.
const OF_EXAMPLES: [Code; 2] = [Code::ExampleOffPath, Code::ExampleStuck];

/// Runs the command: exit code 1 if anything fails, could not be checked, or stands in a file with errors.
pub fn run(args: &Test, context: &Context) -> Result<ExitCode, Error> {
    if args.write && args.paths.is_empty() {
        return Err(Error::new("suggest.no-files", []));
    }
    let checked = Checked::new(context.folder(), &args.paths)?;
    if args.write {
        suggest::put(&checked, context)?;
        return Ok(ExitCode::SUCCESS);
    }
    let coverage = (args.coverage || args.suggest).then(|| coverage::view(&checked, args, context));
    if let Some(coverage) = coverage.as_ref().filter(|_| args.suggest && args.format == PlainFormat::Text) {
        suggest::print(coverage, context)?;
        return Ok(ExitCode::SUCCESS);
    }
    let view = TestsView { coverage, ..view(&checked, context) };
    match args.format {
        PlainFormat::Json => context.print_json(&view)?,
        PlainFormat::Text => {
            let coverage = view.coverage.as_ref().map(|coverage| text::coverage(coverage, args, context));
            context.print(&(text::text(&view, &checked, context) + &coverage.unwrap_or_default()))?;
        }
    }
    let summary = view.summary;
    let is_fine = summary.claims.is_fine() && summary.examples.is_fine() && summary.errors == 0;
    Ok(ExitCode::from(u8::from(!is_fine)))
}

/// Whether a finding is the failure of a claim or an example.
fn is_failure(finding: &Finding) -> bool {
    OF_CLAIMS.contains(&finding.code) || OF_EXAMPLES.contains(&finding.code)
}

fn view(checked: &Checked, context: &Context) -> TestsView {
    let entries: Vec<_> = checked.compiled.entries.iter().filter(|entry| checked.is_asked(entry.source)).collect();
    let torn = verify::torn(&checked.compiled);
    let one = |entry: &Entry| file(entry, torn.contains(&entry.source), checked, context);
    let files: Vec<_> = entries.into_par_iter().map(one).collect();
    let mut summary = TestSummaryView { files: files.len(), ..TestSummaryView::default() };
    for file in &files {
        summary.claims.add(file.claims);
        summary.examples.add(file.examples);
        summary.untested += usize::from(file.claims.total + file.examples.total == 0);
    }
    let is_other = |finding: &&Finding| finding.severity == Severity::Error && !is_failure(finding);
    summary.errors = checked.findings.iter().filter(is_other).count();
    TestsView { files, summary, coverage: None }
}

/// The tests of a file; none of them was run if lines of it could not be read.
fn file(entry: &Entry, is_torn: bool, checked: &Checked, context: &Context) -> FileView {
    let procedure = &entry.lowered.procedure;
    let (mut claims, mut examples) = (CountView::default(), CountView::default());
    for version in &procedure.versions {
        claims.total += version.claims.len();
        examples.total += version.examples.len();
        if is_torn || measure(version).is_err() {
            claims.skipped += version.claims.len();
            examples.skipped += version.examples.len();
        }
    }
    let failures: Vec<_> =
        checked.findings.iter().filter(|finding| finding.source == entry.source && is_failure(finding)).collect();
    claims.failed = failed_claims(&failures);
    examples.failed = failed_examples(entry, &failures);
    FileView {
        file: checked.name(entry.source),
        procedure: procedure.id.to_string(),
        claims,
        examples,
        failures: failures.iter().map(|finding| FindingView::new(finding, checked, context.lang)).collect(),
    }
}

/// How many lines fail.
fn failed_claims(failures: &[&Finding]) -> usize {
    let lines = failures.iter().filter(|finding| OF_CLAIMS.contains(&finding.code)).map(|finding| finding.span);
    lines.collect::<BTreeSet<_>>().len()
}

/// How many examples fail; one may fail in several ways and counts once.
fn failed_examples(entry: &Entry, failures: &[&Finding]) -> usize {
    let lines: BTreeSet<Span> =
        failures.iter().filter(|finding| OF_EXAMPLES.contains(&finding.code)).map(|finding| finding.span).collect();
    let examples = entry.lowered.origins.iter().flat_map(|origins| &origins.examples);
    examples.filter(|at| [at.head, at.passes, at.brings, at.ends].iter().any(|line| lines.contains(line))).count()
}
