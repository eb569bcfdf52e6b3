//! A scene as text for Mermaid.

use std::fmt::Write as _;

use mastara_engine::{node::Nature, text::Lang};

use super::{
    scene::{Item, Scene},
    shape::Shape,
};

/// Writes a scene.
pub fn mermaid(scene: &Scene, lang: Lang) -> String {
    let direction = if lang == Lang::Ar { "RL" } else { "LR" };
    let mut text = format!("---\ntitle: {}\n---\nflowchart {direction}\n", yaml(&scene.title));
    for (lane, name) in scene.lanes.iter().enumerate() {
        let _ = writeln!(text, "  subgraph lane{lane}[{}]", quote(name));
        for (at, item) in scene.items.iter().enumerate().filter(|(_, item)| item.lane == lane) {
            let _ = writeln!(text, "    n{at}{}", node(item));
        }
        text.push_str("  end\n");
    }
    for arrow in &scene.arrows {
        let line = match (arrow.is_return || arrow.is_silence, arrow.is_lit) {
            (true, _) => "-.->",
            (false, true) => "==>",
            (false, false) => "-->",
        };
        let label = arrow.text();
        let label = if label.is_empty() { label } else { format!("|{}|", quote(&label)) };
        let _ = writeln!(text, "  n{} {line}{label} n{}", arrow.from, arrow.to);
    }
    let lit: Vec<_> =
        scene.items.iter().enumerate().filter(|(_, item)| item.is_lit).map(|(at, _)| format!("n{at}")).collect();
    if !lit.is_empty() {
        let _ = writeln!(text, "  classDef lit stroke-width:4px\n  class {} lit", lit.join(","));
    }
    text
}

fn node(item: &Item) -> String {
    let mut lines = vec![item.title.as_str()];
    lines.extend((!item.note.is_empty()).then_some(item.note.as_str()));
    lines.extend(item.facts.iter().map(|fact| fact.text.as_str()));
    let label = quote(&lines.join("\n"));
    match item.shape {
        Shape::Start => "((\" \"))".to_owned(),
        Shape::Bar => "[\" \"]".to_owned(),
        Shape::Step(_) => format!("[{label}]"),
        Shape::Decision(_) => format!("{{{label}}}"),
        Shape::Wait => format!("({label})"),
        Shape::Outcome(Nature::Granted) => format!("([{label}])"),
        Shape::Outcome(_) => format!("{{{{{label}}}}}"),
    }
}

/// A quoted label: what Mermaid or HTML would read as markup is written as entities.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("#quot;"),
            '#' => quoted.push_str("#35;"),
            '&' => quoted.push_str("#amp;"),
            '<' => quoted.push_str("#lt;"),
            '>' => quoted.push_str("#gt;"),
            '`' => quoted.push_str("#96;"),
            '\n' => quoted.push_str("<br/>"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A string of YAML.
fn yaml(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_cannot_break_out() {
        assert_eq!(quote("a \"b\" <c> #1\nd"), "\"a #quot;b#quot; #lt;c#gt; #35;1<br/>d\"");
    }
}
