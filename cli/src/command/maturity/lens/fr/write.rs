//! The answers as a table that [`read`](super::read) reads back to the same colours.

use mastara_engine::lens::fr::{Answer, Auth, Online, Service};

use super::read::{COLUMNS, Estimates};
use crate::spreadsheet::Sheet;

/// The table of these services.
pub fn table<'s>(services: impl Iterator<Item = &'s Service>, estimates: &Estimates) -> String {
    let mut sheet = Sheet::default();
    let mut headings = COLUMNS.to_vec();
    headings.extend(["ratings", "estimated"]);
    sheet.row(&headings);
    for service in services {
        for (indicator, answer) in &service.answers {
            let ratings = match answer {
                Answer::Number(_, Some(count)) => count.to_string(),
                _ => String::new(),
            };
            let is_estimate = estimates.contains(&(service.name.clone(), *indicator));
            let (group, name, value) = (service.group.as_str(), service.name.as_str(), value(*answer));
            sheet.row(&[group, name, indicator.code(), &value, &ratings, if is_estimate { "yes" } else { "no" }]);
        }
    }
    sheet.into_text()
}

/// An answer as tables write it.
pub fn value(answer: Answer) -> String {
    match answer {
        Answer::Online(online) => word(&Online::WORDS, online),
        Answer::Auth(auth) => word(&Auth::WORDS, auth),
        Answer::NotApplicable => "na".to_owned(),
        Answer::Pending => "?".to_owned(),
        Answer::Number(number, _) if number.is_multiple_of(1_000) => (number / 1_000).to_string(),
        Answer::Number(number, _) => {
            format!("{}.{:03}", number / 1_000, number % 1_000).trim_end_matches('0').to_owned()
        }
    }
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> String {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word).to_owned()
}
