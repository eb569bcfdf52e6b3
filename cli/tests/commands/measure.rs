//! `measure`.

use crate::{
    support::{CARD, Catalog, columns},
    walk::catalog,
};

#[test]
fn the_contract_holds() {
    let catalog = Catalog::new();
    let json = catalog.run(&["measure", "carte", "--at", "2015-06-01", "--format", "json"]).json();
    let procedure = &json["procedures"][0];
    assert_eq!(procedure["id"], "identite/carte");
    let (paper, online) = (&procedure["versions"][0], &procedure["versions"][1]);
    assert_eq!((paper["id"].as_str(), online["id"].as_str()), (Some("papier"), Some("en-ligne")));
    assert_eq!((paper["from"].as_str(), paper["planned"].as_bool()), (Some("2010-01-01"), Some(false)));
    assert_eq!((paper["in_force"].as_bool(), online["in_force"].as_bool()), (Some(true), Some(false)));
    assert_eq!(paper["provenance"], "sourced");
    for key in ["steps", "trips", "documents", "sheets", "fetched", "effort_minutes", "fees_mad", "agencies"] {
        for aspect in ["nominal", "least", "most", "expected"] {
            assert!(paper[key][aspect].is_number(), "{key} {aspect}");
        }
    }
    assert_eq!(paper["steps"]["nominal"], 2);
    assert_eq!(paper["trips"]["nominal"], 2);
    assert_eq!((paper["documents"]["nominal"].as_i64(), paper["documents"]["listed"].as_i64()), (Some(2), Some(2)));
    assert_eq!(paper["effort_minutes"]["nominal"], 45);
    assert_eq!(paper["delay_days"]["legal"]["nominal"], 10);
    assert!(paper["delay_days"]["expected"]["most"].is_number());
    assert_eq!(paper["fees_mad"]["nominal"].to_string(), "12.5");
    assert_eq!((paper["level"].as_i64(), paper["paperless"].as_bool()), (Some(1), Some(false)));
    assert_eq!((online["level"].as_i64(), online["paperless"].as_bool()), (Some(4), Some(true)));
}

#[test]
fn the_date_picks_the_version_in_force() {
    let catalog = Catalog::new();
    let in_force = |at: &str| {
        let json = catalog.run(&["measure", "--at", at, "--format", "json"]).json();
        let versions = json["procedures"][0]["versions"].as_array().unwrap().clone();
        let found = versions.iter().find(|version| version["in_force"] == true);
        found.map(|version| version["id"].as_str().unwrap().to_owned())
    };
    assert_eq!(in_force("2009-12-31"), None);
    assert_eq!(in_force("2010-01-01").as_deref(), Some("papier"));
    assert_eq!(in_force("2020-01-01").as_deref(), Some("en-ligne"));
}

#[test]
fn a_version_that_cannot_be_measured_says_why() {
    let catalog = Catalog::new();
    let text =
        CARD.replace("  étape retrait", "  décision rien: Rien ?\n    si oui-ou-non -> retrait\n\n  étape retrait");
    catalog.write("procedures/identite/carte.mastara", &text);
    let run = catalog.run(&["measure", "carte", "--format", "json"]);
    assert_eq!(run.code, 0);
    let version = &run.json()["procedures"][0]["versions"][0];
    assert!(version["error"].is_string(), "{version}");
    assert!(version.get("steps").is_none());
}

#[test]
fn an_unknown_procedure_gets_the_nearest_one() {
    let catalog = Catalog::new();
    for command in [&["measure", "cart"][..], &["measure", "identite/crte"]] {
        let run = catalog.run(command);
        assert_eq!(run.code, 2);
        assert!(run.out.is_empty());
        assert!(run.err.contains("carte"), "{}", run.err);
    }
}

#[test]
fn csv_has_a_line_for_each_version() {
    let catalog = Catalog::new();
    let run = catalog.run(&["measure", "--format", "csv"]);
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("procedure,version,from,planned,provenance,in_force,level"));
    assert!(lines[1].starts_with("identite/carte,papier,2010-01-01,false,sourced,false,1,false,2,2"));
    let columns = |line: &str| line.split(',').count();
    assert_eq!(columns(lines[1]), columns(lines[0]));
}

