//! K1 and K6: is the sheet complete, and who has read it again since?

use crate::{
    flow::{Flow, NodeId},
    lens::Extent,
    maturity::{Cause, Fact, Indicator, Points, Reading, Subject, Unit, What},
    node::{Amount, Citation, Decider, Nature, Node, NodeKind},
    quantity::Dirhams,
    text::Name,
};

use super::Reader;

/// Law 55-19 founds no procedure, and its ceiling of sixty days is no delay of one.
const GENERAL: &str = "loi-55-19";

/// K1: of the seven items that article 6 of law 55-19 asks of a sheet, those that it fills. Items that do not concern the
/// procedure are left out (no fee, no wait, no expertise told), and those of which the file gives an estimate only. Courts and
/// private parties have no such sheet.
#[must_use]
pub fn complete(reader: &Reader<'_>) -> Unit {
    let subject = Subject::Procedure(reader.rank);
    if !reader.is_administration(&reader.procedure.authority) {
        return Unit::new(Indicator::K1, subject, Reading::NotApplicable);
    }
    let items = [texts, administrations, papers, fees, delays, silence, expertise];
    let items: Vec<Item> = items.iter().filter_map(|item| item(reader)).collect();
    let known = items.iter().filter_map(|item| item.is_filled);
    let (filled, all) = known.fold((0, 0), |(filled, all), is_filled| (filled + i64::from(is_filled), all + 1));
    let reading = Points::share(filled, all).map_or(Reading::Unknown, Reading::Known);
    let extent = if items.iter().any(|item| item.is_filled.is_none()) { Extent::Part } else { Extent::Whole };
    let causes = items.into_iter().flat_map(|item| item.causes).collect();
    Unit::new(Indicator::K1, subject, reading).estimated(reader.is_rebuilt()).known_to(extent).because(causes)
}

/// An item that concerns the procedure, and what is to be shown of it.
struct Item {
    /// `None` if the file gives an estimate only, or says that it is not known.
    is_filled: Option<bool>,
    causes: Vec<Cause>,
}

impl Item {
    /// Filled unless something is missing; then that is shown.
    fn unless(what: What, missing: Vec<Cause>) -> Self {
        let is_filled = missing.is_empty();
        let mut causes = vec![Cause::new(what, is_filled)];
        causes.extend(missing);
        Self { is_filled: Some(is_filled), causes }
    }

    /// Not known if something of it is an estimate; then only that is shown.
    fn if_sure(self, estimates: Vec<Cause>) -> Self {
        if estimates.is_empty() { self } else { Self { is_filled: None, causes: estimates } }
    }
}

/// Item 1: the name, which no file goes without, and a text other than law 55-19.
fn texts(reader: &Reader<'_>) -> Option<Item> {
    let (procedure, version) = (reader.procedure, reader.version);
    let nodes = || version.flow.nodes().map(|(_, node)| node);
    let clocks = nodes().flat_map(|node| {
        let silence = node.clock.silence.as_ref().and_then(|silence| silence.legal.as_ref());
        silence.into_iter().chain(node.clock.appeal.as_ref().and_then(|appeal| appeal.legal.as_ref()))
    });
    let all = procedure.legal.iter().chain(&version.legal).chain(nodes().flat_map(Node::citations)).chain(clocks);
    let own = all.map(|citation: &Citation| &citation.text).find(|text| text.as_str() != GENERAL);
    let cause = Cause::new(What::ItemTexts, own.is_some());
    Some(Item {
        is_filled: Some(own.is_some()),
        causes: vec![own.map_or_else(|| cause.clone(), |text| cause.clone().of(text))],
    })
}

/// Item 2: the administrations; no file goes without the one in charge.
fn administrations(reader: &Reader<'_>) -> Option<Item> {
    let cause = Cause::new(What::ItemAdministrations, true).of(&reader.procedure.authority);
    Some(Item { is_filled: Some(true), causes: vec![cause] })
}

