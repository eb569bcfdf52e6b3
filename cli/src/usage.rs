//! What people read about the command line: help pages and mistakes of use, in their language.

use std::{error::Error as _, process::ExitCode};

use clap::{
    Arg, ArgAction, Command, CommandFactory, FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{
    args::Args,
    figures::Figures,
    locale::Words,
    paint::{Tone, paint},
};

/// Reads the arguments; otherwise everything has been said and this is the exit code.
pub fn parse(words: &Words) -> Result<Args, ExitCode> {
    let command = localise(Args::command().args([help_flag(), version_flag()]), words, "help");
    let matches = command.try_get_matches();
    matches.and_then(|matches| Args::from_arg_matches(&matches)).map_err(|error| explain(&error, words))
}

fn help_flag() -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true)
}

fn version_flag() -> Arg {
    Arg::new("version").short('V').long("version").action(ArgAction::Version)
}

/// Puts the words of the locale in the place of clap's own: `help.<command>` and `help.<command>.<argument>`, or
/// `help.<argument>` for what all commands share.
fn localise(command: Command, words: &Words, key: &str) -> Command {
    let shown = |key: String| words.find(&key).unwrap_or_default().to_owned();
    let own = |command: &Command| if key == "help" { "mastara".to_owned() } else { command.get_name().to_owned() };
    let name = own(&command);
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n",
        paint(Tone::Strong, words.get("usage"))
    );
    command
        .about(shown(format!("help.{name}")))
        .after_help(shown(format!("help.{name}.more")))
        .help_template(template)
        .subcommand_help_heading(heading(words, "usage.commands"))
        .mut_args(|arg| {
            let of_command = words.find(&format!("help.{name}.{}", arg.get_id())).map(str::to_owned);
            let help = of_command.unwrap_or_else(|| shown(format!("help.{}", arg.get_id())));
            let over = heading(words, if arg.is_positional() { "usage.arguments" } else { "usage.options" });
            // What all commands share comes after what is each one's own.
            let rank = if arg.is_global_set() { 900 } else { 0 };
            let arg = arg.help(help).help_heading(over).display_order(rank);
            let is_flag = !arg.get_action().takes_values();
            // `--at -5` is a wrong date, and no unknown option.
            let takes_numbers = !is_flag && !arg.is_positional();
            let arg = if takes_numbers { arg.allow_negative_numbers(true) } else { arg };
            if is_flag { arg } else { arg.hide_default_value(true).hide_possible_values(true) }
        })
        .mut_subcommands(|command| localise(command, words, "help.command"))
}

/// The heading of a list. clap keeps it for ever, so it is given away: some words, once a process.
fn heading(words: &Words, key: &str) -> &'static str {
    words.get(key).to_owned().leak()
}

/// Says what is wrong with the arguments, or shows the help that they ask for.
fn explain(error: &clap::Error, words: &Words) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A reader that has gone away is no error.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(2);
    }
    anstream::eprintln!("{} {}", paint(Tone::Bad, words.get("error")), sentence(error, words));
    anstream::eprintln!("{} {}", paint(Tone::Accent, words.get("help")), advice(error, words));
    ExitCode::from(2)
}

fn sentence(error: &clap::Error, words: &Words) -> String {
    let word = |kind: ContextKind| words.id(&context(error, kind));
    let (arg, value) = (word(ContextKind::InvalidArg), word(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => words.fill("usage.unknown-argument", &[&arg]),
        ErrorKind::InvalidSubcommand => words.fill("usage.unknown-command", &[&word(ContextKind::InvalidSubcommand)]),
        ErrorKind::InvalidValue if context(error, ContextKind::InvalidValue).is_empty() => {
            words.fill("usage.no-value", &[&arg])
        }
        ErrorKind::InvalidValue => words.fill("usage.bad-value", &[&value, &arg]),
        ErrorKind::ValueValidation if arg.contains("<DATE>") => words.fill("usage.bad-date", &[&value, &arg]),
        ErrorKind::ValueValidation => match limits(error) {
            Some((low, Some(high))) => {
                let [low, high] = [low, high].map(|limit| Figures::new(words).whole(limit));
                words.fill("usage.bad-number", &[&value, &arg, &low, &high])
            }
            Some((low, None)) => words.fill("usage.bad-least", &[&value, &arg, &Figures::new(words).whole(low)]),
            None => words.fill("usage.bad-value", &[&value, &arg]),
        },
        ErrorKind::MissingRequiredArgument => words.fill("usage.missing", &[&arg]),
        ErrorKind::MissingSubcommand => words.get("usage.no-command").to_owned(),
        ErrorKind::ArgumentConflict => {
            let others: Vec<_> = options(error, ContextKind::PriorArg).iter().map(|other| words.id(other)).collect();
            match others.is_empty() || others.contains(&arg) {
                true => words.fill("usage.twice", &[&arg]),
                false => words.fill("usage.conflict", &[&arg, &others.join(words.get("list.comma"))]),
            }
        }
        _ => words.fill("usage.other", &[&error.kind().to_string()]),
    }
}

/// The limits of a number that is beyond them, which clap tells as `0 is not in 1..=100`; no upper one where only the machine
/// sets it.
fn limits(error: &clap::Error) -> Option<(i64, Option<i64>)> {
    let told = error.source()?.to_string();
    let (low, high) = told.rsplit_once(" is not in ")?.1.split_once("..")?;
    let high: i64 = high.strip_prefix('=').unwrap_or(high).parse().unwrap_or(i64::MAX);
    Some((low.parse().ok()?, (high < i64::from(u32::MAX)).then_some(high)))
}

fn advice(error: &clap::Error, words: &Words) -> String {
    let values = context(error, ContextKind::ValidValue);
    if !values.is_empty() {
        return words.fill("usage.values", &[&words.id(&values)]);
    }
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    let near = suggestions.into_iter().map(|kind| context(error, kind)).find(|word| !word.is_empty());
    match near {
        Some(near) => words.fill("error.near", &[&words.id(&near)]),
        None => words.fill("usage.see", &[&words.id("mastara --help")]),
    }
}

/// The options that clap knows about an error.
fn options(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(list)) => list.clone(),
        _ => Vec::new(),
    }
}

/// What clap knows about an error, as words.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mastara_engine::text::Lang;

    #[test]
    fn the_command_line_is_sound() {
        localise(Args::command().args([help_flag(), version_flag()]), &Words::load(Lang::Ar), "help").debug_assert();
    }

    #[test]
    fn everything_on_the_command_line_is_explained() {
        let words = Words::load(Lang::Fr);
        let command = localise(Args::command().args([help_flag(), version_flag()]), &words, "help");
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            assert!(command.get_about().is_some_and(|about| !about.to_string().is_empty()), "{}", command.get_name());
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty(), "{} {}", command.get_name(), arg.get_id());
            }
        }
    }
}
