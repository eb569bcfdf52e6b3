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