/// Item 3: the papers, and a step to hand them in.
fn papers(reader: &Reader<'_>) -> Option<Item> {
    let mut estimates = Vec::new();
    for (id, step) in steps(&reader.version.flow) {
        let estimated = step.demands.iter().enumerate().filter(|(_, demand)| demand.estimated);
        estimates.extend(estimated.map(|(rank, demand)| {
            let cause = Cause::new(What::PaperEstimated, false).at_fact(id, Fact::Demand(rank));
            demand.any_of.iter().fold(cause, |cause, paper| cause.of(&paper.document))
        }));
    }
    let is_filled = steps(&reader.version.flow).next().is_some();
    let item = Item { is_filled: Some(is_filled), causes: vec![Cause::new(What::ItemPapers, is_filled)] };
    Some(item.if_sure(estimates))
}

/// Item 4: the fees at administrations, each with the text that creates it; not known where nobody has read them all, unless
/// one that is known has no text.
fn fees(reader: &Reader<'_>) -> Option<Item> {
    let is_free = Amount::Fixed(Dirhams::default());
    let public = || steps(&reader.version.flow).filter(|(_, step)| step.agency.is_some());
    let payments = || {
        let all =
            public().flat_map(|(id, step)| step.payments.iter().enumerate().map(move |(rank, paid)| (id, rank, paid)));
        all.filter(|(.., paid)| paid.amount != is_free)
    };
    let is_open = reader.version.flow.has_unknown_fees();
    if !is_open {
        payments().next()?;
    }
    let bare = payments().filter(|(.., paid)| paid.legal.is_none());
    let missing = bare.map(|(id, rank, _)| Cause::new(What::FeeWithoutText, false).at_fact(id, Fact::Payment(rank)));
    let missing: Vec<Cause> = missing.collect();
    let unread = (is_open && missing.is_empty()).then(|| Cause::new(What::FeesUnknown, false));
    Some(Item::unless(What::ItemFees, missing).if_sure(unread.into_iter().collect()))
}

/// Item 5: where an administration is waited for, a delay that binds it, not the mere ceiling of the law. Article 16 sets one for
/// each decision, not for each wait: one is enough.
fn delays(reader: &Reader<'_>) -> Option<Item> {
    let waits: Vec<_> = waits(reader).collect();
    if waits.is_empty() {
        return None;
    }
    let own = |node: &Node| {
        let legal = node.clock.legal.as_ref();
        let ceiling = |legal: &Citation| legal.text.as_str() == GENERAL;
        legal.filter(|known| !known.legal.as_ref().is_some_and(ceiling)).map(|known| known.estimated)
    };
    let causes = |what: What, is_met: bool, wanted: Option<bool>| -> Vec<Cause> {
        let nodes = waits.iter().filter(|(_, node)| own(node) == wanted);
        nodes.map(|(id, _)| Cause::new(what, is_met).at_fact(*id, Fact::Delay)).collect()
    };
    let told = causes(What::ItemDelay, true, Some(false));
    if !told.is_empty() {
        return Some(Item { is_filled: Some(true), causes: told });
    }
    let untold = Item::unless(What::ItemDelay, causes(What::DelayNotTold, false, None));
    Some(untold.if_sure(causes(What::DelayEstimated, false, Some(true))))
}

/// Item 6: what silence means, or the appeal that is open, wherever one waits; the appeal wherever one is refused.
fn silence(reader: &Reader<'_>) -> Option<Item> {
    let flow = &reader.version.flow;
    let refusals: Vec<_> = refusals(reader).collect();
    // A wait without a delay of a day or more leaves no room for silence.
    let first = waits(reader).find(|(_, node)| node.clock.legal_days() > 0);
    if refusals.is_empty() && first.is_none() {
        return None;
    }
    let is_told = flow.nodes().any(|(_, node)| node.clock.silence.is_some() || node.clock.appeal.is_some());
    let bare = refusals.into_iter().filter(|(_, node)| node.clock.appeal.is_none());
    let mut missing: Vec<_> = bare.map(|(id, _)| Cause::new(What::RefusalWithoutAppeal, false).at(id)).collect();
    if let Some((id, _)) = first.filter(|_| !is_told) {
        missing.push(Cause::new(What::WaitWithoutSilence, false).at(id));
    }
    Some(Item::unless(What::ItemSilence, missing))
}

