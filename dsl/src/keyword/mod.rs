//! The words of the language, in three dialects.

mod words;

use std::{collections::HashMap, sync::LazyLock};

use mastara_engine::text::Lang;

pub use self::words::WORDS;
pub use crate::grammar::Rule;

/// A word of the language.
#[derive(Debug)]
pub struct Word {
    /// Its rule in the grammar.
    pub rule: Rule,
    /// Its forms in French, Arabic and English; the first of each is canonical.
    pub forms: [&'static [&'static str]; 3],
}

impl Word {
    /// The canonical form in a dialect.
    #[must_use]
    pub fn form(&self, dialect: Lang) -> &'static str {
        self.forms[dialect as usize].first().copied().unwrap_or("")
    }

    /// Whether this is one of its forms in a dialect.
    #[must_use]
    pub fn is_form(&self, dialect: Lang, text: &str) -> bool {
        self.forms[dialect as usize].contains(&text)
    }
}

/// By number of the rule: every token of every line is looked up here.
static BY_RULE: LazyLock<Vec<Option<&'static Word>>> = LazyLock::new(|| {
    let mut table = Vec::new();
    for word in WORDS {
        let at = word.rule as usize;
        table.resize(table.len().max(at + 1), None);
        table[at] = Some(word);
    }
    table
});

/// The word of a rule of the grammar, if the rule is a word.
#[must_use]
pub fn word(rule: Rule) -> Option<&'static Word> {
    BY_RULE.get(rule as usize).copied().flatten()
}

/// The rules of the words that begin a line, each with the rule of the whole line.
const LEADS: &[(Rule, Rule)] = &[
    (Rule::k_procedure, Rule::procedure),
    (Rule::k_version, Rule::version),
    (Rule::k_question, Rule::question),
    (Rule::k_fragment, Rule::fragment),
    (Rule::k_step, Rule::step),
    (Rule::k_choice, Rule::choice),
    (Rule::k_decision, Rule::decision),
    (Rule::k_wait, Rule::wait),
    (Rule::k_outcome, Rule::outcome),
    (Rule::k_example, Rule::example),
    (Rule::k_source, Rule::source),
    (Rule::k_verified, Rule::verified),
    (Rule::k_estimated, Rule::estimated),
    (Rule::k_reconstructed, Rule::reconstructed),
    (Rule::k_under, Rule::basis),
    (Rule::k_unknown_fees, Rule::unknown_fees),
    (Rule::k_duration, Rule::duration),
    (Rule::k_identifies, Rule::identifies),
    (Rule::k_needs, Rule::needs),
    (Rule::k_gets, Rule::gets),
    (Rule::k_delivers, Rule::delivers),
    (Rule::k_asks, Rule::asks),
    (Rule::k_pays, Rule::pays),
    (Rule::k_exchange, Rule::exchange),
    (Rule::k_fallback, Rule::fallback),
    (Rule::k_signs, Rule::signs),
    (Rule::k_coverage, Rule::coverage),
    (Rule::k_calls, Rule::calls),
    (Rule::k_reuse, Rule::reuse),
    (Rule::k_delay, Rule::delay),
    (Rule::k_usual, Rule::usual),
    (Rule::k_receipt, Rule::receipt),
    (Rule::k_complement, Rule::complement),
    (Rule::k_extension, Rule::extension),
    (Rule::k_silence, Rule::silence),
    (Rule::k_reasons, Rule::reasons),
    (Rule::k_appeal, Rule::appeal),
    (Rule::k_replaces, Rule::replaces),
    (Rule::k_drops, Rule::drops),
    (Rule::k_known, Rule::known),
    (Rule::k_typical, Rule::typical),
    (Rule::k_if, Rule::branch),
    (Rule::k_else, Rule::otherwise),
    (Rule::k_case, Rule::case),
    (Rule::k_together, Rule::fork),
    (Rule::k_expect, Rule::expect),
    (Rule::k_given, Rule::given),
    (Rule::k_passes, Rule::passes),
    (Rule::k_brings, Rule::brings),
    (Rule::k_ends, Rule::ends),
];

static BY_LEAD: LazyLock<HashMap<&'static str, Rule>> = LazyLock::new(|| {
    let mut table: HashMap<_, _> = [("->", Rule::goto), ("→", Rule::goto), ("←", Rule::goto)].into();
    for lang in Lang::ALL {
        table.insert(lang.code(), Rule::text);
    }
    for (lead, line) in LEADS {
        for form in word(*lead).into_iter().flat_map(|word| word.forms).flatten() {
            table.insert(form, *line);
        }
    }
    table
});

/// The rule of a line, from its first word or two; `None` if no line begins so.
#[must_use]
pub fn line_rule(line: &str) -> Option<Rule> {
    let (first, rest) = split_word(line);
    if let Some(rule) = BY_LEAD.get(first) {
        return Some(*rule);
    }
    if line.starts_with("->") || line.starts_with(['→', '←']) {
        return Some(Rule::goto);
    }
    let second = split_word(rest.trim_start()).0;
    BY_LEAD.get(format!("{first} {second}").as_str()).copied()
}

/// The row of the table for the word that begins the lines of a rule: `step`, `needs`…
#[must_use]
pub fn row(line: Rule) -> String {
    let lead = LEADS.iter().find(|(_, rule)| *rule == line).map_or(line, |(lead, _)| *lead);
    let name = format!("{lead:?}");
    name.strip_prefix("k_").unwrap_or(&name).to_owned()
}

/// Whether a line uses a fragment.
#[must_use]
pub fn is_reuse(line: &str) -> bool {
    let first = split_word(line).0;
    word(Rule::k_reuse).is_some_and(|word| word.forms.iter().any(|forms| forms.contains(&first)))
}

/// The words that begin lines in a dialect, for suggestions.
pub fn leads(dialect: Lang) -> impl Iterator<Item = &'static str> {
    LEADS.iter().filter_map(move |(lead, _)| word(*lead).map(|word| word.form(dialect)))
}

/// The first word of a line and what follows it.
#[must_use]
pub fn split_word(line: &str) -> (&str, &str) {
    let end = line.find([' ', '\t', '\u{A0}', '\u{202F}', ':', '(', '#']).unwrap_or(line.len());
    line.split_at(end)
}
