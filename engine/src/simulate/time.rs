//! How long things take.
//!
//! Source of the spread: none is known for Morocco. Half of the cases lie below the usual delay and half above, none beyond the
//! legal one, with the density falling in a straight line on both sides (two triangles back to back): it has no parameter but
//! the two figures that files give.

use super::{Delays, Simulation, model::ClockStop};
use crate::{calendar::DAY, program::ops::NONE, quantity::Delay};

/// A declared delay, ready to be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// Usual or else legal, in days of its unit.
    usual: f64,
    /// Legal or else usual, in the same unit.
    legal: f64,
    unit: Unit,
}

/// What days are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// Days of 24 hours.
    Calendar,
    /// Working days.
    Working,
    /// Less than a day: seconds of work.
    Work,
}

impl Span {
    pub(super) fn new(usual: Option<Delay>, legal: Option<Delay>) -> Self {
        let unit = match usual.or(legal) {
            Some(Delay::WorkingDays(_)) => Unit::Working,
            Some(Delay::Minutes(minutes)) if u64::from(minutes) * 60 < DAY => Unit::Work,
            _ => Unit::Calendar,
        };
        let days = |delay: Option<Delay>| {
            delay.map(|delay| match (delay, unit) {
                (Delay::Minutes(minutes), Unit::Work) => f64::from(minutes) * 60.0,
                (Delay::Minutes(minutes), _) => f64::from(minutes) / 1_440.0,
                (Delay::WorkingDays(days), Unit::Working) => f64::from(days),
                // Five working days are seven days, as measures count them.
                (delay, Unit::Working) => f64::from(delay.calendar_days()) * 5.0 / 7.0,
                (Delay::WorkingDays(days), _) => f64::from(days) * 7.0 / 5.0,
                (delay, _) => f64::from(delay.calendar_days()),
            })
        };
        let (usual, legal) = (days(usual), days(legal));
        let legal = if unit == Unit::Work { usual.or(legal) } else { legal };
        Self { usual: usual.or(legal).unwrap_or(0.0), legal: legal.or(usual).unwrap_or(0.0), unit }
    }

    /// Whether it varies.
    pub(super) fn varies(&self) -> bool {
        self.usual > 0.0 && self.legal > self.usual
    }

    /// The delay that a share `chance` of the cases (in 2^64ths) does not exceed.
    #[expect(clippy::cast_precision_loss, reason = "a chance is cut to 53 bits")]
    fn at(&self, delays: Delays, chance: u64) -> f64 {
        match delays {
            Delays::None => 0.0,
            Delays::Legal => self.legal,
            Delays::Spread if self.varies() => {
                let chance = (chance >> 11) as f64 / (1u64 << 53) as f64;
                if chance < 0.5 {
                    self.usual * (2.0 * chance).sqrt()
                } else {
                    self.legal - (self.legal - self.usual) * (2.0 * (1.0 - chance)).sqrt()
                }
            }
            Delays::Spread | Delays::Usual => self.usual,
        }
    }
}

impl Simulation<'_> {
    /// When a step of the person that begins at a wall time is done. In person it is done while offices are open.
    pub(super) fn step(&self, effort: u64, in_person: bool, from: u64) -> u64 {
        if !in_person {
            return from + effort;
        }
        let begin = self.calendar.open(from);
        if effort == 0 { begin } else { self.calendar.done(self.calendar.working(begin) + effort) }
    }

    /// When a clock that begins at a wall time is answered, and when it runs out (never, if it has no legal maximum). An
    /// answer of a day or more comes while offices are open: if need be, at the end of the last working day before.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "delays are far below 2^63 seconds")]
    pub(super) fn clock(&self, clock: &ClockStop, from: u64, chance: u64) -> (u64, u64) {
        let calendar = self.calendar;
        let length = clock.span.at(self.settings.delays, chance);
        let mut end = match clock.span.unit {
            _ if length == 0.0 => from,
            Unit::Work => calendar.done(calendar.working(from) + length as u64),
            Unit::Calendar => from + (length * DAY as f64) as u64,
            Unit::Working => {
                let begin = calendar.open(from);
                let (day, whole) = (calendar.day(begin), length.trunc());
                let part = ((length - whole) * DAY as f64) as u64;
                calendar.working_day_after(day, whole as u64) as u64 * DAY + begin % DAY + part
            }
        };
        let mut deadline = match self.model.deadlines.get(clock.deadline as usize) {
            Some(deadlines) if clock.deadline != NONE => deadlines.get(calendar.day(from)).copied().unwrap_or(u64::MAX),
            _ => u64::MAX,
        };
        let reply = self.reply(clock, chance);
        if reply > 0 {
            end += reply;
            deadline = deadline.saturating_add(reply.next_multiple_of(DAY));
        }
        if end > from && calendar.open(end) != end {
            let before = calendar.closed(end);
            end = if before > from { before } else { calendar.open(end) };
        }
        (end, deadline)
    }

    /// How long the person takes to answer a request for complements, which suspends the clock (law 55-19, art. 14): any
    /// time up to what the text allows.
    fn reply(&self, clock: &ClockStop, chance: u64) -> u64 {
        let Some(share) = self.settings.complements.filter(|_| clock.complement > 0) else { return 0 };
        // The low bits are another number than the high ones that the delay is drawn with.
        let low = chance.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let asked = (u64::from(share.basis_points()) << 32) / 10_000;
        if low < asked {
            u64::try_from(u128::from(low) * u128::from(clock.complement) / u128::from(asked)).unwrap_or(0)
        } else {
            0
        }
    }
}
