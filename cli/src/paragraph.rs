//! Lines of words that fit a width.

use unicode_width::UnicodeWidthChar;

/// How many columns a terminal gives a text: character by character, for no terminal draws lam and alef in one cell, as
/// widths of whole strings suppose.
pub fn width(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// Breaks a text at its spaces into lines of at most `room` columns, those after the first set in by `hang`. No-break
/// spaces stay; a word longer than a line has a line of its own. Each line is ended.
pub fn wrap(text: &str, room: usize, hang: usize) -> String {
    let words = text.trim_start_matches(' ');
    let mut used = text.len() - words.len();
    let mut out = " ".repeat(used);
    for (at, word) in words.split(' ').enumerate() {
        let columns = width(word);
        if at > 0 && used > hang && used + 1 + columns > room {
            out.push('\n');
            out.push_str(&" ".repeat(hang));
            used = hang;
        } else if at > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += columns;
    }
    out.push('\n');
    out
}

/// The text with blanks up to a width; as it is if it is longer.
pub fn pad(text: &str, room: usize) -> String {
    format!("{text}{}", " ".repeat(room.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        assert_eq!(wrap("  un deux trois", 9, 4), "  un deux\n    trois\n");
        assert_eq!(wrap("extraordinaire a", 4, 2), "extraordinaire\n  a\n");
        assert_eq!(pad("é", 3), "é  ");
        assert_eq!(width("لا"), 2);
    }
}
