//! Fragments in files of another language than theirs.

use mastara_dsl::{
    compile::{Compiled, compile},
    format::format,
    source::Source,
};
use mastara_engine::text::Lang;

const VOCABULARY: [(&str, &str); 4] = [
    ("authorities", "ABH: {fr: Agence du bassin, ar: وكالة الحوض, kind: etablissement}\n"),
    ("places", "agence: {fr: Agence, ar: وكالة, authority: ABH}\n"),
    ("sectors", "environnement: {fr: Environnement, ar: البيئة}\n"),
    ("texts", "loi-1: {fr: Loi 1, ar: القانون 1}\n"),
];

/// With a title that has only French, one that has both, a case, and a word of the vocabulary in a title.
const FRAGMENT: &str = "---
id: suite
langue: fr
---
fragment(autorite): Suite donnée
  ar: مآل الطلب

  décision suite par {autorite}: Suite donnée par {autorite}
    ar: جواب {autorite}
    cas oui -> retrait: Demande acceptée
      ar: قبول الطلب
    cas non -> refus: Demande refusée
      ar: رفض الطلب

  étape retrait à agence: Retirer la décision
    ar: سحب القرار

  issue refus refusée: Refus motivé
    ar: رفض معلل
    motivation
";

const ARABIC: &str = "---
id: environnement/essai
langue: ar
responsable: ABH
usagers: [citoyen]
statut: brouillon
---
مسطرة: تجربة
  fr: Essai

صيغة papier منذ 2024-01-01: بالشباك
  fr: Au guichet
  مصدر 2024-01-01: معاينة

  خطوة depot في agence: إيداع الطلب
    fr: Déposer la demande

  يستعمل suite(autorite: ABH)
";

fn compiled(text: &str) -> Compiled {
    let mut sources: Vec<_> =
        VOCABULARY.iter().map(|(name, text)| Source::new(format!("vocabulary/{name}.yaml"), text.as_bytes())).collect();
    sources.push(Source::new("fragments/suite.mastara", FRAGMENT.as_bytes()));
    sources.push(Source::new("procedures/environnement/essai.mastara", text.as_bytes()));
    compile(sources)
}

#[test]
fn a_fragment_keeps_its_language_in_a_file_of_another() {
    let compiled = compiled(ARABIC);
    assert!(compiled.findings.is_empty(), "{:#?}", compiled.findings);
    let version = &compiled.entries[0].lowered.procedure.versions[0];
    let title = |name: &str, lang: Lang| {
        version.flow.node(version.flow.find(name).expect("it is there")).title.get(lang).map(str::to_owned)
    };
    let both = |name: &str| [Lang::Fr, Lang::Ar].map(|lang| title(name, lang).expect("it has both"));
    assert_eq!(both("depot"), ["Déposer la demande", "إيداع الطلب"]);
    assert_eq!(both("refus"), ["Refus motivé", "رفض معلل"]);
    assert_eq!(both("suite"), ["Suite donnée par Agence du bassin", "جواب وكالة الحوض"]);
    let suite = version.flow.find("suite").expect("it is there");
    let (branch, _) = version.flow.branches(suite)[0];
    assert_eq!(branch.label.get(Lang::Fr), Some("Demande acceptée"));
    assert_eq!(branch.label.get(Lang::Ar), Some("قبول الطلب"));
}

#[test]
fn such_a_file_comes_back_from_another_dialect_byte_for_byte() {
    let own = format(ARABIC, None);
    let french = format(&own, Some(Lang::Fr));
    assert!(french.contains("utilise suite(autorite: ABH)") && french.contains("langue: ar"), "{french}");
    let compiled = compiled(&french);
    assert!(compiled.findings.is_empty(), "{:#?}", compiled.findings);
    assert_eq!(format(&french, Some(Lang::Ar)), own);
}
