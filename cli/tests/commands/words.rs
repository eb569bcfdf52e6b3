//! `words`: words found as people write them.

use serde_json::Value;

use crate::{
    support::{Catalog, Run, columns, run},
    walk::{catalog, flat},
};

/// On the catalogue in the program.
fn words(args: &[&str]) -> Run {
    run(&[&["words"][..], args].concat(), &std::env::temp_dir(), "")
}

fn ids(run: &Run) -> Vec<(String, String)> {
    let text = |word: &Value, key: &str| word[key].as_str().unwrap().to_owned();
    run.json()["words"].as_array().unwrap().iter().map(|word| (text(word, "kind"), text(word, "id"))).collect()
}

#[test]
fn words_are_found_with_or_without_accents_and_in_arabic() {
    let catalog = catalog();
    for query in ["etat civil", "État-Civil", "الحاله المدنيه", "الحَالَة المَدَنِيَّة", "etat-civil"]
    {
        let found = ids(&catalog.run(&["words", query, "--format", "json"]));
        assert_eq!(found.first(), Some(&("register".to_owned(), "etat-civil".to_owned())), "{query}: {found:?}");
    }
    let kinds: Vec<_> =
        ids(&catalog.run(&["words", "police", "--format", "json"])).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["authority"]);
    let run = catalog.run(&["words", "carte", "--kind", "document", "--format", "json"]);
    assert_eq!(ids(&run), [("document".to_owned(), "carte".to_owned())]);
    assert_eq!(run.json()["words"][0]["write"], "fournit carte");
}

#[test]
fn a_fragment_tells_its_parameters_and_a_keyword_its_line() {
    let run = words(&["refus", "motivé", "--format", "json"]);
    let found = run.json()["words"].as_array().unwrap().clone();
    let fragment = found.iter().find(|word| word["id"] == "refus-55-19").expect("a fragment");
    assert_eq!(fragment["write"], "utilise refus-55-19(autorite: …)");
    assert_eq!(fragment["parameters"], serde_json::json!(["autorite"]));
    assert!(fragment["remarks"][0].as_str().unwrap().contains("utilise refus-55-19(autorite: AREF)"));
    let keyword = words(&["تعليل", "--kind", "keyword", "--lang", "ar", "--format", "json"]).json()["words"][0].clone();
    assert_eq!((keyword["id"].as_str(), keyword["title"]["fr"].as_str()), (Some("reasons"), Some("motivation")));
    let unknown = words(&["montant", "inconnu", "--kind", "keyword", "--format", "json"]);
    assert_eq!(ids(&unknown), [("keyword".to_owned(), "unknown_amount".to_owned())]);
}

#[test]
fn nothing_found_gives_the_nearest_code() {
    let catalog = Catalog::new();
    let run = catalog.run(&["words", "commisariat"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("commissariat"), "{}", run.out);
    assert_eq!(catalog.run(&["words"]).code, 2, "something is looked for");
}

#[test]
fn the_table_fits_the_width_in_every_language() {
    for args in [&["paie"][..], &["acte", "naissance"], &["العدل", "--lang", "ar"], &["refus", "--lang", "en", "--all"]]
    {
        let run = words(args);
        assert_eq!(run.code, 0, "{}", run.err);
        let wide: Vec<_> = run.out.lines().filter(|line| columns(line) > 80).collect();
        assert!(wide.is_empty(), "{args:?}: {wide:#?}");
        assert!(!run.out.contains("words."), "a word is missing: {}", run.out);
    }
    assert!(flat(&words(&["acte naissance"]).out).contains("Documents · fournit …"));
}

#[test]
fn the_rank_of_a_decision_is_found_by_its_name() {
    let run = words(&["permis", "de", "chasse", "--kind", "rank", "--format", "json"]);
    let rank = &run.json()["words"][0];
    assert_eq!((&rank["id"], &rank["write"]), (&"prolongation-6-2".into(), &"prolongation: 6-2".into()));
    let by_number = words(&["6-2", "--kind", "rank", "--format", "json"]).json();
    assert!(by_number["words"].as_array().unwrap().iter().any(|rank| rank["id"] == "prolongation-6-2"), "{by_number}");
    let text = words(&["السكوت", "--kind", "rank"]);
    assert_eq!(text.code, 1, "nothing of that name: {}", text.out);
    let state = words(&["immatriculation", "société", "actions", "simplifiée", "--kind", "rank"]).out;
    assert!(
        state.contains("silence: {liste: etat, rang:") && state.contains("4-1}") && state.contains("2 jours"),
        "{state}"
    );
}
