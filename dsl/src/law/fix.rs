//! The mendings of rules that have one right mending: the line as it should be.
//!
//! INVARIANT: a mended line says what the old one said but for what the rule forbids.

use pest::{Parser, iterators::Pair};

use crate::{
    compile::Compiled,
    finding::{Code, Finding},
    grammar::Grammar,
    keyword::{self, Rule},
    source::{Span, lines},
};
use mastara_engine::text::Lang;

/// A part of a source and what should stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// How a finding is mended, if there is one right way: one copy instead of several, a plain copy instead of a certified or
/// legalised one, an exchange with consent and fallback instead of a paper that a register of the vocabulary supplies (nothing
/// instead if the step already has that exchange).
#[must_use]
pub fn fix(compiled: &Compiled, finding: &Finding) -> Option<Edit> {
    let text = compiled.source(finding.source).text();
    let start = usize::try_from(finding.span.start).ok()?;
    let (at, line) = lines(text).take_while(|(at, _)| *at <= start).last()?;
    let indent = line.len() - line.trim_start().len();
    let body = line.trim();
    let pair = Grammar::parse(Rule::needs, body).ok()?.next()?;
    let needs = Needs::read(pair, body)?;
    let document = finding.args.first()?;
    // Which item is meant: the one that the finding points at.
    let place = needs.items.iter().position(|item| at + indent + item.start == start)?;
    let mended = match finding.code {
        Code::CopiesOverOne => needs.with(place, document, |forms| forms.retain(|(rule, _)| *rule != Rule::copies)),
        Code::CertifiedCopy => needs.with(place, document, |forms| {
            // `copie légalisée` is one too.
            needs.plain(forms, Rule::k_certified);
            needs.plain(forms, Rule::k_legalised);
        }),
        Code::LegalisedSignature => needs.with(place, document, |forms| needs.plain(forms, Rule::k_legalised)),
        Code::OwnDocument | Code::HeldDocument => match fetched(compiled, finding, document) {
            None => needs.exchanged(place, document, compiled)?,
            // Who fetches it in other cases only goes on asking for it in the rest.
            Some(false) => return None,
            Some(true) => needs.without(place),
        },
        _ => return None,
    };
    if mended.is_empty() {
        // The whole line goes, with its end.
        let end = at + line.len();
        let rest = &text[end..];
        let length = if rest.starts_with("\r\n") { 2 } else { rest.len().min(1) };
        return Some(Edit { span: Span::new(at, end + length), text: String::new() });
    }
    let text = mended.join(&format!("\n{}", &line[..indent]));
    Some(Edit { span: Span::new(at + indent, at + indent + body.len()), text })
}

/// Whether the step of a finding already fetches the paper whenever it asks for it; none if it never does.
fn fetched(compiled: &Compiled, finding: &Finding, document: &str) -> Option<bool> {
    let entry = compiled.entries.iter().find(|entry| entry.source == finding.source)?;
    let version = finding.version.as_ref()?;
    let versions = entry.lowered.procedure.versions.iter().zip(&entry.lowered.origins);
    let (version, origins) = versions.into_iter().find(|(own, _)| own.name == *version)?;
    let (node, place) = origins
        .facts
        .iter()
        .enumerate()
        .find_map(|(node, facts)| Some((node, facts.demands.iter().position(|span| *span == finding.span)?)))?;
    let step = version.flow.nodes().nth(node)?.1.step()?;
    let when = &step.demands.get(place)?.when;
    let exchanges =
        step.exchanges.iter().filter(|exchange| exchange.documents.iter().any(|name| name.as_str() == document));
    exchanges.map(|exchange| exchange.when.is_none() || exchange.when == *when).max()
}

/// A form of a paper: its rule and how it is written.
type Form = (Rule, String);

/// An item of the line: papers of which one will do.
#[derive(Clone)]
struct Item {
    start: usize,
    papers: Vec<(String, Vec<Form>)>,
}

/// A `fournit` line in parts.
struct Needs {
    lead: String,
    lang: Lang,
    items: Vec<Item>,
    /// The condition, with the word before it.
    when: String,
    /// What follows the papers.
    rest: String,
}

