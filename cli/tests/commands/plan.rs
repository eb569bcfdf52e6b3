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
        let legend = [("fr", "chaque fois"), ("ar", "في كل مرة"), ("en", "each time")];
        assert!(legend.iter().any(|(of, told)| *of == lang && picture.contains(told)), "{lang}: {picture}");
    }
    assert_eq!(catalog.run(&["plan", "--authority", "POLISE"]).code, 2);
}

#[test]
fn what_is_sent_by_post_is_uploaded_once() {
    let catalog = catalog("");
    let by_post = catalog
        .read("procedures/identite/carte.mastara")
        .replace("étape depot à commissariat", "étape depot par courrier")
        .replace("paie 12.50 dh au guichet", "paie 12.50 dh par virement");
    catalog.write("procedures/identite/carte.mastara", &by_post);
    // Three acts become one as soon as the file moves online: the request and the act in digital form.
    let changes = ["--goal", "sheets", "--budget", "9", "--only", "e-filing,accept-digital"];
    let json = plan(&catalog, &changes);
    assert_eq!(json["gain"].as_i64(), Some(2000), "{json:#}");
    assert_eq!((&json["measured"]["gain"], &json["measured"]["apart"]), (&json["gain"], &serde_json::json!([])));
}

#[test]
fn what_rests_on_an_estimate_says_so() {
    let catalog = catalog("");
    let sheets = ["--goal", "sheets", "--budget", "1"];
    let (sure, page) = (plan(&catalog, &sheets), |args: &[&str]| {
        let all = [&["plan", "--at", "2015-01-01"], args].concat();
        catalog.run(&all).out
    });
    assert_eq!(sure["estimated"], false);
    assert!(!page(&sheets).contains('~'), "{}", page(&sheets));
    let text = catalog.read("procedures/identite/carte.mastara");
    let guessed = text.replace("fournit photo, acte x3", "fournit photo, acte x3 estimé");
    assert_ne!(text, guessed);
    catalog.write("procedures/identite/carte.mastara", &guessed);
    assert_eq!(plan(&catalog, &sheets)["estimated"], true);
    assert!(page(&sheets).contains("~2\u{202f}000 feuilles") && page(&sheets).contains("est une estimation"));
    // Nobody says how long the collection takes.
    let vague = text.replace("    durée 15 min\n", "");
    assert_ne!(text, vague);
    catalog.write("procedures/identite/carte.mastara", &vague);
    catalog.write(
        "vocabulary/burden.yaml",
        "heure: {fr: Heure, ar: ساعة, audiences: [citoyen], price: [18], source: décret}\n\
         province: {fr: Province, ar: الإقليم, minutes: [30, 60, 120], fare: [0, 10, 40], estimated: true, elsewhere: true}\n",
    );
    let hours = ["--goal", "hours", "--budget", "3"];
    let json = plan(&catalog, &hours);
    assert_eq!((&json["incomplete"], &json["whole_incomplete"]), (&false.into(), &true.into()), "{json:#}");
    let page = page(&hours);
    assert!(
        page.contains("~1\u{202f}000 heures") && page.contains("≥2\u{202f}500") && page.contains("≥ au moins"),
        "{page}"
    );
    assert!(page.contains("~40,0\u{202f}%"), "{page}");
}

#[test]
fn an_administration_is_told_of_its_own_procedures() {
    let catalog = catalog("");
    catalog.write(
        "vocabulary/authorities.yaml",
        "POLICE: {fr: Police, ar: الشرطة, kind: autorite}\nMJ: {fr: Justice, ar: العدل, kind: ministere}\n\
         COUR: {fr: Cour, ar: محكمة, kind: autorite, parent: MJ}\n",
    );
    let of_court = CARD.replace("identite/carte", "identite/acte").replace("responsable: POLICE", "responsable: COUR");
    let without: Vec<_> = of_court.lines().filter(|line| !line.starts_with("volume:")).collect();
    catalog.write("procedures/identite/acte.mastara", &(without.join("\n") + "\n"));
    let args = ["--authority", "MJ"];
    let json = plan(&catalog, &args);
    assert_eq!(json["coverage"]["own"], serde_json::json!({"procedures": 1, "with_volume": 0}));
    let page = catalog.run(&["plan", "--at", "2015-01-01", "--authority", "MJ"]).out;
    assert!(page.contains("Justice\u{a0}: 0 seulement de ses 1") && page.contains("--every"), "{page}");
    assert!(page.contains("à faire par «\u{a0}Justice\u{a0}»") && !page.contains("ne compte pas"), "{page}");
}

#[test]
fn delays_are_no_change_to_choose() {
    let run = catalog("").run(&["plan", "--only", "deadline"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("`deadline`") && run.err.contains("one-copy"), "{}", run.err);
}

#[test]
fn on_the_catalogue_what_is_planned_is_what_is_measured() {
    // Without an option, the catalogue is the one in the program.
    let catalog = Catalog::new();
    let all = "fetch,abolish,accept-digital,e-filing,e-payment,e-delivery,e-identity,waive,original,one-copy";
    // Dirhams are made of trips, hours and sheets.
    // What is sent by post has no place, and yet is filed online.
    let services = "e-filing,accept-digital,waive,e-delivery,e-payment,e-identity";
    let (now, before) = ("2026-11-22", "2012-06-01");
    let plans: [(&str, &str, &str, &[&str]); 5] = [
        (now, "sheets", "50", &[]),
        (now, "sheets", "6", &["--unit", "everywhere", "--only", services]),
        (now, "dirhams", "50", &["--unit", "procedure", "--only", all]),
        (now, "dirhams", "200", &[]),
        (before, "dirhams", "25", &[]),
    ];
    for (at, goal, budget, more) in plans {
        let args = ["plan", "--every", "--at", at, "--goal", goal, "--budget", budget, "--format", "json"];
        let run = run(&[&args[..], more].concat(), &catalog.path(""), "");
        assert_eq!(run.code, 0, "{}", run.err);
        let json = run.json();
        assert_eq!(json["measured"]["gain"], json["gain"], "{goal}: {}", json["measured"]["apart"]);
        assert_eq!(json["proof"], "optimal");
        assert!(json["greedy"].as_f64() <= json["gain"].as_f64());
    }
}
