//! `measure --deep`, `event` and `burden`.

use crate::support::{CARD, Catalog, run};

/// The catalogue of the tests with prices, an event, and a second procedure that delivers what the first demands.
pub fn catalog() -> Catalog {
    let catalog = Catalog::new();
    catalog.write(
        "vocabulary/burden.yaml",
        "heure: {fr: Heure, ar: ساعة, audiences: [citoyen], price: [18], source: décret}\n\
         feuille: {fr: Feuille, ar: ورقة, price: [0.20, 0.50, 1], estimated: true}\n\
         province: {fr: Province, ar: الإقليم, minutes: [30, 60, 120], fare: [0, 10, 40], estimated: true, elsewhere: true}\n",
    );
    catalog.write(
        "vocabulary/events.yaml",
        "avoir-carte: {fr: J'ai une carte, ar: لدي بطاقة, procedures: [identite/acte, identite/carte]}\n",
    );
    catalog.write(
        "vocabulary/documents.yaml",
        "photo: {fr: Photo, ar: صورة, kind: identite}\n\
         acte: {fr: Acte, ar: رسم, kind: identite, issuer: POLICE, valid: 3 months, valid-source: décret}\n",
    );
    catalog.write("procedures/identite/acte.mastara", &deed());
    catalog
}

/// A procedure that delivers the deed, at the police too.
fn deed() -> String {
    let header = CARD.split("procédure").next().unwrap().replace("identite/carte", "identite/acte");
    format!(
        "{header}procédure: Acte\n  ar: رسم\n\nversion papier depuis 2010-01-01: Au guichet\n  ar: في الشباك\n  \
         source 2024-01-01: relevé\n\n  étape demande à commissariat: Demander\n    ar: طلب\n    durée 20 min\n    \
         délivre acte papier\n"
    )
}

