//! The officers of one authority, and the queue before them: first come, first served.
//!
//! INVARIANT: cases come in the order of time, so each is told at once when its turn comes.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

use super::histogram::Histogram;

/// Officers at work.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    /// When each officer is free, in working time.
    free: BinaryHeap<Reverse<u64>>,
    /// When those who wait will begin.
    waiting: VecDeque<u64>,
    pub(super) count: DeskCount,
}

/// What the officers of an authority did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeskCount {
    /// How many they are.
    pub officers: u32,
    /// Cases served.
    pub served: u64,
    /// Of those that came, how many had to wait.
    pub waited: u64,
    /// Cases whose clock ran out before their turn.
    pub given_up: u64,
    /// Seconds of work, all together.
    pub work: u128,
    /// Of them, those up to the last arrival of a new case.
    pub work_in_time: u128,
    /// Seconds of work, in the mean, that those who gave up came with and nobody did.
    pub work_undone: u128,
    /// Seconds of open offices waited, all together.
    pub wait: u128,
    /// Of them, those up to the last arrival of a new case.
    pub wait_in_time: u128,
    /// Minutes of open offices waited.
    pub wait_minutes: Histogram,
    /// Most that waited at a time.
    pub longest: u64,
    /// How many still waited when the last new case came.
    pub left: u64,
}

impl Desk {
    pub(super) fn new(officers: u32) -> Self {
        let free = (0..officers).map(|_| Reverse(0)).collect();
        Self { free, waiting: VecDeque::new(), count: DeskCount { officers, ..DeskCount::default() } }
    }

    /// When the turn of a case that comes at `now` is.
    pub(super) fn turn(&self, now: u64) -> u64 {
        self.free.peek().map_or(now, |Reverse(free)| now.max(*free))
    }

    /// A case comes at `now` and is served for `work` from `begin` on; `last` is when the last new case comes. All in working
    /// time.
    pub(super) fn serve(&mut self, now: u64, begin: u64, work: u64, last: u64) -> u64 {
        if let Some(mut officer) = self.free.peek_mut() {
            officer.0 = begin + work;
        }
        self.wait(now, begin, last);
        self.count.served += 1;
        self.count.work += u128::from(work);
        self.count.work_in_time += u128::from((begin + work).min(last).saturating_sub(begin));
        begin + work
    }

    /// A case comes at `now` and leaves at `until`, before its turn; it would have taken `work`.
    pub(super) fn give_up(&mut self, now: u64, until: u64, work: u64, last: u64) {
        self.wait(now, until, last);
        self.count.given_up += 1;
        self.count.work_undone += u128::from(work);
    }

    fn wait(&mut self, now: u64, until: u64, last: u64) {
        while self.waiting.front().is_some_and(|&begin| begin <= now) {
            self.waiting.pop_front();
        }
        if until > now {
            // One who gives up leaves before some of those ahead; it is counted as long as they are.
            self.waiting.push_back(until.max(self.waiting.back().copied().unwrap_or(0)));
            self.count.waited += 1;
            self.count.longest = self.count.longest.max(self.waiting.len() as u64);
            self.count.left += u64::from(now <= last && until > last);
        }
        self.count.wait += u128::from(until - now);
        self.count.wait_in_time += u128::from(until.min(last).saturating_sub(now));
        self.count.wait_minutes.add((until - now) / 60);
    }
}
