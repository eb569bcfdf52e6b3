//! `maturity`: how digital the State is, by the frameworks of others (`--lens`).

pub mod lens;

use std::process::ExitCode;

use crate::{args::Maturity, context::Context, error::Error};

/// Runs the command.
pub fn run(args: &Maturity, context: &Context) -> Result<ExitCode, Error> {
    lens::run(args, context)
}
