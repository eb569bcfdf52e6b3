//! What is in reach while a file is lowered: the vocabulary, the language of titles, the questions, the findings.

use std::collections::{BTreeMap, BTreeSet};

use mastara_engine::{
    Date,
    condition::{Kind, Question, QuestionId},
    node::{Citation, Moment, Source},
    text::{Lang, Name, Text},
    vocabulary::Vocabulary,
};
use pest::iterators::{Pair, Pairs};

use crate::{
    finding::{Code, Findings},
    keyword::{self, Rule},
    message::KIND,
    parse::Fact,
    source::Span,
};

/// What is in reach while a file is lowered.
pub struct Scope<'v, 'f> {
    /// The shared nouns.
    pub vocabulary: &'v Vocabulary,
    /// The language of titles.
    pub lang: Lang,
    /// The language of keywords.
    pub dialect: Lang,
    /// Where findings go.
    pub findings: &'f mut Findings,
    /// The questions of the procedure, then the choices of the version being lowered.
    pub questions: Vec<Question>,
    /// The steps of the procedure where the person has to be seen.
    pub presences: Option<&'v BTreeSet<Name>>,
}

impl<'v, 'f> Scope<'v, 'f> {
    /// Over this vocabulary.
    pub fn new(vocabulary: &'v Vocabulary, lang: Lang, dialect: Lang, findings: &'f mut Findings) -> Self {
        Self { vocabulary, lang, dialect, findings, questions: Vec::new(), presences: None }
    }

    /// Words of the language as the file writes them, for a finding.
    pub fn words(&self, rules: &[Rule]) -> String {
        rules
            .iter()
            .map(|rule| match keyword::word(*rule) {
                Some(word) => format!("`{}`", word.form(self.dialect)),
                None => format!("{KIND}none"),
            })
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// A word of the language as the file writes it.
    pub fn word(&self, rule: Rule) -> &'static str {
        keyword::word(rule).map_or("", |word| word.form(self.dialect))
    }

    /// Says so if a word is not in a table.
    pub fn known<T>(&mut self, word: &str, span: Span, table: &BTreeMap<Name, T>, code: Code) -> bool {
        let known = table.contains_key(word);
        if !known {
            self.findings.add_unknown(code, span, word, table.keys().map(Name::as_str));
        }
        known
    }

    /// The title of a line, in the language of the file, or of the fragment that wrote it.
    pub fn title(&self, fact: &Fact<'_>) -> Text {
        let lang = fact.lang.unwrap_or(self.lang);
        prose(fact.tokens()).map_or_else(Text::default, |prose| Text::new(lang, prose.as_str().trim()))
    }

    /// Adds a line such as `ar: …` to a text.
    pub fn translate(&mut self, fact: &Fact<'_>, text: &mut Text) {
        let mut tokens = fact.tokens();
        let (Some(lang), Some(prose)) =
            (tokens.next().and_then(|token| Lang::from_code(token.as_str())), prose(tokens))
        else {
            return;
        };
        if text.get(lang).is_some() {
            self.findings.add(Code::RepeatedFact, fact.span, [lang.code()]);
        }
        let words = prose.as_str().trim();
        // A code or a figure may be the same in two languages; a sentence may not.
        if words.contains(' ') && Lang::ALL.iter().any(|other| text.get(*other) == Some(words)) {
            self.findings.add(Code::UntouchedTranslation, fact.span, [lang.code()]);
        }
        text.set(lang, words);
    }

    /// Says which of the two official languages a title lacks (law 54-19, art. 5).
    pub fn check_title(&mut self, title: &Text, span: Span) {
        for lang in [Lang::Fr, Lang::Ar] {
            if !title.is_empty() && title.get(lang).is_none() {
                let known = crate::parse::shorten(title.in_lang(self.lang)).to_owned();
                self.findings.add(Code::MissingTranslation, span, [lang.code(), &known]);
            }
        }
    }

