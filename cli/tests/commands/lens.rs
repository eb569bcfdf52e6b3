//! `maturity --lens`: the page recomputed by hand, tables that come back, mistakes that are told.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use crate::support::{Catalog, Run, run};

const PAGE: &str = include_str!("../../../docs/maturite-cadres.md");
const DAY: &str = "2026-11-22";

/// The command on the embedded catalogue.
fn lens(args: &[&str]) -> Run {
    let mut all = vec!["maturity", "--lens"];
    all.extend(args);
    run(&all, Path::new(env!("CARGO_MANIFEST_DIR")), "")
}

/// The three procedures of the page, with the real vocabulary and fragments: read a hundred times faster than all.
struct Three(Catalog);

impl Three {
    fn new() -> Self {
        let catalog = Catalog::new();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
        std::fs::remove_file(catalog.path("procedures/identite/carte.mastara")).unwrap();
        for folder in ["vocabulary", "fragments"] {
            for file in std::fs::read_dir(real.join(folder)).unwrap() {
                let file = file.unwrap();
                let text = std::fs::read_to_string(file.path()).unwrap();
                catalog.write(&format!("{folder}/{}", file.file_name().to_str().unwrap()), &text);
            }
        }
        for id in THREE {
            let path = format!("procedures/{id}.mastara");
            catalog.write(&path, &std::fs::read_to_string(real.join(&path)).unwrap());
        }
        Self(catalog)
    }

    fn lens(&self, args: &[&str]) -> Run {
        let mut all = vec!["maturity", "--lens"];
        all.extend(args);
        self.0.run(&all)
    }
}

fn scores(view: &Value) -> Vec<(String, String)> {
    let scores = view["reports"][0]["scores"].as_array().unwrap();
    let text = |score: &Value| (score["id"].as_str().unwrap().to_owned(), score["score"].to_string());
    scores.iter().map(text).collect()
}

/// The section of the page about a procedure.
fn section(id: &str) -> &'static str {
    PAGE.split(&format!("### {id}\n")).nth(1).unwrap().split("\n### ").next().unwrap()
}

const THREE: [&str; 3] =
    ["education/bac-candidature-libre", "identite/cnie-renouvellement", "etat-civil/commande-en-ligne-acte-naissance"];

#[test]
fn the_page_says_the_scores_and_lines_of_three_procedures() {
    let three = Three::new();
    for id in THREE {
        let section = section(id);
        let views =
            ["eu", "fr", "unctad"].map(|name| three.lens(&[name, id, "--at", DAY, "--why", "--format", "json"]).json());
        let rows: Vec<(String, String)> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "))
            .filter(|(code, _)| *code != "eu")
            .map(|(code, score)| (code.to_owned(), score.replace(',', ".").trim_end_matches(".0").to_owned()))
            .collect();
        assert_eq!(rows.len(), 4, "{id}");
        let given = scores(&views[0]);
        for row in rows {
            assert!(given.contains(&row), "{id}: {row:?} is not in {given:?}");
        }
        let places: BTreeSet<String> = views.iter().flat_map(places).collect();
        let told = told_places(section);
        assert!(told.len() > 5, "{id}");
        for place in told {
            assert!(places.contains(&place), "{id}: {place} is not behind any answer");
        }
    }
}

/// Every `file:line` of a view, without the folders.
fn places(view: &Value) -> Vec<String> {
    match view {
        Value::Object(entries) => {
            let here = entries
                .get("file")
                .and_then(Value::as_str)
                .map(|file| format!("{}:{}", file.rsplit('/').next().unwrap(), entries["line"]));
            here.into_iter().chain(entries.values().flat_map(places)).collect()
        }
        Value::Array(items) => items.iter().flat_map(places).collect(),
        _ => Vec::new(),
    }
}

