//! The lists of what an investment needs and of what may be extended, and ranks taken off a list (law 55-19, arts. 16-17;
//! decrees 2.22.385 and 2.22.386, changed by 2.24.522 and 2.24.523).

use mastara_engine::{
    flow::NodeId,
    node::{Clock, Extension},
    procedure::DecisionList,
    text::Lang,
};

use super::matter::Matter;
use crate::{
    finding::{Code, Findings},
    keyword::Rule,
    words::list_word,
};

/// The longest delay for the decisions that an investment needs (art. 16).
const INVESTMENT: u32 = 30;
/// The decree that lists them.
const INVESTMENT_LIST: &str = "decret-2-22-385";

/// Longer than the list says, or than the 30 days of art. 16 where only the decree is cited.
pub fn investment_over_30(matter: &Matter<'_>, findings: &mut Findings) {
    let listed = matter.in_force(&[DecisionList::ThirtyDays]);
    let most = match listed.iter().filter_map(|(_, decision)| decision.days).max() {
        Some(most) => most,
        // A rank that came later, or was taken off, says nothing of this day.
        None if is_cited_alone(matter) => INVESTMENT,
        None => return,
    };
    // The list binds those whom it names; where it names nobody, all.
    let decides = |id| {
        let mut authorities = listed.iter().filter_map(|(_, decision)| decision.authority.as_ref()).peekable();
        authorities.peek().is_none() || authorities.any(|authority| matter.is_wait_for(id, authority))
    };
    let told = |(id, clock): (NodeId, &'_ Clock)| {
        let legal = clock.legal.as_ref()?;
        let cites = legal.legal.as_ref().is_some_and(|citation| citation.text.as_str() == INVESTMENT_LIST);
        Some((id, legal.value.listed_days(), cites))
    };
    let waits = matter.waits().filter(|(id, _)| decides(*id) && !matter.is_publicity(*id));
    let waits: Vec<(NodeId, u32, bool)> = waits.filter_map(told).collect();
    // Where one wait keeps to the list, another that does not cite it is for another decision.
    let is_kept = !listed.is_empty() && waits.iter().any(|(_, days, _)| *days <= most);
    for (id, days, _) in waits.into_iter().filter(|(_, days, cites)| *days > most && (*cites || !is_kept)) {
        let line = matter.line(id, Rule::delay);
        findings.add(Code::InvestmentOver30, line, [&days.to_string(), &most.to_string()]);
    }
}

/// The decree is a basis, and nothing says for which of its lines.
pub fn investment_unlisted(matter: &Matter<'_>, findings: &mut Findings) {
    if is_cited_alone(matter) {
        findings.add(Code::InvestmentUnlisted, matter.opening(), []);
    }
}

/// Whether the decree is among the legal bases, and no rank says for what.
fn is_cited_alone(matter: &Matter<'_>) -> bool {
    matter.rests_on(INVESTMENT_LIST, None) && !matter.procedure.is_on(&[DecisionList::ThirtyDays])
}

/// The grounds for an extension (art. 17), as people write them.
const GROUNDS: [(Lang, &[&str]); 2] =
    [(Lang::Fr, &["expertise", "enquête", "enquete"]), (Lang::Ar, &["خبرة", "الخبرة", "بحث", "البحث"])];

/// Whether an extension is one of law 55-19: a text of its own may allow others.
fn is_of_law(extension: &Extension) -> bool {
    let text = extension.legal.as_ref().map_or("loi-55-19", |legal| legal.text.as_str());
    ["loi-55-19", "decret-2-22-386"].contains(&text)
}

pub fn extension_unfounded(matter: &Matter<'_>, findings: &mut Findings) {
    for (id, node) in matter.flow().nodes() {
        let Some(extension) = node.clock.extension.as_ref().filter(|extension| is_of_law(extension)) else { continue };
        let is_founded = GROUNDS.iter().any(|(lang, words)| {
            let reason = extension.reason.get(*lang).unwrap_or_default().to_lowercase();
            words.iter().any(|word| reason.contains(word))
        });
        if !is_founded {
            findings.add(Code::ExtensionUnfounded, matter.line(id, Rule::extension), [matter.name(id)]);
        }
    }
}

/// A rank that was taken off has a rule of its own.
pub fn extension_unlisted(matter: &Matter<'_>, findings: &mut Findings) {
    if !matter.listed(&[DecisionList::Extension]).is_empty() {
        return;
    }
    for (id, node) in matter.flow().nodes() {
        if node.clock.extension.as_ref().is_some_and(is_of_law) {
            findings.add(Code::ExtensionUnlisted, matter.line(id, Rule::extension), [matter.name(id)]);
        }
    }
}

/// Of each list, the ranks that hold no decision any more.
pub fn rank_repealed(matter: &Matter<'_>, findings: &mut Findings) {
    let listed = matter.listed(&DecisionList::ALL);
    let mut said = Vec::new();
    for (entry, _) in listed.iter().filter(|(_, decision)| decision.is_repealed) {
        if !said.contains(entry) {
            said.push(*entry);
            findings.add(Code::RankRepealed, matter.opening(), [entry.rank.as_str(), list_word(entry.list)]);
        }
    }
}
