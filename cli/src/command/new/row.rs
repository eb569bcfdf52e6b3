//! A row of an inventory (a table with tabs and a line of headings) as a draft.
//!
//! INVARIANT: no word is invented: what the vocabulary lacks becomes a remark, and a figure is sourced only if the row's
//! source says so.

use std::{collections::HashMap, path::Path};

use mastara_dsl::{
    compile::Compiled,
    message::read_table,
    source::Source,
    words::{dirhams, list_word},
};
use mastara_engine::{
    Date,
    text::{Lang, Text},
};

use super::{
    ask::paper,
    draft::{Channel, Draft, Fee, Paper},
    lexicon,
    moment::moment_in,
};
use crate::{
    error::Error,
    find::{Found, find, fold},
    locale::Words,
};

/// A row, by column.
pub struct Row<'t> {
    cells: HashMap<&'t str, &'t str>,
    notes: HashMap<String, String>,
}

impl<'t> Row<'t> {
    /// The row of an identifier.
    pub fn find(table: &'t str, path: &Path, id: &str) -> Result<Self, Error> {
        let mut lines = table.trim_start_matches('\u{FEFF}').lines();
        let columns: Vec<_> = lines.next().unwrap_or_default().split('\t').map(str::trim).collect();
        if !columns.contains(&"id") || !columns.contains(&"sector") {
            return Err(Error::new("new.no-table", [&path.to_string_lossy()]));
        }
        let rows =
            lines.map(|line| columns.iter().copied().zip(line.split('\t').map(str::trim)).collect::<HashMap<_, _>>());
        let rows: Vec<_> = rows.collect();
        let short = id.rsplit('/').next().unwrap_or(id);
        let is_it = |row: &&HashMap<&str, &str>| row.get("id").is_some_and(|own| *own == short || *own == id);
        let Some(cells) = rows.iter().find(is_it).cloned() else {
            let known = rows.iter().filter_map(|row| row.get("id").copied());
            return Err(Error::unknown("new.no-row", id, known));
        };
        Ok(Self { cells, notes: read_table(include_str!("notes.yaml")) })
    }

