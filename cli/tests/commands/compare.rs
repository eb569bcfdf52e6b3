//! `compare`: before and after.

use serde_json::Value;

use crate::{
    support::{CARD, Catalog},
    walk::{catalog, flat},
};

#[test]
fn the_oldest_version_is_compared_with_the_one_in_force() {
    let json = catalog().run(&["compare", "licence", "--format", "json"]).json();
    assert_eq!((&json["from"]["id"], &json["to"]["id"]), (&Value::from("papier"), &Value::from("en-ligne")));
    let measure = |name: &str| {
        let measures = json["measures"].as_array().unwrap();
        measures.iter().find(|measure| measure["measure"] == name).unwrap()["nominal"].clone()
    };
    assert_eq!(measure("trips")["difference"], -2);
    assert_eq!(measure("documents")["to"], 1);
    assert_eq!(measure("legal_delay_days")["difference"], -50);
}

#[test]
fn every_step_is_accounted_for() {
    let json = catalog().run(&["compare", "licence", "--format", "json"]).json();
    let fate = |id: &str| {
        let nodes = json["nodes"].as_array().unwrap();
        nodes.iter().find(|node| node["id"] == id).unwrap()["fate"].as_str().unwrap().to_owned()
    };
    assert_eq!(fate("depot"), "replaced");
    assert_eq!(fate("complet"), "dropped");
    assert_eq!(fate("instruction"), "kept");
    assert_eq!(fate("admis"), "unaccounted");
    let gone = json["papers"]["gone"].as_array().unwrap();
    let acte = gone.iter().find(|paper| paper["id"] == "acte").unwrap();
    assert_eq!(acte["fetched_from"]["id"], "etat-civil");
    assert_eq!(json["papers"]["still"][0]["id"], "photo");
}

#[test]
fn the_text_fits_and_says_why() {
    let run = catalog().run(&["compare", "licence"]);
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    let text = flat(&run.out);
    for said in [
        "Déposer le dossier : remplacée par « Demander »",
        "Le dossier est-il complet ? : supprimée : tout est contrôlé à la saisie",
        "Instruire : gardée (60 jours au plus → 10 jours au plus)",
        "la nouvelle version n'en dit rien",
        "Acte — échangée : État civil",
    ] {
        assert!(text.contains(said), "`{said}` is not in {text}");
    }
}

#[test]
fn a_person_may_be_told_in_the_words_of_either_version() {
    let with = ["compare", "licence", "--with", "age=17,canal=guichet", "--format", "json"];
    let json = catalog().run(&with).json();
    assert_eq!(json["from"]["figures"]["documents"]["nominal"], 3);
    let run = catalog().run(&["compare", "licence", "--with", "agge=17"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("vouliez-vous dire `age`"), "{}", run.err);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let fails = |args: &[&str]| {
        let run = catalog().run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        flat(&run.err)
    };
    assert!(fails(&["compare", "licence", "--from", "papier", "--to", "papier"]).contains("elle-même"));
    assert!(fails(&["compare", "licence", "--from", "papper"]).contains("vouliez-vous dire `papier`"));
    assert!(fails(&["compare", "license"]).contains("vouliez-vous dire `licence`"));
}

#[test]
fn the_page_is_a_table_in_markdown() {
    let run = catalog().run(&["compare", "licence", "--format", "markdown"]);
    assert!(run.out.contains("\n| déplacements | 2 | 0 | −2 |"), "{}", run.out);
}

#[test]
fn of_what_is_not_wholly_known_no_difference_is_told() {
    let catalog = Catalog::new();
    let text = CARD.replace("    remplace depot", "    paie montant inconnu en ligne\n    remplace depot");
    catalog.write("procedures/identite/carte.mastara", &text);
    let json = catalog.run(&["compare", "carte", "--format", "json"]).json();
    let fees = json["measures"].as_array().unwrap().iter().find(|measure| measure["measure"] == "fees_mad").unwrap();
    let nominal = &fees["nominal"];
    assert!(nominal.get("difference").is_none() && fees["expected"].get("difference").is_none(), "{fees:#}");
    assert_eq!(
        (flat(nominal["text"][0].as_str().unwrap()).as_str(), &nominal["text"][1], &nominal["text"][2]),
        ("12,50 dh", &"?".into(), &"?".into())
    );
    let text = flat(&catalog.run(&["compare", "carte"]).out);
    assert!(text.contains("? inconnu") && text.contains("frais 12,50 dh ? ?"), "{text}");
    for args in [&["compare", "carte"][..], &["show", "carte"]] {
        let page = flat(&catalog.run(&[args, &["--format", "markdown"]].concat()).out);
        assert!(page.contains("≥ au moins") && page.contains("? inconnu"), "{page}");
    }
}
