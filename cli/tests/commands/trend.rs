//! `trend`: where the catalogue stood month by month, and where what is planned leads.

use serde_json::Value;

use crate::support::{CARD, Catalog};

/// The card, paperless since 2020; a passport, on paper and with a plan; a permit, on paper and without one.
fn catalog() -> Catalog {
    let catalog = Catalog::new();
    let of = |id: &str, title: &str| {
        CARD.replace("identite/carte", &format!("identite/{id}"))
            .replace("procédure: Carte", &format!("procédure: {title}"))
    };
    let planned = of("passeport", "Passeport").replace(
        "version en-ligne depuis 2020-01-01: En ligne\n  ar: على الإنترنت\n",
        "version en-ligne depuis 2028-07-01: En ligne\n  ar: على الإنترنت\n  prévue\n",
    );
    catalog.write(
        "procedures/identite/passeport.mastara",
        &planned.replace("\nexemple: tout le monde\n  ar: الجميع\n  passe demande\n  finit fin\n", ""),
    );
    let permit = of("permis", "Permis").replace("depuis 2010-01-01", "depuis 2012-06-15");
    catalog.write("procedures/identite/permis.mastara", permit.split("\nversion en-ligne").next().unwrap());
    catalog
}

fn month<'j>(json: &'j Value, day: &str) -> &'j Value {
    json["months"].as_array().unwrap().iter().find(|month| month["day"] == day).unwrap()
}

#[test]
fn each_month_counts_what_is_in_force_on_its_last_day() {
    let json = catalog().run(&["trend", "--at", "2026-11-22", "--format", "json"]).json();
    assert_eq!(json["months"].as_array().unwrap().len(), 21 * 12);
    let of = |day: &str, key: &str| month(&json, day)["all"][key].as_f64().unwrap();
    assert_eq!((of("2012-05-31", "procedures"), of("2012-06-30", "procedures")), (2.0, 3.0));
    assert_eq!((of("2019-12-31", "paperless"), of("2020-01-31", "paperless")), (0.0, 1.0));
    // Two trips each, none for the card any more.
    assert_eq!((of("2019-12-31", "trips"), of("2026-11-22", "trips")), (2.0, 1.3333));
    assert_eq!((of("2028-06-30", "paperless"), of("2028-07-31", "paperless")), (1.0, 2.0));
    assert_eq!(month(&json, "2026-11-22")["planned"], false);
    assert_eq!(month(&json, "2026-12-31")["planned"], true);
    // The permit is no part of what was there at the beginning.
    assert_eq!(month(&json, "2026-11-22")["panel"]["procedures"], 2);
}

#[test]
fn what_is_planned_is_told_from_what_has_no_plan() {
    let json = catalog().run(&["trend", "--at", "2026-11-22", "--format", "json"]).json();
    let trajectory = &json["trajectory"];
    let tracks = ["done", "planned", "short", "without_plan"].map(|track| trajectory[track].as_i64().unwrap());
    assert_eq!(tracks, [1, 1, 0, 1]);
    assert_eq!(trajectory["coming"][0]["id"], "identite/passeport");
    assert_eq!(trajectory["authorities"][0]["requests_without_plan"], 1000);
    let text = catalog().run(&["trend", "--at", "2026-11-22"]);
    assert!(text.out.contains("sans projet") && text.out.contains("→ 2030-12-31"), "{}", text.out);
    assert!(text.out.lines().all(|line| crate::support::columns(line) <= 80), "{}", text.out);
}

#[test]
fn what_is_to_lose_paperless_is_not_paperless_in_the_end() {
    let catalog = catalog();
    let back = "\nversion retour depuis 2028-01-01: De nouveau au guichet\n  ar: من جديد بالشباك\n  prévue\n  \
                source 2024-01-01: relevé\n\n  étape guichet à commissariat: Déposer\n    ar: إيداع\n    \
                durée 30 min\n    remplace demande\n    fournit acte\n";
    let card = CARD.replace("\nexemple: tout", &format!("{back}\nexemple: tout"));
    catalog.write("procedures/identite/carte.mastara", &card);
    let trend = ["trend", "--at", "2026-11-22"];
    let json = catalog.run(&[&trend[..], &["--format", "json"]].concat()).json();
    let trajectory = &json["trajectory"];
    let tracks = ["done", "planned", "short", "without_plan"].map(|track| trajectory[track].as_i64().unwrap());
    assert_eq!(tracks, [0, 1, 1, 1]);
    assert_eq!(trajectory["coming"][0]["id"], "identite/carte");
    assert_eq!(trajectory["coming"][0]["paperless"], false);
    assert_eq!(month(&json, "2026-11-22")["all"]["paperless"], 1);
    // Each row speaks of one procedure.
    let text = catalog.run(&trend).out;
    let row = |of: &str| text.lines().find(|line| line.starts_with("2028") && line.contains(of)).unwrap().to_owned();
    assert!(row("Carte").ends_with("n'est plus zéro papier"), "{text}");
    assert!(row("Passeport").ends_with("devient zéro papier"), "{text}");
}

