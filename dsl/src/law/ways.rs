//! The ways through a flow, as far as rules that speak of order and count need them.
//!
//! INVARIANT: a way that is listed can be gone by someone; where there are too many, some are left out and rules say less.

use mastara_engine::{
    condition::{Condition, Kind, Question, QuestionId},
    flow::{Flow, Guard, NodeId},
};

/// How many ways are listed at most.
const MOST: usize = 400;

/// How many combinations of answers are tried at most.
const TRIES: usize = 20_000;

/// A way from the start to an end.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// The nodes in order; one that is come back to stands twice.
    pub nodes: Vec<NodeId>,
    /// What the answers must be for it.
    pub conditions: Vec<Condition>,
}

/// The ways of a flow. Branches of a fork are ways of their own.
pub fn ways(flow: &Flow) -> Vec<Way> {
    let mut found = Vec::new();
    if let Some(entry) = flow.entry() {
        let start = Way { nodes: vec![entry], conditions: Vec::new() };
        follow(flow, start, &mut Vec::new(), &mut found);
    }
    found
}

fn follow(flow: &Flow, way: Way, returns: &mut Vec<(NodeId, NodeId)>, found: &mut Vec<Way>) {
    let Some(&last) = way.nodes.last() else { return };
    if found.len() >= MOST {
        return;
    }
    let branches = flow.branches(last);
    if branches.is_empty() {
        if can_hold(&way.conditions, flow.questions()) {
            found.push(way);
        }
        return;
    }
    let mut earlier: Vec<Condition> = Vec::new();
    for (branch, to) in branches {
        let mut next = way.clone();
        match &branch.guard {
            Guard::When(condition) => {
                next.conditions.extend(earlier.iter().map(|condition| Condition::Not(Box::new(condition.clone()))));
                next.conditions.push(condition.clone());
                earlier.push(condition.clone());
            }
            Guard::Else => {
                next.conditions.extend(earlier.iter().map(|condition| Condition::Not(Box::new(condition.clone()))));
            }
            _ => {}
        }
        next.nodes.push(to);
        // Each return is taken once: twice shows nothing new.
        if to <= last {
            if returns.contains(&(last, to)) {
                continue;
            }
            returns.push((last, to));
            follow(flow, next, returns, found);
            returns.pop();
        } else {
            follow(flow, next, returns, found);
        }
    }
}

/// Whether some answers meet all conditions.
pub fn can_hold<'c>(conditions: impl IntoIterator<Item = &'c Condition>, questions: &[Question]) -> bool {
    let conditions: Vec<&Condition> = conditions.into_iter().collect();
    let mut constants: Vec<(QuestionId, Vec<i64>)> = Vec::new();
    for condition in &conditions {
        condition.visit(&mut |question, constant| match constants.iter_mut().find(|(known, _)| *known == question) {
            Some((_, list)) => list.push(constant),
            None => constants.push((question, vec![constant])),
        });
    }
    let choices: Vec<(QuestionId, Vec<i64>)> = constants
        .into_iter()
        .filter_map(|(id, list)| Some((id, answers(questions.get(usize::from(id.0))?, &list))))
        .collect();
    let count = choices.iter().try_fold(1_usize, |count, (_, list)| count.checked_mul(list.len().max(1)));
    if count.is_none_or(|count| count > TRIES) {
        return false;
    }
    let mut at = vec![0; choices.len()];
    loop {
        let answer = |id: QuestionId| {
            let place = choices.iter().position(|(known, _)| *known == id)?;
            choices[place].1.get(at[place]).copied()
        };
        if conditions.iter().all(|condition| condition.holds(&answer) == Some(true)) {
            return true;
        }
        let Some(turn) = (0..at.len()).find(|&turn| at[turn] + 1 < choices[turn].1.len()) else { return false };
        at[turn] += 1;
        at[..turn].fill(0);
    }
}

/// One answer of each class that comparisons with these constants tell apart.
fn answers(question: &Question, constants: &[i64]) -> Vec<i64> {
    let mut answers: Vec<i64> = match &question.kind {
        Kind::YesNo => vec![0, 1],
        Kind::OneOf(cases) => (0..i64::try_from(cases.len()).unwrap_or(0)).collect(),
        Kind::Integer(_) | Kind::Money | Kind::Date => {
            let near = constants.iter().flat_map(|constant| [constant - 1, *constant, constant + 1]);
            let is_allowed = |answer: &i64| *answer >= question.low && question.high.is_none_or(|high| *answer <= high);
            near.filter(is_allowed).collect()
        }
    };
    answers.sort_unstable();
    answers.dedup();
    answers
}
