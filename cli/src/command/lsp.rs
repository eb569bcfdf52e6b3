//! `lsp`: the language server, over the standard streams.

use std::process::ExitCode;

use mastara_lsp::Options;

use crate::{
    catalogue,
    context::{self, Context},
    error::Error,
};

/// Runs the command until the client says goodbye; exit code 1 if it goes without a word.
pub fn run(context: &Context) -> Result<ExitCode, Error> {
    let options = Options {
        lang: context.asked,
        fallback: context.lang,
        folder: context.folder().map(ToOwned::to_owned),
        embedded: catalogue::embedded,
        today: context::today,
    };
    let is_clean = mastara_lsp::serve(&options).map_err(|error| Error::new("error.lsp", [&error.to_string()]))?;
    Ok(ExitCode::from(u8::from(!is_clean)))
}