    /// The question with this name.
    pub fn question(&mut self, fact: &Fact<'_>, token: &Pair<'_, Rule>) -> Option<QuestionId> {
        let name = token.as_str();
        if let Some(at) = self.questions.iter().position(|question| question.name.as_str() == name) {
            return u16::try_from(at).ok().map(QuestionId);
        }
        let known = self.questions.iter().map(|question| question.name.as_str());
        let span = fact.span_of(token);
        self.findings.add_unknown(Code::UnknownQuestion, span, name, known);
        None
    }

    /// The rank of a case of a question.
    pub fn case(&mut self, question: QuestionId, name: &str, span: Span) -> Option<i64> {
        let Kind::OneOf(cases) = &self.questions[question.0 as usize].kind else { return None };
        if let Some(at) = cases.iter().position(|case| case.name.as_str() == name) {
            return i64::try_from(at).ok();
        }
        self.findings.add_unknown(Code::UnknownCase, span, name, cases.iter().map(|case| case.name.as_str()));
        None
    }

    /// A date that exists.
    pub fn date(&mut self, fact: &Fact<'_>, token: &Pair<'_, Rule>) -> Option<Date> {
        let date = token.as_str().parse().ok();
        if date.is_none() {
            self.findings.add(Code::NoSuchDate, fact.span_of(token), [token.as_str()]);
        }
        date
    }

    /// A `source` or `vérifié` line.
    pub fn source(&mut self, fact: &Fact<'_>) -> Option<Source> {
        let token = fact.tokens().find(|token| token.as_rule() == Rule::moment)?;
        let (has_month, has_day) = (token.as_str().len() > 4, token.as_str().len() > 7);
        let first = format!("{}{}", token.as_str(), &"-01-01"[if has_day { 6 } else { token.as_str().len() - 4 }..]);
        let Ok(from) = first.parse() else {
            self.findings.add(Code::NoSuchDate, fact.span_of(&token), [token.as_str()]);
            return None;
        };
        Some(Source { date: Moment { from, has_month, has_day }, text: self.title(fact) })
    }

    /// The citation of a line, its text checked.
    pub fn citation_in(&mut self, fact: &Fact<'_>) -> Option<Citation> {
        let token = fact.tokens().find(|token| token.as_rule() == Rule::citation)?;
        let mut text = None;
        let mut article = None;
        for part in token.into_inner() {
            match part.as_rule() {
                Rule::name => {
                    self.known(part.as_str(), fact.span_of(&part), &self.vocabulary.texts, Code::UnknownText);
                    text = Some(Name::from(part.as_str()));
                }
                Rule::article => article = Some(Name::from(part.as_str())),
                _ => {}
            }
        }
        text.map(|text| Citation { text, article })
    }

    /// Says so if a name has letters that are not Latin.
    pub fn check_name(&mut self, fact: &Fact<'_>, token: &Pair<'_, Rule>) {
        let name = token.as_str();
        if !name.is_ascii() {
            self.findings.add(Code::IdNotAscii, fact.span_of(token), [name]);
        } else if name.contains('{') {
            self.findings.add_unknown(Code::UnknownParameter, fact.span_of(token), name, std::iter::empty());
        }
    }
}

/// The case that a `label` or a value names: yes, no and silence are called the same in every dialect.
pub fn case_name<'s>(token: &Pair<'s, Rule>) -> Option<&'s str> {
    let inner = token.clone().into_inner().next()?;
    Some(match inner.as_rule() {
        Rule::k_affirm => "oui",
        Rule::k_deny => "non",
        Rule::k_silence => "silence",
        _ => inner.as_str(),
    })
}

/// The words of a title.
pub fn prose<'s>(mut tokens: Pairs<'s, Rule>) -> Option<Pair<'s, Rule>> {
    let title = tokens.find(|token| token.as_rule() == Rule::title)?;
    title.into_inner().find(|token| token.as_rule() == Rule::prose)
}

/// Whether a line carries a word.
pub fn has(fact: &Fact<'_>, rule: Rule) -> bool {
    fact.tokens().any(|token| token.as_rule() == rule)
}

/// The names of a list.
pub fn names<'s>(tokens: Pairs<'s, Rule>) -> impl Iterator<Item = Pair<'s, Rule>> {
    tokens
        .filter(|token| token.as_rule() == Rule::names)
        .flat_map(Pair::into_inner)
        .filter(|token| token.as_rule() == Rule::name)
}
