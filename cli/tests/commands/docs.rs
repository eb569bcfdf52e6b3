//! `docs/json.md` shows what the commands give.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use crate::support::{CARD, Catalog, run};

const PAGE: &str = include_str!("../../../docs/json.md");

/// The JSON examples of a section.
fn examples(section: &str) -> Vec<Value> {
    let text = PAGE.split(&format!("\n## {section}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks = text.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap_or_else(|error| panic!("{section}: {error}"))).collect()
}

/// The paths of all keys, lists apart.
fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = format!("{path}.{key}");
                keys(value, &path, found);
                found.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, path, found)),
        _ => {}
    }
}

fn assert_shown(section: &str, given: &Value) {
    let example = examples(section).pop().unwrap();
    let (mut told, mut real) = (BTreeSet::new(), BTreeSet::new());
    keys(&example, "", &mut told);
    keys(given, "", &mut real);
    assert_eq!(told.difference(&real).collect::<Vec<_>>(), Vec::<&String>::new(), "{section}: keys that are not given");
    let given_only: Vec<_> = real.difference(&told).filter(|key| key.matches('.').count() == 1).collect();
    assert!(given_only.is_empty(), "{section}: keys that are not told: {given_only:?}");
}

#[test]
fn every_key_told_is_given() {
    let catalog = Catalog::new();
    assert_shown("measure", &catalog.run(&["measure", "--format", "json"]).json());
    assert_shown("report", &catalog.run(&["report", "--format", "json"]).json());
    assert_shown("test", &catalog.run(&["test", "--format", "json"]).json());
    assert_shown("catalog stats", &catalog.run(&["catalog", "stats", "--at", "2015-01-01", "--format", "json"]).json());
    let aside = "statut: brouillon\nregles: {certified-copy: {niveau: off, motif: \"doute\"}}\n";
    let other = Catalog::new();
    other.write("procedures/identite/carte.mastara", &CARD.replace("statut: brouillon\n", aside));
    assert_shown("conformity", &other.run(&["conformity", "--at", "2024-01-01", "--format", "json"]).json());
    let simulated =
        ["simulate", "carte", "--officers", "2", "--cases", "2000", "--version", "papier", "--format", "json"];
    assert_shown("simulate", &crate::simulate::catalog().run(&simulated).json());
    let plan = ["plan", "--at", "2026-11-22", "--budget", "1", "--goal", "sheets", "--format", "json"];
    assert_shown("plan", &run(&plan, &catalog.path("."), "").json());
    let paid = ["whatif", "--e-payment", "--law", "--at", "2026-11-22", "--format", "json"];
    assert_shown("whatif", &run(&paid, &catalog.path("."), "").json());
    let why = ["whatif", "--e-payment", "--why", "carte", "--at", "2015-01-01", "--format", "json"];
    assert_shown("whatif --why", &catalog.run(&why).json());
    assert_shown("maturity", &catalog.run(&["maturity", "--at", "2024-01-01", "--format", "json"]).json());
    let why = ["maturity", "--why", "POLICE", "--at", "2024-01-01", "--format", "json"];
    assert_shown("maturity --why", &catalog.run(&why).json());
    for lens in ["eu", "fr", "unctad"] {
        let args = ["maturity", "--lens", lens, "--at", "2024-01-01", "--why", "--format", "json"];
        assert_shown(&format!("maturity --lens {lens}"), &catalog.run(&args).json());
    }
    let planned = CARD.replace(
        "depuis 2020-01-01: En ligne\n  ar: على الإنترنت\n",
        "depuis 2028-07-01: En ligne\n  ar: على الإنترنت\n  prévue\n",
    );
    let coming = Catalog::new();
    coming.write("procedures/identite/carte.mastara", &planned);
    assert_shown("trend", &coming.run(&["trend", "--at", "2026-11-22", "--unplanned", "--format", "json"]).json());
    let early = ["graph", "--documents", "--at", "2015-01-01", "--format", "json"];
    assert_shown("graph --documents", &catalog.run(&early).json());
    let priced = crate::deep::catalog();
    let day = |args: &[&str]| priced.run(&[args, &["--at", "2015-01-01", "--format", "json"]].concat()).json();
    assert_shown("measure --deep", &day(&["measure", "carte", "--deep"]));
    assert_shown("event", &day(&["event"]));
    assert_shown("burden", &day(&["burden"]));
    assert_shown("burden ID", &day(&["burden", "carte"]));
    let covered = crate::coverage::catalog().run(&["test", "--coverage", "--format", "json"]).json();
    assert_shown("test --coverage", &covered["coverage"]);
    let (older, newer) = (Catalog::new(), Catalog::new());
    older.write("procedures/identite/carte.mastara", &CARD.replace("photo, acte", "photo"));
    newer.write(
        "procedures/identite/carte.mastara",
        &CARD
            .replace("étape depot", "étape remise")
            .replace("depot,", "remise,")
            .replace("[citoyen]", "[entreprise]")
            .replace("étape retrait à commissariat: Retirer", "étape retrait à commissariat: Emporter"),
    );
    let folders = [older.path(""), newer.path("")];
    let folders = folders.each_ref().map(|folder| folder.to_str().unwrap());
    assert_shown("diff", &catalog.run(&["diff", folders[0], folders[1], "--format", "json"]).json());
    catalog.write("procedures/identite/carte.mastara", &CARD.replace("photo, acte", "phto"));
    assert_shown("check", &catalog.run(&["check", "--format", "json"]).json());
}

/// The pages that show what a command says of the embedded catalogue. `MASTARA_GENERATE=1` writes them anew.
const SHOWN: [(&str, &[&str]); 4] = [
    ("catalogue.md", &["catalog", "stats", "--at", "2026-11-22"]),
    ("documents.md", &["graph", "--documents", "--at", "2026-11-22"]),
    ("charge.md", &["burden", "--at", "2026-11-22"]),
    ("evenements.md", &["event", "--at", "2026-11-22"]),
];

#[test]
fn the_pages_of_the_catalogue_show_what_the_commands_say() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    for (page, args) in SHOWN {
        let told = run(args, &docs, "");
        assert_eq!(told.code, 0, "{}", told.err);
        let text = std::fs::read_to_string(docs.join(page)).unwrap();
        let (head, rest) = text.split_once("```text\n").unwrap();
        let (_, tail) = rest.split_once("```\n").unwrap();
        let fresh = format!("{head}```text\n{}```\n{tail}", told.out);
        if std::env::var_os("MASTARA_GENERATE").is_some() {
            std::fs::write(docs.join(page), fresh).unwrap();
        } else {
            let what = args.join(" ");
            assert!(text == fresh, "docs/{page} is not what `mastara {what}` says (MASTARA_GENERATE=1)");
        }
    }
}

/// Each block of `findings.md` is what its command says, lines left out apart.
#[test]
fn every_finding_is_what_its_command_says() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let page = std::fs::read_to_string(docs.join("findings.md")).unwrap();
    let blocks: Vec<&str> = page.split("```text\n$ mastara ").skip(1).collect();
    assert!(blocks.len() >= 10, "{} blocks", blocks.len());
    for block in blocks {
        let (command, shown) = block.split("```").next().unwrap().split_once('\n').unwrap();
        let told = run(&command.split(' ').collect::<Vec<_>>(), &docs, "");
        assert_eq!(told.code, 0, "{command}: {}", told.err);
        let mut lines = told.out.lines().map(str::trim_end);
        for line in shown.lines().filter(|line| !line.is_empty() && *line != "…") {
            assert!(lines.any(|told| told == line), "`mastara {command}` does not say, in this order: {line}");
        }
    }
}
