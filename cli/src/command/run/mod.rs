//! `run`: walks a case in the terminal.
//!
//! INVARIANT: everything that happens is an event of the engine; what is asked can be told in a file too, in the same words.

mod ask;
mod talk;
mod tally;
mod trace;

use std::process::ExitCode;

use mastara_engine::{
    answers::{Answers, ELSE, SILENCE},
    condition::QuestionId,
    flow::NodeId,
    node::NodeKind,
    program::Program,
    run::{Await, Case, Event, Refused, Tally},
    text::Name,
};

use self::{
    ask::{Ask, Reply},
    talk::Talk,
};
use crate::{
    args::{PlainFormat, Run},
    catalogue,
    context::Context,
    error::Error,
    figures::Mark,
    person,
    phrase::Phrases,
    view::journal::CaseView,
};

/// Runs the command.
pub fn run(args: &Run, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue_for(&[&args.id])?;
    let procedure = &catalogue::find(&compiled, &args.id)?.lowered.procedure;
    let at = context.day(args.at);
    let version = catalogue::version(procedure, args.version.as_deref(), at)?;
    let flow = &version.flow;
    let phrases = Phrases { words: &context.words, vocabulary: &compiled.vocabulary, questions: flow.questions() };
    let person = match &args.answers {
        Some(path) => person::read_file(path, flow, &phrases)?,
        None => Answers::everybody(),
    };
    let program = Program::compile(flow).map_err(|_| Error::new("person.unsound", [version.name.as_str()]))?;
    let is_json = args.format == PlainFormat::Json;
    let talk = Talk { context, phrases, procedure, version, is_aside: is_json };
    let mut session = Session {
        case: Case::open(&program),
        person,
        visits: vec![0; flow.len()],
        events: Vec::new(),
        ask: Ask::new(talk),
        talk,
    };
    talk.open()?;
    let result = session.walk();
    let events = args.trace.then_some(&session.events[..]);
    let are_known = tally::Marks::of(&session.case, version).fees != Mark::AtLeast;
    if is_json {
        context.print_json(&CaseView::new(procedure.id.as_str(), version, &session.case, are_known, events))?;
    } else if let Some(events) = events {
        context.print(&trace::table(events, &session.case, &talk))?;
    }
    result
}

/// A case and what is known of the person.
struct Session<'a> {
    case: Case<'a>,
    person: Answers,
    /// How often each node has been ruled.
    visits: Vec<usize>,
    /// What happened, with the tally after each.
    events: Vec<(Event, Tally)>,
    ask: Ask<'a>,
    talk: Talk<'a>,
}

