//! Means of means, each with what it covers.

use super::{
    indicator::{Axis, Indicator},
    points::{Grade, Points},
    settings::Settings,
    unit::{Reading, Unit},
};
use crate::lens::Extent;

/// The score of a scope: the weighted mean of its axes that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// From 0 to 100; `None` if nothing is known.
    pub points: Option<Points>,
    /// The axes, in their order.
    pub axes: Vec<AxisScore>,
}

/// The weighted mean of the indicators of an axis that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisScore {
    /// Which.
    pub axis: Axis,
    /// From 0 to 100; `None` if nothing is known.
    pub points: Option<Points>,
    /// Its indicators, in their order.
    pub indicators: Vec<IndicatorScore>,
}

/// The weighted mean of the units of an indicator that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorScore {
    /// Which.
    pub indicator: Indicator,
    /// From 0 to 100; `None` if nothing is known.
    pub points: Option<Points>,
    /// How many units are known.
    pub known: usize,
    /// How many it concerns, known or not.
    pub applicable: usize,
    /// Whether one of the known rests on an estimate.
    pub is_estimated: bool,
    /// How much of what makes it is known, units that are not known among it.
    pub extent: Extent,
    /// Whether its weight is not nothing.
    pub is_weighed: bool,
}

/// How many indicators a score rests on, of those that concern its scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// With a score.
    pub known: usize,
    /// With a score or without.
    pub applicable: usize,
}

impl Index {
    /// Of some units.
    #[must_use]
    pub fn new(units: &[&Unit], settings: &Settings) -> Self {
        let axes: Vec<_> = Axis::ALL.into_iter().map(|axis| AxisScore::new(axis, units, settings)).collect();
        let known = axes.iter().filter_map(|axis| Some((settings.axis(axis.axis), axis.points.as_ref()?)));
        Self { points: Points::mean(known), axes }
    }

    /// Its grade.
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.points.as_ref().map(Grade::of)
    }

    /// How much of it is known.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let all = self.axes.iter().map(AxisScore::coverage);
        all.fold(Coverage::default(), |sum, axis| Coverage {
            known: sum.known + axis.known,
            applicable: sum.applicable + axis.applicable,
        })
    }

    /// Whether it rests on an estimate.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        self.axes.iter().any(AxisScore::is_estimated)
    }

    /// How much of what makes it is known.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.axes.iter().map(AxisScore::extent).max().unwrap_or_default()
    }

    /// All indicators, in order.
    pub fn indicators(&self) -> impl Iterator<Item = &IndicatorScore> {
        self.axes.iter().flat_map(|axis| &axis.indicators)
    }
}

impl AxisScore {
    fn new(axis: Axis, units: &[&Unit], settings: &Settings) -> Self {
        let weight = |indicator: Indicator| settings.indicator(indicator);
        let score = |indicator| IndicatorScore::new(indicator, units, weight(indicator) > 0);
        let indicators: Vec<_> = axis.indicators().map(score).collect();
        let known = indicators.iter().filter_map(|score| Some((weight(score.indicator), score.points.as_ref()?)));
        Self { axis, points: Points::mean(known), indicators }
    }

    /// How much of it is known; indicators that weigh nothing apart.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let weighed = || self.indicators.iter().filter(|score| score.is_weighed);
        Coverage {
            known: weighed().filter(|score| score.points.is_some()).count(),
            applicable: weighed().filter(|score| score.applicable > 0).count(),
        }
    }

    /// Whether it rests on an estimate.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        self.indicators.iter().any(|score| score.is_estimated && score.is_weighed)
    }

    /// How much of what makes it is known.
    #[must_use]
    pub fn extent(&self) -> Extent {
        let weighed = self.indicators.iter().filter(|score| score.is_weighed);
        weighed.map(|score| score.extent).max().unwrap_or_default()
    }
}

impl IndicatorScore {
    fn new(indicator: Indicator, units: &[&Unit], is_weighed: bool) -> Self {
        let own = || units.iter().filter(|unit| unit.indicator == indicator);
        let known = || own().filter_map(|unit| Some((unit, unit.reading.points()?)));
        let applicable = own().filter(|unit| unit.reading != Reading::NotApplicable).count();
        let is_all_known = known().count() == applicable;
        let of_units = known().map(|(unit, _)| unit.extent).max().unwrap_or_default();
        Self {
            indicator,
            points: Points::mean(known().map(|(unit, points)| (unit.weight, points))).map(Points::bounded),
            known: known().count(),
            applicable,
            is_estimated: known().any(|(unit, _)| unit.is_estimated),
            extent: if is_all_known { of_units } else { Extent::Part },
            is_weighed,
        }
    }
}
