//! Events as people read them.

use mastara_engine::{Date, procedure::ClaimMeasure, text::Name, vocabulary::Vocabulary};

use super::Measured;
use crate::{
    context::Context,
    figures::Mark,
    linked::{Linked, notes, table, tree},
    paint::{Tone, paint},
    paragraph::wrap,
    table::{Cell, Table},
};

/// How many lines of papers are shown.
const LINES: usize = 40;

/// What a page is made from.
pub struct Page<'a> {
    pub linked: &'a Linked<'a>,
    pub vocabulary: &'a Vocabulary,
    pub at: Date,
    pub context: &'a Context,
}

impl Page<'_> {
    fn faint(&self, text: &str) -> String {
        paint(Tone::Faint, &wrap(text, self.context.width, 0))
    }

    /// All events, a line each.
    pub fn list(&self, all: &[Measured<'_>]) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let keys = ["event", "id", "procedures", "trips", "merged", "documents", "together"];
        let keys = keys.map(|key| format!("event.column.{key}"));
        let mut table = Table::new(self.context.width, &keys.each_ref().map(|key| words.get(key)));
        table = table.figures(&[2, 3, 4, 5, 6]);
        for measured in all {
            let (apart, together) = (&measured.apart, &measured.together.figures);
            let mark = Mark::of_measure(ClaimMeasure::Documents, measured.together.standing);
            let mut cells = vec![self.counted(measured)];
            cells.extend([apart.trips, together.merged_trips].map(|trips| figures.whole(trips)));
            cells.extend([apart.documents, together.documents].map(|papers| mark.on(&figures.whole(papers))));
            if measured.ranks.is_empty() {
                // Nothing is measured, which is not to say that nothing is asked.
                cells.fill("–".to_owned());
            }
            let cells = cells.into_iter().map(Cell::from);
            let id = Cell::id(Tone::Accent, words.id(measured.id.as_str()));
            table.row([Cell::from(self.context.title(&measured.event.title)), id].into_iter().chain(cells));
        }
        let title = paint(Tone::Strong, &words.fill("event.title", &[&self.at.to_string()]));
        let table = table.render();
        let marks = self.context.marks_in(&table);
        format!("{title}\n\n{table}{marks}{}", self.faint(words.get("event.list-legend")))
    }

    /// How many procedures are measured, and of how many if not of all.
    fn counted(&self, measured: &Measured<'_>) -> String {
        let figures = self.context.figures();
        let (counted, all) = (measured.ranks.len(), measured.ranks.len() + measured.not_measured.len());
        let shown = figures.count(counted);
        if counted == all { shown } else { self.context.words.fill("event.of", &[&shown, &figures.count(all)]) }
    }

    /// One event.
    pub fn event(&self, measured: &Measured<'_>) -> String {
        let words = &self.context.words;
        let title = paint(Tone::Strong, &wrap(self.context.title(&measured.event.title), self.context.width, 0));
        let mut text = format!("{title}{}\n", paint(Tone::Accent, &words.id(measured.id.as_str())));
        if !self.vocabulary.events.contains_key(measured.id) {
            text.push_str(&self.faint(words.get("event.gathered")));
        }
        if !measured.ranks.is_empty() {
            text.push_str(&self.context.heading("event.procedures"));
            text.push_str(&self.procedures(measured));
        }
        text.push_str(&self.others(measured));
        if measured.ranks.is_empty() {
            return text;
        }
        text.push_str(&self.context.heading("event.figures"));
        let standing = measured.together.standing;
        let with_papers = measured.least.standing;
        let figures = table(
            &[
                ("event.apart", &measured.apart, standing),
                ("event.together", &measured.together.figures, standing),
                ("deep.least", &measured.least.figures, with_papers),
                ("deep.full", &measured.full.figures, measured.full.standing),
            ],
            self.context,
        );
        text.push_str(&figures);
        text.push_str(&self.context.marks_in(&figures));
        text.push_str(&self.faint(words.get("event.legend")));
        text.push_str(&notes(&measured.least, &measured.full, self.linked, self.context));
        if measured.least.closure.gives.is_empty() {
            return text;
        }
        text.push_str(&self.context.heading("deep.tree-least"));
        text + &tree(self.linked, &measured.least, measured.ranks.len(), LINES, self.context)
    }

    /// Each procedure with its own figures.
    fn procedures(&self, measured: &Measured<'_>) -> String {
        let (words, figures) = (&self.context.words, self.context.figures());
        let keys = ["measure.procedure", "measure.short.steps", "measure.short.trips", "measure.short.documents"];
        let mut table = Table::new(self.context.width, &keys.map(|key| words.get(key))).figures(&[1, 2, 3]);
        for &rank in &measured.ranks {
            let part = self.linked.part(rank);
            let mark = Mark::of_measure(ClaimMeasure::Documents, self.linked.standing(rank));
            let papers = mark.on(&figures.count(part.asked.papers.len()));
            let cells = [figures.whole(part.steps), figures.whole(part.trips()), papers].map(Cell::from);
            let title = self.context.title(&self.linked.procedure(rank).title);
            table.row(std::iter::once(Cell::from(title)).chain(cells));
        }
        table.render()
    }

    /// The options that are not measured, and what cannot be.
    fn others(&self, measured: &Measured<'_>) -> String {
        let words = &self.context.words;
        let list = |key: &str, names: &mut dyn Iterator<Item = &Name>| {
            let ids: Vec<_> = names.map(|name| words.id(name.as_str())).collect();
            if ids.is_empty() {
                String::new()
            } else {
                self.faint(&words.fill(key, &[&ids.join(words.get("list.comma"))]))
            }
        };
        let options = measured.event.options.iter().filter(|_| !measured.with_options);
        list("event.options", &mut options.into_iter())
            + &list("event.not-measured", &mut measured.not_measured.iter().copied())
    }
}
