//! The page over HTTP; the only file that names axum.
//!
//! INVARIANT: only this machine is answered, and only under its own name: another site that makes its name point here
//! (DNS rebinding) is refused by the name that the browser sends.

use std::{convert::Infallible, net::TcpListener, sync::Arc};

use axum::{
    Router,
    extract::{Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use tokio::sync::watch::Receiver;
use tokio_stream::{StreamExt as _, wrappers::WatchStream};

use super::{page, site::Site};
use crate::error::{Error, reason};

/// Reloads the page when a file was saved.
const SCRIPT: &str = include_str!("live.js");

/// What a page may load: itself, nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

#[derive(Clone)]
struct Shared {
    site: Arc<Site>,
    changed: Receiver<u64>,
}

/// Answers until the process is interrupted.
pub fn serve(listener: TcpListener, site: Arc<Site>, changed: Receiver<u64>) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::new("preview.failed", [&reason(&error)]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let app = Router::new()
        .route("/", get(show))
        .route("/live.js", get(script))
        .route("/events", get(events))
        .layer(middleware::from_fn(guard))
        .with_state(Shared { site, changed });
    listener.set_nonblocking(true).map_err(failed)?;
    runtime
        .block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tokio::select! {
                // Pages that wait for changes never end by themselves, so that nothing is waited for.
                ended = tokio::signal::ctrl_c() => ended,
                ended = axum::serve(listener, app) => ended,
            }
        })
        .map_err(failed)
}

/// Refuses other names of this machine, and keeps pages from being stored, framed or guessed at.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(is_own) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a name, with its port, is one that only this machine has.
fn is_own(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name.to_ascii_lowercase().as_str(), "localhost" | "127.0.0.1")
}

async fn show(State(shared): State<Shared>, Query(query): Query<Vec<(String, String)>>) -> Response {
    let version = *shared.changed.borrow();
    // A large flow may take a moment, which must not keep others from being answered.
    let page = tokio::task::spawn_blocking(move || page::page(&shared.site, &query, version)).await;
    match page {
        Ok(Ok(page)) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

/// An event for each change that a page has not seen.
async fn events(State(shared): State<Shared>, Query(query): Query<Vec<(String, String)>>) -> Response {
    let since = query.iter().find(|(key, _)| key == "since").and_then(|(_, version)| version.parse::<u64>().ok());
    let mut changed = shared.changed;
    if since.is_none_or(|since| since == *changed.borrow_and_update()) {
        changed.mark_unchanged();
    } else {
        changed.mark_changed();
    }
    let changes = WatchStream::from_changes(changed);
    let events = changes.map(|version| Ok::<_, Infallible>(Event::default().event("change").data(version.to_string())));
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        for host in ["localhost", "LOCALHOST:4880", "127.0.0.1", "127.0.0.1:80"] {
            assert!(is_own(host), "{host}");
        }
        for host in
            ["", "evil.example", "localhost.evil.example:4880", "127.0.0.1.evil.example", "localhost:x", "127.0.0.2"]
        {
            assert!(!is_own(host), "{host}");
        }
    }
}
