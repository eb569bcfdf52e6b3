//! How large, how well sourced and how varied a catalogue is, over the versions in force.
//!
//! INVARIANT: every figure is a count of listed procedures, nodes or words; nothing here is shown or serialised.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use mastara_dsl::compile::Compiled;
use mastara_engine::{
    documents::Documents,
    likeness::{Form, Papers},
    node::{Channel, Node, NodeKind, Provenance},
    procedure::{DecisionList, Procedure, Version},
    quantity::Delay,
    text::Name,
    vocabulary::Vocabulary,
};
use rayon::prelude::*;

use super::lists::{self, GROUPS, Held};
use crate::survey::{Line, Survey};

/// The text that caps every delay (law 55-19, art. 16); standing alone it tells nothing of the procedure.
const CAP: &str = "loi-55-19";

/// How many nearest pairs are kept.
const NEAREST: usize = 20;

/// What is counted.
#[derive(Debug)]
pub struct Stats<'c> {
    /// By sector, authority, audience and level.
    pub survey: &'c Survey<'c>,
    /// The papers.
    pub documents: &'c Documents<'c>,
    /// The words.
    pub vocabulary: &'c Vocabulary,
    /// Versions, of all dates.
    pub versions: usize,
    /// How many procedures tell what, in the order in which it is shown.
    pub shares: Vec<(&'static str, usize)>,
    /// Words of the vocabulary in use and defined, by kind.
    pub words: Vec<(&'static str, usize, usize)>,
    /// Steps, and those that a fragment wrote or completed.
    pub steps: (usize, usize),
    /// Nodes by the fragment behind them, the most used first.
    pub fragments: Vec<(Name, usize)>,
    /// The lists of decisions under law 55-19.
    pub lists: Vec<Held>,
    /// Procedures that share their flow, papers included; only sets of two or more.
    pub families: Vec<Vec<&'c Name>>,
    /// How many procedures share the bare course with another.
    pub same_course: usize,
    /// The pairs most alike that are not of one family.
    pub nearest: Vec<(f64, &'c Name, &'c Name)>,
}

/// What a version says of its delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    Sourced,
    Spot,
    Capped,
    Estimated,
    Untold,
}

impl<'c> Stats<'c> {
    /// Counts.
    pub fn new(compiled: &'c Compiled, survey: &'c Survey<'c>, documents: &'c Documents<'c>) -> Self {
        let vocabulary = &compiled.vocabulary;
        let (families, same_course, nearest) = variety(&survey.lines);
        let nodes = || survey.lines.iter().flat_map(|line| line.version.flow.nodes().map(|(_, node)| node));
        let steps: Vec<&Node> = nodes().filter(|node| node.step().is_some()).collect();
        let mut fragments: BTreeMap<&Name, usize> = BTreeMap::new();
        for name in nodes().flat_map(|node| &node.fragments) {
            *fragments.entry(name).or_default() += 1;
        }
        let mut fragments: Vec<_> = fragments.into_iter().map(|(name, count)| (name.clone(), count)).collect();
        fragments.sort_by_key(|(_, count)| Reverse(*count));
        Self {
            survey,
            documents,
            vocabulary,
            versions: compiled.procedures().map(|procedure| procedure.versions.len()).sum(),
            shares: shares(&survey.lines, vocabulary),
            words: words(compiled, vocabulary),
            steps: (steps.len(), steps.iter().filter(|node| !node.fragments.is_empty()).count()),
            fragments,
            lists: lists::held(&survey.lines, vocabulary),
            families,
            same_course,
            nearest,
        }
    }

    /// How many procedures.
    pub fn procedures(&self) -> usize {
        self.survey.lines.len()
    }

    /// How many procedures share their flow with another.
    pub fn in_families(&self) -> usize {
        self.families.iter().map(Vec::len).sum()
    }
}

