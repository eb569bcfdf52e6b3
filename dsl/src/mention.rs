//! The names that a file writes, with what each of them names: what an editor needs to find, follow and rename them.
//!
//! INVARIANT: read line by line, apart from compilation, so that a broken line hides no name of another.

use pest::{Parser, iterators::Pair};

use crate::{
    compile::{Role, role},
    grammar::Grammar,
    header,
    keyword::{self, Rule},
    parse::{Line, MAX_LINE},
    source::{Source, Span, lines},
    yaml::{self, Value, Yaml},
};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// A document of the vocabulary; after `échange`, or a question.
    Document,
    /// An authority.
    Authority,
    /// A place, or the authority met there.
    Place,
    /// A register.
    Register,
    /// A portal.
    Portal,
    /// A named fee.
    Fee,
    /// A legal text.
    Text,
    /// A life event.
    LifeEvent,
    /// A sector.
    Sector,
    /// A procedure, `sector/identifier`.
    Procedure,
    /// A fragment.
    Fragment,
    /// A parameter of a fragment.
    Parameter,
    /// What a parameter is filled with.
    Argument,
    /// A version of the file.
    Version,
    /// A node of a version.
    Node,
    /// A question of the file, or a choice or decision that is answered like one.
    Question,
    /// A case of a question, choice or decision.
    Case,
}

/// How a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// Here it gets its meaning.
    Definition,
    /// It is spoken of.
    Mention,
    /// It is spoken of as of the version before.
    Past,
}

/// A name in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it names.
    pub noun: Noun,
    /// The name; with a hole, if a fragment leaves one there.
    pub name: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// How it is used.
    pub usage: Use,
    /// What it belongs to: a case to its question, a parameter or argument to its fragment.
    pub of: Option<Box<str>>,
    /// The parameter that an argument fills.
    pub parameter: Option<Box<str>>,
    /// How many versions have been opened above it.
    pub version: u32,
}

/// The names of a source, in the order of the text.
#[must_use]
pub fn mentions(source: &Source) -> Vec<Mention> {
    let mut mentions = match role(source.path()) {
        Role::Vocabulary => of_vocabulary(source),
        Role::Other => Vec::new(),
        role => of_flow(source, role == Role::Fragment),
    };
    mentions.sort_by_key(|mention| (mention.span, mention.noun));
    mentions
}

/// What a name would name that stood at the end of a line begun so, under an opening line with this name.
#[must_use]
pub fn noun_after(start: &str, block: Option<&str>) -> Option<Mention> {
    let purpose = keyword::word(Rule::k_purpose).map_or("", |word| word.forms[0][0]);
    let rests = ["", ": x", " -> x", " = 0", ")", ": x)", &format!("/x {purpose} x")];
    rests.iter().find_map(|rest| {
        let line = format!("{start}{PROBE}{rest}");
        let mut reader = Reader { block: block.map(Into::into), ..Reader::default() };
        reader.line(&Line::new(0, &line));
        reader.found.into_iter().find(|mention| mention.span.start as usize == start.len() && is_probe(mention))
    })
}

/// A name that no file has.
const PROBE: &str = "zz-zz";

fn is_probe(mention: &Mention) -> bool {
    &*mention.name == PROBE || mention.name.starts_with(PROBE)
}

/// The names of a procedure or fragment.
fn of_flow(source: &Source, is_fragment: bool) -> Vec<Mention> {
    let text = source.text();
    let frame = header::frame(text).ok().flatten();
    let mut reader = Reader::default();
    let mut body = 0;
    if let Some(frame) = frame {
        body = frame.body;
        let yaml = text.get(frame.yaml.start as usize..frame.yaml.end as usize).unwrap_or("");
        if let Ok(Yaml { value: Value::Map(entries), .. }) = yaml::parse(yaml) {
            let shift = frame.yaml.start;
            for (key, _, value) in &entries {
                reader.header(key, value, text, shift, is_fragment);
            }
        }
    }
    for (at, line) in lines(&text[body.min(text.len())..]) {
        reader.line(&Line::new(body + at, line));
    }
    reader.found
}

