//! Any bytes as a file of changes: mistakes are findings; no panic, no hang.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mastara_dsl::{
    compile::compile,
    message::message,
    reform,
    source::{Source, SourceId},
};
use mastara_engine::text::Lang;

const SHARED: &[(&str, &str)] = &[
    ("vocabulary/authorities.yaml", "A: { fr: A, ar: أ }\n"),
    ("vocabulary/documents.yaml", "cnie: { fr: C, ar: ب, issuer: A }\n"),
    ("vocabulary/registers.yaml", "r: { fr: R, ar: س, authority: A, supplies: [cnie] }\n"),
    ("vocabulary/sectors.yaml", "x: { fr: X, ar: س }\n"),
];

fuzz_target!(|bytes: &[u8]| {
    let compiled = compile(SHARED.iter().map(|(path, text)| Source::new(*path, text.as_bytes())).collect());
    let (_, findings) = reform::read(SourceId(0), &Source::new("reforme.yaml", bytes), &compiled);
    for finding in &findings {
        let _ = message(finding, Lang::Fr);
    }
});
