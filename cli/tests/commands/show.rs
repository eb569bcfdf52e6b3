//! `show`: the sheet of one person.

use serde_json::Value;

use crate::walk::{catalog, flat};

fn sheet(args: &[&str]) -> Value {
    let mut all = vec!["show", "licence", "--version", "papier", "--format", "json"];
    all.extend(args);
    let run = catalog().run(&all);
    assert_eq!(run.code, 0, "{}", run.err);
    run.json()
}

/// The documents of a sheet, with the condition of each.
fn papers(sheet: &Value) -> Vec<(String, Option<String>)> {
    let paper = |paper: &Value| {
        let documents: Vec<_> =
            paper["any_of"].as_array().unwrap().iter().map(|any| any["id"].as_str().unwrap()).collect();
        (documents.join("|"), paper["when"].as_str().map(flat))
    };
    sheet["papers"].as_array().unwrap().iter().map(paper).collect()
}

#[test]
fn without_answers_every_paper_is_listed_with_its_condition() {
    let sheet = sheet(&[]);
    let papers = papers(&sheet);
    assert_eq!(papers[0], ("photo".to_owned(), None));
    assert_eq!(papers[1].0, "acte|carte");
    assert_eq!(papers[2], ("accord".to_owned(), Some("si « Quel est votre âge ? » : moins de 18 ans".to_owned())));
    assert_eq!(
        papers[3].1.as_deref(),
        Some("si « Quel est votre âge ? » : 18 ans au moins et « Filière choisie » : Lettres et arts")
    );
    assert_eq!(sheet["open"].as_array().unwrap().len(), 4, "age, filiere, capital, canal: {}", sheet["open"]);
}

#[test]
fn the_papers_of_a_step_are_counted_as_they_hold_together() {
    let count = |args: &[&str]| {
        let sheet = sheet(args);
        let stage = sheet["stages"].as_array().unwrap().iter().find(|stage| stage["id"] == "depot").unwrap().clone();
        let details = stage["details"].as_array().unwrap().clone();
        let papers = details.iter().find(|detail| detail["kind"] == "papers").unwrap().clone();
        papers["text"].as_str().unwrap().to_owned()
    };
    // Below 18 one paper, above 18 and in letters another: never both.
    assert_eq!(count(&[]), "2–3");
    assert_eq!(count(&["--with", "age=17"]), "3");
    assert_eq!(count(&["--with", "age=30,filiere=sciences"]), "2");
}

#[test]
fn the_papers_are_those_of_the_person() {
    let child = sheet(&["--with", "age=17"]);
    assert_eq!(papers(&child).last().unwrap(), &("accord".to_owned(), None));
    let adult = sheet(&["--with", "age=30 ans,filiere=sciences"]);
    assert_eq!(papers(&adult).len(), 2);
    let other = sheet(&["--with", "age=30"]);
    // What is known is no longer said.
    assert_eq!(papers(&other)[2].1.as_deref(), Some("si « Filière choisie » : Lettres et arts"));
    assert_eq!(child["figures"]["documents"]["nominal"], 3);
    assert_eq!(adult["figures"]["documents"]["nominal"], 2);
}

#[test]
fn what_still_matters_is_asked_and_nothing_else() {
    let child = sheet(&["--with", "age=17,canal=guichet"]);
    let open: Vec<_> = child["open"].as_array().unwrap().iter().map(|open| open["id"].as_str().unwrap()).collect();
    assert_eq!(open, ["capital"]);
    let ids = |stages: &Value| {
        stages.as_array().unwrap().iter().map(|stage| stage["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!ids(&child["stages"]).contains(&"envoi".to_owned()));
    assert!(ids(&sheet(&["--with", "canal=poste"])["stages"]).contains(&"envoi".to_owned()));
}

#[test]
fn a_formula_is_worked_out_for_the_person() {
    let sheet = sheet(&["--with", "capital=20000 dh"]);
    assert!(flat(sheet["payments"][0]["text"].as_str().unwrap()).starts_with("200 dh"), "{}", sheet["payments"]);
    assert_eq!(sheet["figures"]["fees_mad"]["nominal"], 200);
}

#[test]
fn where_papers_come_from_and_how_it_ends_is_said() {
    let run = catalog().run(&["show", "licence", "--version", "papier"]);
    for said in [
        "Photo (2 exemplaires)",
        "Acte ou Carte (copie certifiée conforme)",
        "déjà détenu par l'administration",
        "démarche : Carte",
        "au guichet : Commissariat",
        "60 jours au plus",
        "il vaut accord",
        "en même temps : De l'autre",
        "« Le dossier est-il complet ? » : Il manque une pièce (au plus 1 fois)",
        "recours devant : Police, sous 30 jours, réponse sous 15 jours",
    ] {
        assert!(flat(&run.out).contains(said), "`{said}` is not in {}", run.out);
    }
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
}

#[test]
fn a_wrong_answer_says_what_is_possible() {
    let fails = |with: &str| {
        let run = catalog().run(&["show", "licence", "--version", "papier", "--with", with]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{with}");
        flat(&run.err)
    };
    assert!(fails("agee=3").contains("vouliez-vous dire `age`"));
    assert!(fails("age=200").contains("de 0 an à 120 ans"));
    assert!(fails("age=dix").contains("`dix`"));
    assert!(fails("filiere=letres").contains("vouliez-vous dire `lettres`"));
    assert!(fails("complet=peut-être").contains("oui, non, jamais"));
    assert!(fails("age").contains("question=valeur"));
    assert!(fails("age=3,age=4").contains("deux fois"));
    assert!(fails("expire=2020-02-31").contains("AAAA-MM-JJ"));
}

#[test]
fn answers_are_read_in_the_words_of_people() {
    for (with, shown) in
        [("filiere=Lettres et arts", "Lettres et arts"), ("age=١٧", "17 ans"), ("capital=1 000 dh", "1 000 dh")]
    {
        let sheet = sheet(&["--with", with]);
        assert_eq!(flat(sheet["given"][0]["answer"].as_str().unwrap()), shown, "{with}");
    }
}

#[test]
fn titles_are_no_markup_in_markdown() {
    let run = catalog().run(&["show", "licence", "--format", "markdown"]);
    assert!(run.out.starts_with("# Licence \\<b\\>\"gratuite\"\\</b\\> &amp; simple\n"), "{}", run.out);
    assert!(run.out.contains("\n- **1. Demander**"), "{}", run.out);
}
