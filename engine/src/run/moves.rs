//! How a case goes on by itself, and what it then awaits.
//!
//! INVARIANT: after [`Case::settle`] every token awaits an event or is stuck.

use super::{
    case::{Case, Standing, Token},
    event::{Await, End},
    script::{Exit, Scene, SceneKind, Script, Split, When},
};
use crate::{
    flow::NodeId,
    program::{diagram::size, ops::NONE},
};

impl<'p> Case<'p> {
    pub(super) fn is_exhausted(&self, exit: &Exit) -> bool {
        exit.counter != NONE && self.counts[exit.counter as usize] >= self.script().returns[exit.counter as usize]
    }

    /// Moves a token along a way out; it is gone if other branches are still on their way to the same join.
    pub(super) fn take(&mut self, script: &'p Script, at: usize, exit: &Exit) {
        if exit.counter != NONE {
            self.counts[exit.counter as usize] += 1;
        }
        let mut place = script.nodes[self.tokens[at].node as usize].place;
        while let Some(split) = place.and_then(|place| script.split(place)).filter(|split| split.join == exit.target) {
            let open = &mut self.counts[script.returns.len() + split.number as usize];
            *open -= 1;
            if *open > 0 {
                self.tokens.remove(at);
                return;
            }
            place = split.inside;
        }
        self.tokens[at] = Token { node: exit.target, state: Standing::Awaiting };
    }

    /// Takes everything that settles itself: forks, decisions whose answers are known, outcomes.
    pub(super) fn settle(&mut self) {
        let script = self.script();
        let mut at = 0;
        while at < self.tokens.len() && (at == 0 || !self.in_turn) {
            let count = self.tokens.len();
            if !self.advance(script, at) && self.tokens.len() == count {
                at += 1;
            }
        }
    }

    /// One move of a token by itself; false if there is none.
    fn advance(&mut self, script: &'p Script, at: usize) -> bool {
        let Token { node, state } = self.tokens[at];
        let scene = &script.nodes[node as usize];
        let id = NodeId::at(node as usize);
        match &scene.kind {
            _ if state != Standing::Awaiting => false,
            SceneKind::Step(_) | SceneKind::Wait | SceneKind::Authority => false,
            SceneKind::Outcome => {
                self.end = Some(End::Outcome(id));
                self.tokens.clear();
                false
            }
            SceneKind::Fork(split) => {
                self.split(at, scene, split);
                true
            }
            SceneKind::Answers(_) => match self.settled(scene) {
                None => false,
                Some(Some(exit)) if !self.is_exhausted(exit) => {
                    self.pass(id, scene);
                    self.take(script, at, exit);
                    true
                }
                Some(_) => {
                    self.tokens[at].state = Standing::Stuck;
                    false
                }
            },
        }
    }

    /// Puts a token at the start of each branch of a fork; one that cannot be entered again is stuck.
    fn split(&mut self, at: usize, scene: &Scene, split: &Split) {
        if scene.exits.iter().any(|exit| self.is_exhausted(exit)) {
            self.tokens[at].state = Standing::Stuck;
            return;
        }
        for exit in scene.exits.iter().filter(|exit| exit.counter != NONE) {
            self.counts[exit.counter as usize] += 1;
        }
        let script = self.script();
        let starts = scene.exits.iter().filter(|exit| exit.target != split.join);
        let open = starts.clone().count();
        if open == 0 {
            // All branches are empty: straight to the join, as if from the fork itself.
            let through = Exit { when: When::Always, target: split.join, counter: NONE };
            return self.take(script, at, &through);
        }
        self.counts[script.returns.len() + split.number as usize] = size(open);
        self.tokens.splice(at..=at, starts.map(|exit| Token { node: exit.target, state: Standing::Awaiting }));
    }

    /// The way out that the answers settle: `None` if not yet, `Some(None)` if there is none.
    fn settled(&self, scene: &'p Scene) -> Option<Option<&'p Exit>> {
        for exit in &scene.exits {
            let When::Holds(condition) = &exit.when else { return Some(Some(exit)) };
            if self.holds(Some(condition))? {
                return Some(Some(exit));
            }
        }
        Some(None)
    }

    /// What a token awaits.
    pub(super) fn awaited(&self, token: Token) -> [Option<Await>; 2] {
        let node = NodeId::at(token.node as usize);
        let scene = &self.script().nodes[token.node as usize];
        let silence = scene.silence.as_ref().filter(|exit| !self.is_exhausted(exit)).map(|_| Await::Silence(node));
        match (&scene.kind, token.state) {
            (_, Standing::Stuck) | (SceneKind::Fork(_) | SceneKind::Outcome, _) => [None, None],
            (SceneKind::Step(act), Standing::Awaiting) => {
                let missing = self.missing(act).map(|question| Await::Answer { node, question });
                let exhausted =
                    scene.silence.is_none() && scene.exits.first().is_none_or(|exit| self.is_exhausted(exit));
                [missing.or((!exhausted).then_some(Await::Do(node))), None]
            }
            (SceneKind::Wait, _) | (SceneKind::Step(_), Standing::Done) => {
                let open = scene.exits.first().filter(|exit| !self.is_exhausted(exit));
                [open.map(|_| Await::Wait(node)), silence]
            }
            (SceneKind::Authority, _) => {
                let open = scene.exits.iter().any(|exit| !self.is_exhausted(exit));
                [open.then_some(Await::Rule(node)), silence]
            }
            (SceneKind::Answers(choice), _) => {
                let open = scene.exits.iter().find_map(|exit| match &exit.when {
                    When::Holds(condition) if self.holds(Some(condition)).is_none() => self.open_question(condition),
                    _ => None,
                });
                let own = choice.filter(|&choice| self.answer(choice).is_none());
                let asked = own.map(|question| Await::Choose { node, question });
                [asked.or(open.map(|question| Await::Answer { node, question })), None]
            }
        }
    }
}
