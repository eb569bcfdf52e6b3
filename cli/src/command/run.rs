//! `run`.

use std::process::ExitCode;

use crate::{args::Run, context::Context, error::Error};

/// Runs the command.
pub fn run(_args: &Run, _context: &Context) -> Result<ExitCode, Error> {
    Err(Error::new("error.in-progress", ["run"]))
}
