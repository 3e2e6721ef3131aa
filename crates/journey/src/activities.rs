//! Which activities a condition takes: some, or any.

use crate::needs::ActivitySet;

/// Activities by code, exactly; looked up in constant time. 64 KiB when they are named.
#[derive(Clone, Debug)]
pub struct Activities {
    /// By code; none for every activity.
    is_named: Option<Box<[bool]>>,
    set: ActivitySet,
}

impl Activities {
    /// Every activity.
    pub fn any() -> Activities {
        Activities { is_named: None, set: ActivitySet::EVERYTHING }
    }

    /// These activities and no others. Of none, nothing fits.
    pub fn of(codes: &[u16]) -> Activities {
        let mut is_named = vec![false; usize::from(u16::MAX) + 1].into_boxed_slice();
        for code in codes {
            is_named[usize::from(*code)] = true;
        }
        Activities { is_named: Some(is_named), set: ActivitySet::of(codes) }
    }

    /// Whether it is one of them.
    #[inline]
    pub fn has(&self, activity: u16) -> bool {
        self.is_named.as_ref().is_none_or(|is_named| is_named[usize::from(activity)])
    }

    /// Whether it is every activity.
    pub fn is_any(&self) -> bool {
        self.is_named.is_none()
    }

    /// As a source is told what a question needs.
    pub fn set(&self) -> ActivitySet {
        self.set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_are_exact_and_any_is_all() {
        let some = Activities::of(&[0, 64, u16::MAX]);
        let held: Vec<u16> = (0..=u16::MAX).filter(|code| some.has(*code)).collect();
        assert_eq!((held, some.is_any()), (vec![0, 64, u16::MAX], false));
        assert!(Activities::any().has(17) && Activities::any().is_any());
        assert!(!(0..=u16::MAX).any(|code| Activities::of(&[]).has(code)));
        assert_eq!(Activities::of(&[]).set(), ActivitySet::NONE);
    }
}
