//! Lines to facts. INVARIANT: parsing never fails; a line that cannot be read is a finding and the next one is read.

use mastara_engine::text::Lang;
use pest::{
    Parser,
    error::{ErrorVariant, InputLocation},
    iterators::{Pair, Pairs},
};

use crate::{
    finding::{Code, Findings, nearest},
    grammar::Grammar,
    keyword::{self, Rule},
    message::KIND,
    source::Span,
};

/// The longest line that is read, in bytes.
pub const MAX_LINE: usize = 8 << 10;
/// How many parentheses and negations a condition may have: they nest, and nesting takes stack.
const MAX_NESTING: usize = 64;

/// A line of a body that was read: its rule and the tokens under it.
#[derive(Clone, Debug)]
pub struct Fact<'s> {
    /// The rule of the line.
    pub rule: Rule,
    /// Where the line stands in the file.
    pub span: Span,
    /// The line's tokens.
    pub pair: Pair<'s, Rule>,
    /// Where the text of the tokens begins in the file; `None` when a fragment wrote them.
    pub origin: Option<u32>,
    /// The fragment that wrote it, and its line there.
    pub via: Option<(String, usize)>,
    /// The language of its titles where that is not the file's but the fragment's.
    pub lang: Option<Lang>,
}

impl<'s> Fact<'s> {
    /// The tokens of the line.
    pub fn tokens(&self) -> Pairs<'s, Rule> {
        self.pair.clone().into_inner()
    }

    /// Where a token stands in the file; of a line that a fragment wrote, where the fragment is used.
    #[must_use]
    pub fn span_of(&self, token: &Pair<'_, Rule>) -> Span {
        let span = token.as_span();
        self.origin.map_or(self.span, |origin| Span::new(span.start(), span.end()).shifted(origin))
    }
}

/// A line before it is read: its text, its place, and the fragment and line that wrote it.
#[derive(Clone, Debug)]
pub struct Line<'s> {
    /// The text, without indentation and trailing blanks.
    pub text: &'s str,
    /// Where it stands in the file, or where the fragment that wrote it is used.
    pub span: Span,
    /// The fragment and its line.
    pub via: Option<(String, usize)>,
    /// The language of the fragment's titles.
    pub lang: Option<Lang>,
}

impl<'s> Line<'s> {
    /// A line of the file itself, at this offset.
    #[must_use]
    pub fn new(offset: usize, line: &'s str) -> Self {
        let text = line.trim_start_matches(is_blank);
        let start = offset + (line.len() - text.len());
        let text = text.trim_end_matches(is_blank);
        Self { text, span: Span::new(start, start + text.len()), via: None, lang: None }
    }

    /// Whether there is nothing to read on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() || self.text.starts_with('#')
    }
}

/// What indents and separates.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{202F}')
}

/// The rule of a line that opens a block but cannot be read: what hangs under it belongs to no other block.
pub const TORN: Rule = Rule::note;
/// The same of a line that opens a version: what is missing then is a whole version, and versions after it have lost theirs.
pub const TORN_VERSION: Rule = Rule::hole;

/// Whether a line opens a block.
#[must_use]
pub fn opens_block(rule: Rule) -> bool {
    let is_node = matches!(rule, Rule::step | Rule::choice | Rule::decision | Rule::wait | Rule::outcome);
    is_node || matches!(rule, Rule::procedure | Rule::version | Rule::question | Rule::fragment | Rule::example)
}

/// Stands for an opening line that cannot be read.
fn torn<'s>(line: &Line<'s>, meant: Rule) -> Option<Fact<'s>> {
    let pair = Grammar::parse(TORN, "#").ok()?.next()?;
    let rule = if meant == Rule::version { TORN_VERSION } else { TORN };
    Some(Fact { rule, span: line.span, pair, origin: None, via: line.via.clone(), lang: line.lang })
}

