//! The course as a picture: coverage, then mean trips and papers, then what is planned and what is not.
//!
//! INVARIANT: everything is placed as in a left-to-right picture; [`Pen`] alone mirrors it for right-to-left languages.

use mastara_engine::{Date, text::Lang};
use serde::Serialize;

use super::{
    course::{Course, Point, Track},
    text::key,
};
use crate::{
    context::Context,
    error::Error,
    figures::Mark,
    graph::{Line, Pen, number},
    survey::count,
    template::{Page, render},
    view::number::share,
};

/// The size of the sheet.
const SIZE: (f64, f64) = (1000.0, 700.0);
/// Where time begins and ends across.
const ACROSS: (f64, f64) = (64.0, 800.0);
/// The upper and lower side of the coverage, and of the means.
const PLOTS: [(f64, f64); 2] = [(112.0, 340.0), (404.0, 560.0)];
/// The upper side of the bar of what is planned, and its height.
const BAR: (f64, f64) = (626.0, 18.0);

/// A picture as the template wants it.
#[derive(Debug, Default, Serialize)]
struct Picture {
    lang: &'static str,
    is_rtl: bool,
    width: String,
    height: String,
    title: String,
    description: String,
    bar_top: String,
    bar_height: String,
    rules: Vec<String>,
    strokes: Vec<(&'static str, String)>,
    dots: Vec<(&'static str, String, String)>,
    blocks: Vec<Block>,
    texts: Vec<(&'static str, Line)>,
}

/// A part of the bar.
#[derive(Debug, Serialize)]
struct Block {
    class: &'static str,
    x: String,
    width: String,
}

struct Chart<'a> {
    course: &'a Course<'a>,
    context: &'a Context,
    pen: Pen,
    picture: Picture,
}

/// Draws a course, of one administration if it is named.
pub fn draw(course: &Course<'_>, authority: Option<&str>, context: &Context) -> Result<String, Error> {
    let is_rtl = context.lang == Lang::Ar;
    let pen = Pen { is_rtl, width: SIZE.0, shift: (0.0, 0.0) };
    let mut chart = Chart { course, context, pen, picture: Picture::default() };
    chart.head(authority);
    chart.time();
    chart.coverage();
    chart.means();
    chart.plans();
    let picture = Picture {
        lang: context.lang.code(),
        is_rtl,
        width: number(SIZE.0),
        height: number(SIZE.1),
        bar_top: number(BAR.0),
        bar_height: number(BAR.1),
        ..chart.picture
    };
    render(Page::Trend, picture)
}

impl Chart<'_> {
    fn text(&mut self, class: &'static str, at: (f64, f64), text: String) {
        self.picture.texts.extend(self.pen.lines(&[text], at, 0.0).into_iter().map(|line| (class, line)));
    }

    fn word(&self, key: &str) -> String {
        self.context.words.get(key).to_owned()
    }

    fn fill(&self, key: &str, args: &[String]) -> String {
        self.context.words.fill(key, &args.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// A day, kept from being turned round among Arabic words.
    fn day(&self, day: Date) -> String {
        format!("\u{2066}{day}\u{2069}")
    }

    fn percent(&self, share: f64) -> String {
        self.context.figures().percent(share)
    }

    /// Where a day stands across.
    fn x(&self, day: Date) -> f64 {
        let points = &self.course.points;
        let first = points[0].day.first_of_month();
        let days = |to: Date| f64::from((to - first).get_days());
        ACROSS.0 + (ACROSS.1 - ACROSS.0) * days(day) / days(points[points.len() - 1].day).max(1.0)
    }

    fn head(&mut self, authority: Option<&str>) {
        let (course, figures) = (self.course, self.context.figures());
        let years = [course.points[0].day, course.end().day].map(|day| day.year().to_string());
        let title = self.fill("trend.chart-title", &years);
        let title = authority.map_or_else(|| title.clone(), |of| format!("{of} · {title}"));
        let today = &course.today().all;
        let args = [figures.count(today.procedures), self.day(course.at), self.percent(today.share())];
        let subtitle = self.fill("trend.chart-subtitle", &args);
        self.picture.title.clone_from(&title);
        self.picture.description.clone_from(&subtitle);
        self.text("head", (24.0, 38.0), title);
        self.text("subhead", (24.0, 62.0), subtitle);
    }

    /// The years under both plots, and the day.
    fn time(&mut self) {
        let points = &self.course.points;
        let (first, last) = (points[0].day.year(), points[points.len() - 1].day.year());
        let step = if last - first > 8 { 2 } else { 1 };
        for year in (first..=last).filter(|year| (year - first) % step == 0) {
            let x = self.x(Date::constant(year, 1, 1).max(points[0].day.first_of_month()));
            for (_, low) in PLOTS {
                self.text("tick middle", (x, low + 18.0), year.to_string());
            }
        }
        let x = self.x(self.course.at);
        for (high, low) in PLOTS {
            self.stroke("now", &[(x, high - 6.0), (x, low)]);
        }
        self.text("tick middle", (x, PLOTS[0].0 - 12.0), self.day(self.course.at));
    }

    fn stroke(&mut self, class: &'static str, corners: &[(f64, f64)]) {
        let pair = |&corner: &(f64, f64)| {
            let (x, y) = self.pen.point(corner);
            format!("{} {}", number(x), number(y))
        };
        let path = format!("M{}", corners.iter().map(pair).collect::<Vec<_>>().join("L"));
        self.picture.strokes.push((class, path));
    }

    /// A line of values, what is to come dashed.
    fn line(&mut self, classes: [&'static str; 2], plot: (f64, f64), most: f64, value: impl Fn(&Point) -> Option<f64>) {
        let now = self.course.now;
        let corner = |point: &Point| Some((self.x(point.day), height(plot, value(point)? / most)));
        let corners: Vec<Option<(f64, f64)>> = self.course.points.iter().map(corner).collect();
        let past: Vec<_> = corners[..=now].iter().flatten().copied().collect();
        let coming: Vec<_> = corners[now..].iter().flatten().copied().collect();
        for (class, corners) in classes.into_iter().zip([past, coming]) {
            if corners.len() > 1 {
                self.stroke(class, &corners);
            }
        }
    }

    fn grid(&mut self, plot: (f64, f64), steps: u32, label: impl Fn(u32) -> String) {
        for step in 0..=steps {
            let y = height(plot, f64::from(step) / f64::from(steps));
            let (left, right) = (self.pen.point((ACROSS.0, y)).0, self.pen.point((ACROSS.1, y)).0);
            self.picture.rules.push(format!("M{} {y}H{}", number(left), number(right), y = number(y)));
            self.text("tick end", (ACROSS.0 - 8.0, y + 4.0), label(step));
        }
    }

    fn coverage(&mut self) {
        let plot = PLOTS[0];
        self.text("section", (24.0, plot.0 - 24.0), self.word("trend.chart-coverage"));
        let figures = self.context.figures();
        self.grid(plot, 4, |step| figures.percent_change(f64::from(step) / 4.0).replace('+', ""));
        let (today, end) = (self.course.today(), self.course.end());
        if self.course.now + 1 < self.course.points.len() {
            let from = (self.x(today.day), height(plot, today.all.share()));
            self.stroke("goal", &[from, (ACROSS.1, plot.0)]);
            self.text(
                "goal",
                (ACROSS.1 + 10.0, plot.0 + 4.0),
                self.fill("trend.chart-goal", &[end.day.year().to_string()]),
            );
        }
        self.line(["volume", "volume planned"], plot, 1.0, |point| point.all.by_volume());
        self.line(["share", "share planned"], plot, 1.0, |point| (point.all.procedures > 0).then(|| point.all.share()));
        let mut labels =
            vec![("share", end.all.share(), self.fill("trend.chart-share", &[self.percent(end.all.share())]))];
        if let Some(volume) = end.all.by_volume() {
            let shown = Mark::Estimated.on(&self.percent(volume));
            labels.push(("volume", volume, self.fill("trend.chart-volume", &[shown])));
        }
        self.labels(plot, labels.into_iter().map(|(class, at, text)| (class, height(plot, at), text)).collect());
        let at = self.pen.point((self.x(today.day), height(plot, today.all.share())));
        self.picture.dots.push(("share", number(at.0), number(at.1)));
    }

    fn means(&mut self) {
        let plot = PLOTS[1];
        self.text("section", (24.0, plot.0 - 20.0), self.word("trend.chart-means"));
        let all = |point: &Point| [point.all.mean(point.all.trips), point.all.mean(point.all.documents)];
        let most = self.course.points.iter().flat_map(all).fold(1.0, f64::max).ceil();
        let figures = self.context.figures();
        self.grid(plot, 2, |step| figures.decimal(most * f64::from(step) / 2.0, 1));
        let is_any = |point: &Point| point.all.procedures > 0;
        self.line(["papers", "papers planned"], plot, most, |point| is_any(point).then(|| all(point)[1]));
        self.line(["trips", "trips planned"], plot, most, |point| is_any(point).then(|| all(point)[0]));
        let end = self.course.end();
        let mark = Mark::of(true, end.all.is_estimated);
        let [trips, papers] = all(end).map(|mean| figures.fixed(mean, 2));
        let shown = [trips, mark.on(&papers)];
        let labels = [
            ("papers", all(end)[1], "trend.chart-papers", &shown[1]),
            ("trips", all(end)[0], "trend.chart-trips", &shown[0]),
        ];
        let labels = labels.map(|(class, at, key, shown)| {
            (class, height(plot, at / most), self.fill(key, std::slice::from_ref(shown)))
        });
        self.labels(plot, labels.into());
    }

    /// Words at the end of lines, apart from each other.
    fn labels(&mut self, plot: (f64, f64), mut labels: Vec<(&'static str, f64, String)>) {
        labels.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut above = plot.0 - 16.0;
        for (class, y, text) in labels {
            let y = y.max(above + 16.0);
            self.text(class, (ACROSS.1 + 10.0, y + 4.0), text);
            above = y;
        }
    }

    /// One bar for all procedures in force, by what is to become of them.
    fn plans(&mut self) {
        let total = self.course.standing.len();
        let end = self.day(self.course.end().day);
        self.text("section", (24.0, BAR.0 - 16.0), self.fill("trend.tracks", &[end]));
        let (mut x, room) = (24.0, SIZE.0 - 48.0);
        let mut legend = 24.0;
        for (track, class) in Track::ALL.into_iter().zip(["done", "coming", "short", "without"]) {
            let number_of = self.course.of(track);
            if number_of == 0 {
                continue;
            }
            let width = room * share(count(number_of), count(total));
            let left = if self.pen.is_rtl { self.pen.point((x + width, 0.0)).0 } else { x };
            self.picture.blocks.push(Block { class, x: number(left), width: number(width) });
            x += width;
            let label = format!("{} {}", self.context.figures().count(number_of), self.word(key(track)));
            let (sign, _) = self.pen.point((legend + 5.0, 0.0));
            self.picture.dots.push((class, number(sign), number(BAR.0 + BAR.1 + 20.0)));
            self.text("legend", (legend + 16.0, BAR.0 + BAR.1 + 24.0), label.clone());
            legend += 40.0 + crate::graph::ink_width(&label, 12.5);
        }
        let note = format!("{} {}", self.word("trend.chart-note"), self.word("mark.estimated"));
        self.text("legend", (24.0, SIZE.1 - 10.0), note);
    }
}

/// The height at which a share of a plot stands.
fn height((high, low): (f64, f64), share: f64) -> f64 {
    low - (low - high) * share.clamp(0.0, 1.0)
}
