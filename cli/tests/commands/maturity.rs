//! `maturity`: the index, what it covers, and the lines behind it.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use crate::support::{CARD, Catalog, columns, run};

const PAGE: &str = include_str!("../../../docs/maturite.md");

/// The rows of the tables of the page with these headings, cell by cell.
fn rows(headings: &str) -> Vec<Vec<&'static str>> {
    let mut all = Vec::new();
    for table in PAGE.split(headings).skip(1) {
        let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        all.extend(lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()));
    }
    all
}

fn indicators(json: &Value) -> BTreeMap<String, Value> {
    let of = |axis: &Value| axis["indicators"].as_array().unwrap().clone();
    let all = json["state"]["axes"].as_array().unwrap().iter().flat_map(of);
    all.map(|score| (score["indicator"].as_str().unwrap().to_owned(), score)).collect()
}

#[test]
fn what_the_page_works_out_by_hand_is_what_the_command_says() {
    let mut told: BTreeMap<&str, Value> = BTreeMap::new();
    let rows = rows("| périmètre | indicateur | exact |");
    assert!(rows.len() > 40);
    for row in rows {
        let [scope, indicator, exact] = row[..] else { panic!("{row:?}") };
        let json = told.entry(scope).or_insert_with(|| {
            let args = ["maturity", "--why", scope, "--at", "2026-11-22", "--format", "json"];
            run(&args, Path::new("."), "").json()
        });
        let score = match indicator {
            "indice" => &json["index"],
            code => {
                let mut all = json["indicators"].as_array().unwrap().iter();
                all.find(|score| score["indicator"] == code).unwrap()
            }
        };
        assert_eq!(score["exact"], exact, "{scope} {indicator}");
    }
}

#[test]
fn the_lines_the_page_cites_stand_in_the_files() {
    let rows = rows("| ligne | ce qu'on y lit |");
    assert!(rows.len() > 20);
    for row in rows {
        let [place, said] = row[..] else { panic!("{row:?}") };
        let (id, line) = place.split_once(':').unwrap();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../catalog/procedures/{id}.mastara"));
        let text = std::fs::read_to_string(file).unwrap();
        let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
        assert!(line.trim_start().starts_with(said.trim_matches('`')), "{place}: {line}");
    }
}

#[test]
fn what_is_not_known_is_left_out_and_counted() {
    let catalog = Catalog::new();
    let json = catalog.run(&["maturity", "--at", "2024-01-01", "--format", "json"]).json();
    let scores = indicators(&json);
    for unknown in ["K5", "I1", "I3", "I5", "I6"] {
        assert_eq!((&scores[unknown]["score"], &scores[unknown]["coverage"]["known"]), (&Value::Null, &0.into()));
    }
    assert_eq!(scores["I2"]["score"], 100);
    assert_eq!(scores["K5"]["coverage"]["applicable"], 7);
    let known = scores.values().filter(|score| !score["score"].is_null()).count();
    assert_eq!(json["state"]["coverage"]["known"], known);
}

/// What is judged or exchanged in a flow that nobody has recorded is an estimate.
#[test]
fn what_is_read_off_reconstructed_flows_is_an_estimate() {
    let catalog = Catalog::new();
    catalog.write(
        "vocabulary/authorities.yaml",
        "POLICE: {fr: Police, ar: الشرطة, kind: autorite}\nMAIRIE: {fr: Mairie, ar: الجماعة, kind: autorite}\n",
    );
    catalog.write(
        "vocabulary/documents.yaml",
        "photo: {fr: Photo, ar: صورة, kind: identite}\nacte: {fr: Acte, ar: رسم, kind: identite, issuer: MAIRIE}\n",
    );
    catalog.write("vocabulary/registers.yaml", "actes: {fr: Actes, ar: رسوم, authority: MAIRIE, supplies: [acte]}\n");
    let estimated = |code: &str| {
        let json = catalog.run(&["maturity", "--at", "2015-01-01", "--format", "json"]).json();
        let score = indicators(&json)[code].clone();
        assert!(!score["score"].is_null(), "{code}: {score}");
        (score["score"].clone(), score["estimated"] == true)
    };
    let fetching = |mark: &str| {
        let text = CARD
            .replace("identite/carte", "identite/livret")
            .replace("fournit photo, acte", "échange actes: acte")
            .replace("attendu déplacements = 2", mark);
        catalog.write("procedures/identite/livret.mastara", &text);
    };
    fetching("attendu niveau = 1");
    assert_eq!(estimated("K3"), (100.into(), false));
    assert!(!estimated("K2").1);
    fetching("reconstitué");
    assert_eq!(estimated("K3"), (100.into(), true));
    assert!(estimated("K2").1);
    let page = catalog.run(&["maturity", "--at", "2015-01-01"]).out;
    let line = page.lines().find(|line| line.starts_with("K2 ")).unwrap();
    assert!(line.contains('~'), "{page}");
}

