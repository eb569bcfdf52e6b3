//! The papers that procedures demand of one another.

mod support;

use mastara_engine::{
    documents::{Demander, Documents},
    procedure::Procedure,
    vocabulary::Vocabulary,
};
use support::{
    make::*,
    papers::{known, procedure},
};

fn link<'c>(procedures: &'c [Procedure], demands: &[(&[&str], &[&str])], natural: &[(&str, &str)]) -> Documents<'c> {
    let names = |list: &[&str]| list.iter().map(|document| name(document)).collect::<Vec<_>>();
    let demanders = procedures.iter().zip(demands).map(|(procedure, (usual, at_times))| Demander {
        procedure,
        version: &procedure.versions[0],
        usual: names(usual),
        listed: names(&[*usual, *at_times].concat()),
    });
    let mut vocabulary = Vocabulary::default();
    let delivered = procedures.iter().flat_map(|procedure| {
        let steps = procedure.versions[0].flow.nodes().filter_map(|(_, node)| node.step());
        steps.flat_map(|step| &step.receives).map(|receives| receives.paper.document.clone())
    });
    for document in delivered {
        let issuer = Some(name(if document.as_str() == "lease" { "landlord" } else { "anybody" }));
        vocabulary.documents.insert(document, known(issuer, None));
    }
    for (document, procedure) in natural {
        let document = name(document);
        vocabulary.documents.insert(document, known(None, Some(name(procedure))));
    }
    Documents::new(demanders.collect(), &vocabulary)
}

#[test]
fn a_chain_goes_from_paper_to_paper() {
    let all = [procedure("house", None), procedure("deed", Some("deed")), procedure("birth", Some("birth"))];
    let documents = link(&all, &[(&["deed"], &["birth"]), (&["birth", "photo"], &[]), (&[], &[])], &[]);
    let depths = documents.depths();
    assert_eq!(depths, [2, 1, 0]);
    assert_eq!(documents.chain(0, &depths), [(0, Some(&name("deed"))), (1, Some(&name("birth"))), (2, None)]);
    assert!(documents.cycles().is_empty());
    let birth = &documents.uses["birth"];
    assert_eq!(
        (birth.demanded(), &birth.usual[..], &birth.at_times[..], birth.maker),
        (2, &[1][..], &[0][..], Some(2))
    );
    assert_eq!(documents.uses["photo"].maker, None);
}

#[test]
fn of_several_makers_the_natural_one_is_gone_to() {
    let all = [procedure("first", Some("card")), procedure("again", Some("card")), procedure("vote", None)];
    let demands: &[(&[&str], &[&str])] = &[(&[], &[]), (&["card"], &[]), (&["card"], &[])];
    assert_eq!(link(&all, demands, &[]).uses["card"].maker, None);
    let documents = link(&all, demands, &[("card", "first")]);
    assert_eq!(documents.needs(2), [(0, &name("card"))]);
    // A renewal asks for the old card: that is no cycle.
    assert!(documents.cycles().is_empty());
    // The vocabulary names a procedure that does not deliver it: nobody is chosen among those that do.
    assert_eq!(link(&all, demands, &[("card", "vote")]).uses["card"].maker, None);
}

#[test]
fn a_generic_paper_leads_nowhere() {
    let all = [procedure("town-land", Some("lease")), procedure("home", None)];
    let documents = link(&all, &[(&[], &[]), (&["lease"], &[])], &[]);
    assert_eq!((documents.uses["lease"].maker, documents.needs(1)), (None, Vec::new()));
}

#[test]
fn a_cycle_is_told_and_chains_still_end() {
    let all = [
        procedure("card", Some("card")),
        procedure("home", Some("home")),
        procedure("birth", Some("birth")),
        procedure("vote", None),
    ];
    let demands: &[(&[&str], &[&str])] = &[(&["home"], &[]), (&["card", "birth"], &[]), (&[], &[]), (&["card"], &[])];
    let documents = link(&all, demands, &[]);
    assert_eq!(documents.cycles(), [[0, 1]]);
    let depths = documents.depths();
    assert_eq!(depths, [1, 1, 0, 2]);
    let (card, home, birth) = (name("card"), name("home"), name("birth"));
    assert_eq!(documents.chain(3, &depths), [(3, Some(&card)), (0, Some(&home)), (1, Some(&birth)), (2, None)]);
    assert_eq!(documents.chain(1, &depths), [(1, Some(&birth)), (2, None)]);
}
