//! `watch`: findings and figures of each file as it is saved.

mod session;

use std::{
    io::BufRead as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use self::session::Session;
use crate::{args::Watch, context::Context, error::Error, watching};

/// Leaves an empty screen; where there is none, nothing is written.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Runs the command, until it is interrupted or there is nothing more to read.
pub fn run(args: &Watch, context: &Context) -> Result<ExitCode, Error> {
    let own = || context.folder().map(Path::to_owned).into_iter().collect();
    let paths: Vec<PathBuf> = if args.paths.is_empty() { own() } else { args.paths.clone() };
    if paths.is_empty() {
        return Err(Error::new("watch.nothing", []));
    }
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        return Err(Error::unreadable(missing, &std::io::ErrorKind::NotFound.into()));
    }
    let mut session = Session::open(&args.paths, context)?;
    let names: Vec<_> = paths.iter().map(|path| context.words.id(&path.to_string_lossy())).collect();
    let names = names.join(context.words.get("list.comma"));
    let mut tell = |files: Vec<PathBuf>| match session.saved(&files) {
        Ok(text) => context.print(&format!("{CLEAR}{text}")),
        Err(error) => {
            context.fail(&error);
            Ok(())
        }
    };
    if args.stdin {
        context.print(&format!("{}\n", context.words.fill("watch.stdin", &[&names])))?;
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|error| Error::unreadable(Path::new("-"), &error))?;
            if !line.trim().is_empty() {
                tell(vec![PathBuf::from(line.trim())])?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let started = context.words.fill("watch.started", &[&names]);
    watching::until_interrupted(&paths, || context.print(&format!("{started}\n")), tell)?;
    context.print(&format!("{}\n", context.words.get("preview.stopped")))?;
    Ok(ExitCode::SUCCESS)
}
