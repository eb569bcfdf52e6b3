//! The command line as data. What people read about it is in the locales (`help.*`), set by `usage`.

mod changes;
mod formats;
mod plan;
mod simulate;

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, builder::PossibleValuesParser, builder::TypedValueParser};
use mastara_engine::{Date, text::Lang};

pub use self::{
    changes::Changes,
    formats::{
        ChangeKind, CheckFormat, Color, Deny, GraphFormat, Lens, PictureFormat, PlainFormat, PlanGoal, PlanUnit,
        SheetFormat, TableFormat, WordKind,
    },
    plan::Plan,
    simulate::{DelayModel, ServiceLaw, Simulate},
};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "mastara", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub struct Args {
    /// What every command takes.
    #[command(flatten)]
    pub shared: Shared,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Group)]
pub struct Shared {
    /// A folder in place of the catalogue in the binary.
    #[arg(long = "catalog", global = true, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// The language of what is shown.
    #[arg(long, global = true, value_name = "LANG", value_parser = lang_parser())]
    pub lang: Option<Lang>,
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Paperless coverage of the catalogue.
    Report(Report),
    /// The sheet a person needs.
    Show(Show),
    /// All measures of procedures.
    Measure(Measure),
    /// Before and after, step by step.
    Compare(Compare),
    /// What a change of the catalogue means.
    Diff(Diff),
    /// Walks a case in the terminal.
    Run(Run),
    /// Draws a flow.
    Graph(Graph),
    /// What is wrong with files.
    Check(Check),
    /// Claims and examples.
    Test(Test),
    /// Formats files.
    Fmt(Fmt),
    /// What the law says, rule by rule and administration by administration.
    Conformity(Conformity),
    /// What procedures cost people in hours and dirhams.
    Burden(Burden),
    /// The procedures that one event brings together.
    Event(Event),
    /// The index of digital maturity.
    Maturity(Maturity),
    /// Many people at once.
    Simulate(Simulate),
    /// What changes would do to the whole catalogue.
    Whatif(Box<Whatif>),
    /// Which changes to make first.
    Plan(Plan),
    /// Month by month, and where what is planned leads.
    Trend(Trend),
    /// What a rule means.
    Explain(Explain),
    /// Words of the vocabulary and of the language.
    Words(SearchWords),
    /// A draft of a new file.
    New(New),
    /// A procedure in the browser.
    Preview(Preview),
    /// Findings and figures at each save.
    Watch(Watch),
    /// Schemas for editors.
    Schema(Schema),
    /// The catalogue as a whole.
    Catalog(Catalog),
    /// The language server, for editors.
    Lsp(Lsp),
}

/// `lsp`.
#[derive(Debug, Group)]
pub struct Lsp {
    /// Over the standard streams, which is the only way; editors write it out of habit.
    #[arg(long)]
    pub stdio: bool,
}

/// `catalog`.
#[derive(Debug, Group)]
pub struct Catalog {
    /// What about it.
    #[command(subcommand)]
    pub command: CatalogCommand,
}

/// What there is to know of the catalogue as a whole.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// How large, how well sourced and how varied it is.
    Stats(Stats),
}