/// Reads one line; `None` if it is empty or wrong (then there is a finding), or [`TORN`] if it would open a block.
pub fn parse<'s>(line: &Line<'s>, dialect: Lang, findings: &mut Findings) -> Option<Fact<'s>> {
    findings.set_via(line.via.as_ref());
    if line.is_empty() || !check_characters(line, findings) {
        return None;
    }
    let Some(rule) = keyword::line_rule(line.text) else {
        let word = keyword::split_word(line.text).0;
        let span = Span { start: line.span.start, end: line.span.start + u32::try_from(word.len()).unwrap_or(0) };
        let span = if line.via.is_some() { line.span } else { span };
        if findings.is_full() || hidden(line, findings) {
            return None;
        }
        let suggestion = nearest(word, keyword::leads(dialect))
            .or_else(|| Lang::ALL.into_iter().find_map(|other| nearest(word, keyword::leads(other))));
        let meant = suggestion.as_deref().and_then(keyword::line_rule);
        findings.add(Code::StrayLine, span, [shorten(word)]).suggestion = suggestion;
        return meant.filter(|rule| opens_block(*rule)).and_then(|rule| torn(line, rule));
    };
    match Grammar::parse(rule, line.text) {
        Ok(mut pairs) => {
            let pair = pairs.next()?;
            let origin = line.via.is_none().then_some(line.span.start);
            let fact = Fact { rule, span: line.span, pair, origin, via: line.via.clone(), lang: line.lang };
            check_dialect(&fact, dialect, findings);
            Some(fact)
        }
        Err(error) => {
            if !hidden(line, findings) {
                report(line, rule, dialect, &error, findings);
            }
            if opens_block(rule) { torn(line, rule) } else { None }
        }
    }
}

/// Length, nesting, control characters and digits of other scripts.
fn check_characters(line: &Line<'_>, findings: &mut Findings) -> bool {
    if line.text.len() > MAX_LINE {
        findings.add(Code::LineTooLong, line.span, [&line.text.len().to_string(), &MAX_LINE.to_string()]);
        return false;
    }
    if let Some((at, c)) = line.text.char_indices().find(|(_, c)| c.is_control() && *c != '\t') {
        let span = within(line, at, at + c.len_utf8());
        findings.add(Code::ControlCharacter, span, [&format!("U+{:04X}", u32::from(c))]);
        return false;
    }
    // A short line cannot nest too deep, and nearly all are short.
    if line.text.len() <= 2 * MAX_NESTING {
        return true;
    }
    let nesting = line.text.matches('(').count()
        + line.text.split_whitespace().filter(|word| matches!(*word, "non" | "not" | "ليس")).count();
    if nesting > MAX_NESTING && !matches!(keyword::line_rule(line.text), Some(Rule::text | Rule::source)) {
        findings.add(Code::TooDeep, line.span, [&MAX_NESTING.to_string()]);
        return false;
    }
    true
}

/// Says where a character stands that cannot be seen, in a line that cannot be read.
fn hidden(line: &Line<'_>, findings: &mut Findings) -> bool {
    let is_hidden = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    let found = line.text.char_indices().find(|(_, c)| is_hidden(*c));
    if let Some((at, c)) = found {
        let span = within(line, at, at + c.len_utf8());
        findings.add(Code::ControlCharacter, span, [&format!("U+{:04X}", u32::from(c))]);
    }
    found.is_some()
}

/// The place of some bytes of a line in its file.
fn within(line: &Line<'_>, start: usize, end: usize) -> Span {
    if line.via.is_some() { line.span } else { Span::new(start, end).shifted(line.span.start) }
}

/// Words of another dialect than the file's.
fn check_dialect(fact: &Fact<'_>, dialect: Lang, findings: &mut Findings) {
    for token in fact.pair.clone().into_inner().flatten() {
        let Some(word) = keyword::word(token.as_rule()) else { continue };
        let text = token.as_str();
        if !word.is_form(dialect, text) {
            let canonical = word.form(dialect);
            findings.add(Code::MixedDialects, fact.span_of(&token), [text, dialect.code()]).suggestion =
                Some(canonical.to_owned());
        }
    }
}

