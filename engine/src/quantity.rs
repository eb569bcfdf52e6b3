//! Money, delays and shares, all exact.

use std::fmt;

/// An amount in dirhams, kept in centimes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dirhams(i64);

impl Dirhams {
    /// An amount given in centimes.
    #[must_use]
    pub const fn from_centimes(centimes: i64) -> Self {
        Self(centimes)
    }

    /// The amount in centimes.
    #[must_use]
    pub const fn centimes(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Dirhams {
    /// Dirhams with two decimals only when there are centimes: `75`, `12.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        if cents == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{cents:02}") }
    }
}

/// How long the administration has, in the unit of the text that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// On the spot.
    Immediate,
    /// Minutes within a day: the person waits, so the trip goes on.
    Minutes(u32),
    /// Calendar days.
    Days(u32),
    /// Working days.
    WorkingDays(u32),
    /// Months.
    Months(u32),
    /// Years.
    Years(u32),
}

impl Delay {
    /// Calendar days, as measures count them: five working days are seven days (rounded up), a month 30, a year 365;
    /// less than a day is none, more is rounded up.
    #[must_use]
    pub const fn calendar_days(self) -> u32 {
        match self {
            Self::Immediate => 0,
            Self::Minutes(minutes) if minutes < 24 * 60 => 0,
            Self::Minutes(minutes) => minutes.div_ceil(24 * 60),
            Self::Days(days) => days,
            Self::WorkingDays(days) => days.saturating_mul(7).div_ceil(5),
            Self::Months(months) => months.saturating_mul(30),
            Self::Years(years) => years.saturating_mul(365),
        }
    }

    /// Days as the lists of silence write them, which do not tell working days apart.
    #[must_use]
    pub const fn listed_days(self) -> u32 {
        match self {
            Self::WorkingDays(days) => days,
            delay => delay.calendar_days(),
        }
    }
}

/// A share of people, in hundredths of a percent: 10,000 is everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    /// Everybody.
    pub const ALL: Self = Self(10_000);
    /// Nobody.
    pub const NONE: Self = Self(0);

    /// A share given in hundredths of a percent; `None` above everybody.
    #[must_use]
    pub const fn from_basis_points(points: u32) -> Option<Self> {
        if points <= 10_000 { Some(Self(points)) } else { None }
    }

    /// The share in hundredths of a percent.
    #[must_use]
    pub const fn basis_points(self) -> u32 {
        self.0
    }
}
