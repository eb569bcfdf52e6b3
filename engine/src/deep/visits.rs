//! How few trips procedures need together.
//!
//! A lower bound that holds whatever the calendar: two visits to one place are kept apart if both belong to one procedure
//! (which counts them as two trips), or if one must come before the other and something else must come between: a visit
//! elsewhere, or a day of waiting of a procedure that sends nobody anywhere. All others could be one trip.
//! A cycle has no order that works: its parts follow one another and share no trip.

use std::collections::BTreeSet;

use super::Part;
use crate::text::Name;

/// The longest series of visits to one place that must be kept apart, so far.
#[derive(Clone, Copy)]
struct So {
    /// The last of them may still go on; `None` if it cannot.
    on: Option<i64>,
    /// It is over; `None` if it cannot be.
    over: Option<i64>,
}

impl So {
    /// No visit yet.
    const START: Self = Self { on: None, over: Some(0) };

    fn most(self) -> i64 {
        self.on.max(self.over).unwrap_or(0)
    }

    fn or(self, other: Self) -> Self {
        Self { on: self.on.max(other.on), over: self.over.max(other.over) }
    }

    /// The visit, if there is one, is over.
    fn left(self) -> Self {
        Self { on: None, over: Some(self.most()) }
    }

    /// At the place: on the same visit if there is one.
    fn here(self) -> Self {
        Self { on: self.on.max(self.over.map(|over| over + 1)), over: None }
    }
}

/// The trips that parts need together at least. `order` are the components of `needs`, each after all that it needs.
pub(super) fn merged(parts: &[&Part], needs: &[Vec<usize>], order: &[Vec<usize>]) -> i64 {
    let places: BTreeSet<&Name> = parts.iter().flat_map(|part| &part.asked.visits).collect();
    places.into_iter().map(|place| at(place, parts, needs, order)).sum()
}

/// The trips to one place.
fn at(place: &Name, parts: &[&Part], needs: &[Vec<usize>], order: &[Vec<usize>]) -> i64 {
    let mut after = vec![So::START; parts.len()];
    for set in order {
        let outside = set.iter().flat_map(|&part| &needs[part]).filter(|need| !set.contains(need));
        let start = outside.map(|&need| after[need]).reduce(So::or).unwrap_or(So::START);
        let end = match set[..] {
            [part] => through(parts[part], place, start),
            _ => around(set.iter().map(|&part| parts[part]), place, start),
        };
        for &part in set {
            after[part] = end;
        }
    }
    after.into_iter().map(So::most).max().unwrap_or(0)
}

/// Goes through a cycle, part after part: nobody knows which comes first, and nothing is merged.
fn around<'p>(parts: impl Iterator<Item = &'p Part>, place: &Name, start: So) -> So {
    let visits = parts.flat_map(|part| &part.asked.visits).filter(|visit| *visit == place).count();
    So { on: None, over: Some(start.most() + super::whole(visits)) }
}

/// Goes through one part.
fn through(part: &Part, place: &Name, start: So) -> So {
    let visits = &part.asked.visits;
    if visits.is_empty() {
        return if part.usual_delay > 0 { start.left() } else { start };
    }
    let mut so = start;
    for (at, visit) in visits.iter().enumerate() {
        let so_far = if at == 0 { so } else { so.left() };
        so = if visit == place { so_far.here() } else { so_far.left() };
    }
    so
}
