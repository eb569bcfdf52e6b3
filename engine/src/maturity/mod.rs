//! The index of digital maturity: three axes, sixteen indicators, each a mean over what it is counted on.
//!
//! INVARIANT: what is not known is left out of a mean and counted in its coverage; nothing is ever put in its place.

pub mod indicator;
pub mod ledger;
pub mod points;
pub mod read;
pub mod score;
pub mod settings;
pub mod stability;
pub mod unit;

pub use self::{
    indicator::{Axis, Indicator},
    ledger::{Ledger, Scope, Sheet},
    points::{Grade, Points},
    score::{AxisScore, Index, IndicatorScore},
    settings::{Duty, DutyFact, Settings},
    unit::{Cause, Fact, Reading, Subject, Unit, What},
};
