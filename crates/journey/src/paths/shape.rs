//! Which sequences of activities are paths.

use domain::error::{Error, Result};

use super::MAX_LENGTH;
use crate::needs::{ActivitySet, Needs};
use crate::operator::LivedJourney;
use crate::visits::Visits;

/// Where a path is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathAnchor {
    /// At its first activity: what follows.
    From(u16),
    /// At its last activity: what precedes.
    To(u16),
    /// At an activity that has `before` others of the path before it.
    Through { activity: u16, before: usize },
    /// At the beginning: each history (or visit) is one path, as long as it lasts and no longer than the length asked for.
    Start,
}

/// What a path is a part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathScope {
    /// All that the customer did.
    #[default]
    History,
    /// One visit: events on one channel with gaps under [`VISIT_GAP_MS`](crate::VISIT_GAP_MS).
    Visit,
}

/// What a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathShape {
    pub(super) anchor: PathAnchor,
    pub(super) length: usize,
    pub(super) scope: PathScope,
    pub(super) is_collapsed: bool,
}

/// A path as it is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TakenPath {
    /// Codes.
    pub activities: Vec<u16>,
    /// Whether more followed than the length asked for; only of paths from the start.
    pub goes_on: bool,
}

/// Room for the sequences of one customer, or the positions of a batch; used again for the next.
#[derive(Debug, Default)]
pub(crate) struct PathRoom {
    pub positions: Vec<u32>,
    visits: Visits,
    codes: Vec<u16>,
    /// For whoever counts.
    pub key: Vec<u16>,
}

impl PathShape {
    /// Paths of `length` activities (1 to 64) within all that the customer did.
    pub fn new(anchor: PathAnchor, length: usize) -> Result<PathShape> {
        if length == 0 || length > MAX_LENGTH {
            return Err(Error::invalid(format!("a path has 1 to {MAX_LENGTH} activities, not {length}")));
        }
        if let PathAnchor::Through { before, .. } = anchor
            && before >= length
        {
            let most = length - 1;
            return Err(Error::invalid(format!(
                "a path of {length} activities has at most {most} before the one it goes through, not {before}"
            )));
        }
        Ok(PathShape { anchor, length, scope: PathScope::History, is_collapsed: false })
    }

    /// Within something else.
    pub fn within(self, scope: PathScope) -> PathShape {
        PathShape { scope, ..self }
    }

    /// Whether an activity that directly repeats itself counts once.
    pub fn collapsed(self, is_collapsed: bool) -> PathShape {
        PathShape { is_collapsed, ..self }
    }

    /// How many activities a path has, or at most has.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The activity at which paths are held, and how many of a path stand before it.
    pub(super) fn held(&self) -> Option<(u16, usize)> {
        match self.anchor {
            PathAnchor::From(activity) => Some((activity, 0)),
            PathAnchor::To(activity) => Some((activity, self.length - 1)),
            PathAnchor::Through { activity, before } => Some((activity, before)),
            PathAnchor::Start => None,
        }
    }

    /// Whether it is what the plain fold counts.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.anchor, PathAnchor::From(_)) && self.scope == PathScope::History && !self.is_collapsed
    }

    pub(crate) fn needs(&self) -> Needs {
        match self.held() {
            Some((activity, _)) => Needs::EVERY_CUSTOMER.only_with(ActivitySet::of([&activity])),
            None => Needs::EVERY_CUSTOMER,
        }
    }

    /// Hands on every occurrence: its path and whether more follows, or none when it has too few neighbours for a path.
    pub(crate) fn for_each(
        &self,
        customer: &LivedJourney<'_>,
        room: &mut PathRoom,
        mut each: impl FnMut(Option<&[u16]>, bool),
    ) {
        let PathRoom { visits, codes, .. } = room;
        match (self.scope, self.is_collapsed) {
            (PathScope::History, false) => self.for_each_in(customer.activity, &mut each),
            (PathScope::History, true) => {
                self.refill(codes, customer.activity.iter().copied());
                self.for_each_in(codes, &mut each);
            }
            (PathScope::Visit, _) => visits.for_each(customer, |positions| {
                self.refill(codes, positions.iter().map(|position| customer.activity[*position]));
                self.for_each_in(codes, &mut each);
            }),
        }
    }

    fn refill(&self, codes: &mut Vec<u16>, activities: impl Iterator<Item = u16>) {
        codes.clear();
        codes.extend(activities);
        if self.is_collapsed {
            codes.dedup();
        }
    }

    fn for_each_in(&self, codes: &[u16], each: &mut impl FnMut(Option<&[u16]>, bool)) {
        let Some((activity, before)) = self.held() else {
            if !codes.is_empty() {
                each(Some(&codes[..codes.len().min(self.length)]), codes.len() > self.length);
            }
            return;
        };
        for (event, _) in codes.iter().enumerate().filter(|(_, code)| **code == activity) {
            let path = event.checked_sub(before).and_then(|begin| codes.get(begin..begin + self.length));
            each(path, false);
        }
    }

    /// Whether the customer took a path that is wanted. `None` stands for occurrences with too few neighbours.
    pub(crate) fn any(&self, customer: &LivedJourney<'_>, is_wanted: impl Fn(Option<TakenPath>) -> bool) -> bool {
        let mut found = false;
        self.for_each(customer, &mut PathRoom::default(), |path, goes_on| {
            let path = || path.map(|path| TakenPath { activities: path.to_vec(), goes_on });
            found = found || is_wanted(path());
        });
        found
    }
}