fn shares(lines: &[Line<'_>], vocabulary: &Vocabulary) -> Vec<(&'static str, usize)> {
    let count = |holds: &dyn Fn(&Line<'_>) -> bool| lines.iter().filter(|line| holds(line)).count();
    let terms: Vec<Term> = lines.iter().map(|line| term(line.version, vocabulary)).collect();
    let of_term = |wanted: Term| terms.iter().filter(|term| **term == wanted).count();
    let examples =
        |line: &Line<'_>| line.procedure.versions.iter().map(|version| version.examples.len()).sum::<usize>();
    let fees = |line: &Line<'_>| -> Vec<bool> {
        let steps = line.version.flow.nodes().filter_map(|(_, node)| node.step());
        steps.flat_map(|step| &step.payments).map(|payment| payment.estimated).collect()
    };
    let is_open = |line: &Line<'_>| !line.now.standing.fees_known;
    let on_list =
        |(name, lists): (&'static str, &'static [DecisionList])| (name, count(&|line| line.procedure.is_on(lists)));
    let mut shares = vec![
        ("several-versions", count(&|line| line.procedure.versions.len() > 1)),
        ("planned", count(&|line| line.procedure.versions.iter().any(|version| version.is_planned))),
        ("legal", count(&|line| has_legal_basis(line, false))),
        ("article", count(&|line| has_legal_basis(line, true))),
        ("delay", lines.len() - of_term(Term::Untold) - of_term(Term::Estimated)),
        ("delay-sourced", of_term(Term::Sourced)),
        ("delay-spot", of_term(Term::Spot)),
        ("delay-capped", of_term(Term::Capped)),
        ("delay-estimated", of_term(Term::Estimated)),
        ("fee", count(&|line| !fees(line).is_empty())),
        (
            "fee-sourced",
            count(&|line| !is_open(line) && !fees(line).is_empty() && fees(line).iter().all(|estimated| !estimated)),
        ),
        ("fee-estimated", count(&|line| fees(line).iter().any(|estimated| *estimated))),
        ("unknown-fees", count(&is_open)),
        ("examples", count(&|line| examples(line) > 0)),
        ("two-examples", count(&|line| examples(line) > 1)),
        ("volume", count(&|line| line.procedure.volume.is_some())),
    ];
    shares.extend(GROUPS.map(on_list));
    shares.push(("reconstructed", count(&|line| line.version.provenance == Provenance::Reconstructed)));
    shares
}

/// Whether a procedure, its version in force or a node of that rests on a text of its own. Law 55-19 governs all
/// procedures, so it founds none.
fn has_legal_basis(line: &Line<'_>, with_article: bool) -> bool {
    let nodes = line.version.flow.nodes().flat_map(|(_, node)| node.citations());
    let mut all = line.procedure.legal.iter().chain(&line.version.legal).chain(nodes);
    all.any(|citation| citation.text.as_str() != CAP && (!with_article || citation.article.is_some()))
}

/// The best that is known of any wait for an administration: who cites a text for one knows the term of the procedure.
fn term(version: &Version, vocabulary: &Vocabulary) -> Term {
    let mut best = Term::Spot;
    let mut seen = false;
    for (_, node) in version.flow.nodes() {
        // What a person, a bank or a doctor takes is no term of the administration.
        let is_public = |authority: &Name| !vocabulary.authorities.get(authority).is_some_and(|known| known.is_private);
        let is_wait = matches!(&node.kind, NodeKind::Wait(Some(authority)) if is_public(authority));
        if !is_wait && node.clock.legal.is_none() {
            continue;
        }
        let own = match &node.clock.legal {
            Some(known) if known.estimated => Term::Estimated,
            Some(known) if known.value == Delay::Immediate => continue,
            Some(known) if known.legal.as_ref().is_some_and(|legal| legal.text.as_str() == CAP) => Term::Capped,
            Some(_) => Term::Sourced,
            None => match &node.clock.usual {
                Some(known) if known.value == Delay::Immediate => continue,
                Some(known) if !known.estimated => Term::Sourced,
                Some(_) => Term::Estimated,
                None => Term::Untold,
            },
        };
        let rank = |term: Term| match term {
            Term::Sourced => 0,
            Term::Capped => 1,
            Term::Estimated => 2,
            Term::Untold => 3,
            Term::Spot => 4,
        };
        if !seen || rank(own) < rank(best) {
            best = own;
        }
        seen = true;
    }
    best
}

/// Words in use over the versions of all dates.
fn words(compiled: &Compiled, vocabulary: &Vocabulary) -> Vec<(&'static str, usize, usize)> {
    let mut used: BTreeMap<&'static str, BTreeSet<&Name>> = BTreeMap::new();
    for procedure in compiled.procedures() {
        collect(procedure, vocabulary, &mut used);
    }
    let count = |kind: &str| used.get(kind).map_or(0, BTreeSet::len);
    vec![
        ("documents", count("documents"), vocabulary.documents.len()),
        ("authorities", count("authorities"), vocabulary.authorities.len()),
        ("places", count("places"), vocabulary.places.len()),
        ("portals", count("portals"), vocabulary.portals.len()),
        ("registers", count("registers"), vocabulary.registers.len()),
        ("fees", count("fees"), vocabulary.fees.len()),
        ("texts", count("texts"), vocabulary.texts.len()),
    ]
}

fn collect<'c>(
    procedure: &'c Procedure,
    vocabulary: &Vocabulary,
    used: &mut BTreeMap<&'static str, BTreeSet<&'c Name>>,
) {
    let mut add = |kind: &'static str, name: &'c Name| {
        used.entry(kind).or_default().insert(name);
    };
    add("authorities", &procedure.authority);
    procedure.portal.iter().for_each(|portal| add("portals", portal));
    procedure.legal.iter().for_each(|citation| add("texts", &citation.text));
    for version in &procedure.versions {
        version.legal.iter().for_each(|citation| add("texts", &citation.text));
        for (_, node) in version.flow.nodes() {
            node.citations().for_each(|citation| add("texts", &citation.text));
            if let NodeKind::Wait(Some(authority)) = &node.kind {
                add("authorities", authority);
            }
            let Some(step) = node.step() else { continue };
            step.agency.iter().for_each(|agency| add("authorities", agency));
            match &step.channel {
                Channel::Counter(place) | Channel::Private(place) if vocabulary.places.contains_key(place) => {
                    add("places", place);
                }
                Channel::Portal(portal) => add("portals", portal),
                // A place may be an authority by its own code.
                _ => {}
            }
            for demand in &step.demands {
                demand.any_of.iter().for_each(|paper| add("documents", &paper.document));
            }
            step.receives.iter().for_each(|receives| add("documents", &receives.paper.document));
            for payment in &step.payments {
                payment.fee.iter().for_each(|fee| add("fees", fee));
            }
            for exchange in &step.exchanges {
                add("registers", &exchange.register);
                exchange.documents.iter().for_each(|document| add("documents", document));
            }
        }
    }
}

