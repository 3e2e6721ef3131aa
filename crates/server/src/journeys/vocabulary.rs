//! From the names that people write to the codes that the engine folds, and back. Aliases count as what they stand for.

use std::collections::HashMap;
use std::sync::Arc;

use domain::ports::ActivityEntry;
use domain::{Error, Result};
use events::names::Names;
use journey::{ActivitySet, JourneyBatch, JourneySource, Needs};

use crate::nearest::nearest;

/// The activities at one moment.
pub struct Vocabulary {
    names: Arc<Names>,
    /// The code as which each code counts; empty when every code is its own.
    counts_as: Vec<u16>,
    /// Names of codes that stand for an activity which was never seen under its own name.
    labels: HashMap<u16, String>,
    /// Which activities whoever asks has seen, by code; none when all.
    seen: Option<Vec<bool>>,
}

impl Vocabulary {
    /// `seen` says by code of which activities whoever asks sees an event: then it is as if there were no others.
    pub fn new(names: Arc<Names>, entries: &[ActivityEntry], seen: Option<Vec<bool>>) -> Vocabulary {
        let mut counts_as: Vec<u16> = Vec::new();
        let mut labels = HashMap::new();
        let mut stand_ins: HashMap<&str, u16> = HashMap::new();
        let code_of = |name: &str| find_seen(&names, seen.as_deref(), name);
        for entry in entries {
            let Some(target) = entry.alias_of.as_deref() else { continue };
            let Some(code) = code_of(&entry.name) else { continue };
            if counts_as.is_empty() {
                counts_as = (0..names.activities.len()).map(|code| u16::try_from(code).unwrap_or(u16::MAX)).collect();
            }
            let target_code = code_of(target).unwrap_or_else(|| {
                labels.entry(*stand_ins.entry(target).or_insert(code)).or_insert_with(|| target.to_owned());
                stand_ins[target]
            });
            if let Some(slot) = counts_as.get_mut(usize::from(code)) {
                *slot = target_code;
            }
        }
        Vocabulary { names, counts_as, labels, seen }
    }

    /// The code of an activity, by its name or an alias of it. Suggests the nearest name when there is none.
    pub fn find(&self, name: &str) -> Result<u16> {
        if let Some((code, _)) = self.labels.iter().find(|(_, label)| label.as_str() == name) {
            return Ok(*code);
        }
        match find_seen(&self.names, self.seen.as_deref(), name) {
            Some(code) => Ok(self.counts_as(code)),
            None => Err(self.unknown(name)),
        }
    }

    /// The code as which this one counts.
    pub fn counts_as(&self, code: u16) -> u16 {
        self.counts_as.get(usize::from(code)).copied().unwrap_or(code)
    }

    /// Whether whoever asks sees an event of this activity.
    pub fn is_seen(&self, code: u16) -> bool {
        is_seen(self.seen.as_deref(), u32::from(code))
    }

    pub fn label(&self, code: u16) -> String {
        match self.labels.get(&code) {
            Some(label) => label.clone(),
            None => self.names.activities.name(u32::from(code)).to_owned(),
        }
    }

    /// Whether so many activities came that some count only as `(other)`.
    pub fn has_overflown(&self) -> bool {
        find_seen(&self.names, self.seen.as_deref(), events::names::OTHER).is_some()
    }

    fn unknown(&self, name: &str) -> Error {
        let mut known =
            self.names.activities.iter().filter(|(code, _)| is_seen(self.seen.as_deref(), *code)).peekable();
        if known.peek().is_none() {
            return Error::invalid(format!("there is no activity `{name}`: no event has arrived yet"));
        }
        Error::invalid(match nearest(name, known.map(|(_, known)| known)) {
            Some(known) => format!("there is no activity `{name}`; did you mean `{known}`?"),
            None => format!("there is no activity `{name}`; `vivencia activities list` shows those that there are"),
        })
    }