/// Item 7: expertise and inquiries. It concerns the procedures whose file tells an extension; of others nothing is known.
fn expertise(reader: &Reader<'_>) -> Option<Item> {
    let (id, _) = reader.version.flow.nodes().find(|(_, node)| node.clock.extension.is_some())?;
    let cause = Cause::new(What::ItemExpertise, true).at_fact(id, Fact::Extension);
    Some(Item { is_filled: Some(true), causes: vec![cause] })
}

fn steps(flow: &Flow) -> impl Iterator<Item = (NodeId, &crate::node::Step)> {
    flow.nodes().filter_map(|(id, node)| Some((id, node.step()?)))
}

/// Waits for an administration.
fn waits<'a>(reader: &'a Reader<'_>) -> impl Iterator<Item = (NodeId, &'a Node)> {
    let is_wait = |node: &Node| matches!(&node.kind, NodeKind::Wait(Some(by)) if reader.is_administration(by));
    reader.version.flow.nodes().filter(move |(_, node)| is_wait(node))
}

/// Refusals by an administration: what only others refuse is none.
fn refusals<'a>(reader: &'a Reader<'_>) -> impl Iterator<Item = (NodeId, &'a Node)> {
    let flow = &reader.version.flow;
    let by_others = move |from: NodeId| match &flow.node(from).kind {
        NodeKind::Decision(Decider::Authority(by)) => !reader.is_administration(by),
        _ => false,
    };
    let refused = flow.nodes().filter(|(_, node)| node.kind == NodeKind::Outcome(Nature::Refused));
    refused.filter(move |(id, _)| {
        let mut sources = flow.sources(*id).peekable();
        sources.peek().is_none() || !sources.all(by_others) && has_asked(reader, *id)
    })
}

/// Whether anything was asked of an administration before a node: who sees that a condition is not met and goes home was
/// refused nothing.
fn has_asked(reader: &Reader<'_>, id: NodeId) -> bool {
    let flow = &reader.version.flow;
    let mut seen = vec![id];
    let mut at = 0;
    while let Some(&node) = seen.get(at) {
        let is_asked = match &flow.node(node).kind {
            NodeKind::Step(step) => step.agency.is_some(),
            NodeKind::Wait(Some(by)) => reader.is_administration(by),
            NodeKind::Decision(Decider::Authority(_)) => true,
            _ => false,
        };
        if is_asked {
            return true;
        }
        for from in flow.sources(node) {
            if !seen.contains(&from) {
                seen.push(from);
            }
        }
        at += 1;
    }
    false
}

/// K6: a sheet that a named owner has reviewed in the last months. One that nobody has reviewed is not fresh: that is known.
#[must_use]
pub fn fresh(reader: &Reader<'_>) -> Unit {
    let reviewed = reader.procedure.verified.as_ref().filter(|(day, _)| *day <= reader.at);
    let (what, is_met) = match reviewed {
        Some((day, by)) if reader.settings.is_fresh(*day, reader.at) && !by.trim().is_empty() => (What::Reviewed, true),
        Some(_) => (What::ReviewOld, false),
        None => (What::NotReviewed, false),
    };
    let names = reviewed.into_iter().flat_map(|(day, by)| [Name::from(&**by), Name::from(&*day.to_string())]);
    let cause = Cause { names: names.collect(), ..Cause::new(what, is_met) };
    let reading = Reading::Known(Points::either(is_met));
    Unit::new(Indicator::K6, Subject::Procedure(reader.rank), reading).because(vec![cause])
}
