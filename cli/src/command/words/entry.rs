//! The words that can be looked for, kind by kind, each with how a file says it.

use clap::ValueEnum as _;
use mastara_dsl::{
    compile::Compiled,
    expand::Fragment,
    keyword::{self, Rule, WORDS, Word},
    message,
};
use mastara_engine::{
    procedure::{DecisionList, ListEntry},
    text::{Lang, Name, Text},
    vocabulary::{ListedDecision, Vocabulary},
};

use crate::{args::WordKind, context::Context, view::words::WordView};

/// A word.
#[derive(Debug)]
pub struct Entry {
    /// Of which kind.
    pub kind: WordKind,
    /// Its code.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// How a file says it.
    pub write: String,
    /// The parameters of a fragment.
    pub parameters: Vec<String>,
    /// What a fragment says of its use.
    pub remarks: Vec<String>,
}

impl Entry {
    fn new(kind: WordKind, id: &Name, title: &Text, write: String) -> Self {
        let (parameters, remarks) = (Vec::new(), Vec::new());
        Self { kind, id: id.clone(), title: title.clone(), write, parameters, remarks }
    }

    /// The kind as programs and the command line name it.
    pub fn kind_id(&self) -> String {
        self.kind.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The word for programs.
    pub fn view(&self) -> WordView {
        WordView {
            kind: self.kind_id(),
            id: self.id.to_string(),
            title: (&self.title).into(),
            write: self.write.clone(),
            parameters: self.parameters.clone(),
            remarks: self.remarks.clone(),
        }
    }
}

/// All words, by kind.
pub fn entries(compiled: &Compiled, context: &Context) -> Vec<Entry> {
    let words = &compiled.vocabulary;
    // Keywords are those of the reader's language.
    let key = |rule: Rule| keyword::word(rule).map_or("", |word| word.form(context.lang));
    let with = |rule: Rule, name: &Name| format!("{} {name}", key(rule));
    let mut all = Vec::new();
    let mut add = |kind, id: &Name, title: &Text, write| all.push(Entry::new(kind, id, title, write));
    for (id, document) in &words.documents {
        add(WordKind::Document, id, &document.title, with(Rule::k_needs, id));
    }
    for (id, authority) in &words.authorities {
        add(WordKind::Authority, id, &authority.title, with(Rule::k_by, id));
    }
    for (id, place) in &words.places {
        let at = if place.is_private { Rule::k_with_party } else { Rule::k_at };
        add(WordKind::Place, id, &place.title, with(at, id));
    }
    for (id, portal) in &words.portals {
        add(WordKind::Portal, id, &portal.title, format!("{} {} {id}", key(Rule::k_online), key(Rule::k_via)));
    }
    for (id, register) in &words.registers {
        let supplied = register.supplies.first().map_or_else(|| "…".to_owned(), ToString::to_string);
        add(WordKind::Register, id, &register.title, format!("{} {id}: {supplied}", key(Rule::k_exchange)));
    }
    for (id, fee) in &words.fees {
        let sum = context.figures().dirhams(fee.amount.centimes());
        add(WordKind::Fee, id, &fee.title, format!("{} ({sum})", with(Rule::k_pays, id)));
    }
    for (id, text) in &words.texts {
        add(WordKind::Text, id, &text.title, with(Rule::k_under, id));
    }
    for (id, title) in &words.life_events {
        add(WordKind::Event, id, title, format!("evenement: {id}"));
    }
    for (id, title) in &words.sectors {
        add(WordKind::Sector, id, title, format!("id: {id}/…"));
    }
    all.extend(
        words.lists.iter().flat_map(|(entry, decisions)| {
            decisions.iter().map(move |decision| of_rank(entry, decision, words, context))
        }),
    );
    all.extend(compiled.fragments.values().map(|fragment| of_fragment(fragment, key(Rule::k_reuse))));
    all.extend(WORDS.iter().map(|word| of_keyword(word, context.lang)));
    all
}

/// A decision on a list: its rank stands for its code, and the line of a header for how it is written.
fn of_rank(entry: &ListEntry, decision: &ListedDecision, vocabulary: &Vocabulary, context: &Context) -> Entry {
    let words = &context.words;
    let rank = &entry.rank;
    let (list, write) = match entry.list {
        DecisionList::SilenceState => ("etat", format!("silence: {{liste: etat, rang: {rank}}}")),
        DecisionList::SilenceLocal => ("local", format!("silence: {{liste: local, rang: {rank}}}")),
        DecisionList::ThirtyDays => ("trente-jours", format!("trente-jours: {rank}")),
        DecisionList::Extension => ("prolongation", format!("prolongation: {rank}")),
    };
    let days = |days: u32| words.plural("phrase.days", u64::from(days), &context.figures().whole(i64::from(days)));
    let remarks = [
        decision.is_repealed.then(|| words.get("words.repealed").to_owned()),
        decision
            .authority
            .as_ref()
            .map(|id| context.label(id, vocabulary.authorities.get(id).map(|known| &known.title))),
        decision.days.map(days),
        decision.text.as_ref().map(|id| words.id(id.as_str())),
    ];
    let id = Name::from(format!("{list}-{rank}").as_str());
    let mut entry = Entry::new(WordKind::Rank, &id, &decision.title, write);
    entry.remarks = remarks.into_iter().flatten().collect();
    entry
}

fn of_fragment(fragment: &Fragment, reuse: &str) -> Entry {
    let parameters: Vec<_> = fragment.parameters.iter().map(|parameter| format!("{parameter}: …")).collect();
    let brackets = if parameters.is_empty() { String::new() } else { format!("({})", parameters.join(", ")) };
    Entry {
        kind: WordKind::Fragment,
        id: Name::from(fragment.id.as_str()),
        title: fragment.title.clone(),
        write: format!("{reuse} {}{brackets}", fragment.id),
        parameters: fragment.parameters.clone(),
        remarks: fragment.remarks.clone(),
    }
}

/// A word of the language: its forms stand for its title, and an example of its line for how it is written.
fn of_keyword(word: &Word, lang: Lang) -> Entry {
    let mut title = Text::default();
    Lang::ALL.into_iter().for_each(|lang| title.set(lang, word.form(lang)));
    let rule = format!("{:?}", word.rule);
    let row = rule.split_once('_').map_or(rule.as_str(), |(_, row)| row);
    let line = message::label(&format!("kind.line.{row}"), lang).trim_matches('`');
    let write = if line.is_empty() { word.form(lang) } else { line };
    Entry::new(WordKind::Keyword, &Name::from(row), &title, write.to_owned())
}
