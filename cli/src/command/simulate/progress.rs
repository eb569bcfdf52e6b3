//! How far a long simulation has come, on a terminal only.

use std::{
    io::{IsTerminal, stderr},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Instant,
};

use crate::{context::Context, view::number::share};

/// Told after so many milliseconds, and then again each time.
const EVERY: u64 = 1_000;

/// How far it has come.
pub struct Progress<'c> {
    context: &'c Context,
    cases: u64,
    begun: Instant,
    done: AtomicU64,
    told: AtomicU64,
}

impl<'c> Progress<'c> {
    /// Begins.
    pub fn new(cases: u64, context: &'c Context) -> Self {
        Self { context, cases, begun: Instant::now(), done: AtomicU64::new(0), told: AtomicU64::new(0) }
    }

    /// So many more cases are done.
    pub fn more(&self, cases: u64) {
        self.at(self.done.fetch_add(cases, Relaxed) + cases);
    }

    /// So many cases are done.
    pub fn at(&self, done: u64) {
        let now = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let told = self.told.load(Relaxed);
        let is_due = now >= told + EVERY && stderr().is_terminal();
        if is_due && self.told.compare_exchange(told, now, Relaxed, Relaxed).is_ok() {
            let percent = self.context.figures().percent(share(done.min(self.cases), self.cases));
            self.context.warn(&format!("\r{}", self.context.words.fill("simulate.progress", &[&percent])));
        }
    }

    /// Clears the line.
    pub fn end(&self) {
        if self.told.load(Relaxed) > 0 {
            self.context.warn("\r\u{1b}[2K");
        }
    }
}
