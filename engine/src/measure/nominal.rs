//! What the nominal way asks for, in turn.

use super::report::TooEntangled;
use crate::{
    answers::Answers,
    flow::NodeId,
    program::{Program, ops::Op},
    text::Name,
};

/// Something that happens on the nominal way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A step.
    Step(NodeId),
    /// A paper that is demanded.
    Paper {
        /// At which step.
        node: NodeId,
        /// Which.
        document: Name,
        /// How many sheets.
        copies: u32,
    },
    /// A wait or decision of a day or more: nobody stays that long, the next step is another trip.
    Pause,
}

impl Program {
    /// What the nominal way of this person asks for, in turn; nothing if no way is feasible.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn nominal_moments(&self, person: &Answers) -> Result<Vec<Moment>, TooEntangled> {
        let mut moments = Vec::new();
        self.follow_nominal(person, |instruction| {
            let node = NodeId::at(instruction.node as usize);
            match instruction.op {
                Op::Step(_) => moments.push(Moment::Step(node)),
                Op::Demand { item, copies, .. } => {
                    let document = self.items[item as usize].name.clone();
                    moments.push(Moment::Paper { node, document, copies });
                }
                Op::Clock(clock) if self.clocks[clock as usize].breaks => moments.push(Moment::Pause),
                _ => {}
            }
        })?;
        Ok(moments)
    }
}
