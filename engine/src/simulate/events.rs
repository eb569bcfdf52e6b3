//! Events in the order of time: those of the hour in hand in a small heap, the later ones in a list for each hour.
//!
//! INVARIANT: whatever the order in which they are put in, they come out by time, then case, then place and item.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::program::{diagram::size, ops::NONE};

/// Bits of the number of a case in the key of an event; the others hold the time.
pub(super) const CASE_BITS: u32 = 32;
/// An hour and eight minutes.
const SHIFT: u32 = CASE_BITS + 12;

/// A case comes to an officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    /// Wall time, then the number of the case.
    key: u64,
    /// Its place among the cases under way.
    pub(super) slot: u32,
    /// The item of its plan.
    pub(super) item: u32,
}

impl Event {
    pub(super) const fn new(time: u64, case: u64, slot: u32, item: u32) -> Self {
        Self { key: time << CASE_BITS | case, slot, item }
    }

    pub(super) const fn time(self) -> u64 {
        self.key >> CASE_BITS
    }
}

/// The events to come.
#[derive(Debug)]
pub(super) struct Events {
    /// The hour in hand, and all before it.
    hour: usize,
    near: BinaryHeap<Reverse<Event>>,
    /// The first event of each later hour in `far`, or [`NONE`].
    first: Vec<u32>,
    /// Events with the next one of their hour.
    far: Vec<(Event, u32)>,
    free: u32,
}

impl Events {
    pub(super) fn new() -> Self {
        Self { hour: 0, near: BinaryHeap::new(), first: Vec::new(), far: Vec::new(), free: NONE }
    }

    /// Puts one in.
    pub(super) fn push(&mut self, event: Event) {
        let hour = usize::try_from(event.key >> SHIFT).unwrap_or(usize::MAX);
        if hour <= self.hour {
            return self.near.push(Reverse(event));
        }
        if hour >= self.first.len() {
            self.first.resize(hour + 1, NONE);
        }
        let entry = (event, self.first[hour]);
        self.first[hour] = self.free;
        if self.free == NONE {
            self.first[hour] = size(self.far.len());
            self.far.push(entry);
        } else {
            self.free = std::mem::replace(&mut self.far[self.free as usize], entry).1;
        }
    }

    /// Takes the first one out, if its time is no later than `time`.
    pub(super) fn pop(&mut self, time: u64) -> Option<Event> {
        while self.near.is_empty() {
            let last = (time >> (SHIFT - CASE_BITS)).min(self.first.len().saturating_sub(1) as u64);
            if self.hour as u64 >= last {
                return None;
            }
            self.hour += 1;
            self.gather();
        }
        let is_due = self.near.peek().is_some_and(|Reverse(event)| event.time() <= time);
        if is_due { self.near.pop().map(|Reverse(event)| event) } else { None }
    }

    /// Moves the events of the hour in hand to the heap.
    fn gather(&mut self) {
        let mut at = std::mem::replace(&mut self.first[self.hour], NONE);
        while at != NONE {
            let (event, next) = self.far[at as usize];
            self.near.push(Reverse(event));
            self.far[at as usize].1 = std::mem::replace(&mut self.free, at);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against a plain sorted list, with events put in while others are taken out.
    #[test]
    fn events_come_out_in_order() {
        let (mut events, mut plain) = (Events::new(), Vec::new());
        let (mut taken, mut expected) = (Vec::new(), Vec::new());
        let mut number = 1u64;
        for now in (0..400_000).step_by(97) {
            for _ in 0..3 {
                number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let event = Event::new(now + (number >> 40) % 50_000, number >> 33, 0, 0);
                events.push(event);
                plain.push(event);
            }
            while let Some(event) = events.pop(now) {
                taken.push(event);
            }
            plain.sort_unstable();
            expected.extend(plain.extract_if(.., |event| event.time() <= now));
        }
        while let Some(event) = events.pop(u64::MAX) {
            taken.push(event);
        }
        expected.extend(plain);
        assert_eq!(taken, expected);
    }
}
