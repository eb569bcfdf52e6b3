//! The commands, one file each.

pub mod burden;
mod catalog;
mod check;
pub mod compare;
pub mod conformity;
mod diff;
mod event;
mod explain;
pub mod fmt;
mod graph;
mod lsp;
pub mod maturity;
mod measure;
mod new;
pub mod plan;
mod preview;
pub mod report;
mod run;
mod schema;
mod show;
pub mod simulate;
mod test;
pub mod trend;
mod watch;
pub mod whatif;
mod words;

use std::process::ExitCode;

use crate::{args::Command, context::Context, error::Error};

/// Runs a command.
pub fn run(command: &Command, context: &Context) -> Result<ExitCode, Error> {
    match command {
        Command::Report(args) => report::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::Measure(args) => measure::run(args, context),
        Command::Compare(args) => compare::run(args, context),
        Command::Diff(args) => diff::run(args, context),
        Command::Run(args) => run::run(args, context),
        Command::Graph(args) => graph::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Test(args) => test::run(args, context),
        Command::Fmt(args) => fmt::run(args, context),
        Command::Trend(args) => trend::run(args, context),
        Command::Conformity(args) => conformity::run(args, context),
        Command::Simulate(args) => simulate::run(args, context),
        Command::Plan(args) => plan::run(args, context),
        Command::Maturity(args) => maturity::run(args, context),
        Command::Schema(args) => schema::run(args, context),
        Command::Watch(args) => watch::run(args, context),
        Command::Preview(args) => preview::run(args, context),
        Command::New(args) => new::run(args, context),
        Command::Event(args) => event::run(args, context),
        Command::Burden(args) => burden::run(args, context),
        Command::Whatif(args) => whatif::run(args, context),
        Command::Words(args) => words::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::Catalog(args) => catalog::run(args, context),
        Command::Lsp(_) => lsp::run(context),
    }
}
