//! Cases that wait for officers: events in the order of time.
//!
//! Only coming to an officer is an event: the turn of a case is known when it comes, and all between two officers is worked
//! out at once.

use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

use super::{
    Offices, Refused, Service, Simulation,
    batch::{Batch, Facts},
    desk::Desk,
    draw::Plan,
    events::{CASE_BITS, Event, Events},
    model::{CLOSE, ClockStop, NEXT, OPEN, StopKind},
};
use crate::{
    program::{diagram::size, ops::NONE},
    table::mix,
};

/// Streams of their own, so that more officers do not change who comes when.
const ARRIVALS: u64 = 0x6172_7269_7661_6c73;
const SERVICES: u64 = 0x7365_7276_6963_6573;
/// Progress is told after so many cases.
const TELL: u64 = 1 << 16;

/// A case under way.
#[derive(Debug, Default)]
struct Live {
    plan: Plan,
    case: u64,
    from: u64,
    facts: Facts,
    /// Silences that came because a clock ran out.
    forced: u64,
}

/// A run with officers.
struct Queue<'s> {
    simulation: &'s Simulation<'s>,
    offices: &'s Offices,
    batch: Batch,
    desks: Vec<Option<Desk>>,
    events: Events,
    live: Vec<Live>,
    free: Vec<u32>,
    services: Xoshiro256PlusPlus,
    /// Working time of the last new case.
    last: u64,
    /// Branches still to be followed: case, item, time.
    todo: Vec<(u32, u32, u64)>,
}

impl Simulation<'_> {
    /// All cases, with the officers of the settings. `tell` is told now and then how many have begun.
    ///
    /// # Errors
    /// [`Refused`] if there is no case or no office, or it goes on beyond the calendar.
    pub fn queued(&self, cases: u64, tell: &mut dyn FnMut(u64)) -> Result<Batch, Refused> {
        let offices = self.settings.offices.as_ref().ok_or(Refused::NoArrival)?;
        if cases == 0 {
            return Err(Refused::NoCase);
        }
        if cases >> CASE_BITS > 0 || self.calendar.end() >> (u64::BITS - CASE_BITS) > 0 {
            return Err(Refused::TooLong);
        }
        let last = self.arrivals(offices).take(usize::try_from(cases).unwrap_or(usize::MAX)).last().unwrap_or(0);
        if last >= self.calendar.working_end() {
            return Err(Refused::TooLong);
        }
        let desk = |name| offices.of.get(name).copied().or(offices.everywhere).map(Desk::new);
        let mut queue = Queue {
            simulation: self,
            offices,
            batch: self.batch(cases),
            desks: self.model.authorities.iter().map(desk).collect(),
            events: Events::new(),
            live: Vec::new(),
            free: Vec::new(),
            services: Xoshiro256PlusPlus::seed_from_u64(mix(mix(SERVICES, self.settings.seed), SERVICES)),
            last,
            todo: Vec::new(),
        };
        for (case, arrival) in (0..cases).zip(self.arrivals(offices)) {
            let now = self.calendar.next(arrival);
            queue.until(now)?;
            queue.begin(case, now)?;
            if case % TELL == 0 {
                tell(case);
            }
        }
        queue.until(u64::MAX)?;
        let mut batch = queue.batch;
        batch.working = last;
        batch.desks =
            queue.desks.into_iter().map(|desk| desk.map_or_else(Default::default, |desk| desk.count)).collect();
        Ok(batch)
    }

    /// The working time at which each new case comes, at random at a steady rate.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "times are far below 2^52"
    )]
    fn arrivals(&self, offices: &Offices) -> impl Iterator<Item = u64> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(mix(mix(ARRIVALS, self.settings.seed), ARRIVALS));
        let calendar = self.calendar;
        let days = calendar.working_days_before(calendar.days()).max(1);
        let gap = calendar.working_end() as f64 / f64::from(days) / offices.per_day;
        let mut now = 0.0;
        std::iter::from_fn(move || {
            now += gap * exponential(&mut random);
            Some(now as u64)
        })
    }
}

/// A number of mean one, exponentially distributed.
#[expect(clippy::cast_precision_loss, reason = "cut to 53 bits")]
fn exponential(random: &mut Xoshiro256PlusPlus) -> f64 {
    -(((random.next_u64() >> 11) + 1) as f64 / (1u64 << 53) as f64).ln()
}