/// A score of what is known bears a star, which says on how much; fees that nobody has read are no item left out.
#[test]
fn a_score_of_a_part_says_so() {
    let catalog = Catalog::new();
    let page = catalog.run(&["maturity", "--at", "2024-01-01"]).out;
    let line = |begins: &str| page.lines().find(|line| line.starts_with(begins)).unwrap();
    assert!(line("Indice").contains('*') && !line("Indice").contains('≥'), "{page}");
    assert!(!line("K6").contains('*'), "{page}");
    let json = catalog.run(&["maturity", "--at", "2024-01-01", "--format", "json"]).json();
    let of = [&json["state"]["coverage"]["known"], &json["state"]["coverage"]["applicable"]];
    let told = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("{} indicateurs sur {}", of[0], of[1])), "{page}");
    assert_eq!((&json["state"]["partial"], &json["state"]["at_least"]), (&true.into(), &false.into()));
    let k1 = |text: &str| {
        catalog.write("procedures/identite/carte.mastara", text);
        let why =
            ["maturity", "--why", "identite/carte", "--indicator", "K1", "--at", "2015-01-01", "--format", "json"];
        catalog.run(&why).json()["indicators"][0]["units"][0].clone()
    };
    let free = CARD.replace("    paie 12.50 dh au guichet\n", "");
    assert_eq!(k1(&free)["partial"], false);
    let unread = k1(&free.replace("  attendu déplacements = 2\n", "  frais inconnus\n"));
    assert_eq!(unread["partial"], true, "{unread}");
    assert!(unread["reasons"].to_string().contains("fees-unknown"), "{unread}");
    let picture = catalog.run(&["maturity", "--format", "svg", "--at", "2024-01-01"]).out;
    assert!(picture.contains("*</text>") || picture.contains("* "), "{picture}");
    let table = catalog.run(&["maturity", "--format", "csv", "--at", "2024-01-01"]).out;
    assert!(table.starts_with("kind,id,procedures,rank,score,grade,estimated,at_least,partial,known"), "{table}");
}

#[test]
fn evidence_counts_until_it_is_too_old() {
    let catalog = Catalog::new();
    catalog.write(
        "vocabulary/administrations.yaml",
        "police-charte: {authority: POLICE, duty: service-charter, met: true, seen: 2024-01-01, source: x, fr: a, ar: b}\n\
         police-audit: {authority: POLICE, duty: security-audit, met: false, seen: 2023-06-01, source: x, fr: a, ar: b}\n",
    );
    let at = |day: &str| {
        let json = catalog.run(&["maturity", "--at", day, "--format", "json"]).json();
        let score = indicators(&json)["K5"].clone();
        (score["score"].clone(), score["coverage"]["known"].clone())
    };
    assert_eq!(at("2023-12-31"), (0.into(), 1.into()));
    assert_eq!(at("2024-05-01"), (50.into(), 2.into()));
    assert_eq!(at("2024-12-31"), (100.into(), 1.into()));
    assert_eq!(at("2026-01-01"), (Value::Null, 0.into()));
    let why = catalog.run(&["maturity", "POLICE", "--indicator", "k5", "--at", "2024-05-01"]);
    assert!(why.out.contains("vocabulary/administrations.yaml:1"), "{}", why.out);
    catalog.write(
        "vocabulary/administrations.yaml",
        "a: {authority: POLICE, duty: chart, seen: 2024, source: x, fr: a, ar: b}\n",
    );
    let wrong = catalog.run(&["check"]);
    assert!(wrong.out.contains("service-charter") || wrong.out.contains("chart"), "{}", wrong.out);
    assert_eq!(wrong.code, 1);
}

#[test]
fn becoming_paperless_raises_the_volume_without_paper() {
    let catalog = Catalog::new();
    let at = |day: &str| {
        let json = catalog.run(&["maturity", "--at", day, "--format", "json"]).json();
        indicators(&json)["I2"]["score"].as_f64()
    };
    assert_eq!((at("2015-01-01"), at("2024-01-01")), (Some(0.0), Some(100.0)));
}

