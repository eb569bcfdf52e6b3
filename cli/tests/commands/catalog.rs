//! `catalog stats` and `graph --documents`: the catalogue as a whole.

use crate::support::{CARD, Catalog, columns, run};

/// Delivers the certificate that the card asks for, with a fragment, a cited delay and a place in a list of silence.
const DEED: &str = "---
id: identite/acte
langue: fr
responsable: POLICE
usagers: [citoyen, mre]
statut: brouillon
silence: {liste: etat, rang: 78-1}
textes: [loi-1 art 4]
---
procédure: Acte
  ar: رسم

version guichet depuis 2020-01-01: Au guichet
  ar: بالشباك
  reconstitué

  étape depot à commissariat: Déposer
    ar: إيداع
    durée 30 min estimé
    fournit photo x2 si non photo-recente
    utilise timbre(tarif: 20)

  attente instruction par POLICE: Instruire
    ar: دراسة
    délai 5 j selon loi-1 art 4
    silence accord -> retrait

  étape retrait à commissariat: Retirer
    ar: سحب
    durée 15 min estimé
    délivre acte
";

fn both() -> Catalog {
    let catalog = Catalog::new();
    let question = "\nquestion photo-recente oui-non: La photo est-elle récente ?\n  ar: هل الصورة حديثة؟\n\nversion";
    catalog.write("procedures/identite/acte.mastara", &DEED.replacen("\nversion", question, 1));
    catalog.write("vocabulary/texts.yaml", "loi-1: {fr: Loi 1, ar: القانون 1}\n");
    let listed = "fr: Décision, ar: قرار, text: loi-1";
    catalog.write(
        "vocabulary/silence.yaml",
        &format!("etat-1: {{{listed}, delay: 2}}\netat-2: {{{listed}, repealed: true}}\netat-78-1: {{{listed}, delay: 3}}\netat-78-1-b: {{{listed}, delay: 5}}\n"),
    );
    catalog.write(
        "fragments/timbre.mastara",
        "---\nid: timbre\nlangue: fr\n---\nfragment(tarif): Timbre\n  ar: تنبر\n  paie {tarif} dh par timbre estimé\n",
    );
    catalog
}

