//! A draft as a file.
//!
//! INVARIANT: what nobody has read anywhere is marked as an estimate, and the flow as reconstructed.

use mastara_dsl::{compile::Compiled, format::format};
use mastara_engine::{
    Date,
    quantity::Dirhams,
    text::{Lang, Text},
};
use serde::Serialize;

use super::draft::{Channel, Draft, Fee, Paper};
use crate::{
    error::Error,
    locale::Words,
    template::{Page, render},
};

/// The law that caps delays where no other text does.
const CAP: &str = "loi-55-19";
/// The shared end of a refusal, where the catalogue has it.
const REFUSAL: &str = "refus-55-19";

/// What a draft is written with.
pub struct Writer<'c> {
    compiled: &'c Compiled,
    date: Date,
    own: Words,
    other: Words,
}

/// The file as the template wants it.
#[derive(Serialize)]
struct File<'d> {
    id: &'d str,
    lang: &'static str,
    other: &'static str,
    authority: &'d str,
    audience: &'d [String],
    life_event: Option<&'d str>,
    portal: Option<&'d str>,
    legal: &'d [String],
    volume: Option<Volume>,
    rank: Option<Rank<'d>>,
    remarks: Vec<String>,
    procedure: Title,
    version: Node,
    why_flow: String,
    why_date: String,
    date: String,
    sources: Vec<Source>,
    questions: Vec<Node>,
    filing: Step<'d>,
    papers: Vec<PaperLine<'d>>,
    has_unknown_fees: bool,
    fee: Option<Figure<String>>,
    delivered: &'d [String],
    is_delivered_at_once: bool,
    wait: Option<Wait>,
    /// The node after the decision or the silence of the authority.
    after: &'static str,
    refusal: Option<Refusal>,
    collect: Option<Step<'d>>,
}

/// A title in the language of the file, and in the other one.
#[derive(Serialize)]
struct Title {
    own: String,
    other: String,
}

/// Something with a name of its own.
#[derive(Serialize)]
struct Node {
    name: String,
    title: Title,
}

#[derive(Serialize)]
struct Step<'d> {
    #[serde(flatten)]
    channel: &'d Channel,
    title: Title,
}

#[derive(Serialize)]
struct PaperLine<'d> {
    id: &'d str,
    copies: u32,
    question: Option<String>,
    is_estimated: bool,
}

#[derive(Serialize)]
struct Figure<T> {
    value: T,
    is_estimated: bool,
}

#[derive(Serialize)]
struct Volume {
    requests: u64,
    source: Option<String>,
}

#[derive(Serialize)]
struct Rank<'d> {
    list: &'static str,
    rank: &'d str,
}

#[derive(Serialize)]
struct Source {
    date: String,
    text: String,
}

#[derive(Serialize)]
struct Wait {
    title: Title,
    delay: Option<Figure<u32>>,
    /// The text that caps the delay where it is unknown.
    cap: Option<&'static str>,
    silence: Option<&'static str>,
}

#[derive(Serialize)]
struct Refusal {
    decision: Title,
    yes: Title,
    no: Title,
    end: Title,
    fragment: Option<&'static str>,
}

impl<'c> Writer<'c> {
    /// Writes in Arabic, or else in French.
    pub fn new(compiled: &'c Compiled, lang: Lang, date: Date) -> Self {
        let (own, other) = if lang == Lang::Ar { (Lang::Ar, Lang::Fr) } else { (Lang::Fr, Lang::Ar) };
        Self { compiled, date, own: Words::load(own), other: Words::load(other) }
    }

