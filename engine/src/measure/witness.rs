//! One way that shows a figure.

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
    program::{Choice, Program},
};

/// What is chosen at a node of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The node.
    pub node: NodeId,
    /// The choice.
    pub choice: Choice,
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
        by_words!(self, witness(self, &person, measure, aspect))
    }
}

fn witness<const W: usize>(
    program: &Program,
    person: &Person,
    measure: usize,
    aspect: Aspect,
) -> Result<Vec<Taken>, TooEntangled> {
    let search = Search::<W, 1>::run(program, person, program.tracking_for(measure), [measure], LARGE)
        .map_err(|stop| program.gives_up(stop))?;
    let mut way = Vec::new();
    let open = search.total().is_open && aspect != Aspect::Expected;
    let mut next = search.root.filter(|_| open);
    while let Some(state) = next.map(|arc| arc.target).filter(|&target| target != DONE) {
        let ahead = &search.ahead[state as usize];
        let shows = |least| search.open_arcs(state).find(|arc| search.beyond(arc).agrees(ahead, least));
        let arc = match aspect {
            Aspect::Nominal | Aspect::Expected => search.open_arcs(state).next(),
            Aspect::Least => shows(true),
            Aspect::Most => shows(false),
        };
        if let Some(arc) = arc {
            let node = NodeId::at(program.points[search.states[state as usize].point as usize].node as usize);
            way.push(Taken { node, choice: program.edges[arc.edge as usize].choice });
        }
        next = arc.copied();
    }
    Ok(way)
}
