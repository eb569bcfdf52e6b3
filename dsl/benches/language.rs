//! How long it takes to read procedures: the words alone, a file, the whole catalogue.
//!
//! `cargo bench -p mastara-dsl`. Figures of a noisy machine are compared within one run only.

use std::path::Path;

use divan::{Bencher, counter::BytesCount};
use mastara_dsl::{compile, disk, finding::Findings, format, header, parse, source, source::Source};
use mastara_engine::text::Lang;

fn main() {
    divan::main();
}

fn catalog() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    disk::read_catalog(&folder).expect("the catalogue is part of the repository")
}

fn procedures() -> Vec<Source> {
    catalog().into_iter().filter(|source| source.path().starts_with("procedures")).collect()
}

fn bytes(sources: &[Source]) -> BytesCount {
    BytesCount::new(sources.iter().map(|source| source.text().len()).sum::<usize>())
}

/// Every line of every body by pest, with nothing made of it: the share of the grammar.
#[divan::bench]
fn grammar_alone(bencher: Bencher) {
    let sources = procedures();
    bencher.counter(bytes(&sources)).bench(|| {
        let mut facts = 0;
        for source in &sources {
            let mut findings = Findings::new(source::SourceId(0));
            let body = header::frame(source.text()).ok().flatten().map_or(0, |frame| frame.body);
            for (at, line) in source::lines(&source.text()[body..]) {
                facts += usize::from(parse::parse(&parse::Line::new(at, line), Lang::Fr, &mut findings).is_some());
            }
        }
        facts
    });
}

/// The headers by the YAML reader.
#[divan::bench]
fn headers_alone(bencher: Bencher) {
    let sources = procedures();
    bencher.counter(bytes(&sources)).bench(|| {
        for source in &sources {
            let mut findings = Findings::new(source::SourceId(0));
            if let Ok(Some(frame)) = header::frame(source.text()) {
                divan::black_box(header::read(source.text(), frame, &mut findings));
            }
        }
    });
}

/// The vocabulary alone.
#[divan::bench]
fn vocabulary_alone(bencher: Bencher) {
    let sources: Vec<_> = catalog().into_iter().filter(|source| source.path().starts_with("vocabulary")).collect();
    bencher.counter(bytes(&sources)).bench(|| compile::compile(sources.clone()));
}

/// Everything, on one thread and on all.
#[divan::bench(args = [1, 2])]
fn whole_catalogue(bencher: Bencher, threads: usize) {
    let sources = catalog();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a small pool can be made");
    bencher.counter(bytes(&sources)).bench(|| pool.install(|| compile::compile(sources.clone())));
}

/// The canonical layout of every procedure.
#[divan::bench]
fn format_all(bencher: Bencher) {
    let sources = procedures();
    bencher
        .counter(bytes(&sources))
        .bench(|| sources.iter().map(|source| format::format(source.text(), None).len()).sum::<usize>());
}
