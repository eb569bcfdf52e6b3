//! Any lines as the body of a version: they compile without panic, and formatting them twice is formatting them once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mastara_dsl::{compile::compile, format::format, source::Source, verify::verify};

const HEAD: &str = "---\nid: x/y\nlangue: fr\nresponsable: A\nusagers: [citoyen]\nstatut: brouillon\n---\n\
                    procédure: X\nversion v depuis 2020-01-01: V\n";

fuzz_target!(|body: &str| {
    let text = format!("{HEAD}{body}");
    let once = format(&text, None);
    assert_eq!(format(&once, None), once);
    verify(&compile(vec![Source::new("procedures/x/y.mastara", text.as_bytes())]));
});
