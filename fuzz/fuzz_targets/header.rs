//! Any bytes as a header: no panic, no hang.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mastara_dsl::{finding::Findings, header, source::SourceId};

fuzz_target!(|text: &str| {
    let text = format!("---\n{text}\n---\n");
    if let Ok(Some(frame)) = header::frame(&text) {
        header::read(&text, frame, &mut Findings::new(SourceId(0)));
    }
});
