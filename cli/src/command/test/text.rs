//! Claims and examples as people read them: a line for each file, then each failure at its place, then the sum.

use super::is_failure;
use crate::{
    args::Test,
    catalogue::Checked,
    context::Context,
    excerpt::excerpt,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::bound,
    table::{Cell, Table},
    view::{
        coverage::{CountsView, CoverageView, FileCoverageView, TakenView, VersionCoverageView},
        findings::FindingView,
        tests::{CountView, FileView, TestSummaryView, TestsView},
    },
};

/// The whole page.
pub fn text(view: &TestsView, checked: &Checked, context: &Context) -> String {
    let words = &context.words;
    let headings = ["test.procedure", "test.claims", "test.examples", "test.result"].map(|key| words.get(key));
    let mut table = Table::new(context.width, &headings).figures(&[1, 2]);
    let tested = view.files.iter().filter(|file| file.claims.total + file.examples.total > 0);
    let mut is_empty = true;
    for file in tested {
        is_empty = false;
        table.row(row(file, context));
    }
    let mut text = if is_empty { String::new() } else { table.render() + "\n" };
    for finding in checked.findings.iter().filter(|finding| is_failure(finding)) {
        let shown = FindingView::new(finding, checked, context.lang);
        text.push_str(&excerpt(&shown, finding, checked.compiled.source(finding.source), context));
    }
    text + &summary(view.summary, context)
}

fn row(file: &FileView, context: &Context) -> [Cell; 4] {
    let (tone, key) = match (file.claims.failed + file.examples.failed, file.claims.skipped + file.examples.skipped) {
        (0, 0) if file.examples.total == 0 => (Tone::Fair, "test.no-example"),
        (0, 0) => (Tone::Good, "test.fine"),
        (0, _) => (Tone::Fair, "test.skipped"),
        _ => (Tone::Bad, "test.failed"),
    };
    let id = Cell::id(Tone::Plain, context.words.id(&file.procedure));
    [id, count(file.claims, context), count(file.examples, context), Cell::new(tone, context.words.get(key))]
}

/// How many hold, of how many.
fn count(count: CountView, context: &Context) -> Cell {
    let figures = context.figures();
    let total = figures.count(count.total);
    if count.is_fine() {
        return total.into();
    }
    let held = figures.count(count.total.saturating_sub(count.failed + count.skipped));
    Cell::new(Tone::Bad, context.words.fill("test.of", &[&held, &total]))
}

fn summary(summary: TestSummaryView, context: &Context) -> String {
    let plural = |key: &str, count: usize| {
        context.words.plural(key, u64::try_from(count).unwrap_or(u64::MAX), &context.figures().count(count))
    };
    let skipped = summary.claims.skipped + summary.examples.skipped;
    let parts = [
        (Tone::Plain, "test.sum.claims", summary.claims.total),
        (Tone::Plain, "test.sum.examples", summary.examples.total),
        (Tone::Bad, "test.sum.failed", summary.claims.failed + summary.examples.failed),
        (Tone::Fair, "test.sum.skipped", skipped),
        (Tone::Faint, "test.sum.untested", summary.untested),
        (Tone::Bad, "test.sum.errors", summary.errors),
    ];
    let is_shown = |at: usize, count: usize| at < 2 || count > 0;
    let shown = parts.iter().enumerate().filter(|(at, (_, _, count))| is_shown(*at, *count));
    let mut shown: Vec<_> = shown.map(|(_, (tone, key, count))| paint(*tone, &plural(key, *count))).collect();
    let is_tested = summary.claims.total + summary.examples.total > 0;
    if is_tested && summary.claims.is_fine() && summary.examples.is_fine() && summary.errors == 0 {
        shown.push(paint(Tone::Good, context.words.get("test.sum.fine")));
    }
    shown.join(" · ") + "\n"
}

/// What the examples take: a line for each file and for all; of files asked for, what is missing.
pub fn coverage(view: &CoverageView, args: &Test, context: &Context) -> String {
    let words = &context.words;
    let headings = ["test.procedure", "coverage.nodes", "coverage.branches", "coverage.conditions", "coverage.share"];
    let headings = headings.map(|key| words.get(key));
    let mut table = Table::new(context.width, &headings).figures(&[1, 2, 3, 4]);
    for file in &view.files {
        table.row(counts(Cell::id(Tone::Plain, words.id(&file.procedure)), &file.counts, context));
    }
    table.row(counts(Cell::new(Tone::Strong, words.get("coverage.all")), &view.summary, context));
    let missing = view.files.iter().filter(|_| !args.paths.is_empty()).map(|file| missing(file, context));
    let title = paint(Tone::Strong, words.get("coverage.title"));
    format!("\n{title}\n{}{}{}", table.render(), left_out(view, args, context), missing.collect::<String>())
}

/// How many past versions are not counted; of files asked for, which.
fn left_out(view: &CoverageView, args: &Test, context: &Context) -> String {
    if view.left_out == 0 {
        return String::new();
    }
    let count = u64::try_from(view.left_out).unwrap_or(u64::MAX);
    let mut text = context.words.plural("coverage.left-out", count, &context.figures().count(view.left_out));
    if !args.paths.is_empty() {
        let of_file = |file: &FileCoverageView| {
            file.left_out
                .iter()
                .map(|version| context.words.id(&format!("{} {version}", file.procedure)))
                .collect::<Vec<_>>()
        };
        let names: Vec<_> = view.files.iter().flat_map(of_file).collect();
        text = context.words.fill("show.labelled", &[&text, &names.join(context.words.get("phrase.comma"))]);
    }
    paint(Tone::Faint, &wrap(&bound(&text), context.width, 0))
}

fn counts(title: Cell, counts: &CountsView, context: &Context) -> [Cell; 5] {
    let figures = context.figures();
    let cell = |taken: TakenView| {
        let tone = if taken.taken < taken.all { Tone::Fair } else { Tone::Plain };
        Cell::new(tone, context.words.fill("test.of", &[&figures.count(taken.taken), &figures.count(taken.all)]))
    };
    let share: f64 = counts.share.text().parse().unwrap_or(0.0);
    let [nodes, branches, conditions] = [counts.nodes, counts.branches, counts.conditions].map(cell);
    [title, nodes, branches, conditions, figures.percent(share).into()]
}

/// What the examples of a file do not take, version by version.
fn missing(file: &FileCoverageView, context: &Context) -> String {
    let words = &context.words;
    let version = |version: &VersionCoverageView| {
        let mut text = String::new();
        for (key, points) in [("coverage.missing", &version.missing), ("coverage.impossible", &version.impossible)] {
            if points.is_empty() {
                continue;
            }
            let title = words.fill(key, &[&words.id(&file.procedure), &words.id(&version.id)]);
            text.push_str(&format!("\n{}\n", paint(Tone::Strong, &title)));
            for point in points {
                let kind = words.get(&format!("coverage.kind.{}", point.kind)).to_owned();
                let line = format!("  − {}", bound(&words.fill("show.labelled", &[&kind, &point.text])));
                text.push_str(&wrap(&line, context.width, 4));
            }
        }
        text
    };
    file.versions.iter().map(version).collect()
}
