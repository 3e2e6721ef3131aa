//! What activities mean, as codes.

use std::collections::{BTreeSet, HashMap};

use domain::ports::{ActivityEntry, ActivityRole};

use super::moment::Moment;
use crate::organisation::default_entry;

impl Moment {
    /// The activities that have a role, as people said it or by default, by the codes as which they count, and their names
    /// in order.
    pub(crate) fn with_role(&self, role: ActivityRole) -> (Vec<u16>, Vec<String>) {
        let edited: HashMap<&str, &ActivityEntry> =
            self.entries.iter().map(|entry| (entry.name.as_str(), entry)).collect();
        let mut names: BTreeSet<&str> = self.names.activities.iter().map(|(_, name)| name).collect();
        names.extend(
            self.entries.iter().flat_map(|entry| [Some(entry.name.as_str()), entry.alias_of.as_deref()]).flatten(),
        );
        let has_role = |name: &str| match edited.get(name) {
            // An alias means what it stands for.
            Some(entry) => entry.alias_of.is_none() && entry.role == Some(role),
            None => default_entry(name).is_some_and(|entry| entry.role == Some(role)),
        };
        let found = names.into_iter().filter(|name| has_role(name));
        let known = found.filter_map(|name| Some((self.vocabulary.find(name).ok()?, name.to_owned())));
        known.unzip()
    }
}
