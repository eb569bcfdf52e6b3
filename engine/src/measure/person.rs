//! A person, made ready for the search: what is answered and ruled, on the program's own indices.

use crate::{
    answers::Answers,
    measure::TooEntangled,
    program::{
        Program,
        diagram::{Diagrams, FALSE, Full, TRUE, size},
        ops::NONE,
    },
};

/// What is fixed for a search.
pub(super) struct Person {
    /// Whether the answers are allowed at all.
    pub(super) is_possible: bool,
    /// The guard of each edge with the known answers put in; empty if none are known.
    guards: Vec<u32>,
    /// The store that the guards belong to.
    pub(super) diagrams: Diagrams,
    /// Known answers, by question; empty if none are.
    answers: Vec<Option<i64>>,
    /// The ruling of each point, or [`NONE`]; empty if there are none.
    ruling_of: Vec<u32>,
    rulings: Vec<Ruling>,
    /// Of each place whether trips to it count; all do if empty.
    places: Vec<bool>,
}

/// What is ruled at a point.
pub(super) struct Ruling {
    /// The edge taken at each visit in turn, or [`NONE`] if there is none of that name.
    edges: Vec<u32>,
    /// Where the number of visits is kept.
    shift: u32,
    mask: u64,
}

impl Ruling {
    /// The only edge open after these visits, and the visits after that.
    pub(super) fn next(&self, visits: u64) -> (u32, u64) {
        let last = self.edges.len() - 1;
        let visit = usize::try_from(visits >> self.shift & self.mask).unwrap_or(last).min(last);
        let more = if visit < last { 1 << self.shift } else { 0 };
        (self.edges[visit], visits + more)
    }
}

impl Person {
    /// Prepares a person.
    pub(super) fn new(program: &Program, answers: &Answers) -> Result<Self, TooEntangled> {
        let mut this = Self {
            is_possible: true,
            guards: Vec::new(),
            diagrams: program.diagrams.clone(),
            answers: Vec::new(),
            ruling_of: Vec::new(),
            rulings: Vec::new(),
            places: Vec::new(),
        };
        this.answer(program, answers).map_err(|Full| TooEntangled::of(program, true, false))?;
        this.rule(program, answers)?;
        Ok(this)
    }

    /// Puts the known answers into the guards, so that the search never has to remember them.
    fn answer(&mut self, program: &Program, answers: &Answers) -> Result<(), Full> {
        let mut known = TRUE;
        for (question, value) in answers.iter() {
            let Some(domain) = program.domains.get(usize::from(question.0)) else { continue };
            self.answers.resize(program.domains.len(), None);
            self.answers[usize::from(question.0)] = Some(value);
            let only = match domain.class_of(value) {
                Some(own) => {
                    self.diagrams.literal(u32::from(question.0), (0..domain.classes).map(|class| class == own))?
                }
                None => FALSE,
            };
            known = self.diagrams.and(known, only)?;
        }
        self.is_possible = known != FALSE;
        if known > TRUE {
            let open: Vec<u32> =
                (0..size(self.answers.len())).filter(|&question| self.answers[question as usize].is_none()).collect();
            for edge in &program.edges {
                let guard = self.diagrams.and(edge.guard, known)?;
                // No row of the program has this number.
                self.guards.push(self.diagrams.project(guard, &open, u32::MAX)?);
            }
        }
        Ok(())
    }

    /// The answers for which an edge is taken, given those known.
    pub(super) fn guard(&self, program: &Program, edge: u32) -> u32 {
        self.guards.get(edge as usize).copied().unwrap_or(program.edges[edge as usize].guard)
    }

    fn rule(&mut self, program: &Program, answers: &Answers) -> Result<(), TooEntangled> {
        let mut shift = 0;
        for (node, cases) in answers.ruled() {
            let exit = program.points.iter().position(|point| point.is_exit && point.node as usize == node.index());
            let Some(point) = exit else { continue };
            let edges = program.points[point].edges.clone();
            let named = |case| edges.clone().find(|&edge| program.edges[edge as usize].case.as_ref() == Some(case));
            let edges: Vec<u32> = cases.iter().map(|case| named(case).unwrap_or(NONE)).collect();
            let width = usize::BITS - (edges.len() - 1).leading_zeros();
            if shift + width >= u64::BITS {
                return Err(TooEntangled::of(program, false, true));
            }
            self.ruling_of.resize(program.points.len(), NONE);
            self.ruling_of[point] = u32::try_from(self.rulings.len()).unwrap_or(NONE);
            self.rulings.push(Ruling { edges, shift, mask: (1 << width) - 1 });
            shift += width;
        }
        Ok(())
    }

    /// Counts trips to these places alone.
    pub(super) fn going_only_to(mut self, places: Vec<bool>) -> Self {
        self.places = places;
        self
    }

    /// Whether trips to a place count.
    pub(super) fn counts(&self, place: u32) -> bool {
        self.places.get(place as usize).copied().unwrap_or(true)
    }

    /// The known answer to a question.
    pub(super) fn answer_to(&self, question: usize) -> Option<i64> {
        self.answers.get(question).copied().flatten()
    }

    /// What is ruled at a point.
    pub(super) fn ruling(&self, point: u32) -> Option<&Ruling> {
        let number = *self.ruling_of.get(point as usize)?;
        self.rulings.get(number as usize)
    }
}
