//! `compare`.

use std::process::ExitCode;

use crate::{args::Compare, context::Context, error::Error};

/// Runs the command.
pub fn run(_args: &Compare, _context: &Context) -> Result<ExitCode, Error> {
    Err(Error::new("error.in-progress", ["compare"]))
}
