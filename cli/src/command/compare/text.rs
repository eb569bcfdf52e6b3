//! A comparison as text that fits a width.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    figures::legend,
    locale::Words,
    paint::{Tone, paint},
    paragraph::wrap,
    phrase::bound,
    table::{Cell, Table},
    view::comparison::{ComparedVersionView, ComparisonView, MeasureView},
};

/// The headings of a comparison, by the last part of their key.
const HEADINGS: [&str; 14] = [
    "measure",
    "before",
    "after",
    "difference",
    "nominal",
    "most",
    "steps",
    "new",
    "gone",
    "still",
    "added",
    "from",
    "to",
    "fetched",
];

/// A comparison and its headings, for a template.
#[derive(Serialize)]
pub struct Titled<'a> {
    view: &'a ComparisonView,
    title: BTreeMap<&'a str, &'a str>,
    lang: &'static str,
    legend: String,
    colon: &'a str,
    arrow: &'a str,
}

impl<'a> Titled<'a> {
    /// A comparison and its headings.
    pub fn new(view: &'a ComparisonView, words: &'a Words) -> Self {
        let heading = |key: &&'a str| (*key, words.find(&format!("compare.heading.{key}")).unwrap_or_default());
        Self {
            view,
            title: HEADINGS.iter().map(heading).collect(),
            lang: words.lang().code(),
            legend: legend(words),
            colon: words.get("list.colon"),
            arrow: words.get("phrase.arrow"),
        }
    }
}

/// Below this width, the most has a table of its own.
const WIDE: usize = 100;

/// The comparison as text.
pub fn text(view: &ComparisonView, words: &Words, width: usize) -> String {
    let page = Page { words, width };
    let mut out = paint(Tone::Strong, wrap(&view.title, width, 0).trim_end_matches('\n'));
    out.push_str(&format!("\n{}\n", paint(Tone::Accent, &words.id(&view.id))));
    for (key, version) in [("from", &view.from), ("to", &view.to)] {
        out.push_str(&page.version(key, version));
    }
    out.push_str(&page.measures(&view.measures));
    out.push_str(&page.heading("steps"));
    for node in &view.nodes {
        let sign = match node.fate {
            "kept" => "  = ",
            "replaced" => "  ↪ ",
            "dropped" => "  − ",
            _ => "  ? ",
        };
        out.push_str(&page.item(sign, &words.fill("show.labelled", &[&node.title, &node.text])));
    }
    for node in &view.new {
        out.push_str(&page.item("  + ", &words.fill("show.labelled", &[&node.title, words.get("compare.new")])));
    }
    out.push_str(&page.papers(view));
    out + "\n" + &paint(Tone::Faint, &legend(words)) + "\n"
}

struct Page<'a> {
    words: &'a Words,
    width: usize,
}

impl Page<'_> {
    fn title(&self, key: &str) -> String {
        self.words.get(&format!("compare.heading.{key}")).to_owned()
    }

    fn heading(&self, key: &str) -> String {
        format!("\n{}\n", paint(Tone::Strong, &self.title(key)))
    }

    fn item(&self, sign: &str, text: &str) -> String {
        wrap(&format!("{sign}{}", bound(text)), self.width, sign.chars().count())
    }

    fn version(&self, key: &str, version: &ComparedVersionView) -> String {
        let words = self.words;
        let mut parts = vec![words.fill("graph.subtitle", &[&version.title, &words.id(&version.from)])];
        parts.extend(version.planned.then(|| words.get("show.heading.planned").to_owned()));
        parts.push(words.get(&format!("provenance.{}", version.provenance)).to_owned());
        wrap(&bound(&words.fill("show.labelled", &[&self.title(key), &parts.join(" · ")])), self.width, 2)
    }

    /// One table, or two where one is too wide.
    fn measures(&self, measures: &[MeasureView]) -> String {
        let (before, after, difference) = (self.title("before"), self.title("after"), self.title("difference"));
        let (measure, nominal, most) = (self.title("measure"), self.title("nominal"), self.title("most"));
        let row = |measure: &MeasureView, texts: &[&[String; 3]]| {
            let figures = texts.iter().flat_map(|texts| texts.iter());
            std::iter::once(Cell::from(measure.title.as_str()))
                .chain(figures.map(|text| Cell::from(text.as_str())))
                .collect::<Vec<_>>()
        };
        if self.width >= WIDE {
            let most_of = |text: &str| self.words.fill("compare.most-of", &[text]);
            let (before_most, after_most) = (most_of(&before), most_of(&after));
            let headings: [&str; 7] = [&measure, &before, &after, &difference, &before_most, &after_most, &difference];
            let mut table = Table::new(self.width, &headings).figures(&[1, 2, 3, 4, 5, 6]);
            for measure in measures {
                table.row(row(measure, &[&measure.nominal.text, &measure.most.text]));
            }
            return format!("\n{}", table.render());
        }
        let mut out = String::new();
        for (heading, is_most) in [(nominal, false), (most, true)] {
            let headings: [&str; 4] = [&heading, &before, &after, &difference];
            let mut table = Table::new(self.width, &headings).figures(&[1, 2, 3]);
            for measure in measures {
                let pair = if is_most { &measure.most } else { &measure.nominal };
                table.row(row(measure, &[&pair.text]));
            }
            out.push('\n');
            out.push_str(&table.render());
        }
        out
    }

    fn papers(&self, view: &ComparisonView) -> String {
        let mut out = String::new();
        if !view.papers.gone.is_empty() {
            out.push_str(&self.heading("gone"));
        }
        for paper in &view.papers.gone {
            let text = match &paper.fetched_from {
                Some(register) => self.words.fill("compare.fetched", &[&paper.title, &register.title]),
                None => paper.title.clone(),
            };
            out.push_str(&self.item("  − ", &text));
        }
        for (key, sign, papers) in [("still", "  = ", &view.papers.still), ("added", "  + ", &view.papers.added)] {
            if !papers.is_empty() {
                out.push_str(&self.heading(key));
                papers.iter().for_each(|paper| out.push_str(&self.item(sign, &paper.title)));
            }
        }
        out
    }
}
