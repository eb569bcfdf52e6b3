//! What the law says of a version: rules with their article and the date from which they hold.
//!
//! INVARIANT: a rule speaks only of what the file says; where the file is silent on a fact that the law does not oblige it to
//! tell, it says nothing.

mod clock;
mod data;
mod digital;
mod fix;
mod follow;
mod levels;
mod lists;
mod matter;
mod papers;
mod silence;
mod ways;

use mastara_engine::Date;
use rayon::prelude::*;

use crate::{
    compile::{Compiled, Entry, sort},
    finding::{Code, Finding, Findings},
    source::SourceId,
};
pub use fix::{Edit, fix};
pub use follow::follow;
pub use levels::{Level, Levels};
use matter::Matter;

/// A rule of law.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its number, name and level.
    pub code: Code,
    /// The text and article behind it.
    pub law: &'static str,
    /// The first day on which it holds.
    pub since: Date,
    check: fn(&Matter<'_>, &mut Findings),
}

/// Law 55-19 came into force when its first regulations were out (art. 33).
const LAW_55_19: Date = Date::constant(2020, 9, 28);
/// Five years later all procedures were to be digitised (art. 25).
const DIGITAL: Date = Date::constant(2025, 9, 28);
/// The lists of decrees 2.22.385, 2.22.386, 2.22.387 and 2.22.141 (Bulletin officiel 7194 of 11 May 2023).
const LISTS: Date = Date::constant(2023, 5, 11);
/// Decrees 2.24.522 to 2.24.524, which added decisions to the lists and took others off (Bulletin officiel 7377 of
/// 10 February 2025).
const LISTS_2025: Date = Date::constant(2025, 2, 10);
/// Law 04-20, with its decree 2.20.521 (Bulletin officiel 6908 of 13 August 2020).
const LAW_04_20: Date = Date::constant(2020, 8, 13);
/// Law 09-08 (dahir 1.09.15 of 18 February 2009).
const LAW_09_08: Date = Date::constant(2009, 2, 18);
/// Law 31-13, one year after its publication (art. 30).
const LAW_31_13: Date = Date::constant(2019, 3, 12);
/// Law 72-18, for the register of the population (Bulletin officiel 7011 of 9 August 2021).
const LAW_72_18: Date = Date::constant(2021, 8, 9);
/// Law 43-20, with its decree 2.22.687 (Bulletin officiel 7160 of 12 January 2023).
const LAW_43_20: Date = Date::constant(2023, 1, 12);
/// Decree 2.17.265: the first day of the seventh month after its publication.
const COMPLAINTS: Date = Date::constant(2018, 1, 1);

macro_rules! rules {
    ($($code:ident $law:literal $since:ident $module:ident::$check:ident;)*) => {
        /// The rules, by number.
        pub const RULES: &[Rule] =
            &[$(Rule { code: Code::$code, law: $law, since: $since, check: $module::$check }),*];
    };
}

