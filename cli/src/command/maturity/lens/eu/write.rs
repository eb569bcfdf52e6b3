//! The answers as a table that [`read`](super::read) reads back to the same scores.

use mastara_engine::lens::eu::{Answer, Scale, Service};

use super::read::{CHANNELS, COLUMNS, Estimates, KINDS, LEVELS};
use crate::spreadsheet::Sheet;

/// The table of these services.
pub fn table<'s>(services: impl Iterator<Item = &'s Service>, estimates: &Estimates) -> String {
    let mut sheet = Sheet::default();
    let mut headings = COLUMNS.to_vec();
    headings.insert(6, "url");
    headings.push("estimated");
    sheet.row(&headings);
    for service in services {
        for (rank, site) in service.sites.iter().enumerate() {
            let url = if service.sites.len() > 1 { (rank + 1).to_string() } else { String::new() };
            for ((channel, question), answer) in site {
                sheet.row(&[
                    service.country.as_str(),
                    &service.year.to_string(),
                    service.life_event.as_str(),
                    service.name.as_str(),
                    word(&KINDS, service.kind),
                    word(&LEVELS, service.level),
                    &url,
                    word(&CHANNELS, *channel),
                    question.code(),
                    &text(*answer, question.scale()),
                    if estimates.has(service, *channel, *question) { "yes" } else { "no" },
                ]);
            }
        }
    }
    sheet.into_text()
}

/// An answer as tables write it.
pub fn text(answer: Answer, scale: Scale) -> String {
    match (answer, scale) {
        (Answer::NotApplicable, _) => "na".to_owned(),
        (Answer::Unknown, _) => "?".to_owned(),
        (Answer::YES, Scale::YesNo) => "yes".to_owned(),
        (Answer::NO, Scale::YesNo) => "no".to_owned(),
        (Answer::Grade(grade), _) => grade.to_string(),
    }
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}
