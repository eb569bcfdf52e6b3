//! One way that shows a figure.

use std::collections::BTreeSet;

use super::{
    collect::{LARGE, by_words},
    cost::{AGENCIES, DOCUMENTS, EFFORT, FEES, FETCHED, LEGAL, SHEETS, STEPS, TRIPS, USUAL},
    person::Person,
    report::TooEntangled,
    search::Search,
    state::DONE,
};
use crate::{
    answers::Answers,
    flow::NodeId,
    procedure::{Aspect, ClaimMeasure},
    program::{
        Choice, Program,
        ops::{Instruction, Op},
    },
    text::Name,
};

/// What is chosen at a node of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The node.
    pub node: NodeId,
    /// The choice.
    pub choice: Choice,
}

/// A step of the nominal way, with what has been asked of the person by its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoFar {
    /// The step.
    pub node: NodeId,
    /// Steps.
    pub steps: u32,
    /// Trips.
    pub trips: u32,
    /// Kinds of paper.
    pub documents: u32,
}

impl Program {
    /// One feasible way that reaches the nominal, least or most of a measure, as the choices made along it. Empty for a
    /// mean, for what is no property of one way (listed documents, level), or if no way is feasible.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn witness(&self, person: &Answers, measure: ClaimMeasure, aspect: Aspect) -> Result<Vec<Taken>, TooEntangled> {
        if let Some(entangled) = &self.entangled {
            return Err(entangled.clone());
        }
        let measure = match measure {
            ClaimMeasure::Steps => STEPS,
            ClaimMeasure::Trips => TRIPS,
            ClaimMeasure::Documents => DOCUMENTS,
            ClaimMeasure::Sheets => SHEETS,
            ClaimMeasure::Fetched => FETCHED,
            ClaimMeasure::Effort => EFFORT,
            ClaimMeasure::LegalDelay => LEGAL,
            ClaimMeasure::UsualDelay => USUAL,
            ClaimMeasure::Fees => FEES,
            ClaimMeasure::Agencies => AGENCIES,
            ClaimMeasure::Listed | ClaimMeasure::Level => return Ok(Vec::new()),
        };
        let person = Person::new(self, person)?;
        let way = by_words!(self, witness(self, &person, measure, aspect))?;
        let taken = |(point, edge): (u32, u32)| Taken {
            node: NodeId::at(self.points[point as usize].node as usize),
            choice: self.edges[edge as usize].choice,
        };
        Ok(way.into_iter().flatten().map(taken).collect())
    }

    /// The kinds of paper demanded on the nominal way, sorted; none if no way is feasible.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn nominal_papers(&self, person: &Answers) -> Result<Vec<Name>, TooEntangled> {
        let mut papers = Vec::new();
        self.follow_nominal(person, |instruction| {
            if let Op::Demand { item, .. } = instruction.op {
                papers.push(self.items[item as usize].name.clone());
            }
        })?;
        papers.sort();
        papers.dedup();
        Ok(papers)
    }

    /// The outcome of the nominal way and what was taken along it; `None` if no way is feasible.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn nominal_end(&self, person: &Answers) -> Result<Option<(NodeId, Vec<Taken>)>, TooEntangled> {
        let mut end = None;
        self.follow_nominal(person, |instruction| {
            if let Op::End = instruction.op {
                end = Some(NodeId::at(instruction.node as usize));
            }
        })?;
        let Some(end) = end else { return Ok(None) };
        Ok(Some((end, self.witness(person, ClaimMeasure::Documents, Aspect::Nominal)?)))
    }

    /// The steps of the nominal way, each with what has been asked by its end; none if no way is feasible.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn nominal_course(&self, person: &Answers) -> Result<Vec<SoFar>, TooEntangled> {
        let mut course: Vec<SoFar> = Vec::new();
        let mut sum = SoFar { node: NodeId::at(0), steps: 0, trips: 0, documents: 0 };
        let mut papers = BTreeSet::new();
        // The place of the last step plus one, as in a state of the search.
        let mut place = 0;
        self.follow_nominal(person, |instruction| match instruction.op {
            Op::Step(step) => {
                let here = self.steps[step as usize].place.wrapping_add(1);
                sum.steps += 1;
                sum.trips += u32::from(here != 0 && here != place);
                sum.node = NodeId::at(instruction.node as usize);
                place = here;
                course.push(sum);
            }
            Op::Demand { item, .. } => {
                sum.documents += u32::from(papers.insert(item));
                if let Some(last) = course.last_mut() {
                    last.documents = sum.documents;
                }
            }
            Op::Clock(clock) if self.clocks[clock as usize].breaks => place = 0,
            _ => {}
        })?;
        Ok(course)
    }

    /// Visits the instructions of the nominal way in turn.
    pub(super) fn follow_nominal(
        &self,
        person: &Answers,
        mut visit: impl FnMut(&Instruction),
    ) -> Result<(), TooEntangled> {
        if let Some(entangled) = &self.entangled {
            return Err(entangled.clone());
        }
        let person = Person::new(self, person)?;
        let Some(way) = by_words!(self, witness(self, &person, DOCUMENTS, Aspect::Nominal))? else { return Ok(()) };
        let mut way = way.into_iter();
        let mut at = 0;
        while let Some(instruction) = self.code.get(at) {
            visit(instruction);
            at += 1;
            match instruction.op {
                Op::Goto(target) => at = target as usize,
                Op::Branch(_) => match way.next() {
                    Some((_, edge)) => at = self.edges[edge as usize].target as usize,
                    None => break,
                },
                Op::End => break,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The points of a way and the edges taken there; `None` if nobody gets through, or no one way shows it.
fn witness<const W: usize>(
    program: &Program,
    person: &Person,
    measure: usize,
    aspect: Aspect,
) -> Result<Option<Vec<(u32, u32)>>, TooEntangled> {
    let search = Search::<W, 1>::run(program, person, program.tracking_for(measure), [measure], LARGE)
        .map_err(|stop| program.gives_up(stop))?;
    if !search.total().is_open || aspect == Aspect::Expected {
        return Ok(None);
    }
    let mut way = Vec::new();
    let mut next = search.root;
    while let Some(state) = next.map(|arc| arc.target).filter(|&target| target != DONE) {
        let ahead = &search.ahead[state as usize];
        let shows = |least| search.open_arcs(state).find(|arc| search.beyond(arc).agrees(ahead, least));
        let arc = match aspect {
            Aspect::Nominal | Aspect::Expected => search.open_arcs(state).next(),
            Aspect::Least => shows(true),
            Aspect::Most => shows(false),
        };
        if let Some(arc) = arc {
            way.push((search.states[state as usize].point, arc.edge));
        }
        next = arc.copied();
    }
    Ok(Some(way))
}
