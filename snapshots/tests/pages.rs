//! The published rule pages: copies of those beside the code, with an index; written when `MASTARA_GENERATE` is set,
//! compared otherwise.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use std::{collections::BTreeSet, fmt::Write as _, fs};

use mastara_dsl::finding::{Code, Severity};
use mastara_snapshots::{page::Page, root};

#[test]
fn the_pages_are_copies_of_those_beside_the_code() {
    for code in Code::ALL {
        let name = format!("{}.md", code.name());
        let own = fs::read_to_string(root().join("dsl/src/rules").join(&name)).unwrap();
        fresh(&name, &own);
    }
}

#[test]
fn the_index_lists_every_rule() {
    fresh("README.md", &index());
}

#[test]
fn no_page_is_left_of_a_rule_that_is_no_more() {
    let known: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{}.md", code.name())).collect();
    for entry in fs::read_dir(root().join("docs/rules")).into_iter().flatten() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(name == "README.md" || known.contains(&name), "docs/rules/{name} is of no rule");
    }
}

#[track_caller]
fn fresh(name: &str, text: &str) {
    let path = root().join("docs/rules").join(name);
    if std::env::var_os("MASTARA_GENERATE").is_some() {
        fs::create_dir_all(root().join("docs/rules")).unwrap();
        fs::write(&path, text).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == text, "docs/rules/{name} is stale: run `just gen`");
}

fn index() -> String {
    let mut out = String::from(
        "# Les règles\n\n\
         *The rules of Mastara, with a page each. This page is generated: `just gen`.*\n\n\
         Chaque page dit pourquoi la règle existe, montre un exemple faux et le même juste, et comment corriger. Les exemples\n\
         sont vérifiés : le faux ne soulève que sa règle, le juste n'en soulève aucune. Au terminal :\n\
         `just explain unknown-document`.\n",
    );
    let mut family = "";
    for code in Code::ALL {
        let first = &code.number()[..2];
        if first != family {
            family = first;
            let _ = write!(
                out,
                "\n## {}\n\n| code | règle | gravité | en une phrase |\n| --- | --- | --- | --- |\n",
                title(family)
            );
        }
        let text = fs::read_to_string(root().join("dsl/src/rules").join(code.name()).with_extension("md")).unwrap();
        let page = Page::read(*code, &text).unwrap();
        let (number, name, sentence) = (code.number(), code.name(), page.french.replace('|', "\\|"));
        let _ = writeln!(out, "| {number} | [{name}]({name}.md) | {} | {sentence} |", severity(*code));
    }
    out
}

const fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "erreur",
        Severity::Warning => "avertissement",
        Severity::Information => "information",
    }
}

/// What the rules of a family are about.
fn title(family: &str) -> &'static str {
    match family {
        "M0" => "Lecture",
        "M1" => "En-tête et noms",
        "M2" => "Mots et types",
        "M3" => "Déroulement",
        "M4" => "Ce que dit la loi",
        "M5" => "Avant et après, chiffres attendus, exemples",
        "M6" => "Langues",
        "M7" => "Provenance",
        other => panic!("the family {other} has no title"),
    }
}
