//! `test`.

use std::process::ExitCode;

use crate::{args::Test, context::Context, error::Error};

/// Runs the command.
pub fn run(_args: &Test, _context: &Context) -> Result<ExitCode, Error> {
    Err(Error::new("error.in-progress", ["test"]))
}