    /// The file.
    pub fn write(&self, draft: &Draft) -> Result<String, Error> {
        let collect = draft.collect.as_ref().filter(|_| !draft.delivered.is_empty());
        let name = if draft.filing.is_online { "online" } else { "counter" };
        let file = File {
            id: &draft.id,
            lang: self.own.lang().code(),
            other: self.other.lang().code(),
            authority: &draft.authority,
            audience: &draft.audience,
            life_event: draft.life_event.as_deref(),
            portal: draft.filing.portal.as_deref(),
            legal: &draft.legal,
            volume: draft.volume.as_ref().map(|(requests, source)| Volume {
                requests: *requests,
                source: source.as_ref().map(|source| quoted(source)),
            }),
            rank: draft.rank.as_ref().map(|(list, rank)| Rank { list, rank }),
            remarks: draft.remarks.iter().map(|(kind, word)| self.remark(kind, word)).collect(),
            procedure: self.translated(&draft.title),
            version: Node { name: self.word(&format!("new.name.{name}")), title: self.title(name) },
            why_flow: self.word("new.why.flow"),
            why_date: self.word("new.why.date"),
            date: self.date.to_string(),
            sources: draft.sources.iter().map(|(date, text)| Source { date: date.clone(), text: line(text) }).collect(),
            questions: draft
                .papers
                .iter()
                .filter(|paper| paper.is_sometimes)
                .map(|paper| self.question(paper))
                .collect(),
            filing: Step { channel: &draft.filing, title: self.title("filing") },
            papers: draft.papers.iter().map(|paper| paper_line(paper, draft.papers_estimated)).collect(),
            has_unknown_fees: draft.fee == Fee::Unknown,
            fee: match draft.fee {
                Fee::None | Fee::Unknown => None,
                Fee::Unmeasured => Some(Figure { value: "montant inconnu".to_owned(), is_estimated: false }),
                Fee::Sum(fee, is_estimated) => Some(Figure { value: format!("{} dh", amount(fee)), is_estimated }),
            },
            delivered: &draft.delivered,
            is_delivered_at_once: collect.is_none() && !draft.delivered.is_empty(),
            wait: (draft.delay != Some(0)).then(|| self.wait(draft)),
            after: if collect.is_some() { "retrait" } else { "fin" },
            refusal: draft.can_be_refused.then(|| self.refusal()),
            collect: collect.map(|channel| Step {
                channel,
                title: self.title(if channel.is_online { "download" } else { "collect" }),
            }),
        };
        Ok(format(&render(Page::Draft, file)?, Some(self.own.lang())))
    }

    fn wait(&self, draft: &Draft) -> Wait {
        let delay = draft.delay.map(|value| Figure { value, is_estimated: draft.delay_estimated });
        let cap = Some(CAP).filter(|cap| delay.is_none() && self.compiled.vocabulary.texts.contains_key(*cap));
        Wait { title: self.title("wait"), delay, cap, silence: draft.silence }
    }

    fn refusal(&self) -> Refusal {
        let fragment = Some(REFUSAL).filter(|fragment| self.compiled.fragments.contains_key(*fragment));
        let [decision, yes, no, end] = ["decision", "yes", "no", "refusal"].map(|key| self.title(key));
        Refusal { decision, yes, no, end, fragment }
    }

    /// Whether a paper that is asked for in some cases only is asked for.
    fn question(&self, paper: &Paper) -> Node {
        let document = self.compiled.vocabulary.documents.get(paper.id.as_str());
        let ask = |words: &Words| {
            let title = document.map_or(paper.id.as_str(), |document| document.title.in_lang(words.lang()));
            plain(&words.fill("new.title.question", &[title]))
        };
        Node { name: question_name(paper), title: Title { own: ask(&self.own), other: ask(&self.other) } }
    }

    fn title(&self, key: &str) -> Title {
        let key = format!("new.title.{key}");
        Title { own: self.word(&key), other: plain(self.other.get(&key)) }
    }

    fn word(&self, key: &str) -> String {
        plain(self.own.get(key))
    }

    fn remark(&self, kind: &str, word: &str) -> String {
        plain(&self.own.fill(&format!("new.remark.{kind}"), &[&line(word)]))
    }

    /// A text in the language of the file if it has that, and in the other one.
    fn translated(&self, text: &Text) -> Title {
        let other = text.get(self.other.lang()).filter(|_| text.get(self.own.lang()).is_some());
        Title { own: line(text.in_lang(self.own.lang())), other: line(other.unwrap_or_default()) }
    }
}

fn paper_line(paper: &Paper, is_estimated: bool) -> PaperLine<'_> {
    let question = paper.is_sometimes.then(|| question_name(paper));
    PaperLine { id: &paper.id, copies: paper.copies, question, is_estimated }
}

fn question_name(paper: &Paper) -> String {
    format!("piece-{}", paper.id)
}

/// A text on one line, without what no terminal or editor shows.
fn line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words of the locales as files have them: with blanks that break.
fn plain(text: &str) -> String {
    line(&text.replace('\u{A0}', " "))
}

/// A text as YAML between quotes, which JSON's are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(line(text)).to_string()
}

fn amount(fee: Dirhams) -> String {
    let (whole, cents) = (fee.centimes() / 100, fee.centimes() % 100);
    if cents == 0 { whole.to_string() } else { format!("{whole}.{cents:02}") }
}
