//! Examples found for what the catalogue's examples leave out, pasted into their files in every dialect: they are read, they
//! hold, they are in canonical layout, and nothing is left out any more.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case has failed")]

use std::{collections::BTreeSet, path::Path};

use mastara_dsl::{
    compile::{Compiled, Entry, compile},
    disk,
    example::{Style, insert, place, write},
    finding::Code,
    format::format,
    source::Source,
    verify::verify,
};
use mastara_engine::{
    answers::Answers,
    coverage::{Point, points, seek, taken},
    procedure::{Example, Version},
    program::Program,
    run::run,
    text::{Lang, Text},
};

/// What says that an example, or a line of one, is wrong.
const FLAWS: [Code; 8] = [
    Code::ExampleOffPath,
    Code::ExampleStuck,
    Code::UnknownNode,
    Code::UnknownQuestion,
    Code::UnknownCase,
    Code::WrongType,
    Code::WrongUnit,
    Code::MissingTranslation,
];

/// The catalogue in a dialect; of its procedures, one in so many.
fn catalogue(dialect: Lang, one_in: usize) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let sources = disk::read_catalog(&folder).unwrap().into_iter();
    let translate = |source: Source| match source.path().extension().is_some_and(|end| end == "mastara") {
        true => Source::new(source.path(), format(source.text(), Some(dialect)).as_bytes()),
        false => source,
    };
    let is_procedure = |source: &Source| source.path().starts_with("procedures");
    let kept = sources.enumerate().filter(|(at, source)| !is_procedure(source) || at % one_in == 0);
    kept.map(|(_, source)| translate(source)).collect()
}

/// What the examples of a version do not take.
fn left(version: &Version, program: &Program) -> BTreeSet<Point> {
    let mut left = points(&version.flow);
    for example in &version.examples {
        let person = Answers::of_example(&version.flow, example);
        let Ok(walk) = run(program, &person) else { continue };
        taken(&version.flow, &person, &walk).iter().for_each(|point| {
            left.remove(point);
        });
    }
    left
}

/// The file of a procedure with everything suggested for it, how many blocks, and whether all was found.
fn pasted(entry: &Entry, compiled: &Compiled, count: &mut usize) -> String {
    let text = compiled.source(entry.source).text();
    let style = Style::of(text);
    let mut title = Text::new(Lang::Fr, "à nommer");
    title.set(Lang::Ar, "بلا اسم");
    let starts: Vec<u32> = entry.lowered.origins.iter().map(|origins| origins.version.start).collect();
    let mut places = Vec::new();
    for (version, start) in entry.lowered.procedure.versions.iter().zip(&starts) {
        let Ok(program) = Program::compile(&version.flow) else { continue };
        let sought = seek(&version.flow, &program, &left(version, &program));
        let block = |example: &Example| {
            let example = Example { title: title.clone(), ..example.clone() };
            write(&example, &version.flow, &["remarque".to_owned()], style)
        };
        let blocks: Vec<String> = sought.people.iter().map(|person| block(&person.example)).collect();
        *count += blocks.len();
        places.push((place(text, *start, starts.iter().copied()), blocks));
    }
    places.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    places.into_iter().fold(text.to_owned(), |text, (place, blocks)| insert(&text, place, &blocks))
}

/// How many examples, and how many findings about them.
fn count(compiled: &Compiled) -> (usize, usize) {
    let examples = compiled.procedures().flat_map(|procedure| &procedure.versions);
    let found = verify(compiled);
    let flaws = compiled.findings.iter().chain(&found).filter(|finding| FLAWS.contains(&finding.code));
    (examples.map(|version| version.examples.len()).sum(), flaws.count())
}

fn check(dialect: Lang, one_in: usize) {
    let before = compile(catalogue(dialect, one_in));
    let mut suggested = 0;
    let mut sources = before.sources.clone();
    for entry in &before.entries {
        let text = pasted(entry, &before, &mut suggested);
        let at = entry.source.0 as usize;
        if format(before.sources[at].text(), None) == before.sources[at].text() {
            assert_eq!(format(&text, None), text, "{}", before.sources[at].name());
        }
        sources[at] = Source::new(before.sources[at].path(), text.as_bytes());
    }
    let after = compile(sources);
    let ((examples, flaws), (more, other_flaws)) = (count(&before), count(&after));
    assert_eq!((more, other_flaws), (examples + suggested, flaws), "{dialect:?}");
    assert!(suggested > 100, "only {suggested} were suggested");
    let (mut missed, mut total) = (0, 0);
    for version in after.procedures().flat_map(|procedure| &procedure.versions) {
        let Ok(program) = Program::compile(&version.flow) else { continue };
        let sought = seek(&version.flow, &program, &left(version, &program));
        assert!(sought.people.is_empty(), "{}: something is still suggested", version.name);
        missed += sought.missed.len();
        total += points(&version.flow).len();
    }
    println!("{dialect:?}: {suggested} suggested; {missed} of {total} not found");
    assert!(missed * 100 <= total, "{missed} of {total} were not found");
}

#[test]
fn suggestions_hold_in_french() {
    check(Lang::Fr, 1);
}

#[test]
fn suggestions_hold_in_arabic() {
    check(Lang::Ar, 5);
}

#[test]
fn suggestions_hold_in_english() {
    check(Lang::En, 5);
}
