//! The statistics as people read them.

use mastara_engine::text::Name;

use super::stats::Stats;
use crate::{
    command::report::audience_key,
    context::Context,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::{Tally, count},
    table::{Cell, Table},
    view::number::share,
};

/// How many rows are shown unless all are asked for.
const FIRST: usize = 12;

/// The whole page.
pub fn text(stats: &Stats<'_>, all: bool, context: &Context) -> String {
    let page = Page { stats, context, shown: if all { usize::MAX } else { FIRST } };
    let parts = [
        page.heading(),
        page.known(),
        page.sectors(),
        page.levels(),
        page.audiences(),
        page.authorities(),
        page.words(),
        page.fragments(),
        page.documents(),
        page.lists(),
        page.variety(),
    ];
    parts.concat()
}

struct Page<'a> {
    stats: &'a Stats<'a>,
    context: &'a Context,
    shown: usize,
}

impl Page<'_> {
    fn word<'k>(&'k self, key: &'k str) -> &'k str {
        self.context.words.get(key)
    }

    fn count(&self, number: usize) -> String {
        self.context.figures().count(number)
    }

    fn percent(&self, number: usize, of: usize) -> String {
        self.context.figures().percent(share(count(number), count(of)))
    }

    fn part(&self, number: usize) -> String {
        self.percent(number, self.stats.procedures())
    }

    fn wrapped(&self, text: &str) -> String {
        wrap(text, self.context.width, 0)
    }

    fn heading(&self) -> String {
        let plural = |key: &str, number: usize| self.context.words.plural(key, count(number), &self.count(number));
        let parts = [
            plural("report.procedures", self.stats.procedures()),
            plural("stats.versions", self.stats.versions),
            plural("report.sectors", self.stats.survey.by_sector.len()),
            plural("report.authorities", self.stats.survey.by_authority.len()),
        ];
        let title = self.context.words.fill("stats.title", &[&self.stats.survey.at.to_string()]);
        format!("{}\n{}", paint(Tone::Strong, &title), self.wrapped(&parts.join(" · ")))
    }

    fn known(&self) -> String {
        let headings = ["what", "count", "share"].map(|key| format!("stats.column.{key}"));
        let mut table = Table::new(self.context.width, &headings.each_ref().map(|key| self.word(key))).figures(&[1, 2]);
        for (what, number) in &self.stats.shares {
            // What is under a hyphen is a part of the row above.
            let indent = if what.starts_with("delay-") || what.starts_with("fee-") { "  " } else { "" };
            let key = format!("stats.{what}");
            let label = format!("{indent}{}", self.word(&key));
            table.row([label.into(), self.count(*number).into(), self.part(*number).into()]);
        }
        self.context.heading("stats.known") + &table.render()
    }

    /// A table of how many procedures each has.
    fn groups(&self, what: &str, rows: &[(String, usize)]) -> String {
        let headings =
            [format!("stats.column.{what}"), "stats.column.procedures".to_owned(), "stats.column.share".to_owned()];
        let mut table = Table::new(self.context.width, &headings.each_ref().map(|key| self.word(key))).figures(&[1, 2]);
        // Sectors, levels and audiences are few.
        let shown = if what == "authority" { self.shown.min(rows.len()) } else { rows.len() };
        for (title, number) in &rows[..shown] {
            table.row([Cell::from(title.as_str()), self.count(*number).into(), self.part(*number).into()]);
        }
        self.context.heading(&format!("stats.{what}"))
            + &table.render()
            + &self.context.more("stats.more", rows.len() - shown)
    }

    fn sectors(&self) -> String {
        let titles = &self.stats.vocabulary.sectors;
        let row = |(name, tally): &(Name, Tally)| (self.context.label(name, titles.get(name)), tally.procedures);
        self.groups("sector", &self.stats.survey.by_sector.iter().map(row).collect::<Vec<_>>())
    }

    fn levels(&self) -> String {
        let levels = self.stats.survey.all.levels.iter().enumerate();
        let row =
            |(level, number): (usize, &usize)| (format!("{level} {}", self.word(&format!("level.{level}"))), *number);
        self.groups("level", &levels.map(row).collect::<Vec<_>>())
    }

    fn audiences(&self) -> String {
        let groups = self.stats.survey.by_audience.iter();
        self.groups(
            "audience",
            &groups
                .map(|(who, tally)| (self.word(&audience_key(*who)).to_owned(), tally.procedures))
                .collect::<Vec<_>>(),
        )
    }

    fn authorities(&self) -> String {
        let titles = &self.stats.vocabulary.authorities;
        let title = |name: &Name| titles.get(name).map(|authority| &authority.title);
        let row = |(name, tally): &(Name, Tally)| (self.context.label(name, title(name)), tally.procedures);
        self.groups("authority", &self.stats.survey.by_authority.iter().map(row).collect::<Vec<_>>())
    }

    fn words(&self) -> String {
        let headings = ["word", "used", "defined"].map(|key| format!("stats.column.{key}"));
        let mut table = Table::new(self.context.width, &headings.each_ref().map(|key| self.word(key))).figures(&[1, 2]);
        for (kind, used, defined) in &self.stats.words {
            let key = format!("stats.{kind}");
            table.row([Cell::from(self.word(&key)), self.count(*used).into(), self.count(*defined).into()]);
        }
        self.context.heading("stats.words") + &table.render()
    }

    fn fragments(&self) -> String {
        let (steps, written) = self.stats.steps;
        let args = [self.count(written), self.count(steps), self.percent(written, steps)];
        let summary = self.context.words.fill("stats.of-steps", &args.each_ref().map(String::as_str));
        let headings = ["fragment", "nodes"].map(|key| format!("stats.column.{key}"));
        let mut table = Table::new(self.context.width, &headings.each_ref().map(|key| self.word(key))).figures(&[1]);
        for (name, number) in self.stats.fragments.iter().take(self.shown) {
            table.row([Cell::id(Tone::Plain, name.as_str()), self.count(*number).into()]);
        }
        self.context.heading("stats.fragments") + &self.wrapped(&summary) + &table.render()
    }

    fn documents(&self) -> String {
        let headings = ["document", "all", "usual"].map(|key| format!("documents.column.{key}"));
        let mut table = Table::new(self.context.width, &headings.each_ref().map(|key| self.word(key))).figures(&[1, 2]);
        let rows = self.stats.documents.demanded();
        for (document, uses) in rows.iter().take(self.shown) {
            let title = self.stats.vocabulary.documents.get(*document).map(|known| &known.title);
            let counts = [uses.demanded(), uses.usual.len()].map(|number| self.count(number).into());
            let [demanded, usual] = counts;
            table.row([Cell::from(self.context.label(document, title)), demanded, usual]);
        }
        self.context.heading("stats.demanded")
            + &table.render()
            + &self.context.more("stats.more", rows.len().saturating_sub(self.shown))
    }

    fn lists(&self) -> String {
        let headings = ["list", "ranks", "covered", "procedures", "kept"].map(|key| format!("stats.column.{key}"));
        let mut table =
            Table::new(self.context.width, &headings.each_ref().map(|key| self.word(key))).figures(&[1, 2, 3, 4]);
        let mut off = String::new();
        for held in &self.stats.lists {
            let [ranks, covered, procedures] =
                [held.ranks, held.covered, held.procedures].map(|n| self.count(n).into());
            let kept = [held.with_delay - held.other_delay.len(), held.with_delay].map(|n| self.count(n));
            let kept = self.context.words.fill("stats.kept", &kept.each_ref().map(String::as_str));
            // The list of extensions gives no delay.
            let kept = if held.with_delay == 0 { "–".to_owned() } else { kept };
            table.row([
                self.word(&format!("stats.list.{}", held.name)).into(),
                ranks,
                covered,
                procedures,
                kept.into(),
            ]);
            if !held.other_delay.is_empty() {
                let ids: Vec<_> = held.other_delay.iter().map(|id| self.context.words.id(id.as_str())).collect();
                let ids = ids.join(self.word("list.comma"));
                off.push_str(&self.wrapped(&self.context.words.fill("stats.off-lists", &[&ids])));
            }
        }
        self.context.heading("stats.lists") + &table.render() + &off
    }

    fn variety(&self) -> String {
        let (stats, all) = (self.stats, self.stats.procedures());
        let args = [
            self.count(stats.in_families()),
            self.count(all),
            self.part(stats.in_families()),
            self.count(stats.same_course),
            self.part(stats.same_course),
        ];
        let summary = self.context.words.fill("stats.families", &args.each_ref().map(String::as_str));
        let mut text = self.context.heading("stats.variety") + &self.wrapped(&summary);
        for family in &stats.families {
            let ids: Vec<_> = family.iter().map(|id| self.context.words.id(id.as_str())).collect();
            let line = format!("- {} : {}", self.word("stats.family"), ids.join(self.word("list.comma")));
            text.push_str(&wrap(&line, self.context.width, 2));
        }
        let headings = ["likeness", "one", "other"].map(|key| format!("stats.column.{key}"));
        let mut table = Table::new(self.context.width, &headings.each_ref().map(|key| self.word(key))).figures(&[0]);
        for (alike, one, other) in stats.nearest.iter().take(self.shown) {
            let ids = [one, other].map(|id| Cell::id(Tone::Plain, id.as_str()));
            let [one, other] = ids;
            table.row([Cell::from(self.context.figures().percent(*alike)), one, other]);
        }
        text + &self.context.heading("stats.nearest") + &table.render()
    }
}
