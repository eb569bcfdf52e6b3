//! What the nominal way asks for, by name and in order.

use super::report::TooEntangled;
use crate::{
    answers::Answers,
    program::{
        Program,
        ops::{NONE, Op},
    },
    text::Name,
};

/// What the nominal way of a person asks for, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The papers demanded, by name.
    pub papers: Vec<AskedPaper>,
    /// The administrations dealt with, by name.
    pub agencies: Vec<Name>,
    /// The place of each trip, in order.
    pub visits: Vec<Name>,
}

/// A paper that a way demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPaper {
    /// Which.
    pub document: Name,
    /// How many sheets of it, over all demands.
    pub sheets: i64,
    /// Whether the procedure itself has handed it out before it first asks for it.
    pub is_handed_out: bool,
}

impl Program {
    /// What the nominal way asks for; nothing if no way is feasible.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn nominal_asks(&self, person: &Answers) -> Result<Asked, TooEntangled> {
        let mut asked = Asked::default();
        let mut received: Vec<u32> = Vec::new();
        // The place of the last step plus one, as in a state of the search.
        let mut place = 0;
        self.follow_nominal(person, |instruction| match instruction.op {
            Op::Step(step) => {
                let step = &self.steps[step as usize];
                let here = step.place.wrapping_add(1);
                if here != 0 && here != place {
                    asked.visits.push(self.places[step.place as usize].clone());
                }
                place = here;
                if step.agency != NONE {
                    asked.agencies.push(self.items[step.agency as usize].name.clone());
                }
            }
            Op::Receive(item) => received.push(item),
            Op::Demand { item, copies, .. } => {
                let document = &self.items[item as usize].name;
                let sheets = i64::from(copies);
                match asked.papers.iter_mut().find(|paper| paper.document == *document) {
                    Some(paper) => paper.sheets += sheets,
                    None => {
                        let is_handed_out = received.contains(&item);
                        asked.papers.push(AskedPaper { document: document.clone(), sheets, is_handed_out });
                    }
                }
            }
            Op::Clock(clock) if self.clocks[clock as usize].breaks => place = 0,
            _ => {}
        })?;
        asked.papers.sort_by(|a, b| a.document.cmp(&b.document));
        asked.agencies.sort();
        asked.agencies.dedup();
        Ok(asked)
    }
}
