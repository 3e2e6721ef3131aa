//! What a question looks at, so that a source can leave out the rest.

/// Activities as 64 bits: an activity is bit `code % 64`.
///
/// With up to 64 activities, as many companies have, the set is exact. Beyond, activities share bits, and the set is a
/// filter: it may hold an activity that nobody put in, and never lacks one that was. So whoever skips what a set does not
/// hold skips rightly. A word a customer is less than two events cost, and one instruction compares two sets; a wider set
/// would be exact for more companies, and would make the column that every question reads longer than what it saves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActivitySet(u64);

impl ActivitySet {
    /// No activity.
    pub const NONE: ActivitySet = ActivitySet(0);
    /// Every activity there is.
    pub const EVERYTHING: ActivitySet = ActivitySet(u64::MAX);

    /// The set of these codes.
    pub fn of<'a>(activities: impl IntoIterator<Item = &'a u16>) -> ActivitySet {
        ActivitySet(activities.into_iter().fold(0, |bits, activity| bits | 1 << (activity % 64)))
    }

    /// The set of 64 bits that [`ActivitySet::bits`] gave.
    pub fn from_bits(bits: u64) -> ActivitySet {
        ActivitySet(bits)
    }

    /// The set as 64 bits.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// Whether the activity may be in the set; when not, it certainly is not.
    pub fn may_hold(self, activity: u16) -> bool {
        self.0 & (1 << (activity % 64)) != 0
    }

    /// Whether the two may have an activity in common; when not, they certainly have none.
    pub fn may_meet(self, other: ActivitySet) -> bool {
        self.0 & other.0 != 0
    }

    /// What is in one of the two.
    pub fn union(self, other: ActivitySet) -> ActivitySet {
        ActivitySet(self.0 | other.0)
    }
}

/// What a question looks at. A source may leave out the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// A customer with none of these changes no answer.
    pub activities: ActivitySet,
    /// Whether units of events are read.
    pub units: bool,
    /// The properties that are read: bit `n` for property `n`.
    pub properties: u64,
}

impl Needs {
    /// Times, activities and channels of every customer: what most questions read.
    pub const EVERY_CUSTOMER: Needs = Needs { activities: ActivitySet::EVERYTHING, units: false, properties: 0 };
    /// Every column of every customer.
    pub const EVERYTHING: Needs = Needs { activities: ActivitySet::EVERYTHING, units: true, properties: u64::MAX };

    /// The same columns of customers who may have one of these activities.
    pub fn only_with(self, activities: ActivitySet) -> Needs {
        Needs { activities, ..self }
    }

    /// The same and the units of events.
    pub fn with_units(self) -> Needs {
        Needs { units: true, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_is_exact_up_to_64_activities() {
        let set = ActivitySet::of(&[0, 5, 63]);
        let held: Vec<u16> = (0..64).filter(|activity| set.may_hold(*activity)).collect();
        assert_eq!(held, [0, 5, 63]);
        assert!(ActivitySet::of(&[4_000]).may_hold(4_000));
        assert!(!set.may_meet(ActivitySet::of(&[1, 62])) && set.may_meet(ActivitySet::of(&[1, 5])));
        assert!(!ActivitySet::NONE.may_meet(ActivitySet::EVERYTHING));
        assert_eq!(ActivitySet::from_bits(set.bits()).union(ActivitySet::NONE), set);
    }

    #[test]
    fn activities_that_share_a_bit_are_never_missed() {
        for activity in 0..=u16::MAX {
            assert!(ActivitySet::of(&[activity]).may_hold(activity));
        }
        assert!(ActivitySet::of(&[1]).may_hold(65), "a filter may hold more than was put in");
    }
}