#[test]
fn all_years_stand_in_their_columns() {
    let text = catalog().run(&["trend", "--at", "2026-11-22"]).out;
    let is_year = |line: &&str| line.trim_start_matches("→ ").starts_with("20") && line.contains("\u{202f}%");
    let rows: Vec<&str> = text.lines().filter(is_year).collect();
    let ends: Vec<usize> = rows.iter().map(|row| crate::support::columns(row)).collect();
    assert!(ends.len() > 16 && ends.iter().all(|end| *end == ends[0]), "{text}");
}

#[test]
fn an_administration_has_its_own_course_and_list() {
    let catalog = catalog();
    catalog.write(
        "vocabulary/authorities.yaml",
        "POLICE: {fr: Police, ar: الشرطة, kind: autorite}\nMJ: {fr: Justice, ar: العدل, kind: ministere}\n\
         COUR: {fr: Cour, ar: محكمة, kind: autorite, parent: MJ}\n",
    );
    let permit = catalog.read("procedures/identite/permis.mastara").replace("responsable: POLICE", "responsable: COUR");
    catalog.write("procedures/identite/permis.mastara", &permit);
    let json = |args: &[&str]| {
        catalog.run(&[&["trend", "--at", "2026-11-22", "--unplanned", "--format", "json"], args].concat()).json()
    };
    let unplanned = |json: &Value| {
        let rows = json["trajectory"]["unplanned"].as_array().unwrap().clone();
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(unplanned(&json(&[])), ["identite/permis"]);
    let police = json(&["--authority", "POLICE"]);
    assert_eq!((unplanned(&police), &month(&police, "2026-11-22")["all"]["procedures"]), (vec![], &2.into()));
    let justice = json(&["--authority", "MJ"]);
    assert_eq!(unplanned(&justice), ["identite/permis"]);
    assert_eq!(
        (&justice["authority"], &justice["trajectory"]["unplanned"][0]["requests"]),
        (&"MJ".into(), &1000.into())
    );
    let page = catalog.run(&["trend", "--at", "2026-11-22", "--unplanned", "--authority", "MJ"]).out;
    assert!(page.contains("Justice") && page.contains("1 procédure sans projet"), "{page}");
    assert!(page.contains("identite/permis") && !page.contains("identite/carte"), "{page}");
    assert_eq!(catalog.run(&["trend", "--authority", "POLISE"]).code, 2);
    assert_eq!(catalog.run(&["trend", "--unplanned", "--format", "svg"]).code, 2);
    let picture = catalog.run(&["trend", "--at", "2026-11-22", "--authority", "MJ", "--format", "svg"]).out;
    assert!(picture.contains("Justice"), "{picture}");
}

#[test]
fn the_help_names_every_form() {
    for lang in ["fr", "ar", "en"] {
        let help = catalog().run(&["--lang", lang, "trend", "--help"]).out;
        let line = help.lines().find(|line| line.contains("--format")).unwrap();
        assert!(["text", "json", "csv", "svg"].iter().all(|form| line.contains(form)), "{help}");
    }
}

#[test]
fn a_day_outside_the_span_is_refused() {
    let run = catalog().run(&["trend", "--at", "2009-01-01"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("2009-01-01") && run.err.contains("--from"), "{}", run.err);
}

#[test]
fn the_picture_mirrors_for_arabic() {
    let draw = |lang: &str| catalog().run(&["--lang", lang, "trend", "--at", "2026-11-22", "--format", "svg"]).out;
    let (french, arabic) = (draw("fr"), draw("ar"));
    assert!(french.contains("33,3") && french.contains("66,7"), "{french}");
    assert!(arabic.contains("direction=\"rtl\"") && !french.contains("direction=\"rtl\""));
    // The same line, from the other side: x and 1000 − x.
    let start = |svg: &str| {
        let path = svg.split("class=\"line share\" d=\"M").nth(1).unwrap();
        path.split([' ', 'L']).next().unwrap().parse::<f64>().unwrap()
    };
    assert!((start(&french) + start(&arabic) - 1000.0).abs() < 0.2);
}
