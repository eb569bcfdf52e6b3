//! Cases that do not get into each other's way: no officers, no queues.

use super::{
    Simulation,
    batch::{Batch, Facts},
    draw::Plan,
    model::{CLOSE, ClockStop, NEXT, OPEN, StopKind},
};

/// Cases come at any time of the first so many days.
const YEAR: usize = 365;

impl Simulation<'_> {
    /// The cases from `first` on, so many of `cases` in all, with as many officers as it takes. Any parts put together by
    /// [`Batch::absorb`] give the same as one whole.
    #[must_use]
    pub fn alone(&self, first: u64, count: u64, cases: u64) -> Batch {
        let mut batch = self.batch(cases);
        let mut plan = Plan::default();
        let year = self.calendar.working_before(YEAR);
        let mut open = Vec::new();
        for case in first..(first + count).min(cases) {
            self.draw(case, 0, &mut plan);
            let arrival = u64::try_from((u128::from(plan.arrival) * u128::from(year)) >> 64).unwrap_or(0);
            let from = self.calendar.next(arrival);
            let mut facts = Facts::default();
            let end = self.course(&plan, from, &mut open, &mut facts, &mut batch);
            batch.record(self, case, &plan, (from, end), facts);
        }
        batch
    }

    /// The end of a case that begins at a wall time.
    fn course(&self, plan: &Plan, from: u64, open: &mut Vec<(u64, u64)>, facts: &mut Facts, batch: &mut Batch) -> u64 {
        let mut now = from;
        open.clear();
        for item in &plan.items {
            match item.stop {
                OPEN => open.push((now, now)),
                NEXT => {
                    if let Some((begin, latest)) = open.last_mut() {
                        *latest = now.max(*latest);
                        now = *begin;
                    }
                }
                CLOSE => now = open.pop().map_or(now, |(_, latest)| latest),
                stop => {
                    let begin = now;
                    now = match &self.model.stops[stop as usize].kind {
                        StopKind::Step { effort, in_person } => self.step(*effort, *in_person, now),
                        StopKind::Clock(clock) => {
                            let (answered, deadline) = self.clock(clock, now, item.chance);
                            let end = ClockStop::end(answered, deadline, item.is_silent);
                            facts.clock(clock, end, deadline, item.is_silent);
                            end
                        }
                    };
                    batch.pause(stop, now - begin);
                }
            }
        }
        now
    }
}

impl ClockStop {
    /// When a clock is over: with the answer, or when it runs out if none comes.
    pub(super) const fn end(answered: u64, deadline: u64, is_silent: bool) -> u64 {
        if is_silent && deadline != u64::MAX { deadline } else { answered }
    }
}
