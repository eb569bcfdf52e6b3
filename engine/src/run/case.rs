//! One person's case.
//!
//! INVARIANT: a refused event changes nothing; an accepted one costs the same however long the case has run.

use super::{
    event::{Await, End, Event, Refused, Tally},
    script::{Exit, Scene, SceneKind, Script, When},
};
use crate::{
    condition::QuestionId,
    flow::NodeId,
    program::{Program, ops::NONE},
    text::Name,
};

/// Where the person stands in one branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) node: u32,
    pub(super) state: Standing,
}

/// How a token stands at its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Something is awaited.
    Awaiting,
    /// The step is done; the answer of the administration, or its silence, is awaited.
    Done,
    /// No way leads on: facts have settled a decision for a return that is exhausted, or for no branch at all.
    Stuck,
}

/// A case: where a person stands in a program, and what has happened so far.
#[derive(Clone, Debug)]
pub struct Case<'p> {
    pub(super) program: &'p Program,
    pub(super) answers: Vec<Option<i64>>,
    pub(super) tokens: Vec<Token>,
    /// How often each return has been taken, then how many branches of each fork are open.
    pub(super) counts: Vec<u32>,
    /// Sheets brought of each document.
    pub(super) sheets: Vec<u64>,
    /// Documents that the person would rather bring where several are accepted.
    pub(super) preferred: Vec<u32>,
    /// The place of the last step while the run goes on, or [`NONE`].
    pub(super) place: u32,
    pub(super) tally: Tally,
    pub(super) trail: Vec<NodeId>,
    pub(super) journal: Vec<Event>,
    pub(super) end: Option<End>,
    /// Whether branches of a fork are done one after the other.
    pub(super) in_turn: bool,
}

impl PartialEq for Case<'_> {
    /// Whether two cases of one program stand the same, with the same past.
    fn eq(&self, other: &Self) -> bool {
        self.journal == other.journal
            && self.answers == other.answers
            && self.tokens == other.tokens
            && self.counts == other.counts
            && self.sheets == other.sheets
            && self.preferred == other.preferred
            && (self.place, self.tally, self.end) == (other.place, other.tally, other.end)
            && self.trail == other.trail
    }
}

impl<'p> Case<'p> {
    /// Opens a case. Of an empty flow nothing is awaited.
    #[must_use]
    pub fn open(program: &'p Program) -> Self {
        Self::start(program, false)
    }

    /// Opens a case in which branches of a fork are done one after the other, as measures count them.
    pub(crate) fn open_in_turn(program: &'p Program) -> Self {
        Self::start(program, true)
    }

    fn start(program: &'p Program, in_turn: bool) -> Self {
        let script = &program.script;
        let mut this = Self {
            program,
            answers: vec![None; program.questions.len()],
            tokens: Vec::with_capacity(4),
            counts: vec![0; script.returns.len() + script.forks as usize],
            sheets: vec![0; script.documents.len()],
            preferred: Vec::new(),
            place: NONE,
            tally: Tally::default(),
            trail: Vec::with_capacity(32),
            journal: Vec::with_capacity(32),
            end: None,
            in_turn,
        };
        if !program.is_empty() {
            this.tokens.push(Token { node: 0, state: Standing::Awaiting });
            this.settle();
        }
        this
    }

    /// The same case again, from its journal.
    ///
    /// # Errors
    /// The refusal of the first event that does not fit.
    pub fn replay(program: &'p Program, events: &[Event]) -> Result<Self, Refused> {
        let mut this = Self::open(program);
        events.iter().try_for_each(|event| this.apply(event.clone()))?;
        Ok(this)
    }

    /// What may happen next, branch by branch; nothing once the case has ended, or if it is stuck.
    pub fn awaits(&self) -> impl Iterator<Item = Await> {
        let open = if self.end.is_some() { &[][..] } else { &self.tokens[..] };
        open.iter().flat_map(|token| self.awaited(*token)).flatten()
    }

    /// How it has ended, if it has.
    #[must_use]
    pub const fn outcome(&self) -> Option<End> {
        self.end
    }

