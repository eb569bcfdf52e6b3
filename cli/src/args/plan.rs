//! What `plan` is asked.

use std::path::PathBuf;

use clap::Args as Group;
use mastara_engine::Date;

use super::{ChangeKind, PlainFormat, PlanGoal, PlanUnit, parse_date};

/// `plan`.
#[derive(Debug, Group)]
pub struct Plan {
    /// How many changes at most.
    #[arg(long, value_name = "K", default_value = "10", value_parser = clap::value_parser!(u32).range(1..))]
    pub budget: u32,
    /// What is to be saved.
    #[arg(long, value_name = "WHAT", default_value = "trips")]
    pub goal: PlanGoal,
    /// The day that versions in force and registers are looked up for; today if not given.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub at: Option<Date>,
    /// Each procedure counts once, those without a known volume too.
    #[arg(long)]
    pub every: bool,
    /// For whom one change of a service holds.
    #[arg(long, value_name = "UNIT", default_value = "authority")]
    pub unit: PlanUnit,
    /// Only these kinds of change.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub only: Vec<ChangeKind>,
    /// Not these kinds of change.
    #[arg(long, value_name = "KIND", value_delimiter = ',', conflicts_with = "only")]
    pub exclude: Vec<ChangeKind>,
    /// Only what this authority, or one that belongs to it, must do.
    #[arg(long, value_name = "CODE")]
    pub authority: Option<String>,
    /// Seconds after which the search stops without a proof.
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    pub limit: u32,
    /// A picture (SVG) of what each budget up to this one saves.
    #[arg(long, value_name = "FILE")]
    pub curve: Option<PathBuf>,
    /// A file of the changes chosen, for `whatif --file`.
    #[arg(long, value_name = "FILE")]
    pub reform: Option<PathBuf>,
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlainFormat,
}
