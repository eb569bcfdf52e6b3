//! Any bytes as a file among a small vocabulary: compiled, verified, formatted, translated; no panic, no hang.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mastara_dsl::{compile::compile, format::format, message::message, source::Source, verify::verify};
use mastara_engine::text::Lang;

const SHARED: &[(&str, &str)] = &[
    ("vocabulary/authorities.yaml", "A: { fr: A, ar: أ }\n"),
    ("vocabulary/documents.yaml", "cnie: { fr: C, ar: ب, issuer: A }\nphoto: { fr: P, ar: ص }\n"),
    ("vocabulary/places.yaml", "commune: { fr: C, ar: ج, authority: A }\n"),
    ("vocabulary/sectors.yaml", "x: { fr: X, ar: س }\n"),
    ("fragments/f.mastara", "---\nid: f\nlangue: fr\n---\nfragment(a): F\n  fournit {a} x2\n  utilise f(a: {a})\n"),
];

fuzz_target!(|bytes: &[u8]| {
    let mut sources: Vec<_> = SHARED.iter().map(|(path, text)| Source::new(*path, text.as_bytes())).collect();
    let source = Source::new("procedures/x/y.mastara", bytes);
    let once = format(source.text(), None);
    assert_eq!(format(&once, None), once);
    let away = format(&once, Some(Lang::Ar));
    assert_eq!(format(&away, Some(Lang::Ar)), away);
    sources.push(source);
    let compiled = compile(sources);
    for finding in compiled.findings.iter().chain(&verify(&compiled)) {
        let source = compiled.source(finding.source);
        source.position(finding.span.start);
        let _ = message(finding, Lang::Ar);
    }
});