#[test]
fn a_score_opens_down_to_lines_that_hold_what_it_says() {
    let catalog = Catalog::new();
    let json = catalog.run(&["maturity", "--why", "identite/carte", "--at", "2015-01-01", "--format", "json"]).json();
    let mut places = 0;
    for indicator in json["indicators"].as_array().unwrap() {
        for unit in indicator["units"].as_array().unwrap() {
            for reason in unit["reasons"].as_array().unwrap() {
                let Some(place) = reason["place"].as_str() else { continue };
                let (file, line) = place.rsplit_once(':').unwrap();
                let text = std::fs::read_to_string(file).unwrap();
                let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap().trim();
                assert!(!line.is_empty(), "{place}");
                places += 1;
                match reason["what"].as_str().unwrap() {
                    "paid-on-site" | "fee-without-text" => assert!(line.starts_with("paie 12.50 dh"), "{line}"),
                    "paper-demanded" => assert!(line.starts_with("fournit photo, acte"), "{line}"),
                    "requests-with-paper" => assert!(line.starts_with("volume:"), "{line}"),
                    _ => {}
                }
            }
        }
    }
    assert!(places > 8);
}

#[test]
fn weights_of_a_file_lie_over_those_of_the_catalogue() {
    let catalog = Catalog::new();
    let json = |args: &[&str]| {
        let mut all = vec!["maturity", "--at", "2024-01-01", "--format", "json"];
        all.extend(args);
        catalog.run(&all).json()
    };
    let file = catalog.write("poids.yaml", "capacity: {weight: 0}\ntransformation: {weight: 0}\nI4: {weight: 0}\n");
    let alone = json(&["--weights", file.to_str().unwrap()]);
    assert_eq!(alone["state"]["exact"], indicators(&json(&[]))["I2"]["exact"]);
    let wrong = catalog.write("faux.yaml", "\nK9: {weight: 1}\n");
    let told = catalog.run(&["maturity", "--weights", wrong.to_str().unwrap()]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("faux.yaml:2"), "{}", told.err);
}

#[test]
fn ranks_hang_on_the_seed_alone() {
    let catalog = Catalog::new();
    catalog.write("vocabulary/maturity.yaml", "ranked: {fr: a, ar: b, least: 1}\n");
    catalog.write(
        "vocabulary/authorities.yaml",
        "POLICE: {fr: Police, ar: الشرطة, kind: autorite}\nMAIRIE: {fr: Mairie, ar: الجماعة, kind: autorite, parent: POLICE}\n",
    );
    let other = CARD.replace("identite/carte", "identite/acte").replace("responsable: POLICE", "responsable: MAIRIE");
    catalog.write("procedures/identite/acte.mastara", &other.replace("en ligne: Demander", "à commissariat: Demander"));
    let out = |seed: &str| {
        let args =
            ["maturity", "--stability", "--draws", "200", "--seed", seed, "--at", "2024-01-01", "--format", "json"];
        catalog.run(&args).out
    };
    assert_eq!(out("3"), out("3"));
    let json: Value = serde_json::from_str(&out("3")).unwrap();
    assert_eq!(json["stability"]["draws"], 200);
    let police = json["authorities"].as_array().unwrap().iter().find(|scope| scope["id"] == "POLICE").unwrap().clone();
    assert_eq!(police["rank"], 1);
    let department = json["departments"].as_array().unwrap();
    assert_eq!((department.len(), &department[0]["procedures"]), (1, &2.into()));
}

#[test]
fn mistakes_are_told_and_pages_fit() {
    let catalog = Catalog::new();
    for (args, said) in [
        (vec!["maturity", "--why", "POLIC"], "POLICE"),
        (vec!["maturity", "POLICE", "--indicator", "K9"], "K9"),
        (vec!["maturity", "POLICE", "--format", "svg"], "json"),
        (vec!["maturity", "--stability", "--draws", "0"], "draws"),
    ] {
        let told = catalog.run(&args);
        assert_eq!(told.code, 2, "{args:?}");
        assert!(told.err.contains(said), "{args:?}: {}", told.err);
    }
    for args in [vec!["maturity"], vec!["maturity", "--stability"], vec!["maturity", "--why", "identite/carte"]] {
        let told = catalog.run(&args);
        assert_eq!(told.code, 0, "{}", told.err);
        let long: Vec<_> = told.out.lines().filter(|line| columns(line) > 80 && !line.contains(".mastara:")).collect();
        assert!(long.is_empty(), "{long:?}");
    }
    let picture = catalog.run(&["maturity", "--format", "svg", "--at", "2024-01-01"]);
    assert!(picture.out.starts_with("<svg ") && picture.out.trim_end().ends_with("</svg>"));
    let table = catalog.run(&["maturity", "--format", "csv"]).out;
    let cells: Vec<usize> = table.lines().map(|line| line.split(',').count()).collect();
    assert!(cells.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
}
