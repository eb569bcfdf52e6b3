//! A table of answers for the French observatory: a row for each service and indicator.

use std::collections::{BTreeMap, BTreeSet};

use mastara_engine::{
    lens::fr::{Answer, Auth, Indicator, Online, Service},
    text::Name,
};

use super::super::{Mistake, Row, Table};

/// The columns that there must be; `ratings` and `estimated` may be there too.
pub const COLUMNS: [&str; 4] = ["group", "service", "indicator", "value"];

/// The answers that are estimates.
pub type Estimates = BTreeSet<(Name, Indicator)>;

/// Answers with their lines, by group and service.
type Found = BTreeMap<(String, String), BTreeMap<Indicator, (Answer, u64)>>;

/// The services of a table, by group and name, and which of their answers are estimates.
pub fn services(bytes: &[u8]) -> Result<(Vec<Service>, Estimates), Vec<Mistake>> {
    let table = Table::read(bytes, &COLUMNS)?;
    let mut found = Found::new();
    let mut estimates = Estimates::new();
    table.each(|row| {
        let indicator = add(row, &mut found)?;
        if row.yes_or_no("estimated")? == Some(true) {
            estimates.insert((Name::from(row.get("service")), indicator));
        }
        Ok(())
    })?;
    let service = |((group, name), answers): ((String, String), BTreeMap<_, (Answer, u64)>)| Service {
        group: Name::from(group.as_str()),
        name: Name::from(name.as_str()),
        answers: answers.into_iter().map(|(indicator, (answer, _))| (indicator, answer)).collect(),
    };
    Ok((found.into_iter().map(service).collect(), estimates))
}

fn add(row: Row<'_>, found: &mut Found) -> Result<Indicator, Mistake> {
    let key = (row.must("group")?.to_owned(), row.must("service")?.to_owned());
    let indicator = Indicator::from_code(row.must("indicator")?).ok_or_else(|| {
        let known: Vec<_> = Indicator::ALL.iter().map(|indicator| indicator.code()).collect();
        row.not_one_of("indicator", &known.join(", "))
    })?;
    let answer = answer(row, indicator)?;
    match found.entry(key).or_default().insert(indicator, (answer, row.line)) {
        Some((_, earlier)) => Err(row.again("lens.table.doubled-row", earlier, None)),
        None => Ok(indicator),
    }
}

fn answer(row: Row<'_>, indicator: Indicator) -> Result<Answer, Mistake> {
    let value = row.must("value")?.to_lowercase();
    let word = match value.as_str() {
        "na" | "n/a" => Some(Answer::NotApplicable),
        "?" => Some(Answer::Pending),
        _ => None,
    };
    if let Some(answer) = word {
        return Ok(answer);
    }
    match indicator {
        Indicator::Online => {
            let found =
                Online::WORDS.iter().find(|(word, _)| *word == value).map(|(_, online)| Answer::Online(*online));
            found.ok_or_else(|| row.not_one_of("value", &list(&Online::WORDS)))
        }
        Indicator::Auth => {
            let found = Auth::WORDS.iter().find(|(word, _)| *word == value).map(|(_, auth)| Answer::Auth(*auth));
            found.ok_or_else(|| row.not_one_of("value", &list(&Auth::WORDS)))
        }
        _ => {
            let number = thousandths(&value).filter(|number| indicator.most().is_none_or(|most| *number <= most));
            // Things asked are counted: a half of one is none.
            let number = number.filter(|number| indicator != Indicator::OnceOnly || number.is_multiple_of(1_000));
            let most = indicator.most().map_or_else(|| "0…".to_owned(), |most| format!("0–{}", most / 1_000));
            let number = number.ok_or_else(|| row.not_one_of("value", &format!("{most}, na, ?")))?;
            let ratings = match row.get("ratings") {
                "" => None,
                count => Some(count.parse().map_err(|_| row.not_one_of("ratings", "0, 1, 2…"))?),
            };
            Ok(Answer::Number(number, ratings))
        }
    }
}

fn list<T>(words: &[(&str, T)]) -> String {
    let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    format!("{}, na, ?", words.join(", "))
}

/// A decimal number, never negative, in thousandths; what is below a thousandth is cut off, which no threshold sees.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u64>().ok()?.checked_mul(1_000)?.checked_add(part.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        for (text, number) in [("8", 8_000), ("7,999", 7_999), ("99.90", 99_900), ("0.3999999", 399)] {
            assert_eq!(thousandths(text), Some(number), "{text}");
        }
        for text in ["", "-1", "1e3", ".5", "5.", "1.2.3", "99999999999999999999"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }
}
