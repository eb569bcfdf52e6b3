//! Findings to sentences, from `locales/{fr,ar,en}.yaml`.

use std::{collections::HashMap, sync::LazyLock};

use mastara_engine::text::Lang;

use crate::{
    finding::{Code, Finding},
    yaml::{self, Value},
};

/// A sentence and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What is wrong, in lower case and without final period.
    pub text: String,
    /// What to do.
    pub help: Option<String>,
}

/// The message of a finding in a language.
#[must_use]
pub fn message(finding: &Finding, lang: Lang) -> Message {
    let table = &TABLES[lang as usize];
    let args: Vec<_> = finding.args.iter().map(|arg| isolate(&translate_kinds(arg, table, lang), lang)).collect();
    let fill = |template: &str| {
        let mut text = template.to_owned();
        for (at, arg) in args.iter().enumerate() {
            text = text.replace(&format!("{{{at}}}"), arg);
        }
        text
    };
    let name = finding.code.name();
    let text = table.get(name).map_or_else(|| name.to_owned(), |template| fill(template));
    let help = match &finding.suggestion {
        Some(word) => table.get("did-you-mean").map(|template| template.replace("{0}", &isolate(word, lang))),
        None => {
            // Where keys are other than those of a header, the finding names them.
            let among = finding.code == Code::FieldUnknown && args.len() > 1;
            let key = if among { format!("{name}.among") } else { format!("{name}.help") };
            table.get(key.as_str()).map(|template| fill(template))
        }
    };
    let text = match &finding.via {
        Some((fragment, line)) => {
            let via = table.get("via").map_or("", String::as_str);
            let via = via.replace("{0}", &isolate(fragment, lang)).replace("{1}", &line.to_string());
            format!("{text} {via}")
        }
        None => text,
    };
    Message { text, help }
}

/// A word of the tables themselves, such as a severity.
#[must_use]
pub fn label(key: &str, lang: Lang) -> &'static str {
    TABLES[lang as usize].get(key).map_or("", String::as_str)
}

/// Marks a word of a finding that is the name of a kind, to be said in the reader's language.
pub const KIND: char = '\u{1}';

/// Latin words keep their own direction inside an Arabic sentence.
fn isolate(word: &str, lang: Lang) -> String {
    if lang == Lang::Ar && !word.is_empty() { format!("\u{2068}{word}\u{2069}") } else { word.to_owned() }
}

/// A word of a finding, the names of kinds in the reader's language.
#[must_use]
pub fn in_words(arg: &str, lang: Lang) -> String {
    translate_kinds(arg, &TABLES[lang as usize], lang)
}

/// Kinds of thing (`\u{1}name`, `\u{1}number`) by their names. A control character marks them, for no word of a file has one.
fn translate_kinds(arg: &str, table: &HashMap<String, String>, lang: Lang) -> String {
    if !arg.contains(KIND) {
        return arg.to_owned();
    }
    let word = |part: &str| match part.strip_prefix(KIND) {
        Some(kind) => table.get(&format!("kind.{kind}")).cloned().unwrap_or_else(|| kind.to_owned()),
        None => part.to_owned(),
    };
    let mut words: Vec<String> = Vec::new();
    for part in arg.split(", ") {
        let word = word(part);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(if lang == Lang::Ar { "، " } else { ", " })
}

static TABLES: LazyLock<[HashMap<String, String>; 3]> = LazyLock::new(|| {
    [
        read_table(include_str!("../locales/fr.yaml")),
        read_table(include_str!("../locales/ar.yaml")),
        read_table(include_str!("../locales/en.yaml")),
    ]
});

/// A flat table of words from YAML. What is no table gives an empty one: tables are part of the program, and tests read them.
#[must_use]
pub fn read_table(text: &str) -> HashMap<String, String> {
    let Ok(tree) = yaml::parse(text) else { return HashMap::new() };
    let Value::Map(entries) = tree.value else { return HashMap::new() };
    let scalar = |(key, _, value): (String, _, yaml::Yaml)| match value.value {
        Value::Scalar(text) => Some((key, text)),
        _ => None,
    };
    entries.into_iter().filter_map(scalar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flaw_has_a_sentence_in_every_language() {
        for (lang, table) in Lang::ALL.into_iter().zip(TABLES.iter()) {
            for code in Code::ALL {
                assert!(table.contains_key(code.name()), "{} has no sentence in {}", code.name(), lang.code());
            }
        }
    }

    #[test]
    fn the_tables_have_the_same_keys() {
        let keys = |table: &HashMap<String, String>| {
            let mut keys: Vec<_> = table.keys().cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(&TABLES[0]), keys(&TABLES[1]));
        assert_eq!(keys(&TABLES[0]), keys(&TABLES[2]));
    }
}
