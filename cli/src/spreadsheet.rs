//! Comma-separated values (RFC 4180), the same in every language.

/// Rows of a spreadsheet.
#[derive(Debug, Default)]
pub struct Sheet {
    text: String,
}

impl Sheet {
    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        let cells: Vec<_> = cells.iter().map(|cell| escape(cell.as_ref())).collect();
        self.text.push_str(&cells.join(","));
        self.text.push('\n');
    }

    /// The text.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A cell that holds a separator is quoted; one that a spreadsheet would run as a formula is made plain text.
fn escape(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    let cell = if cell.starts_with(['=', '+', '-', '@']) && !is_number { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_formulas_are_no_danger() {
        assert_eq!(escape("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(escape("=1+1"), "'=1+1");
        assert_eq!(escape("-5"), "-5");
    }
}
