//! How much room a text takes in a picture, and where its lines break.
//!
//! INVARIANT: no font is read, so widths are those of a rather wide sans-serif face: a text may come out narrower than
//! its room, hardly ever wider.

use unicode_width::UnicodeWidthChar;

/// The width of a text at this size, in pixels.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The width of one character, in ems.
fn advance(letter: char) -> f64 {
    match letter {
        _ if letter.width().unwrap_or(0) == 0 => 0.0,
        'i' | 'j' | 'l' | '.' | ',' | ';' | ':' | '!' | '\'' | '’' | '|' | '،' | '؛' | 'ا' | 'أ' | 'إ' | 'آ' => {
            0.3
        }
        ' ' | '\u{a0}' | '\u{202f}' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' | '·' | 'ر' | 'ز' | 'د' | 'ذ' | 'و' => {
            0.37
        }
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '~' | '≤' | '≥' | 'س' | 'ش' | 'ص' | 'ض' => 0.9,
        '\u{600}'..='\u{6ff}' => 0.58,
        _ if letter.width() == Some(2) => 1.0,
        _ if letter.is_uppercase() => 0.7,
        _ => 0.57,
    }
}

/// Breaks a text into lines no wider than `room`, as even as can be, at most `limit` of them (the last one is cut with an
/// ellipsis). A word wider than the room is broken.
pub fn wrap(text: &str, size: f64, room: f64, limit: usize) -> Vec<String> {
    let mut lines = fill(text, size, room);
    if lines.len() > limit {
        lines.truncate(limit.max(1));
        if let Some(last) = lines.last_mut() {
            while width(last, size) + size > room && last.pop().is_some() {}
            last.truncate(last.trim_end_matches([' ', ',', '،', ';', ':', '.', '\'', '’']).len());
            last.push('…');
        }
        return lines;
    }
    // The narrowest room that takes no more lines makes them even; no word is broken for that.
    let longest = text.split_whitespace().map(|word| width(word, size)).fold(room / 3.0, f64::max);
    let (mut low, mut high) = (longest.min(room), room);
    while high - low > 2.0 {
        let middle = (low + high) / 2.0;
        let narrower = fill(text, size, middle);
        if narrower.len() <= lines.len() {
            (high, lines) = (middle, narrower);
        } else {
            low = middle;
        }
    }
    lines
}

/// The width of the widest line.
pub fn widest(lines: &[String], size: f64) -> f64 {
    lines.iter().map(|line| width(line, size)).fold(0.0, f64::max)
}

/// Lines filled one after the other.
fn fill(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let at = lines.len() - 1;
        let line = &mut lines[at];
        let is_mark = word.chars().all(|letter| "?!:;»".contains(letter)) || line.ends_with(['«', '(']);
        let space = if line.is_empty() { 0.0 } else { width(" ", size) };
        // French marks stay with the word before them.
        if line.is_empty() || is_mark || width(line, size) + space + width(word, size) <= room {
            if !line.is_empty() {
                line.push(if is_mark { '\u{a0}' } else { ' ' });
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        break_word(&mut lines, size, room);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Breaks the last line while it is a single word wider than the room.
fn break_word(lines: &mut Vec<String>, size: f64, room: f64) {
    while let Some(line) = lines.last()
        && !line.contains([' ', '\u{a0}'])
        && width(line, size) > room
    {
        let mut so_far = 0.0;
        let overflow = line.char_indices().find(|(_, letter)| {
            so_far += advance(*letter) * size;
            so_far > room
        });
        let Some((at, _)) = overflow else { return };
        if at == 0 {
            return;
        }
        let rest = line[at..].to_owned();
        let last = lines.len() - 1;
        lines[last].truncate(at);
        lines.push(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_even_and_no_wider_than_the_room() {
        let text = "Acheter le formulaire, les photos et les enveloppes, faire les copies";
        let lines = wrap(text, 13.0, 140.0, 9);
        assert_eq!(lines.join(" "), text);
        assert!(widest(&lines, 13.0) <= 140.0, "{lines:?}");
        assert!(lines.iter().all(|line| width(line, 13.0) > 40.0), "{lines:?}");
    }

    #[test]
    fn a_mark_stays_with_its_word_and_a_long_word_is_broken() {
        assert_eq!(wrap("Le dossier est-il complet ?", 13.0, 150.0, 3).concat().matches("\u{a0}?").count(), 1);
        assert!(widest(&wrap(&"x".repeat(80), 13.0, 90.0, 20), 13.0) <= 90.0);
        assert!(wrap(&"mot ".repeat(80), 13.0, 90.0, 2)[1].ends_with('…'));
        assert!(wrap("", 13.0, 90.0, 2).is_empty());
    }
}
