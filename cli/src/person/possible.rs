//! What of a flow is still possible for a person, as far as answers alone decide.

use mastara_engine::{
    answers::{ALWAYS, Answers, ELSE, SILENCE},
    condition::{Condition, QuestionId},
    flow::{Flow, Guard, NodeId},
};

/// The branches of a node that the person can take, by their ranks.
pub fn branches(flow: &Flow, node: NodeId, person: &Answers) -> Vec<usize> {
    let rulings = person.rulings(node);
    let is_ruled = |name: &str| rulings.is_empty() || rulings.iter().any(|ruling| ruling.as_str() == name);
    let mut possible = Vec::new();
    let mut is_settled = false;
    for (at, (branch, _)) in flow.branches(node).into_iter().enumerate() {
        let is_open = match &branch.guard {
            Guard::When(condition) => {
                let truth = holds(condition, person);
                let is_open = truth != Some(false) && !is_settled;
                is_settled |= truth == Some(true);
                is_open
            }
            Guard::Ruled(name) => is_ruled(name.as_str()),
            Guard::Else => !is_settled && is_ruled(ELSE),
            Guard::Silence => is_ruled(SILENCE),
            Guard::Always => is_ruled(ALWAYS),
            Guard::Parallel => true,
            Guard::Join => false,
        };
        if is_open {
            possible.push(at);
        }
    }
    possible
}

/// Whether a condition holds for a person, if that is known.
pub fn holds(condition: &Condition, person: &Answers) -> Option<bool> {
    condition.holds(&|question: QuestionId| person.get(question))
}

/// What of a condition is not yet known: `Err` with its truth if all is.
pub fn rest(condition: &Condition, person: &Answers) -> Result<Condition, bool> {
    if let Some(truth) = holds(condition, person) {
        return Err(truth);
    }
    let open = |parts: &[Condition]| parts.iter().filter_map(|part| rest(part, person).ok()).collect::<Vec<_>>();
    let single = |mut parts: Vec<Condition>, make: fn(Vec<Condition>) -> Condition| {
        if parts.len() == 1 { parts.remove(0) } else { make(parts) }
    };
    Ok(match condition {
        Condition::All(parts) => single(open(parts), Condition::All),
        Condition::Any(parts) => single(open(parts), Condition::Any),
        Condition::Not(part) => match rest(part, person) {
            Ok(rest) => Condition::Not(Box::new(rest)),
            Err(truth) => return Err(!truth),
        },
        other => other.clone(),
    })
}

/// The nodes that the person can come to.
pub fn nodes(flow: &Flow, person: &Answers) -> Vec<NodeId> {
    let mut found = vec![false; flow.len()];
    let mut open: Vec<NodeId> = flow.entry().into_iter().collect();
    while let Some(node) = open.pop() {
        if std::mem::replace(&mut found[node.index()], true) {
            continue;
        }
        let ways = flow.branches(node);
        open.extend(branches(flow, node, person).into_iter().map(|at| ways[at].1));
    }
    flow.nodes().map(|(id, _)| id).filter(|id| found[id.index()]).collect()
}

/// The questions without an answer that still make a difference for the person, in the order of the file: those that a
/// branch, demand or payment they can come to depends on.
pub fn open_questions(flow: &Flow, person: &Answers) -> Vec<QuestionId> {
    let mut open = Vec::new();
    let mut note = |condition: &Condition| {
        if let Ok(rest) = rest(condition, person) {
            rest.visit(&mut |question, _| open.push(question));
        }
    };
    let mut formulas = Vec::new();
    for id in nodes(flow, person) {
        let ways = flow.branches(id);
        for (branch, _) in branches(flow, id, person).into_iter().map(|at| ways[at]) {
            if let Guard::When(condition) = &branch.guard {
                note(condition);
            }
        }
        let mastara_engine::node::NodeKind::Step(step) = &flow.node(id).kind else { continue };
        let payments = step
            .payments
            .iter()
            .filter(|payment| payment.when.as_ref().is_none_or(|when| holds(when, person) != Some(false)));
        formulas.extend(payments.filter_map(|payment| payment.amount.question()));
        step.demands.iter().filter_map(|demand| demand.when.as_ref()).for_each(&mut note);
        step.payments.iter().filter_map(|payment| payment.when.as_ref()).for_each(&mut note);
    }
    open.extend(formulas.into_iter().filter(|question| person.get(*question).is_none()));
    open.sort_unstable();
    open.dedup();
    open
}