rules! {
    CopiesOverOne "loi 55-19, art. 7.1" LAW_55_19 papers::copies_over_one;
    LegalisedSignature "loi 55-19, art. 7.2" LAW_55_19 papers::legalised_signature;
    PublicPaper "loi 55-19, art. 7.3" LAW_55_19 papers::public_paper;
    CertifiedCopy "loi 55-19, art. 7.4" LAW_55_19 papers::certified_copy;
    CertifiedElsewhere "loi 55-19, art. 7.4" LAW_55_19 papers::certified_elsewhere;
    PaperAskedTwice "loi 55-19, art. 4.8" LAW_55_19 papers::paper_asked_twice;
    QuestionAskedTwice "loi 55-19, art. 4.8" LAW_55_19 papers::question_asked_twice;
    PaperAfterUpload "loi 55-19, art. 4.8" LAW_55_19 papers::paper_after_upload;
    FileAgain "loi 55-19, art. 10" LAW_55_19 papers::file_again;
    OwnDocument "loi 55-19, art. 23" LAW_55_19 papers::own_document;
    HeldDocument "loi 55-19, art. 23" LAW_55_19 papers::held_document;
    KnownAnswer "loi 55-19, art. 23" LAW_55_19 papers::known_answer;
    ExchangeWithoutConsent "loi 55-19, art. 24" LAW_55_19 papers::exchange_without_consent;
    ExchangeWithoutFallback "loi 55-19, art. 24" LAW_55_19 papers::exchange_without_fallback;
    CardCovers "loi 04-20, art. 11" LAW_04_20 papers::card_covers;
    DeclarationWouldDo "loi 55-19, art. 8" LAW_55_19 papers::declaration_would_do;
    DelayMissing "loi 55-19, art. 16" LAW_55_19 clock::delay_missing;
    DelayOver60 "loi 55-19, art. 16" LAW_55_19 clock::delay_over_60;
    WayOver60 "loi 55-19, art. 16" LAW_55_19 clock::way_over_60;
    InvestmentOver30 "loi 55-19, art. 16 ; décret 2.22.385" LISTS lists::investment_over_30;
    ReceiptMissing "loi 55-19, art. 10 ; décret 2.20.660, art. 1" LAW_55_19 clock::receipt_missing;
    ReceiptCure "loi 55-19, art. 10" LAW_55_19 clock::receipt_cure;
    ClockBeforeComplete "loi 55-19, art. 10 et 16" LAW_55_19 clock::clock_before_complete;
    RefusedAtCounter "loi 55-19, art. 10" LAW_55_19 clock::refused_at_counter;
    ComplementTwice "loi 55-19, art. 14" LAW_55_19 clock::complement_twice;
    ComplementLate "loi 55-19, art. 14" LAW_55_19 clock::complement_late;
    ExtensionUnfounded "loi 55-19, art. 17" LAW_55_19 lists::extension_unfounded;
    ExtensionUnlisted "loi 55-19, art. 17 ; décret 2.22.386" LISTS lists::extension_unlisted;
    SilenceUnset "loi 55-19, art. 6.6, 19 et 21" LAW_55_19 silence::silence_unset;
    SilenceUnlisted "loi 55-19, art. 19 ; décrets 2.22.387 et 2.22.141" LISTS silence::silence_unlisted;
    SilenceDenied "loi 55-19, art. 19 ; décrets 2.22.387 et 2.22.141" LISTS silence::silence_denied;
    SilenceDelay "loi 55-19, art. 19 ; décret 2.22.387" LISTS silence::silence_delay;
    RankRepealed "décrets 2.24.522, 2.24.523 et 2.24.524" LISTS_2025 lists::rank_repealed;
    SilenceClaim "loi 55-19, art. 19" LISTS silence::silence_claim;
    SilenceAttestation "loi 55-19, art. 20 ; décret 2.22.141" LISTS silence::silence_attestation;
    AppealMissing "loi 55-19, art. 6.6 et 21" LAW_55_19 silence::appeal_missing;
    AppealDelays "loi 55-19, art. 21" LAW_55_19 silence::appeal_delays;
    RefusalUnreasoned "loi 55-19, art. 18" LAW_55_19 silence::refusal_unreasoned;
    NotDigitised "loi 55-19, art. 25" DIGITAL digital::not_digitised;
    PaidOnSite "loi 55-19, art. 25" DIGITAL digital::paid_on_site;
    DeliveredOnPaper "loi 55-19, art. 13 et 25" DIGITAL digital::delivered_on_paper;
    HandwrittenOnline "loi 43-20, art. 7" LAW_43_20 digital::handwritten_online;
    NoLegalBasis "loi 55-19, art. 3 et 6.1" LAW_55_19 data::no_legal_basis;
    FeeWithoutText "loi 55-19, art. 6.4" LAW_55_19 data::fee_without_text;
    DemandsWithoutText "loi 55-19, art. 3" LAW_55_19 data::demands_without_text;
    LaterText "loi 55-19, art. 6.1" LAW_55_19 data::later_text;
    IdNumberUndeclared "loi 09-08, art. 12" LAW_09_08 data::id_number_undeclared;
    BiometricsShared "loi 72-18, art. 19" LAW_72_18 data::biometrics_shared;
    ScoreReview "loi 72-18, art. 16" LAW_72_18 data::score_review;
    ComplaintDelay "décret 2.17.265, art. 8" COMPLAINTS data::complaint_delay;
    InformationDelay "loi 31-13, art. 16" LAW_31_13 data::information_delay;
    RectificationDelay "loi 09-08, art. 8" LAW_09_08 data::rectification_delay;
    InvestmentUnlisted "loi 55-19, art. 16 ; décret 2.22.385" LISTS lists::investment_unlisted;
}

impl Rule {
    /// Whether a word means it: its name, its code, or the law that it is of (`loi-55-19`).
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        let law = word.replacen('-', " ", 1);
        Code::parse(word) == Some(self.code)
            || self.law.split([',', ';']).any(|part| word.starts_with("loi-") && part.trim() == law)
    }

    /// The rule with this code.
    #[must_use]
    pub fn of(code: Code) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.code == code)
    }
}

/// What the law says of a catalogue at a date, side by side.
///
/// The version in force is judged by the law of that date; an older one, by the law of the day on which it began; one that
/// begins later, by the law of its first day as far as it is known today.
#[must_use]
pub fn judge(compiled: &Compiled, at: Date) -> Vec<Finding> {
    let mut findings: Vec<_> =
        compiled.entries.par_iter().flat_map_iter(|entry| judge_entry(entry, compiled, at)).collect();
    sort(&mut findings);
    findings
}

/// What the law says of one source of a catalogue at a date.
#[must_use]
pub fn judge_source(compiled: &Compiled, source: SourceId, at: Date) -> Vec<Finding> {
    let entries = compiled.entries.iter().filter(|entry| entry.source == source);
    let mut findings: Vec<_> = entries.flat_map(|entry| judge_entry(entry, compiled, at)).collect();
    sort(&mut findings);
    findings
}

/// What the law says of one procedure at a date, with the vocabulary and levels of a catalogue; the procedure may be another
/// than the catalogue's own.
#[must_use]
pub fn judge_entry(entry: &Entry, compiled: &Compiled, at: Date) -> Vec<Finding> {
    let procedure = &entry.lowered.procedure;
    let mut findings = Vec::new();
    if entry.lowered.is_torn {
        return findings;
    }
    for (version, origins) in procedure.versions.iter().zip(&entry.lowered.origins) {
        let matter = Matter::new(procedure, version, origins, &compiled.vocabulary, at);
        let mut found = Findings::new(entry.source);
        // Law 55-19 speaks of administrative decisions only.
        let holds = |rule: &&Rule| {
            rule.since <= matter.day && (matter.is_administrative() || !rule.law.starts_with("loi 55-19"))
        };
        for rule in RULES.iter().filter(holds) {
            (rule.check)(&matter, &mut found);
        }
        let mut found = found.into_vec();
        found.retain_mut(|finding| {
            finding.version = Some(version.name.clone());
            let severity = compiled.levels.severity(finding.code, &entry.lowered.levels);
            severity.map(|severity| finding.severity = severity).is_some()
        });
        findings.append(&mut found);
    }
    findings
}
