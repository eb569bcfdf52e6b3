//! Which procedure gives which paper, as a tree that fits the terminal.

use std::collections::{BTreeMap, BTreeSet};

use mastara_engine::text::Name;

use super::{Linked, Sum};
use crate::{
    context::Context,
    paint::{Tone, paint},
    paragraph::wrap,
};

/// The tree of some procedures, at most so many lines of papers. Each procedure is opened once; where it comes again it says so.
pub fn tree(linked: &Linked<'_>, sum: &Sum, roots: usize, most: usize, context: &Context) -> String {
    let makers = sum.makers();
    let opened = (0..roots).collect();
    let mut tree = Tree { linked, sum, makers: &makers, context, roots, opened, lines: Vec::new(), most, left: 0 };
    for root in 0..roots {
        let id = tree.id(root);
        tree.lines.push(format!("{id}\n"));
        tree.below(root, "");
    }
    tree.lines.concat() + &context.more("together.more", tree.left)
}

struct Tree<'a> {
    linked: &'a Linked<'a>,
    sum: &'a Sum,
    makers: &'a BTreeMap<usize, Vec<(usize, Vec<&'a Name>)>>,
    context: &'a Context,
    roots: usize,
    opened: BTreeSet<usize>,
    lines: Vec<String>,
    most: usize,
    left: usize,
}

impl Tree<'_> {
    fn id(&self, member: usize) -> String {
        let id = self.linked.procedure(self.sum.closure.members[member]).id.as_str();
        paint(Tone::Accent, &self.context.words.id(id))
    }

    fn below(&mut self, member: usize, indent: &str) {
        let Some(makers) = self.makers.get(&member) else { return };
        for (at, (from, papers)) in makers.iter().enumerate() {
            let is_last = at + 1 == makers.len();
            let is_new = self.opened.insert(*from);
            if self.lines.len() < self.most {
                self.line(indent, is_last, *from, papers, is_new);
            } else {
                self.left += 1;
            }
            if is_new {
                self.below(*from, &format!("{indent}{}", if is_last { "  " } else { "│ " }));
            }
        }
    }

    fn line(&mut self, indent: &str, is_last: bool, from: usize, papers: &[&Name], is_new: bool) {
        let words = &self.context.words;
        let titles: Vec<_> = papers.iter().map(|paper| self.linked.paper(paper, self.context)).collect();
        let mut marks = Vec::new();
        // What the person goes through anyhow need not be kept.
        if from >= self.roots && papers.iter().all(|paper| self.linked.is_lasting(paper)) {
            let is_estimated = papers.iter().any(|paper| self.linked.is_validity_estimated(paper));
            marks.push(words.get(if is_estimated { "together.lasting-estimated" } else { "together.lasting" }));
        }
        if !is_new {
            marks.push(words.get("together.again"));
        }
        let marks =
            if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(words.get("list.comma"))) };
        let branch = if is_last { "└ " } else { "├ " };
        let id = words.id(self.linked.procedure(self.sum.closure.members[from]).id.as_str());
        let line = format!("{}{}{id}{marks}", titles.join(words.get("list.comma")), words.get("list.colon"));
        // A long line goes on below its paper, the stem of the tree beside it.
        let room = self.context.width.saturating_sub(indent.chars().count() + 2).max(20);
        let stem = if is_last { "  " } else { "│ " };
        for (at, part) in wrap(&line, room, 0).lines().enumerate() {
            let lead = if at == 0 { branch } else { stem };
            self.lines.push(format!("{indent}{lead}{part}\n"));
        }
    }
}
