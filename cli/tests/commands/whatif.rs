//! `whatif`: changes put on a catalogue.

use crate::support::{CARD, Catalog, run};

/// The card on paper, in force in 2015, and a register that has one of its papers.
fn catalog() -> Catalog {
    let catalog = Catalog::new();
    let documents = "photo: {fr: Photo, ar: صورة, kind: photo}\nacte: {fr: Acte, ar: رسم, kind: etat-civil}\n";
    catalog.write("vocabulary/documents.yaml", documents);
    let register =
        "civil: {fr: État civil, ar: الحالة المدنية, authority: POLICE, supplies: [acte], estimated: true}\n";
    catalog.write("vocabulary/registers.yaml", register);
    catalog
}

fn json(catalog: &Catalog, args: &[&str]) -> serde_json::Value {
    let mut all = vec!["whatif", "--at", "2015-01-01", "--format", "json"];
    all.extend(args);
    catalog.run(&all).json()
}

const ALL: [&str; 5] = ["--fetch", "acte", "--e-payment", "--e-filing", "--accept-digital"];

#[test]
fn the_catalogue_is_measured_again() {
    let told = json(&catalog(), &ALL);
    // What is filed goes online; what is collected hands out nothing that the file names.
    let moved = &told["procedures_moved"][0];
    assert_eq!((&moved["nominal"]["trips"]["before"], &moved["nominal"]["trips"]["after"]), (&2.into(), &1.into()));
    assert_eq!((&moved["nominal"]["fetched"]["before"], &moved["nominal"]["fetched"]["after"]), (&0.into(), &1.into()));
    assert_eq!((&moved["level"]["before"], &moved["level"]["after"]), (&1.into(), &3.into()));
    assert_eq!(told["yearly"]["trips"], -1_000);
    assert_eq!(told["changes"][0]["value"], "acte:civil");
    assert_eq!(told["changes"][0]["estimated"], true, "that the register can be asked is an estimate");
    let presence = &told["reasons"].as_array().unwrap().iter().find(|row| row["reason"] == "presence").unwrap();
    assert_eq!(presence["steps"]["after"], 1);
}

#[test]
fn a_step_of_which_nothing_is_told_goes_only_by_its_name() {
    let catalog = catalog();
    let mut args = ALL.to_vec();
    args.extend(["--e-filing", "carte#retrait"]);
    let told = json(&catalog, &args);
    assert_eq!((&told["paperless"]["before"], &told["paperless"]["after"]), (&0.into(), &1.into()));
    assert_eq!(told["procedures_moved"][0]["level"]["after"], 4);
}

