//! A procedure as a lens looks at it, and where an answer derived from it was read.

use crate::{
    answers::Answers,
    flow::NodeId,
    measure::{Measures, TooEntangled},
    node::Step,
    procedure::{Aspect, ClaimMeasure, Procedure, Version},
    program::{Choice, Fact, Program},
    vocabulary::Vocabulary,
    way::Way,
};

/// A version of a procedure with what it measures and its nominal way.
#[derive(Clone, Debug)]
pub struct Subject<'c> {
    /// The procedure.
    pub procedure: &'c Procedure,
    /// The version.
    pub version: &'c Version,
    /// The nouns of the catalogue.
    pub vocabulary: &'c Vocabulary,
    /// What the version asks of everybody.
    pub measures: &'c Measures,
    /// The nodes of its nominal way, each once, in turn.
    pub way: Vec<NodeId>,
    /// The conditional facts that do not apply on that way.
    skipped: Vec<(NodeId, Fact)>,
}

impl<'c> Subject<'c> {
    /// Follows the nominal way of a version. One that cannot be compiled has no way.
    ///
    /// # Errors
    /// [`TooEntangled`], as [`Program::measure`].
    pub fn new(
        procedure: &'c Procedure,
        version: &'c Version,
        vocabulary: &'c Vocabulary,
        measures: &'c Measures,
    ) -> Result<Self, TooEntangled> {
        let mut this = Self { procedure, version, vocabulary, measures, way: Vec::new(), skipped: Vec::new() };
        let Ok(program) = Program::compile(&version.flow) else { return Ok(this) };
        let taken = program.witness(&Answers::everybody(), ClaimMeasure::Documents, Aspect::Nominal)?;
        this.way = Way::of(&version.flow, &taken).nodes().to_vec();
        for taken in taken {
            if let Choice::Fact { fact, taken: false } = taken.choice {
                this.skipped.push((taken.node, fact));
            }
        }
        Ok(this)
    }

    /// The steps of the nominal way.
    pub fn nominal(&self) -> impl Iterator<Item = (NodeId, &'c Step)> {
        let flow = &self.version.flow;
        self.way.iter().filter_map(|&id| Some((id, flow.node(id).step()?)))
    }

    /// Whether a fact of a step applies on the nominal way.
    #[must_use]
    pub fn applies(&self, node: NodeId, fact: Fact) -> bool {
        !self.skipped.contains(&(node, fact))
    }
}

/// Where an answer was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The portal of the header.
    Portal,
    /// A source of the version or, if it has none that says so, of the file.
    Source,
    /// A node.
    Node(NodeId),
    /// Its way of identifying.
    Identity(NodeId),
    /// The person's own time.
    Effort(NodeId),
    /// Its receipt.
    Receipt(NodeId),
    /// Its legal delay.
    LegalDelay(NodeId),
    /// Its usual delay.
    UsualDelay(NodeId),
    /// A demand, a paper received, a question, a payment or an exchange of a step.
    Fact(NodeId, Fact),
}

/// What an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Where it was read; nothing if it is the file that does not say so.
    pub grounds: Vec<Ground>,
    /// Whether what was read there, or the whole flow, is an estimate or was put together from what is known.
    pub estimated: bool,
}
