//! `check`.

use crate::support::{CARD, Catalog, run};

fn broken() -> String {
    CARD.replace("fournit photo, acte", "fournit phto, acte")
}

#[test]
fn a_sound_catalogue_has_no_error() {
    let catalog = Catalog::new();
    let run = catalog.run(&["check"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn the_embedded_catalogue_is_read_without_a_folder() {
    let catalog = Catalog::new();
    let found = run(&["measure", "bac-candidature-libre", "--format", "json"], &catalog.path(""), "");
    assert_eq!(found.json()["procedures"][0]["id"], "education/bac-candidature-libre");
}

#[test]
fn a_broken_file_given_by_path_stands_for_its_like_in_the_catalogue() {
    let catalog = Catalog::new();
    let file = catalog.write("elsewhere/carte.mastara", &broken());
    let run = catalog.run(&["check", file.to_str().unwrap(), "--format", "json"]);
    assert_eq!(run.code, 1);
    let json = run.json();
    let findings = json["findings"].as_array().unwrap();
    let errors: Vec<_> = findings.iter().filter(|finding| finding["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{json}");
    assert_eq!(errors[0]["code"], "M201");
    assert_eq!(errors[0]["name"], "unknown-document");
    assert_eq!(errors[0]["file"], file.to_str().unwrap());
    assert_eq!((errors[0]["line"].as_u64(), errors[0]["column"].as_u64()), (Some(20), Some(13)));
    assert!(errors[0]["message"].as_str().unwrap().contains("phto"));
    assert!(errors[0]["help"].as_str().unwrap().contains("photo"));
    assert!(errors[0]["law"].is_null());
}

#[test]
fn all_keys_of_the_contract_are_there() {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/carte.mastara", &broken());
    let json = catalog.run(&["check", "--format", "json"]).json();
    let finding = json["findings"][0].as_object().unwrap();
    for key in ["code", "name", "severity", "file", "line", "column", "message", "help", "law"] {
        assert!(finding.contains_key(key), "{key}");
    }
}

#[test]
fn a_text_finding_has_its_place_its_line_and_a_sum() {
    let catalog = Catalog::new();
    let file = catalog.write("procedures/identite/carte.mastara", &broken());
    let run = catalog.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("erreur[M201]"), "{}", run.out);
    assert!(run.out.contains(&format!("{}:20:13", file.to_str().unwrap())), "{}", run.out);
    assert!(run.out.contains("fournit phto, acte"));
    assert!(run.out.lines().any(|line| line.contains("1 erreur")), "{}", run.out);
    assert!(!run.out.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn colour_comes_when_asked_for() {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/carte.mastara", &broken());
    assert!(catalog.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn warnings_can_be_denied() {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/carte.mastara", &CARD.replace("  ar: بطاقة\n", ""));
    assert_eq!(catalog.run(&["check"]).code, 0);
    assert_eq!(catalog.run(&["check", "--deny", "warnings"]).code, 1);
}

#[test]
fn sarif_has_rules_and_regions() {
    let catalog = Catalog::new();
    catalog.write("procedures/identite/carte.mastara", &broken());
    let json = catalog.run(&["check", "--format", "sarif"]).json();
    assert_eq!(json["version"], "2.1.0");
    let run = &json["runs"][0];
    let result = run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "M201").unwrap();
    let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["id"], "M201");
    assert_eq!(rule["name"], "unknown-document");
    assert!(rule["helpUri"].as_str().unwrap().ends_with("docs/rules/unknown-document.md"));
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(20), Some(13)));
    assert_eq!(region["endColumn"].as_u64(), Some(17));
}

#[test]
fn annotations_are_one_line_each() {
    let catalog = Catalog::new();
    let file = catalog.write("procedures/identite/carte.mastara", &broken());
    let run = catalog.run(&["check", "--format", "github"]);
    let start = format!("::error file={},line=20,col=13,title=M201", file.to_str().unwrap());
    assert!(run.out.lines().all(|line| line.starts_with("::")));
    assert!(run.out.lines().any(|line| line.starts_with(&start) && line.contains("%0A")), "{}", run.out);
}

#[test]
fn a_path_that_is_not_there_is_wrong_use() {
    let catalog = Catalog::new();
    let run = catalog.run(&["check", "nowhere.mastara"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nowhere.mastara"));
    std::fs::create_dir(catalog.path("empty")).unwrap();
    assert_eq!(catalog.run(&["check", catalog.path("empty").to_str().unwrap()]).code, 2);
}

#[test]
fn a_folder_with_a_vocabulary_brings_its_own_words() {
    let catalog = Catalog::new();
    catalog.write(
        "mine/vocabulary/documents.yaml",
        "phto: {fr: Photo, ar: صورة, kind: identite}\nacte: {fr: Acte, ar: رسم, kind: identite}\n",
    );
    catalog.write("mine/procedures/identite/carte.mastara", &broken());
    let run = catalog.run(&["check", catalog.path("mine").to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn a_version_that_cannot_be_read_is_one_finding() {
    let catalog = Catalog::new();
    let card = CARD.replace(
        "procédure: Carte\n  ar: بطاقة\n",
        "procédure: Carte\n  ar: بطاقة\nquestion neuf oui-non: Neuf ?\n  ar: جديد؟\n",
    );
    // The question matters only in the first version, whose steps the second one replaces.
    let card = card.replace("fournit photo, acte", "fournit photo, acte si neuf");
    for (from, to) in [
        ("depuis 2010-01-01:", "depuis 2010:"),
        ("depuis 2020-01-01:", "depuis 2020:"),
        ("version papier", "verson papier"),
    ] {
        catalog.write("procedures/identite/carte.mastara", &card.replace(from, to));
        let file = catalog.path("procedures/identite/carte.mastara");
        let json = catalog.run(&["check", file.to_str().unwrap(), "--format", "json"]).json();
        let found: Vec<_> =
            json["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
        assert_eq!(found.len(), 1, "{to}: {json:#}");
    }
}

#[test]
fn a_question_without_use_is_told_a_condition_that_can_be_written() {
    let catalog = Catalog::new();
    let questions = [
        ("profondeur entier m2", "si profondeur >= 10 m2"),
        ("age entier ans de 0 à 120", "si age >= 60 ans"),
        ("filiere {lettres, sciences}", "si filiere = lettres"),
        ("capital montant", "si capital >= 1000 dh"),
        ("naissance date", "si naissance >= 2026-01-01"),
        ("mineur oui-non", "si mineur"),
    ];
    for (question, condition) in questions {
        let asked = format!("  ar: بطاقة\n\nquestion {question}: Quoi ?\n  ar: ماذا؟\n");
        let text = CARD.replacen("  ar: بطاقة\n", &asked, 1);
        let file = catalog.write("procedures/identite/carte.mastara", &text);
        let path = file.to_str().unwrap();
        let found = catalog.run(&["check", path, "--format", "json"]).json();
        let told = found["findings"].as_array().unwrap().iter().find(|found| found["code"] == "M314").unwrap().clone();
        assert!(told["help"].as_str().unwrap().contains(&format!("`{condition}`")), "{told:#}");
        // The advice can be followed to the letter.
        catalog.write(
            "procedures/identite/carte.mastara",
            &text.replace("fournit photo, acte", &format!("fournit photo, acte {condition}")),
        );
        let left = catalog.run(&["check", path, "--format", "json"]).json();
        let is_sound = left["findings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|found| found["severity"] != "error" && found["code"] != "M314");
        assert!(is_sound, "{left:#}");
    }
    // In the words of the file, whatever the reader's language.
    let arabic = CARD.replacen("  ar: بطاقة\n", "  ar: بطاقة\n\nquestion mineur oui-non: Quoi ?\n  ar: ماذا؟\n", 1);
    let file = catalog.write("procedures/identite/carte.mastara", &arabic);
    let path = file.to_str().unwrap();
    catalog.run(&["fmt", "--dialect", "ar", path]);
    let found = catalog.run(&["check", path, "--format", "json"]).json();
    assert!(found["findings"].to_string().contains("`إذا mineur`"), "{found:#}");
}