#[test]
fn stats_count_what_procedures_tell() {
    let json = both().run(&["catalog", "stats", "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!((json["procedures"].as_i64(), json["versions"].as_i64()), (Some(2), Some(3)));
    let count = |what: &str| json["shares"][what]["count"].as_i64().unwrap();
    assert_eq!(count("several_versions"), 1);
    assert_eq!(count("legal"), 1);
    assert_eq!(count("article"), 1);
    // The card is done online at once; the deed cites a delay.
    assert_eq!((count("delay"), count("delay_sourced"), count("delay_spot")), (2, 1, 1));
    assert_eq!((count("fee"), count("fee_sourced"), count("fee_estimated")), (1, 0, 1));
    assert_eq!((count("examples"), count("two_examples")), (1, 0));
    assert_eq!((count("volume"), count("reconstructed"), count("silence")), (1, 1, 1));
    assert_eq!(json["shares"]["silence"]["share"].to_string(), "0.5");
    assert_eq!(
        (json["by_sector"][0]["id"].as_str(), json["by_sector"][0]["procedures"].as_i64()),
        (Some("identite"), Some(2))
    );
    assert_eq!(json["by_audience"][1]["procedures"], 1);
    assert_eq!((json["steps"]["all"].as_i64(), json["steps"]["from_fragments"].as_i64()), (Some(3), Some(1)));
    assert_eq!(json["steps"]["fragments"]["timbre"], 1);
    assert_eq!(
        (json["words"]["documents"]["used"].as_i64(), json["words"]["documents"]["defined"].as_i64()),
        (Some(2), Some(2))
    );
    assert_eq!(json["documents"][0]["id"], "photo");
}

#[test]
fn the_lists_of_silence_are_held_against_the_files() {
    let catalog = both();
    let silence = |catalog: &Catalog| {
        catalog.run(&["catalog", "stats", "--at", "2024-01-01", "--format", "json"]).json()["lists"]["silence"].clone()
    };
    let found = silence(&catalog);
    // A rank that was taken off the list is none; a rank may hold several decisions, each with its delay.
    assert_eq!(
        (found["ranks"].as_i64(), found["covered"].as_i64(), found["with_delay"].as_i64()),
        (Some(2), Some(1), Some(1))
    );
    assert_eq!(found["other_delay"].as_array().unwrap().len(), 0);
    assert_eq!(found["missing"][0], "etat-1");
    let text = catalog.read("procedures/identite/acte.mastara");
    catalog.write("procedures/identite/acte.mastara", &text.replace("délai 5 j", "délai 60 j"));
    assert_eq!(silence(&catalog)["other_delay"][0], "identite/acte");
}

#[test]
fn procedures_under_other_names_are_told() {
    let catalog = both();
    let variety = |catalog: &Catalog| {
        catalog.run(&["catalog", "stats", "--at", "2024-01-01", "--format", "json"]).json()["variety"].clone()
    };
    assert_eq!(variety(&catalog)["same_flow"]["count"], 0);
    let text =
        catalog.read("procedures/identite/acte.mastara").replace("depot", "remise").replace("Déposer", "Remettre");
    catalog.write("procedures/identite/copie.mastara", &text.replace("identite/acte", "identite/copie"));
    catalog.write(
        "procedures/identite/photo.mastara",
        &text.replace("identite/acte", "identite/photo").replace("photo x2", "acte x2"),
    );
    let found = variety(&catalog);
    assert_eq!(found["same_flow"]["count"], 2);
    assert_eq!(found["families"][0], serde_json::json!(["identite/acte", "identite/copie"]));
    // The third demands another paper over the same course.
    assert_eq!(found["same_course"]["count"], 3);
    let near = &found["nearest"][0];
    assert!(near["likeness"].as_f64().unwrap() > 0.0, "{near}");
    assert!(
        found["nearest"]
            .as_array()
            .unwrap()
            .iter()
            .all(|pair| pair["one"] != "identite/acte" || pair["other"] != "identite/copie")
    );
}

#[test]
fn documents_lead_from_one_procedure_to_another() {
    let catalog = both();
    let words = "photo: {fr: Photo, ar: صورة}\nacte: {fr: Acte, ar: رسم, issuer: POLICE}\ncarte: {fr: Carte, ar: بطاقة, issuer: POLICE}\n";
    catalog.write("vocabulary/documents.yaml", words);
    let at = ["--at", "2015-01-01"];
    let json = |at: &[&str]| catalog.run(&[&["graph", "--documents", "--format", "json"], at].concat()).json();
    // In 2015 the card asked for the deed, but nobody delivered it yet.
    let early = json(&at);
    assert_eq!((early["documents"][0]["demanded"].as_i64(), early["links"].as_array().unwrap().len()), (Some(1), 0));
    catalog.write(
        "procedures/identite/acte.mastara",
        &catalog.read("procedures/identite/acte.mastara").replace("depuis 2020", "depuis 2012"),
    );
    let found = json(&at);
    assert_eq!(
        found["links"][0],
        serde_json::json!({"procedure": "identite/carte", "document": "acte", "maker": "identite/acte"})
    );
    assert_eq!(found["chains"][0][0]["procedure"], "identite/carte");
    assert_eq!(found["chains"][0][1]["document"], serde_json::Value::Null);
    assert_eq!(found["cycles"].as_array().unwrap().len(), 0);
    let photo = found["documents"].as_array().unwrap().iter().find(|row| row["id"] == "photo").unwrap();
    assert_eq!((photo["demanded"].as_i64(), photo["usual"].as_i64()), (Some(2), Some(2)));
    let dot = catalog.run(&["graph", "--documents", "--format", "dot", "--at", "2015-01-01"]).out;
    assert!(dot.contains("\"identite/carte\" -> \"identite/acte\" [label=\"Acte\"]"), "{dot}");
    // The deed asking for the card closes the circle.
    let text = catalog.read("procedures/identite/acte.mastara").replace("photo x2 si non photo-recente", "carte");
    catalog.write("procedures/identite/acte.mastara", &text);
    catalog.write(
        "procedures/identite/carte.mastara",
        &CARD.replace("    durée 15 min\n", "    durée 15 min\n    délivre carte\n"),
    );
    let found = json(&at);
    assert_eq!(found["cycles"][0], serde_json::json!(["identite/acte", "identite/carte"]));
}

#[test]
fn formats_that_do_not_fit_are_refused() {
    let catalog = both();
    for (args, fit) in [
        (&["graph", "--documents", "--format", "svg"][..], "text, json, dot"),
        (&["graph", "carte", "--format", "text"], "svg, dot, mermaid"),
        (&["graph"], ""),
        (&["graph", "carte", "--documents"], ""),
    ] {
        let run = catalog.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(fit) && run.err.contains("erreur"), "{}", run.err);
    }
}

#[test]
fn the_pages_fit_the_width_in_every_language() {
    let catalog = Catalog::new();
    for (lang, args) in ["fr", "ar", "en"]
        .iter()
        .flat_map(|lang| [(lang, &["catalog", "stats"][..]), (lang, &["graph", "--documents"])])
    {
        let run = run(&[&["--lang", lang], args].concat(), &catalog.path(""), "");
        assert_eq!(run.code, 0, "{}", run.err);
        let wide: Vec<_> = run.out.lines().filter(|line| columns(line) > 80).collect();
        assert!(wide.is_empty(), "{lang} {args:?}: {wide:#?}");
        assert!(
            !run.out.contains("stats.") && !run.out.contains("documents."),
            "{lang}: a word is missing: {}",
            run.out
        );
    }
}
