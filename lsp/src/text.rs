//! Places of a text as editors count them: lines from 0, columns in the units that both sides have agreed on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use mastara_dsl::source::{Span, lines};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what the protocol means unless another is agreed on.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of those that a client offers which is known here.
    #[must_use]
    pub fn agreed(offered: &[PositionEncodingKind]) -> Self {
        // Bytes are what spans are made of.
        if offered.contains(&PositionEncodingKind::UTF8) {
            return Self::Utf8;
        }
        let is_known =
            |kind: &&PositionEncodingKind| matches!(**kind, PositionEncodingKind::UTF16 | PositionEncodingKind::UTF32);
        match offered.iter().find(is_known) {
            Some(&PositionEncodingKind::UTF32) => Self::Utf32,
            _ => Self::Utf16,
        }
    }

    /// Its name in the protocol.
    #[must_use]
    pub const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// How many units a text has.
    #[must_use]
    pub fn length(self, text: &str) -> u32 {
        let length = match self {
            Self::Utf8 => text.len(),
            _ => text.chars().map(|c| self.width(c)).sum(),
        };
        u32::try_from(length).unwrap_or(u32::MAX)
    }

    /// The byte after so many units of a text, or its end.
    fn byte(self, text: &str, units: u32) -> usize {
        let mut left = usize::try_from(units).unwrap_or(usize::MAX);
        for (at, c) in text.char_indices() {
            let width = self.width(c);
            if left < width {
                return at;
            }
            left -= width;
        }
        text.len()
    }
}

/// A text as an editor has it, and where its lines begin.
#[derive(Clone, Debug, Default)]
pub struct Page {
    text: String,
    starts: Vec<usize>,
    /// The byte-order mark, which spans of a source do not count.
    mark: usize,
}

impl Page {
    /// A text.
    #[must_use]
    pub fn new(text: String) -> Self {
        let mut starts: Vec<usize> = lines(&text).map(|(start, _)| start).collect();
        if text.is_empty() || text.ends_with(['\n', '\r']) {
            starts.push(text.len());
        }
        let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Self { text, starts, mark }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a byte of the source.
    #[must_use]
    pub fn position(&self, byte: u32, encoding: Encoding) -> Position {
        let mut byte = (byte as usize).saturating_add(self.mark).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), character: encoding.length(&self.text[start..byte]) }
    }

    /// The places of a span of the source.
    #[must_use]
    pub fn range(&self, span: Span, encoding: Encoding) -> Range {
        Range { start: self.position(span.start, encoding), end: self.position(span.end, encoding) }
    }

    /// The byte of the source at a place.
    #[must_use]
    pub fn byte(&self, position: Position, encoding: Encoding) -> u32 {
        let byte = self.place(position, encoding).saturating_sub(self.mark);
        u32::try_from(byte).unwrap_or(u32::MAX)
    }

    /// The span of the source at a range.
    #[must_use]
    pub fn span(&self, range: Range, encoding: Encoding) -> Span {
        let (start, end) = (self.byte(range.start, encoding), self.byte(range.end, encoding));
        Span { start, end: end.max(start) }
    }

    /// The byte of this text at a place; beyond the end of a line, its end.
    fn place(&self, position: Position, encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(position.line as usize) else { return self.text.len() };
        let line = lines(&self.text[*start..]).next().map_or("", |(_, line)| line);
        start + encoding.byte(line, position.character)
    }

    /// The text with what stands at a range replaced.
    #[must_use]
    pub fn edited(mut self, range: Range, new: &str, encoding: Encoding) -> Self {
        let start = self.place(range.start, encoding);
        let end = self.place(range.end, encoding).max(start);
        self.text.replace_range(start..end, new);
        Self::new(self.text)
    }

    /// The line that holds a byte of the source, and the byte where it begins.
    #[must_use]
    pub fn line_at(&self, byte: u32) -> (u32, &str) {
        let place = (byte as usize).saturating_add(self.mark).min(self.text.len());
        let at = self.starts.partition_point(|start| *start <= place).saturating_sub(1);
        let start = self.starts.get(at).copied().unwrap_or(0).max(self.mark.min(self.text.len()));
        let line = lines(&self.text[start..]).next().map_or("", |(_, line)| line);
        (u32::try_from(start - self.mark.min(start)).unwrap_or(u32::MAX), line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_counted_in_the_units_agreed_on() {
        let page = Page::new("étape\r\nمسطرة 𝄞x\ry".to_owned());
        let x = u32::try_from(page.text().find('x').unwrap_or(0)).unwrap_or(0);
        assert_eq!(page.position(x, Encoding::Utf8), at(1, 15));
        assert_eq!(page.position(x, Encoding::Utf16), at(1, 8));
        assert_eq!(page.position(x, Encoding::Utf32), at(1, 7));
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (byte, _) in page.text().char_indices() {
                let byte = u32::try_from(byte).unwrap_or(0);
                let is_end = page.text()[byte as usize..].starts_with('\n');
                assert!(is_end || page.byte(page.position(byte, encoding), encoding) == byte);
            }
        }
        assert_eq!(page.byte(at(1, 700), Encoding::Utf16), x + 1);
        assert_eq!(page.byte(at(9, 0), Encoding::Utf16), x + 3);
    }

    #[test]
    fn an_edit_replaces_a_range_and_a_byte_order_mark_is_not_counted() {
        let page = Page::new("\u{FEFF}ab\nمسطرة".to_owned());
        assert_eq!(page.position(0, Encoding::Utf16), at(0, 1));
        assert_eq!(page.line_at(1), (0, "ab"));
        let page = page.edited(Range { start: at(1, 1), end: at(1, 3) }, "x", Encoding::Utf16);
        assert_eq!(page.text(), "\u{FEFF}ab\nمxرة");
        let page = page.edited(Range { start: at(0, 9), end: at(0, 2) }, "\n", Encoding::Utf16);
        assert_eq!(page.text(), "\u{FEFF}ab\n\nمxرة");
    }
}
