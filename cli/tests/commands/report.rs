//! `report`.

use crate::support::{CARD, Catalog, columns, run};

/// A second procedure, on paper only.
fn paper_only() -> String {
    let text =
        CARD.replace("id: identite/carte", "id: identite/autre").replace("nombre: 1000", "nombre: 3000, estime: oui");
    let text = text.replace(", annee: 2024, source: \"rapport\"", "");
    text.split("\nversion en-ligne").next().unwrap().to_owned() + "\n"
}

fn two() -> Catalog {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/autre.mastara", &paper_only());
    catalog
}

#[test]
fn coverage_is_by_number_and_by_volume() {
    let catalog = two();
    let json = catalog.run(&["report", "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!(json["at"], "2024-01-01");
    assert_eq!(json["procedures"], 2);
    assert_eq!(json["paperless"]["count"], 1);
    assert_eq!(json["paperless"]["share"].to_string(), "0.5");
    assert_eq!(json["paperless"]["by_volume"].to_string(), "0.25");
    assert_eq!((json["levels"]["1"].as_i64(), json["levels"]["4"].as_i64()), (Some(1), Some(1)));
    assert_eq!(json["levels"].as_object().unwrap().len(), 6);
    for (group, id) in [("by_authority", "POLICE"), ("by_sector", "identite"), ("by_audience", "citizen")] {
        let group = &json[group][0];
        assert_eq!(group["id"], id);
        assert_eq!((group["procedures"].as_i64(), group["paperless"].as_i64()), (Some(2), Some(1)));
        assert_eq!(group["share"].to_string(), "0.5");
    }
    assert_eq!(json["volume"]["estimated"], 1);
}

#[test]
fn before_and_now_are_the_first_version_and_the_one_in_force() {
    let json = two().run(&["report", "--at", "2024-01-01", "--format", "json"]).json();
    let change = &json["before_now"];
    assert_eq!(change["procedures"], 1);
    assert_eq!(change["trips"]["before"]["sum"], 2);
    assert_eq!(change["trips"]["now"]["sum"], 0);
    assert_eq!(change["trips"]["difference"]["mean"], -2);
    assert_eq!(change["documents"]["difference"]["sum"], -2);
    assert_eq!(change["yearly"]["trips"], -2000);
}

#[test]
fn what_is_not_in_force_is_listed_and_not_counted() {
    let catalog = two();
    let json = catalog.run(&["report", "--at", "2000-01-01", "--format", "json"]).json();
    assert_eq!(json["procedures"], 0);
    assert_eq!(json["paperless"]["share"], 0);
    assert!(json["paperless"]["by_volume"].is_null());
    assert_eq!(json["not_in_force"].as_array().unwrap().len(), 2);
    let text = catalog.run(&["report", "--at", "2000-01-01"]);
    assert_eq!(text.code, 0);
    assert!(text.out.contains("identite/carte"), "{}", text.out);
}

#[test]
fn the_page_fits_and_says_what_is_estimated() {
    let catalog = two();
    for lang in ["fr", "ar", "en"] {
        let run = catalog.run(&["report", "--at", "2024-01-01", "--lang", lang]);
        assert_eq!(run.code, 0);
        assert!(run.out.lines().all(|line| columns(line) <= 80), "{}", run.out);
        assert!(!run.out.contains("report."), "a word is missing: {}", run.out);
        assert!(run.out.contains('~'));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let catalog = two();
    for format in ["text", "json", "csv"] {
        let run = || catalog.run(&["report", "--at", "2024-01-01", "--format", format]).out;
        assert_eq!(run(), run());
    }
}

#[test]
fn the_real_catalogue_fits_the_width_in_every_language() {
    let catalog = Catalog::new();
    for (lang, command) in ["fr", "ar", "en"].iter().flat_map(|lang| [(lang, "report"), (lang, "measure")]) {
        let run = run(&["--lang", lang, command], &catalog.path(""), "");
        assert_eq!(run.code, 0);
        let wide: Vec<_> = run.out.lines().filter(|line| columns(line) > 80).collect();
        assert!(wide.is_empty(), "{lang} {command}: {wide:#?}");
    }
}

#[test]
fn columns_of_figures_are_even_in_arabic() {
    let text = two().run(&["report", "--at", "2024-01-01", "--lang", "ar"]).out;
    let rows: Vec<_> = text.lines().filter(|line| line.contains('░') || line.contains('█')).map(columns).collect();
    assert!(rows.len() > 8, "{text}");
    for table in text.split("\n\n").filter(|part| part.contains('─')) {
        let ends: Vec<_> = table.lines().filter(|line| line.ends_with(char::is_numeric)).map(columns).collect();
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }
}

#[test]
fn a_day_to_come_is_said_to_be_one() {
    let catalog = Catalog::new();
    let told = |day: &str| catalog.run(&["report", "--at", day]).err;
    assert!(told("2400-01-01").contains("2400-01-01 est un jour à venir"), "{}", told("2400-01-01"));
    assert_eq!(told("2020-01-01"), "");
}
