//! Two versions of a procedure side by side.

mod support;

use mastara_engine::{
    compare::{Comparison, Fate, Origin},
    flow::NodeId,
    node::Step,
    text::{Lang, Text},
};
use support::{make::*, version::version};

#[test]
fn every_node_is_accounted_for() {
    let plain = |label| step(label, Step::default());
    let older = version(chain(
        Vec::new(),
        vec![plain("file"), plain("queue"), plain("check"), plain("collect"), outcome("fin")],
    ));
    let mut request = plain("request");
    request.replaces = vec![name("file"), name("queue")];
    let mut pay = plain("pay");
    pay.replaces = vec![name("queue")];
    let mut newer = version(chain(Vec::new(), vec![request, pay, plain("rate"), outcome("fin")]));
    let why = Text::new(Lang::Fr, "contrôle automatique");
    newer.drops.push((vec![name("check")], why.clone()));
    let id = NodeId::at;
    assert_eq!(
        Comparison::between(&older, &newer),
        Comparison {
            older: vec![
                (id(0), Fate::ReplacedBy(vec![id(0)])),
                (id(1), Fate::ReplacedBy(vec![id(0), id(1)])),
                (id(2), Fate::Dropped(why)),
                (id(3), Fate::Unaccounted),
                (id(4), Fate::Kept(id(3))),
            ],
            newer: vec![
                (id(0), Origin::ReplacementFor(vec![id(0), id(1)])),
                (id(1), Origin::ReplacementFor(vec![id(1)])),
                (id(2), Origin::New),
                (id(3), Origin::Kept(id(4))),
            ],
        }
    );
}
