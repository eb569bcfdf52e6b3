//! Puts fragments in place. The lines they write keep the place where they are used, and the fragment and line behind it.

use std::{borrow::Cow, collections::BTreeMap};

use mastara_engine::{
    text::{Lang, Text},
    vocabulary::Vocabulary,
};

use crate::{
    finding::{Code, Findings},
    keyword::{self, Rule},
    parse::{Fact, Line, parse},
    source::Span,
};

/// How deep fragments may use one another.
const MAX_DEPTH: usize = 8;
/// How many lines and uses fragments may write in one file; beyond it they multiply one another.
const MAX_WRITTEN: usize = 10_000;

/// A fragment: lines with holes for its parameters.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What the remarks above its opening line say of how it is used.
    pub remarks: Vec<String>,
    /// The language of its titles.
    pub lang: Lang,
    /// Its keywords' dialect.
    pub dialect: Lang,
    /// Its parameters, in order.
    pub parameters: Vec<String>,
    /// Its lines, each with its number in the file.
    pub lines: Vec<(usize, String)>,
}

/// All fragments, by identifier.
pub type Fragments = BTreeMap<String, Fragment>;

/// A line of a file after expansion.
#[derive(Clone, Debug)]
pub struct Written<'s> {
    text: Cow<'s, str>,
    span: Span,
    via: Option<(String, usize)>,
    /// The language of the titles of the fragment that wrote it.
    lang: Option<Lang>,
    /// The dialect of its keywords: the file's, or the fragment's.
    pub dialect: Lang,
}

impl Written<'_> {
    /// The line, ready to be read.
    #[must_use]
    pub fn line(&self) -> Line<'_> {
        match self.via {
            None => Line { text: &self.text, span: self.span, via: None, lang: None },
            Some(_) => Line { span: self.span, via: self.via.clone(), lang: self.lang, ..Line::new(0, &self.text) },
        }
    }
}

/// The fragments being put in place, and how much all of them wrote.
#[derive(Default)]
struct Uses {
    open: Vec<String>,
    written: usize,
    is_spent: bool,
}

/// What expansion needs to know.
pub struct Expander<'v> {
    /// The fragments.
    pub fragments: &'v Fragments,
    /// The labels that stand in titles for the words of the vocabulary.
    pub vocabulary: &'v Vocabulary,
}

impl Expander<'_> {
    /// The lines of a body with every use of a fragment replaced by its lines.
    pub fn expand<'s>(&self, lines: Vec<Line<'s>>, dialect: Lang, findings: &mut Findings) -> Vec<Written<'s>> {
        let mut out = Vec::with_capacity(lines.len());
        let mut uses = Uses::default();
        for line in lines {
            if keyword::is_reuse(line.text) {
                if let Some(fact) = parse(&line, dialect, findings) {
                    self.put(&fact, line.span, &mut uses, &mut out, findings);
                }
            } else {
                out.push(Written { text: line.text.into(), span: line.span, via: None, lang: None, dialect });
            }
        }
        out
    }

    fn put(&self, fact: &Fact<'_>, span: Span, uses: &mut Uses, out: &mut Vec<Written<'_>>, findings: &mut Findings) {
        let Some((fragment, arguments)) = self.call(fact, span, findings) else { return };
        uses.written += 1 + fragment.lines.len();
        let is_spent = uses.written > MAX_WRITTEN;
        if uses.open.contains(&fragment.id) || uses.open.len() >= MAX_DEPTH || is_spent {
            // Once the budget is spent every further use would say the same.
            if !std::mem::replace(&mut uses.is_spent, is_spent) {
                findings.add(Code::FragmentCycle, span, [&fragment.id]);
            }
            return;
        }
        uses.open.push(fragment.id.clone());
        for (number, text) in &fragment.lines {
            let text = self.fill(text, fragment, &arguments);
            let via = Some((fragment.id.clone(), *number));
            let written =
                Written { text: text.into(), span, via, lang: Some(fragment.lang), dialect: fragment.dialect };
            if keyword::is_reuse(written.line().text) {
                let line = written.line();
                if let Some(inner) = parse(&line, fragment.dialect, findings) {
                    self.put(&inner, span, uses, out, findings);
                }
            } else {
                out.push(written);
            }
        }
        uses.open.pop();
    }

    /// The fragment that a line uses and the arguments it gives, in order of its parameters.
    fn call(&self, fact: &Fact<'_>, span: Span, findings: &mut Findings) -> Option<(&Fragment, Vec<String>)> {
        let mut tokens = fact.tokens().filter(|token| matches!(token.as_rule(), Rule::name | Rule::bind));
        let name = tokens.next()?;
        let Some(fragment) = self.fragments.get(name.as_str()) else {
            let known = self.fragments.keys().map(String::as_str);
            findings.add_unknown(Code::UnknownFragment, fact.span_of(&name), name.as_str(), known);
            return None;
        };
        let mut given = BTreeMap::new();
        for bind in tokens {
            let mut inner = bind.clone().into_inner();
            let (Some(name), Some(value)) = (inner.next(), inner.next_back()) else { continue };
            if !fragment.parameters.iter().any(|parameter| parameter == name.as_str()) {
                let known = fragment.parameters.join(", ");
                findings.add(Code::FragmentArguments, fact.span_of(&bind), [&fragment.id, &known]);
                return None;
            }
            if given.insert(name.as_str().to_owned(), value.as_str().trim().to_owned()).is_some() {
                findings.add(Code::RepeatedFact, fact.span_of(&bind), [name.as_str()]);
            }
        }
        let arguments: Option<Vec<_>> =
            fragment.parameters.iter().map(|parameter| given.get(parameter).cloned()).collect();
        if arguments.is_none() {
            findings.add(Code::FragmentArguments, span, [&fragment.id, &fragment.parameters.join(", ")]);
        }
        arguments.map(|arguments| (fragment, arguments))
    }

    /// A line of a fragment with its holes filled: by the word itself, or in a title by its label.
    fn fill(&self, line: &str, fragment: &Fragment, arguments: &[String]) -> String {
        let text = line.trim_start();
        let rule = keyword::line_rule(text);
        let is_plain = matches!(rule, Some(Rule::exchange | Rule::reuse) | None);
        let split = if is_plain { text.len() } else { text.find(':').unwrap_or(text.len()) };
        let (head, title) = text.split_at(split);
        let lang = if rule == Some(Rule::text) { Lang::from_code(head.trim()) } else { None }.unwrap_or(fragment.lang);
        let (mut head, mut title) = (head.to_owned(), title.to_owned());
        for (parameter, argument) in fragment.parameters.iter().zip(arguments) {
            let hole = format!("{{{parameter}}}");
            head = head.replace(&hole, argument);
            if title.contains(&hole) {
                title =
                    title.replace(&hole, self.label(argument).map_or(argument.as_str(), |label| label.in_lang(lang)));
            }
        }
        head + &title
    }

    /// The text of a word of the vocabulary.
    fn label(&self, word: &str) -> Option<&Text> {
        let vocabulary = self.vocabulary;
        (vocabulary.documents.get(word).map(|document| &document.title))
            .or_else(|| vocabulary.places.get(word).map(|place| &place.title))
            .or_else(|| vocabulary.authorities.get(word).map(|authority| &authority.title))
            .or_else(|| vocabulary.portals.get(word).map(|portal| &portal.title))
            .or_else(|| vocabulary.registers.get(word).map(|register| &register.title))
            .or_else(|| vocabulary.fees.get(word).map(|fee| &fee.title))
    }
}
