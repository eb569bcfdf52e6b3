//! Pages made from templates; the only file that names minijinja.

use minijinja::{AutoEscape, Environment, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use crate::error::Error;

/// A page.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// A flow as SVG.
    Graph,
}

impl Page {
    const fn source(self) -> &'static str {
        match self {
            Self::Graph => include_str!("graph.svg.jinja"),
        }
    }

    /// What is special in the form of the page.
    const fn escape(self) -> AutoEscape {
        match self {
            Self::Graph => AutoEscape::Html,
        }
    }
}

/// Fills a page with a value.
pub fn render(page: Page, value: impl Serialize) -> Result<String, Error> {
    fill(page, value).map_err(|error| Error::new("error.output", [&error.to_string()]))
}

fn fill(page: Page, value: impl Serialize) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?;
    environment.set_syntax(syntax);
    environment.set_auto_escape_callback(move |_| page.escape());
    let mut text = environment.render_str(page.source(), Serde(value))?;
    // XML has no way to write other control characters, and no page needs them.
    text.retain(|letter| !letter.is_control() || letter == '\n');
    Ok(text)
}