#[test]
fn text_fits_the_width_and_marks_estimates() {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/carte.mastara", &CARD.replace("durée 30 min", "durée 30 min estimé"));
    for args in [&["measure"][..], &["measure", "carte"], &["measure", "carte", "--lang", "ar"]] {
        let run = catalog.run(args);
        assert!(run.out.lines().all(|line| columns(line) <= 80), "{}", run.out);
        assert!(!run.out.contains("measure."), "a word is missing: {}", run.out);
    }
    assert!(catalog.run(&["measure", "carte"]).out.contains("~45"));
}

#[test]
fn a_payment_of_unknown_amount_is_never_shown_as_free() {
    let catalog = Catalog::new();
    let with = |line: &str| CARD.replace("    paie 12.50 dh au guichet\n", line);
    let file = "procedures/identite/carte.mastara";
    let fees = |catalog: &Catalog| {
        let json = catalog.run(&["measure", "carte", "--at", "2015-01-01", "--format", "json"]).json();
        let paper = json["procedures"][0]["versions"][0].clone();
        (paper["fees_mad"]["nominal"].clone(), paper["standing"]["fees_known"].clone())
    };
    catalog.write(file, &with(""));
    assert_eq!(fees(&catalog), (0.into(), true.into()), "no line, no fee");
    catalog.write(file, &with("    paie montant inconnu au guichet\n"));
    assert_eq!(fees(&catalog), (0.into(), false.into()));
    let never_free = |catalog: &Catalog| {
        for (args, unknown) in [
            (&["measure", "carte"][..], "?"),
            (&["measure", "--at", "2015-01-01"], "?"),
            (&["show", "carte", "--at", "2015-01-01"], "frais\u{a0}: on ne sait pas"),
        ] {
            let out = catalog.run(args).out;
            assert!(out.contains(unknown) && !out.contains(" 0\u{202f}dh"), "{args:?}: {out}");
        }
    };
    never_free(&catalog);
    assert!(catalog.run(&["show", "carte", "--at", "2015-01-01"]).out.contains("montant inconnu"));
    catalog.write(file, &with("    paie montant inconnu au guichet\n    paie 20 dh\n"));
    assert!(catalog.run(&["show", "carte", "--at", "2015-01-01"]).out.contains("≥20"));
    assert_eq!(
        catalog.run(&["report", "--at", "2015-01-01", "--format", "json"]).json()["standing"]["fees_unknown"],
        1
    );
    // Nobody has read whether anything is paid.
    let unread = with("").replacen(": Au guichet\n", ": Au guichet\n  frais inconnus: barème non relevé\n", 1);
    catalog.write(file, &unread);
    assert_eq!(fees(&catalog), (0.into(), false.into()), "{unread}");
    never_free(&catalog);
}

#[test]
fn a_payment_of_nothing_is_told_what_to_write() {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/carte.mastara", &CARD.replace("paie 12.50 dh", "paie 0 dh"));
    let run = catalog.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("M226") && run.out.contains("`paie montant inconnu`"), "{}", run.out);
}

#[test]
fn a_mean_of_assumed_shares_is_marked() {
    let catalog = catalog();
    let json = catalog.run(&["measure", "licence", "--format", "json"]).json();
    let paper = &json["procedures"][0]["versions"][0];
    assert_eq!(paper["documents"]["expected_assumed"], true, "who is under 18 is nowhere said: {paper:#}");
    assert!(paper["level"].is_number());
    let card = catalog.run(&["measure", "carte", "--format", "json"]).json();
    assert!(card["procedures"][0]["versions"][0]["steps"].get("expected_assumed").is_none());
    let out = catalog.run(&["measure", "licence"]).out;
    let line = out
        .lines()
        .find(|line| line.trim_start_matches(['│', ' ']).starts_with("documents"))
        .expect("a line of papers");
    assert!(line.contains('~'), "{out}");
}

#[test]
fn one_version_can_be_asked_for_and_an_unknown_one_tells_those_there_are() {
    let catalog = Catalog::new();
    let json = catalog.run(&["measure", "carte", "--version", "papier", "--format", "json"]).json();
    let versions = json["procedures"][0]["versions"].as_array().unwrap().clone();
    assert_eq!((versions.len(), versions[0]["id"].as_str()), (1, Some("papier")));
    for command in ["measure", "show"] {
        let run = catalog.run(&[command, "carte", "--version", "autre"]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("papier, en-ligne"), "{}", run.err);
    }
}
