//! A catalogue with one procedure that has everything: choices, forks, returns, silence, conditions, formulas.

use crate::support::Catalog;

/// The procedure.
pub const LICENCE: &str = include_str!("licence.mastara");

const VOCABULARY: [(&str, &str); 5] = [
    ("authorities", "POLICE: {fr: Police, ar: الشرطة, kind: autorite}\n"),
    (
        "documents",
        "photo: {fr: Photo, ar: صورة, kind: identite}\n\
         acte: {fr: Acte, ar: رسم, kind: identite, issuer: POLICE, held: true}\n\
         carte: {fr: Carte, ar: بطاقة, kind: identite, issuer: POLICE, procedure: \"identite/carte\"}\n\
         accord: {fr: Accord des parents, ar: موافقة الوالدين, kind: identite}\n\
         note: {fr: Note, ar: نقطة, kind: identite}\n",
    ),
    ("portals", "portail: {fr: Portail, ar: البوابة, url: \"portail.ma\", authority: POLICE}\n"),
    (
        "registers",
        "etat-civil: {fr: État civil, ar: الحالة المدنية, authority: POLICE, since: 2020, supplies: [acte]}\n",
    ),
    ("texts", "loi-1: {fr: \"Loi n° 1 relative aux licences\", ar: \"القانون رقم 1\", date: 2000}\n"),
];

/// The catalogue.
pub fn catalog() -> Catalog {
    let catalog = Catalog::new();
    for (name, text) in VOCABULARY {
        catalog.write(&format!("vocabulary/{name}.yaml"), text);
    }
    catalog.write("procedures/identite/licence.mastara", LICENCE);
    catalog
}

/// A text with ordinary blanks, all on one line.
pub fn flat(text: &str) -> String {
    let blanks = text.replace(['\u{a0}', '\u{202f}'], " ");
    blanks.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_procedure_has_no_error() {
    let run = catalog().run(&["check", "--format", "json"]);
    let errors: Vec<_> = run.json()["findings"].as_array().unwrap().clone();
    let errors: Vec<_> = errors.into_iter().filter(|finding| finding["severity"] == "error").collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