impl Needs {
    fn read(pair: Pair<'_, Rule>, body: &str) -> Option<Self> {
        let mut needs =
            Self { lead: String::new(), lang: Lang::Fr, items: Vec::new(), when: String::new(), rest: String::new() };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_needs => {
                    needs.lead = part.as_str().to_owned();
                    let word = keyword::word(Rule::k_needs)?;
                    needs.lang = Lang::ALL.into_iter().find(|lang| word.is_form(*lang, part.as_str()))?;
                }
                Rule::items => {
                    needs.rest = body[part.as_span().end()..].to_owned();
                    needs.items = part.into_inner().filter(|item| item.as_rule() == Rule::item).map(item).collect();
                }
                Rule::when => part.as_str().trim().clone_into(&mut needs.when),
                _ => {}
            }
        }
        (!needs.items.is_empty()).then_some(needs)
    }

    fn form(&self, rule: Rule) -> &'static str {
        keyword::word(rule).map_or("", |word| word.form(self.lang))
    }

    /// The line with the forms of one paper changed.
    fn with(&self, place: usize, document: &str, change: impl Fn(&mut Vec<Form>)) -> Vec<String> {
        let mut items = self.items.clone();
        let papers = items.get_mut(place).into_iter().flat_map(|item| &mut item.papers);
        papers.filter(|(name, _)| name == document).for_each(|(_, forms)| change(forms));
        vec![self.line(&items)]
    }

    fn line(&self, items: &[Item]) -> String {
        let comma = if self.lang == Lang::Ar { "، " } else { ", " };
        let items: Vec<_> = items.iter().map(|item| item.text(self.form(Rule::k_or))).collect();
        format!("{} {}{}", self.lead, items.join(comma), self.rest)
    }

    /// A plain copy in the place of a certified or legalised one.
    fn plain(&self, forms: &mut Vec<Form>, forbidden: Rule) {
        let has_copy = forms.iter().any(|(rule, _)| *rule == Rule::k_copy);
        for form in forms.iter_mut().filter(|(rule, _)| *rule == forbidden) {
            *form = (Rule::k_copy, if has_copy { String::new() } else { self.form(Rule::k_copy).to_owned() });
        }
        forms.retain(|(_, text)| !text.is_empty());
    }

    /// The other papers; nothing if there are none.
    fn without(&self, place: usize) -> Vec<String> {
        let mut others = self.items.clone();
        others.remove(place);
        if others.is_empty() { Vec::new() } else { vec![self.line(&others)] }
    }

    /// The other papers, then the exchange of this one with a register, and what is brought if that fails.
    fn exchanged(&self, place: usize, document: &str, compiled: &Compiled) -> Option<Vec<String>> {
        if self.items.get(place)?.papers.len() != 1 {
            return None;
        }
        let mut registers = compiled.vocabulary.registers.iter();
        let (register, _) = registers.find(|(_, register)| {
            register.planned.is_none() && register.supplies.iter().any(|name| name.as_str() == document)
        })?;
        let mut mended = self.without(place);
        let when = if self.when.is_empty() { String::new() } else { format!(" {}", self.when) };
        let (exchange, consented) = (self.form(Rule::k_exchange), self.form(Rule::k_consented));
        mended.push(format!("{exchange} {register}: {document} {consented}{when}"));
        mended.push(format!("{} {document}", self.form(Rule::k_fallback)));
        Some(mended)
    }
}

impl Item {
    fn text(&self, or: &str) -> String {
        let paper = |(name, forms): &(String, Vec<Form>)| {
            std::iter::once(name.as_str())
                .chain(forms.iter().map(|(_, text)| text.as_str()))
                .collect::<Vec<_>>()
                .join(" ")
        };
        self.papers.iter().map(paper).collect::<Vec<_>>().join(&format!(" {or} "))
    }
}

fn item(pair: Pair<'_, Rule>) -> Item {
    let start = pair.as_span().start();
    let mut papers = Vec::new();
    for paper in pair.into_inner().filter(|token| token.as_rule() == Rule::paper) {
        let mut parts = paper.into_inner();
        let name = parts.next().map_or_else(String::new, |name| name.as_str().to_owned());
        let forms = parts.filter_map(|form| {
            let text = form.as_str().to_owned();
            form.into_inner().next().map(|inner| (inner.as_rule(), text))
        });
        papers.push((name, forms.collect()));
    }
    Item { start, papers }
}