/// The names of a vocabulary file.
fn of_vocabulary(source: &Source) -> Vec<Mention> {
    let stem = source.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut reader = Reader::default();
    let Ok(Yaml { value: Value::Map(entries), .. }) = yaml::parse(source.text()) else { return Vec::new() };
    for (key, span, value) in &entries {
        if let Some(noun) = noun_of(&stem) {
            reader.add(noun, key, *span, Use::Definition);
        }
        let Value::Map(fields) = &value.value else { continue };
        for (field, _, value) in fields {
            let noun = match field.as_str() {
                "issuer" | "authority" | "party" | "parent" => Noun::Authority,
                "supplies" => Noun::Document,
                "text" => Noun::Text,
                "procedure" => Noun::Procedure,
                _ => continue,
            };
            reader.yaml_names(noun, value, source.text(), 0);
        }
    }
    reader.found
}

/// What the keys of a vocabulary file name.
fn noun_of(stem: &str) -> Option<Noun> {
    Some(match stem {
        "documents" => Noun::Document,
        "authorities" => Noun::Authority,
        "places" => Noun::Place,
        "registers" => Noun::Register,
        "portals" => Noun::Portal,
        "fees" => Noun::Fee,
        "texts" => Noun::Text,
        "life-events" => Noun::LifeEvent,
        "sectors" => Noun::Sector,
        _ => return None,
    })
}

/// Collects names, and remembers what the lines above have opened.
#[derive(Default)]
struct Reader {
    found: Vec<Mention>,
    version: u32,
    /// The name of the block, which the cases under it belong to.
    block: Option<Box<str>>,
    /// The identifier of the header.
    id: Option<Box<str>>,
    offset: usize,
}

impl Reader {
    fn add(&mut self, noun: Noun, name: &str, span: Span, usage: Use) -> Option<&mut Mention> {
        let mention =
            Mention { noun, name: name.into(), span, usage, of: None, parameter: None, version: self.version };
        self.found.push(mention);
        self.found.last_mut()
    }

    fn token(&mut self, noun: Noun, token: &Pair<'_, Rule>, usage: Use) -> Option<&mut Mention> {
        let span = Span::new(self.offset + token.as_span().start(), self.offset + token.as_span().end());
        self.add(noun, token.as_str(), span, usage)
    }

    fn header(&mut self, key: &str, value: &Yaml, text: &str, shift: u32, is_fragment: bool) {
        let noun = match key {
            "id" if is_fragment => Noun::Fragment,
            "id" => Noun::Procedure,
            "responsable" => Noun::Authority,
            "evenement" => Noun::LifeEvent,
            "portail" => Noun::Portal,
            "textes" => Noun::Text,
            _ => return,
        };
        let first = self.found.len();
        self.yaml_names(noun, value, text, shift);
        if key == "id" {
            self.found[first..].iter_mut().for_each(|mention| mention.usage = Use::Definition);
            self.id = self.found[first..].first().map(|mention| mention.name.clone());
        }
    }

    /// A word of YAML, or a list of words.
    fn yaml_names(&mut self, noun: Noun, value: &Yaml, text: &str, shift: u32) {
        match &value.value {
            Value::Scalar(word) => {
                // Of `text art N` the text is the name.
                let name = word.split(" art ").next().unwrap_or("").trim();
                let start = value.span.shifted(shift).start as usize;
                let written = text.get(start..).unwrap_or("");
                let Some(at) = written.find(name).filter(|at| *at <= 1 && !name.is_empty()) else { return };
                self.add(noun, name, Span::new(start + at, start + at + name.len()), Use::Mention);
            }
            Value::List(items) => items.iter().for_each(|item| self.yaml_names(noun, item, text, shift)),
            _ => {}
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        if line.is_empty() || line.text.len() > MAX_LINE {
            return;
        }
        self.offset = line.span.start as usize;
        self.holes(line);
        let Some(rule) = keyword::line_rule(line.text) else { return };
        let pair = Grammar::parse(rule, line.text).ok().and_then(|mut pairs| pairs.next());
        if rule == Rule::version {
            self.version += 1;
        }
        if crate::parse::opens_block(rule) {
            self.block = None;
        }
        if let Some(pair) = pair {
            self.facts(rule, pair);
        }
    }

    /// The parameters that stand in the titles and words of a fragment's line.
    fn holes(&mut self, line: &Line<'_>) {
        let Some(id) = self.id.clone() else { return };
        for (at, _) in line.text.match_indices('{') {
            let rest = &line.text[at + 1..];
            let name = rest.split('}').next().filter(|name| name.len() < rest.len()).unwrap_or("");
            if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-') {
                let start = self.offset + at + 1;
                let mention = self.add(Noun::Parameter, name, Span::new(start, start + name.len()), Use::Mention);
                if let Some(mention) = mention {
                    mention.of = Some(id.clone());
                }
            }
        }
    }

