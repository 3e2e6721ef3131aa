//! In which order, within which time and how often the steps of a funnel count.

use domain::error::{Error, Result};

use super::conditions::FunnelCondition;

/// How the steps of a chain stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepOrder {
    /// In the order of the question; other events may lie between.
    #[default]
    AnyBetween,
    /// In the order of the question, each directly after the one before.
    Strict,
    /// In whatever order. A customer reaches step `n` with events for the first `n` steps, an event of its own for each.
    AnyOrder,
}

/// Where the window begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WindowFrom {
    /// At the first step of the chain: it limits the whole chain.
    #[default]
    FirstStep,
    /// At the step before: it limits each pair of neighbouring steps.
    StepBefore,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountedBy {
    /// Customers, each once, as deep as any chain of theirs comes.
    #[default]
    Customer,
    /// Entries besides. An entry begins with a first step outside of any entry. It lasts as long as a chain that began in it
    /// can still go on, and ends with the event that takes the last step. Chains that begin in an entry are part of it.
    Entry,
}

/// An activity that ends a chain when it happens between two steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// The step after which, and before the next, it must not happen. The first step is 1.
    pub after_step: usize,
    /// What must not happen.
    pub condition: FunnelCondition,
}

/// Exclusions that a funnel may have.
pub const MAX_EXCLUSIONS: usize = 32;

/// How a funnel differs from the usual one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FunnelOptions {
    pub order: StepOrder,
    pub window_from: WindowFrom,
    pub counted_by: CountedBy,
    pub exclusions: Vec<Exclusion>,
}

impl FunnelOptions {
    /// Refuses what has no meaning for a funnel of so many steps.
    pub(super) fn check(&self, step_count: usize) -> Result<()> {
        if self.order == StepOrder::AnyOrder {
            if self.window_from == WindowFrom::StepBefore {
                return Err(Error::invalid(
                    "steps in any order have no step before; let the window run from the first step",
                ));
            }
            if self.counted_by == CountedBy::Entry {
                return Err(Error::invalid(
                    "entries need an order, because they begin with the first step; count customers, or ask for an order",
                ));
            }
            if !self.exclusions.is_empty() {
                return Err(Error::invalid(
                    "steps in any order have nothing between them; leave the excluded activities out, or ask for an order",
                ));
            }
        }
        if self.exclusions.len() > MAX_EXCLUSIONS {
            let count = self.exclusions.len();
            return Err(Error::invalid(format!("a funnel excludes at most {MAX_EXCLUSIONS} activities, not {count}")));
        }
        match self.exclusions.iter().find(|exclusion| exclusion.after_step == 0 || exclusion.after_step >= step_count) {
            Some(_) => Err(Error::invalid("an excluded activity stands between two steps of the funnel")),
            None => Ok(()),
        }
    }
}
