//! How many papers one step asks for, over the ways that lead to it.

use crate::{
    answers::Answers,
    condition::Condition,
    flow::{Branch, Flow, Guard, NodeId},
    node::{Demand, Form, Medium, Nature, Node, NodeKind, Paper, Step},
    program::Program,
    text::{Name, Text},
};

/// Stands for passing the step at all: more than any step can ask for.
const PASSED: u32 = 1_000_000;

impl Flow {
    /// The least and most of the demands of a step that hold together for this person, over the feasible ways to it: of
    /// accepted papers one counts, and demands whose conditions exclude each other never count both. `None` if no way of
    /// the person leads there, or if the flow cannot be measured.
    #[must_use]
    pub fn demanded_at(&self, id: NodeId, person: &Answers) -> Option<(u32, u32)> {
        let step = self.node(id).step()?;
        let count = u32::try_from(step.demands.len()).ok()?;
        if step.demands.iter().all(|demand| demand.when.is_none()) {
            return Some((count, count));
        }
        let most = self.most_at(id, person, |when| when.cloned())?;
        // The fewest are asked for where the most are not.
        let spared = self.most_at(id, person, |when| {
            Some(when.map_or_else(|| Condition::Any(Vec::new()), |when| Condition::Not(Box::new(when.clone()))))
        })?;
        Some((count - spared, most))
    }

    /// The most demands of a step that hold together when each is under the condition that `when` makes of its own.
    fn most_at(
        &self,
        id: NodeId,
        person: &Answers,
        when: impl Fn(Option<&Condition>) -> Option<Condition>,
    ) -> Option<u32> {
        let demands = self.node(id).step()?.demands.iter().enumerate();
        let mut counting = vec![demand("passed".into(), PASSED, None)];
        counting.extend(
            demands.map(|(rank, asked)| demand(Name::from(format!("{rank}").as_str()), 1, when(asked.when.as_ref()))),
        );
        let sheets = |flow: &Self| Some(Program::compile(flow).ok()?.measure(person).ok()?.sheets.most);
        // Up to the step, so that it is passed once; inside a fork no way may end, so there the whole flow is measured, in
        // which a step that no return leads back to is passed once too.
        let most =
            sheets(&self.counting(id, &counting, true)).or_else(|| sheets(&self.counting(id, &counting, false)))?;
        let (times, most) = (most / i64::from(PASSED), most % i64::from(PASSED));
        u32::try_from(most).ok().filter(|_| times == 1)
    }

    /// The same ways with nothing but these demands at one step; with `is_cut`, ending after it.
    fn counting(&self, id: NodeId, demands: &[Demand], is_cut: bool) -> Self {
        let mut flow = Self::new(self.questions().to_vec());
        for (other, node) in self.nodes() {
            let kind = match &node.kind {
                NodeKind::Step(_) if other == id => step(demands.to_vec()),
                NodeKind::Step(_) => step(Vec::new()),
                kind => kind.clone(),
            };
            flow.add_node(Node::new(node.name.clone(), kind));
        }
        let end = is_cut.then(|| flow.add_node(Node::new("passed".into(), NodeKind::Outcome(Nature::Granted))));
        for (from, _) in self.nodes() {
            match end.filter(|_| from == id) {
                Some(end) => flow.add_branch(from, end, always()),
                None => {
                    self.branches(from).into_iter().for_each(|(branch, to)| flow.add_branch(from, to, branch.clone()))
                }
            }
        }
        flow
    }
}

fn step(demands: Vec<Demand>) -> NodeKind {
    NodeKind::Step(Box::new(Step { demands, ..Step::default() }))
}

fn demand(document: Name, copies: u32, when: Option<Condition>) -> Demand {
    let paper = Paper { document, copies, form: Form::Plain, medium: Medium::Digital };
    Demand { any_of: vec![paper], when, legal: None, estimated: false }
}

fn always() -> Branch {
    Branch { guard: Guard::Always, share: None, estimated: false, at_most: None, label: Text::default() }
}