/// The `file:line` of a text; `:line` alone is of the file before.
fn told_places(text: &str) -> Vec<String> {
    let mut file = "";
    let mut told = Vec::new();
    for word in text.split('`').skip(1).step_by(2) {
        let Some((name, line)) = word.split_once(':') else { continue };
        file = if name.is_empty() { file } else { name };
        told.push(format!("{file}:{line}"));
    }
    told
}

#[test]
fn the_page_says_the_totals_of_unctad() {
    let three = Three::new();
    let totals =
        |id: &str| three.lens(&["unctad", id, "--at", DAY, "--format", "json"]).json()["procedures"][0].clone();
    for (id, steps, online, institutions, papers, costs, minutes) in [
        (THREE[0], 6, 6, 2, 0, 0, [28_819, 86_419]),
        (THREE[1], 2, 0, 1, 4, 75, [10_140, 86_460]),
        (THREE[2], 2, 1, 2, 0, 20, [10_100, 92_180]),
    ] {
        let given = totals(id);
        assert_eq!(given["steps"], steps, "{id}");
        assert_eq!(given["online"], online, "{id}");
        assert_eq!(given["institutions"], institutions, "{id}");
        assert_eq!(given["requirements"], papers, "{id}");
        assert_eq!(given["costs"], costs, "{id}");
        assert_eq!(
            [&given["timeframe_minutes"]["least"], &given["timeframe_minutes"]["most"]],
            minutes.each_ref(),
            "{id}"
        );
    }
    assert_eq!(totals(THREE[1])["originals"], 7);
    assert_eq!(totals(THREE[1])["times_unknown"], 2);
}

#[test]
fn the_page_says_the_scores_of_the_observatory() {
    let view = Three::new().lens(&["fr", "--at", DAY, "--format", "json"]).json();
    let score = |id: &str| {
        let all = view["indicators"].as_array().unwrap();
        all.iter().find(|indicator| indicator["id"] == id).unwrap()["score"].clone()
    };
    assert_eq!([score("online"), score("dlnuf"), score("auth")], [33, 67, 100].map(Value::from));
    assert_eq!(score("satisfaction"), Value::Null);
    for (id, expected) in
        THREE.into_iter().zip([["green", "green", "blue"], ["red", "yellow", "grey"], ["yellow", "green", "grey"]])
    {
        let service = view["services"].as_array().unwrap().iter().find(|service| service["id"] == id).unwrap();
        let colours: Vec<_> = service["colours"].as_array().unwrap().iter().map(|colour| &colour["colour"]).collect();
        assert_eq!(colours, expected, "{id}");
    }
}

#[test]
fn the_made_up_country_scores_what_the_page_computes() {
    let table = PAGE.split("```csv\n").nth(1).unwrap().split("```").next().unwrap();
    let view = run(&["maturity", "--lens", "eu", "--answers", "-", "--format", "json"], Path::new("."), table).json();
    assert_eq!(view["reports"][0]["years"], serde_json::json!([2022, 2023]));
    let given = scores(&view);
    for (id, score) in [
        ("online-availability", "67.5"),
        ("user-support", "50"),
        ("user-centricity", "61.7"),
        ("service-delivery", "50"),
        ("transparency", "50"),
        ("key-enablers", "67"),
        ("overall", "59.6"),
        ("cross-border", "null"),
    ] {
        assert!(given.contains(&(id.to_owned(), score.to_owned())), "{id} {score}: {given:?}");
        let shown = score.replace('.', ",");
        let shown = if score.contains('.') { shown } else { format!("{shown},0") };
        assert!(score == "null" || PAGE.contains(&format!("**{shown}**")), "the page does not say {id} {shown}");
    }
}

