//! `test`.

use crate::support::{CARD, Catalog};

const FILE: &str = "procedures/identite/carte.mastara";

#[test]
fn claims_and_examples_that_hold_are_counted() {
    let run = Catalog::new().run(&["test", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.out);
    let json = run.json();
    assert_eq!(json["summary"]["claims"]["total"], 2);
    assert_eq!(json["summary"]["examples"]["total"], 1);
    assert_eq!(json["files"][0]["procedure"], "identite/carte");
}

#[test]
fn a_claim_that_is_not_met_fails_at_its_line() {
    let catalog = Catalog::new();
    catalog.write(FILE, &CARD.replace("attendu déplacements = 2", "attendu déplacements = 3"));
    let run = catalog.run(&["test"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("carte.mastara:15:"), "{}", run.out);
    let json = catalog.run(&["test", "--format", "json"]).json();
    assert_eq!(json["summary"]["claims"]["failed"], 1);
    assert_eq!(json["files"][0]["failures"][0]["code"], "M502");
}

#[test]
fn an_example_that_goes_another_way_fails_once() {
    let catalog = Catalog::new();
    catalog.write(FILE, &CARD.replace("  passe demande\n", "  passe demande, demande\n  apporte photo\n"));
    let run = catalog.run(&["test", "--format", "json"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.json()["summary"]["examples"]["failed"], 1, "{}", run.out);
}

#[test]
fn a_file_that_cannot_be_read_as_a_procedure_is_a_failure() {
    let catalog = Catalog::new();
    let file = catalog.write("x/broken.mastara", "procédure: Rien\n");
    let run = catalog.run(&["test", file.to_str().unwrap()]);
    assert_eq!(run.code, 1);
}

#[test]
fn nothing_that_is_not_there_holds() {
    let catalog = Catalog::new();
    let without = |text: &str| text.split("\nexemple:").next().unwrap().to_owned();
    catalog.write(FILE, &without(CARD));
    let run = catalog.run(&["test"]);
    assert!(run.out.contains("aucun exemple"), "{}", run.out);
    assert!(!run.out.lines().any(|line| line.contains("identite/carte") && line.ends_with("tenus")), "{}", run.out);
    let bare = without(CARD).lines().filter(|line| !line.contains("attendu")).collect::<Vec<_>>().join("\n");
    catalog.write(FILE, &(bare + "\n"));
    let run = catalog.run(&["test"]);
    assert!(!run.out.contains("tenu\n") && run.out.contains("sans chiffre attendu"), "{}", run.out);
}

#[test]
fn an_example_that_brings_other_papers_tells_only_these() {
    let catalog = Catalog::new();
    let text = CARD.replace("    durée 10 min\n", "    durée 10 min\n    fournit photo, acte x2\n");
    catalog.write(FILE, &text.replace("  passe demande\n", "  passe demande\n  apporte photo, acte\n"));
    let failure = catalog.run(&["test", "--format", "json"]).json()["files"][0]["failures"][0]["message"].clone();
    assert_eq!(
        failure,
        "l'exemple et le déroulement diffèrent ; dans l'exemple : `acte` ; dans le déroulement : `acte x2`"
    );
}

#[test]
fn what_was_not_verified_does_not_hold() {
    let catalog = Catalog::new();
    catalog.write(FILE, &CARD.replace("  passe demande\n", "  passe depot\n"));
    let run = catalog.run(&["test", "--format", "json"]);
    assert_eq!(run.code, 1);
    let summary = run.json()["summary"].clone();
    assert_eq!((&summary["examples"]["skipped"], &summary["errors"]), (&1.into(), &1.into()), "{summary:#}");
}

#[test]
fn a_claim_on_fees_that_are_not_all_known_is_not_taken_for_verified() {
    let catalog = Catalog::new();
    let failures = |claim: &str, pays: &str| {
        let text = CARD.replace("attendu déplacements = 2", &format!("attendu coût {claim}"));
        catalog
            .write(FILE, &text.replace("paie 12.50 dh au guichet", &format!("paie 12.50 dh au guichet\n    {pays}")));
        let json = catalog.run(&["test", "--format", "json"]).json();
        let failures = json["files"][0]["failures"].as_array().unwrap().clone();
        failures.iter().map(|found| found["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let unknown = "paie montant inconnu au guichet";
    for claim in ["= 12.50 dh", "<= 20 dh", "< 20 dh", ">= 20 dh"] {
        let told = failures(claim, unknown);
        assert_eq!(told.len(), 1, "{claim}");
        assert!(told[0].contains("mesuré ≥ 12.50 dh, les frais ne sont pas tous connus"), "{told:?}");
    }
    // What is known is the least: it may reach what is claimed to be paid at least, or pass what is claimed at most.
    assert!(failures(">= 10 dh", unknown).is_empty());
    assert!(failures("> 12 dh", unknown).is_empty());
    assert!(failures("<= 10 dh", unknown)[0].ends_with("mesuré 12.50 dh"));
    assert!(failures("= 12.50 dh", "identifie carte").is_empty());
}
