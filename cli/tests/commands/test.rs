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
    catalog.write(FILE, &CARD.replace("  passe demande\n", "  passe depot\n  apporte photo\n"));
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
