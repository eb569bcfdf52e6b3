//! The domain in the words of a language: conditions, values, papers, amounts, delays, places.
//!
//! INVARIANT: what the words of the locales do not say is said by titles of the file or the vocabulary; an identifier shows
//! only where there is no title.

mod change;
mod condition;
pub mod edit;
mod fact;
mod paper;

use std::collections::BTreeMap;

use mastara_engine::{
    condition::{Kind, Question, QuestionId, Unit},
    flow::{Branch, Guard},
    node::{Amount, Channel, Citation, Known, Means, Payment},
    quantity::{Delay, Dirhams},
    text::{Name, Text},
    vocabulary::Vocabulary,
};

use crate::{
    figures::{Figures, Mark},
    locale::Words,
};

/// Words before the number of a legal text, as titles write them.
const NUMBER_WORDS: [&str; 5] = ["n°", "No.", "no.", "No", "رقم"];

/// The words of a language, with the titles that a version speaks of.
#[derive(Clone, Copy, Debug)]
pub struct Phrases<'a> {
    /// The words.
    pub words: &'a Words,
    /// The shared nouns.
    pub vocabulary: &'a Vocabulary,
    /// The questions of the flow.
    pub questions: &'a [Question],
}

impl<'a> Phrases<'a> {
    /// The figures of the language.
    pub fn figures(&self) -> Figures<'a> {
        Figures::new(self.words)
    }

    /// A text in the language, or in one that it has; in Arabic a Latin one keeps its own direction.
    pub fn text(&self, text: &Text) -> String {
        let shown = text.in_lang(self.words.lang());
        if text.get(self.words.lang()).is_some() { shown.to_owned() } else { self.words.id(shown) }
    }

    /// The title of a noun, or its identifier.
    pub fn noun<T>(&self, table: &BTreeMap<Name, T>, name: &Name, title: impl Fn(&T) -> &Text) -> String {
        match table.get(name).map(title) {
            Some(title) if !title.is_empty() => self.text(title),
            _ => self.words.id(name.as_str()),
        }
    }

    /// The name of an authority.
    pub fn authority(&self, name: &Name) -> String {
        self.noun(&self.vocabulary.authorities, name, |authority| &authority.title)
    }

    /// The name of a document.
    pub fn document(&self, name: &Name) -> String {
        self.noun(&self.vocabulary.documents, name, |document| &document.title)
    }

    /// The name of a place: of the vocabulary, or an authority.
    pub fn place(&self, name: &Name) -> String {
        match self.vocabulary.places.get(name) {
            Some(place) => self.text(&place.title),
            None => self.authority(name),
        }
    }

    /// The name of a portal.
    pub fn portal(&self, name: &Name) -> String {
        self.noun(&self.vocabulary.portals, name, |portal| &portal.title)
    }

    /// Where a step is done.
    pub fn channel(&self, channel: &Channel) -> String {
        match channel {
            Channel::Counter(place) => self.words.fill("phrase.channel.counter", &[&self.place(place)]),
            Channel::Private(place) => self.words.fill("phrase.channel.private", &[&self.place(place)]),
            Channel::Online => self.words.get("phrase.channel.online").to_owned(),
            Channel::Portal(portal) => self.words.fill("phrase.channel.portal", &[&self.portal(portal)]),
            Channel::Post => self.words.get("phrase.channel.post").to_owned(),
            Channel::Phone => self.words.get("phrase.channel.phone").to_owned(),
            Channel::Home => self.words.get("phrase.channel.home").to_owned(),
        }
    }

    /// A legal text and its article.
    pub fn citation(&self, citation: &Citation) -> String {
        let text = self.noun(&self.vocabulary.texts, &citation.text, |text| &text.title);
        self.article(citation, text)
    }

    /// The same inside a sentence: of a numbered text only its kind and number.
    pub fn short_citation(&self, citation: &Citation) -> String {
        let text = self.noun(&self.vocabulary.texts, &citation.text, |text| &text.title);
        let words: Vec<_> = text.split(' ').collect();
        let number = words.iter().position(|word| NUMBER_WORDS.contains(word)).map(|at| at + 2);
        let short = number.and_then(|end| words.get(..end)).map(|words| words.join(" "));
        self.article(citation, short.unwrap_or(text))
    }

    fn article(&self, citation: &Citation, text: String) -> String {
        match &citation.article {
            Some(article) => self.words.fill("phrase.article", &[&text, article.as_str()]),
            None => text,
        }
    }

    /// A question as a title: its own, or its identifier.
    pub fn question(&self, question: QuestionId) -> String {
        self.questions.get(usize::from(question.0)).map_or_else(String::new, |question| {
            match question.title.is_empty() {
                true => self.words.id(question.name.as_str()),
                false => self.text(&question.title),
            }
        })
    }

    /// An answer to a question.
    pub fn answer(&self, question: QuestionId, value: i64) -> String {
        let Some(question) = self.questions.get(usize::from(question.0)) else { return value.to_string() };
        match &question.kind {
            Kind::YesNo => self.words.get(if value == 0 { "phrase.no" } else { "phrase.yes" }).to_owned(),
            Kind::Integer(unit) => self.number(value, *unit),
            Kind::Money => self.figures().dirhams(value),
            Kind::Date => format!("{:04}-{:02}-{:02}", value / 10_000, value / 100 % 100, value % 100),
            Kind::OneOf(cases) => {
                let case = usize::try_from(value).ok().and_then(|rank| cases.get(rank));
                case.map_or_else(|| value.to_string(), |case| self.label(&case.label, &case.name))
            }
        }
    }

    /// The label of a case, or its identifier; the identifiers for yes and no are words.
    pub fn label(&self, label: &Text, name: &Name) -> String {
        match name.as_str() {
            _ if !label.is_empty() => self.text(label),
            "oui" | "yes" => self.words.get("phrase.yes").to_owned(),
            "non" | "no" => self.words.get("phrase.no").to_owned(),
            other => self.words.id(other),
        }
    }

    /// When a branch is taken.
    pub fn case(&self, branch: &Branch) -> String {
        match &branch.guard {
            Guard::When(condition) => self.when(condition),
            Guard::Ruled(case) => self.label(&branch.label, case),
            Guard::Silence => self.words.get("coverage.silence").to_owned(),
            Guard::Else => self.words.get("graph.else").to_owned(),
            Guard::Always | Guard::Parallel | Guard::Join => self.words.get("coverage.usual").to_owned(),
        }
    }

    /// A number with its unit.
    fn number(&self, value: i64, unit: Option<Unit>) -> String {
        let shown = self.figures().whole(value);
        let key = match unit {
            None => return shown,
            Some(Unit::Years) => "phrase.years",
            Some(Unit::Months) => "phrase.months",
            Some(Unit::Days) => "phrase.days",
            Some(Unit::SquareMetres) => return self.words.fill("phrase.square-metres", &[&shown]),
            Some(Unit::Kilometres) => return self.words.fill("phrase.kilometres", &[&shown]),
            Some(Unit::Hectares) => return self.words.fill("phrase.hectares", &[&shown]),
        };
        self.words.plural(key, value.unsigned_abs(), &shown)
    }

    /// A delay in its own unit.
    pub fn delay(&self, delay: Delay) -> String {
        let (key, count) = match delay {
            Delay::Immediate => return self.words.get("phrase.immediate").to_owned(),
            Delay::Minutes(minutes) => return self.figures().minutes(i64::from(minutes)),
            Delay::Days(days) => ("phrase.days", days),
            Delay::WorkingDays(days) => ("phrase.working-days", days),
            Delay::Months(months) => ("phrase.months", months),
            Delay::Years(years) => ("phrase.years", years),
        };
        self.words.plural(key, u64::from(count), &self.figures().whole(i64::from(count)))
    }

    /// A delay with the mark of an estimate.
    pub fn known_delay(&self, delay: &Known<Delay>) -> String {
        Mark::of(true, delay.estimated).on(&self.delay(delay.value))
    }

    /// What is paid, as a sum or as its formula.
    pub fn amount(&self, amount: &Amount) -> String {
        let dirhams = |sum: &Dirhams| self.figures().dirhams(sum.centimes());
        let (main, at_least, at_most) = match amount {
            Amount::Fixed(sum) => return dirhams(sum),
            Amount::Unknown => return self.words.get("phrase.unknown-amount").to_owned(),
            Amount::Part { question, basis_points, at_least, at_most } => {
                let share = self.figures().decimal(f64::from(*basis_points) / 100.0, 2);
                (self.words.fill("phrase.part", &[&share, &self.quoted(*question)]), at_least, at_most)
            }
            Amount::PerUnit { question, each, at_least, at_most } => {
                let key = match self.questions.get(usize::from(question.0)).map(|question| &question.kind) {
                    Some(Kind::Integer(Some(unit))) => per_unit(*unit),
                    _ => "phrase.each",
                };
                (self.words.fill(key, &[&dirhams(each), &self.quoted(*question)]), at_least, at_most)
            }
        };
        let mut parts = vec![main];
        parts.extend(at_least.as_ref().map(|sum| self.words.fill("phrase.not-less", &[&dirhams(sum)])));
        parts.extend(at_most.as_ref().map(|sum| self.words.fill("phrase.not-more", &[&dirhams(sum)])));
        parts.join(self.words.get("phrase.comma"))
    }

    /// What is paid and for what, without its condition.
    pub fn payment(&self, payment: &Payment) -> String {
        let mark = Mark::of(true, payment.estimated && payment.amount != Amount::Unknown);
        let amount = mark.on(&self.amount(&payment.amount));
        let fee = payment.fee.as_ref().map(|fee| self.noun(&self.vocabulary.fees, fee, |fee| &fee.title));
        match fee {
            Some(fee) => self.words.fill("phrase.fee", &[&amount, &fee]),
            None => amount,
        }
    }

    /// How it is paid.
    pub fn means(&self, means: Means) -> &'a str {
        self.words.get(match means {
            Means::Online => "phrase.means.online",
            Means::Counter => "phrase.means.counter",
            Means::Stamp => "phrase.means.stamp",
            Means::Transfer => "phrase.means.transfer",
        })
    }

    /// A question's title in quotation marks.
    fn quoted(&self, question: QuestionId) -> String {
        self.words.fill("phrase.quoted", &[&self.question(question)])
    }
}

fn per_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Years => "phrase.per.year",
        Unit::Months => "phrase.per.month",
        Unit::Days => "phrase.per.day",
        Unit::SquareMetres => "phrase.per.square-metre",
        Unit::Kilometres => "phrase.per.kilometre",
        Unit::Hectares => "phrase.per.hectare",
    }
}

/// A text whose French marks stay with their words.
pub fn bound(text: &str) -> String {
    let marks = [" ?", " !", " :", " ;", " »", " %"].into_iter();
    let bound = marks.fold(text.to_owned(), |text, mark| text.replace(mark, &mark.replace(' ', "\u{a0}")));
    bound.replace("« ", "«\u{a0}")
}
