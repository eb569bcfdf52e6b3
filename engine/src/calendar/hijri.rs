//! The Hijri calendar; the only file that names icu_calendar.
//!
//! Months are those of Umm al-Qura, computed in advance. Morocco begins a month when its moon has been seen, so a religious
//! day may fall one day later (seldom earlier) than what is told here.

use icu_calendar::{Date as Civil, cal::Hijri};

use crate::Date;

/// The ninth month.
pub(super) const RAMADAN: u8 = 9;

/// Month (from 1) and day of a civil day.
pub(super) fn hijri(date: Date) -> Option<(u8, u8)> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    let hijri = Civil::try_new_iso(i32::from(date.year()), month, day).ok()?.to_calendar(Hijri::new_umm_al_qura());
    Some((hijri.month().ordinal, hijri.day_of_month().0))
}