type Variety<'c> = (Vec<Vec<&'c Name>>, usize, Vec<(f64, &'c Name, &'c Name)>);

fn variety<'c>(lines: &[Line<'c>]) -> Variety<'c> {
    let forms: Vec<_> = lines
        .par_iter()
        .map(|line| (Form::of(&line.version.flow, Papers::Named), Form::of(&line.version.flow, Papers::Counted)))
        .collect();
    let mut by_form: BTreeMap<&Form, Vec<&'c Name>> = BTreeMap::new();
    let mut by_course: BTreeMap<&Form, usize> = BTreeMap::new();
    for (line, (named, counted)) in lines.iter().zip(&forms) {
        by_form.entry(named).or_default().push(&line.procedure.id);
        *by_course.entry(counted).or_default() += 1;
    }
    let mut families: Vec<_> = by_form.into_values().filter(|family| family.len() > 1).collect();
    families.sort();
    let same_course = by_course.values().filter(|count| **count > 1).sum();
    let mut nearest: Vec<_> = (0..lines.len())
        .into_par_iter()
        .flat_map_iter(|one| {
            let (forms, lines) = (&forms, &lines);
            let others = (one + 1..lines.len()).filter(move |other| forms[one].0 != forms[*other].0);
            others.map(move |other| {
                let alike = forms[one].0.likeness(&forms[other].0);
                (alike, &lines[one].procedure.id, &lines[other].procedure.id)
            })
        })
        .filter(|(alike, ..)| *alike > 0.0)
        .collect();
    nearest.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    nearest.truncate(NEAREST);
    (families, same_course, nearest)
}