    /// The names of a line that was read.
    fn facts(&mut self, rule: Rule, pair: Pair<'_, Rule>) {
        match rule {
            Rule::version => self.opening(Noun::Version, pair),
            Rule::question => self.opening(Noun::Question, pair),
            Rule::step | Rule::choice | Rule::decision | Rule::wait | Rule::outcome => self.opening(Noun::Node, pair),
            Rule::fragment => {
                let id = self.id.clone();
                let first = self.found.len();
                self.walk(pair, Noun::Parameter, Use::Definition);
                self.found[first..].iter_mut().for_each(|mention| mention.of.clone_from(&id));
            }
            Rule::reuse => self.reuse(pair),
            Rule::exchange => {
                let mut tokens = pair.into_inner();
                if let Some(register) = tokens.find(|token| token.as_rule() == Rule::name) {
                    self.token(Noun::Register, &register, Use::Mention);
                }
                tokens.for_each(|token| self.visit(token, Noun::Document, Use::Mention));
            }
            Rule::replaces | Rule::drops => self.walk(pair, Noun::Node, Use::Past),
            Rule::known => self.walk(pair, Noun::Register, Use::Mention),
            Rule::asks => self.walk(pair, Noun::Question, Use::Mention),
            Rule::appeal => self.walk(pair, Noun::Authority, Use::Mention),
            Rule::fork | Rule::passes | Rule::ends => self.walk(pair, Noun::Node, Use::Mention),
            Rule::basis => self.walk(pair, Noun::Text, Use::Mention),
            _ => self.walk(pair, Noun::Document, Use::Mention),
        }
    }

    /// A line that opens a block and gives it its name.
    fn opening(&mut self, noun: Noun, pair: Pair<'_, Rule>) {
        let mut tokens = pair.into_inner();
        let Some(name) = tokens.find(|token| token.as_rule() == Rule::name) else { return };
        self.block = Some(name.as_str().into());
        self.token(noun, &name, Use::Definition);
        tokens.for_each(|token| self.visit(token, noun, Use::Mention));
    }

    /// The use of a fragment.
    fn reuse(&mut self, pair: Pair<'_, Rule>) {
        let mut fragment: Option<Box<str>> = None;
        for token in pair.into_inner() {
            match token.as_rule() {
                Rule::name => {
                    fragment = Some(token.as_str().into());
                    self.token(Noun::Fragment, &token, Use::Mention);
                }
                Rule::bind => {
                    let mut inner = token.into_inner();
                    let Some(parameter) = inner.next() else { continue };
                    if let Some(mention) = self.token(Noun::Parameter, &parameter, Use::Mention) {
                        mention.of.clone_from(&fragment);
                    }
                    let Some(value) = inner.find(|token| token.as_rule() == Rule::argument) else { continue };
                    let name = value.as_str().trim_end();
                    let start = self.offset + value.as_span().start();
                    let span = Span::new(start, start + name.len());
                    if let Some(mention) = self.add(Noun::Argument, name, span, Use::Mention) {
                        mention.of.clone_from(&fragment);
                        mention.parameter = Some(parameter.as_str().into());
                    }
                }
                _ => {}
            }
        }
    }

    fn walk(&mut self, pair: Pair<'_, Rule>, noun: Noun, usage: Use) {
        pair.into_inner().for_each(|token| self.visit(token, noun, usage));
    }

    /// A token and what is under it; a name that nothing there says more of is a `noun`.
    fn visit(&mut self, token: Pair<'_, Rule>, noun: Noun, usage: Use) {
        match token.as_rule() {
            Rule::name => {
                self.token(noun, &token, usage);
            }
            Rule::path => {
                self.token(Noun::Procedure, &token, usage);
            }
            Rule::channel => {
                let is_portal = token.clone().into_inner().any(|part| part.as_rule() == Rule::k_via);
                self.walk(token, if is_portal { Noun::Portal } else { Noun::Place }, usage);
            }
            Rule::by => self.walk(token, Noun::Authority, usage),
            Rule::citation => self.walk(token, Noun::Text, usage),
            Rule::amount => self.walk(token, Noun::Fee, usage),
            Rule::part | Rule::per_unit | Rule::when => self.walk(token, Noun::Question, usage),
            Rule::any | Rule::all | Rule::not | Rule::group => self.walk(token, Noun::Question, usage),
            Rule::jump => self.walk(token, Noun::Node, usage),
            Rule::items | Rule::item | Rule::paper => self.walk(token, Noun::Document, usage),
            Rule::test | Rule::answer => self.comparison(token),
            Rule::kind => self.cases(token, self.block.clone(), Use::Definition),
            Rule::label => self.cases(token, self.block.clone(), Use::Definition),
            Rule::names => self.walk(token, noun, usage),
            _ => {}
        }
    }

