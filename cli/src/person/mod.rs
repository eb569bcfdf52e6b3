//! A person as told on the command line or in a file: answers to questions, choices, rulings of authorities.
//!
//! INVARIANT: nothing is guessed: an unknown question or value is an error that says what is possible.

mod file;
pub mod possible;
mod value;
mod walk;

use mastara_engine::{
    answers::{ALWAYS, Answers, ELSE, SILENCE},
    condition::QuestionId,
    flow::{Branch, Flow, Guard, NodeId},
    text::Name,
};

pub use self::{
    file::read_file,
    value::{expected, is_same, parse, truth},
    walk::walk,
};
use crate::{error::Error, phrase::Phrases};

/// Words between rulings in turn, as in examples of the language.
const THEN: [&str; 3] = ["puis", "then", "ثم"];

/// Reads `question=value` pairs.
pub fn read(pairs: &[String], flow: &Flow, phrases: &Phrases<'_>) -> Result<Answers, Error> {
    let mut person = Answers::everybody();
    for pair in pairs.iter().map(|pair| pair.trim()).filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or_else(|| Error::new("person.no-value", [pair]))?;
        let values: Vec<&str> = split_turns(value);
        set(&mut person, name.trim(), &values, flow, phrases)?;
    }
    Ok(person)
}

/// The values between the words for "then".
fn split_turns(value: &str) -> Vec<&str> {
    let mut turns = vec![value.trim()];
    for then in THEN {
        let word = format!(" {then} ");
        turns =
            turns.into_iter().flat_map(|turn| turn.split(word.as_str()).collect::<Vec<_>>()).map(str::trim).collect();
    }
    turns
}

/// Sets an answer, or what is ruled at a node in turn.
pub fn set(person: &mut Answers, name: &str, values: &[&str], flow: &Flow, phrases: &Phrases<'_>) -> Result<(), Error> {
    let question = flow.questions().iter().position(|question| question.name.as_str() == name);
    if let Some(at) = question {
        let question = QuestionId(u16::try_from(at).unwrap_or(u16::MAX));
        let [value] = values else { return Err(Error::new("person.one-value", [name])) };
        if person.get(question).is_some() {
            return Err(Error::new("person.twice", [name]));
        }
        person.set(question, parse(value, &flow.questions()[at], phrases)?);
        return Ok(());
    }
    let node = flow.find(name).filter(|node| !cases(flow, *node).is_empty());
    let Some(node) = node else {
        let known = known(flow);
        let mut error = Error::unknown("person.unknown", name, known.iter().map(String::as_str));
        error.args.push(if known.is_empty() { "∅".to_owned() } else { known.join(", ") });
        return Err(error);
    };
    if !person.rulings(node).is_empty() {
        return Err(Error::new("person.twice", [name]));
    }
    let rulings = values.iter().map(|value| ruling(flow, node, value)).collect::<Result<_, _>>()?;
    person.rule(node, rulings);
    Ok(())
}

/// What can be told of a person in this flow: questions, choices, decisions of authorities.
pub fn known(flow: &Flow) -> Vec<String> {
    let questions = flow.questions().iter().map(|question| question.name.to_string());
    let ruled = flow.nodes().filter(|(id, _)| !cases(flow, *id).is_empty()).map(|(_, node)| node.name.to_string());
    questions.chain(ruled).collect()
}

/// What can be ruled at a node: cases of an authority, its silence.
pub fn cases(flow: &Flow, node: NodeId) -> Vec<Name> {
    let branches = flow.branches(node);
    let is_ruled = branches.iter().any(|(branch, _)| matches!(branch.guard, Guard::Ruled(_) | Guard::Silence));
    if is_ruled { branches.iter().filter_map(|(branch, _)| case_of(branch)).collect() } else { Vec::new() }
}

/// What is ruled when a branch is taken, if it is a matter of ruling.
pub fn case_of(branch: &Branch) -> Option<Name> {
    match &branch.guard {
        Guard::Ruled(name) => Some(name.clone()),
        Guard::Silence => Some(SILENCE.into()),
        Guard::Else => Some(ELSE.into()),
        Guard::Always => Some(ALWAYS.into()),
        _ => None,
    }
}

/// The case of a node that a word names.
fn ruling(flow: &Flow, node: NodeId, word: &str) -> Result<Name, Error> {
    let cases = cases(flow, node);
    let word = match word {
        "autre" => ELSE,
        "سكوت" => SILENCE,
        other => other,
    };
    let found = cases.iter().find(|case| value::is_same(case.as_str(), word)).cloned();
    found.ok_or_else(|| {
        let name = flow.node(node).name.as_str();
        let mut error = Error::unknown("person.value", word, cases.iter().map(Name::as_str));
        let possible: Vec<_> = cases.iter().map(Name::as_str).collect();
        error.args.extend([name.to_owned(), possible.join(", ")]);
        error
    })
}