/// Turns pest's complaint into a finding: what was expected, in the words of the dialect.
fn report(line: &Line<'_>, rule: Rule, dialect: Lang, error: &pest::error::Error<Rule>, findings: &mut Findings) {
    let mut at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(line.text.len()),
    };
    let positives: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    };
    // Where the line just stops, or a word runs on, pest gives the whole line as what it expected, at its beginning.
    let is_bare = at == 0;
    let mut length = 0;
    if is_bare {
        (at, length) = after_word(line.text);
    }
    let rest = &line.text[at..];
    if !is_bare {
        length = keyword::split_word(rest).0.len().max(rest.chars().next().map_or(0, char::len_utf8));
    }
    if rest.starts_with(|c| western(c).is_some()) {
        let span = within(line, at, at + length);
        let digits = rest[..length].chars().map(|c| western(c).unwrap_or(c)).collect();
        findings.add(Code::ForeignDigits, span, [&rest[..length]]).suggestion = Some(digits);
        return;
    }
    let expected = if is_bare { format!("{KIND}rest") } else { expectations(positives, dialect) };
    let found = if rest.is_empty() { format!("{KIND}end") } else { format!("`{}`", shorten(&rest[..length])) };
    let example = format!("{KIND}line.{}", keyword::row(rule));
    findings.add(Code::MalformedLine, within(line, at, at + length), [&expected, &found, &example]);
}

/// What stands between the first word of a line and its title: start and length; the colon if nothing does, the end if there
/// is no title.
fn after_word(text: &str) -> (usize, usize) {
    let word = keyword::split_word(text).0.len();
    let Some(colon) = text[word..].find(':').map(|at| word + at) else { return (text.len(), 0) };
    let between = text[word..colon].trim_matches(is_blank);
    if between.is_empty() {
        (colon, 1)
    } else {
        (colon - text[word..colon].trim_start_matches(is_blank).len(), between.len())
    }
}

/// The Western digit of an Arabic-Indic or Persian one.
fn western(c: char) -> Option<char> {
    let base = if ('\u{660}'..='\u{669}').contains(&c) {
        0x660
    } else if ('\u{6F0}'..='\u{6F9}').contains(&c) {
        0x6F0
    } else {
        return None;
    };
    char::from_digit(u32::from(c) - base, 10)
}

/// What was expected, at most eight things: words in the dialect, other tokens by a sign or the name of their kind, which
/// `message` puts into the reader's language.
fn expectations(rules: &[Rule], dialect: Lang) -> String {
    let mut names: Vec<String> = Vec::new();
    for rule in rules {
        let name = match keyword::word(*rule) {
            Some(word) => format!("`{}`", word.form(dialect)),
            None => match rule {
                Rule::colon => "`:`".to_owned(),
                Rule::arrow | Rule::jump => "`->`".to_owned(),
                Rule::equals => "`=`".to_owned(),
                Rule::open | Rule::group_open => "`(`".to_owned(),
                Rule::close => "`)`".to_owned(),
                Rule::brace => "`{`".to_owned(),
                Rule::unbrace => "`}`".to_owned(),
                Rule::separator => "`,`".to_owned(),
                Rule::copies => "`x2`".to_owned(),
                other => format!("{KIND}{}", kind_of(*other)),
            },
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(8);
    names.join(", ")
}

/// The kind of token that a rule begins with, as the message tables name it.
fn kind_of(rule: Rule) -> &'static str {
    match rule {
        Rule::name | Rule::names | Rule::items | Rule::item | Rule::paper | Rule::plain | Rule::path => "name",
        Rule::number | Rule::quantity => "number",
        Rule::unit => "unit",
        Rule::date | Rule::moment => "date",
        Rule::prose | Rule::title => "title",
        Rule::EOI | Rule::note => "end",
        Rule::compare => "compare",
        Rule::value | Rule::answer => "value",
        Rule::measure => "measure",
        Rule::aspect => "aspect",
        Rule::channel => "channel",
        Rule::any | Rule::all | Rule::not | Rule::test | Rule::group => "condition",
        Rule::article => "article",
        Rule::amount | Rule::part | Rule::per_unit => "amount",
        Rule::kind => "type",
        Rule::form => "form",
        Rule::means => "means",
        Rule::identity => "identity",
        Rule::signature => "signature",
        Rule::nature => "nature",
        Rule::limit => "limit",
        Rule::share => "share",
        Rule::argument | Rule::bind => "argument",
        Rule::label => "name",
        Rule::set => "set",
        _ => "other",
    }
}

/// A word of the user, cut if it is very long.
#[must_use]
pub fn shorten(word: &str) -> &str {
    word.char_indices().nth(60).map_or(word, |(end, _)| &word[..end])
}
