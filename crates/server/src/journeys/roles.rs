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

    /// The activities of a role of which the catalogue names a property, by their codes, each with that property.
    pub(crate) fn properties_of_role(
        &self,
        role: ActivityRole,
        property: impl Fn(ActivityEntry) -> Option<String>,
    ) -> Vec<(u16, String)> {
        let (codes, names) = self.with_role(role);
        let entry_of = |name: &str| {
            let edited = self.entries.iter().find(|entry| entry.name == name);
            edited.cloned().or_else(|| default_entry(name))
        };
        let named = codes.into_iter().zip(names).map(|(code, name)| (code, entry_of(&name).and_then(&property)));
        named.filter_map(|(code, property)| Some((code, property?))).collect()
    }
}
