//! What commands give to programs: the only serialisable types. Keys are snake_case English in every language.

pub mod burden;
pub mod comparison;
pub mod conformity;
pub mod cost;
pub mod coverage;
pub mod deep;
pub mod diff;
pub mod documents;
pub mod findings;
pub mod journal;
pub mod lens;
pub mod maturity;
pub mod measures;
pub mod number;
pub mod plan;
pub mod report;
pub mod sarif;
pub mod sheet;
pub mod simulation;
pub mod standing;
pub mod stats;
pub mod tests;
pub mod trend;
pub mod whatif;
pub mod words;

use mastara_engine::{
    procedure::Audience,
    text::{Lang, Text},
};
use serde::Serialize;

/// A text in every language it has.
#[derive(Debug, Serialize)]
pub struct TextView {
    #[serde(skip_serializing_if = "Option::is_none")]
    fr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ar: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl From<&Text> for TextView {
    fn from(text: &Text) -> Self {
        let form = |lang: Lang| text.get(lang).map(str::to_owned);
        Self { fr: form(Lang::Fr), ar: form(Lang::Ar), en: form(Lang::En) }
    }
}

/// Who may ask, as programs read it; also the last part of its key in the locales.
pub fn audience_id(audience: Audience) -> &'static str {
    match audience {
        Audience::Citizen => "citizen",
        Audience::Abroad => "abroad",
        Audience::Foreigner => "foreigner",
        Audience::Association => "association",
        Audience::Firm => "firm",
    }
}
