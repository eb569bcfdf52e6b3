//! `preview`: the page over real HTTP.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use crate::{
    support::Catalog,
    walk::{LICENCE, catalog},
};

/// A server that ends with the test.
struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

impl Server {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mastara"))
            .args(["--catalog", folder.to_str().unwrap(), "preview", "--port", "0"])
            .args(args)
            .env_clear()
            .env("MASTARA_LANG", "fr")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Self { child, out, address }
    }

    /// Sends a request with these head lines.
    fn send(&self, head: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // Something that is never told is a failure, not a test without end.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
        stream
    }

    /// The status, the head and the body of an answer.
    fn ask(&self, head: &str) -> (u16, String, String) {
        let mut text = String::new();
        self.send(head).read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}", self.address))
    }

    fn page(&self, path: &str) -> String {
        let (status, _, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A text with ordinary blanks.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn the_page_has_the_procedure_in_both_languages() {
    let catalog = catalog();
    let server = Server::start(&catalog.path(""), &["licence"]);
    for (lang, dir, headings) in [
        ("fr", "ltr", ["Fiche", "Déroulement", "Mesures", "Constats", "Avant et après", "Pièces à fournir"]),
        ("ar", "rtl", ["البطاقة", "سير المسطرة", "القياسات", "الملاحظات", "قبل وبعد", "الخطوات"]),
    ] {
        let page = plain(&server.page(&format!("/?lang={lang}&version=papier")));
        assert!(page.starts_with("<!doctype html>"), "{page}");
        assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")), "{lang}");
        for heading in headings {
            assert!(page.contains(&format!(">{heading}")), "{lang}: {heading}");
        }
        assert!(page.contains("<svg ") && page.contains("<form method=\"get\""), "{lang}");
        assert!(!page.contains("preview.") && !page.contains("show.heading"), "{lang}: a word is missing");
        // Each control has its label.
        for control in page.split("name=\"q.").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(page.contains(&format!("<label for=\"q.{control}\">")), "{lang}: {control}");
        }
        assert!(page.contains("name=\"q.age\" type=\"number\"") && page.contains("name=\"q.canal\""), "{lang}");
        // Nothing is loaded from elsewhere.
        let outside = |attribute: &str| page.split(attribute).skip(1).any(|rest| rest.starts_with("http"));
        assert!(!outside("src=\"") && !outside("href=\""), "{lang}");
        well_formed(&page);
    }
}

/// Every element that is opened is closed in its order.
fn well_formed(page: &str) {
    const EMPTY: [&str; 5] = ["meta", "link", "input", "br", "!doctype"];
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let inner = tag.split('>').next().unwrap();
        let name = inner.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap();
        if inner.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !EMPTY.contains(&name) && !inner.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_person_is_lit_up_and_has_their_figures() {
    let catalog = catalog();
    let server = Server::start(&catalog.path(""), &["licence"]);
    let everybody = server.page("/?version=papier");
    assert!(!everybody.contains("class=\"lit\"") && !everybody.contains("Pour cette personne"));
    let child = plain(&server.page("/?version=papier&q.age=17&q.filiere=lettres&q.complet=oui"));
    assert!(child.contains("class=\"lit\"") && child.contains("Pour cette personne"), "{child}");
    assert!(child.contains("name=\"q.age\" type=\"number\" value=\"17\""));
    assert!(child.contains("<option value=\"lettres\" selected>"));
    // The person is kept in the other language.
    assert!(
        child.contains("?lang=ar&amp;version=papier&amp;q.age=17&amp;q.filiere=lettres&amp;q.complet=oui"),
        "{child}"
    );
    let wrong = plain(&server.page("/?version=papier&q.age=douze&q.filiere=lettres"));
    assert!(wrong.contains("aria-invalid=\"true\"") && wrong.contains("`douze` n&#x27;est pas une réponse"), "{wrong}");
    assert!(wrong.contains("class=\"lit\""), "the other answers hold");
}

#[test]
fn nothing_of_a_file_or_of_a_request_is_markup() {
    let catalog = catalog();
    let text = LICENCE.replacen("procédure: ", "procédure: <script>alert(1)</script> & \"x\" ", 1);
    catalog.write("procedures/identite/licence.mastara", &text);
    let server = Server::start(&catalog.path(""), &["licence"]);
    let page = server.page("/?q.age=%3Cscript%3Ealert(2)%3C/script%3E%22&lang=%3Cb%3E&version=%3Ci%3E&q.%3Cu%3E=1");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    for markup in ["<script>", "alert(2)</", "<b>", "<i>", "<u>"] {
        assert!(!page.contains(markup), "{markup}");
    }
    well_formed(&page);
}

#[test]
fn what_is_wrong_stands_beside_its_line() {
    let catalog = catalog();
    catalog.write("procedures/identite/carte.mastara", &crate::support::CARD.replace("photo, acte", "phto, acte"));
    let server = Server::start(&catalog.path(""), &["carte"]);
    let page = server.page("/");
    assert!(page.contains("<li class=\"error\">") && page.contains("<code>M201</code>"), "{page}");
    assert!(page.contains("20:     fournit <mark>phto</mark>, acte"), "{page}");
}

#[test]
fn strangers_are_refused_and_unknown_paths_are_not_found() {
    let catalog = Catalog::new();
    let server = Server::start(&catalog.path(""), &["carte"]);
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
    let port = server.address.split(':').nth(1).unwrap();
    let with = |host: &str| server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}")).0;
    assert_eq!(with(&format!("localhost:{port}")), 200);
    for host in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1.evil.example", "localhost.", "[::]"] {
        assert_eq!(with(host), 403, "{host}");
    }
    assert_eq!(server.ask("GET / HTTP/1.0").0, 403, "no name at all");
    for path in ["/x", "/../Cargo.toml", "/live.js/", "/events/x"] {
        assert_eq!(server.get(path).0, 404, "{path}");
    }
    assert_eq!(server.ask(&format!("POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: 0", server.address)).0, 405);
    let (_, head, _) = server.get("/");
    assert!(head.contains("content-security-policy: default-src 'none'"), "{head}");
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");
}

