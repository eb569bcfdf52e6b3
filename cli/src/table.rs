//! Tables that fit a width; the only file that names comfy-table.
//!
//! INVARIANT: no line is wider than asked for, unless a single figure is; figures are broken last of all.

use comfy_table::{
    Attribute, Cell as Inner, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, TableStyle,
};

use crate::paint::{Tone, paint};

/// A thin line under the headings and nothing else.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// How many columns a column of words needs to be read.
const READABLE: usize = 14;

/// The blanks between two columns: the padding of one, and the place of a line that is not drawn.
const GAP: u16 = 2;

/// Where an identifier may be broken; taken out of the text in the end, so that identifiers can be copied.
const BREAK: char = '\u{200B}';

/// The forms of alef that the measuring of whole strings joins to a lam before; no terminal does.
const ALEFS: [char; 4] = ['ا', 'أ', 'إ', 'آ'];

/// The zero-width non-joiner.
const APART: char = '\u{200C}';

/// Stands in the row of a section until its title takes the whole line.
const SECTION: char = '\u{E000}';

/// A cell: a text in a tone.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    tone: Tone,
    delimiter: Option<char>,
}

impl Cell {
    /// A text in a tone.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { text: text.into(), tone, delimiter: None }
    }

    /// An identifier, which is broken at its hyphens.
    pub fn id(tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into().replace('-', &format!("-{BREAK}"));
        Self { delimiter: Some(BREAK), ..Self::new(tone, text) }
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
    sections: Vec<String>,
    width: usize,
}

impl Table {
    /// A table of at most `width` columns of characters, with these headings.
    pub fn new(width: usize, headings: &[&str]) -> Self {
        let mut inner = comfy_table::Table::new();
        inner.load_style(STYLE);
        inner.set_content_arrangement(ContentArrangement::Dynamic);
        inner.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        inner.enforce_styling();
        inner.style_text_only();
        let heading = |text: &&str| Inner::new(apart(text)).add_attribute(Attribute::Bold);
        inner.set_header(headings.iter().map(heading).collect::<Vec<_>>());
        Self { inner, figures: Vec::new(), sections: Vec::new(), width }
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

    /// Adds a title over the rows that follow; it may take the whole width.
    pub fn section(&mut self, title: &str) {
        self.sections.push(paint(Tone::Strong, title));
        self.inner.add_row([SECTION]);
    }

    /// The text of the table, its lines without trailing blanks, the last one ended.
    pub fn render(mut self) -> String {
        let widths = self.inner.column_max_content_widths();
        let taken: usize =
            self.figures.iter().filter_map(|at| widths.get(*at)).map(|width| usize::from(width + GAP)).sum();
        let words = widths.len() - self.figures.len();
        let is_roomy = taken + words * READABLE <= self.width;
        let last = widths.len().saturating_sub(1);
        for (at, column) in self.inner.column_iter_mut().enumerate() {
            column.set_padding((0, if at == last { 0 } else { GAP - 1 }));
            if self.figures.contains(&at) {
                column.set_cell_alignment(CellAlignment::Right);
                if is_roomy {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
        }
        let mut text = String::new();
        let mut sections = self.sections.into_iter();
        for line in self.inner.lines() {
            let line = if line.contains(SECTION) {
                sections.next().unwrap_or_default()
            } else {
                together(&line.replace(BREAK, ""))
            };
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Keeps lam and alef apart while widths are measured, by a sign that joins to neither.
fn apart(text: &str) -> String {
    ALEFS.iter().fold(text.to_owned(), |text, alef| text.replace(&format!("ل{alef}"), &format!("ل{APART}{alef}")))
}

/// Undoes [`apart`].
fn together(text: &str) -> String {
    ALEFS.iter().fold(text.to_owned(), |text, alef| text.replace(&format!("ل{APART}{alef}"), &format!("ل{alef}")))
}

fn styled(cell: Cell) -> Inner {
    let inner = Inner::new(apart(&cell.text));
    let inner = if let Some(delimiter) = cell.delimiter { inner.set_delimiter(delimiter) } else { inner };
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
