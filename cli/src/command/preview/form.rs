//! What can be told of a person, as controls of a form, and what was told in them.

use mastara_engine::{
    answers::Answers,
    condition::{Kind, Question, QuestionId},
    flow::NodeId,
};
use serde::Serialize;

use crate::{
    command::show::Maker,
    error::Error,
    person,
    phrase::{Phrases, bound},
};

/// Before the names of questions and decisions among the parameters of a page.
pub const PREFIX: &str = "q.";

/// A control: a question, or a decision of an authority.
#[derive(Serialize)]
pub struct Control {
    name: String,
    title: String,
    /// What an answer can be, in words.
    possible: String,
    /// The type of an input; empty for a choice between options.
    input: &'static str,
    least: Option<String>,
    most: Option<String>,
    step: &'static str,
    value: String,
    options: Vec<Choice>,
    is_ruling: bool,
    /// Why what was told does not do.
    error: Option<String>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
}

/// What was told of a person, by name; what is empty was not told.
pub struct Told<'q> {
    pairs: Vec<(&'q str, &'q str)>,
}

impl<'q> Told<'q> {
    /// Of the parameters of a page.
    pub fn new(query: &'q [(String, String)]) -> Self {
        let named = query.iter().filter_map(|(key, value)| Some((key.strip_prefix(PREFIX)?, value.trim())));
        Self { pairs: named.filter(|(_, value)| !value.is_empty()).collect() }
    }

    /// What was told, as the command line takes it.
    pub fn pairs(&self) -> impl Iterator<Item = (&'q str, &'q str)> {
        self.pairs.iter().copied()
    }

    fn value(&self, name: &str) -> &'q str {
        self.pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value)
    }
}

/// Reads the controls, each by itself: a wrong one does not keep the others from being read.
pub fn read(told: &Told<'_>, maker: &Maker<'_>) -> (Answers, Vec<Control>) {
    let flow = maker.flow();
    let mut person = Answers::everybody();
    let mut controls = Vec::new();
    for (at, asked) in flow.questions().iter().enumerate() {
        let id = QuestionId(u16::try_from(at).unwrap_or(u16::MAX));
        let mut control = question(id, asked, &maker.phrases);
        fill(&mut control, told, &mut person, maker);
        controls.push(control);
    }
    for (node, _) in flow.nodes().filter(|(node, _)| !person::cases(flow, *node).is_empty()) {
        let mut control = ruling(node, maker);
        fill(&mut control, told, &mut person, maker);
        controls.push(control);
    }
    (person, controls)
}

fn fill(control: &mut Control, told: &Told<'_>, person: &mut Answers, maker: &Maker<'_>) {
    control.value = told.value(&control.name).to_owned();
    if control.value.is_empty() {
        return;
    }
    let set = person::set(person, &control.name, &[&control.value], maker.flow(), &maker.phrases);
    control.error = set.err().map(|error| sentence(&error, maker.phrases));
}

/// An error as people read it.
pub fn sentence(error: &Error, phrases: Phrases<'_>) -> String {
    let args: Vec<_> = error.args.iter().map(|arg| phrases.words.id(arg)).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    phrases.words.fill(error.key, &args)
}

fn question(id: QuestionId, question: &Question, phrases: &Phrases<'_>) -> Control {
    let option = |value: &str, rank: i64| Choice { value: value.to_owned(), label: phrases.answer(id, rank) };
    let options = match &question.kind {
        Kind::YesNo => vec![option("true", 1), option("false", 0)],
        Kind::OneOf(cases) => (0..).zip(cases).map(|(rank, case)| option(case.name.as_str(), rank)).collect(),
        _ => Vec::new(),
    };
    let (input, step) = match question.kind {
        Kind::YesNo | Kind::OneOf(_) => ("", ""),
        Kind::Date => ("date", ""),
        Kind::Integer(_) => ("number", "1"),
        Kind::Money => ("number", "0.01"),
    };
    let limit = |value: i64| match question.kind {
        Kind::Money => format!("{}.{:02}", value / 100, value % 100),
        Kind::Date => format!("{:04}-{:02}-{:02}", value / 10_000, value / 100 % 100, value % 100),
        _ => value.to_string(),
    };
    let is_bounded = !input.is_empty() && (question.low > 0 || input == "number");
    Control {
        name: question.name.to_string(),
        title: bound(&phrases.question(id)),
        possible: if options.is_empty() { person::expected(question, phrases) } else { String::new() },
        input,
        least: is_bounded.then(|| limit(question.low)),
        most: question.high.filter(|_| !input.is_empty()).map(limit),
        step,
        value: String::new(),
        options,
        is_ruling: false,
        error: None,
    }
}

fn ruling(node: NodeId, maker: &Maker<'_>) -> Control {
    let cases = person::cases(maker.flow(), node);
    let label = |case: &mastara_engine::text::Name| match case.as_str() {
        mastara_engine::answers::ALWAYS => maker.phrases.words.get("run.answered-in-time").to_owned(),
        _ => maker.case(node, case),
    };
    Control {
        name: maker.flow().node(node).name.to_string(),
        title: bound(&maker.named(node).title),
        possible: String::new(),
        input: "",
        least: None,
        most: None,
        step: "",
        value: String::new(),
        options: cases.iter().map(|case| Choice { value: case.to_string(), label: label(case) }).collect(),
        is_ruling: true,
        error: None,
    }
}
