//! The words that options choose from.

use clap::ValueEnum;
use mastara_engine::{node::Form, reform::Action};

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

/// The same, a table, or a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For a page or a slide.
    Svg,
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

/// What counts as an error besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings.
    Warnings,
}

/// What a plan is to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanGoal {
    /// Trips.
    Trips,
    /// Sheets of paper.
    Sheets,
    /// Hours of people.
    Hours,
    /// Dirhams, by the Standard Cost Model.
    Dirhams,
}

/// For whom one change of a service holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanUnit {
    /// One procedure.
    Procedure,
    /// One authority.
    Authority,
    /// A sector.
    Sector,
    /// The whole State.
    Everywhere,
}

/// Kinds of change, named as the options of `whatif`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ChangeKind {
    /// A document is fetched from a register.
    Fetch,
    /// A planned register is opened.
    Open,
    /// Payments are made online.
    EPayment,
    /// Results are delivered online.
    EDelivery,
    /// Requests are made online.
    EFiling,
    /// People are identified and sign online.
    EIdentity,
    /// Papers are accepted in digital form.
    AcceptDigital,
    /// A plain copy does instead of a certified copy or a legalised signature, as the law has it.
    Waive,
    /// A plain copy does instead of an original.
    Original,
    /// One copy does.
    OneCopy,
    /// A document is no longer asked for.
    Abolish,
    /// Legal delays become shorter: nothing that a plan counts, so that it is none to choose.
    #[value(skip)]
    Deadline,
}

impl ChangeKind {
    /// The kinds that are chosen among unless others are asked for: not those that give up what is asked for on purpose (a
    /// paper, an original).
    pub fn is_usual(self) -> bool {
        !matches!(self, Self::Original | Self::Abolish)
    }

    /// Of an action.
    pub fn of(action: &Action) -> Self {
        match action {
            Action::Fetch { .. } => Self::Fetch,
            Action::Open { .. } => Self::Open,
            Action::PayOnline => Self::EPayment,
            Action::DeliverOnline => Self::EDelivery,
            Action::FileOnline => Self::EFiling,
            Action::IdentifyOnline => Self::EIdentity,
            Action::AcceptDigital(_) => Self::AcceptDigital,
            Action::Waive(Form::Original) => Self::Original,
            Action::Waive(_) => Self::Waive,
            Action::OneCopy => Self::OneCopy,
            Action::Abolish(_) => Self::Abolish,
            Action::Shorten(_) => Self::Deadline,
        }
    }
}

/// Frameworks of others that the catalogue is looked at through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lens {
    /// The European Union's eGovernment Benchmark.
    Eu,
    /// The French observatory of online procedures.
    Fr,
    /// UNCTAD's eRegulations.
    Unctad,
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
    /// Decisions on the lists of law 55-19.
    Rank,
    /// Shared pieces of flow.
    Fragment,
    /// Words of the language.
    Keyword,
}
