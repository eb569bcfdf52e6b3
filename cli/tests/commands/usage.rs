//! The command line itself.

use crate::support::{Catalog, run};

#[test]
fn wrong_use_is_told_in_the_language_asked_for() {
    let here = tempfile::tempdir().unwrap();
    let french = run(&["reprt"], here.path(), "");
    assert_eq!(french.code, 2);
    assert!(french.err.contains("commande inconnue") && french.err.contains("`report`"), "{}", french.err);
    let arabic = run(&["reprt", "--lang", "ar"], here.path(), "");
    assert!(arabic.err.contains("أمر غير معروف"), "{}", arabic.err);
    let english = run(&["--lang=en", "report", "--nothing"], here.path(), "");
    assert!(english.err.contains("unknown option"), "{}", english.err);
}

#[test]
fn options_that_do_not_go_together_are_both_named() {
    let catalog = Catalog::new();
    let why = catalog.run(&["maturity", "--lens", "eu", "--answers", "x.csv", "--why"]);
    assert_eq!(why.code, 2);
    assert!(why.err.contains("`--answers <FILE>` ne va pas avec `--why"), "{}", why.err);
    // The table has its own years: a day would change nothing.
    let at = catalog.run(&["maturity", "--lens", "eu", "--answers", "x.csv", "--at", "2024-01-01"]);
    assert_eq!(at.code, 2);
    assert!(at.err.contains("`--answers <FILE>` ne va pas avec `--at"), "{}", at.err);
    let twice = catalog.run(&["report", "--at", "2024-01-01", "--at", "2024-01-02"]);
    assert!(twice.err.contains("`--at <DATE>` est écrit deux fois"), "{}", twice.err);
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    let catalog = Catalog::new();
    for day in ["2024-02-30", "yesterday", "2024-1-1", "2024-01-01T00:00"] {
        let run = catalog.run(&["report", "--at", day]);
        assert_eq!(run.code, 2, "{day}");
        assert!(run.err.contains(day));
    }
}

#[test]
fn a_catalogue_that_cannot_be_read_is_refused() {
    let here = tempfile::tempdir().unwrap();
    let run = run(&["--catalog", "nowhere", "report"], here.path(), "");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nowhere"));
}

#[test]
fn help_is_no_error_and_is_in_the_language() {
    let here = tempfile::tempdir().unwrap();
    for (lang, word) in [("fr", "Vérifier"), ("ar", "التحقق"), ("en", "Check")] {
        let run = run(&["--lang", lang, "check", "--help"], here.path(), "");
        assert_eq!(run.code, 0);
        assert!(run.out.contains(word), "{}", run.out);
    }
    assert_eq!(run(&[], here.path(), "").code, 2);
    assert_eq!(run(&["--version"], here.path(), "").code, 0);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let catalog = Catalog::new();
    let line =
        format!("'{}' --catalog '{}' report | head -c 1", env!("CARGO_BIN_EXE_mastara"), catalog.path("").display());
    let done = std::process::Command::new("sh").args(["-c", &line]).output().unwrap();
    assert!(!String::from_utf8_lossy(&done.stderr).contains("panic"));
}

#[test]
fn a_value_that_is_negative_or_too_large_is_told_as_a_value() {
    let catalog = Catalog::new();
    for (args, said) in [
        (&["plan", "--budget", "-3"][..], "`-3` n'est pas une valeur de `--budget <K>` : un nombre entier, au moins 1"),
        (&["plan", "--budget", "0"], "`--budget <K>` : un nombre entier, au moins 1"),
        (&["report", "--at", "-5"], "`-5` n'est pas une date"),
        (&["simulate", "creation-sarl", "--officers", "-1"], "`-1` n'est pas un nombre d'agents"),
        (
            &["simulate", "creation-sarl", "--cases", "99999999999"],
            "`--cases <N>` : un nombre entier de 0 à 100 000 000",
        ),
        (&["maturity", "--stability", "--draws", "99999999"], "`--draws <N>` : un nombre entier de 1 à 1 000 000"),
    ] {
        let run = run(args, &catalog.path(""), "");
        assert_eq!(run.code, 2, "{args:?}");
        let err = run.err.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(err.contains(said) && !err.contains("option inconnue"), "{args:?}: {err}");
    }
}

#[test]
fn what_the_system_refuses_is_told_in_the_language() {
    let catalog = Catalog::new();
    let file = catalog.write("vide.tsv", "");
    let (file, folder) = (file.to_str().unwrap(), catalog.path("procedures"));
    let tell = |args: &[&str]| {
        let run = catalog.run(args);
        assert_eq!(run.code, 2, "{args:?}: {}", run.out);
        run.err
    };
    assert!(tell(&["show", file]).contains("ne contient aucune procédure"));
    for (lang, words) in [("fr", "c'est un dossier"), ("ar", "هذا مجلد"), ("en", "it is a folder")] {
        let err = tell(&["new", "identite/x", "--answers", folder.to_str().unwrap(), "--lang", lang]);
        assert!(err.contains(words) && !err.contains("os error"), "{err}");
    }
    let below = format!("{file}/x.mastara");
    for (lang, words) in [("fr", "ce n'est pas un dossier"), ("ar", "ليس مجلدا"), ("en", "it is no folder")] {
        let err = tell(&["check", &below, "--lang", lang]);
        assert!(err.contains(words) && !err.contains("os error"), "{err}");
    }
    let torn = catalog.write("torn.yaml", "pieces: [photo");
    for (lang, words) in [("fr", "crochet ou accolade mal fermé"), ("en", "a bracket or brace that is not closed")] {
        let err = tell(&["new", "identite/x", "--answers", torn.to_str().unwrap(), "--lang", lang]);
        assert!(err.contains(words) && !err.contains('\u{1}'), "{err}");
    }
}
