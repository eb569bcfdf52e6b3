//! Items that no node of the flow stands for: the start, and the bars where branches done side by side have all ended.

use std::collections::HashMap;

use mastara_engine::flow::{Flow, Guard, NodeId};

use super::{
    scene::{Arrow, Item, Scene},
    shape::Shape,
};

impl Scene {
    /// Puts a bar before each node where branches done side by side join.
    pub(super) fn bars(&mut self, flow: &Flow, ranks: &HashMap<NodeId, usize>) {
        let mut bars: HashMap<usize, usize> = HashMap::new();
        for (id, _) in flow.nodes() {
            let branches = flow.branches(id);
            let Some(join) = branches.iter().find(|(branch, _)| branch.guard == Guard::Join).map(|(_, to)| *to) else {
                continue;
            };
            let Some(&target) = ranks.get(&join) else { continue };
            let mut inside = Vec::new();
            let mut open: Vec<NodeId> = branches.iter().map(|(_, to)| *to).filter(|to| *to != join).collect();
            while let Some(node) = open.pop() {
                if !inside.contains(&ranks[&node]) && node > id {
                    inside.push(ranks[&node]);
                    open.extend(flow.branches(node).into_iter().map(|(_, to)| to).filter(|to| *to != join));
                }
            }
            let bar = *bars.entry(target).or_insert_with(|| self.bar(target));
            for arrow in self.arrows.iter_mut().filter(|arrow| arrow.to == target && inside.contains(&arrow.from)) {
                arrow.to = bar;
            }
        }
    }

    /// A bar before an item, and the arrow between them.
    fn bar(&mut self, target: usize) -> usize {
        let (bar, next) = (self.items.len(), &self.items[target]);
        let (is_lit, name) = (next.is_lit, format!("{}.join", next.name));
        self.items.push(Item {
            name,
            lane: next.lane,
            shape: Shape::Bar,
            title: String::new(),
            note: String::new(),
            facts: Vec::new(),
            description: String::new(),
            is_main: next.is_main,
            is_lit,
        });
        self.arrows.push(Arrow::plain(bar, target, is_lit));
        bar
    }

    /// Puts a mark where it begins.
    pub(super) fn start(&mut self) {
        let Some(entry) = self.items.first() else { return };
        let (start, is_lit) = (self.items.len(), entry.is_lit);
        self.items.push(Item {
            name: "start".to_owned(),
            lane: entry.lane,
            shape: Shape::Start,
            title: String::new(),
            note: String::new(),
            facts: Vec::new(),
            description: String::new(),
            is_main: true,
            is_lit,
        });
        self.arrows.push(Arrow::plain(start, 0, is_lit));
    }
}
