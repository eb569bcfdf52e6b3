//! One answer, from what a person types.

use mastara_dsl::words::dirhams;
use mastara_engine::{
    Date,
    condition::{Kind, Question, Unit},
    quantity::Dirhams,
};

use crate::{error::Error, phrase::Phrases};

/// Words for yes, in the languages of the catalogue.
const YES: [&str; 6] = ["oui", "yes", "نعم", "o", "y", "true"];
/// Words for no.
const NO: [&str; 5] = ["non", "no", "لا", "n", "false"];
/// Words for dirhams.
const DIRHAMS: [&str; 6] = ["dh", "dhs", "mad", "درهم", "دراهم", "د"];

/// Yes or no, in the languages of the catalogue.
pub fn truth(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| is_same(word, text.trim()));
    if is(&YES) { Some(true) } else { is(&NO).then_some(false) }
}

/// Reads an answer in the form of [`Kind`].
pub fn parse(text: &str, question: &Question, phrases: &Phrases<'_>) -> Result<i64, Error> {
    let text = &western(text.trim());
    let value = match &question.kind {
        Kind::YesNo => truth(text).map(i64::from),
        Kind::OneOf(cases) => {
            let is_it = |label: &str| !label.is_empty() && is_same(label, text);
            let named = cases.iter().position(|case| case.name.as_str() == text);
            let labelled = || {
                let langs = mastara_engine::text::Lang::ALL;
                cases.iter().position(|case| langs.iter().any(|lang| case.label.get(*lang).is_some_and(is_it)))
            };
            named.or_else(labelled).and_then(|rank| i64::try_from(rank).ok())
        }
        Kind::Integer(unit) => {
            let units = unit.map_or(&[][..], unit_words);
            number(text, units).and_then(|digits| digits.parse().ok()).filter(|_| !text.contains('.'))
        }
        Kind::Money => number(text, &DIRHAMS).and_then(|digits| dirhams(&digits)).map(Dirhams::centimes),
        Kind::Date => {
            let date = text.parse::<Date>().ok().filter(|date| date.to_string() == *text);
            date.map(|date| i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day()))
        }
    };
    let in_bounds = |value: &i64| *value >= question.low && question.high.is_none_or(|high| *value <= high);
    value.filter(in_bounds).ok_or_else(|| {
        let possible = expected(question, phrases);
        let mut error = Error::new("person.value", [text, question.name.as_str(), &possible]);
        if let Kind::OneOf(cases) = &question.kind {
            error.suggestion = mastara_dsl::finding::nearest(text, cases.iter().map(|case| case.name.as_str()));
        }
        error
    })
}

/// What an answer can be, in words.
pub fn expected(question: &Question, phrases: &Phrases<'_>) -> String {
    let words = phrases.words;
    let id = phrases.questions.iter().position(|other| other.name == question.name).unwrap_or(0);
    let id = mastara_engine::condition::QuestionId(u16::try_from(id).unwrap_or(u16::MAX));
    let shown = |value: i64| phrases.answer(id, value);
    match &question.kind {
        Kind::YesNo => format!("{}{}{}", words.get("phrase.yes"), words.get("phrase.or"), words.get("phrase.no")),
        Kind::OneOf(cases) => {
            let cases: Vec<_> = cases
                .iter()
                .map(|case| match (words.id(case.name.as_str()), phrases.label(&case.label, &case.name)) {
                    (id, label) if id == label => id,
                    (id, label) => format!("{id} = {label}"),
                })
                .collect();
            cases.join(words.get("phrase.comma"))
        }
        Kind::Date => words.get("person.date").to_owned(),
        Kind::Integer(_) | Kind::Money => match question.high {
            Some(high) => words.fill("person.between", &[&shown(question.low), &shown(high)]),
            None => words.fill("person.from", &[&shown(question.low)]),
        },
    }
}

/// The digits before a unit, without the blanks that group them; `None` if another word follows.
fn number(text: &str, units: &[&str]) -> Option<String> {
    let grouped = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ' ' | '\u{a0}' | '\u{202f}');
    let end = text.find(|letter| !grouped(letter)).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let unit = unit.trim();
    let digits: String = digits.chars().filter(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let fits = unit.is_empty() || units.iter().any(|word| is_same(word, unit));
    (fits && !digits.is_empty()).then_some(digits)
}

fn unit_words(unit: Unit) -> &'static [&'static str] {
    match unit {
        Unit::Years => &["ans", "an", "années", "année", "a", "years", "year", "y", "سنة", "سنوات", "عاما", "عام"],
        Unit::Months => &["mois", "m", "months", "month", "شهر", "أشهر", "شهرا"],
        Unit::Days => &["j", "jours", "jour", "days", "day", "d", "يوم", "أيام", "يوما"],
        Unit::SquareMetres => &["m2", "m²", "متر مربع", "م2", "م²"],
        Unit::Kilometres => &["km", "كلم", "كيلومتر"],
        Unit::Hectares => &["ha", "هكتار"],
    }
}

/// Whether two words are the same but for their case.
pub fn is_same(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// A text with Arabic-Indic digits as Western ones.
fn western(text: &str) -> String {
    let digit = |letter: char| match letter {
        '٠'..='٩' => char::from_u32(u32::from(letter) - u32::from('٠') + u32::from('0')).unwrap_or(letter),
        other => other,
    };
    text.chars().map(digit).collect()
}
