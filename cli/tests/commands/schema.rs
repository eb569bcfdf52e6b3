//! `schema`: the schemas hold what the readers take, and refuse what they refuse.

use std::{fs, path::PathBuf};

use jsonschema::Validator;
use mastara_dsl::{
    header,
    words::FILES,
    yaml::{self, Value as Tree, Yaml},
};
use serde_json::Value;

use crate::support::{Catalog, Run, run};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../catalog")
}

fn schema(name: &str) -> Validator {
    let Run { code, out, err } = run(&["--catalog", root().to_str().unwrap(), "schema", name], &root(), "");
    assert_eq!(code, 0, "{err}");
    let schema: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    jsonschema::draft202012::new(&schema).unwrap()
}

/// YAML as an editor sees it: truths and numbers are told from words.
fn value(yaml: &Yaml) -> Value {
    match &yaml.value {
        Tree::Null => Value::Null,
        Tree::Scalar(text) if text == "true" || text == "false" => Value::from(text == "true"),
        Tree::Scalar(text) => text.parse::<i64>().map_or_else(|_| Value::from(text.as_str()), Value::from),
        Tree::List(items) => items.iter().map(value).collect(),
        Tree::Map(entries) => Value::Object(entries.iter().map(|(key, _, item)| (key.clone(), value(item))).collect()),
    }
}

fn read(text: &str) -> Value {
    value(&yaml::parse(text).unwrap_or_else(|error| panic!("{}: {text}", error.message)))
}

fn assert_valid(validator: &Validator, instance: &Value, name: &str) {
    let errors: Vec<_> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn every_file_of_the_vocabulary_is_valid() {
    for stem in FILES {
        let path = root().join("vocabulary").join(stem).with_extension("yaml");
        assert_valid(&schema(stem), &read(&fs::read_to_string(path).unwrap()), stem);
    }
}

#[test]
fn every_header_of_the_catalogue_is_valid() {
    let validator = schema("header");
    let sources = mastara_dsl::disk::read_catalog(&root()).unwrap();
    let mut count = 0;
    for source in sources.iter().filter(|source| source.path().starts_with("procedures")) {
        let frame = header::frame(source.text()).unwrap().unwrap();
        let text = &source.text()[frame.yaml.start as usize..frame.yaml.end as usize];
        assert_valid(&validator, &read(text), &source.name());
        count += 1;
    }
    assert!(count > 500, "{count}");
}

const HEADER: &str = "id: identite/carte\nlangue: fr\nresponsable: DGSN\nusagers: [citoyen]\nstatut: brouillon\n";

#[test]
fn a_header_that_is_wrong_is_refused() {
    let validator = schema("header");
    let full = "priorite: oui\nportail: idarati\ntextes: [loi-55-19 art 7, loi-04-20]\nvolume: {nombre: 10, estime: oui}\n\
                donnees: {categories: [identite], finalite: x, cndp: aucune}\nsilence: {liste: etat, rang: 13-1}\n\
                trente-jours: [41, 16-1]\nprolongation: 13-2-10\n\
                verifie: {par: x, le: 2026-05-19}\nregles: {certified-copy: {niveau: off, motif: x}}\n";
    assert_valid(&validator, &read(HEADER), "the least");
    assert_valid(&validator, &read(&format!("{HEADER}{full}")), "the most");
    for (from, to) in [
        ("id: identite/carte", "id: Identité/carte"),
        ("langue: fr", "langue: de"),
        ("responsable: DGSN\n", ""),
        ("DGSN", "NOBODY"),
        ("[citoyen]", "[citoyens]"),
        ("[citoyen]", "citoyen"),
        ("brouillon", "fini"),
        ("statut: brouillon", "statut: brouillon\ncouleur: rouge"),
        ("statut: brouillon", "statut: brouillon\nvolume: {estime: oui}"),
        ("statut: brouillon", "statut: brouillon\nvolume: {nombre: beaucoup}"),
        ("statut: brouillon", "statut: brouillon\ntextes: [loi-que-personne-ne-connait]"),
        ("statut: brouillon", "statut: brouillon\nsilence: {liste: commune, rang: 1}"),
        ("statut: brouillon", "statut: brouillon\ntrente-jours: [un]"),
        ("statut: brouillon", "statut: brouillon\nverifie: {par: x, le: hier}"),
        ("statut: brouillon", "statut: brouillon\nregles: {certified-copy: {niveau: off}}"),
        ("statut: brouillon", "statut: brouillon\nregles: {no-such-rule: {niveau: off, motif: x}}"),
    ] {
        assert!(HEADER.contains(from), "{from}");
        assert!(!validator.is_valid(&read(&HEADER.replace(from, to))), "{to} is taken");
    }
}

#[test]
fn an_entry_that_is_wrong_is_refused() {
    for (stem, entry) in [
        ("documents", "a: {fr: A}"),
        ("documents", "a: {fr: A, ar: B, held: oui}"),
        ("documents", "a: {fr: A, ar: B, issuer: NOBODY}"),
        ("documents", "1a: {fr: A, ar: B}"),
        ("places", "a: {fr: A, ar: B}"),
        ("fees", "a: {fr: A, ar: B, amount: \"12,50\"}"),
        ("registers", "a: {fr: A, ar: B, authority: DGSN, supplies: [no-such-paper]}"),
        ("texts", "a: {fr: A, ar: B, date: hier}"),
        ("rules", "default: {fr: A, ar: B, level: strict}"),
        ("sectors", "a: {fr: A, ar: B, kind: x}"),
        ("silence", "etat-1: {fr: A, ar: B, delay: long}"),
        ("portals", "a: text"),
    ] {
        assert!(!schema(stem).is_valid(&read(entry)), "{stem}: {entry} is taken");
    }
}

#[test]
fn the_schemas_have_names_and_descriptions() {
    let catalog = Catalog::new();
    let list = catalog.run(&["schema"]).out;
    assert_eq!(list.lines().count(), FILES.len() + 1, "{list}");
    let unknown = catalog.run(&["schema", "document"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("documents"), "{}", unknown.err);
    for name in FILES.iter().chain(&["header"]) {
        let schema = catalog.run(&["--lang", "ar", "schema", name]).json();
        let entry = if *name == "header" { &schema } else { &schema["additionalProperties"] };
        for (field, own) in entry["properties"].as_object().unwrap() {
            assert!(own["description"].as_str().is_some_and(|words| !words.is_empty()), "{name}.{field}");
        }
    }
    // Editors propose the words of this catalogue.
    let header = catalog.run(&["schema", "header"]).json();
    assert_eq!(header["properties"]["responsable"]["enum"], serde_json::json!(["POLICE"]));
}