    /// A question and the cases that it is compared with.
    fn comparison(&mut self, token: Pair<'_, Rule>) {
        let mut tokens = token.into_inner();
        let Some(question) = tokens.next() else { return };
        let name: Box<str> = question.as_str().into();
        self.token(Noun::Question, &question, Use::Mention);
        tokens.for_each(|token| self.cases(token, Some(name.clone()), Use::Mention));
    }

    /// The names under a token, as cases.
    fn cases(&mut self, token: Pair<'_, Rule>, of: Option<Box<str>>, usage: Use) {
        let first = self.found.len();
        match token.as_rule() {
            Rule::name => {
                self.token(Noun::Case, &token, usage);
            }
            _ => token.into_inner().for_each(|token| self.cases(token, of.clone(), usage)),
        }
        self.found[first..].iter_mut().for_each(|mention| mention.of.clone_from(&of));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        let source = Source::new(path, text.as_bytes());
        let tell = |mention: Mention| {
            assert_eq!(source.slice(mention.span), &*mention.name);
            let of = mention.of.map_or_else(String::new, |of| format!(" of {of}"));
            format!("{:?} {} {:?}{of}", mention.noun, mention.name, mention.usage)
        };
        mentions(&source).into_iter().map(tell).collect()
    }

    #[test]
    fn names_are_told_by_where_they_stand() {
        let text = "étape a à commune: T\n  fournit cnie copie ou passeport si filiere = lettres selon loi-04-20 art 3\n  \
                    paie timbre-2 x2 par timbre si mineur\n  -> b\n";
        let expected = [
            "Node a Definition",
            "Place commune Mention",
            "Document cnie Mention",
            "Document passeport Mention",
            "Question filiere Mention",
            "Case lettres Mention of filiere",
            "Text loi-04-20 Mention",
            "Fee timbre-2 Mention",
            "Question mineur Mention",
            "Node b Mention",
        ];
        assert_eq!(told("procedures/x/y.mastara", text), expected);
    }

    #[test]
    fn a_fragment_tells_its_parameters() {
        let text =
            "---\nid: f\nlangue: fr\n---\nfragment(piece): Faire légaliser {piece}\n  reçoit {piece} légalisée\n";
        let expected = [
            "Fragment f Definition",
            "Parameter piece Definition of f",
            "Parameter piece Mention of f",
            "Document {piece} Mention",
            "Parameter piece Mention of f",
        ];
        assert_eq!(told("fragments/f.mastara", text), expected);
    }

    #[test]
    fn a_vocabulary_tells_its_keys_and_references() {
        let text = "cnie: { fr: \"Carte\", ar: \"بطاقة\", issuer: DGSN, procedure: \"identite/cnie\" }\n";
        let expected = ["Document cnie Definition", "Authority DGSN Mention", "Procedure identite/cnie Mention"];
        assert_eq!(told("vocabulary/documents.yaml", text), expected);
    }

    #[test]
    fn a_line_being_written_tells_what_it_waits_for() {
        let noun = |start: &str| noun_after(start, Some("b")).map(|mention| mention.noun);
        let table = [
            ("étape depot à ", Noun::Place),
            ("étape depot en ligne sur ", Noun::Portal),
            ("décision b par ", Noun::Authority),
            ("fournit cnie copie, ", Noun::Document),
            ("fournit cnie si ", Noun::Question),
            ("si filiere = ", Noun::Case),
            ("cas oui -> ", Noun::Node),
            ("échange ", Noun::Register),
            ("échange etat-civil: ", Noun::Document),
            ("appelle ", Noun::Procedure),
            ("appelle a/b pour ", Noun::Document),
            ("utilise ", Noun::Fragment),
            ("utilise f(", Noun::Parameter),
            ("utilise f(p: ", Noun::Argument),
            ("délai 60 j selon ", Noun::Text),
            ("avec ", Noun::Question),
            ("يقدم ", Noun::Document),
        ];
        for (start, expected) in table {
            assert_eq!(noun(start), Some(expected), "{start}");
        }
    }
}
