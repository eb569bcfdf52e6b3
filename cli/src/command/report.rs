//! `report`.

use std::process::ExitCode;

use crate::{args::Report, context::Context, error::Error};

/// Runs the command.
pub fn run(_args: &Report, _context: &Context) -> Result<ExitCode, Error> {
    Err(Error::new("error.in-progress", ["report"]))
}
