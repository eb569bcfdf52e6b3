//! Tables that fit a width; the only file that names comfy-table.

use comfy_table::{Attribute, Cell as Inner, CellAlignment, Color, ContentArrangement, TableStyle};

use crate::paint::Tone;

/// A cell: a text in a tone.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A text in a tone.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { text: text.into(), tone }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(Tone::Plain, text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(Tone::Plain, text)
    }
}

/// A table: a heading, then rows. Columns are on the left unless they hold figures.
#[derive(Debug)]
pub struct Table {
    inner: comfy_table::Table,
    figures: Vec<usize>,
}

impl Table {
    /// A table of at most `width` columns of characters, with these headings.
    pub fn new(width: usize, headings: &[&str]) -> Self {
        let mut inner = comfy_table::Table::new();
        inner.load_style(TableStyle::default());
        inner.set_content_arrangement(ContentArrangement::Dynamic);
        inner.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        inner.enforce_styling();
        let heading = |text: &&str| Inner::new(text).add_attribute(Attribute::Bold);
        inner.set_header(headings.iter().map(heading).collect::<Vec<_>>());
        Self { inner, figures: Vec::new() }
    }

    /// Says which columns hold figures: they are set on the right and not broken.
    pub fn figures(mut self, columns: &[usize]) -> Self {
        self.figures = columns.to_vec();
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.inner.add_row(cells.into_iter().map(styled).collect::<Vec<_>>());
    }

    /// The text of the table, its lines without trailing blanks, the last one ended.
    pub fn render(mut self) -> String {
        for column in &self.figures {
            if let Some(column) = self.inner.column_mut(*column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let mut text = String::new();
        for line in self.inner.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn styled(cell: Cell) -> Inner {
    let inner = Inner::new(cell.text);
    match cell.tone {
        Tone::Plain => inner,
        Tone::Strong => inner.add_attribute(Attribute::Bold),
        Tone::Faint => inner.add_attribute(Attribute::Dim),
        Tone::Good => inner.fg(Color::DarkGreen),
        Tone::Fair => inner.fg(Color::DarkYellow),
        Tone::Bad => inner.fg(Color::DarkRed),
        Tone::Accent => inner.fg(Color::DarkCyan),
    }
}

/// The width of the terminal, if the output is one.
pub fn terminal_width() -> Option<usize> {
    comfy_table::Table::new().width().map(usize::from)
}