#[test]
fn a_save_is_told_and_shown() {
    let catalog = Catalog::new();
    let server = Server::start(&catalog.path(""), &["carte"]);
    assert!(server.page("/").contains("data-version=\"0\""));
    let stream = server.send(&format!("GET /events?since=0 HTTP/1.1\r\nHost: {}", server.address));
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert!(lines.next().unwrap().contains("200"));
    let text = catalog.read("procedures/identite/carte.mastara").replace("procédure: Carte", "procédure: Carte neuve");
    catalog.write("procedures/identite/carte.mastara", &text);
    assert!(lines.any(|line| line == "event: change"));
    let page = server.page("/");
    assert!(page.contains("Carte neuve") && !page.contains("data-version=\"0\""), "{page}");
    // A file that has lost its head still has its errors, and the page waits for it to be mended.
    let version = page.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let stream = server.send(&format!("GET /events?since={version} HTTP/1.1\r\nHost: {}", server.address));
    catalog.write("procedures/identite/carte.mastara", "---\nid: identite/carte\n");
    assert!(BufReader::new(stream).lines().map(Result::unwrap).any(|line| line == "event: change"));
    let page = server.page("/");
    assert!(page.contains("procédure inconnue") && page.contains("<li class=\"error\">"), "{page}");
    assert!(page.contains("/live.js"));
    // A page that was made before the save hears of it at once; one made after does not.
    let late = server.send(&format!("GET /events?since=0 HTTP/1.1\r\nHost: {}", server.address));
    assert!(BufReader::new(late).lines().map(Result::unwrap).any(|line| line == "event: change"));
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_interrupted() {
    let catalog = Catalog::new();
    let mut server = Server::start(&catalog.path(""), &["carte"]);
    // A page that waits for changes does not keep it from stopping.
    let _waiting = server.send(&format!("GET /events HTTP/1.1\r\nHost: {}", server.address));
    assert_eq!(server.get("/live.js").0, 200);
    let interrupted = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    server.out.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("arrêté"), "{rest}");
}

#[test]
fn what_cannot_be_shown_is_said_before_anything_is_served() {
    let catalog = Catalog::new();
    let unknown = catalog.run(&["preview", "cart", "--port", "0"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("carte"), "{}", unknown.err);
    let server = Server::start(&catalog.path(""), &["carte"]);
    let taken = catalog.run(&["preview", "carte", "--port", server.address.split(':').nth(1).unwrap()]);
    assert_eq!(taken.code, 2);
    assert!(taken.err.contains("--port 0"), "{}", taken.err);
}