/// `catalog stats`.
#[derive(Debug, Group)]
pub struct Stats {
    /// The day that versions in force are looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// Every row, not only the first ones.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `report`.
#[derive(Debug, Group)]
pub struct Report {
    /// The day of the report; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// Every authority, not only the first ones.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TableFormat,
}

/// `show`.
#[derive(Debug, Group)]
pub struct Show {
    /// The procedure: `sector/id` or `id`.
    #[arg(value_name = "ID")]
    pub id: String,
    /// What is known of the person: `question=value`, several separated by commas, or the option repeated.
    #[arg(long, value_name = "Q=V", value_delimiter = ',')]
    pub with: Vec<String>,
    /// The version; the one in force if not given.
    #[arg(long, value_name = "V")]
    pub version: Option<String>,
    /// The day that the version in force is looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SheetFormat,
}

/// `measure`.
#[derive(Debug, Group)]
pub struct Measure {
    /// The procedures: `sector/id` or `id`; all if none is given.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// One version; all if not given.
    #[arg(long, value_name = "V", requires = "ids")]
    pub version: Option<String>,
    /// With all that must be gone through for its papers.
    #[arg(long, requires = "ids")]
    pub deep: bool,
    /// With `--deep`: what is known of the person: `question=value`, several separated by commas, or the option repeated.
    #[arg(long, value_name = "Q=V", value_delimiter = ',', requires = "deep")]
    pub with: Vec<String>,
    /// The day that the version in force is looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TableFormat,
}

/// `compare`.
#[derive(Debug, Group)]
pub struct Compare {
    /// The procedure: `sector/id` or `id`.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The older version; the oldest if not given.
    #[arg(long, value_name = "V")]
    pub from: Option<String>,
    /// The newer version; the one in force if not given.
    #[arg(long, value_name = "V")]
    pub to: Option<String>,
    /// What is known of the person: `question=value`, several separated by commas, or the option repeated.
    #[arg(long, value_name = "Q=V", value_delimiter = ',')]
    pub with: Vec<String>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SheetFormat,
}

/// `diff`.
#[derive(Debug, Group)]
pub struct Diff {
    /// The older catalogue: a folder, or a revision of the folder of the catalogue.
    #[arg(value_name = "REV")]
    pub from: String,
    /// The newer one; the folder of the catalogue as it stands if not given.
    #[arg(value_name = "REV")]
    pub to: Option<String>,
    /// The day that versions in force are looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SheetFormat,
}

/// `run`.
#[derive(Debug, Group)]
pub struct Run {
    /// The procedure: `sector/id` or `id`.
    #[arg(value_name = "ID")]
    pub id: String,
    /// A file of answers, for scripts; `-` is the standard input.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Every event, as it is written in the journal.
    #[arg(long)]
    pub trace: bool,
    /// The version; the one in force if not given.
    #[arg(long, value_name = "V")]
    pub version: Option<String>,
    /// The day that the version in force is looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `graph`.
#[derive(Debug, Group)]
pub struct Graph {
    /// The procedure: `sector/id` or `id`.
    #[arg(value_name = "ID", required_unless_present = "documents", conflicts_with = "documents")]
    pub id: Option<String>,
    /// The papers that procedures demand of one another, in place of the flow of one.
    #[arg(long, conflicts_with_all = ["version", "with"])]
    pub documents: bool,
    /// Every row, not only the first ones (`--documents`).
    #[arg(long, requires = "documents")]
    pub all: bool,
    /// The version; the one in force if not given.
    #[arg(long, value_name = "V")]
    pub version: Option<String>,
    /// The day that the version in force is looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// A person whose way is lit up: `question=value`, several separated by commas, or the option repeated.
    #[arg(long, value_name = "Q=V", value_delimiter = ',')]
    pub with: Vec<String>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<GraphFormat>,
    /// The file to write; the standard output if not given.
    #[arg(long, short, alias = "out", value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `check`.
#[derive(Debug, Group)]
pub struct Check {
    /// Files or folders; the catalogue if none is given.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
    /// What counts as an error.
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// What the law says of the whole catalogue too, finding by finding; of files asked for it is always told.
    #[arg(long)]
    pub law: bool,
    /// The day whose law holds; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// Shows what would mend the rules that have one right mending, and writes nothing.
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: only these rules, by number or name.
    #[arg(long, value_name = "RULE", requires = "fix", value_delimiter = ',')]
    pub only: Vec<String>,
    /// With `--fix`: past versions too, which tell what was asked for then.
    #[arg(long, requires = "fix")]
    pub all_versions: bool,
    /// With `--fix`: writes it.
    #[arg(long, requires = "fix")]
    pub write: bool,
}

/// `conformity`.
#[derive(Debug, Group)]
pub struct Conformity {
    /// Only these: files, folders, or procedures by `sector/id` or `id`.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The day whose law and versions hold; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// One rule: the procedures that break it.
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,
    /// One authority.
    #[arg(long, value_name = "CODE")]
    pub authority: Option<String>,
    /// Every row, not only the first ones.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `maturity`.
#[derive(Debug, Group)]
pub struct Maturity {
    /// A procedure, a sector, a life event or an authority; the whole catalogue if not given.
    #[arg(value_name = "SCOPE")]
    pub scope: Option<String>,
    /// The framework to look through, in place of the index.
    #[arg(long, value_name = "LENS")]
    pub lens: Option<Lens>,
    /// A table of answers, in place of those of the catalogue; `-` is the standard input.
    #[arg(long, value_name = "FILE", requires = "lens", conflicts_with = "at")]
    pub answers: Option<PathBuf>,
    /// Opens the score of a scope down to the lines that made it; with `--lens`, the answers behind the scores, of one
    /// indicator if it is named.
    #[arg(long, value_name = "SCOPE", num_args = 0..=1, default_missing_value = "", conflicts_with = "answers")]
    pub why: Option<String>,
    /// With `--why`: one indicator only.
    #[arg(long, value_name = "CODE", conflicts_with = "lens")]
    pub indicator: Option<String>,
    /// The day of the index; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// A file of weights over the catalogue's.
    #[arg(long, value_name = "FILE", conflicts_with = "lens")]
    pub weights: Option<PathBuf>,
    /// How far ranks hang on the weights.
    #[arg(long, conflicts_with_all = ["lens", "why", "scope"])]
    pub stability: bool,
    /// With `--stability`: how many weights are drawn.
    #[arg(long, value_name = "N", default_value = "10000", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub draws: u32,
    /// With `--stability`: the seed of the draws.
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,
    /// Every row, not only the first ones.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PictureFormat,
    /// The file to write; the standard output if not given.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `whatif`.
#[derive(Debug, Group)]
pub struct Whatif {
    /// The changes.
    #[command(flatten)]
    pub changes: Changes,
    /// One procedure: what is changed in it, and what is left.
    #[arg(long, value_name = "ID")]
    pub why: Option<String>,
    /// What the law says, before and after.
    #[arg(long)]
    pub law: bool,
    /// The day that versions in force are looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// Every row, not only the first ones.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `burden`.
#[derive(Debug, Group)]
pub struct Burden {
    /// The procedure: `sector/id` or `id`; the whole catalogue if not given.
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// The day that versions in force are looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// Every row, not only the first ones.
    #[arg(long, conflicts_with = "id")]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `event`.
#[derive(Debug, Group)]
pub struct Event {
    /// The event, or a life event of the vocabulary; the list of events if not given.
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// With the procedures that only some go through.
    #[arg(long)]
    pub options: bool,
    /// The day that versions in force are looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `trend`.
#[derive(Debug, Group)]
pub struct Trend {
    /// The day that parts what was from what is planned; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// The first month; January 2010 if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub from: Option<Date>,
    /// The last month; December 2030 if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub to: Option<Date>,
    /// Only the procedures of this authority, or of one that belongs to it.
    #[arg(long, value_name = "CODE")]
    pub authority: Option<String>,
    /// The procedures of which no version is to come, one by one.
    #[arg(long)]
    pub unplanned: bool,
    /// Every row, not only the first ones.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PictureFormat,
    /// The file to write.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `explain`.
#[derive(Debug, Group)]
pub struct Explain {
    /// The rule, by number or name; the list of all if not given.
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

/// `words`.
#[derive(Debug, Group)]
pub struct SearchWords {
    /// What is looked for: a code or some words of a title, in any language.
    #[arg(value_name = "WORD", required = true)]
    pub query: Vec<String>,
    /// Only words of this kind.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<WordKind>,
    /// Every word that has it, not only the likeliest.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `new`.
#[derive(Debug, Group)]
pub struct New {
    /// The identifier: `sector/id`, or `id` with a row.
    #[arg(value_name = "ID")]
    pub id: String,
    /// A table of an inventory, whose row of this identifier is taken instead of asking.
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    pub row: Option<PathBuf>,
    /// A file of replies, for scripts; `-` is the standard input.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// The day of writing; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// The file to write; in the catalogue if not given, `-` is the standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `preview`.
#[derive(Debug, Group)]
pub struct Preview {
    /// The procedure: `sector/id` or `id`, or a file.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The port of this machine; 0 is any that is free.
    #[arg(long, value_name = "N", default_value = "4880")]
    pub port: u16,
    /// Opens the page.
    #[arg(long)]
    pub open: bool,
    /// The day that the version in force is looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
}

/// `watch`.
#[derive(Debug, Group)]
pub struct Watch {
    /// Files or folders; the folder of the catalogue if none is given.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The files that were saved come from the standard input, one a line.
    #[arg(long)]
    pub stdin: bool,
}

/// `schema`.
#[derive(Debug, Group)]
pub struct Schema {
    /// `header`, or a file of the vocabulary; the list of all if not given.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// `test`.
#[derive(Debug, Group)]
pub struct Test {
    /// Files or folders; the catalogue if none is given.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What the examples take: nodes, branches, both truths of each condition.
    #[arg(long)]
    pub coverage: bool,
    /// The examples that are missing.
    #[arg(long)]
    pub suggest: bool,
    /// Puts them in the files asked for.
    #[arg(long, requires = "suggest", conflicts_with = "format")]
    pub write: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// `fmt`.
#[derive(Debug, Group)]
pub struct Fmt {
    /// Files or folders; the folder of the catalogue if none is given; `-` is the standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Says what would change and writes nothing.
    #[arg(long)]
    pub check: bool,
    /// Translates the keywords to this language.
    #[arg(long, value_name = "LANG", value_parser = lang_parser())]
    pub dialect: Option<Lang>,
}

fn lang_parser() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::ALL.map(Lang::code)).map(|code| Lang::from_code(&code).unwrap_or_default())
}

/// A day as `YYYY-MM-DD` and nothing else.
fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().ok().filter(|date: &Date| date.to_string() == text).ok_or_else(|| text.to_owned())
}
