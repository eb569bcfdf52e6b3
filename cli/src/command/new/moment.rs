//! The day, month or year that a source names, as people write dates.

use mastara_engine::Date;

use crate::find::fold;

/// Months, as `fold` leaves them: in French, and in Arabic as Morocco names them.
const MONTHS: [[&str; 2]; 12] = [
    ["janvier", "يناير"],
    ["fevrier", "فبراير"],
    ["mars", "مارس"],
    ["avril", "ابريل"],
    ["mai", "ماي"],
    ["juin", "يونيو"],
    ["juillet", "يوليوز"],
    ["aout", "غشت"],
    ["septembre", "شتنبر"],
    ["octobre", "اكتوبر"],
    ["novembre", "نونبر"],
    ["decembre", "دجنبر"],
];

/// What stands before a number that is no year: an issue of the official journal, a number, a rank.
const NUMBERED: [&str; 6] = ["bo", "n", "no", "num", "rang", "loi"];

/// The moment that a source names, as a file writes it (`2024-03-26`, `2023-05`, `2016`), not after a day; `None` if it names
/// none. A full day goes before a month, and that before a year.
pub fn moment_in(text: &str, until: Date) -> Option<String> {
    if let Some(date) = date_in(text) {
        return Some(date.to_string());
    }
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let months = words.windows(2).enumerate().filter_map(|(at, pair)| {
        let month = month(pair[0])?;
        let year = year(pair[1], until)?;
        let day = at.checked_sub(1).and_then(|before| day(words[before]));
        Some(
            day.and_then(|day| Date::new(year, month, day).ok())
                .map_or_else(|| format!("{year:04}-{month:02}"), |day| day.to_string()),
        )
    });
    let months: Vec<String> = months.collect();
    let first = months.iter().find(|moment| moment.len() == 10).or(months.first());
    first.cloned().or_else(|| lone_year(text, until))
}

/// The first day `YYYY-MM-DD` that a text names.
fn date_in(text: &str) -> Option<Date> {
    let of = |(at, _): (usize, char)| text.get(at..at + 10)?.parse::<Date>().ok();
    text.char_indices().filter(|(_, letter)| letter.is_ascii_digit()).find_map(of)
}

/// A reference with its date as figures alone: `dahir du 31 mars 1919` is `dahir du 1919 03 31`.
pub fn in_figures(reference: &str, until: Date) -> String {
    let folded = fold(reference);
    let words: Vec<&str> = folded.split_whitespace().collect();
    for (at, pair) in words.windows(3).enumerate() {
        let found = day(pair[0]).zip(month(pair[1])).zip(year(pair[2], until));
        if let Some(((day, month), year)) = found {
            let date = format!("{year:04} {month:02} {day:02}");
            return [words[..at].join(" "), date, words[at + 3..].join(" ")].join(" ").trim().to_owned();
        }
    }
    folded
}

fn month(word: &str) -> Option<i8> {
    let rank = MONTHS.iter().position(|names| names.contains(&word))?;
    i8::try_from(rank + 1).ok()
}

fn day(word: &str) -> Option<i8> {
    word.strip_suffix("er").unwrap_or(word).parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str, until: Date) -> Option<i16> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (1900..=until.year()).contains(&year).then_some(year)
}

/// A year that stands alone: no part of a longer reference, and not the number of something.
fn lone_year(text: &str, until: Date) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let joins = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
    for (at, four) in letters.windows(4).enumerate() {
        let word: String = four.iter().collect();
        let ends_sentence = letters.get(at + 4) == Some(&'.') && !joins(letters.get(at + 5));
        let is_alone = !joins(at.checked_sub(1).and_then(|before| letters.get(before)))
            && (!joins(letters.get(at + 4)) || ends_sentence);
        let before = fold(&letters[..at].iter().collect::<String>());
        let last = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty()).unwrap_or_default();
        if is_alone && !NUMBERED.contains(&last) && year(&word, until).is_some() {
            return Some(word);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_name_their_day_as_people_write_it() {
        let of = |text: &str| moment_in(text, Date::constant(2026, 11, 22));
        assert_eq!(of("idarati.ma, fiche vue le 2026-05-19 : liste").as_deref(), Some("2026-05-19"));
        assert_eq!(of("Le360 26 mars 2024 (615 660 adhésions)").as_deref(), Some("2024-03-26"));
        assert_eq!(of("dahir du 1er juillet 1914").as_deref(), Some("1914-07-01"));
        assert_eq!(of("مرسوم 8 ماي 2023").as_deref(), Some("2023-05-08"));
        assert_eq!(of("Arrêté de mai 2022").as_deref(), Some("2022-05"));
        assert_eq!(of("TelQuel 2016, tarifs").as_deref(), Some("2016"));
        assert_eq!(of("https://telquel.ma/2016/07/29/tarifs").as_deref(), Some("2016"));
        assert_eq!(of("BO 1998, art. 3 (administrative-2001) ; loi 12-2003 ; page 2.2010.3"), None);
        assert_eq!(of("consulat.ma, liste des prestations"), None);
        assert_eq!(of("prévu en 2040"), None);
    }

    #[test]
    fn a_reference_has_its_date_in_figures() {
        let of = |text: &str| in_figures(text, Date::constant(2026, 11, 22));
        assert_eq!(of("dahir du 31 mars 1919"), "dahir du 1919 03 31");
        assert_eq!(of("décret 2.22.387 du 8 mai 2023 (BO)"), "decret 2.22.387 du 2023 05 08 (bo)");
    }
}
