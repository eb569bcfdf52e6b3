//! `explain`: the page of a rule, or the list of all rules.

use std::process::ExitCode;

use include_dir::{Dir, include_dir};
use mastara_dsl::{finding::Code, law::Rule, message::label};
use mastara_engine::text::Lang;

use crate::{
    args::Explain,
    context::Context,
    error::Error,
    paint::{Tone, paint},
    paragraph::wrap,
    table::{Cell, Table},
    view::findings::severity,
};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../dsl/src/rules");

/// Runs the command.
pub fn run(args: &Explain, context: &Context) -> Result<ExitCode, Error> {
    match &args.rule {
        Some(word) => context.print(&page(Error::rule(word)?, context))?,
        None => context.print(&list(context))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A page, its headings standing out, its examples set in as they are, its prose in lines that fit.
fn page(code: Code, context: &Context) -> String {
    let file = PAGES.get_file(format!("{}.md", code.name()));
    let text = file.and_then(|file| file.contents_utf8()).unwrap_or_default();
    let mut out = String::new();
    if context.lang != Lang::Fr {
        out.push_str(&paint(Tone::Faint, &(context.words.get("explain.french").to_owned() + "\n\n")));
    }
    let mut paragraph = String::new();
    let mut is_example = false;
    for line in text.lines() {
        let heading = line.trim_start_matches('#');
        let is_fence = line.starts_with("```");
        let is_item = line.starts_with("- ") || line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ");
        let is_plain = !is_example && !is_fence && !line.is_empty() && heading.len() == line.len();
        if !is_plain || is_item || line.starts_with('|') {
            flow(&mut paragraph, context, &mut out);
        }
        if is_fence {
            is_example = !is_example;
        } else if is_plain {
            paragraph.push_str(if paragraph.is_empty() { "" } else { " " });
            paragraph.push_str(line.trim());
        } else {
            let shown = if is_example { format!("    {line}") } else { paint(Tone::Strong, heading.trim()) };
            out.push_str(shown.trim_end());
            out.push('\n');
        }
    }
    flow(&mut paragraph, context, &mut out);
    if let Some(rule) = Rule::of(code) {
        let line = context.words.fill("explain.law", &[&context.words.id(rule.law), &rule.since.to_string()]);
        out.push_str(&format!("\n{}", paint(Tone::Accent, &wrap(&line, context.width, 0))));
    }
    out
}

/// Ends a paragraph of a page: its lines as wide as the terminal, the marks of emphasis left out.
fn flow(paragraph: &mut String, context: &Context, out: &mut String) {
    if paragraph.is_empty() {
        return;
    }
    let emphasised = paragraph.strip_prefix('*').and_then(|rest| rest.strip_suffix('*'));
    let text = emphasised.filter(|text| !text.contains('*')).unwrap_or(paragraph).replace("**", "");
    let hang = if text.starts_with("- ") { 2 } else { 0 };
    out.push_str(&wrap(&text, context.width, hang));
    paragraph.clear();
}

/// Every rule with its level and its sentence.
fn list(context: &Context) -> String {
    let headings = ["conformity.column.rule", "conformity.column.level"].map(|key| context.words.get(key));
    let mut table = Table::new(context.width, &["", headings[0], headings[1], ""]);
    for code in Code::ALL {
        let level = format!("check.{}", severity(code.severity()));
        let sentence = sentence(*code, context);
        table.row([
            Cell::from(code.number()),
            Cell::id(Tone::Plain, code.name()),
            Cell::from(context.words.get(&level)),
            Cell::from(sentence),
        ]);
    }
    table.render()
}

/// The sentence of a rule, `…` for each of its words.
fn sentence(code: Code, context: &Context) -> String {
    (0..10).fold(label(code.name(), context.lang).to_owned(), |text, at| text.replace(&format!("{{{at}}}"), "…"))
}
