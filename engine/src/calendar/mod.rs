//! A calendar of working time: what a clock on the wall shows, and how long offices have been open by then.
//!
//! INVARIANT: pure; the rules are given as data. *Wall* time is seconds since midnight of the first day; *working* time is
//! seconds of open offices since then. Both ways of converting take constant time.

mod hijri;
mod rules;

pub use self::rules::{Anniversary, Holiday, Opening, Rules};
use crate::{Date, quantity::Delay};

/// Seconds of a day.
pub const DAY: u64 = 86_400;

/// The days from a first one on.
#[derive(Clone, Debug)]
pub struct Calendar {
    dates: Vec<Date>,
    /// The spans of work of each day: begin, end, begin, end; all zero on a day off.
    spans: Vec<[u32; 4]>,
    /// Working time before each day, and before the day after the last.
    before: Vec<u64>,
    /// Working days before each day, and before the day after the last.
    ranks: Vec<u32>,
    working_days: Vec<WorkingDay>,
    /// The rank of the working day that each stretch of `1 << shift` seconds of working time begins in.
    guess: Vec<u32>,
    /// Such a stretch is no longer than the shortest working day.
    shift: u32,
}

/// A working day.
#[derive(Clone, Copy, Debug)]
struct WorkingDay {
    /// Working time before it and at its end.
    before: u64,
    end: u64,
    /// Wall time of its first and last moment of work.
    opens: u64,
    closes: u64,
    /// Seconds of work before its pause, and of the pause.
    morning: u64,
    pause: u64,
    day: usize,
}

impl Calendar {
    /// So many days from `first` on; fewer if the years end.
    #[must_use]
    pub fn new(first: Date, days: usize, rules: &Rules) -> Self {
        Self::build(first, days, |date| rules.spans(date))
    }

    /// Offices that never close: for models that have no calendar.
    #[must_use]
    pub fn continuous(first: Date, days: usize) -> Self {
        Self::build(first, days, |_| Some([0, 86_400, 86_400, 86_400]))
    }

    fn build(first: Date, days: usize, spans_of: impl Fn(Date) -> Option<[u32; 4]>) -> Self {
        let dates: Vec<Date> =
            std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(days.max(1)).collect();
        let mut this = Self {
            spans: Vec::with_capacity(dates.len()),
            before: vec![0],
            ranks: vec![0],
            working_days: Vec::new(),
            guess: Vec::new(),
            shift: DAY.ilog2(),
            dates,
        };
        let (mut time, mut rank) = (0, 0);
        for (day, &date) in this.dates.iter().enumerate() {
            let spans = spans_of(date).unwrap_or_default();
            let [opens, noon, after, closes] = spans.map(u64::from);
            let end = time + (noon - opens) + (closes - after);
            if end > time {
                this.shift = this.shift.min((end - time).ilog2());
                rank += 1;
                let midnight = day as u64 * DAY;
                this.working_days.push(WorkingDay {
                    before: time,
                    end,
                    opens: midnight + if noon > opens { opens } else { after },
                    closes: midnight + if closes > after { closes } else { noon },
                    morning: noon - opens,
                    pause: if noon > opens { after - noon } else { 0 },
                    day,
                });
            }
            time = end;
            this.spans.push(spans);
            this.before.push(time);
            this.ranks.push(rank);
        }
        let mut rank = 0;
        for stretch in 0..=time >> this.shift {
            while this.working_days.get(rank as usize).is_some_and(|day| day.end <= stretch << this.shift) {
                rank += 1;
            }
            this.guess.push(rank);
        }
        this
    }

    /// The date of a day; the last one known for those after it.
    #[must_use]
    pub fn date(&self, day: usize) -> Date {
        self.dates[day.min(self.dates.len() - 1)]
    }

    /// How many days it has.
    #[must_use]
    pub fn days(&self) -> usize {
        self.dates.len()
    }

