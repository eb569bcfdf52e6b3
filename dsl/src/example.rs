//! Examples as text: the lines that an author would write, in the words of the file's dialect.
//!
//! INVARIANT: what is written is in canonical layout, and lowers to the example that it was written from.

use mastara_engine::{
    answers::{ELSE, SILENCE},
    condition::{Kind, Question},
    flow::Flow,
    procedure::Example,
    quantity::Dirhams,
    text::{Lang, Name, Text},
};

use crate::{
    keyword::{self, Rule},
    lower::unit_rule,
};

/// How a file is written: the language of its titles and that of its keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Of titles.
    pub lang: Lang,
    /// Of keywords.
    pub dialect: Lang,
}

impl Style {
    /// The style of a file, from its header.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut findings = crate::finding::Findings::new(crate::source::SourceId(0));
        let Ok(Some(frame)) = crate::header::frame(text) else {
            return Self { lang: Lang::Fr, dialect: Lang::Fr };
        };
        let header = crate::header::read(text, frame, &mut findings);
        Self { lang: header.lang, dialect: header.dialect }
    }
}

/// The block of an example, after remarks, each a line.
#[must_use]
pub fn write(example: &Example, flow: &Flow, remarks: &[String], style: Style) -> String {
    let writer = Writer { dialect: style.dialect };
    let mut text = String::new();
    for remark in remarks {
        text.push_str(&format!("# {}\n", remark.replace(['\n', '\r'], " ")));
    }
    text.push_str(&format!("{}: {}\n", writer.word(Rule::k_example), example.title.in_lang(style.lang)));
    text.push_str(&translations(&example.title, style.lang));
    let given = writer.given(example, flow);
    let passes: Vec<&str> = example.passes.iter().flatten().map(Name::as_str).collect();
    let brings = example.brings.iter().flatten().map(|(document, sheets)| match sheets {
        1 => document.to_string(),
        _ => format!("{document} x{sheets}"),
    });
    writer.line(Rule::k_given, &given, &mut text);
    writer.line(Rule::k_passes, &passes, &mut text);
    writer.line(Rule::k_brings, &brings.collect::<Vec<_>>(), &mut text);
    writer.line(Rule::k_ends, example.ends.as_ref().map(Name::as_str).as_slice(), &mut text);
    text
}

/// The title in the other languages it has.
fn translations(title: &Text, own: Lang) -> String {
    let others = Lang::ALL.into_iter().filter(|lang| *lang != own);
    let line = |lang: Lang| title.get(lang).map(|words| format!("  {}: {words}\n", lang.code()));
    others.filter_map(line).collect()
}

struct Writer {
    dialect: Lang,
}

impl Writer {
    fn word(&self, rule: Rule) -> &'static str {
        keyword::word(rule).map_or("", |word| word.form(self.dialect))
    }

    /// A line with a list; none for an empty one.
    fn line<S: AsRef<str>>(&self, rule: Rule, items: &[S], text: &mut String) {
        if items.is_empty() {
            return;
        }
        let comma = if self.dialect == Lang::Ar { "، " } else { ", " };
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        text.push_str(&format!("  {} {}\n", self.word(rule), items.join(comma)));
    }

    fn given(&self, example: &Example, flow: &Flow) -> Vec<String> {
        let mut given = Vec::new();
        for (question, value) in &example.answers {
            let Some(question) = flow.questions().get(usize::from(question.0)) else { continue };
            given.push(format!("{} = {}", question.name, self.value(question, *value)));
        }
        let then = format!(" {} ", self.word(Rule::k_then));
        for (node, cases) in &example.rulings {
            let cases: Vec<_> = cases.iter().map(|case| self.case(case.as_str())).collect();
            given.push(format!("{node} = {}", cases.join(&then)));
        }
        given
    }

    fn value(&self, question: &Question, value: i64) -> String {
        match &question.kind {
            Kind::YesNo => self.word(if value == 0 { Rule::k_deny } else { Rule::k_affirm }).to_owned(),
            Kind::Integer(None) => value.to_string(),
            Kind::Integer(Some(unit)) => format!("{value} {}", self.word(unit_rule(*unit))),
            Kind::Money => format!("{} {}", Dirhams::from_centimes(value), self.word(Rule::u_dirham)),
            Kind::Date => format!("{:04}-{:02}-{:02}", value / 10_000, value / 100 % 100, value % 100),
            Kind::OneOf(cases) => {
                let case = usize::try_from(value).ok().and_then(|rank| cases.get(rank));
                case.map_or_else(String::new, |case| self.case(case.name.as_str()))
            }
        }
    }

    /// Yes, no and silence are called alike in every file; a dialect writes them in its words.
    fn case(&self, case: &str) -> String {
        match case {
            "oui" => self.word(Rule::k_affirm),
            "non" => self.word(Rule::k_deny),
            SILENCE => self.word(Rule::k_silence),
            ELSE => OTHER,
            other => other,
        }
        .to_owned()
    }
}

/// How an example names what a decision does where no case fits.
const OTHER: &str = crate::lower::OTHER;

/// Where an example of a version goes: after the last line that belongs to it, given where its opening line stands, and where
/// those of the other versions do.
#[must_use]
pub fn place(text: &str, version: u32, others: impl Iterator<Item = u32>) -> usize {
    let next = others.filter(|other| *other > version).min().map_or(text.len(), |next| next as usize);
    let before = text.get(..next).unwrap_or(text);
    let start = if next == text.len() { next } else { before.rfind(['\n', '\r']).map_or(0, |at| at + 1) };
    // Blank lines and remarks above the next version are its own.
    let mut end = 0;
    for (at, line) in crate::source::lines(&text[..start]) {
        let is_own = !line.trim().is_empty() && (next == text.len() || !line.trim_start().starts_with('#'));
        if is_own {
            end = at + line.len();
        }
    }
    end
}

/// A text with blocks put in at a [`place`], a blank line before each.
#[must_use]
pub fn insert(text: &str, place: usize, blocks: &[String]) -> String {
    let (before, after) = text.split_at(place);
    let mut out = before.to_owned();
    for block in blocks {
        out.push_str("\n\n");
        out.push_str(block.trim_end());
    }
    out.push_str(if after.is_empty() { "\n" } else { after });
    out
}
