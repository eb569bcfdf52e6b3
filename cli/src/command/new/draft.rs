//! A procedure as far as a few answers or a row of an inventory tell it.

use mastara_engine::{quantity::Dirhams, text::Text};
use serde::Serialize;

/// What is known of a procedure.
#[derive(Debug, Default)]
pub struct Draft {
    /// `sector/identifier`.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The authority in charge.
    pub authority: String,
    /// Who may ask, as a header says it.
    pub audience: Vec<String>,
    /// The life event.
    pub life_event: Option<String>,
    /// Where it is filed.
    pub filing: Channel,
    /// Where what is delivered is collected; `None` where it is delivered at once, or nothing is.
    pub collect: Option<Channel>,
    /// The papers to bring.
    pub papers: Vec<Paper>,
    /// Whether the papers were read nowhere.
    pub papers_estimated: bool,
    /// What it delivers, by document.
    pub delivered: Vec<String>,
    /// What is paid.
    pub fee: Fee,
    /// The days that the administration has; none is on the spot.
    pub delay: Option<u32>,
    /// Whether the delay is an estimate.
    pub delay_estimated: bool,
    /// What silence means, as a wait says it.
    pub silence: Option<&'static str>,
    /// The place in the lists of silence: list and rank.
    pub rank: Option<(&'static str, String)>,
    /// Whether it can be refused.
    pub can_be_refused: bool,
    /// Legal texts of the vocabulary.
    pub legal: Vec<String>,
    /// Requests a year, and where that was read.
    pub volume: Option<(u64, Option<String>)>,
    /// Where facts were read.
    pub sources: Vec<(String, String)>,
    /// What could not be said in the words of the catalogue: the last part of a key (`new.remark.*`) and its word.
    pub remarks: Vec<(&'static str, String)>,
}

/// What is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fee {
    /// Whether anything is paid, nobody said.
    #[default]
    Unknown,
    /// Nothing.
    None,
    /// Something, but nobody knows how much.
    Unmeasured,
    /// So much, and whether that is an estimate.
    Sum(Dirhams, bool),
}

impl Fee {
    /// A sum; nothing is no fee.
    pub fn of(sum: Dirhams, is_estimated: bool) -> Self {
        if sum.centimes() > 0 { Self::Sum(sum, is_estimated) } else { Self::None }
    }
}

/// Where a step is done.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Channel {
    /// The portal.
    pub portal: Option<String>,
    /// The place or authority.
    pub place: Option<String>,
    /// Whether it is done online; the portal may be unknown.
    pub is_online: bool,
}

impl Channel {
    /// At a counter.
    pub fn at(place: &str) -> Self {
        Self { place: Some(place.to_owned()), ..Self::default() }
    }

    /// Online.
    pub fn online(portal: Option<String>) -> Self {
        Self { portal, place: None, is_online: true }
    }
}

/// A paper to bring.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The document.
    pub id: String,
    /// Its sheets.
    pub copies: u32,
    /// Whether it is asked for in some cases only.
    pub is_sometimes: bool,
}
