//! The `mastara` command: reads its arguments, runs one command, says how it ended.
//!
//! INVARIANT: no command ends the process itself; exit codes are 0 (fine), 1 (an error found, a claim not met, a file not
//! formatted) and 2 (wrong use, unreadable input), and are given here and by [`command::run`] only.

mod args;
mod catalogue;
mod command;
mod context;
mod documents;
mod error;
mod excerpt;
mod figures;
mod find;
mod git;
mod graph;
mod linked;
mod locale;
mod measured;
mod paint;
mod paragraph;
mod person;
mod phrase;
mod spreadsheet;
mod survey;
mod table;
mod template;
mod usage;
mod view;
mod watching;

use std::process::ExitCode;

use crate::{context::Context, locale::Words};

fn main() -> ExitCode {
    let words = Words::load(locale::detect());
    let args = match usage::parse(&words) {
        Ok(args) => args,
        Err(code) => return code,
    };
    let context = Context::new(&args.shared, words);
    command::run(&args.command, &context).unwrap_or_else(|error| {
        context.fail(&error);
        ExitCode::from(2)
    })
}
