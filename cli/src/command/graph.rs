//! `graph`.

use std::process::ExitCode;

use crate::{args::Graph, context::Context, error::Error};

/// Runs the command.
pub fn run(_args: &Graph, _context: &Context) -> Result<ExitCode, Error> {
    Err(Error::new("error.in-progress", ["graph"]))
}
