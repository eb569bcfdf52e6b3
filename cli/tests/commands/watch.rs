//! `watch`: what is said at each save.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::support::{CARD, Catalog};

const FILE: &str = "procedures/identite/carte.mastara";

/// The command at work.
struct Watch {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Watch {
    /// Starts, and waits until nothing is missed.
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mastara"))
            .args(["--catalog", folder.to_str().unwrap(), "watch"])
            .args(args)
            .env_clear()
            .env("MASTARA_LANG", "fr")
            .env("COLUMNS", "100")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut this = Self { out: BufReader::new(child.stdout.take().unwrap()), child };
        this.line();
        this
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "it has ended");
        line
    }

    /// Tells of a save, and gives what is said up to a line that has this.
    fn save(&mut self, path: &Path, last: &str) -> String {
        writeln!(self.child.stdin.as_mut().unwrap(), "{}", path.display()).unwrap();
        self.until(last)
    }

    fn until(&mut self, last: &str) -> String {
        let mut text = String::new();
        while !text.contains(last) {
            text.push_str(&self.line());
        }
        text
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The line of a measure, in one spelling.
fn row<'t>(text: &'t str, measure: &str) -> Vec<&'t str> {
    let line = text.lines().find(|line| line.trim_start().starts_with(measure)).unwrap_or_else(|| panic!("{text}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn figures_that_moved_are_told_at_each_save() {
    let catalog = Catalog::new();
    let mut watch = Watch::start(&catalog.path(""), &["--stdin"]);
    let more = CARD.replace("fournit photo, acte", "fournit photo x3");
    let path = catalog.write(FILE, &more);
    let said = watch.save(&path, "niveau");
    assert_eq!(row(&said, "documents →"), ["documents →", "2", "1"], "{said}");
    assert_eq!(row(&said, "feuilles →"), ["feuilles →", "2", "3"], "{said}");
    assert_eq!(row(&said, "étapes"), ["étapes", "2", "2"], "{said}");
    watch.until("aucun chiffre n'a bougé");
    // The next save is held against this one.
    catalog.write(FILE, &more.replace("photo x3", "photo x3, acte"));
    let said = watch.save(&path, "niveau");
    assert_eq!(row(&said, "documents →"), ["documents →", "1", "2"], "{said}");
    assert!(!said.contains('\u{1b}'), "no screen is cleared in a pipe");
}

#[test]
fn what_is_wrong_with_the_file_is_told_and_no_more() {
    let catalog = Catalog::new();
    let other = CARD.replace("identite/carte", "identite/autre").replace("photo, acte", "autre-faute");
    catalog.write("procedures/identite/autre.mastara", &other);
    let mut watch = Watch::start(&catalog.path(""), &["--stdin"]);
    let path = catalog.write(FILE, &CARD.replace("photo, acte", "phto, acte"));
    let said = watch.save(&path, "fichier vérifié");
    assert!(said.contains("[M201]") && said.contains("fournit phto, acte"), "{said}");
    assert!(!said.contains("autre-faute"), "{said}");
    // A file that can no longer be measured, then mended, is held against nothing.
    std::fs::remove_file(&path).unwrap();
    assert!(watch.save(&path, "n'est plus là").contains("carte.mastara"));
    catalog.write(FILE, CARD);
    assert_eq!(row(&watch.save(&path, "niveau"), "étapes"), ["étapes", "—", "2"]);
}

#[test]
fn the_end_of_the_input_ends_it() {
    let catalog = Catalog::new();
    let mut watch = Watch::start(&catalog.path(""), &["--stdin"]);
    drop(watch.child.stdin.take());
    assert_eq!(watch.child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn the_disk_is_watched_until_it_is_interrupted() {
    let catalog = Catalog::new();
    let file = catalog.path(FILE);
    let mut watch = Watch::start(&catalog.path(""), &[file.to_str().unwrap()]);
    catalog.write(FILE, &CARD.replace("fournit photo, acte", "fournit photo"));
    let said = watch.until("niveau");
    assert_eq!(row(&said, "documents →"), ["documents →", "2", "1"], "{said}");
    let interrupted = Command::new("kill").args(["-INT", &watch.child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let mut rest = String::new();
    watch.out.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("arrêté"), "{rest}");
    assert_eq!(watch.child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_only_read_is_not_told() {
    let catalog = Catalog::new();
    let mut watch = Watch::start(&catalog.path(""), &[]);
    // Each save reads the whole catalogue; the next would tell of it.
    for copies in ["x3", "x4", "x5"] {
        catalog.write(FILE, &CARD.replace("fournit photo, acte", &format!("fournit photo {copies}, acte")));
        let said = watch.until("niveau") + &watch.until("aucun chiffre n'a bougé");
        let is_file = |line: &&str| line.starts_with('/') && line.contains('.');
        assert_eq!(said.lines().filter(is_file).count(), 1, "{said}");
    }
}

#[test]
fn there_must_be_something_to_watch() {
    let catalog = Catalog::new();
    let nothing = crate::support::run(&["watch"], &catalog.path(""), "");
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("--catalog"), "{}", nothing.err);
    assert_eq!(catalog.run(&["watch", "nowhere.mastara"]).code, 2);
}