    /// The same journeys with aliases counted as what they stand for; none when there are no aliases.
    pub fn recode<'a, S: ?Sized>(&'a self, source: &'a S) -> Option<Recoded<'a, S>> {
        (!self.counts_as.is_empty()).then_some(Recoded { source, counts_as: &self.counts_as })
    }
}

fn is_seen(seen: Option<&[bool]>, code: u32) -> bool {
    seen.is_none_or(|seen| seen.get(code as usize).copied().unwrap_or_default())
}

/// The code of an activity of which an event is seen.
fn find_seen(names: &Names, seen: Option<&[bool]>, name: &str) -> Option<u16> {
    let code = names.activities.find(name).filter(|code| is_seen(seen, *code))?;
    u16::try_from(code).ok()
}

/// Journeys with other codes.
pub struct Recoded<'a, S: ?Sized> {
    source: &'a S,
    counts_as: &'a [u16],
}

impl<S: ?Sized> Recoded<'_, S> {
    /// The activities as the source knows them: those asked for, and all that count as one of them.
    fn before_recoding(&self, asked: ActivitySet) -> ActivitySet {
        let codes: Vec<u16> = (0..=u16::MAX)
            .zip(self.counts_as)
            .filter(|(_, counts_as)| asked.may_hold(**counts_as))
            .map(|(code, _)| code)
            .collect();
        asked.union(ActivitySet::of(&codes))
    }
}

impl<S: JourneySource + ?Sized> JourneySource for Recoded<'_, S> {
    type Error = S::Error;

    fn part_count(&self) -> usize {
        self.source.part_count()
    }

    fn for_each_batch(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) -> Result<(), S::Error> {
        let needs = needs.only_with(self.before_recoding(needs.activities));
        let mut recoded = Vec::new();
        self.source.for_each_batch(part, needs, &mut |batch| {
            recoded.clear();
            let codes = batch.activity.iter();
            recoded.extend(codes.map(|code| self.counts_as.get(usize::from(*code)).copied().unwrap_or(*code)));
            each(JourneyBatch { activity: &recoded, ..batch });
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::ports::Dictionary;

    use super::*;

    fn vocabulary(names: &[&str], aliases: &[(&str, &str)]) -> Vocabulary {
        let mut book = Names::default();
        for name in names {
            book.code(Dictionary::Activity, name);
        }
        let entries: Vec<_> = aliases
            .iter()
            .map(|(name, target)| ActivityEntry {
                name: (*name).to_owned(),
                role: None,
                wait_property: None,
                reason_property: None,
                alias_of: Some((*target).to_owned()),
            })
            .collect();
        Vocabulary::new(Arc::new(book), &entries, None)
    }

    #[test]
    fn an_unknown_activity_suggests_the_nearest() {
        let vocabulary = vocabulary(&["Order Completed", "Cart Viewed"], &[]);
        let message = vocabulary.find("order complete").unwrap_err().to_string();
        assert_eq!(message, "there is no activity `order complete`; did you mean `Order Completed`?");
        let message = vocabulary.find("zzz").unwrap_err().to_string();
        assert!(message.contains("activities list"), "{message}");
    }

    #[test]
    fn an_alias_counts_as_what_it_stands_for() {
        let vocabulary = vocabulary(&["Bought", "Order Completed", "Cart Viewed"], &[("Bought", "Order Completed")]);
        assert_eq!(vocabulary.find("Bought").unwrap(), 1);
        assert_eq!(vocabulary.find("Order Completed").unwrap(), 1);
        assert_eq!(vocabulary.counts_as, [1, 1, 2]);
    }

    #[test]
    fn aliases_of_an_activity_never_seen_stand_for_it_together() {
        let vocabulary = vocabulary(&["Bought", "Paid"], &[("Bought", "Order Completed"), ("Paid", "Order Completed")]);
        let code = vocabulary.find("Order Completed").unwrap();
        assert_eq!(vocabulary.find("Paid").unwrap(), code);
        assert_eq!(vocabulary.find("Bought").unwrap(), code);
        assert_eq!(vocabulary.label(code), "Order Completed");
    }
}