    /// Whether it has not ended, yet nothing can lead on: the answers leave no feasible way.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.end.is_none() && self.awaits().next().is_none()
    }

    /// All accepted events.
    #[must_use]
    pub fn journal(&self) -> &[Event] {
        &self.journal
    }

    /// The steps, waits and decisions passed, in order.
    #[must_use]
    pub fn trail(&self) -> &[NodeId] {
        &self.trail
    }

    /// What it has asked of the person so far.
    #[must_use]
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// The papers brought so far, with their sheets, in the order of the file.
    pub fn papers(&self) -> impl Iterator<Item = (&Name, u64)> {
        let brought = self.program.script.documents.iter().zip(self.sheets.iter().copied());
        brought.filter(|(_, sheets)| *sheets > 0)
    }

    /// The answer to a question, if it has been given.
    #[must_use]
    pub fn answer(&self, question: QuestionId) -> Option<i64> {
        self.answers.get(usize::from(question.0)).copied().flatten()
    }

    /// Lets something happen.
    ///
    /// # Errors
    /// Why it cannot happen now; the case is unchanged.
    pub fn apply(&mut self, event: Event) -> Result<(), Refused> {
        if self.end.is_some() {
            return Err(Refused::Ended);
        }
        match &event {
            Event::Answered { question, value } => self.answered(*question, *value)?,
            Event::Preferred { document } => self.prefer(document)?,
            Event::Done { node } => self.done(*node)?,
            Event::Ruled { node, case } => self.ruled(*node, case)?,
            Event::Elapsed { node } => self.elapsed(*node)?,
            Event::Silent { node } => self.silent(*node)?,
            Event::Withdrawn => self.end = Some(End::Withdrawn),
        }
        self.journal.push(event);
        if self.end.is_none() {
            self.settle();
        }
        Ok(())
    }

    fn answered(&mut self, question: QuestionId, value: i64) -> Result<(), Refused> {
        let Some(domain) = self.program.domains.get(usize::from(question.0)) else {
            return Err(Refused::UnknownQuestion(question));
        };
        if domain.class_of(value).is_none() {
            return Err(Refused::NotAllowed(question));
        }
        match &mut self.answers[usize::from(question.0)] {
            Some(_) => Err(Refused::AlreadyAnswered(question)),
            free => {
                *free = Some(value);
                Ok(())
            }
        }
    }

    fn prefer(&mut self, document: &Name) -> Result<(), Refused> {
        let number = self.program.script.documents.iter().position(|known| known == document);
        let number = number.and_then(|number| u32::try_from(number).ok());
        self.preferred.push(number.ok_or_else(|| Refused::UnknownDocument(document.clone()))?);
        Ok(())
    }

    fn done(&mut self, node: NodeId) -> Result<(), Refused> {
        let script = self.script();
        let (at, scene) = self.token(node, Standing::Awaiting)?;
        let SceneKind::Step(act) = &scene.kind else { return Err(Refused::NotAwaited(node)) };
        if let Some(question) = self.missing(act) {
            return Err(Refused::Unanswered { node, question });
        }
        let exit = scene.exits.first().ok_or(Refused::NotAwaited(node))?;
        if scene.silence.is_none() && self.is_exhausted(exit) {
            return Err(Refused::Exhausted(node));
        }
        self.perform(act);
        self.trail.push(node);
        if scene.silence.is_some() {
            self.tokens[at].state = Standing::Done;
        } else {
            self.take(script, at, exit);
        }
        Ok(())
    }

    fn ruled(&mut self, node: NodeId, case: &Name) -> Result<(), Refused> {
        let (at, scene) = self.token(node, Standing::Awaiting)?;
        if !matches!(scene.kind, SceneKind::Authority) {
            return Err(Refused::NotAwaited(node));
        }
        let is_it = |exit: &&Exit| matches!(&exit.when, When::Ruled(own) if own == case);
        let exit = scene.exits.iter().find(is_it).ok_or(Refused::UnknownCase(node))?;
        self.leave(node, at, scene, exit)
    }

    fn elapsed(&mut self, node: NodeId) -> Result<(), Refused> {
        let (at, scene) = match self.token(node, Standing::Done) {
            Ok(done) => done,
            Err(_) => self.token(node, Standing::Awaiting)?,
        };
        let awaits = matches!(scene.kind, SceneKind::Wait) || self.tokens[at].state == Standing::Done;
        let exit = scene.exits.first().filter(|_| awaits).ok_or(Refused::NotAwaited(node))?;
        self.leave(node, at, scene, exit)
    }

    fn silent(&mut self, node: NodeId) -> Result<(), Refused> {
        let at = self.tokens.iter().position(|token| token.node as usize == node.index());
        let (at, token) = at.map(|at| (at, self.tokens[at])).ok_or(Refused::NotAwaited(node))?;
        let scene = &self.script().nodes[token.node as usize];
        let is_step = matches!(scene.kind, SceneKind::Step(_));
        let ready = !is_step || token.state == Standing::Done;
        let exit = scene.silence.as_ref().filter(|_| ready).ok_or(Refused::NotAwaited(node))?;
        self.leave(node, at, scene, exit)
    }

    /// Leaves a node by a way out, if that is not exhausted.
    fn leave(&mut self, node: NodeId, at: usize, scene: &'p Scene, exit: &'p Exit) -> Result<(), Refused> {
        if self.is_exhausted(exit) {
            return Err(Refused::Exhausted(node));
        }
        self.pass(node, scene);
        self.take(self.script(), at, exit);
        Ok(())
    }

    /// Notes that a node has been passed (a step is noted when it is done).
    pub(super) fn pass(&mut self, node: NodeId, scene: &Scene) {
        if !matches!(scene.kind, SceneKind::Step(_)) {
            self.trail.push(node);
        }
        if scene.breaks {
            self.place = NONE;
        }
    }

    pub(super) const fn script(&self) -> &'p Script {
        &self.program.script
    }

    /// The token at a node that stands so.
    fn token(&self, node: NodeId, state: Standing) -> Result<(usize, &'p Scene), Refused> {
        let at = self.tokens.iter().position(|token| token.node as usize == node.index() && token.state == state);
        let at = at.ok_or(Refused::NotAwaited(node))?;
        Ok((at, &self.script().nodes[node.index()]))
    }
}