    /// Wall time at its end. Times past it are not told right.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.dates.len() as u64 * DAY
    }

    /// Working time in all.
    #[must_use]
    pub fn working_end(&self) -> u64 {
        self.before[self.dates.len()]
    }

    /// Working time before a day.
    #[must_use]
    pub fn working_before(&self, day: usize) -> u64 {
        self.before[day.min(self.dates.len())]
    }

    /// How many of the first days are working days.
    #[must_use]
    pub fn working_days_before(&self, day: usize) -> u32 {
        self.ranks[day.min(self.dates.len())]
    }

    /// The working time at a wall time.
    #[must_use]
    pub fn working(&self, wall: u64) -> u64 {
        let day = self.day(wall);
        let Some(&[a, b, c, d]) = self.spans.get(day) else { return self.working_end() };
        let second = u32::try_from(wall % DAY).unwrap_or(0);
        self.before[day] + u64::from(second.clamp(a, b) - a) + u64::from(second.clamp(c, d) - c)
    }

    /// The first wall time with this working time: the moment when that much work has just been done.
    #[must_use]
    pub fn done(&self, working: u64) -> u64 {
        if working == 0 { 0 } else { self.wall(working, 1) }
    }

    /// The last wall time with this working time: the moment when the next work can begin.
    #[must_use]
    pub fn next(&self, working: u64) -> u64 {
        self.wall(working, 0)
    }

    /// The wall time at which the second of work after `working - back` has run for `back` seconds.
    fn wall(&self, working: u64, back: u64) -> u64 {
        let second = working - back;
        let stretch = usize::try_from(second >> self.shift).unwrap_or(usize::MAX);
        let rank = self.guess.get(stretch).map_or(usize::MAX, |&rank| rank as usize);
        let days = self.working_days.get(rank..).unwrap_or_default();
        let Some(day) = days.iter().find(|day| second < day.end) else { return self.end() };
        let into = second - day.before;
        let pause = if into < day.morning { 0 } else { day.pause };
        day.opens + into + pause + back
    }

    /// The first moment of work at or after a wall time.
    #[must_use]
    pub fn open(&self, wall: u64) -> u64 {
        let (day, second) = (self.day(wall), wall % DAY);
        let Some(&spans) = self.spans.get(day) else { return self.end() };
        let [a, b, c, d] = spans.map(u64::from);
        if second < a || (b <= second && second < c) {
            return wall - second + if second < a && a < b { a } else { c };
        }
        if second < d {
            return wall;
        }
        let next = self.working_days.get(self.ranks[day + 1] as usize);
        next.map_or(self.end(), |day| day.opens)
    }

    /// The last moment of work at or before a wall time; 0 if there is none.
    #[must_use]
    pub fn closed(&self, wall: u64) -> u64 {
        let (day, second) = (self.day(wall).min(self.spans.len() - 1), wall % DAY);
        let [a, b, c, d] = self.spans[day].map(u64::from);
        match second {
            _ if wall >= self.end() => self.working_days.last().map_or(0, |day| day.closes),
            _ if second > d && d > a => wall - second + if d > c { d } else { b },
            _ if second > c && d > c => wall,
            _ if second > b && b > a => wall - second + b,
            _ if second > a && b > a => wall,
            _ => match self.ranks[day].checked_sub(1) {
                Some(rank) => self.working_days[rank as usize].closes,
                None => 0,
            },
        }
    }

    /// The day of a wall time.
    #[must_use]
    pub fn day(&self, wall: u64) -> usize {
        usize::try_from(wall / DAY).unwrap_or(usize::MAX)
    }

    /// The working day so many working days after a day (after the next working day if that one is off).
    #[must_use]
    pub fn working_day_after(&self, day: usize, count: u64) -> usize {
        let rank = u64::from(self.ranks[day.min(self.dates.len())]) + count;
        let found = usize::try_from(rank).ok().and_then(|rank| self.working_days.get(rank));
        found.map_or(self.dates.len(), |found| found.day)
    }

    /// For each day, the wall time at which a delay that begins on that day has run out. Delays are *full* (law 55-19,
    /// art. 31): neither the first day nor the last counts, so an answer on the day after the last is still in time. Months
    /// and years go from date to date. Delays below a day run out with the day.
    #[must_use]
    pub fn deadlines(&self, delay: Delay) -> Vec<u64> {
        let last = |day: usize| -> usize {
            let days = match delay {
                Delay::Immediate => return day,
                Delay::Minutes(minutes) if u64::from(minutes) * 60 < DAY => return day,
                Delay::Minutes(_) | Delay::Days(_) => delay.calendar_days(),
                Delay::WorkingDays(days) => return self.working_day_after(day, u64::from(days) + 1),
                Delay::Months(months) => self.months(day, months),
                Delay::Years(years) => self.months(day, years.saturating_mul(12)),
            };
            day.saturating_add(days as usize + 1)
        };
        (0..self.dates.len()).map(|day| (last(day) as u64 + 1).saturating_mul(DAY)).collect()
    }

    /// The days of so many months from a day on.
    fn months(&self, day: usize, months: u32) -> u32 {
        let from = self.dates[day];
        let to = from.checked_add(jiff::Span::new().try_months(months).unwrap_or_default());
        let days = to.ok().and_then(|to| to.since((jiff::Unit::Day, from)).ok()).map(|span| span.get_days());
        days.and_then(|days| u32::try_from(days).ok()).unwrap_or(months.saturating_mul(30))
    }
}