#[test]
fn what_delivers_a_paper_is_added_once_it_lapses() {
    let catalog = catalog();
    let deep = |args: &[&str]| {
        let run =
            catalog.run(&[&["measure", "carte", "--deep", "--at", "2015-01-01", "--format", "json"], args].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.json()["procedures"][0].clone()
    };
    let json = deep(&[]);
    assert_eq!((json["plain"]["steps"].as_i64(), json["least"]["steps"].as_i64()), (Some(2), Some(3)));
    assert_eq!(json["least"]["members"], serde_json::json!(["identite/carte", "identite/acte"]));
    assert_eq!(json["least"]["gives"][0]["document"], "acte");
    // The deed and the first step of the card are at one place: one trip.
    assert_eq!((json["least"]["trips"].as_i64(), json["least"]["merged_trips"].as_i64()), (Some(3), Some(2)));
    assert_eq!(json["least"]["effort_minutes"], 65);
    // Both say all that is paid, so that the sum is no lower bound.
    assert_eq!((&json["least"]["fees_mad"], &json["least"]["standing"]["fees_known"]), (&12.5.into(), &true.into()));
    catalog.write(
        "vocabulary/documents.yaml",
        "photo: {fr: Photo, ar: صورة, kind: identite}\n\
         acte: {fr: Acte, ar: رسم, kind: identite, issuer: POLICE, valid: 10 years}\n",
    );
    let json = deep(&[]);
    assert_eq!((json["least"]["procedures"].as_i64(), json["full"]["procedures"].as_i64()), (Some(1), Some(2)));
    assert_eq!(json["least"]["held"], serde_json::json!(["acte"]));
}

#[test]
fn the_tree_says_who_gives_what() {
    let run = catalog().run(&["measure", "carte", "--deep", "--at", "2015-01-01"]);
    assert!(run.out.contains("identite/carte\n└ Acte\u{A0}: identite/acte\n"), "{}", run.out);
}

#[test]
fn a_validity_that_is_none_is_a_finding() {
    let catalog = catalog();
    let path = catalog.write("vocabulary/documents.yaml", "photo: {fr: Photo, ar: صورة, valid: 3 weeks}\n");
    let run = catalog.run(&["check", path.to_str().unwrap(), "--format", "json"]);
    let findings = run.json()["findings"].as_array().unwrap().clone();
    assert!(findings.iter().any(|finding| finding["name"] == "field-value"), "{findings:?}");
}

#[test]
fn an_event_puts_procedures_together() {
    let catalog = catalog();
    let run = catalog.run(&["event", "avoir-carte", "--at", "2015-01-01", "--format", "json"]);
    let event = &run.json()["events"][0];
    assert_eq!((event["apart"]["trips"].as_i64(), event["together"]["merged_trips"].as_i64()), (Some(3), Some(2)));
    assert_eq!((event["apart"]["agencies"].as_i64(), event["together"]["agencies"].as_i64()), (Some(2), Some(1)));
    catalog.write("vocabulary/events.yaml", "avoir-carte: {fr: a, ar: ب, procedures: [identite/cart]}\n");
    let run = catalog.run(&["event", "avoir-carte"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("identite/cart") && run.err.contains("identite/carte"), "{}", run.err);
    assert_eq!(catalog.run(&["event", "nothing"]).code, 2);
}

#[test]
fn an_event_without_procedures_in_force_has_no_figures() {
    let catalog = catalog();
    let row = |at: &str| {
        let page = catalog.run(&["event", "--at", at]).out;
        let line = page.lines().find(|line| line.contains("avoir-carte")).unwrap_or_else(|| panic!("{page}"));
        line.split("avoir-carte").nth(1).unwrap().trim().to_owned()
    };
    let deed = catalog.read("procedures/identite/acte.mastara").replace("depuis 2010-01-01", "depuis 2014-01-01");
    catalog.write("procedures/identite/acte.mastara", &deed);
    assert_eq!(row("1960-01-01").split_whitespace().collect::<Vec<_>>(), ["–"; 5]);
    assert_eq!(row("2012-01-01").split_whitespace().collect::<Vec<_>>()[..4], ["1", "sur", "2", "2"]);
    assert_eq!(row("2015-01-01").split_whitespace().collect::<Vec<_>>()[..2], ["2", "3"]);
    let alone = catalog.run(&["event", "avoir-carte", "--at", "1960-01-01"]).out;
    assert!(!alone.contains(" 0") && alone.contains("Sans version en vigueur"), "{alone}");
}

#[test]
fn papers_of_an_event_bear_their_marks_and_the_page_explains_them() {
    let catalog = catalog();
    let page = |args: &[&str]| catalog.run(&[args, &["--at", "2015-01-01"]].concat()).out;
    let sure = page(&["event", "avoir-carte"]);
    assert!(!sure.contains('~') && !sure.contains('≥'), "{sure}");
    let card = catalog.read("procedures/identite/carte.mastara");
    let card = card.replace("fournit photo, acte", "fournit photo, acte estimé").replace("    durée 15 min\n", "");
    catalog.write("procedures/identite/carte.mastara", &card);
    let list = page(&["event"]);
    let row = list.lines().find(|line| line.contains("avoir-carte")).unwrap();
    assert!(row.ends_with("~2    ~2") || row.ends_with("~2    ~1"), "{list}");
    assert!(list.contains("\n~ estimé\n"), "{list}");
    let event = page(&["event", "avoir-carte"]);
    let own = event.lines().find(|line| line.starts_with("Carte")).unwrap();
    assert!(own.ends_with("~2"), "{event}");
    assert!(event.contains("\n~ estimé · ≥ au moins"), "{event}");
    let deep = page(&["measure", "carte", "--deep"]);
    assert!(deep.contains("\n~ estimé · ≥ au moins"), "{deep}");
}

#[test]
fn a_case_and_a_year_are_added_up() {
    let json = catalog().run(&["burden", "carte", "--at", "2015-01-01", "--format", "json"]).json();
    // 45 min at the steps and two trips of an hour: 2 h 45 at 18 dirhams; 12.50 of fees, 2 × 10 of fares, 2 sheets.
    assert_eq!(json["nominal_case"]["hours"]["central"].to_string(), "2.75");
    assert_eq!(json["nominal_case"]["time_mad"]["central"].to_string(), "49.5");
    let sum = 49.5 + 12.5 + 20.0 + json["nominal_case"]["sheets_mad"]["central"].as_f64().unwrap();
    assert!((json["nominal_case"]["mad"]["central"].as_f64().unwrap() - sum).abs() < 1e-9);
    let (case, year) = (&json["case"]["mad"]["central"], &json["year"]["mad"]["central"]);
    assert!((case.as_f64().unwrap() * 1000.0 - year.as_f64().unwrap()).abs() < 1e-6, "{case} {year}");
    assert_eq!(json["standing"], "estimated");
}

#[test]
fn without_prices_there_is_no_burden() {
    let run = Catalog::new().run(&["burden"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("burden.yaml"), "{}", run.err);
}

#[test]
fn the_examples_of_the_measures_page_are_those_of_the_catalogue() {
    let told = |args: &[&str]| {
        let run = run(&[args, &["--at", "2026-11-22", "--format", "json"]].concat(), &std::env::temp_dir(), "");
        assert_eq!(run.code, 0, "{}", run.err);
        run.json()
    };
    let json = told(&["measure", "foncier/inscription-donation-immobiliere", "--deep"]);
    let least = &json["procedures"][0]["least"];
    let keys = ["procedures", "steps", "trips", "documents", "sheets", "effort_minutes", "fees_mad"];
    assert_eq!(keys.map(|key| least[key].as_i64().unwrap()), [3, 8, 6, 5, 9, 270, 15_100]);
    assert_eq!(least["delay_days"]["legal"], 9);
    let json = told(&["burden", "etat-civil/extrait-acte-naissance"]);
    assert_eq!(json["nominal_case"]["mad"]["central"].to_string(), "36.6");
}

#[test]
fn every_event_of_the_catalogue_can_be_measured() {
    let run = run(&["event", "--options", "--at", "2026-11-22", "--format", "json"], &std::env::temp_dir(), "");
    assert_eq!(run.code, 0, "{}", run.err);
    for event in run.json()["events"].as_array().unwrap() {
        assert_eq!(event["not_measured"].as_array().unwrap().len(), 0, "{event}");
    }
}

#[test]
fn the_version_asked_for_is_the_one_that_is_measured() {
    let catalog = catalog();
    let deep = |args: &[&str]| {
        let run =
            catalog.run(&[&["measure", "carte", "--deep", "--at", "2022-01-01", "--format", "json"], args].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.json()["procedures"][0].clone()
    };
    let (now, before) = (deep(&[]), deep(&["--version", "papier"]));
    assert_eq!((&now["version"], &before["version"]), (&"en-ligne".into(), &"papier".into()));
    assert_eq!((&now["plain"]["steps"], &before["plain"]["steps"]), (&1.into(), &2.into()));
    // Its papers are those of that version, too.
    assert_eq!(before["full"]["members"], serde_json::json!(["identite/carte", "identite/acte"]));
    let wrong = catalog.run(&["measure", "carte", "--deep", "--version", "papper"]);
    assert!(wrong.code == 2 && wrong.err.contains("papier"), "{}", wrong.err);
}
