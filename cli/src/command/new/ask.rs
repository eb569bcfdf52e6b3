//! What is asked about a new procedure, in the order in which a person would tell it.

use mastara_dsl::{compile::Compiled, header::AUDIENCES, words::dirhams};
use mastara_engine::{
    Date,
    text::{Lang, Name, Text},
};

use super::{
    draft::{Channel, Draft, Paper},
    find::{Found, Words, find},
    lexicon,
    reply::Replies,
};
use crate::{context::Context, error::Error, person, view::audience_id};

/// How many likely words are shown.
const SHOWN: usize = 8;

/// Asks about a procedure.
pub fn ask<'c>(
    id: &str,
    replies: &mut Replies<'c>,
    compiled: &'c Compiled,
    date: Date,
    context: &'c Context,
) -> Result<Draft, Error> {
    let mut asker = Asker { replies, compiled, context };
    asker.replies.say(&format!("{}\n", context.words.get("new.opening")))?;
    let mut draft = Draft { id: id.to_owned(), papers_estimated: true, delay_estimated: true, ..Draft::default() };
    asker.names(&mut draft)?;
    asker.filing(&mut draft)?;
    asker.papers(&mut draft)?;
    asker.figures(&mut draft)?;
    asker.end(&mut draft)?;
    asker.source(&mut draft, date)?;
    Ok(draft)
}

struct Asker<'r, 'c> {
    replies: &'r mut Replies<'c>,
    compiled: &'c Compiled,
    context: &'c Context,
}

impl<'c> Asker<'_, 'c> {
    fn names(&mut self, draft: &mut Draft) -> Result<(), Error> {
        draft.title = Text::new(Lang::Fr, &self.replies.require("titre", &[], told)?);
        if let Some(title) = self.replies.ask("titre-ar", &[], told)? {
            draft.title.set(Lang::Ar, &title);
        }
        let authorities = &self.compiled.vocabulary.authorities;
        let words = authorities.iter().map(|(name, authority)| (name, &authority.title)).collect();
        draft.authority = self.require_word("responsable", words)?;
        draft.audience = self.audience()?;
        let events = self.compiled.vocabulary.life_events.iter().collect();
        draft.life_event = self.word("evenement", events)?;
        Ok(())
    }

    fn audience(&mut self) -> Result<Vec<String>, Error> {
        let label = |(_, audience): &(&str, _)| {
            self.context.words.get(&format!("show.audience.{}", audience_id(*audience))).to_owned()
        };
        let options: Vec<_> = AUDIENCES.iter().map(label).collect();
        let words = AUDIENCES.map(|(word, _)| word);
        let mut chosen = Vec::new();
        // A file tells them as a list, a person on one line.
        while let Some(more) = self.replies.ask("usagers", &options, |text| choices(text, &words, &options))? {
            chosen.extend(more);
            if !self.replies.is_told() {
                break;
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        let chosen = if chosen.is_empty() { vec![0] } else { chosen };
        Ok(chosen.into_iter().map(|at| words[at].to_owned()).collect())
    }

    fn filing(&mut self, draft: &mut Draft) -> Result<(), Error> {
        draft.filing = if self.choice("canal", &["guichet", "portail"])? == 1 {
            let portals = &self.compiled.vocabulary.portals;
            let words = portals.iter().map(|(name, portal)| (name, &portal.title)).collect();
            Channel::online(self.word("portail", words)?)
        } else {
            Channel::at(&self.place(&draft.authority)?)
        };
        Ok(())
    }

    /// A place of the vocabulary, or else that of the authority.
    fn place(&mut self, authority: &str) -> Result<String, Error> {
        let places = &self.compiled.vocabulary.places;
        let words = places.iter().map(|(name, place)| (name, &place.title)).collect();
        let place = self.word("lieu", words)?;
        Ok(place.unwrap_or_else(|| lexicon::place_of(self.compiled, authority)))
    }

    fn papers(&mut self, draft: &mut Draft) -> Result<(), Error> {
        loop {
            let (mut hits, documents) = (Words::new(), self.documents());
            let read = |text: &str| {
                let (words, copies, is_sometimes) = paper(text);
                let (id, title) = meant(words, &documents, &mut hits, self.context.lang)?;
                Ok((Paper { id: id.to_string(), copies, is_sometimes }, title.in_lang(self.context.lang)))
            };
            let Some((paper, title)) = self.replies.ask("pieces", &[], read)? else { return Ok(()) };
            self.replies.say(&format!("  = {title}\n"))?;
            if !draft.papers.iter().any(|known| known.id == paper.id) {
                draft.papers.push(paper);
            }
        }
    }

    /// The documents that are papers.
    fn documents(&self) -> Words<'c> {
        let documents = self.compiled.vocabulary.documents.iter().filter(|(_, document)| document.is_paper);
        documents.map(|(name, document)| (name, &document.title)).collect()
    }

    fn figures(&mut self, draft: &mut Draft) -> Result<(), Error> {
        let wrong = |key: &'static str| move |text: &str| Error::new(key, [text]);
        let fee = |text: &str| dirhams(&text.replace(',', ".")).ok_or_else(|| wrong("new.no-amount")(text));
        draft.fee = self.replies.ask("frais", &[], fee)?.map(|fee| (fee, true));
        let days = |text: &str| text.parse::<u16>().map(u32::from).map_err(|_| wrong("new.no-days")(text));
        draft.delay = self.replies.ask("delai", &[], days)?;
        let truth = |text: &str| person::truth(text).ok_or_else(|| wrong("new.no-truth")(text));
        draft.can_be_refused = self.replies.ask("refus", &[], truth)?.unwrap_or(false);
        Ok(())
    }

    fn end(&mut self, draft: &mut Draft) -> Result<(), Error> {
        let documents = self.documents();
        draft.delivered = self.word("delivre", documents)?.into_iter().collect();
        if draft.delivered.is_empty() {
            return Ok(());
        }
        draft.collect = match self.choice("remise", &["sur-place", "guichet", "portail"])? {
            1 if draft.filing.is_online => Some(Channel::at(&self.place(&draft.authority)?)),
            1 => Some(draft.filing.clone()),
            2 if draft.filing.is_online => Some(draft.filing.clone()),
            2 => Some(Channel::online(None)),
            _ => None,
        };
        Ok(())
    }

    /// What was read somewhere is no estimate.
    fn source(&mut self, draft: &mut Draft, date: Date) -> Result<(), Error> {
        let Some(source) = self.replies.ask("source", &[], told)? else { return Ok(()) };
        draft.papers_estimated = false;
        draft.delay_estimated = false;
        draft.fee = draft.fee.map(|(fee, _)| (fee, false));
        draft.sources.push((lexicon::date_in(&source).unwrap_or(date).to_string(), source));
        Ok(())
    }

    /// One of a few cases, the first if nothing is said.
    fn choice(&mut self, key: &str, cases: &[&str]) -> Result<usize, Error> {
        let label = |case: &&str| self.context.words.get(&format!("new.ask.{key}.{case}")).to_owned();
        let options: Vec<_> = cases.iter().map(label).collect();
        let read = |text: &str| choices(text, cases, &options).map(|chosen| chosen[0]);
        Ok(self.replies.ask(key, &options, read)?.unwrap_or(0))
    }

    fn word(&mut self, key: &str, words: Words<'c>) -> Result<Option<String>, Error> {
        let (mut hits, lang) = (Words::new(), self.context.lang);
        let found = self.replies.ask(key, &[], |text| meant(text, &words, &mut hits, lang))?;
        self.echo(found)
    }

    fn require_word(&mut self, key: &str, words: Words<'c>) -> Result<String, Error> {
        let (mut hits, lang) = (Words::new(), self.context.lang);
        let found = self.replies.require(key, &[], |text| meant(text, &words, &mut hits, lang))?;
        Ok(self.echo(Some(found))?.unwrap_or_default())
    }

    fn echo(&self, found: Option<(&Name, &Text)>) -> Result<Option<String>, Error> {
        let Some((name, title)) = found else { return Ok(None) };
        self.replies.say(&format!("  = {}\n", title.in_lang(self.context.lang)))?;
        Ok(Some(name.to_string()))
    }
}

