//! `conformity`: how many procedures break which article, by rule and by authority, and how that changed.

mod record;
mod text;

use std::{collections::BTreeSet, process::ExitCode};

use mastara_dsl::compile::Compiled;
use mastara_engine::{procedure::Procedure, text::Name};

use crate::{
    args::{Conformity, PlainFormat},
    catalogue::{self, Checked},
    context::Context,
    error::Error,
    view::conformity::ConformityView,
};

/// Runs the command.
pub fn run(args: &Conformity, context: &Context) -> Result<ExitCode, Error> {
    let (compiled, asked) = narrowed(args, context)?;
    let at = context.day(args.at);
    let rule = args.rule.as_deref().map(Error::rule).transpose()?;
    if let Some(code) = &args.authority
        && !compiled.vocabulary.authorities.contains_key(code.as_str())
    {
        let known = compiled.vocabulary.authorities.keys().map(mastara_engine::text::Name::as_str);
        return Err(Error::unknown("error.authority", code, known));
    }
    let is_asked = |procedure: &Procedure| {
        args.authority.as_ref().is_none_or(|code| procedure.authority.as_str() == code)
            && asked.as_ref().is_none_or(|asked| asked.contains(&procedure.id))
    };
    let record = record::Record::new(&compiled, at, rule, is_asked);
    match args.format {
        PlainFormat::Text => context.print(&text::text(&record, &compiled.vocabulary, args.all, context))?,
        PlainFormat::Json => context.print_json(&ConformityView::from(&record))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The catalogue, with the files asked for in it; and the procedures asked for, if not all are.
fn narrowed(args: &Conformity, context: &Context) -> Result<(Compiled, Option<BTreeSet<Name>>), Error> {
    if args.paths.is_empty() {
        return Ok((context.catalogue()?, None));
    }
    let (files, ids): (Vec<_>, Vec<_>) = args.paths.iter().cloned().partition(|path| path.exists());
    let checked = Checked::new(context.folder(), &files)?;
    let mut asked = BTreeSet::new();
    if !files.is_empty() {
        let of_files = checked.compiled.entries.iter().filter(|entry| checked.is_asked(entry.source));
        asked.extend(of_files.map(|entry| entry.lowered.procedure.id.clone()));
    }
    for id in &ids {
        asked.insert(catalogue::find(&checked.compiled, &id.to_string_lossy())?.lowered.procedure.id.clone());
    }
    Ok((checked.compiled, Some(asked)))
}

pub use record::{OfAuthority, OfRule, Record};
