//! A person told in a file: `question: value`, and `decision: [no, yes]` for what is ruled in turn.

use std::{fs, io::Read as _, path::Path};

use mastara_dsl::yaml::{self, Value};
use mastara_engine::{answers::Answers, flow::Flow};

use super::set;
use crate::{error::Error, phrase::Phrases};

/// Reads a file of answers; `-` is the standard input.
pub fn read_file(path: &Path, flow: &Flow, phrases: &Phrases<'_>) -> Result<Answers, Error> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let text = text.map_err(|error| Error::unreadable(path, &error))?;
    parse(&text, &path.to_string_lossy(), flow, phrases)
}

fn parse(text: &str, name: &str, flow: &Flow, phrases: &Phrases<'_>) -> Result<Answers, Error> {
    let tree = yaml::parse(text).map_err(|error| Error::new("person.yaml", [name, &error.message]))?;
    let entries = match tree.value {
        Value::Map(entries) => entries,
        Value::Null => Vec::new(),
        _ => return Err(Error::new("person.no-map", [name])),
    };
    let mut person = Answers::everybody();
    for (key, _, value) in entries {
        let scalar = |value: &Value| if let Value::Scalar(text) = value { Some(text.clone()) } else { None };
        let values: Option<Vec<String>> = match &value.value {
            Value::List(items) => items.iter().map(|item| scalar(&item.value)).collect(),
            single => scalar(single).map(|value| vec![value]),
        };
        let values = values.filter(|values| !values.is_empty()).ok_or_else(|| Error::new("person.no-value", [&key]))?;
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        set(&mut person, &key, &values, flow, phrases)?;
    }
    Ok(person)
}