#[test]
fn one_procedure_is_told_node_by_node() {
    let catalog = catalog();
    let mut args = ALL.to_vec();
    args.extend(["--why", "carte"]);
    let told = json(&catalog, &args);
    let what: Vec<_> =
        told["nodes"][0]["changes"].as_array().unwrap().iter().map(|edit| edit["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["channel", "paper", "paper", "payment", "exchange", "fallback", "identity"]);
    assert_eq!(told["steps"][0]["place"]["before"], "commissariat");
    assert_eq!(told["steps"][0]["reasons"]["after"].as_array().unwrap().len(), 0);
    assert_eq!(told["steps"][1]["reasons"]["after"][0]["reason"], "presence");
    let mut shown = vec!["whatif", "--at", "2015-01-01"];
    shown.extend(&args);
    let text = catalog.run(&shown).out.replace('\u{A0}', " ");
    assert!(text.contains("pièce : Acte (sur papier) → plus demandé"), "{text}");
    assert!(text.contains("depot : plus rien"), "{text}");
}

/// A procedure that is estimated where the card is sure, and silent where the card speaks.
fn vague(catalog: &Catalog) {
    let text = CARD
        .replace("identite/carte", "identite/passeport")
        .replace("durée 30 min", "durée 30 min estimé")
        .replace("fournit photo, acte", "fournit photo, acte estimé")
        .replace("    durée 15 min\n", "");
    catalog.write("procedures/identite/passeport.mastara", &text);
}

#[test]
fn an_estimate_and_what_is_unknown_are_both_told() {
    let catalog = catalog();
    vague(&catalog);
    let told = json(&catalog, &ALL);
    let effort = &told["means"]["effort_minutes"];
    assert_eq!((&effort["estimated"], &effort["incomplete"]), (&true.into(), &true.into()), "{effort}");
    // What nobody knows stays what it was: nothing of it moves.
    assert_eq!(effort["difference"], 0, "{effort}");
    let documents = &told["means"]["documents"];
    assert_eq!((&documents["estimated"], &documents["difference"]), (&true.into(), &(-1).into()), "{documents}");
    let moved = told["procedures_moved"].as_array().unwrap();
    let of = |id: &str| moved.iter().find(|row| row["id"] == id).unwrap()["standing"].clone();
    assert_eq!(of("identite/passeport")["before"]["documents_estimated"], true);
    assert_eq!(of("identite/carte")["before"]["documents_estimated"], false);
}

#[test]
fn differences_bear_the_marks_of_their_figures() {
    let catalog = catalog();
    vague(&catalog);
    let page = catalog.run(&[&["whatif", "--at", "2015-01-01"], &ALL[..]].concat()).out;
    let row = |begin: &str| {
        let line = page.lines().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {page}"));
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("documents  ")[1..], ["~2,00", "~1,00", "~−1,000", "~−50", "%"]);
    assert_eq!(row("durée")[2..], ["≥37,50", "≥37,50", "0"]);
    assert_eq!(row("déplacements  ")[1..], ["2,00", "1,00", "−1,000", "−50", "%"]);
    // Of each procedure, and of each administration.
    assert_eq!(row("identite/passeport")[4..7], ["~2", "→", "~1"]);
    assert_eq!(row("identite/carte")[4..7], ["2", "→", "1"]);
    assert_eq!(row("Police")[4..], ["−2", "~−2", "~−2"]);
    let why = catalog.run(&[&["whatif", "--at", "2015-01-01", "--why", "passeport"], &ALL[..]].concat()).out;
    let effort = why.lines().find(|line| line.starts_with("durée")).unwrap();
    assert!(effort.contains('≥') && effort.ends_with('0'), "{why}");
    assert!(why.contains("~ estimé · ≥ au moins"), "{why}");
}

#[test]
fn a_difference_does_not_contradict_what_it_lies_between() {
    let here = Catalog::new();
    let args = ["whatif", "--e-filing", "--at", "2026-11-22"];
    let (page, json) = (run(&args, &here.path("."), "").out, [&args[..], &["--format", "json"]].concat());
    let share = run(&json, &here.path("."), "").json()["share"].clone();
    let points = (share["after"].as_f64().unwrap() - share["before"].as_f64().unwrap()) * 100.0;
    let row = page.lines().find(|line| line.starts_with("des procédures")).unwrap();
    let shown = row.split_whitespace().rev().nth(1).unwrap_or_default().replace(',', ".");
    let shown = if row.ends_with(" 0") { 0.0 } else { shown.parse::<f64>().unwrap() };
    assert!((shown - points).abs() < 0.02, "{row}");
}

#[test]
fn one_is_singular() {
    let catalog = catalog();
    let mut args = vec!["whatif", "--at", "2015-01-01"];
    args.extend(ALL);
    args.extend(["--e-filing", "carte#retrait"]);
    let page = catalog.run(&args).out;
    let told = page.replace(['\n', '\u{a0}'], " ");
    assert!(told.contains("Sur 1 procédure, quelque chose change dans 1 ;"), "{page}");
    assert!(told.contains("1 est mesurée autrement, 1 devient zéro papier."), "{page}");
    assert!(!page.contains("trajets"), "{page}");
    // A trip of one hundred in the share is told with one decimal more.
    assert!(page.contains("+100,00 points"), "{page}");
}

#[test]
fn the_words_are_those_of_the_other_pages() {
    let catalog = catalog();
    let mut args = vec!["--lang", "ar", "whatif", "--at", "2015-01-01"];
    args.extend(ALL);
    let page = catalog.run(&args).out;
    for word in ["الخطوات", "المسار الاعتيادي", "الرسوم"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    for word in ["المراحل", "المسار الاسمي", "الكلفة"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
}

#[test]
fn a_file_does_what_the_command_line_does() {
    let catalog = catalog();
    let file = "titre: Tout en ligne\nchercher: acte\npaiement-en-ligne: partout\ndepot-en-ligne: partout\naccepter-numerique: tout\n";
    let path = catalog.write("reforme.yaml", file);
    let mut of_file = json(&catalog, &["--file", path.to_str().unwrap()]);
    assert_eq!(of_file["title"]["fr"], "Tout en ligne");
    of_file.as_object_mut().unwrap().remove("title");
    let mut of_line = json(&catalog, &ALL);
    for told in [&mut of_file, &mut of_line] {
        told["changes"].as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    assert_eq!(of_file, of_line);
}

#[test]
fn mistakes_are_shown_where_they_are() {
    let catalog = catalog();
    let path = catalog.write("reforme.yaml", "chercher: [acte, actee]\n");
    let run = catalog.run(&["whatif", "--file", path.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("reforme.yaml:1:18") && run.err.contains("`acte` ?"), "{}", run.err);
    for (args, told) in [
        (&["whatif"][..], "aucun changement"),
        (&["whatif", "--fetch", "photo"], "une pièce qu'un registre fournit"),
        (&["whatif", "--e-payment", "POLICES"], "`POLICE`"),
        (&["whatif", "--file", "nulle-part.yaml"], "nulle-part.yaml"),
        (&["whatif", "--e-payment", "--why", "cartes"], "cartes"),
    ] {
        let run = catalog.run(args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains(told), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_file_that_is_none_is_told_what_it_should_be() {
    let catalog = catalog();
    let told = |text: &str| {
        let path = catalog.write("reforme.yaml", text);
        let run = catalog.run(&["whatif", "--file", path.to_str().unwrap()]);
        assert_eq!(run.out, "", "{text}");
        (run.code, run.err.replace('\u{a0}', " "))
    };
    let (code, err) = told("titre: Essai\ndepuis: 2026-13-45\nchercher: acte\n");
    assert!(code == 1 && err.contains("reforme.yaml:2:1"), "{err}");
    assert!(err.contains("clé inconnue : `depuis`") && err.contains("chercher, ouvrir, supprimer"), "{err}");
    let (code, err) = told("chercer: acte\n");
    assert!(code == 1 && err.contains("clé inconnue : `chercer`") && err.contains("`chercher` ?"), "{err}");
    for text in ["- a\n", "\n# rien\n- a\n- b\n", "chercher\n"] {
        let (code, err) = told(text);
        assert!(code == 1 && err.contains("des lignes `clé: valeur`") && !err.contains("titre"), "{err}");
        let line = 1 + text.lines().take_while(|line| line.is_empty() || line.starts_with('#')).count();
        assert!(err.contains(&format!("reforme.yaml:{line}:1")), "{err}");
    }
    for text in ["", "# rien\n", "titre: Rien\n", "chercher: []\n"] {
        let (code, err) = told(text);
        assert!(code == 2 && err.contains("reforme.yaml:1 : aucun changement"), "{text}: {err}");
    }
}

#[test]
fn the_law_is_judged_again_if_asked() {
    let catalog = catalog();
    let args = ["--e-payment", "POLICE", "--law", "--at", "2025-10-01"];
    assert!(json(&catalog, &["--e-payment"]).get("law").is_none());
    let mut all = vec!["whatif", "--format", "json"];
    all.extend(args);
    assert!(catalog.run(&all).json()["law"].as_array().unwrap().is_empty(), "nothing changes in the version online");
    // The real catalogue: who pays online no longer pays on the spot.
    let told =
        run(&["whatif", "--e-payment", "--law", "--at", "2026-11-22", "--format", "json"], &catalog.path("."), "")
            .json();
    let rule = told["law"].as_array().unwrap().iter().find(|rule| rule["name"] == "paid-on-site").unwrap();
    assert!(rule["findings"]["after"].as_u64() < rule["findings"]["before"].as_u64());
}

#[test]
fn the_same_changes_give_the_same_bytes_and_no_change_none() {
    let catalog = catalog();
    let run = |args: &[&str]| {
        let mut all = vec!["whatif", "--at", "2015-01-01"];
        all.extend(args);
        catalog.run(&all).out
    };
    assert_eq!(run(&ALL), run(&ALL));
    let early = ["whatif", "--fetch", "acte", "--at", "2000-01-01", "--format", "json"];
    let nowhere = catalog.run(&early).json();
    assert_eq!(nowhere["procedures"], 0);
    // A change that finds nothing to change.
    let idle = json(&catalog, &["--waive", "legalisee"]);
    assert_eq!((&idle["changed"], &idle["moved"]), (&0.into(), &0.into()));
    assert_eq!(idle["levels"]["before"], idle["levels"]["after"]);
}
