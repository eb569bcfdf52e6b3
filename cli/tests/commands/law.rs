//! `check`, `conformity` and `explain`: what the law says.

use crate::support::{CARD, Catalog, columns, run};

/// The card, with papers that law 55-19 forbids to ask for, and a text that founds it.
fn unlawful() -> Catalog {
    let catalog = Catalog::new();
    let text = CARD.replace("statut: brouillon\n", "statut: brouillon\ntextes: [loi-1]\n");
    let text = text.replace(
        "    ar: طلب\n    durée 10 min\n",
        "    ar: طلب\n    durée 10 min\n    fournit acte copie certifiée x2\n",
    );
    catalog.write("procedures/identite/carte.mastara", &text);
    catalog.write("vocabulary/texts.yaml", "loi-1: {fr: Loi 1, ar: القانون 1}\n");
    catalog
}

fn names(json: &serde_json::Value) -> Vec<&str> {
    json["findings"].as_array().unwrap().iter().map(|finding| finding["name"].as_str().unwrap()).collect()
}

#[test]
fn a_file_is_told_what_the_law_says_and_the_catalogue_only_how_much() {
    let catalog = unlawful();
    let file = catalog.path("procedures/identite/carte.mastara");
    let json = catalog.run(&["check", file.to_str().unwrap(), "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!(names(&json), ["demands-without-text", "copies-over-one", "certified-copy"]);
    assert_eq!(json["findings"][2]["law"], "loi 55-19, art. 7.4");
    // At the paper, not at the line.
    assert_eq!(json["findings"][1]["column"], 13);
    let whole = catalog.run(&["check", "--at", "2024-01-01"]);
    assert!(whole.out.contains("3 constats de droit"), "{}", whole.out);
    let told = catalog.run(&["check", "--law", "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!(names(&told).len(), 3);
}

#[test]
fn each_day_has_its_own_law() {
    let catalog = unlawful();
    let file = catalog.path("procedures/identite/carte.mastara");
    let at = |day: &str| {
        let json = catalog.run(&["check", file.to_str().unwrap(), "--at", day, "--format", "json"]).json();
        names(&json).len()
    };
    assert_eq!((at("2020-09-27"), at("2020-09-28")), (0, 3));
}

#[test]
fn levels_are_those_of_the_catalogue_then_of_the_file() {
    let catalog = unlawful();
    let file = catalog.path("procedures/identite/carte.mastara");
    let check = || catalog.run(&["check", file.to_str().unwrap(), "--at", "2024-01-01", "--format", "json"]);
    assert_eq!((check().code, check().json()["summary"]["informations"].as_i64()), (0, Some(3)));
    catalog.write(
        "vocabulary/rules.yaml",
        "certified-copy: {level: error, fr: Essai, ar: تجربة}\ncopies-over-one: {level: off, fr: Essai, ar: تجربة}\n",
    );
    let found = check();
    assert_eq!(found.code, 1);
    assert_eq!(names(&found.json()), ["demands-without-text", "certified-copy"]);
    let text = catalog.read("procedures/identite/carte.mastara");
    let own = "statut: brouillon\nregles: {certified-copy: {niveau: warning, motif: \"doute sur la pièce\"}}\n";
    catalog.write("procedures/identite/carte.mastara", &text.replace("statut: brouillon\n", own));
    assert_eq!((check().code, check().json()["summary"]["warnings"].as_i64()), (0, Some(1)));
    // Without a reason there is no level.
    catalog.write(
        "procedures/identite/carte.mastara",
        &text.replace("statut: brouillon\n", &own.replace(", motif: \"doute sur la pièce\"", "")),
    );
    assert_eq!(check().json()["findings"][0]["name"], "field-missing");
    catalog.write("vocabulary/rules.yaml", "certifed-copy: {level: error, fr: Essai, ar: تجربة}\n");
    let told = catalog.run(&["check"]);
    assert!(told.out.contains("certified-copy"), "{}", told.out);
}

#[test]
fn conformity_counts_by_rule_authority_and_day() {
    let catalog = unlawful();
    let json = catalog.run(&["conformity", "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!(
        (json["procedures"].as_i64(), json["clean"].as_i64(), json["findings"].as_i64()),
        (Some(1), Some(0), Some(3))
    );
    let rule = json["rules"].as_array().unwrap().iter().find(|rule| rule["name"] == "certified-copy").unwrap();
    // By its own level, whatever the catalogue shows it at.
    assert_eq!((rule["level"].as_str(), rule["procedures"][0].as_str()), (Some("error"), Some("identite/carte")));
    assert_eq!(json["authorities"][0]["id"], "POLICE");
    let trend = json["trend"].as_array().unwrap();
    let on = |day: &str| trend.iter().find(|row| row["at"] == day).unwrap()["clean"].as_i64();
    assert_eq!((on("2020-08-13"), on("2020-09-28")), (Some(1), Some(0)));
    let one = catalog.run(&["conformity", "--at", "2024-01-01", "--rule", "M404"]);
    assert!(one.out.contains("- identite/carte"), "{}", one.out);
    assert_eq!(catalog.run(&["conformity", "--rule", "M999"]).code, 2);
    assert!(catalog.run(&["conformity", "--authority", "POLISE"]).err.contains("POLICE"));
}

#[test]
fn explain_gives_the_page_or_the_list() {
    let catalog = Catalog::new();
    let page = catalog.run(&["explain", "m201"]).out;
    assert!(page.contains("unknown-document (M201)") && page.contains("    "), "{page}");
    assert!(!page.contains("```"));
    let list = catalog.run(&["explain"]);
    assert!(list.out.lines().all(|line| columns(line) <= 80), "{}", list.out);
    assert!(list.out.contains("M401") && list.out.contains("M701"));
    let wrong = catalog.run(&["explain", "certified-copi"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("certified-copy"), "{}", wrong.err);
}

#[test]
fn the_record_of_the_real_catalogue_fits_the_width() {
    let catalog = Catalog::new();
    for lang in ["fr", "ar", "en"] {
        let run = run(&["--lang", lang, "conformity", "--all"], &catalog.path(""), "");
        assert_eq!(run.code, 0, "{}", run.err);
        let wide: Vec<_> = run.out.lines().filter(|line| columns(line) > 80).collect();
        assert!(wide.is_empty(), "{lang}: {wide:#?}");
        assert!(!run.out.contains("conformity."), "{lang}: a word is missing: {}", run.out);
    }
}

#[test]
fn what_has_one_mending_is_shown_then_written() {
    let catalog = unlawful();
    let file = catalog.path("procedures/identite/carte.mastara");
    let path = file.to_str().unwrap();
    let before = catalog.read("procedures/identite/carte.mastara");
    let shown = catalog.run(&["check", "--fix", "--at", "2024-01-01", path]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("-    fournit acte copie certifiée x2\n+    fournit acte copie\n"), "{}", shown.out);
    assert_eq!(catalog.read("procedures/identite/carte.mastara"), before);
    let only = catalog.run(&["check", "--fix", "--only", "M404", "--at", "2024-01-01", path]);
    assert!(only.out.contains("+    fournit acte copie x2\n"), "{}", only.out);
    catalog.run(&["check", "--fix", "--write", "--at", "2024-01-01", path]);
    assert_eq!(catalog.read("procedures/identite/carte.mastara"), before.replace("copie certifiée x2", "copie"));
    let left = catalog.run(&["check", path, "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!(names(&left), ["demands-without-text"]);
    // The catalogue in the program is no file.
    assert_eq!(run(&["check", "--fix", "--write"], &catalog.path(""), "").code, 2);
}

#[test]
fn past_versions_are_left_and_examples_follow_a_mending() {
    let catalog = unlawful();
    let text = catalog.read("procedures/identite/carte.mastara");
    // An older version asks for the same, with two papers, and an example of each version says what is brought.
    let text = text.replace("    fournit photo, acte\n", "    fournit photo, acte copie certifiée x3\n");
    let text = text.replace("version papier depuis 2010-01-01", "version papier depuis 2020-11-01");
    let text = text.replace("version en-ligne depuis 2020-01-01", "version en-ligne depuis 2021-01-01");
    let text = text.replace("  passe demande\n", "  passe demande\n  apporte acte copie certifiée x2\n");
    let text = text.replace("  attendu niveau = 4\n", "  attendu niveau = 4\n  attendu feuilles = 2\n");
    let file = catalog.write("procedures/identite/carte.mastara", &text);
    let path = file.to_str().unwrap();
    let run = catalog.run(&["check", "--fix", "--write", "--at", "2024-01-01", path]);
    let mended = catalog.read("procedures/identite/carte.mastara");
    assert!(mended.contains("fournit photo, acte copie certifiée x3\n"), "the past is not rewritten: {mended}");
    assert!(mended.contains("    fournit acte copie\n"), "{mended}");
    assert!(mended.contains("  apporte acte copie certifiée\n"), "{mended}");
    assert!(run.out.contains("2 corrections laissées dans des versions passées"), "{}", run.out);
    assert!(run.out.contains("dit la pratique"), "{}", run.out);
    // What no longer holds and is nobody's to rewrite is told at once.
    assert!(run.out.contains("Ne tient plus") && run.out.contains("M502"), "{}", run.out);
    catalog.run(&["check", "--fix", "--write", "--all-versions", "--at", "2024-01-01", path]);
    assert!(!catalog.read("procedures/identite/carte.mastara").contains("x3"));
}

#[test]
fn a_paper_that_a_register_supplies_is_fetched_in_the_dialect_of_the_file() {
    let catalog = unlawful();
    catalog.write(
        "vocabulary/documents.yaml",
        "photo: {fr: Photo, ar: صورة}\nacte: {fr: Acte, ar: رسم, issuer: POLICE, held: true}\n",
    );
    catalog.write("vocabulary/registers.yaml", "actes: {fr: Actes, ar: الرسوم, authority: POLICE, supplies: [acte]}\n");
    let text = catalog.read("procedures/identite/carte.mastara");
    let text = text.replace(
        "procédure: Carte\n  ar: بطاقة\n",
        "procédure: Carte\n  ar: بطاقة\nquestion neuf oui-non: Neuf ?\n  ar: جديد؟\n",
    );
    let text = text.replace("fournit acte copie certifiée x2", "fournit photo, acte copie si neuf");
    let text = text.replace("  ar: الجميع\n", "  ar: الجميع\n  avec neuf = non\n");
    let file = catalog.write("procedures/identite/carte.mastara", &text);
    let path = file.to_str().unwrap();
    catalog.run(&["fmt", "--dialect", "ar", path]);
    catalog.run(&["check", "--fix", "--write", "--at", "2024-01-01", path]);
    catalog.run(&["fmt", "--dialect", "fr", path]);
    let mended = catalog.read("procedures/identite/carte.mastara");
    let lines = "    fournit photo si neuf\n    échange actes: acte avec consentement si neuf\n    repli acte\n";
    assert!(mended.contains(lines), "{mended}");
    let left = catalog.run(&["check", path, "--at", "2024-01-01"]);
    assert_eq!(left.code, 0, "{}", left.out);
}

#[test]
fn conformity_can_be_narrowed_to_files_and_procedures() {
    let catalog = unlawful();
    let other = CARD.replace("identite/carte", "identite/autre");
    let file = catalog.write("procedures/identite/autre.mastara", &other);
    let of = |path: &str| catalog.run(&["conformity", path, "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!(of("carte")["procedures"], 1);
    assert_eq!(of("carte")["findings"], 3);
    let told = of(file.to_str().unwrap());
    assert_eq!((&told["procedures"], &told["rules"][0]["procedures"][0]), (&1.into(), &"identite/autre".into()));
    assert_eq!(of(catalog.path("procedures").to_str().unwrap())["procedures"], 2);
    let unknown = catalog.run(&["conformity", "cart"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("carte"), "{}", unknown.err);
}

#[test]
fn levels_that_differ_from_those_of_conformity_are_said() {
    let catalog = unlawful();
    let file = catalog.path("procedures/identite/carte.mastara");
    let run = catalog.run(&["check", file.to_str().unwrap(), "--at", "2024-01-01"]);
    let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("3 constats de droit, de toutes les versions"), "{text}");
    let json = catalog.run(&["check", file.to_str().unwrap(), "--at", "2024-01-01", "--format", "json"]).json();
    assert_eq!(
        (&json["findings"][2]["severity"], &json["findings"][2]["own_severity"]),
        (&"information".into(), &"error".into())
    );
    assert!(catalog.run(&["conformity"]).out.contains("Le niveau est celui de la règle"));
    catalog.write("vocabulary/rules.yaml", "");
    let run = catalog.run(&["check", file.to_str().unwrap(), "--at", "2024-01-01"]);
    assert!(!run.out.contains("de toutes les versions"), "nothing differs: {}", run.out);
}

#[test]
fn a_reply_within_days_is_written_either_way() {
    let catalog = unlawful();
    let refusal = |reply: &str| {
        let text = CARD.replace("  étape retrait", "  décision suite par POLICE: Suite\n    ar: قرار\n    cas oui -> retrait: Oui\n      ar: نعم\n    cas non -> refus: Non\n      ar: لا\n\n  étape retrait");
        let refusal = format!(
            "  issue refus refusée: Refus\n    ar: رفض\n    motivation\n    recours POLICE sous 30 j {reply}\n\nversion en-ligne"
        );
        let file = catalog.write(
            "procedures/identite/refus.mastara",
            &text.replace("version en-ligne", &refusal).replace("identite/carte", "identite/refus"),
        );
        catalog.run(&["check", file.to_str().unwrap(), "--at", "2024-01-01", "--format", "json"]).json()
    };
    for reply in ["réponse 15 j", "réponse sous 15 j"] {
        let json = refusal(reply);
        assert!(!json.to_string().contains("malformed-line"), "{json:#}");
    }
}

#[test]
fn an_exchange_that_is_there_is_not_written_again() {
    let catalog = unlawful();
    catalog.write(
        "vocabulary/documents.yaml",
        "photo: {fr: Photo, ar: صورة}\nacte: {fr: Acte, ar: رسم, issuer: POLICE, held: true}\n",
    );
    catalog.write("vocabulary/registers.yaml", "actes: {fr: Actes, ar: الرسوم, authority: POLICE, supplies: [acte]}\n");
    let text = catalog.read("procedures/identite/carte.mastara");
    let exchange = "    échange actes: acte avec consentement\n    repli acte\n";
    let mended = |papers: &str, exchange: &str| {
        let text = text.replace("    fournit acte copie certifiée x2\n", &format!("    fournit {papers}\n{exchange}"));
        let file = catalog.write("procedures/identite/carte.mastara", &text);
        catalog.run(&["check", "--fix", "--write", "--at", "2024-01-01", file.to_str().unwrap()]);
        catalog.read("procedures/identite/carte.mastara")
    };
    let alone = mended("acte copie", exchange);
    assert!(alone.contains(&format!("    durée 10 min\n{exchange}    remplace")), "{alone}");
    assert_eq!(alone.matches("échange actes").count(), 1, "{alone}");
    let beside = mended("photo, acte copie", exchange);
    assert!(beside.contains(&format!("    fournit photo\n{exchange}    remplace")), "{beside}");
    // What is fetched in some cases only is still asked for in the others: there is no one right mending.
    let text = text.replace(
        "procédure: Carte\n  ar: بطاقة\n",
        "procédure: Carte\n  ar: بطاقة\nquestion neuf oui-non: Neuf ?\n  ar: جديد؟\n",
    );
    let some = "    fournit acte copie\n    échange actes: acte avec consentement si neuf\n";
    let file = catalog
        .write("procedures/identite/carte.mastara", &text.replace("    fournit acte copie certifiée x2\n", some));
    catalog.run(&["check", "--fix", "--write", "--at", "2024-01-01", file.to_str().unwrap()]);
    assert!(catalog.read("procedures/identite/carte.mastara").contains(some));
}

#[test]
fn a_legalised_copy_becomes_a_plain_one() {
    let catalog = unlawful();
    let text = catalog.read("procedures/identite/carte.mastara").replace("copie certifiée x2", "copie légalisée");
    let file = catalog.write("procedures/identite/carte.mastara", &text);
    let path = file.to_str().unwrap();
    let found = catalog.run(&["check", path, "--at", "2024-01-01", "--format", "json"]).json();
    assert!(names(&found).contains(&"certified-copy"), "{found:#}");
    catalog.run(&["check", "--fix", "--write", "--only", "M404", "--at", "2024-01-01", path]);
    let mended = catalog.read("procedures/identite/carte.mastara");
    assert_eq!(mended, text.replace("copie légalisée", "copie"));
    let left = catalog.run(&["check", path, "--at", "2024-01-01", "--format", "json"]).json();
    assert!(!names(&left).contains(&"certified-copy"), "{left:#}");
}

#[test]
fn what_files_set_aside_is_counted_in_both_forms() {
    let catalog = unlawful();
    let text = catalog.read("procedures/identite/carte.mastara");
    let own = "statut: brouillon\nregles: {certified-copy: {niveau: off, motif: \"doute sur la pièce\"}}\n";
    catalog.write("procedures/identite/carte.mastara", &text.replace("statut: brouillon\n", own));
    let json = catalog.run(&["conformity", "--at", "2024-01-01", "--format", "json"]).json();
    let aside = &json["set_aside"];
    assert_eq!((&aside["rules"], &aside["procedures"]), (&1.into(), &1.into()), "{json:#}");
    assert_eq!((&aside["of"][0]["id"], &aside["of"][0]["rule"]), (&"identite/carte".into(), &"certified-copy".into()));
    assert_eq!(aside["of"][0]["reason"], "doute sur la pièce");
    let text = catalog.run(&["conformity", "--at", "2024-01-01"]).out.replace('\u{a0}', " ");
    assert!(text.contains("Règles ou lois écartées : 1"), "{text}");
}

#[test]
fn pages_of_rules_fit_the_width_and_say_their_language() {
    let catalog = Catalog::new();
    for rule in ["M201", "M314", "M404", "M430", "M444", "M502"] {
        let page = catalog.run(&["explain", rule]).out;
        let prose = page.lines().filter(|line| !line.starts_with("    "));
        let wide: Vec<_> = prose.filter(|line| columns(line) > 80).collect();
        assert!(wide.is_empty(), "{rule}: {wide:#?}");
        assert!(!page.lines().any(|line| line.starts_with('*') || line.ends_with('*')), "{page}");
        assert!(!page.contains("Page en français") && !page.contains("loi loi"), "{page}");
    }
    let page = catalog.run(&["explain", "M444"]).out.replace('\u{a0}', " ");
    assert!(page.contains("Texte : loi 55-19, art. 6.4, depuis le 2020-09-28."), "{page}");
    for (lang, said) in [("ar", "هذه الصفحة بالفرنسية"), ("en", "This page is in French")] {
        assert!(catalog.run(&["explain", "M201", "--lang", lang]).out.starts_with(said));
    }
}

#[test]
fn help_under_a_finding_fits_the_width() {
    let catalog = unlawful();
    let file = catalog.path("procedures/identite/carte.mastara");
    for lang in ["fr", "ar", "en"] {
        let run = catalog.run(&["check", file.to_str().unwrap(), "--at", "2024-01-01", "--lang", lang]);
        let (mut is_help, mut seen) = (false, 0);
        for line in run.out.lines() {
            is_help = line.trim_start().starts_with("= ") || is_help && !line.is_empty();
            seen += usize::from(is_help);
            assert!(!is_help || columns(line) <= 80, "{lang}: {line}");
        }
        assert!(seen > 3, "{}", run.out);
    }
}
