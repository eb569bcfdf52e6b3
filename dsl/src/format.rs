//! The one canonical layout, in any dialect.
//!
//! INVARIANT: formatting its own output changes nothing; only blanks, line ends and the form of words change. A line that
//! cannot be read is kept as it is.

use mastara_engine::text::Lang;
use pest::{Parser, iterators::Pair};

use crate::{
    grammar::Grammar,
    header::{self, Frame},
    keyword::{self, Rule},
    parse::{Line, MAX_LINE},
    source::lines,
};

/// Formats a procedure or fragment, in the dialect it declares, or translated to another.
#[must_use]
pub fn format(text: &str, to: Option<Lang>) -> String {
    let Ok(frame) = header::frame(text) else { return text.to_owned() };
    let own = dialect(text, frame);
    let dialect = to.unwrap_or(own);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut body = 0;
    if let Some(frame) = frame {
        write_header(&text[frame.yaml.start as usize..frame.yaml.end as usize], dialect, &mut out);
        body = frame.body;
    }
    let mut layout = Layout {
        out,
        dialect,
        depth: 0,
        under: 0,
        remarks: Vec::new(),
        after_blank: false,
        is_first: true,
        last_block: None,
        last: None,
    };
    for (_, line) in lines(&text[body..]) {
        layout.line(&Line::new(0, line));
    }
    layout.remarks(layout.depth, false);
    layout.out
}

/// The dialect that a file declares.
fn dialect(text: &str, frame: Option<Frame>) -> Lang {
    let Some(frame) = frame else { return Lang::Fr };
    let mut findings = crate::finding::Findings::new(crate::source::SourceId(0));
    header::read(text, frame, &mut findings).dialect
}

/// The header as it is, with the dialect named only where it is not the language of the titles.
fn write_header(yaml: &str, dialect: Lang, out: &mut String) {
    out.push_str("---\n");
    for (_, line) in lines(yaml) {
        let line = line.trim_end();
        if line.starts_with("dialecte:") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        if let Some(lang) = line.strip_prefix("langue:")
            && Lang::from_code(lang.trim()).unwrap_or_default() != dialect
        {
            out.push_str("dialecte: ");
            out.push_str(dialect.code());
            out.push('\n');
        }
    }
    out.push_str("---\n");
}

struct Layout {
    out: String,
    dialect: Lang,
    /// How far the facts of the current block are indented.
    depth: usize,
    /// How much further a translation is, of the label of a branch.
    under: usize,
    /// Remarks that wait for the line they stand above, and whether a blank line is before each.
    remarks: Vec<(String, bool)>,
    after_blank: bool,
    is_first: bool,
    last_block: Option<Rule>,
    last: Option<Rule>,
}

impl Layout {
    fn line(&mut self, line: &Line<'_>) {
        if line.text.is_empty() {
            self.after_blank = true;
            return;
        }
        if line.text.starts_with('#') {
            self.remarks.push((line.text.to_owned(), self.after_blank));
            self.after_blank = false;
            return;
        }
        let rule = keyword::line_rule(line.text).filter(|_| line.text.len() <= MAX_LINE);
        let pair = rule.and_then(|rule| Grammar::parse(rule, line.text).ok()).and_then(|mut pairs| pairs.next());
        match (rule, pair) {
            (Some(rule), Some(pair)) => {
                let text = self.tokens(pair);
                self.place(rule, &text);
            }
            _ => self.put(self.depth, false, line.text),
        }
        self.after_blank = false;
    }

    /// Writes the remarks that wait; above a block, the blank line goes before them.
    fn remarks(&mut self, depth: usize, is_block: bool) {
        for (at, (text, after_blank)) in std::mem::take(&mut self.remarks).into_iter().enumerate() {
            let apart = after_blank && (at > 0 || !is_block);
            if (apart || (is_block && at == 0)) && !self.is_first {
                self.out.push('\n');
            }
            self.out.extend(std::iter::repeat_n(' ', depth));
            self.out.push_str(&text);
            self.out.push('\n');
            self.is_first = false;
        }
    }

