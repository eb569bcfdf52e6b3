//! Changes in words: read, written back, and what is wrong with them.

use mastara_dsl::{
    compile::{self, Compiled},
    finding::{Code, Findings},
    reform::{self, Kind},
    source::{Source, SourceId, Span},
};
use mastara_engine::{
    reform::{Action, Change, Limit, Scope},
    text::Lang,
};

const PROCEDURE: &str = "---
id: identite/carte
langue: fr
responsable: POLICE
usagers: [citoyen]
statut: brouillon
---
procédure: Carte
  ar: بطاقة
version papier depuis 2010-01-01: Au guichet
  ar: بالشباك
  étape depot à POLICE: Déposer
    ar: إيداع
    fournit acte
";

fn catalogue() -> Compiled {
    let file = |path: &str, text: &str| Source::new(path, text.as_bytes());
    compile::compile(vec![
        file("procedures/identite/carte.mastara", PROCEDURE),
        file("vocabulary/authorities.yaml", "POLICE: {fr: P, ar: P, kind: a}\n"),
        file("vocabulary/sectors.yaml", "identite: {fr: I, ar: I}\n"),
        file(
            "vocabulary/documents.yaml",
            "acte: {fr: A, ar: A, kind: a}\nbail: {fr: B, ar: B, kind: a}\nplan: {fr: P, ar: P, kind: a}\n",
        ),
        file(
            "vocabulary/registers.yaml",
            "civil: {fr: C, ar: C, authority: POLICE, supplies: [acte]}\nrent: {fr: R, ar: R, authority: POLICE, supplies: [bail], planned: 2027-01-01}\n",
        ),
    ])
}

/// A mistake: its code, its words, what is meant.
type Flaw = (Code, Vec<String>, Option<String>);

/// What is read of a change on the command line, and what is said of it.
fn read(kind: Kind, text: &str) -> (Option<Change>, Vec<Flaw>) {
    let mut findings = Findings::new(SourceId(0));
    let change = reform::change(kind, text, Span::default(), &catalogue(), &mut findings);
    (change, findings.into_vec().into_iter().map(|found| (found.code, found.args, found.suggestion)).collect())
}

#[test]
fn changes_are_written_as_they_are_read() {
    let given = [
        (Kind::Fetch, "acte:civil@POLICE"),
        (Kind::Open, "rent"),
        (Kind::Open, "civil:bail+plan@identite"),
        (Kind::Abolish, "plan@identite/carte"),
        (Kind::AcceptDigital, "tout"),
        (Kind::AcceptDigital, "acte"),
        (Kind::PayOnline, "partout"),
        (Kind::DeliverOnline, "identite/carte#depot"),
        (Kind::FileOnline, "POLICE"),
        (Kind::IdentifyOnline, "identite"),
        (Kind::Waive, "certifiee"),
        (Kind::OneCopy, "partout"),
        (Kind::Shorten, "moitie@POLICE"),
        (Kind::Shorten, "30"),
    ];
    for (kind, text) in given {
        let (change, findings) = read(kind, text);
        assert!(findings.is_empty(), "{text}: {findings:?}");
        assert_eq!(reform::write(&change.unwrap()), (kind, text.to_owned()));
    }
}

#[test]
fn what_can_be_left_out_is_filled_in() {
    let fetched = read(Kind::Fetch, "acte").0.unwrap();
    assert_eq!(fetched.action, Action::Fetch { document: "acte".into(), register: "civil".into() });
    assert_eq!(fetched.scope, Scope::Everywhere);
    assert_eq!(read(Kind::FileOnline, "carte#depot").1.len(), 0, "a procedure by the end of its name");
    assert_eq!(read(Kind::Shorten, "moitié").0.unwrap().action, Action::Shorten(Limit::Half));
}

#[test]
fn a_mistake_says_what_would_do() {
    let wrong = |kind, text| {
        let (change, mut findings) = read(kind, text);
        assert!(change.is_none(), "{text}");
        assert_eq!(findings.len(), 1, "{text}");
        findings.remove(0)
    };
    assert_eq!(wrong(Kind::PayOnline, "POLIC"), (Code::UnknownAuthority, vec!["POLIC".into()], Some("POLICE".into())));
    assert_eq!(wrong(Kind::Abolish, "actes").2, Some("acte".into()));
    assert_eq!(wrong(Kind::FileOnline, "identite/cartes").0, Code::UnknownProcedure);
    assert_eq!(wrong(Kind::FileOnline, "identite/carte#depots").0, Code::UnknownNode);
    assert_eq!(wrong(Kind::Fetch, "acte:rente").0, Code::UnknownRegister);
    // Nobody supplies it, it is only planned, or another register does.
    assert_eq!(wrong(Kind::Fetch, "plan").1, ["chercher", "\u{1}supplied"]);
    assert_eq!(wrong(Kind::Fetch, "bail:rent").1, ["chercher", "\u{1}open-register"]);
    assert_eq!(wrong(Kind::Fetch, "acte:rent").1, ["chercher", "\u{1}open-register"]);
    assert_eq!(wrong(Kind::Fetch, "bail:civil").1, ["chercher", "bail:rent"]);
    assert_eq!(wrong(Kind::Waive, "copie").0, Code::FieldValue);
    assert_eq!(wrong(Kind::Shorten, "vite").0, Code::FieldValue);
    assert_eq!(wrong(Kind::PayOnline, "tout@POLICE").0, Code::FieldValue);
}

#[test]
fn a_file_tells_all_its_mistakes_at_their_place() {
    let text = "titre: {fr: Essai, ar: تجربة}\nchercher: [acte, actes@POLICE]\npaiment-en-ligne: POLICE\nzut: 1\ndelai: moitie@POLICE\nouvrir: {a: b}\n";
    let source = Source::new("reforme.yaml", text.as_bytes());
    let (reform, findings) = reform::read(SourceId(9), &source, &catalogue());
    assert_eq!(reform.title.get(Lang::Ar), Some("تجربة"));
    assert_eq!(reform.changes.len(), 2, "what is right is read");
    let told: Vec<_> = findings
        .iter()
        .map(|found| {
            let (start, end) = (found.span.start as usize, found.span.end as usize);
            (source.position(found.span.start).0, found.code, &text[start..end])
        })
        .collect();
    assert_eq!(
        told,
        [
            (2, Code::UnknownDocument, "actes"),
            (3, Code::FieldUnknown, "paiment-en-ligne"),
            (4, Code::FieldUnknown, "zut"),
            (6, Code::FieldValue, "{"),
        ]
    );
    assert_eq!(findings[1].suggestion.as_deref(), Some("paiement-en-ligne"));
}

#[test]
fn what_is_no_reform_is_no_panic() {
    for text in [
        "",
        "- a\n",
        "a: [b\n",
        "&a b: *a\n",
        "delai: \"@@@\"\nchercher: [\"@\", \":\", \"#\"]\ndepot-en-ligne: [\"/#\", \"#\"]\n",
    ] {
        let source = Source::new("reforme.yaml", text.as_bytes());
        let (reform, findings) = reform::read(SourceId(9), &source, &catalogue());
        assert!(reform.changes.is_empty(), "{text}");
        assert_eq!(findings.is_empty(), text.is_empty(), "{text}: {findings:?}");
    }
}
