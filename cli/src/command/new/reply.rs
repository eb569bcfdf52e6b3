//! Replies of a person: line by line, or told beforehand in a file. A wrong line is asked again; in a file it is an error.

use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    io::{BufRead as _, IsTerminal as _},
    path::Path,
};

use mastara_dsl::yaml::{self, Value};

use crate::{
    args::New,
    context::Context,
    error::Error,
    paint::{Tone, paint},
    paragraph::wrap,
};

/// What can be told beforehand, as a file of replies names it, in the order of asking.
pub const KEYS: [&str; 15] = [
    "titre",
    "titre-ar",
    "responsable",
    "usagers",
    "evenement",
    "canal",
    "lieu",
    "portail",
    "pieces",
    "frais",
    "delai",
    "refus",
    "delivre",
    "remise",
    "source",
];

/// Where replies come from.
pub struct Replies<'a> {
    context: &'a Context,
    told: Option<BTreeMap<String, VecDeque<String>>>,
    /// What was replied line by line, and could be read.
    said: BTreeMap<String, Vec<String>>,
    /// Whether the standard output is for the file itself.
    is_aside: bool,
    is_terminal: bool,
}

impl<'a> Replies<'a> {
    /// From the file that was named, or else from the standard input.
    pub fn open(args: &New, context: &'a Context) -> Result<Self, Error> {
        let told = args.answers.as_deref().map(read).transpose()?;
        let is_aside = args.output.as_deref() == Some(Path::new("-"));
        Ok(Self { context, told, said: BTreeMap::new(), is_aside, is_terminal: std::io::stdin().is_terminal() })
    }

    /// Whether replies were told beforehand.
    pub fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// The replies given line by line, as a file of replies has them; none if they come from such a file.
    pub fn kept(&self) -> String {
        // A text of JSON is one of YAML.
        let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
        let line = |key: &&str| {
            let values: Vec<_> = self.said.get(*key)?.iter().map(quoted).collect();
            let shown = if values.len() > 1 { format!("[{}]", values.join(", ")) } else { values.concat() };
            Some(format!("{key}: {shown}\n"))
        };
        KEYS.iter().filter_map(line).collect()
    }

    /// Says something to a person who replies line by line.
    pub fn say(&self, text: &str) -> Result<(), Error> {
        match (&self.told, self.is_aside) {
            (Some(_), _) => Ok(()),
            (None, true) => {
                self.context.warn(text);
                Ok(())
            }
            (None, false) => self.context.print(text),
        }
    }

    /// Asks until a reply can be read; `None` is no reply at all.
    pub fn ask<T>(
        &mut self,
        key: &str,
        options: &[String],
        mut read: impl FnMut(&str) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let question = self.context.words.get(&format!("new.ask.{key}")).to_owned();
        self.say(&format!("\n{}", paint(Tone::Strong, &wrap(&question, self.context.width, 0))))?;
        for (at, option) in options.iter().enumerate() {
            self.say(&wrap(&format!("  {}. {option}", at + 1), self.context.width, 5))?;
        }
        loop {
            let Some(line) = self.line(key)? else { return Ok(None) };
            match read(&line) {
                Ok(value) => {
                    if self.told.is_none() {
                        self.said.entry(key.to_owned()).or_default().push(line);
                    }
                    return Ok(Some(value));
                }
                Err(error) => self.wrong(error)?,
            }
        }
    }

    /// Asks until there is a reply.
    pub fn require<T>(
        &mut self,
        key: &str,
        options: &[String],
        mut read: impl FnMut(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        loop {
            if let Some(value) = self.ask(key, options, &mut read)? {
                return Ok(value);
            }
            self.wrong(Error::new("new.required", [key]))?;
        }
    }

    /// Shows why a reply does not do.
    fn wrong(&self, error: Error) -> Result<(), Error> {
        if self.told.is_some() {
            return Err(error);
        }
        let words = &self.context.words;
        let args: Vec<_> = error.args.iter().map(String::as_str).collect();
        self.say(&format!("{}\n", paint(Tone::Fair, &words.fill(error.key, &args))))?;
        match &error.suggestion {
            Some(near) => self.say(&format!("{}\n", words.fill("error.near", &[&words.id(near)]))),
            None => Ok(()),
        }
    }

    /// The next reply; `None` if it is empty.
    fn line(&mut self, key: &str) -> Result<Option<String>, Error> {
        if let Some(told) = &mut self.told {
            return Ok(told.get_mut(key).and_then(VecDeque::pop_front));
        }
        self.say("> ")?;
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        if read.map_err(|error| Error::unreadable(Path::new("-"), &error))? == 0 {
            self.say("\n")?;
            return Err(Error::new("run.end-of-input", [key]));
        }
        let line = line.trim();
        if !self.is_terminal {
            // What comes from a file or pipe is not on the screen yet.
            self.say(&format!("{line}\n"))?;
        }
        Ok((!line.is_empty()).then(|| line.to_owned()))
    }
}

/// A file of replies: `key: value`, or `key: [value, value]`.
fn read(path: &Path) -> Result<BTreeMap<String, VecDeque<String>>, Error> {
    let name = path.to_string_lossy();
    let text =
        if path == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { fs::read_to_string(path) };
    let text = text.map_err(|error| Error::unreadable(path, &error))?;
    let tree = yaml::parse(&text).map_err(|error| Error::new("person.yaml", [&name, &error.message]))?;
    let Value::Map(entries) = tree.value else { return Err(Error::new("person.no-map", [&name])) };
    let mut told = BTreeMap::new();
    for (key, _, value) in entries {
        if !KEYS.contains(&key.as_str()) {
            return Err(Error::unknown("new.key", &key, KEYS.iter().copied()));
        }
        let scalar = |value: &Value| if let Value::Scalar(text) = value { Some(text.clone()) } else { None };
        let values: Option<VecDeque<String>> = match &value.value {
            Value::Null => Some(VecDeque::new()),
            Value::List(items) => items.iter().map(|item| scalar(&item.value)).collect(),
            single => scalar(single).map(|value| VecDeque::from([value])),
        };
        told.insert(key.clone(), values.ok_or_else(|| Error::new("person.no-value", [&key]))?);
    }
    Ok(told)
}
