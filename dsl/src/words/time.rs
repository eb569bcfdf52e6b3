//! Holidays and hours of the vocabulary.

use mastara_engine::{
    calendar::{Anniversary, Holiday, Opening},
    text::Text,
};

use super::{Entry, Kind};
use crate::finding::Code;

/// The entries of the hours.
const OPENINGS: [&str; 3] = ["ordinary", "friday", "ramadan"];

/// Reads a holiday.
pub(super) fn holiday(entry: &mut Entry<'_, '_>, title: Text) -> Option<Holiday> {
    let civil = entry.pair("date", '-', (1, 12), (1, 31)).map(|(month, day)| Anniversary::Civil(month, day));
    let hijri = entry.pair("hijri", '-', (1, 12), (1, 30)).map(|(month, day)| Anniversary::Hijri(month, day));
    let days = entry.whole("days").unwrap_or(1);
    let days = u8::try_from(days).ok().filter(|days| (1..=31).contains(days));
    let (since, until) = (entry.date("since"), entry.date("until"));
    let text = entry.reference("text", Kind::Text);
    let day = entry.required("date", civil.or(hijri))?;
    Some(Holiday { title, day, days: entry.required("days", days)?, since, until, text })
}

/// Reads the hours of a kind of day.
pub(super) fn opening(entry: &mut Entry<'_, '_>, title: Text) -> Option<Opening> {
    if !OPENINGS.contains(&entry.key) {
        entry.findings.add_unknown(Code::FieldUnknown, entry.span, entry.key, OPENINGS.into_iter());
        return None;
    }
    let mut minutes = |field| {
        let time = entry.pair(field, ':', (0, 23), (0, 59));
        entry.required(field, time).map(|(hours, minutes)| u16::from(hours) * 60 + u16::from(minutes))
    };
    let (opens, closes) = (minutes("opens")?, minutes("closes")?);
    let pause = entry.whole("pause").map_or(Some(0), |pause| u16::try_from(pause).ok());
    let pause = entry.required("pause", pause)?;
    if closes <= opens {
        entry.required::<()>("closes", None);
        return None;
    }
    let estimated = entry.flag("estimated", false);
    Some(Opening { title, opens, closes, pause, text: entry.reference("text", Kind::Text), estimated })
}

impl Entry<'_, '_> {
    /// Two numbers of two digits with a sign between them, each within its bounds.
    fn pair(&mut self, field: &str, sign: char, first: (u8, u8), second: (u8, u8)) -> Option<(u8, u8)> {
        let (text, span) = self.scalar(field)?;
        let number = |text: &str, (low, high): (u8, u8)| {
            text.parse().ok().filter(|number| text.len() == 2 && (low..=high).contains(number))
        };
        let pair = text.split_once(sign);
        let pair = pair.and_then(|(a, b)| Some((number(a, first)?, number(b, second)?)));
        if pair.is_none() {
            let form = if sign == ':' { "08:30" } else { "05-01" };
            self.findings.add(Code::FieldValue, span, [field, form]);
        }
        pair
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        finding::Code,
        source::{Source, SourceId},
        words,
    };

    fn read(stem: &str, text: &str) -> (mastara_engine::vocabulary::Vocabulary, Vec<Code>) {
        let source = Source::new(format!("{stem}.yaml"), format!("{text}\n").as_bytes());
        let (vocabulary, _, findings) = words::read(&[(SourceId(0), &source)]);
        (vocabulary, findings.iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn holidays_and_hours_are_read() {
        let (vocabulary, codes) = read("holidays", "aid: {fr: a, ar: b, hijri: \"10-01\", days: 2, since: \"2020\"}");
        assert_eq!((codes.len(), vocabulary.holidays["aid"].days), (0, 2));
        let (vocabulary, codes) =
            read("hours", "ordinary: {fr: a, ar: b, opens: \"08:30\", closes: \"16:30\", pause: 30}");
        assert_eq!((codes.len(), vocabulary.hours["ordinary"].opens), (0, 510));
    }

    #[test]
    fn what_is_no_day_and_no_hour_is_a_finding() {
        for day in ["date: \"13-01\"", "date: \"1-1\"", "hijri: \"01-31\"", "days: 1", "date: \"05-01\", days: 0"] {
            let (vocabulary, codes) = read("holidays", &format!("aid: {{fr: a, ar: b, {day}}}"));
            assert!(vocabulary.holidays.is_empty() && !codes.is_empty(), "{day}");
        }
        for hours in ["opens: \"08:30\"", "opens: \"16:30\", closes: \"08:30\"", "opens: \"8h\", closes: \"16:30\""] {
            let (vocabulary, codes) = read("hours", &format!("ordinary: {{fr: a, ar: b, {hours}}}"));
            assert!(vocabulary.hours.is_empty() && !codes.is_empty(), "{hours}");
        }
        assert_eq!(
            read("hours", "sunday: {fr: a, ar: b, opens: \"08:30\", closes: \"16:30\"}").1,
            [Code::FieldUnknown]
        );
    }
}
