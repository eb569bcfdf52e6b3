//! A sheet with its headings, for a template.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{figures::legend, locale::Words, view::sheet::SheetView};

/// The headings of a sheet, by the last part of their key.
const HEADINGS: [&str; 16] = [
    "authority",
    "audience",
    "version",
    "given",
    "open",
    "summary",
    "papers",
    "no-papers",
    "stages",
    "detours",
    "questions",
    "outcomes",
    "legal",
    "sources",
    "planned",
    "not-in-force",
];

/// A sheet and its headings, for a template.
#[derive(Serialize)]
pub struct Titled<'a> {
    sheet: &'a SheetView,
    title: BTreeMap<String, &'a str>,
    lang: &'static str,
    provenance: &'a str,
    legend: String,
    colon: &'a str,
    comma: &'a str,
    either: &'a str,
    arrow: &'a str,
}

impl<'a> Titled<'a> {
    /// A sheet and its headings.
    pub fn new(sheet: &'a SheetView, words: &'a Words) -> Self {
        let heading =
            |key: &&str| (key.replace('-', "_"), words.find(&format!("show.heading.{key}")).unwrap_or_default());
        Self {
            sheet,
            title: HEADINGS.iter().map(heading).collect(),
            lang: words.lang().code(),
            provenance: words.find(&format!("provenance.{}", sheet.version.provenance)).unwrap_or_default(),
            legend: legend(words),
            colon: words.get("list.colon"),
            comma: words.get("phrase.comma"),
            either: words.get("phrase.or"),
            arrow: words.get("phrase.arrow"),
        }
    }
}
