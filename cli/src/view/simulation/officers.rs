//! What officers of a simulation did.

use serde::Serialize;

use crate::{command::simulate::Office, view::number::Number};

/// The officers of an authority.
#[derive(Debug, Serialize)]
pub struct OfficeView {
    /// Its code.
    pub authority: String,
    /// How many they are.
    pub officers: u32,
    /// How often they served somebody.
    pub served: u64,
    /// Cases whose clock ran out before their turn.
    pub given_up: u64,
    /// The share of their time at work until the last new case came.
    pub utilisation: Number,
    /// Work that came over time: above 1 the queue grows without end; `null` for fewer than 400 cases.
    pub load: Option<Number>,
    /// The share of those that came who had to wait.
    pub waited: Number,
    /// Minutes of open offices waited.
    pub wait_minutes: WaitView,
    /// Those who wait.
    pub queue: QueueView,
}

/// Waiting times.
#[derive(Debug, Serialize)]
pub struct WaitView {
    /// The mean.
    pub mean: Number,
    /// Half wait no longer.
    pub median: Number,
    /// Nine in ten.
    pub p90: Number,
    /// Ninety-nine in a hundred.
    pub p99: Number,
}

/// How many wait.
#[derive(Debug, Serialize)]
pub struct QueueView {
    /// In the mean.
    pub mean: Number,
    /// At most.
    pub most: u64,
    /// When the last new case came.
    pub left: u64,
}

impl OfficeView {
    pub(super) fn new(office: &Office<'_>) -> Self {
        let count = office.count;
        let quantile = |hundredths| {
            let minutes = count.wait_minutes.quantile(hundredths).unwrap_or(0);
            Number::whole(i64::try_from(minutes).unwrap_or(i64::MAX))
        };
        Self {
            authority: office.authority.to_string(),
            officers: count.officers,
            served: count.served,
            given_up: count.given_up,
            utilisation: Number::rounded(office.utilisation),
            load: office.load.map(Number::rounded),
            waited: Number::rounded(office.waited),
            wait_minutes: WaitView {
                mean: Number::rounded(office.wait),
                median: quantile(50),
                p90: quantile(90),
                p99: quantile(99),
            },
            queue: QueueView { mean: Number::rounded(office.queue), most: count.longest, left: count.left },
        }
    }
}