    fn place(&mut self, rule: Rule, text: &str) {
        let (depth, inner) = match rule {
            Rule::procedure | Rule::version | Rule::question | Rule::fragment | Rule::example => (0, 2),
            Rule::step | Rule::choice | Rule::decision | Rule::wait | Rule::outcome => (2, 4),
            Rule::expect | Rule::drops => (2, self.depth),
            Rule::reuse if self.depth > 0 && self.stands_apart() => (2, 2),
            Rule::text => (self.depth + self.under, self.depth),
            _ => (self.depth, self.depth),
        };
        let is_block = (depth, inner) == (0, 2) || (depth, inner) == (2, 4);
        let is_block = is_block && !matches!(rule, Rule::text | Rule::expect | Rule::drops | Rule::reuse);
        let is_nodes = rule == Rule::reuse && (depth, inner) == (2, 2);
        // Questions that follow one another stay together.
        let is_apart = is_block && !(rule == Rule::question && self.last_block == Some(Rule::question));
        self.put(depth, is_apart || is_nodes, text);
        if is_block {
            self.last_block = Some(rule);
        }
        self.depth = inner;
        self.last = Some(rule);
        if rule != Rule::text {
            self.under = if matches!(rule, Rule::case | Rule::branch | Rule::otherwise | Rule::drops) { 2 } else { 0 };
        }
    }

    /// Whether the use of a fragment stands between nodes rather than in one: after a blank line, or after a way out, behind
    /// which a node has nothing more to say.
    fn stands_apart(&self) -> bool {
        let after_blank = self.remarks.first().map_or(self.after_blank, |(_, after_blank)| *after_blank);
        after_blank || self.last == Some(Rule::goto)
    }

    fn put(&mut self, depth: usize, is_block: bool, text: &str) {
        let has_remarks = !self.remarks.is_empty();
        self.remarks(depth, is_block);
        if is_block && !has_remarks && !self.is_first {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', depth));
        self.out.push_str(text);
        self.out.push('\n');
        self.is_first = false;
    }

    /// The tokens of a line, each in its canonical form, with the blanks between them.
    fn tokens(&self, pair: Pair<'_, Rule>) -> String {
        let mut text = String::new();
        let mut last = None;
        for token in pair.into_inner().flatten() {
            let rule = token.as_rule();
            let Some(form) = self.form(&token) else { continue };
            if !last.is_none_or(|last| is_tight(last, rule)) {
                text.push(' ');
            }
            text.push_str(&form);
            last = Some(rule);
        }
        text
    }

    /// The canonical form of a token; `None` for one that only holds others.
    fn form(&self, token: &Pair<'_, Rule>) -> Option<String> {
        if let Some(word) = keyword::word(token.as_rule()) {
            return Some(word.form(self.dialect).to_owned());
        }
        let text = token.as_str();
        Some(match token.as_rule() {
            Rule::separator if self.dialect == Lang::Ar => "،".to_owned(),
            Rule::separator => ",".to_owned(),
            Rule::arrow => "->".to_owned(),
            Rule::copies => text.replace('×', "x"),
            Rule::compare => text.replace('≤', "<=").replace('≥', ">=").replace('≠', "!="),
            Rule::prose | Rule::argument => text.trim().to_owned(),
            Rule::name
            | Rule::path
            | Rule::article
            | Rule::date
            | Rule::moment
            | Rule::number
            | Rule::equals
            | Rule::colon
            | Rule::open
            | Rule::group_open
            | Rule::close
            | Rule::brace
            | Rule::unbrace
            | Rule::lang
            | Rule::note => text.to_owned(),
            _ => return None,
        })
    }
}

/// Whether two tokens stand without a blank between them.
fn is_tight(left: Rule, right: Rule) -> bool {
    matches!(right, Rule::separator | Rule::colon | Rule::close | Rule::unbrace | Rule::open)
        || matches!(left, Rule::open | Rule::group_open | Rule::brace)
}
