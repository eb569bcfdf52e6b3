//! Source files, spans in bytes, and positions as people count them.

use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes: no procedure comes near it, and nothing larger can hang a reader.
pub const MAX_BYTES: usize = 4 << 20;

/// The rank of a source in the list it was read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of bytes of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The range from one byte offset to another.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: offset(start), end: offset(end.max(start)) }
    }

    /// The same range, seen from `by` bytes earlier.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
    }
}

/// Sources are far below four gigabytes (`MAX_BYTES`), so that offsets fit.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// A text with its path.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    had_mark: bool,
    is_utf8: bool,
    /// The first byte of each line.
    starts: Vec<u32>,
}

impl Source {
    /// A source from bytes. A byte-order mark is taken off; what is no UTF-8 is replaced, and both are remembered so that
    /// a finding can say so. Bytes beyond [`MAX_BYTES`] are left out.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, bytes: &[u8]) -> Self {
        let had_mark = bytes.starts_with(b"\xEF\xBB\xBF");
        let bytes = if had_mark { &bytes[3..] } else { bytes };
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_BYTES + 1)]);
        let is_utf8 = matches!(text, std::borrow::Cow::Borrowed(_)) || bytes.len() > MAX_BYTES;
        let text = text.into_owned();
        let mut starts: Vec<u32> = lines(&text).map(|(start, _)| offset(start)).collect();
        // The place after a last line end is a line too.
        if text.is_empty() || text.ends_with(['\n', '\r']) {
            starts.push(offset(text.len()));
        }
        Self { path: path.into(), text, had_mark, is_utf8, starts }
    }

    /// Where it is, as it was named.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path with forward slashes, as reports show it.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.to_string_lossy().replace('\\', "/")
    }

    /// Its text, without byte-order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it began with a byte-order mark.
    #[must_use]
    pub fn had_mark(&self) -> bool {
        self.had_mark
    }

    /// Whether it was UTF-8.
    #[must_use]
    pub fn is_utf8(&self) -> bool {
        self.is_utf8
    }

    /// The text of a span; empty if it is out of range.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of a byte, both from 1; columns are characters. A line ends with LF, CRLF or a lone CR.
    #[must_use]
    pub fn position(&self, byte: u32) -> (usize, usize) {
        let mut end = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= end).max(1);
        let start = self.starts[line - 1] as usize;
        (line, self.text[start..end].chars().count() + 1)
    }

    /// The text of a line, counted from 1, without its end.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|at| self.starts.get(at));
        start.and_then(|start| lines(&self.text[*start as usize..]).next()).map_or("", |(_, line)| line)
    }
}

/// The lines of a text with the offset of each, without their ends (LF, CRLF or a lone CR).
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let (start, rest) = (at, &text[at..]);
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let end = &rest[length..];
        at += length + if end.starts_with("\r\n") { 2 } else { usize::from(!end.is_empty()) };
        Some((start, &rest[..length]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts_once() {
        let source = Source::new("x", "étape\r\nمسطرة x\ry\n\nz".as_bytes());
        let at = |needle: &str| source.position(u32::try_from(source.text().find(needle).unwrap()).unwrap());
        assert_eq!(at("tape"), (1, 2));
        assert_eq!(at("مسطرة"), (2, 1));
        assert_eq!(at("x"), (2, 7));
        assert_eq!(at("y"), (3, 1));
        assert_eq!(at("z"), (5, 1));
        assert_eq!(source.position(u32::MAX), (5, 2));
        assert_eq!(source.line(2), "مسطرة x");
    }
}
