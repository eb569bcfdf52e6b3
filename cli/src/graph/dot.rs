//! A scene as text for Graphviz.

use std::fmt::Write as _;

use mastara_engine::{node::Nature, text::Lang};

use super::{scene::Scene, shape::Shape};

/// Writes a scene.
pub fn dot(scene: &Scene, lang: Lang) -> String {
    let direction = if lang == Lang::Ar { "RL" } else { "LR" };
    let mut text = format!(
        "digraph mastara {{\n  rankdir={direction};\n  label={};\n  labelloc=t;\n  node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n",
        quote(&format!("{}\n{}", scene.title, scene.subtitle))
    );
    for (lane, name) in scene.lanes.iter().enumerate() {
        let _ = writeln!(text, "  subgraph cluster_{lane} {{\n    label={};", quote(name));
        for item in scene.items.iter().filter(|item| item.lane == lane) {
            let mut lines = vec![item.title.as_str()];
            lines.extend((!item.note.is_empty()).then_some(item.note.as_str()));
            lines.extend(item.facts.iter().map(|fact| fact.text.as_str()));
            let style = style(item.shape, item.is_lit);
            let _ = writeln!(text, "    {} [label={}, {style}];", quote(&item.name), quote(&lines.join("\n")));
        }
        text.push_str("  }\n");
    }
    for arrow in &scene.arrows {
        let (from, to) = (&scene.items[arrow.from].name, &scene.items[arrow.to].name);
        let mut style = String::new();
        if arrow.is_return || arrow.is_silence {
            style.push_str(if arrow.is_return { ", style=dashed, constraint=false" } else { ", style=dotted" });
        }
        style.push_str(if arrow.is_lit { ", penwidth=3" } else { "" });
        let _ = writeln!(text, "  {} -> {} [label={}{style}];", quote(from), quote(to), quote(&arrow.text()));
    }
    text.push_str("}\n");
    text
}

fn style(shape: Shape, is_lit: bool) -> String {
    let style = match shape {
        Shape::Start => "shape=point, width=0.15",
        Shape::Step(_) => "shape=box, style=rounded",
        Shape::Decision(_) => "shape=diamond",
        Shape::Wait => "shape=box, style=\"rounded,dashed\"",
        Shape::Bar => "shape=box, style=filled, fillcolor=black, width=0.08, height=0.7",
        Shape::Outcome(Nature::Granted) => "shape=ellipse, peripheries=2",
        Shape::Outcome(Nature::Refused) => "shape=octagon",
        Shape::Outcome(_) => "shape=octagon, style=dashed",
    };
    format!("{style}{}", if is_lit { ", penwidth=3" } else { "" })
}

/// A quoted string: quotes and backslashes are escaped, a line end becomes a centred break.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_cannot_break_out() {
        assert_eq!(quote("a \"b\" \\ c\nd"), r#""a \"b\" \\ c\nd""#);
    }
}
