//! `test --coverage` and `test --suggest`.

use serde_json::Value;

use crate::{
    support::{CARD, Catalog},
    walk::{self, LICENCE, flat},
};

/// The licence with one example of its paper version.
pub fn catalog() -> Catalog {
    let example = "exemple: un\n  ar: واحد\n  avec age = 20 ans, filiere = sciences, capital = 10000 dh, canal = poste, complet = oui\n";
    let catalog = walk::catalog();
    catalog.write(
        LICENCE_FILE,
        &LICENCE.replace("version en-ligne", &format!("{example}  finit fin\n\nversion en-ligne")),
    );
    catalog
}

const LICENCE_FILE: &str = "procedures/identite/licence.mastara";

fn summary(catalog: &Catalog) -> Value {
    catalog.run(&["test", "--coverage", "--format", "json"]).json()["coverage"]["summary"].clone()
}

#[test]
fn what_no_example_takes_is_listed() {
    let catalog = catalog();
    let file = catalog.path(LICENCE_FILE);
    let run = catalog.run(&["test", "--coverage", file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = flat(&run.out);
    assert!(text.contains("Ce que les exemples parcourent") && text.contains("aucun exemple ne passe par"), "{text}");
    let page = run.out.split("Ce que les exemples").nth(1).unwrap();
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    // Without files, only the table.
    assert!(!catalog.run(&["test", "--coverage"]).out.contains("aucun exemple"));
}

#[test]
fn suggestions_are_put_in_the_files_and_hold() {
    let catalog = catalog();
    let file = catalog.path(LICENCE_FILE);
    assert_eq!(catalog.run(&["fmt", file.to_str().unwrap()]).code, 0);
    let before = summary(&catalog);
    assert!(before["share"].as_f64().unwrap() < 1.0, "{before:#}");
    let total = |catalog: &Catalog| {
        catalog.run(&["test", "--format", "json"]).json()["summary"]["examples"]["total"].as_u64().unwrap()
    };
    let examples = total(&catalog);
    let printed = catalog.run(&["test", "--suggest", file.to_str().unwrap()]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(printed.out.contains("exemple: À nommer (1, personne supposée) : qui est-ce ?"), "{}", printed.out);
    let written = catalog.run(&["test", "--suggest", "--write", file.to_str().unwrap()]);
    assert_eq!((written.code, written.out.trim()), (0, file.to_str().unwrap()), "{}", written.err);
    let tested = catalog.run(&["test"]);
    assert_eq!(tested.code, 0, "{}", tested.out);
    let blocks = printed.out.matches("exemple:").count() as u64;
    assert_eq!(total(&catalog), examples + blocks);
    assert_eq!(catalog.run(&["fmt", "--check", file.to_str().unwrap()]).code, 0);
    let json = catalog.run(&["test", "--coverage", "--format", "json", file.to_str().unwrap()]).json();
    assert_eq!(json["coverage"]["summary"]["share"], 1, "{json:#}");
    // Once is enough.
    let text = catalog.read(LICENCE_FILE);
    assert_eq!(catalog.run(&["test", "--suggest", "--write", file.to_str().unwrap()]).out, "");
    assert_eq!(catalog.read(LICENCE_FILE), text);
}

#[test]
fn an_example_goes_to_its_own_version() {
    let catalog = Catalog::new();
    let both = CARD.replace(
        "version en-ligne depuis",
        "exemple: un\n  ar: واحد\n  passe depot\n\n# la suite\nversion en-ligne depuis",
    );
    let file = catalog
        .write("procedures/identite/carte.mastara", &both.replace("  passe depot\n", "  avec instruction = always\n"));
    let branch = "    délai 10 j\n    silence accord -> retrait\n";
    catalog.write(
        "procedures/identite/carte.mastara",
        &catalog.read("procedures/identite/carte.mastara").replace("    délai 10 j\n", branch),
    );
    assert_eq!(catalog.run(&["test", "--suggest", "--write", file.to_str().unwrap()]).code, 0);
    let text = catalog.read("procedures/identite/carte.mastara");
    let at = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("no `{needle}` in {text}"));
    assert!(at("instruction = silence") < at("# la suite"), "{text}");
    assert_eq!(catalog.run(&["test"]).code, 0);
}

#[test]
fn writing_needs_files() {
    let run = catalog().run(&["test", "--suggest", "--write"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--write"), "{}", run.err);
    assert_eq!(catalog().run(&["test", "--write"]).code, 2);
}

#[test]
fn what_is_counted_does_not_depend_on_examples_and_the_rest_is_named() {
    let catalog = walk::catalog();
    let nodes = |catalog: &Catalog| summary(catalog)["nodes"]["all"].as_u64().unwrap();
    let json = catalog.run(&["test", "--coverage", "--format", "json"]).json()["coverage"].clone();
    // The card has an example of its version in force; both past versions have none.
    assert_eq!(json["left_out"], 2, "{json:#}");
    let file = &json["files"][1];
    assert_eq!((&file["procedure"], &file["left_out"]), (&"identite/licence".into(), &serde_json::json!(["papier"])));
    assert_eq!(file["versions"].as_array().unwrap().len(), 1, "{file:#}");
    let path = catalog.path(LICENCE_FILE);
    let text = flat(&catalog.run(&["test", "--coverage", path.to_str().unwrap()]).out);
    assert!(text.contains("1 version passée sans exemple n'est pas comptée : identite/licence papier"), "{text}");
    // A version to come counts before anybody writes an example of it, and as much after.
    let coming = CARD.replace("version en-ligne depuis 2020-01-01", "version en-ligne prévue 2090-01-01");
    let (bare, _) = coming.split_once("exemple:").unwrap();
    catalog.write("procedures/identite/carte.mastara", bare);
    let before = nodes(&catalog);
    catalog.write("procedures/identite/carte.mastara", &coming);
    assert_eq!(nodes(&catalog), before);
}