    fn get(&self, column: &str) -> &'t str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    fn list(&self, column: &str, separator: char) -> Vec<&'t str> {
        self.get(column).split(separator).map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// Whether a word of a text begins with one of the words of a note.
    fn has(&self, text: &str, note: &str) -> bool {
        let words = |text: &str| {
            let plain = fold(text).replace(|c: char| !c.is_alphanumeric(), " ");
            plain.split_whitespace().fold(String::new(), |all, word| format!("{all} {word}"))
        };
        let text = words(text);
        let note = self.notes.get(note).map(String::as_str).unwrap_or_default();
        note.split(',').map(words).any(|word| !word.is_empty() && text.contains(&word))
    }

    /// Whether a remark in the sources says that a kind of figure was read there. Each part of a remark speaks for itself:
    /// `délai 60 j ; pièces : connaissance générale` supports the delay and not the papers.
    fn supports(&self, kind: &str) -> bool {
        let remarks = self.remarks().into_iter().flat_map(|remark| apart(remark, ';'));
        let mut parts = remarks.flat_map(|part| apart(self.said(part), ','));
        parts.any(|part| self.has(part, kind) && !self.has(part, "estimate"))
    }

    /// What a part of a remark says was read, without the name of where: `texte : « … », art. 3 : tarif` says `tarif`.
    fn said<'s>(&self, part: &'s str) -> &'s str {
        match part.split_once(" : ") {
            Some((label, _)) if self.has(label, "labels") => part.rsplit(" : ").next().unwrap_or(part),
            _ => part,
        }
    }

    /// What stands in square brackets in the sources.
    fn remarks(&self) -> Vec<&'t str> {
        self.get("source").split('[').skip(1).filter_map(|rest| rest.split(']').next()).collect()
    }

    /// The sources one by one: `;` sets them apart, but not within brackets.
    fn sources_apart(&self) -> Vec<&'t str> {
        let source = self.get("source");
        let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
        for (at, letter) in source.char_indices() {
            match letter {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                ';' if depth == 0 && source[..at].ends_with(' ') => {
                    parts.push(&source[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        parts.push(&source[start..]);
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// The draft.
    pub fn draft(&self, compiled: &Compiled, sources: &[Source], date: Date, words: &Words) -> Result<Draft, Error> {
        let mut draft = Draft { id: format!("{}/{}", self.get("sector"), self.get("id")), ..Draft::default() };
        self.names(&mut draft, compiled)?;
        self.channels(&mut draft, compiled, sources);
        self.papers(&mut draft, compiled);
        self.figures(&mut draft);
        self.law(&mut draft, compiled, date);
        self.sources(&mut draft, date, words);
        Ok(draft)
    }

    fn names(&self, draft: &mut Draft, compiled: &Compiled) -> Result<(), Error> {
        let vocabulary = &compiled.vocabulary;
        draft.title = Text::new(Lang::Fr, self.get("title_fr"));
        if !self.get("title_ar").is_empty() {
            draft.title.set(Lang::Ar, self.get("title_ar"));
        }
        let authority = self.get("authority");
        if !vocabulary.authorities.contains_key(authority) {
            let known = vocabulary.authorities.keys().map(mastara_engine::text::Name::as_str);
            return Err(Error::unknown("error.authority", authority, known));
        }
        draft.authority = authority.to_owned();
        draft.audience = self.list("audience", ',').into_iter().map(str::to_owned).collect();
        let event = self.get("life_event");
        if vocabulary.life_events.contains_key(event) {
            draft.life_event = Some(event.to_owned());
        } else if !event.is_empty() {
            draft.remarks.push(("life-event", event.to_owned()));
        }
        Ok(())
    }

    /// Where it is filed, and where what it delivers is collected.
    fn channels(&self, draft: &mut Draft, compiled: &Compiled, sources: &[Source]) {
        let lexicon::Place { id: place, is_guess } =
            lexicon::place_of(compiled, sources, &draft.authority, self.get("sector"));
        let online = self.get("online");
        draft.filing = if online.is_empty() || self.has_only(online, "counter") {
            Channel::at(&place)
        } else {
            let portal = self.portal(compiled, online);
            if portal.is_none() {
                // That it is online is told; on which portal is not.
                let is_unnamed = self.has_only(online, "online");
                draft.remarks.push((if is_unnamed { "portal-unnamed" } else { "portal" }, online.to_owned()));
            }
            Channel::online(portal)
        };
        draft.delivered = self.documents(draft, compiled, "issues").into_iter().map(|paper| paper.id).collect();
        let trips: u32 = self.get("trips_today").parse().unwrap_or(0);
        let is_at_once = self.get("legal_delay_days") == "0";
        draft.collect = (!is_at_once).then(|| match &draft.filing {
            channel if channel.is_online && trips == 0 => channel.clone(),
            _ => Channel::at(&place),
        });
        let is_met = |channel: &Channel| channel.place.as_ref() == Some(&place);
        if is_guess && (is_met(&draft.filing) || draft.collect.as_ref().is_some_and(is_met)) {
            draft.remarks.push(("place", place));
        }
    }

    /// Whether a cell is one of the words of a note.
    fn has_only(&self, text: &str, note: &str) -> bool {
        let words = self.notes.get(note).map(String::as_str).unwrap_or_default();
        words.split(',').any(|word| fold(word) == fold(text))
    }

    /// A portal by its address, its code or its title; what stands in brackets says how it is used.
    fn portal(&self, compiled: &Compiled, online: &str) -> Option<String> {
        let online = online.split(['(', ',', ';']).next().unwrap_or(online).trim();
        let portals = &compiled.vocabulary.portals;
        let of_address = portals.iter().find(|(_, portal)| portal.url.as_deref() == Some(online));
        if let Some((name, _)) = of_address {
            return Some(name.to_string());
        }
        let words: Vec<_> = portals.iter().map(|(name, portal)| (name, &portal.title)).collect();
        match find(&words, online) {
            Found::One(name, _) => Some(name.to_string()),
            _ => None,
        }
    }

    fn papers(&self, draft: &mut Draft, compiled: &Compiled) {
        draft.papers = self.documents(draft, compiled, "documents");
        draft.papers_estimated = !self.supports("papers");
    }

    /// The documents of a column: `slug`, `slug*2` or `slug x2`, `?` behind it. Those that are no papers, or unknown, become
    /// remarks.
    fn documents(&self, draft: &mut Draft, compiled: &Compiled, column: &str) -> Vec<Paper> {
        let mut papers: Vec<Paper> = Vec::new();
        for word in self.list(column, ';') {
            let (told, copies, is_sometimes) = paper(word);
            let word = word.trim_end_matches(['?', '؟', ' ']);
            let (id, copies) = match told.split_once('*') {
                Some((id, number)) => match number.trim().parse() {
                    Ok(number) if number > 0 => (id.trim(), number),
                    // A number that cannot be read makes the whole a word that nobody knows.
                    _ => (told, copies),
                },
                None => (told, copies),
            };
            match compiled.vocabulary.documents.get(id) {
                None => draft.remarks.push(("document", word.to_owned())),
                Some(document) if !document.is_paper => draft.remarks.push(("not-a-paper", id.to_owned())),
                Some(_) if papers.iter().any(|paper| paper.id == id) => {}
                Some(_) => papers.push(Paper { id: id.to_owned(), copies, is_sometimes }),
            }
        }
        papers
    }

    fn figures(&self, draft: &mut Draft) {
        // What is told and is no figure is not known: it becomes a remark.
        fn told<T>(cell: &str, remarks: &mut Vec<(&'static str, String)>, figure: Option<T>) -> Option<T> {
            if figure.is_none() && !cell.is_empty() {
                remarks.push(("figure", cell.to_owned()));
            }
            figure
        }
        let [fee, delay, volume] = ["fee_mad", "legal_delay_days", "volume_per_year"].map(|column| self.get(column));
        let sum = told(fee, &mut draft.remarks, dirhams(fee));
        draft.fee = sum.map_or(Fee::Unknown, |fee| Fee::of(fee, !self.supports("fee")));
        draft.delay = told(delay, &mut draft.remarks, delay.parse::<u16>().ok()).map(u32::from);
        draft.delay_estimated = !self.supports("delay");
        let requests = told(volume, &mut draft.remarks, volume.parse().ok());
        let source = self.supports("volume").then(|| self.get("source").to_owned());
        draft.volume = requests.map(|requests| (requests, source));
    }

    fn law(&self, draft: &mut Draft, compiled: &Compiled, date: Date) {
        draft.silence = match self.get("silence") {
            "accord" if draft.delay != Some(0) => Some("accord"),
            "rejet" => Some("rejet"),
            _ => None,
        };
        draft.rank = self.rank().filter(|_| draft.silence == Some("accord"));
        let mut places = compiled.vocabulary.lists.keys();
        draft.rank = draft.rank.take().filter(|(list, rank)| {
            places.any(|entry| list_word(entry.list) == *list && entry.rank.as_str() == rank.as_str())
        });
        for word in self.list("legal_basis", ';') {
            match lexicon::text_of(compiled, word, date) {
                Some(name) if !draft.legal.contains(&name) => draft.legal.push(name),
                Some(_) => {}
                None => draft.remarks.push(("text", word.to_owned())),
            }
        }
        // Where the law of silence or a refusal applies, an authority decides.
        draft.can_be_refused = draft.delay != Some(0) && matches!(self.get("silence"), "accord" | "rejet");
    }

    /// The place in the lists of silence that the source names.
    fn rank(&self) -> Option<(&'static str, String)> {
        let word = self.notes.get("rank").map(String::as_str).unwrap_or_default();
        self.remarks()
            .into_iter()
            .filter_map(|note| {
                let list = match () {
                    () if self.has(note, "state") => "etat",
                    () if self.has(note, "local") => "local",
                    () => return None,
                };
                let rest = note.split(&format!(" {word} ")).nth(1)?;
                let rank: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
                (!rank.is_empty()).then_some((list, rank))
            })
            .next()
    }

    /// The sources one by one, each with the moment that it names; those that name none are told as the row cites them, for
    /// only the row was read on the day of writing.
    fn sources(&self, draft: &mut Draft, date: Date, words: &Words) {
        let mut undated = Vec::new();
        for part in self.sources_apart() {
            match moment_in(part, date) {
                Some(moment) => draft.sources.push((moment, part.to_owned())),
                None => undated.push(part),
            }
        }
        let mut row = words.fill("new.source.row", &[self.get("id")]);
        if !undated.is_empty() {
            row.push_str(&words.fill("new.source.undated", &[&undated.join(words.get("list.semicolon"))]));
        }
        draft.sources.push((date.to_string(), row));
    }
}

/// The parts of a remark between separators that stand in no brackets.
fn apart(remark: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, letter) in remark.char_indices() {
        match letter {
            '(' | '«' => depth += 1,
            ')' | '»' => depth = depth.saturating_sub(1),
            other if other == separator && depth == 0 => {
                parts.push(&remark[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&remark[start..]);
    parts
}
