//! Working time against a count second by second, holidays against announced ones.

use mastara_engine::{
    Date,
    calendar::{Anniversary, Calendar, DAY, Holiday, Opening, Rules},
    quantity::Delay,
    text::Text,
};
use proptest::prelude::*;

fn holiday(day: Anniversary, days: u8) -> Holiday {
    Holiday { title: Text::default(), day, days, since: None, until: None, text: None }
}

fn opening(opens: u16, closes: u16, pause: u16) -> Opening {
    Opening { opens, closes, pause, ..Opening::default() }
}

/// Morocco's week and religious days.
fn rules() -> Rules {
    Rules {
        holidays: vec![
            holiday(Anniversary::Civil(5, 1), 1),
            holiday(Anniversary::Hijri(1, 1), 1),
            holiday(Anniversary::Hijri(10, 1), 2),
            holiday(Anniversary::Hijri(12, 10), 2),
        ],
        ordinary: opening(510, 990, 30),
        friday: Some(opening(510, 990, 90)),
        ramadan: Some(opening(540, 900, 0)),
    }
}

fn date(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// Umm al-Qura is within a day of what Morocco announced.
#[test]
fn religious_days() {
    let announced = [
        (Anniversary::Hijri(10, 1), date(2023, 4, 22)),
        (Anniversary::Hijri(10, 1), date(2024, 4, 10)),
        (Anniversary::Hijri(10, 1), date(2025, 3, 31)),
        (Anniversary::Hijri(12, 10), date(2021, 7, 21)),
        (Anniversary::Hijri(12, 10), date(2018, 8, 22)),
        (Anniversary::Hijri(12, 10), date(2024, 6, 17)),
    ];
    for (day, on) in announced {
        let rules = Rules { holidays: vec![holiday(day, 1)], ..Rules::default() };
        let near = [on.yesterday().unwrap(), on, on.tomorrow().unwrap()];
        assert!(near.iter().any(|&near| rules.holidays_on(near).next().is_some()), "{day:?} {on}");
    }
}

#[test]
fn holidays_begin_and_end() {
    let mut amazigh = holiday(Anniversary::Civil(1, 14), 1);
    amazigh.since = Some(date(2023, 12, 14));
    let rules = Rules { holidays: vec![amazigh], ..Rules::default() };
    assert_eq!(rules.holidays_on(date(2023, 1, 14)).count(), 0);
    assert_eq!(rules.holidays_on(date(2024, 1, 14)).count(), 1);
}

#[test]
fn hours_of_a_week() {
    // Monday 2 February 2026; Ramadan began about 18 February.
    let calendar = Calendar::new(date(2026, 2, 2), 60, &rules());
    let hours = |day: usize| (calendar.working_before(day + 1) - calendar.working_before(day)) as f64 / 3_600.0;
    assert_eq!([0, 3, 4, 5, 6].map(hours), [7.5, 7.5, 6.5, 0.0, 0.0]);
    assert_eq!([21, 25].map(hours), [6.0, 6.0], "Ramadan");
    // Noon is a pause of half an hour.
    let noon = 12 * 3_600;
    assert_eq!(calendar.working(noon), calendar.working(noon + 1_800));
    assert_eq!((calendar.done(calendar.working(noon)), calendar.next(calendar.working(noon))), (noon, noon + 1_800));
    assert_eq!((calendar.open(noon + 60), calendar.open(noon - 60)), (noon + 1_800, noon - 60));
    // Friday evening opens on Monday morning.
    assert_eq!(calendar.open(4 * DAY + 20 * 3_600), 7 * DAY + 510 * 60);
}

/// Full days: neither the first nor the last counts (law 55-19, art. 31).
#[test]
fn deadlines() {
    let calendar = Calendar::new(date(2026, 3, 30), 500, &rules());
    let last = |delay, day: usize| calendar.date(usize::try_from(calendar.deadlines(delay)[day] / DAY).unwrap() - 1);
    assert_eq!(last(Delay::Days(30), 0), date(2026, 4, 30));
    // Seven working days after Monday 20 April is Wednesday 29; the day after it still counts; 1 May is a holiday.
    assert_eq!(last(Delay::WorkingDays(7), 21), date(2026, 4, 30));
    assert_eq!(last(Delay::WorkingDays(8), 21), date(2026, 5, 4));
    assert_eq!(last(Delay::Months(1), 0), date(2026, 5, 1));
    assert_eq!(last(Delay::Years(1), 0), date(2027, 3, 31));
    assert_eq!(last(Delay::Immediate, 0), date(2026, 3, 30));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Both conversions against the definition, and each other's inverse.
    #[test]
    fn conversions(first in 0i32..20_000, wall in 0u64..200 * DAY) {
        let first = date(1990, 1, 1).checked_add(jiff::Span::new().days(first)).unwrap();
        let calendar = Calendar::new(first, 200, &rules());
        let working = calendar.working(wall);
        prop_assert!(working <= calendar.working(wall + 1) && calendar.working(wall + 1) <= working + 1);
        prop_assert!(calendar.done(working) <= wall);
        let is_end = working > 0 && calendar.working(wall - 1) < working;
        prop_assert_eq!(calendar.closed(wall), if is_end { wall } else { calendar.done(working) });
        prop_assert_eq!(calendar.working(calendar.done(working)), working);
        if working > 0 {
            prop_assert_eq!(calendar.working(calendar.done(working) - 1), working - 1);
        }
        if working < calendar.working_end() {
            let next = calendar.next(working);
            prop_assert!(wall <= next);
            prop_assert_eq!((calendar.working(next), calendar.working(next + 1)), (working, working + 1));
            prop_assert_eq!(calendar.open(wall), if calendar.working(wall + 1) > working { wall } else { next });
        }
    }
}
