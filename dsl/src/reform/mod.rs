//! Changes in words: of a file (`reforme.yaml`) or of the command line, one syntax for both (docs/reforme.md).
//!
//! A change is a key and what it is about: `paiement-en-ligne: DGI`, `chercher: cnie:tiers-confiance-dgsn@urbanisme`. What
//! stands behind `@` is where it holds: an authority, a sector, `sector/procedure` or `sector/procedure#step`.

mod change;
mod write;

use mastara_engine::{
    reform::Change,
    text::{Lang, Text},
};

pub use self::{
    change::change,
    write::{place, write},
};

use crate::{
    compile::Compiled,
    finding::{Code, Finding, Findings, nearest},
    source::{Source, SourceId, Span},
    yaml::{self, Value, Yaml},
};

/// The kinds of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `chercher: DOCUMENT[:REGISTER]`.
    Fetch,
    /// `ouvrir: REGISTER[:DOCUMENT+DOCUMENT]`.
    Open,
    /// `supprimer: DOCUMENT`.
    Abolish,
    /// `accepter-numerique: DOCUMENT`, or all of them.
    AcceptDigital,
    /// `paiement-en-ligne`.
    PayOnline,
    /// `remise-en-ligne`.
    DeliverOnline,
    /// `depot-en-ligne`.
    FileOnline,
    /// `identite-en-ligne`.
    IdentifyOnline,
    /// `sans-forme: FORM`.
    Waive,
    /// `une-copie`.
    OneCopy,
    /// `delai: moitie`, or days.
    Shorten,
}

impl Kind {
    /// The keys of files.
    pub const KEYS: [(&'static str, Self); 11] = [
        ("chercher", Self::Fetch),
        ("ouvrir", Self::Open),
        ("supprimer", Self::Abolish),
        ("accepter-numerique", Self::AcceptDigital),
        ("paiement-en-ligne", Self::PayOnline),
        ("remise-en-ligne", Self::DeliverOnline),
        ("depot-en-ligne", Self::FileOnline),
        ("identite-en-ligne", Self::IdentifyOnline),
        ("sans-forme", Self::Waive),
        ("une-copie", Self::OneCopy),
        ("delai", Self::Shorten),
    ];

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::KEYS.iter().find(|(_, kind)| *kind == self).map_or("", |(key, _)| key)
    }
}

/// A file of changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reform {
    /// Its title, if it has one.
    pub title: Text,
    /// The changes, in the order of the file.
    pub changes: Vec<Change>,
}

/// Reads a file of changes; what is wrong is a finding and is left out.
#[must_use]
pub fn read(id: SourceId, source: &Source, compiled: &Compiled) -> (Reform, Vec<Finding>) {
    let (mut reform, mut findings) = (Reform::default(), Findings::new(id));
    match yaml::parse(source.text()) {
        Ok(Yaml { value: Value::Map(entries), .. }) => {
            for (key, span, value) in &entries {
                if key == "titre" {
                    reform.title = title(value, &mut findings);
                } else if let Some((_, kind)) = Kind::KEYS.iter().find(|(known, _)| known == key) {
                    reform.changes.extend(list(*kind, value, compiled, &mut findings));
                } else {
                    unknown_key(key, *span, &mut findings);
                }
            }
        }
        Ok(Yaml { value: Value::Null, .. }) => {}
        Ok(other) => {
            let (word, span) = first_line(source, other.span);
            findings.add(Code::FieldValue, span, [word, "\u{1}mapping"]);
        }
        Err(error) => _ = findings.add(Code::HeaderSyntax, error.span, [&error.message]),
    }
    (reform, findings.into_vec())
}

/// A key that is none: the one that is meant, or all of them.
fn unknown_key(key: &str, span: Span, findings: &mut Findings) {
    let known: Vec<&str> = ["titre"].into_iter().chain(Kind::KEYS.iter().map(|(known, _)| *known)).collect();
    let near = nearest(key, known.iter().copied());
    findings.add(Code::FieldUnknown, span, [key, &known.join(", ")]).suggestion = near;
}

/// The first line of what stands in a place, and where that line is.
fn first_line(source: &Source, span: Span) -> (&str, Span) {
    let start = usize::try_from(span.start).unwrap_or(0);
    let rest = source.text().get(start..).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start().len();
    let line = rest.trim_start().lines().next().unwrap_or_default().trim_end();
    (line, Span::new(start + skipped, start + skipped + line.len()))
}

fn title(value: &Yaml, findings: &mut Findings) -> Text {
    let mut title = Text::default();
    match &value.value {
        Value::Scalar(text) => title.set(Lang::Fr, text),
        Value::Map(forms) => {
            for (code, span, form) in forms {
                match (Lang::from_code(code), &form.value) {
                    (Some(lang), Value::Scalar(text)) => title.set(lang, text),
                    _ => _ = findings.add(Code::FieldValue, *span, ["titre", "fr, ar, en"]),
                }
            }
        }
        _ => _ = findings.add(Code::FieldValue, value.span, ["titre", "\u{1}title"]),
    }
    title
}

/// One change, or a list of them.
fn list(kind: Kind, value: &Yaml, compiled: &Compiled, findings: &mut Findings) -> Vec<Change> {
    let items = match &value.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut changes = Vec::new();
    for item in items {
        if let Value::Scalar(text) = &item.value {
            changes.extend(change(kind, text, item.span, compiled, findings));
        } else {
            findings.add(Code::FieldValue, item.span, [kind.key(), "\u{1}word"]);
        }
    }
    changes
}
