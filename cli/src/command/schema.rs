//! `schema`: JSON Schema (2020-12) of the header and of the files of the vocabulary, from the tables that their readers use.

use std::{path::PathBuf, process::ExitCode};

use mastara_dsl::{
    compile::{self, Compiled},
    field::{self, COMMON, Field, HEADER, Kind},
    words::FILES,
};
use mastara_engine::text::Name;
use serde_json::{Map, Value, json};

use crate::{
    args::Schema,
    catalogue,
    context::Context,
    error::Error,
    paint::{Tone, paint},
};

/// What the header is asked for by.
const HEADER_NAME: &str = "header";

/// An identifier of the vocabulary.
const KEY: &str = "^[A-Za-z][A-Za-z0-9-]*$";

/// Runs the command: one schema, or the names of all.
pub fn run(args: &Schema, context: &Context) -> Result<ExitCode, Error> {
    let names = || std::iter::once(HEADER_NAME).chain(FILES.iter().copied());
    let Some(name) = &args.name else {
        let line = |name: &str| format!("{}  {}\n", paint(Tone::Accent, name), context.words.get(&title_key(name)));
        context.print(&names().map(line).collect::<String>())?;
        return Ok(ExitCode::SUCCESS);
    };
    let stem = name.strip_suffix(".yaml").unwrap_or(name);
    let sources = catalogue::sources(context.folder())?;
    // Words alone are needed, and read in a moment.
    let is_vocabulary = |path: PathBuf| path.extension().is_some_and(|ending| ending == "yaml");
    let words = sources.into_iter().filter(|source| is_vocabulary(source.path().to_owned())).collect();
    let maker = Maker { compiled: &compile::compile(words), context };
    let schema = match stem {
        HEADER_NAME => maker.header(),
        stem if FILES.contains(&stem) => maker.file(stem),
        _ => return Err(Error::unknown("schema.unknown", name, names())),
    };
    context.print_json(&schema)?;
    Ok(ExitCode::SUCCESS)
}

fn title_key(name: &str) -> String {
    format!("schema.of.{name}")
}

struct Maker<'a> {
    compiled: &'a Compiled,
    context: &'a Context,
}

impl Maker<'_> {
    fn header(&self) -> Value {
        self.whole(HEADER_NAME, self.fields(&[HEADER]))
    }

    /// Entries by identifier.
    fn file(&self, stem: &str) -> Value {
        let mut entry = self.fields(&[COMMON, field::of_file(stem)]);
        if stem == "places" {
            entry["anyOf"] = json!([{ "required": ["authority"] }, { "required": ["party"] }]);
        }
        // A file without entries is empty.
        let schema = json!({
            "type": ["object", "null"],
            "propertyNames": { "pattern": KEY },
            "additionalProperties": entry,
        });
        self.whole(stem, schema)
    }

    /// A schema that stands by itself.
    fn whole(&self, name: &str, schema: Value) -> Value {
        let mut whole = Map::new();
        whole.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        whole.insert("title".to_owned(), self.context.words.get(&title_key(name)).into());
        if let Value::Object(own) = schema {
            whole.extend(own);
        }
        Value::Object(whole)
    }

    fn fields(&self, tables: &[&[Field]]) -> Value {
        let fields = || tables.iter().copied().flatten();
        let properties: Map<_, _> = fields().map(|field| (field.name.to_owned(), self.field(field))).collect();
        let required: Vec<_> = fields().filter(|field| field.is_required).map(|field| field.name).collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }

    fn field(&self, field: &Field) -> Value {
        let mut schema = self.kind(field.kind);
        if let Some(words) = self.context.words.find(&format!("schema.{}", field.name)) {
            schema["description"] = words.into();
        }
        schema
    }

    fn kind(&self, kind: Kind) -> Value {
        match kind {
            Kind::Id => json!({ "type": "string", "pattern": "^[a-z0-9-]+(/[a-z0-9-]+)?$" }),
            Kind::Text => json!({ "type": "string", "minLength": 1 }),
            Kind::OneOf(words) => json!({ "enum": words() }),
            Kind::Truth => json!({ "enum": ["oui", "non", true, false] }),
            Kind::Flag => json!({ "type": "boolean" }),
            Kind::Whole => json!({ "type": "integer", "minimum": 0 }),
            Kind::Ranks => {
                let rank = either(json!({ "type": "integer", "minimum": 0 }), "^[0-9]+(-[0-9]+)*$");
                json!({ "anyOf": [rank, { "type": "array", "items": rank }] })
            }
            Kind::Amount => either(json!({ "type": "number", "minimum": 0 }), "^[0-9]+(\\.[0-9]{1,2})?$"),
            Kind::Date(false) => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
            Kind::Date(true) => {
                let year = json!({ "type": "integer", "minimum": 1000, "maximum": 9999 });
                either(year, "^[0-9]{4}(-[0-9]{2}){0,2}$")
            }
            Kind::Word(file) => json!({ "enum": self.words(file) }),
            Kind::Citation => json!({
                "anyOf": [{ "enum": self.words("texts") }, { "type": "string", "pattern": "^[A-Za-z0-9-]+ art .+$" }],
            }),
            Kind::List(item) => json!({ "type": ["array", "null"], "items": self.kind(*item) }),
            Kind::Map(fields) => self.fields(&[fields]),
            Kind::ByRule(fields) => json!({
                "type": "object",
                "propertyNames": { "enum": field::rules() },
                "additionalProperties": self.fields(&[fields]),
            }),
        }
    }

    /// The words of a file of the vocabulary, which editors then propose.
    fn words(&self, file: &str) -> Vec<&str> {
        let vocabulary = &self.compiled.vocabulary;
        let names: Vec<&Name> = match file {
            "authorities" => vocabulary.authorities.keys().collect(),
            "documents" => vocabulary.documents.keys().collect(),
            "life-events" => vocabulary.life_events.keys().collect(),
            "places" => vocabulary.places.keys().collect(),
            "portals" => vocabulary.portals.keys().collect(),
            _ => vocabulary.texts.keys().collect(),
        };
        names.into_iter().map(Name::as_str).collect()
    }
}

/// A number, or text of this form.
fn either(number: Value, pattern: &str) -> Value {
    json!({ "anyOf": [number, { "type": "string", "pattern": pattern }] })
}
