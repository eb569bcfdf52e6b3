//! What a word of the vocabulary is near to: the place of an authority, the number of a text, the day in a source.

use mastara_dsl::compile::Compiled;
use mastara_engine::Date;

/// The place at which an authority is met: the only one, or the authority itself.
pub fn place_of(compiled: &Compiled, authority: &str) -> String {
    let mut places = compiled.vocabulary.places.iter().filter(|(_, place)| place.authority.as_str() == authority);
    match (places.next(), places.next()) {
        (Some((name, _)), None) => name.to_string(),
        _ => authority.to_owned(),
    }
}

/// Whether the code of a legal text has all the numbers of a reference, and no other.
pub fn is_same_number(code: &str, reference: &str) -> bool {
    let numbers = |text: &str| {
        let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        parts.map(|part| part.trim_start_matches('0').to_owned()).collect::<Vec<_>>()
    };
    numbers(code) == numbers(reference)
}

/// The first day `YYYY-MM-DD` that a text names.
pub fn date_in(text: &str) -> Option<Date> {
    let of = |(at, _): (usize, char)| text.get(at..at + 10)?.parse::<Date>().ok();
    text.char_indices().filter(|(_, letter)| letter.is_ascii_digit()).find_map(of)
}