#[test]
fn answers_of_the_catalogue_come_back_to_the_same_scores() {
    let three = Three::new();
    for name in ["eu", "fr", "unctad"] {
        // The whole catalogue once.
        let lens = |args: &[&str]| if name == "eu" { lens(args) } else { three.lens(args) };
        let table = lens(&[name, "--at", DAY, "--format", "csv"]);
        assert_eq!(table.code, 0, "{}", table.err);
        let path = three.0.write("answers.csv", &table.out);
        let back = lens(&[name, "--answers", path.to_str().unwrap(), "--format", "json"]).json();
        let straight = lens(&[name, "--at", DAY, "--format", "json"]).json();
        match name {
            "eu" => {
                for key in ["score", "least", "most", "scored"] {
                    let all = |view: &Value| {
                        let scores = view["reports"][0]["scores"].as_array().unwrap();
                        scores.iter().map(|score| score[key].clone()).collect::<Vec<_>>()
                    };
                    assert_eq!(all(&straight), all(&back), "{key}");
                }
                assert_eq!(straight["reports"][0]["life_events"], back["reports"][0]["life_events"]);
            }
            "fr" => {
                let scores = |view: &Value| {
                    let all = view["indicators"].as_array().unwrap();
                    all.iter()
                        .map(|one| [&one["score"], &one["reached"], &one["grey"]].map(Value::clone))
                        .collect::<Vec<_>>()
                };
                assert_eq!(scores(&straight), scores(&back));
            }
            _ => {
                let totals = |view: &Value| {
                    let all = view["procedures"].as_array().unwrap().iter();
                    let keys =
                        ["id", "steps", "institutions", "requirements", "originals", "costs", "timeframe_minutes"];
                    let one = |one: &Value| keys.map(|key| one[key].clone());
                    let mut totals: Vec<_> = all.filter(|one| one["steps"] != 0).map(one).collect();
                    totals.sort_by_key(|one| one[0].to_string());
                    totals
                };
                assert_eq!(totals(&straight), totals(&back));
            }
        }
    }
}

#[test]
fn mistakes_of_a_table_are_told_with_their_places_and_nothing_is_scored() {
    let catalog = Catalog::new();
    let heading = "country;year;life_event;service;kind;level;channel;question;answer";
    let rows =
        "XX;2023;;a;transactional;central;national;Z1;yes\r\nXX;2023;;a;transactional;central;national;A1;maybe\r\n";
    let path = catalog.write("bad.csv", &format!("\u{FEFF}{heading}\r\n{rows}"));
    let told = lens(&["eu", "--answers", path.to_str().unwrap()]);
    assert_eq!((told.code, told.out.as_str()), (1, ""));
    assert!(told.err.contains("bad.csv:2:8") && told.err.contains("Z1"), "{}", told.err);
    assert!(told.err.contains("bad.csv:3:9") && told.err.contains("yes, no"), "{}", told.err);
    let many = format!("{heading}\n{}", "XX;2023;;a;transactional;central;national;Z1;yes\n".repeat(30));
    let path = catalog.write("many.csv", &many);
    assert!(lens(&["eu", "--answers", path.to_str().unwrap()]).err.contains("10"));
    assert_eq!(lens(&["eu", "--answers", "nowhere.csv"]).code, 2);
    assert_eq!(lens(&["eu", "MEN", "--answers", "nowhere.csv"]).code, 2);
    let three = Three::new();
    let near = three.lens(&["eu", "cnie-renouvelement"]);
    assert_eq!(near.code, 2);
    assert!(near.err.contains("cnie-renouvellement"), "{}", near.err);
    assert_eq!(three.lens(&["eu", "--why", "eidd"]).code, 2);
}

#[test]
fn every_lens_speaks_three_languages_and_fits_the_terminal() {
    let three = Three::new();
    for name in ["eu", "fr", "unctad"] {
        for lang in ["fr", "ar", "en"] {
            for id in [None, Some(THREE[1])] {
                let mut args = vec![name, "--at", DAY, "--lang", lang];
                args.extend(id);
                let page = three.lens(&args);
                assert_eq!(page.code, 0, "{}", page.err);
                assert!(!page.out.contains("lens."), "a key has no words: {}", page.out);
            }
        }
    }
}
