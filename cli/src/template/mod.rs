//! Pages made from templates; the only file that names minijinja.

use minijinja::{AutoEscape, Environment, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use crate::{error::Error, locale::Words};

/// A page.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// A flow as SVG.
    Graph,
    /// The index of maturity as SVG.
    Maturity,
    /// A sheet as Markdown.
    Sheet,
    /// A comparison as Markdown.
    Comparison,
    /// A change of the catalogue as Markdown.
    Diff,
    /// A draft of a procedure.
    Draft,
    /// A procedure in the browser.
    Preview,
    /// What each budget of a plan saves, as SVG.
    Curve,
    /// A course in time as SVG.
    Trend,
}

impl Page {
    const fn source(self) -> &'static str {
        match self {
            Self::Graph => include_str!("graph.svg.jinja"),
            Self::Maturity => include_str!("maturity.svg.jinja"),
            Self::Sheet => include_str!("sheet.md.jinja"),
            Self::Comparison => include_str!("comparison.md.jinja"),
            Self::Diff => include_str!("diff.md.jinja"),
            Self::Draft => include_str!("draft.mastara.jinja"),
            Self::Preview => include_str!("preview.html.jinja"),
            Self::Curve => include_str!("curve.svg.jinja"),
            Self::Trend => include_str!("trend.svg.jinja"),
        }
    }

    const fn is_markdown(self) -> bool {
        matches!(self, Self::Sheet | Self::Comparison | Self::Diff)
    }
}

/// Fills a page with a value.
pub fn render(page: Page, value: impl Serialize) -> Result<String, Error> {
    fill(page, Environment::new(), value).map_err(|error| Error::new("error.output", [&error.to_string()]))
}

/// Fills a page with a value; the page takes other words from the locale itself, by `word(key)`.
pub fn render_in(page: Page, value: impl Serialize, words: &Words) -> Result<String, Error> {
    let mut environment = Environment::new();
    let table = words.table().clone();
    environment.add_function("word", move |key: String| table.get(&key).cloned().unwrap_or(key));
    fill(page, environment, value).map_err(|error| Error::new("error.output", [&error.to_string()]))
}

fn fill(page: Page, mut environment: Environment<'_>, value: impl Serialize) -> Result<String, minijinja::Error> {
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?;
    environment.set_syntax(syntax);
    if matches!(page, Page::Draft) {
        // Whoever fills it puts each text on one line, which is all that the language asks.
        environment.set_auto_escape_callback(|_| AutoEscape::None);
    } else if page.is_markdown() {
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
        environment.set_formatter(|out, _, value| match value.as_str() {
            Some(text) if !value.is_safe() => out.write_str(&markdown(text)).map_err(Into::into),
            _ => write!(out, "{value}").map_err(Into::into),
        });
    } else {
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
    }
    let mut text = environment.render_str(page.source(), Serde(value))?;
    // XML has no way to write other control characters, and no page needs them.
    text.retain(|letter| !letter.is_control() || letter == '\n');
    Ok(text)
}

/// A text in which nothing is markup: the signs that Markdown or HTML would read are escaped, line ends are blanks.
fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => escaped.extend(['\\', letter]),
            '&' => escaped.push_str("&amp;"),
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_no_markup() {
        assert_eq!(markdown("a *b* [c](d) <e> | ~5\nf"), "a \\*b\\* \\[c\\](d) \\<e\\> \\| \\~5 f");
    }
}