impl Queue<'_> {
    /// All events up to a time.
    fn until(&mut self, time: u64) -> Result<(), Refused> {
        while let Some(event) = self.events.pop(time) {
            self.serve(event)?;
        }
        Ok(())
    }

    /// A new case.
    fn begin(&mut self, case: u64, now: u64) -> Result<(), Refused> {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.live.push(Live::default());
            size(self.live.len() - 1)
        });
        let live = &mut self.live[slot as usize];
        (live.case, live.from, live.facts, live.forced) = (case, now, Facts::default(), 0);
        self.simulation.draw(case, 0, &mut live.plan);
        self.go(slot, 0, now)
    }

    /// Goes on from an item until officers are needed, or the end.
    fn go(&mut self, slot: u32, item: u32, now: u64) -> Result<(), Refused> {
        self.todo.push((slot, item, now));
        while let Some((slot, item, now)) = self.todo.pop() {
            self.follow(slot, item, now)?;
        }
        Ok(())
    }

    fn follow(&mut self, slot: u32, mut at: u32, mut now: u64) -> Result<(), Refused> {
        loop {
            if now >= self.simulation.calendar.end() {
                return Err(Refused::TooLong);
            }
            let live = &mut self.live[slot as usize];
            let Some(&item) = live.plan.items.get(at as usize) else {
                self.end(slot, now);
                return Ok(());
            };
            at += 1;
            match item.stop {
                OPEN => {
                    self.open(slot, at, usize::try_from(item.chance).unwrap_or(0), now);
                    return Ok(());
                }
                NEXT | CLOSE => {
                    let fork = &mut live.plan.forks[usize::try_from(item.chance).unwrap_or(0)];
                    fork.left -= 1;
                    fork.latest = fork.latest.max(now);
                    if fork.left > 0 {
                        return Ok(());
                    }
                    (at, now) = (fork.close + 1, fork.latest);
                }
                stop => {
                    let stop = &self.simulation.model.stops[stop as usize];
                    let is_served = stop.office != NONE && self.desks[stop.office as usize].is_some();
                    if is_served && !item.is_silent {
                        self.events.push(Event::new(now, live.case, slot, at - 1));
                        return Ok(());
                    }
                    now = self.pause(slot, at - 1, now, now);
                }
            }
        }
    }

    /// Begins branches side by side: the first one at `at`, the others behind the marks of their fork.
    fn open(&mut self, slot: u32, at: u32, number: usize, now: u64) {
        let plan = &self.live[slot as usize].plan;
        let close = plan.forks[number].close;
        self.todo.push((slot, at, now));
        for next in at..close.saturating_sub(1) {
            let item = plan.items[next as usize];
            if item.stop == NEXT && item.chance == number as u64 {
                self.todo.push((slot, next + 1, now));
            }
        }
    }

    /// A stop, from when the case comes to it; officers are done with it at `served`. Returns its end.
    fn pause(&mut self, slot: u32, at: u32, now: u64, served: u64) -> u64 {
        let simulation = self.simulation;
        let live = &mut self.live[slot as usize];
        let item = live.plan.items[at as usize];
        let end = match &simulation.model.stops[item.stop as usize].kind {
            StopKind::Step { effort, in_person } => simulation.step(*effort, *in_person, now).max(served),
            StopKind::Clock(clock) => {
                let (answered, deadline) = simulation.clock(clock, now, item.chance);
                let answered = answered.max(served);
                let runs_out = answered > deadline && item.silence != NONE;
                let is_silent = item.is_silent || runs_out;
                if runs_out && !item.is_silent {
                    live.forced |= 1 << item.silence;
                    simulation.draw(live.case, live.forced, &mut live.plan);
                }
                let end = ClockStop::end(answered, deadline, is_silent);
                live.facts.clock(clock, end, deadline, is_silent);
                end
            }
        };
        self.batch.pause(item.stop, end - now);
        end
    }

    /// A case comes to an officer.
    fn serve(&mut self, event: Event) -> Result<(), Refused> {
        let (slot, at, now) = (event.slot, event.item, event.time());
        let (simulation, calendar) = (self.simulation, self.simulation.calendar);
        let item = self.live[slot as usize].plan.items[at as usize];
        let stop = &simulation.model.stops[item.stop as usize];
        let Some(desk) = self.desks[stop.office as usize].as_mut() else { return Ok(()) };
        let came = calendar.working(now);
        let turn = desk.turn(came);
        let until = match &stop.kind {
            StopKind::Clock(clock) if item.silence != NONE => simulation.clock(clock, now, item.chance).1,
            _ => u64::MAX,
        };
        let served = if calendar.next(turn) >= until {
            // Its work is not drawn, so that the work of others stays what it is.
            desk.give_up(came, calendar.working(until), self.offices.service, self.last);
            u64::MAX
        } else {
            let work = work(self.offices, &mut self.services);
            calendar.done(desk.serve(came, turn, work, self.last)).max(now)
        };
        let end = self.pause(slot, at, now, served);
        self.go(slot, at + 1, end)
    }

    fn end(&mut self, slot: u32, now: u64) {
        let live = &self.live[slot as usize];
        self.batch.record(self.simulation, live.case, &live.plan, (live.from, now), live.facts);
        self.free.push(slot);
    }
}

/// The seconds of an officer's work, at least one.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a working year at most"
)]
fn work(offices: &Offices, random: &mut Xoshiro256PlusPlus) -> u64 {
    match offices.law {
        Service::Constant => offices.service,
        Service::Exponential => ((offices.service as f64 * exponential(random)).round() as u64).max(1),
    }
}
