//! UNCTAD's eRegulations: a procedure as the steps of one objective, and what they add up to.
//!
//! Counts and times: the model of the eRegulations API (`ResumeTotal`, `timeSpentAtTheCounter`, `waitingTimeInLine`,
//! `waitingTimeUntilNextStep`, `nbOriginal`, `nbCopy`, `nbAuthenticated`, `ABC`). It has no score: it adds up.

use std::collections::BTreeSet;

use crate::text::Name;

mod derive;

pub use derive::{Derived, derive};

/// A time between two bounds, in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// At least.
    pub least: u64,
    /// At most.
    pub most: u64,
}

impl Span {
    /// The same at least and at most.
    #[must_use]
    pub const fn exactly(minutes: u64) -> Self {
        Self { least: minutes, most: minutes }
    }

    /// Days of 24 hours.
    #[must_use]
    pub const fn days(least: u64, most: u64) -> Self {
        Self { least: least.saturating_mul(24 * 60), most: most.saturating_mul(24 * 60) }
    }

    /// One after the other.
    #[must_use]
    pub const fn then(self, next: Self) -> Self {
        Self { least: self.least.saturating_add(next.least), most: self.most.saturating_add(next.most) }
    }
}

/// Papers of one step or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// Different papers.
    pub kinds: u64,
    /// Originals, or papers of which nothing is said.
    pub originals: u64,
    /// Plain copies.
    pub copies: u64,
    /// Certified copies and legalised signatures.
    pub authenticated: u64,
}

/// What of the administrative burden of a step is known, in minutes. The model has more parts (understanding, gathering,
/// reaching the office, the line, coming back, printing); the ones of which nothing is known are absent, not zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Burden {
    /// Filling in the form (what is done online).
    pub fill_form: Option<u64>,
    /// In person: at the counter, or at home with an officer.
    pub at_counter: Option<u64>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: Name,
    /// The entity dealt with, private ones included.
    pub entity: Option<Name>,
    /// Whether it is done online.
    pub is_online: bool,
    /// The papers required, by name, each with how often as original, copy and authenticated copy.
    pub papers: Vec<Paper>,
    /// What is paid, in centimes (hundredths of the currency), as far as it is known.
    pub cost: u64,
    /// Whether that is all that is paid.
    pub cost_known: bool,
    /// Before the step, where nothing comes before it.
    pub before: Option<Span>,
    /// At the counter, or filling in the form.
    pub at_counter: Option<Span>,
    /// In the line.
    pub in_line: Option<Span>,
    /// Until the next step.
    pub until_next: Option<Span>,
}

/// A paper required by a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Which.
    pub name: Name,
    /// Originals.
    pub originals: u64,
    /// Plain copies.
    pub copies: u64,
    /// Authenticated copies.
    pub authenticated: u64,
}

/// What the steps of a procedure add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Steps.
    pub steps: u64,
    /// Steps done online.
    pub online: u64,
    /// Different entities.
    pub institutions: u64,
    /// Papers.
    pub requirements: Requirements,
    /// Centimes, as far as they are known.
    pub costs: u64,
    /// Whether that is all that is paid: else the costs are at least what they say.
    pub costs_known: bool,
    /// From the beginning to the end, as far as it is known.
    pub timeframe: Span,
    /// Times of the four kinds that no step gives: the timeframe is at least what it says.
    pub times_unknown: u64,
    /// The known part of the burden.
    pub burden: Burden,
}

impl Totals {
    /// Adds up. Papers of one name are one kind, however many steps require them.
    #[must_use]
    pub fn of(steps: &[Step]) -> Self {
        let mut totals = Self {
            steps: count(steps.len()),
            online: 0,
            institutions: 0,
            requirements: Requirements::default(),
            costs: 0,
            costs_known: steps.iter().all(|step| step.cost_known),
            timeframe: Span::default(),
            times_unknown: 0,
            burden: Burden::default(),
        };
        let (mut entities, mut kinds) = (BTreeSet::new(), BTreeSet::new());
        for step in steps {
            totals.online += u64::from(step.is_online);
            entities.extend(step.entity.as_ref());
            totals.costs = totals.costs.saturating_add(step.cost);
            for paper in &step.papers {
                kinds.insert(&paper.name);
                let all = &mut totals.requirements;
                all.originals = all.originals.saturating_add(paper.originals);
                all.copies = all.copies.saturating_add(paper.copies);
                all.authenticated = all.authenticated.saturating_add(paper.authenticated);
            }
            // Nobody stands in line online.
            let line = if step.is_online { Some(step.in_line.unwrap_or_default()) } else { step.in_line };
            for time in [step.before, step.at_counter, line, step.until_next] {
                totals.take(time);
            }
            if let Some(span) = step.at_counter {
                let part = if step.is_online { &mut totals.burden.fill_form } else { &mut totals.burden.at_counter };
                *part = Some(part.unwrap_or_default().saturating_add(span.most));
            }
        }
        totals.institutions = count(entities.len());
        totals.requirements.kinds = count(kinds.len());
        totals
    }

    /// A time, known or not.
    fn take(&mut self, time: Option<Span>) {
        match time {
            Some(span) => self.timeframe = self.timeframe.then(span),
            None => self.times_unknown += 1,
        }
    }
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
