//! What makes a day a working day, as the texts say it.

use super::hijri::{RAMADAN, hijri};
use crate::{
    Date,
    text::{Name, Text},
    vocabulary::Vocabulary,
};

/// A public holiday of the administrations.
#[derive(Clone, Debug, PartialEq)]
pub struct Holiday {
    /// Its name.
    pub title: Text,
    /// Its first day in each year.
    pub day: Anniversary,
    /// How many days it lasts.
    pub days: u8,
    /// From when on it is kept.
    pub since: Option<Date>,
    /// Until when it was kept.
    pub until: Option<Date>,
    /// The text that sets it.
    pub text: Option<Name>,
}

/// A day that comes back each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anniversary {
    /// A month and day of the civil year.
    Civil(u8, u8),
    /// A month and day of the Hijri year.
    Hijri(u8, u8),
}

/// When offices are open on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Its name.
    pub title: Text,
    /// Minutes after midnight.
    pub opens: u16,
    /// Minutes after midnight.
    pub closes: u16,
    /// Minutes without work from noon on.
    pub pause: u16,
    /// The text that sets it.
    pub text: Option<Name>,
    /// Whether a figure of it is an estimate.
    pub estimated: bool,
}

impl Opening {
    /// The two spans of work in seconds after midnight; the second may be empty.
    pub(super) fn spans(&self) -> [u32; 4] {
        let (opens, closes) = (u32::from(self.opens), u32::from(self.closes).max(u32::from(self.opens)));
        let noon = (12 * 60).clamp(opens, closes);
        let after = (noon + u32::from(self.pause)).min(closes);
        [opens, noon, after, closes].map(|minutes| minutes * 60)
    }
}

/// Weekends, holidays and hours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// The holidays.
    pub holidays: Vec<Holiday>,
    /// Monday to Friday.
    pub ordinary: Opening,
    /// Fridays, if they differ.
    pub friday: Option<Opening>,
    /// Days of Ramadan, if they differ.
    pub ramadan: Option<Opening>,
}

impl Rules {
    /// The rules that the vocabulary holds; `None` if it tells no hours.
    #[must_use]
    pub fn of(vocabulary: &Vocabulary) -> Option<Self> {
        let opening = |name: &str| vocabulary.hours.get(name).cloned();
        Some(Self {
            holidays: vocabulary.holidays.values().cloned().collect(),
            ordinary: opening("ordinary")?,
            friday: opening("friday"),
            ramadan: opening("ramadan"),
        })
    }

    /// The holidays that fall on a day.
    pub fn holidays_on(&self, date: Date) -> impl Iterator<Item = &Holiday> {
        let kept = move |holiday: &&Holiday| {
            holiday.since.is_none_or(|since| since <= date) && holiday.until.is_none_or(|until| date <= until)
        };
        self.holidays.iter().filter(kept).filter(move |holiday| falls(holiday, date))
    }

    /// The spans of work of a day, in seconds after midnight; `None` if offices are closed.
    pub(super) fn spans(&self, date: Date) -> Option<[u32; 4]> {
        let weekday = date.weekday().to_monday_one_offset();
        if weekday >= 6 || self.holidays_on(date).next().is_some() {
            return None;
        }
        let in_ramadan = || hijri(date).is_some_and(|(month, _)| month == RAMADAN);
        let friday = self.friday.as_ref().filter(|_| weekday == 5);
        let ramadan = self.ramadan.as_ref().filter(|_| in_ramadan());
        Some(ramadan.or(friday).unwrap_or(&self.ordinary).spans())
    }
}

/// Whether a day is one of a holiday's.
fn falls(holiday: &Holiday, date: Date) -> bool {
    let mut day = date;
    for _ in 0..holiday.days {
        let is_first = match holiday.day {
            Anniversary::Civil(month, number) => {
                day.month() == month.cast_signed() && day.day() == number.cast_signed()
            }
            Anniversary::Hijri(month, number) => hijri(day) == Some((month, number)),
        };
        if is_first {
            return true;
        }
        let Ok(before) = day.yesterday() else { return false };
        day = before;
    }
    false
}
