//! `preview`: a procedure in the browser, from this machine to this machine only, as fresh as its files.

mod form;
mod page;
mod server;
mod site;

use std::{
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use self::{server::serve, site::Site};
use crate::{
    args::Preview,
    catalogue,
    context::Context,
    error::{Error, reason},
    watching,
};

/// Runs the command, until it is interrupted.
pub fn run(args: &Preview, context: &Context) -> Result<ExitCode, Error> {
    let site = Arc::new(Site::open(&args.id, context.folder(), args.at, context.lang)?);
    catalogue::find(&site.checked().compiled, &args.id)?;
    let failed = |error: &std::io::Error| Error::new("preview.port", [&args.port.to_string(), &reason(error)]);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).map_err(|error| failed(&error))?;
    let address = listener.local_addr().map_err(|error| failed(&error))?;
    let (changes, changed) = tokio::sync::watch::channel(0_u64);
    let paths = watched(&args.id, context.folder());
    let fresh = Arc::clone(&site);
    let reload = move |_| {
        // A folder in the middle of being changed may not be readable; the next save tells.
        if fresh.reload().is_ok() {
            changes.send_modify(|version| *version += 1);
        }
    };
    let _watch = if paths.is_empty() { None } else { Some(watching::watch(&paths, reload)?) };
    let url = format!("http://{address}/");
    context.print(&format!("{}\n", context.words.fill("preview.at", &[&url])))?;
    if args.open && open::that_detached(&url).is_err() {
        context.warn(&format!("{}\n", context.words.get("preview.no-browser")));
    }
    serve(listener, site, changed)?;
    context.print(&format!("{}\n", context.words.get("preview.stopped")))?;
    Ok(ExitCode::SUCCESS)
}

/// What to watch: the folder of the catalogue, and the file that was named. The catalogue in the binary does not change.
fn watched(id: &str, folder: Option<&Path>) -> Vec<PathBuf> {
    let file = PathBuf::from(id);
    folder.map(Path::to_owned).into_iter().chain(file.is_file().then_some(file)).collect()
}
