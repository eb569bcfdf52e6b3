//! The record as people read it.

use mastara_dsl::finding::Severity;
use mastara_engine::vocabulary::Vocabulary;

use super::record::Record;
use crate::{
    context::Context,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::count,
    table::{Cell, Table},
    view::{findings::severity, number::share},
};

/// How many rows are shown unless all are asked for.
const FIRST: usize = 15;

/// The whole page.
pub fn text(record: &Record<'_>, vocabulary: &Vocabulary, all: bool, context: &Context) -> String {
    let page = Page { record, vocabulary, context, shown: if all { usize::MAX } else { FIRST } };
    let mut text = page.heading();
    text.push_str(&page.rules());
    text.push_str(&page.set_aside());
    text.push_str(&page.procedures());
    text.push_str(&page.authorities());
    text + &page.trend()
}

struct Page<'a> {
    record: &'a Record<'a>,
    vocabulary: &'a Vocabulary,
    context: &'a Context,
    shown: usize,
}

impl Page<'_> {
    fn number(&self, number: usize) -> String {
        self.context.figures().count(number)
    }

    fn percent(&self, part: usize, whole: usize) -> String {
        self.context.figures().percent(share(count(part), count(whole)))
    }

    fn table(&self, columns: &[&str], figures: &[usize]) -> Table {
        let keys: Vec<_> = columns.iter().map(|column| format!("conformity.column.{column}")).collect();
        let headings: Vec<_> = keys.iter().map(|key| self.context.words.get(key)).collect();
        Table::new(self.context.width, &headings).figures(figures)
    }

    fn heading(&self) -> String {
        let (record, words) = (self.record, &self.context.words);
        let broken = record.by_rule.iter().filter(|of| !of.procedures.is_empty()).count();
        let args = [
            self.number(record.clean),
            self.number(record.procedures),
            self.percent(record.clean, record.procedures),
            self.number(record.findings),
            self.number(broken),
            self.number(record.rules_in_force),
        ];
        let summary = words.fill("conformity.summary", &args.each_ref().map(String::as_str));
        let title = paint(Tone::Strong, &words.fill("conformity.title", &[&record.at.to_string()]));
        format!("{title}\n{}", wrap(&summary, self.context.width, 0))
    }

    fn rules(&self) -> String {
        let mut table = self.table(&["rule", "level", "procedures", "share", "findings", "law"], &[2, 3, 4]);
        let broken: Vec<_> = self.record.by_rule.iter().filter(|of| !of.procedures.is_empty()).collect();
        let shown = broken.len().min(self.shown);
        for of in &broken[..shown] {
            let weight = of.code.severity();
            let tone = match weight {
                Severity::Error => Tone::Bad,
                Severity::Warning => Tone::Fair,
                Severity::Information => Tone::Accent,
            };
            table.row([
                Cell::id(Tone::Plain, format!("{} {}", of.code.number(), of.code.name())),
                Cell::new(tone, self.context.words.get(&format!("check.{}", severity(weight)))),
                self.number(of.procedures.len()).into(),
                self.percent(of.procedures.len(), self.record.procedures).into(),
                self.number(of.findings).into(),
                of.law.into(),
            ]);
        }
        let legend = wrap(self.context.words.get("conformity.levels-legend"), self.context.width, 0);
        self.context.heading("conformity.rules")
            + &table.render()
            + &self.context.more("stats.more", broken.len() - shown)
            + &paint(Tone::Faint, &legend)
    }

    /// What files turn off for themselves; the reasons where all lines, or one file, are asked for.
    fn set_aside(&self) -> String {
        let (told, words) = (&self.record.set_aside, &self.context.words);
        if told.is_empty() {
            return String::new();
        }
        let rules = told.iter().map(|(_, told)| told.len()).sum();
        let is_told = self.shown == usize::MAX || self.record.procedures == 1;
        let key = if is_told { "conformity.set-aside" } else { "conformity.set-aside-more" };
        let summary = words.fill(key, &[&self.number(rules), &self.number(told.len())]);
        let mut text = wrap(&summary, self.context.width, 0);
        if is_told {
            for (id, (rule, reason)) in told.iter().flat_map(|(id, told)| told.iter().map(move |told| (id, told))) {
                let line = format!("- {}{}{rule} · {reason}", words.id(id.as_str()), words.get("list.colon"));
                text.push_str(&wrap(&line, self.context.width, 2));
            }
        }
        text
    }

    /// Of one rule, the procedures that break it.
    fn procedures(&self) -> String {
        let Some(code) = self.record.rule else { return String::new() };
        let words = &self.context.words;
        let ids: Vec<_> = self.record.by_rule.iter().flat_map(|of| &of.procedures).collect();
        let title = words.fill("conformity.broken-by", &[code.name(), &self.number(ids.len())]);
        let mut text = format!("\n{}\n", paint(Tone::Strong, &title));
        if ids.is_empty() {
            text.push_str(&format!("{}\n", words.get("conformity.nobody")));
        }
        for id in ids {
            text.push_str(&format!("- {}\n", words.id(id.as_str())));
        }
        text
    }

    fn authorities(&self) -> String {
        let mut table = self.table(&["authority", "procedures", "clean", "share", "first"], &[1, 2, 3]);
        let all = &self.record.by_authority;
        let shown = all.len().min(self.shown);
        for of in &all[..shown] {
            let title = self.vocabulary.authorities.get(&of.authority).map(|known| &known.title);
            let first = of.first.map_or_else(String::new, |(code, number)| format!("{} ({number})", code.name()));
            table.row([
                Cell::from(self.context.label(&of.authority, title)),
                self.number(of.procedures).into(),
                self.number(of.clean).into(),
                self.percent(of.clean, of.procedures).into(),
                Cell::id(Tone::Plain, first),
            ]);
        }
        self.context.heading("conformity.authorities")
            + &table.render()
            + &self.context.more("stats.more", all.len() - shown)
    }

    fn trend(&self) -> String {
        let mut table = self.table(&["date", "in-force", "procedures", "clean", "share"], &[1, 2, 3, 4]);
        for (day, rules, procedures, clean) in &self.record.trend {
            table.row([
                Cell::from(day.to_string()),
                self.number(*rules).into(),
                self.number(*procedures).into(),
                self.number(*clean).into(),
                self.percent(*clean, *procedures).into(),
            ]);
        }
        let legend = wrap(self.context.words.get("conformity.trend-legend"), self.context.width, 0);
        self.context.heading("conformity.trend") + &table.render() + &paint(Tone::Faint, &legend)
    }
}
