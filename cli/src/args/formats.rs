//! The words that options choose from.

use clap::ValueEnum;

/// When to use colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlainFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The same, or a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SheetFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a page.
    Markdown,
}

/// The same, or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Forms of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub job.
    Github,
}

/// Forms of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Tables; of documents only.
    Text,
    /// For programs; of documents only.
    Json,
    /// A picture; of a flow only.
    Svg,
    /// Text for Graphviz.
    Dot,
    /// Text for Mermaid; of a flow only.
    Mermaid,
}

/// Forms of a course in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TrendFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// A picture.
    Svg,
}

/// What counts as an error besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// Kinds of word that can be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum WordKind {
    /// Papers.
    Document,
    /// Who decides or receives.
    Authority,
    /// Where one goes.
    Place,
    /// Online services.
    Portal,
    /// What an administration fetches from.
    Register,
    /// Fees with a name.
    Fee,
    /// Legal texts.
    Text,
    /// Life events.
    Event,
    /// Sectors.
    Sector,
    /// Shared pieces of flow.
    Fragment,
    /// Words of the language.
    Keyword,
}
