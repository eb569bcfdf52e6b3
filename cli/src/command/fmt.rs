//! `fmt`.

use std::process::ExitCode;

use crate::{args::Fmt, context::Context, error::Error};

/// Runs the command.
pub fn run(_args: &Fmt, _context: &Context) -> Result<ExitCode, Error> {
    Err(Error::new("error.in-progress", ["fmt"]))
}
