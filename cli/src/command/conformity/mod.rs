//! `conformity`: how many procedures break which article, by rule and by authority, and how that changed.

mod record;
mod text;

use std::process::ExitCode;

use crate::{
    args::{Conformity, PlainFormat},
    context::Context,
    error::Error,
    view::conformity::ConformityView,
};

/// Runs the command.
pub fn run(args: &Conformity, context: &Context) -> Result<ExitCode, Error> {
    let compiled = context.catalogue()?;
    let at = args.at.unwrap_or_else(|| context.today());
    let rule = args.rule.as_deref().map(Error::rule).transpose()?;
    if let Some(code) = &args.authority
        && !compiled.vocabulary.authorities.contains_key(code.as_str())
    {
        let known = compiled.vocabulary.authorities.keys().map(mastara_engine::text::Name::as_str);
        return Err(Error::unknown("error.authority", code, known));
    }
    let record = record::Record::new(&compiled, at, rule, args.authority.as_deref());
    match args.format {
        PlainFormat::Text => context.print(&text::text(&record, &compiled.vocabulary, args.all, context))?,
        PlainFormat::Json => context.print_json(&ConformityView::from(&record))?,
    }
    Ok(ExitCode::SUCCESS)
}

pub use record::{OfAuthority, OfRule, Record};
