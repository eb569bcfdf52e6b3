//! Procedures together: what a case really costs when its papers must first be obtained, or when one event brings several
//! procedures at once.
//!
//! INVARIANT: everything follows nominal ways. A procedure counts once, however many ask for what it delivers; a cycle of
//! procedures that each need a paper of the others ends, and counts once.

mod closure;
mod visits;

use std::collections::BTreeSet;

pub use self::closure::{Closure, Gives};

use crate::{
    answers::Answers,
    documents::components,
    measure::{Asked, Measures, TooEntangled},
    program::Program,
    text::Name,
};

/// What one procedure asks along its nominal way, ready to be put together with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Steps.
    pub steps: i64,
    /// The person's own minutes.
    pub effort: i64,
    /// Centimes.
    pub fees: i64,
    /// Days, legal maxima where there are any.
    pub legal_delay: i64,
    /// Days, as usually seen where that is known.
    pub usual_delay: i64,
    /// Papers, administrations and places.
    pub asked: Asked,
}

impl Part {
    /// What a program asks of a person who measures so.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn new(program: &Program, measures: &Measures, person: &Answers) -> Result<Self, TooEntangled> {
        Ok(Self {
            steps: measures.steps.nominal,
            effort: measures.effort.nominal,
            fees: measures.fees.nominal,
            legal_delay: measures.legal_delay.nominal,
            usual_delay: measures.usual_delay.nominal,
            asked: program.nominal_asks(person)?,
        })
    }

    /// Its trips.
    #[must_use]
    pub fn trips(&self) -> i64 {
        whole(self.asked.visits.len())
    }

    /// The papers that are to be had elsewhere: those that it does not hand out itself before it asks for them.
    pub fn outside(&self) -> impl Iterator<Item = &Name> {
        self.asked.papers.iter().filter(|paper| !paper.is_handed_out).map(|paper| &paper.document)
    }
}

/// What procedures ask together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// Procedures.
    pub procedures: i64,
    /// Steps, added up.
    pub steps: i64,
    /// Trips, added up.
    pub trips: i64,
    /// Trips at least, if what can be done at one place on one day is: for each place the longest series of visits that the
    /// order of steps and papers keeps apart, added up over the places. Inside a cycle nothing is merged.
    pub merged_trips: i64,
    /// Kinds of paper, each once.
    pub documents: i64,
    /// Sheets, added up.
    pub sheets: i64,
    /// The person's own minutes, added up.
    pub effort: i64,
    /// Days of the longest chain, legal maxima where there are any.
    pub legal_delay: i64,
    /// Days of the longest chain, as usually seen where that is known.
    pub usual_delay: i64,
    /// Centimes, added up.
    pub fees: i64,
    /// Administrations, each once.
    pub agencies: i64,
}

impl Together {
    /// Puts parts together; `needs` says of each part which others must be over before it begins. Those of a cycle follow one
    /// another, in no order that is known.
    #[must_use]
    pub fn new(parts: &[&Part], needs: &[Vec<usize>]) -> Self {
        let order = components(needs);
        let sum = |amount: fn(&Part) -> i64| parts.iter().fold(0, |sum: i64, part| sum.saturating_add(amount(part)));
        let papers = || parts.iter().flat_map(|part| &part.asked.papers);
        let documents: BTreeSet<&Name> = papers().map(|paper| &paper.document).collect();
        let agencies: BTreeSet<&Name> = parts.iter().flat_map(|part| &part.asked.agencies).collect();
        Self {
            procedures: whole(parts.len()),
            steps: sum(|part| part.steps),
            trips: sum(Part::trips),
            merged_trips: visits::merged(parts, needs, &order),
            documents: whole(documents.len()),
            sheets: papers().fold(0, |sum, paper| sum.saturating_add(paper.sheets)),
            effort: sum(|part| part.effort),
            legal_delay: longest(parts, needs, &order, |part| part.legal_delay),
            usual_delay: longest(parts, needs, &order, |part| part.usual_delay),
            fees: sum(|part| part.fees),
            agencies: whole(agencies.len()),
        }
    }

    /// One after the other, nothing shared: what is compared with.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            procedures: self.procedures.saturating_add(other.procedures),
            steps: self.steps.saturating_add(other.steps),
            trips: self.trips.saturating_add(other.trips),
            merged_trips: self.merged_trips.saturating_add(other.merged_trips),
            documents: self.documents.saturating_add(other.documents),
            sheets: self.sheets.saturating_add(other.sheets),
            effort: self.effort.saturating_add(other.effort),
            legal_delay: self.legal_delay.saturating_add(other.legal_delay),
            usual_delay: self.usual_delay.saturating_add(other.usual_delay),
            fees: self.fees.saturating_add(other.fees),
            agencies: self.agencies.saturating_add(other.agencies),
        }
    }
}

/// Days of the longest chain of parts, a cycle counting all its parts once.
fn longest(parts: &[&Part], needs: &[Vec<usize>], order: &[Vec<usize>], days: fn(&Part) -> i64) -> i64 {
    let mut until = vec![0; parts.len()];
    for set in order {
        let before = set.iter().flat_map(|&at| &needs[at]).filter(|need| !set.contains(need)).map(|&need| until[need]);
        let own = set.iter().fold(0, |sum: i64, &at| sum.saturating_add(days(parts[at])));
        let end = own.saturating_add(before.max().unwrap_or(0));
        for &at in set {
            until[at] = end;
        }
    }
    until.into_iter().max().unwrap_or(0)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
