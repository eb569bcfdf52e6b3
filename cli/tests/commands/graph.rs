//! `graph`: pictures that every reader can read.

use crate::walk::{catalog, flat};

fn graph(args: &[&str]) -> String {
    let mut all = vec!["graph", "licence", "--version", "papier"];
    all.extend(args);
    let run = catalog().run(&all);
    assert_eq!(run.code, 0, "{}", run.err);
    run.out
}

/// Panics unless the text is well-formed XML, as far as elements, attributes and entities go.
fn assert_well_formed(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        assert_entities(&rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag is closed");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "elements nest");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        assert_attributes(tag[name.len()..].trim_end_matches('/'));
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!((open.as_slice(), rest.trim()), (&[][..], ""));
}

fn assert_entities(text: &str) {
    for part in text.split('&').skip(1) {
        let entity = part.split(';').next().unwrap();
        let known = ["lt", "gt", "amp", "quot"].contains(&entity) || entity.starts_with('#');
        assert!(known && part.contains(';'), "&{part}");
    }
}

fn assert_attributes(text: &str) {
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").expect("an attribute has a quoted value");
        assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-:".contains(letter)), "{name}");
        let (value, more) = value.split_once('"').expect("a value is closed");
        assert_entities(value);
        rest = more.trim_start();
    }
}

#[test]
fn the_picture_is_well_formed_whatever_titles_say() {
    for lang in ["fr", "ar", "en"] {
        let svg = graph(&["--lang", lang]);
        assert_well_formed(&svg);
        assert!(svg.contains("role=\"img\"") && svg.contains("<desc"), "{svg}");
        assert!(svg.contains("prefers-color-scheme: dark") && svg.contains("viewBox=\"0 0 "));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(graph(&[]), graph(&[]));
    assert_eq!(graph(&["--format", "dot"]), graph(&["--format", "dot"]));
}

/// Where the outline of a node begins.
fn left(svg: &str, node: &str) -> f64 {
    let item = svg.split(&format!("data-node=\"{node}\"")).nth(1).unwrap();
    let path = item.split(" d=\"M").nth(1).unwrap();
    path.split([' ', 'L', 'h']).next().unwrap().parse().unwrap()
}

#[test]
fn arabic_goes_from_right_to_left() {
    let (french, arabic) = (graph(&["--lang", "fr"]), graph(&["--lang", "ar"]));
    assert!(arabic.contains("direction=\"rtl\"") && !french.contains("direction=\"rtl\""));
    assert!(left(&french, "depot") < left(&french, "instruction"));
    assert!(left(&arabic, "depot") > left(&arabic, "instruction"));
    assert!(arabic.contains("إيداع الملف") && arabic.contains("مرة واحدة على الأكثر"));
}

#[test]
fn every_kind_of_node_and_arrow_is_drawn() {
    let svg = graph(&[]);
    for class in
        ["item step", "item decision choice", "item decision ruling", "item decision facts", "item wait", "item bar"]
    {
        assert!(svg.contains(&format!("class=\"{class}\"")), "{class}");
    }
    for class in ["item outcome granted", "item outcome refused", "item outcome lapsed", "arrow back", "arrow silent"] {
        assert!(svg.contains(&format!("class=\"{class}\"")), "{class}");
    }
    assert_eq!(svg.matches("class=\"item bar\"").count(), 2, "a fork and its join");
    for said in ["au plus 1 fois", "silence : accord", "accordée", "refusée", "moins de 90 ans", "~60 %"] {
        assert!(flat(&svg).contains(said), "{said}");
    }
}

#[test]
fn the_way_of_a_person_is_lit_up() {
    let svg = graph(&["--with", "canal=guichet,complet=jamais"]);
    assert_well_formed(&svg);
    let is_lit = |node: &str| {
        let before = svg.split(&format!("data-node=\"{node}\"")).next().unwrap();
        before.rsplit("class=\"").next().unwrap().contains(" on\"")
    };
    assert!(is_lit("depot") && is_lit("ici") && is_lit("ailleurs") && is_lit("caduc"));
    assert!(!is_lit("envoi") && !is_lit("instruction") && !is_lit("fin"));
    assert!(!graph(&[]).contains(" on\""));
}

#[test]
fn text_for_other_tools_cannot_be_broken_by_titles() {
    let dot = graph(&["--format", "dot"]);
    assert!(
        dot.starts_with("digraph mastara {\n  rankdir=LR;") && dot.contains("Licence <b>\\\"gratuite\\\"</b> & simple")
    );
    let mermaid = graph(&["--format", "mermaid", "--lang", "ar"]);
    assert!(mermaid.contains("flowchart RL\n"), "{mermaid}");
    assert!(graph(&["--format", "mermaid"]).contains("title: \"Licence <b>\\\"gratuite\\\"</b> & simple\""));
}

#[test]
fn it_can_be_written_to_a_file() {
    let catalog = catalog();
    let file = catalog.path("picture.svg");
    let run = catalog.run(&["graph", "licence", "--out", file.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_well_formed(&catalog.read("picture.svg"));
    let run = catalog.run(&["graph", "licence", "--out", "nowhere/picture.svg"]);
    assert_eq!(run.code, 2);
}
