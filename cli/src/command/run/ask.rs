//! What is asked of the person, line by line.

use std::io::{BufRead as _, IsTerminal as _};

use mastara_engine::{
    condition::{Kind, QuestionId},
    flow::NodeId,
    text::Name,
};

use super::talk::Talk;
use crate::{error::Error, person};

/// What a person replies.
pub enum Reply<T> {
    /// An answer.
    Value(T),
    /// The person gives up.
    Withdraw,
}

/// Reads replies from the standard input.
pub struct Ask<'a> {
    talk: Talk<'a>,
    is_terminal: bool,
}

impl<'a> Ask<'a> {
    /// Asks on behalf of `talk`.
    pub fn new(talk: Talk<'a>) -> Self {
        Self { talk, is_terminal: std::io::stdin().is_terminal() }
    }

    /// Asks a question until there is an answer.
    pub fn question(&self, id: QuestionId) -> Result<Reply<i64>, Error> {
        let phrases = &self.talk.phrases;
        let question = &self.talk.version.flow.questions()[usize::from(id.0)];
        let options: Vec<(String, i64)> = match &question.kind {
            Kind::YesNo => [1, 0].map(|value| (phrases.answer(id, value), value)).to_vec(),
            Kind::OneOf(cases) => {
                let ranks = (0..cases.len()).filter_map(|rank| i64::try_from(rank).ok());
                ranks.map(|rank| (phrases.answer(id, rank), rank)).collect()
            }
            _ => Vec::new(),
        };
        let expected = person::expected(question, phrases);
        let labels: Vec<_> = options.iter().map(|(label, _)| label.clone()).collect();
        self.talk.ask(&phrases.question(id), &labels, if labels.is_empty() { Some(&expected) } else { None })?;
        loop {
            let Some(line) = self.line(question.name.as_str())? else { return Ok(Reply::Withdraw) };
            if let Some(at) = rank(&line, options.len()) {
                return Ok(Reply::Value(options[at].1));
            }
            match person::parse(&line, question, phrases) {
                Ok(value) => return Ok(Reply::Value(value)),
                Err(error) => self.talk.wrong(&error)?,
            }
        }
    }

    /// Asks which of these cases comes at a node, until there is one.
    pub fn ruling(&self, node: NodeId, cases: &[Name]) -> Result<Reply<usize>, Error> {
        let labels: Vec<_> = cases.iter().map(|case| self.talk.case(node, case)).collect();
        self.talk.ask(&self.talk.decision(node), &labels, None)?;
        let name = self.talk.version.flow.node(node).name.as_str();
        loop {
            let Some(line) = self.line(name)? else { return Ok(Reply::Withdraw) };
            let same = |text: &str| text.to_lowercase() == line.to_lowercase();
            let named = || (0..cases.len()).find(|&at| same(cases[at].as_str()) || same(&labels[at]));
            match rank(&line, cases.len()).or_else(named) {
                Some(at) => return Ok(Reply::Value(at)),
                None => {
                    let known: Vec<_> = cases.iter().map(Name::as_str).collect();
                    let error = Error::new("person.value", [&line, name, &known.join(", ")]);
                    self.talk.wrong(&error)?;
                }
            }
        }
    }

    /// The next line that is an answer; `None` if the person gives up. What is asked for help is given here.
    fn line(&self, name: &str) -> Result<Option<String>, Error> {
        loop {
            self.talk.prompt()?;
            let mut line = String::new();
            let read = std::io::stdin().lock().read_line(&mut line);
            let read = read.map_err(|error| Error::unreadable(std::path::Path::new("-"), &error))?;
            if read == 0 {
                self.talk.put("\n")?;
                return Err(Error::new("run.end-of-input", [name]));
            }
            let line = line.trim().to_owned();
            if !self.is_terminal {
                // What comes from a file or pipe is not on the screen yet.
                self.talk.put(&format!("{line}\n"))?;
            }
            match line.as_str() {
                "?" | "؟" => self.talk.say("run.help")?,
                "q" => return Ok(None),
                "" => {}
                _ => return Ok(Some(line)),
            }
        }
    }
}

/// The option that a number names, from 1.
fn rank(line: &str, count: usize) -> Option<usize> {
    line.parse::<usize>().ok().filter(|at| (1..=count).contains(at)).map(|at| at - 1)
}
