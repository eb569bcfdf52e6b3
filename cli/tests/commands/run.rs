//! `run`: a case from its start to its end.

use serde_json::Value;

use crate::{
    support::run,
    walk::{catalog, flat},
};

const ANSWERS: &str = "age: 17
filiere: lettres
capital: 10000 dh
canal: poste
complet: [non, oui]
instruction: always
";

#[test]
fn a_file_of_answers_leads_to_the_outcome() {
    let catalog = catalog();
    let file = catalog.write("answers.yaml", ANSWERS);
    let args =
        ["run", "licence", "--version", "papier", "--answers", file.to_str().unwrap(), "--trace", "--format", "json"];
    let json = catalog.run(&args).json();
    assert_eq!((&json["outcome"], &json["nature"]), (&Value::from("fin"), &Value::from("granted")));
    let passes = json["passes"].as_array().unwrap();
    assert_eq!(passes.iter().filter(|node| *node == "depot").count(), 2, "the return is taken once");
    // A child brings the parents' consent, each time.
    assert!(json["papers"].as_array().unwrap().contains(&serde_json::json!({"document": "accord", "sheets": 2})));
    let events = json["events"].as_array().unwrap();
    assert_eq!(
        events[0],
        serde_json::json!({"event": "answered", "question": "age", "value": 17, "tally": events[0]["tally"]})
    );
    assert_eq!(events.last().unwrap()["tally"], json["tally"]);
    assert_eq!((&json["tally"]["fees_mad"], &json["fees_known"]), (&200.into(), &true.into()));
}

#[test]
fn silence_ends_the_case_too() {
    let catalog = catalog();
    let file = catalog.write("answers.yaml", &ANSWERS.replace("always", "silence").replace("[non, oui]", "oui"));
    let run = catalog.run(&["run", "licence", "--version", "papier", "--answers", file.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        flat(&run.out).contains("silence : accord") && run.out.contains("■ Démarche aboutie (accordée)"),
        "{}",
        run.out
    );
}

/// Walks with these lines on the standard input.
fn walk(input: &str) -> crate::support::Run {
    let catalog = catalog();
    let folder = catalog.path("");
    run(&["--catalog", folder.to_str().unwrap(), "run", "licence", "--version", "papier"], &folder, input)
}

#[test]
fn answers_are_read_line_by_line_and_wrong_ones_asked_again() {
    let run = walk("?\ndouze\n30\n2\n5000\n1\n3\n");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let flat = flat(&run.out);
    assert!(flat.contains("`douze` n'est pas une réponse à `age`"), "{flat}");
    assert!(flat.contains("numéro d'une proposition"), "help is shown: {flat}");
    assert!(flat.contains("1 étape (+1) · 1 déplacement (+1)"), "the tally grows: {flat}");
    assert!(flat.contains("■ Demande caduque (caduque)"), "{flat}");
}

#[test]
fn an_exhausted_return_is_asked_again() {
    let run = walk("30\n2\n5000\n2\n2\n2\n3\n");
    assert!(run.out.contains("autant de fois que la procédure le permet"), "{}", run.out);
    assert_eq!(run.code, 0);
}

#[test]
fn one_can_give_up_and_an_end_of_input_is_no_panic() {
    let run = walk("30\nq\n");
    assert!(run.out.contains("demande retirée par la personne"), "{}", run.out);
    assert_eq!(run.code, 0);
    let run = walk("30\n");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("il manque la réponse à `filiere`"), "{}", run.err);
}

#[test]
fn a_broken_file_of_answers_is_said() {
    let catalog = catalog();
    let fails = |text: &str| {
        let file = catalog.write("answers.yaml", text);
        let run = catalog.run(&["run", "licence", "--version", "papier", "--answers", file.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{text}: {}", run.out);
        flat(&run.err)
    };
    assert!(fails("age: [\n").contains("YAML"));
    assert!(fails("- age\n").contains("question: valeur"));
    assert!(fails("aeg: 3\n").contains("vouliez-vous dire `age`"));
    assert!(fails("age: 3000\n").contains("120 ans"));
    assert!(fails(&ANSWERS.replace("[non, oui]", "non")).contains("`complet`"));
    let run = catalog.run(&["run", "licence", "--answers", "nowhere.yaml"]);
    assert_eq!(run.code, 2);
}
