//! `maturity --lens`: the page recomputed by hand, tables that come back, mistakes that are told.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use crate::support::{CARD, Catalog, Run, columns, run};

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

/// What a table says to be an estimate is shown as one, whatever the lens.
#[test]
fn estimates_come_back_with_their_answers() {
    let three = Three::new();
    for name in ["eu", "fr", "unctad"] {
        let table = three.lens(&[name, "--at", DAY, "--format", "csv"]);
        let path = three.0.write("answers.csv", &table.out);
        let back = lens(&[name, "--answers", path.to_str().unwrap(), "--format", "json"]).json();
        let straight = three.lens(&[name, "--at", DAY, "--format", "json"]).json();
        let marks = |view: &Value| -> Vec<Value> {
            let list = match name {
                "eu" => &view["reports"][0]["scores"],
                "fr" => &view["indicators"],
                _ => &view["procedures"],
            };
            let mut marks: Vec<_> = list.as_array().unwrap().iter().collect();
            marks.sort_by_key(|one| one["id"].to_string());
            marks.into_iter().map(|one| one["estimated"].clone()).collect()
        };
        assert!(marks(&straight).contains(&true.into()), "{name}");
        assert_eq!(marks(&straight), marks(&back), "{name}");
        let again = lens(&[name, "--answers", path.to_str().unwrap(), "--format", "csv"]).out;
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        assert_eq!(lines(&again), lines(&table.out), "{name}");
    }
}

/// The card, in a catalogue of its own, with a wait before anything is done and fees that nobody has read.
#[test]
fn what_comes_first_counts_and_unknown_fees_are_not_free() {
    let catalog = Catalog::new();
    let notice = "  attente notification par POLICE: Notifier\n    ar: تبليغ\n    habituel 15 j\n\n  étape depot à";
    let card = CARD.replace("  étape depot à", notice).replace("  attendu déplacements = 2\n", "  frais inconnus\n");
    catalog.write("procedures/identite/carte.mastara", &card);
    let at = ["maturity", "--lens", "unctad", "identite/carte", "--at", "2015-01-01"];
    let page = catalog.run(&at).out;
    assert!(page.contains("≥12,50") && page.contains("(avant la première"), "{page}");
    let json = catalog.run(&[&at[..], &["--format", "json"]].concat()).json()["procedures"][0].clone();
    // Fifteen days, ten of the wait between, 45 minutes.
    assert_eq!(json["timeframe_minutes"]["least"], 25 * 1_440 + 45, "{page}");
    assert_eq!(json["before_minutes"]["least"], 15 * 1_440);
    assert_eq!((&json["costs"], &json["costs_known"]), (&Value::from(12.5), &false.into()));
    assert_eq!(json["list"][1]["cost_known"], false);
    let table = catalog.run(&[&at[..], &["--format", "csv"]].concat()).out;
    let path = catalog.write("steps.csv", &table);
    let back = lens(&["unctad", "--answers", path.to_str().unwrap(), "--format", "json"]).json();
    for key in ["timeframe_minutes", "before_minutes", "costs", "costs_known", "times_unknown"] {
        assert_eq!(back["procedures"][0][key], json[key], "{key}");
    }
    catalog.write("procedures/identite/carte.mastara", &card.replace("    paie 12.50 dh au guichet\n", ""));
    let page = catalog.run(&at).out;
    assert!(page.lines().any(|line| line.starts_with("coût (dh)") && line.ends_with('?')), "{page}");
    assert!(!catalog.run(&[&at[..], &["--format", "csv"]].concat()).out.contains("0.00"));
}

/// The nominal wait of a real file that begins with one.
#[test]
fn the_notice_of_a_fine_is_waited_for() {
    let page = lens(&["unctad", "transport/amende-radar-paiement", "--at", DAY]).out;
    let line = page.lines().find(|line| line.starts_with("durée")).unwrap();
    assert!(line.contains("~15"), "{page}");
}

/// `*` where what is not known may lower a score, `≥` only where it cannot.
#[test]
fn a_score_of_a_part_is_no_bound() {
    let heading = "country,year,life_event,service,kind,level,channel,question,answer";
    let row = |question: &str, answer: &str| format!("XX,2023,,a,transactional,central,national,{question},{answer}\n");
    let rows = |rows: &[(&str, &str)]| {
        let rows: String = rows.iter().map(|(question, answer)| row(question, answer)).collect();
        format!("{heading}\n{rows}")
    };
    let told = |table: &str, more: &[&str]| {
        let args = [&["maturity", "--lens", "eu", "--answers", "-"][..], more].concat();
        run(&args, Path::new("."), table)
    };
    let of = |table: &str, id: &str| {
        let view = told(table, &["--format", "json"]).json();
        let scores = view["reports"][0]["scores"].as_array().unwrap().clone();
        let score = scores.into_iter().find(|score| score["id"] == id).unwrap();
        (score["score"].to_string(), score["at_least"] == true, score["partial"] == true)
    };
    let part = rows(&[("C1", "yes"), ("C2", "?")]);
    assert_eq!(of(&part, "service-delivery"), ("100".to_owned(), false, true));
    let page = told(&part, &[]).out;
    assert!(page.contains("100,0*") && page.contains("(1 sur 2)") && !page.contains("≥1"), "{page}");
    let rung = rows(&[("F1", "yes"), ("F2", "yes"), ("F3", "yes"), ("F4", "?")]);
    assert_eq!(of(&rung, "eid"), ("67".to_owned(), true, false));
    assert!(told(&rung, &[]).out.contains("≥67,0"));
    let whole = rows(&[("F1", "yes"), ("F2", "yes"), ("F3", "yes"), ("F4", "no")]);
    assert_eq!(of(&whole, "eid"), ("67".to_owned(), false, false));
    // Without a row for F4 there is no score, and that is said.
    let missing = rows(&[("F1", "yes"), ("F2", "yes"), ("F3", "yes")]);
    assert_eq!(of(&missing, "eid").0, "null");
    assert!(told(&missing, &[]).out.contains("1 score est laissé de côté"));
    assert!(!told(&whole, &[]).out.contains("laissé de côté :"));
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
                args.push("--why");
                let page = three.lens(&args);
                assert_eq!(page.code, 0, "{}", page.err);
                assert!(!page.out.contains("lens."), "a key has no words: {}", page.out);
                // A path is never broken, so that it can be copied.
                let is_path = |line: &str| line.trim().split(' ').count() == 1;
                let long: Vec<_> = page.out.lines().filter(|line| columns(line) > 80 && !is_path(line)).collect();
                assert!(long.is_empty(), "{long:?}");
            }
        }
    }
}
