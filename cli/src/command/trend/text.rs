//! The course as people read it: a line a year, then what is planned, by whom, and what is not.

use mastara_engine::vocabulary::Vocabulary;

use super::course::{Course, PACE, Point, Track};
use crate::{
    args::Trend,
    context::Context,
    figures::Mark,
    paint::{Tone, paint},
    paragraph::wrap,
    survey::count,
    table::{Cell, Table},
    view::number::share,
};

/// How many administrations and procedures are shown unless all are asked for.
const FIRST: usize = 12;

/// The whole page, of one administration if it is named.
pub fn text(
    course: &Course<'_>,
    vocabulary: &Vocabulary,
    (args, authority): (&Trend, Option<&str>),
    context: &Context,
) -> String {
    let shown = if args.all { usize::MAX } else { FIRST };
    let page = Page { course, vocabulary, context, authority, shown };
    if args.unplanned {
        return page.heading() + &page.unplanned();
    }
    [page.heading(), page.years(), page.tracks(), page.planned(), page.without(), page.legend()].concat()
}

struct Page<'a> {
    course: &'a Course<'a>,
    vocabulary: &'a Vocabulary,
    context: &'a Context,
    authority: Option<&'a str>,
    shown: usize,
}

impl Page<'_> {
    fn table(&self, what: &str, columns: &[&str], figures: &[usize]) -> Table {
        let keys: Vec<String> = columns.iter().map(|column| format!("{what}.{column}")).collect();
        let headings: Vec<&str> = keys.iter().map(|key| self.context.words.get(key)).collect();
        Table::new(self.context.width, &headings).figures(figures)
    }

    fn heading(&self) -> String {
        let title = self.context.words.fill("trend.title", &[&self.course.at.to_string()]);
        let mut text = format!("{}\n", paint(Tone::Strong, &title));
        if let Some(authority) = self.authority {
            let line = self.context.words.fill("trend.of", &[authority]);
            text.push_str(&wrap(&line, self.context.width, 0));
        }
        text
    }

    /// The months that are shown: the last of each year, the day asked for, and the end.
    fn shown(&self) -> impl Iterator<Item = &Point> {
        let points = &self.course.points;
        points
            .iter()
            .enumerate()
            .filter(|(at, _)| {
                let is_last = |next: &Point| next.day.year() != points[*at].day.year();
                *at == self.course.now || points.get(*at + 1).is_none_or(is_last)
            })
            .map(|(_, point)| point)
    }

    fn years(&self) -> String {
        let figures = self.context.figures();
        let columns = ["day", "procedures", "paperless", "share", "by-volume", "trips", "documents"];
        let mut table = self.table("trend.column", &columns, &[1, 2, 3, 4, 5, 6]);
        for point in self.shown() {
            let all = &point.all;
            let mark = Mark::of(true, all.is_estimated);
            let mean = |mark: Mark, sum: i64| {
                if all.procedures == 0 { "–".to_owned() } else { mark.on(&figures.fixed(all.mean(sum), 2)) }
            };
            let day = point.day.to_string();
            table.row([
                if point.day == self.course.at {
                    Cell::new(Tone::Strong, day)
                } else if point.is_planned {
                    Cell::new(Tone::Faint, self.context.words.fill("trend.planned-day", &[&day]))
                } else {
                    Cell::from(day)
                },
                figures.count(all.procedures).into(),
                figures.count(all.paperless).into(),
                Cell::new(Tone::Good, if all.procedures == 0 { "–".to_owned() } else { figures.percent(all.share()) }),
                all.by_volume()
                    .map_or_else(|| "–".to_owned(), |share| Mark::Estimated.on(&figures.percent(share)))
                    .into(),
                mean(Mark::Known, all.trips).into(),
                mean(mark, all.documents).into(),
            ]);
        }
        self.context.heading("trend.years") + &table.render() + &self.panel()
    }

    /// The same procedures at both ends: new ones come with other habits.
    fn panel(&self) -> String {
        let figures = self.context.figures();
        let (first, now) = (&self.course.points[0], self.course.today());
        if first.panel.procedures == 0 {
            return String::new();
        }
        let mark = Mark::of(true, first.panel.is_estimated || now.panel.is_estimated);
        let mean = |mark: Mark, sums: &super::Sums, sum: i64| mark.on(&figures.fixed(sums.mean(sum), 2));
        let args = [
            figures.count(now.panel.procedures),
            first.day.to_string(),
            mean(Mark::Known, &first.panel, first.panel.trips),
            mean(Mark::Known, &now.panel, now.panel.trips),
            mean(mark, &first.panel, first.panel.documents),
            mean(mark, &now.panel, now.panel.documents),
        ];
        let line = self.context.words.fill("trend.panel", &args.each_ref().map(String::as_str));
        paint(Tone::Faint, &wrap(&line, self.context.width, 0))
    }

    fn tracks(&self) -> String {
        let figures = self.context.figures();
        let total = self.course.standing.len();
        let mut table = self.table("trend.column", &["track", "procedures", "share"], &[1, 2]);
        for track in Track::ALL {
            let number = self.course.of(track);
            let tone = match track {
                Track::Done => Tone::Good,
                Track::Planned => Tone::Accent,
                Track::Short => Tone::Fair,
                Track::Without => Tone::Bad,
            };
            table.row([
                Cell::new(tone, self.context.words.get(key(track))),
                figures.count(number).into(),
                figures.percent(share(count(number), count(total))).into(),
            ]);
        }
        let end = self.course.end();
        let title = self.context.words.fill("trend.tracks", &[&end.day.to_string()]);
        let mut text = format!("\n{}\n{}", paint(Tone::Strong, &title), table.render());
        if let (Some(seen), Some(needed)) = self.course.pace() {
            let args = [figures.count(PACE), figures.decimal(seen, 1), figures.decimal(needed, 1), end.day.to_string()];
            let line = self.context.words.fill("trend.pace", &args.each_ref().map(String::as_str));
            text.push_str(&wrap(&line, self.context.width, 0));
        }
        text
    }

    /// Procedures with a version to come.
    fn planned(&self) -> String {
        let mut rows: Vec<_> = self.course.standing.iter().filter(|standing| standing.next.is_some()).collect();
        rows.sort_by_key(|standing| standing.next);
        if rows.is_empty() {
            return String::new();
        }
        let mut table = self.table("trend.column", &["day", "procedure", "result"], &[]);
        let shown = self.shown.min(rows.len());
        for standing in &rows[..shown] {
            let day = standing.next.map_or_else(String::new, |day| day.to_string());
            let title = self.context.title(&standing.procedure.title);
            let key = match (standing.is_paperless, standing.track) {
                (true, Track::Done) => "trend.result.stays",
                (true, _) => "trend.result.lost",
                (false, Track::Planned) => "trend.result.becomes",
                (false, _) => "trend.result.short",
            };
            table.row([day.into(), title.into(), self.context.words.get(key).into()]);
        }
        self.context.heading("trend.planned") + &table.render() + &self.context.more("stats.more", rows.len() - shown)
    }

    fn without(&self) -> String {
        let figures = self.context.figures();
        let rows: Vec<_> =
            self.course.by_authority.iter().filter(|(_, of)| of.tracks[Track::Without as usize] > 0).collect();
        if rows.is_empty() {
            return String::new();
        }
        let columns = ["authority", "procedures", "done", "coming", "without", "requests"];
        let mut table = self.table("trend.column", &columns, &[1, 2, 3, 4, 5]);
        let shown = self.shown.min(rows.len());
        for (authority, of) in &rows[..shown] {
            let title = self.vocabulary.authorities.get(authority).map(|known| &known.title);
            let number = |track: Track| of.tracks[track as usize];
            let requests = i64::try_from(of.requests).unwrap_or(i64::MAX);
            table.row([
                self.context.label(authority, title).into(),
                figures.count(of.procedures).into(),
                figures.count(number(Track::Done)).into(),
                figures.count(number(Track::Planned) + number(Track::Short)).into(),
                Cell::new(Tone::Bad, figures.count(number(Track::Without))),
                match requests {
                    0 => Cell::from("–"),
                    requests => Mark::of(true, of.is_estimated).on(&figures.rough(requests)).into(),
                },
            ]);
        }
        self.context.heading("trend.without") + &table.render() + &self.context.more("stats.more", rows.len() - shown)
    }

    /// The procedures of which no version is to come, one by one.
    fn unplanned(&self) -> String {
        let figures = self.context.figures();
        let rows: Vec<_> = self.course.unplanned().collect();
        let end = self.course.end().day.to_string();
        let count = count(rows.len());
        let line = self.context.words.plural("trend.unplanned", count, &figures.cases(count));
        let line = self.context.words.fill("trend.unplanned-until", &[&line, &end]);
        let mut text = wrap(&line, self.context.width, 0);
        if rows.is_empty() {
            return text;
        }
        let mut table = self.table("trend.column", &["id", "procedure", "authority", "requests"], &[3]);
        for procedure in rows {
            let requests = procedure.volume.as_ref().map(|volume| {
                let requests = i64::try_from(volume.requests).unwrap_or(i64::MAX);
                let shown = if volume.estimated { figures.rough(requests) } else { figures.whole(requests) };
                Mark::of(true, volume.estimated).on(&shown)
            });
            table.row([
                Cell::id(Tone::Accent, self.context.words.id(procedure.id.as_str())),
                self.context.title(&procedure.title).into(),
                self.context.words.id(procedure.authority.as_str()).into(),
                requests.unwrap_or_else(|| "–".to_owned()).into(),
            ]);
        }
        text.push_str(&format!("\n{}", table.render()));
        text + &paint(Tone::Faint, &wrap(self.context.words.get("trend.unplanned-legend"), self.context.width, 0))
    }

    fn legend(&self) -> String {
        let words = &self.context.words;
        let mut text = words.get("trend.legend").to_owned();
        if self.course.left_out > 0 {
            let count = self.context.figures().count(self.course.left_out);
            text = format!("{text} {}", words.fill("trend.left-out", &[&count]));
        }
        let text = format!("{text} {}", words.get("mark.estimated"));
        format!("\n{}", paint(Tone::Faint, &wrap(&text, self.context.width, 0)))
    }
}

/// The key of the words for a track.
pub const fn key(track: Track) -> &'static str {
    match track {
        Track::Done => "trend.done",
        Track::Planned => "trend.on-track",
        Track::Short => "trend.short",
        Track::Without => "trend.no-plan",
    }
}
