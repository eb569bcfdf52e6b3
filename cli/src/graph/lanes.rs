//! The lanes of a flow: one for each place, portal or administration where something happens.

use mastara_engine::node::{Channel, Decider, Node, NodeKind};

use super::scene::Subject;

/// The lanes of a flow.
pub struct Lanes {
    /// Their names, in the order in which they are met.
    pub names: Vec<String>,
    /// The lane of each node, by its rank.
    pub of_node: Vec<usize>,
}

impl Lanes {
    /// The lanes of a version.
    pub fn of(subject: &Subject<'_>) -> Self {
        let flow = &subject.version.flow;
        let mut this = Self { names: Vec::new(), of_node: vec![0; flow.len()] };
        let mut known: Vec<Option<usize>> = vec![None; flow.len()];
        for (id, node) in flow.nodes() {
            known[id.index()] = own_lane(subject, node).map(|name| this.lane(name));
        }
        // What has no place of its own stands where the person comes from, or else goes to.
        for (id, _) in flow.nodes() {
            if known[id.index()].is_none() {
                let before = flow.sources(id).filter(|from| *from < id).min().and_then(|from| known[from.index()]);
                let after = || flow.branches(id).into_iter().find_map(|(_, to)| known[to.index()]);
                known[id.index()] = before.or_else(after);
            }
        }
        if this.names.is_empty() {
            this.lane(subject.phrases.words.get("graph.lane.own").to_owned());
        }
        this.of_node = known.into_iter().map(Option::unwrap_or_default).collect();
        this
    }

    fn lane(&mut self, name: String) -> usize {
        self.names.iter().position(|other| *other == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }
}

/// The lane that a node names itself.
fn own_lane(subject: &Subject<'_>, node: &Node) -> Option<String> {
    let (phrases, words) = (&subject.phrases, subject.phrases.words);
    Some(match &node.kind {
        NodeKind::Step(step) => match &step.channel {
            Channel::Counter(place) | Channel::Private(place) => phrases.place(place),
            Channel::Portal(portal) => phrases.portal(portal),
            Channel::Online => words.get("graph.lane.online").to_owned(),
            Channel::Post | Channel::Phone | Channel::Home => words.get("graph.lane.own").to_owned(),
        },
        NodeKind::Decision(Decider::Authority(name)) | NodeKind::Wait(Some(name)) => phrases.authority(name),
        NodeKind::Wait(None) => phrases.authority(&subject.procedure.authority),
        NodeKind::Decision(_) | NodeKind::Fork | NodeKind::Outcome(_) => return None,
    })
}
