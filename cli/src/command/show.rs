//! `show`.

use std::process::ExitCode;

use crate::{args::Show, context::Context, error::Error};

/// Runs the command.
pub fn run(_args: &Show, _context: &Context) -> Result<ExitCode, Error> {
    Err(Error::new("error.in-progress", ["show"]))
}