impl Session<'_> {
    /// Goes on until the case ends; an end of any nature is a success, a case that cannot go on is not.
    fn walk(&mut self) -> Result<ExitCode, Error> {
        loop {
            let awaited = self.case.awaits().next();
            let Some(awaited) = awaited else { break };
            self.settle(awaited)?;
        }
        self.talk.close(&self.case)?;
        Ok(if self.case.outcome().is_some() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn settle(&mut self, awaited: Await) -> Result<(), Error> {
        match awaited {
            Await::Do(node) => self.step(node),
            Await::Answer { question, .. } | Await::Choose { question, .. } => self.question(question),
            Await::Rule(node) | Await::Wait(node) | Await::Silence(node) => self.ruling(node),
        }
    }

    fn step(&mut self, node: NodeId) -> Result<(), Error> {
        let NodeKind::Step(step) = &self.talk.version.flow.node(node).kind else { return Ok(()) };
        let open = step.asks.iter().find(|ask| {
            let is_due = ask.when.as_ref().is_none_or(|when| when.holds(&|id| self.case.answer(id)) == Some(true));
            is_due && self.case.answer(ask.question).is_none()
        });
        if let Some(ask) = open {
            return self.question(ask.question);
        }
        self.talk.step(node, step, &self.case)?;
        let before = self.case.tally();
        self.apply(Event::Done { node }).map_err(|refused| self.refused(node, &refused))?;
        self.talk.tally(&self.case, before)
    }

    /// Asks a question until there is an answer that the case takes.
    fn question(&mut self, question: QuestionId) -> Result<(), Error> {
        let name = self.talk.version.flow.questions()[usize::from(question.0)].name.clone();
        if let Some(value) = self.person.get(question) {
            self.talk.answered(question, value)?;
            let event = Event::Answered { question, value };
            return self.apply(event).map_err(|_| Error::new("run.refused", [name.as_str()]));
        }
        loop {
            let value = match self.ask.question(question)? {
                Reply::Withdraw => return self.withdraw(),
                Reply::Value(value) => value,
            };
            if self.apply(Event::Answered { question, value }).is_ok() {
                return Ok(());
            }
            self.talk.say("run.not-allowed")?;
        }
    }

    /// Asks what an authority decides or what a wait brings, until the case takes it. A wait that can bring one thing only
    /// is not asked about.
    fn ruling(&mut self, node: NodeId) -> Result<(), Error> {
        let events = self.possible(node);
        if matches!(self.talk.version.flow.node(node).kind, NodeKind::Wait(_)) {
            self.talk.wait(node)?;
        }
        if let [(_, event)] = &events[..]
            && !matches!(event, Event::Ruled { .. })
        {
            return self.apply(event.clone()).map_err(|refused| self.refused(node, &refused));
        }
        if let Some(case) = self.told(node) {
            let event = events.iter().find(|(name, _)| *name == case).map(|(_, event)| event.clone());
            let event = event.ok_or_else(|| self.refused(node, &Refused::UnknownCase(node)))?;
            self.talk.ruled(node, &case)?;
            return self.apply(event).map_err(|refused| self.refused(node, &refused));
        }
        let cases: Vec<Name> = events.iter().map(|(name, _)| name.clone()).collect();
        loop {
            let at = match self.ask.ruling(node, &cases)? {
                Reply::Withdraw => return self.withdraw(),
                Reply::Value(at) => at,
            };
            match self.apply(events[at].1.clone()) {
                Ok(()) => return Ok(()),
                Err(Refused::Exhausted(_)) => self.talk.say("run.exhausted")?,
                Err(_) => self.talk.say("run.not-allowed")?,
            }
        }
    }

    /// What can happen at a node, by the name of its case.
    fn possible(&self, node: NodeId) -> Vec<(Name, Event)> {
        let mut events = Vec::new();
        for awaited in self.case.awaits() {
            match awaited {
                Await::Rule(at) if at == node => {
                    let flow = &self.talk.version.flow;
                    let cases = person::cases(flow, node).into_iter().filter(|case| case.as_str() != SILENCE);
                    events.extend(cases.map(|case| (case.clone(), Event::Ruled { node, case })));
                }
                Await::Wait(at) if at == node => events.push((Name::from("always"), Event::Elapsed { node })),
                Await::Silence(at) if at == node => events.push((Name::from(SILENCE), Event::Silent { node })),
                _ => {}
            }
        }
        events
    }

    /// What was told beforehand of this visit of a node.
    fn told(&mut self, node: NodeId) -> Option<Name> {
        let cases = self.person.rulings(node);
        let visit = &mut self.visits[node.index()];
        let case = cases.get(*visit).or(cases.last()).cloned();
        *visit += 1;
        case
    }

    fn withdraw(&mut self) -> Result<(), Error> {
        self.apply(Event::Withdrawn).map_err(|_| Error::new("run.refused", [ELSE]))
    }

    fn apply(&mut self, event: Event) -> Result<(), Refused> {
        self.case.apply(event.clone())?;
        self.events.push((event, self.case.tally()));
        Ok(())
    }

    fn refused(&self, node: NodeId, refused: &Refused) -> Error {
        let name = self.talk.version.flow.node(node).name.as_str();
        Error::new(if matches!(refused, Refused::Exhausted(_)) { "run.too-often" } else { "run.refused" }, [name])
    }
}
