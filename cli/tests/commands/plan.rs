//! `plan`: which changes to make first.

use crate::support::{CARD, Catalog, columns, run};

/// The card of 2015: two trips of a thousand people, one for a file with a fee, one that nothing tells more of; two papers, one
/// of which a register holds.
fn catalog(register: &str) -> Catalog {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/carte.mastara", &CARD.replace("photo, acte", "photo, acte x3"));
    let register =
        format!("etat-civil: {{fr: État civil, ar: الحالة المدنية, authority: POLICE, supplies: [acte]{register}}}\n");
    catalog.write("vocabulary/registers.yaml", &register);
    catalog
}

fn plan(catalog: &Catalog, args: &[&str]) -> serde_json::Value {
    let all = [&["plan", "--at", "2015-01-01", "--format", "json"], args].concat();
    let run = catalog.run(&all);
    assert_eq!(run.code, 0, "{}", run.err);
    run.json()
}

fn kinds(json: &serde_json::Value) -> Vec<&str> {
    json["changes"].as_array().unwrap().iter().map(|change| change["kind"].as_str().unwrap()).collect()
}

#[test]
fn a_trip_goes_only_with_all_its_reasons() {
    let catalog = catalog("");
    let two = plan(&catalog, &["--budget", "2"]);
    assert_eq!(
        (two["gain"].as_i64(), two["whole"].as_i64(), two["proof"].as_str()),
        (Some(0), Some(2000), Some("optimal"))
    );
    let three = plan(&catalog, &["--budget", "3"]);
    assert_eq!((three["gain"].as_i64(), three["greedy"].as_i64()), (Some(1000), Some(0)));
    assert_eq!(three["measured"]["gain"], three["gain"]);
    let mut found = kinds(&three);
    found.sort_unstable();
    assert_eq!(found, ["accept-digital", "e-filing", "e-payment"]);
    let gains: Vec<_> =
        three["changes"].as_array().unwrap().iter().map(|change| change["gain"].as_i64().unwrap()).collect();
    assert_eq!(gains, [0, 0, 1000]);
    // Nothing that may be chosen pays the fee online.
    assert_eq!(plan(&catalog, &["--budget", "9", "--exclude", "e-payment"])["gain"], 0);
    assert_eq!(plan(&catalog, &["--budget", "9", "--authority", "POLICE"])["gain"], 1000);
}

#[test]
fn a_fetch_needs_its_register_open() {
    let unknown = catalog("");
    let sheets = |catalog: &Catalog, budget: &str| plan(catalog, &["--goal", "sheets", "--budget", budget]);
    // One copy of the act does with one change; to fetch it takes two, unless the register can be asked already.
    let one = sheets(&unknown, "1");
    assert_eq!((kinds(&one), one["gain"].as_i64()), (vec!["one-copy"], Some(2000)));
    let two = sheets(&unknown, "2");
    assert_eq!((kinds(&two), two["gain"].as_i64()), (vec!["connect", "fetch"], Some(3000)));
    assert_eq!(two["changes"][1]["needs"], serde_json::json!([1]));
    let known = sheets(&catalog(", since: \"2014-01-01\""), "1");
    assert_eq!((kinds(&known), known["gain"].as_i64()), (vec!["fetch"], Some(3000)));
    for json in [one, two, known] {
        assert_eq!(json["measured"]["gain"], json["gain"]);
    }
}

#[test]
fn the_choice_is_a_file_of_changes() {
    let catalog = catalog("");
    let file = catalog.path("reforme.yaml");
    let (name, at) = (file.to_str().unwrap(), ["--at", "2015-01-01", "--format", "json"]);
    plan(&catalog, &["--budget", "3", "--reform", name]);
    let json = catalog.run(&[&["whatif", "--file", name], &at[..]].concat()).json();
    let trips = &json["means"]["trips"];
    assert_eq!((trips["before"].as_i64(), trips["after"].as_i64()), (Some(2), Some(1)), "{json:#}");
}

#[test]
fn what_has_no_volume_is_told_and_can_count_once() {
    let catalog = catalog("");
    let text = catalog.read("procedures/identite/carte.mastara");
    let without = text.lines().filter(|line| !line.starts_with("volume:")).collect::<Vec<_>>().join("\n");
    catalog.write("procedures/identite/carte.mastara", &(without + "\n"));
    let nothing = plan(&catalog, &["--budget", "3"]);
    assert_eq!((nothing["gain"].as_i64(), nothing["coverage"]["left_out"].as_i64()), (Some(0), Some(1)));
    assert_eq!(plan(&catalog, &["--budget", "3", "--every"])["gain"], 1);
}

#[test]
fn the_page_fits_and_the_picture_is_drawn() {
    let catalog = catalog("");
    for lang in ["fr", "ar", "en"] {
        let picture = catalog.path("curve.svg");
        let args =
            ["--lang", lang, "plan", "--at", "2015-01-01", "--budget", "3", "--curve", picture.to_str().unwrap()];
        let run = run(&args, &catalog.path(""), "");
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.lines().all(|line| columns(line) <= 80), "{lang}: {}", run.out);
        assert!(!run.out.contains("plan."), "{lang}: a word is missing: {}", run.out);
        let picture = catalog.read("curve.svg");
        assert_eq!(picture.matches("<polyline").count(), 2);
        assert!(!picture.contains("plan."), "{lang}: a word is missing: {picture}");
    }
    assert_eq!(catalog.run(&["plan", "--authority", "POLISE"]).code, 2);
}

#[test]
fn on_the_catalogue_what_is_planned_is_what_is_measured() {
    // Without an option, the catalogue is the one in the program.
    let catalog = Catalog::new();
    let all = "fetch,abolish,accept-digital,e-filing,e-payment,e-delivery,e-identity,waive,original,one-copy";
    let plans: [(&str, &str, &[&str]); 5] = [
        ("trips", "20", &[]),
        ("sheets", "50", &[]),
        ("hours", "10", &[]),
        ("dirhams", "30", &[]),
        ("dirhams", "50", &["--unit", "procedure", "--only", all]),
    ];
    for (goal, budget, more) in plans {
        let args = ["plan", "--every", "--at", "2026-11-22", "--goal", goal, "--budget", budget, "--format", "json"];
        let run = run(&[&args[..], more].concat(), &catalog.path(""), "");
        assert_eq!(run.code, 0, "{}", run.err);
        let json = run.json();
        assert_eq!(json["measured"]["gain"], json["gain"], "{goal}: {}", json["measured"]["apart"]);
        assert_eq!(json["proof"], "optimal");
        assert!(json["greedy"].as_f64() <= json["gain"].as_f64());
    }
}
