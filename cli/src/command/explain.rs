//! `explain`: the page of a rule, or the list of all rules.

use std::process::ExitCode;

use include_dir::{Dir, include_dir};
use mastara_dsl::{finding::Code, law::Rule, message::label};

use crate::{
    args::Explain,
    context::Context,
    error::Error,
    paint::{Tone, paint},
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

/// A page, its headings standing out and its examples set in.
fn page(code: Code, context: &Context) -> String {
    let file = PAGES.get_file(format!("{}.md", code.name()));
    let text = file.and_then(|file| file.contents_utf8()).unwrap_or_default();
    let mut out = String::new();
    let mut is_example = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_example = !is_example;
            continue;
        }
        let heading = line.trim_start_matches('#');
        let shown = if is_example {
            format!("    {line}")
        } else if heading.len() < line.len() {
            paint(Tone::Strong, heading.trim())
        } else {
            line.to_owned()
        };
        out.push_str(shown.trim_end());
        out.push('\n');
    }
    if let Some(rule) = Rule::of(code) {
        let line = format!("{} {} · {}\n", context.words.get("check.law"), context.words.id(rule.law), rule.since);
        out.push_str(&format!("\n{}", paint(Tone::Accent, &line)));
    }
    out
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
