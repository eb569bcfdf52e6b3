//! The lists of what an investment needs and of what may be extended, and ranks taken off a list (law 55-19, arts. 16-17;
//! decrees 2.22.385 and 2.22.386, changed by 2.24.522 and 2.24.523).

use mastara_engine::{node::Extension, procedure::DecisionList, text::Lang};

use super::matter::Matter;
use crate::{
    finding::{Code, Findings},
    keyword::Rule,
    words::list_word,
};

/// The longest delay for the decisions that an investment needs (art. 16).
const INVESTMENT: u32 = 30;

/// Longer than the list says, or than 30 days: who cites the decree alone, and whose turn it is not, has these.
pub fn investment_over_30(matter: &Matter<'_>, findings: &mut Findings) {
    let listed = matter.in_force(&[DecisionList::ThirtyDays]);
    if listed.is_empty() && !matter.rests_on("decret-2-22-385", None) {
        return;
    }
    let most = listed.iter().filter_map(|(_, decision)| decision.days).max();
    for (id, clock) in matter.waits().filter(|(id, _)| !matter.is_publicity(*id)) {
        let decides = listed.iter().any(|(_, decision)| {
            decision.authority.as_ref().is_none_or(|authority| matter.is_wait_for(id, authority))
        });
        let legal = clock.legal.as_ref().map(|known| known.value);
        let (days, cap) = match most {
            Some(most) if decides && most < INVESTMENT => (legal.map_or(0, |delay| delay.listed_days()), most),
            _ => (clock.legal_days(), INVESTMENT),
        };
        if days > cap {
            let line = matter.line(id, Rule::delay);
            findings.add(Code::InvestmentOver30, line, [&days.to_string(), &cap.to_string()]);
        }
    }
}

/// The decree is a basis, and nothing says for which of its lines.
pub fn investment_unlisted(matter: &Matter<'_>, findings: &mut Findings) {
    if matter.rests_on("decret-2-22-385", None) && !matter.procedure.is_on(&[DecisionList::ThirtyDays]) {
        findings.add(Code::InvestmentUnlisted, matter.opening(), []);
    }
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
