//! `simulate`.

use clap::{Args as Group, ValueEnum};
use mastara_engine::Date;

use super::{PlainFormat, parse_date};

/// `simulate`.
#[derive(Debug, Group)]
pub struct Simulate {
    /// The procedure: `sector/id` or `id`.
    #[arg(value_name = "ID")]
    pub id: String,
    /// How many people.
    #[arg(long, value_name = "N", default_value = "100000", value_parser = clap::value_parser!(u64).range(..=100_000_000))]
    pub cases: u64,
    /// Where random numbers begin.
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,
    /// The first day; that of `--at` if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub from: Option<Date>,
    /// What is known of everybody: `question=value`, several separated by commas, or the option repeated.
    #[arg(long, value_name = "Q=V", value_delimiter = ',')]
    pub with: Vec<String>,
    /// Officers of every authority, or of one: `N` or `CODE=N`, several separated by commas.
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub officers: Vec<String>,
    /// Minutes of an officer's work each time, in the mean.
    #[arg(long, value_name = "MIN", requires = "officers")]
    pub service: Option<f64>,
    /// How these minutes vary.
    #[arg(long, value_name = "LAW", requires = "officers", default_value = "exponential")]
    pub service_law: ServiceLaw,
    /// New cases on a working day; from the yearly volume if not given.
    #[arg(long, value_name = "N", requires = "officers")]
    pub arrivals: Option<f64>,
    /// How long declared delays take.
    #[arg(long, value_name = "WHAT", default_value = "spread")]
    pub delays: DelayModel,
    /// How many clocks in a hundred are suspended by a request for complements.
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    pub complements: f64,
    /// The version; the one in force if not given.
    #[arg(long, value_name = "V")]
    pub version: Option<String>,
    /// The day that the version in force is looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// Every row, not only the first ones.
    #[arg(long)]
    pub all: bool,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}

/// How long declared delays take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DelayModel {
    /// Spread around the usual one, up to the legal one.
    Spread,
    /// The usual one.
    Usual,
    /// The legal one.
    Legal,
    /// Nothing: the work of officers alone.
    None,
}

/// How the minutes of an officer's work vary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ServiceLaw {
    /// Exponentially.
    Exponential,
    /// Not at all.
    Constant,
}