/// A text as it is.
fn told(text: &str) -> Result<String, Error> {
    Ok(text.to_owned())
}

/// The word of the vocabulary that is meant: by its number among those shown last, by its code, or by its title.
fn meant<'v>(text: &str, words: &Words<'v>, hits: &mut Words<'v>, lang: Lang) -> Result<(&'v Name, &'v Text), Error> {
    let rank = text.parse::<usize>().ok().and_then(|rank| rank.checked_sub(1));
    if let Some(hit) = rank.and_then(|rank| hits.get(rank)) {
        return Ok(*hit);
    }
    match find(words, text) {
        Found::One(name, title) => Ok((name, title)),
        Found::Several(found) => {
            *hits = found.into_iter().take(SHOWN).collect();
            let line = |(at, (name, title)): (usize, &(&Name, &Text))| {
                format!("  {}. {} ({name})", at + 1, title.in_lang(lang))
            };
            let list: Vec<_> = hits.iter().enumerate().map(line).collect();
            Err(Error::new("new.several", [text, &list.join("\n")]))
        }
        Found::Nothing(near) => Err(Error { suggestion: near, ..Error::new("new.nothing", [text]) }),
    }
}

/// The ranks of the options that a line names, by number, word or label.
fn choices(text: &str, words: &[&str], labels: &[String]) -> Result<Vec<usize>, Error> {
    let parts = text.split([',', '،', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let one = |part: &str| {
        let rank = part.parse::<usize>().ok().and_then(|rank| rank.checked_sub(1)).filter(|rank| *rank < words.len());
        let named = || words.iter().position(|word| person::is_same(word, part));
        rank.or_else(named).ok_or_else(|| Error::unknown("new.no-option", part, words.iter().copied()))
    };
    if let Some(at) = labels.iter().position(|label| person::is_same(label, text)) {
        return Ok(vec![at]);
    }
    let chosen: Vec<_> = parts.map(one).collect::<Result<_, _>>()?;
    if chosen.is_empty() { Err(Error::new("new.no-option", [text])) } else { Ok(chosen) }
}

/// A paper as people write it: words, `x2` for copies, `?` if only in some cases.
fn paper(text: &str) -> (&str, u32, bool) {
    let trimmed = text.trim().trim_end_matches(['?', '؟']).trim_end();
    let is_sometimes = trimmed.len() < text.trim().len();
    let copies = trimmed.rsplit_once(' ').and_then(|(words, last)| {
        let digits = last.strip_prefix(['x', 'X', '×', '*'])?;
        Some((words.trim_end(), digits.parse().ok().filter(|copies| *copies > 0)?))
    });
    let (words, copies) = copies.unwrap_or((trimmed, 1));
    (words, copies, is_sometimes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_read_as_people_write_them() {
        assert_eq!(paper("photo x4 ?"), ("photo", 4, true));
        assert_eq!(paper("acte de naissance"), ("acte de naissance", 1, false));
        assert_eq!(paper("صورة ×2؟"), ("صورة", 2, true));
        assert_eq!(paper("x0"), ("x0", 1, false));
    }
}
