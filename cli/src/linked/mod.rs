//! The procedures in force with what each asks along its nominal way, linked by their papers.

mod figures;
mod notes;
mod tree;

pub use self::{figures::table, notes::notes, tree::tree};

use std::collections::BTreeMap;

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    Date,
    answers::Answers,
    deep::{Closure, Part, Together},
    documents::{Demander, Documents},
    measure::{Measures, Standing},
    procedure::Procedure,
    program::Program,
    text::Name,
};
use rayon::prelude::*;

use crate::{
    context::Context,
    survey::{Line, Survey},
};

/// The procedures in force that could be measured, by rank.
pub struct Linked<'c> {
    /// Who demands and who delivers what.
    pub documents: Documents<'c>,
    compiled: &'c Compiled,
    parts: Vec<(Part, Standing)>,
}

/// Some procedures, with those for their papers or without.
#[derive(Debug)]
pub struct Sum {
    /// What they ask together.
    pub figures: Together,
    /// How far that can be trusted.
    pub standing: Standing,
    /// Who is gone through for what.
    pub closure: Closure,
}

impl<'c> Linked<'c> {
    /// Of the versions in force at a date.
    pub fn new(compiled: &'c Compiled, at: Date) -> Self {
        let survey = Survey::new(compiled, at);
        let linked: Vec<_> = survey.lines.par_iter().filter_map(link).collect();
        let (demanders, parts) = linked.into_iter().unzip();
        Self { documents: Documents::new(demanders, &compiled.vocabulary), compiled, parts }
    }

    /// The rank of a procedure; `None` if it has no version in force, or one that cannot be measured.
    pub fn rank(&self, id: &Name) -> Option<usize> {
        self.documents.procedures.iter().position(|demander| demander.procedure.id == *id)
    }

    /// A procedure by rank.
    pub fn procedure(&self, rank: usize) -> &'c Procedure {
        self.documents.procedures[rank].procedure
    }

    /// What a procedure asks.
    pub fn part(&self, rank: usize) -> &Part {
        &self.parts[rank].0
    }

    /// How far what a procedure asks can be trusted.
    pub fn standing(&self, rank: usize) -> Standing {
        self.parts[rank].1
    }

    /// Measures a procedure anew for one person.
    pub fn set_part(&mut self, rank: usize, part: Part, measures: &Measures) {
        self.parts[rank] = (part, measures.standing);
    }

    /// These procedures alone: only the papers that they give one another are obtained.
    pub fn alone(&self, roots: &[usize]) -> Sum {
        self.sum(roots, |_| true)
    }

    /// With those for the papers that last a year at most.
    pub fn with_lapsing(&self, roots: &[usize]) -> Sum {
        self.sum(roots, Closure::lasting(&self.compiled.vocabulary))
    }

    /// With those for all papers.
    pub fn with_all(&self, roots: &[usize]) -> Sum {
        self.sum(roots, |_| false)
    }

    /// Whether who once had this paper still holds it.
    pub fn is_lasting(&self, paper: &Name) -> bool {
        Closure::lasting(&self.compiled.vocabulary)(paper)
    }

    /// Whether how long this paper can be used is an estimate.
    pub fn is_validity_estimated(&self, paper: &Name) -> bool {
        let known = self.compiled.vocabulary.documents.get(paper).and_then(|document| document.validity.as_ref());
        known.is_some_and(|validity| validity.source.is_none())
    }

    fn sum(&self, roots: &[usize], holds: impl Fn(&Name) -> bool) -> Sum {
        let closure = Closure::new(&self.documents, roots, |rank| self.part(rank), holds)
            .with_validity_of(&self.compiled.vocabulary);
        let figures = closure.together(|rank| self.part(rank));
        let standing = closure.members.iter().map(|&rank| self.parts[rank].1).fold(Standing::SURE, Standing::and);
        Sum { figures, standing, closure }
    }

    /// The title of a paper.
    pub fn paper(&self, paper: &Name, context: &Context) -> String {
        let title = self.compiled.vocabulary.documents.get(paper).map(|document| &document.title);
        context.label(paper, title)
    }
}

impl Sum {
    /// The members by who makes what for them: demander, maker and papers.
    pub fn makers(&self) -> BTreeMap<usize, Vec<(usize, Vec<&Name>)>> {
        let mut makers: BTreeMap<usize, Vec<(usize, Vec<&Name>)>> = BTreeMap::new();
        for gives in &self.closure.gives {
            let of = makers.entry(gives.to).or_default();
            match of.iter_mut().find(|(from, _)| *from == gives.from) {
                Some((_, papers)) => papers.push(&gives.paper),
                None => of.push((gives.from, vec![&gives.paper])),
            }
        }
        makers
    }
}

fn link<'c>(line: &Line<'c>) -> Option<(Demander<'c>, (Part, Standing))> {
    let program = Program::compile(&line.version.flow).ok()?;
    let everybody = Answers::everybody();
    let part = Part::new(&program, &line.now, &everybody).ok()?;
    let usual = part.asked.papers.iter().map(|paper| paper.document.clone()).collect();
    let listed = line.now.listed.clone();
    let demander = Demander { procedure: line.procedure, version: line.version, usual, listed };
    Some((demander, (part, line.now.standing)))
}
