//! The projection of the event log: where it stands, who is who, which files hold the events.

mod apply;
mod catalogue;
mod dead_letters;
mod load;
mod properties;

use domain::ports::{
    Catalogue, DeadCount, DeadFilter, EventState, LoadedState, LogChanges, PersonalValues, PropertySeen,
};
use domain::{DeadLetter, DeadLetterId, Identifier, NodeId, Result};

use crate::Store;

impl EventState for Store {
    fn load(&self) -> Result<LoadedState> {
        self.read("load the state of the event log", load::load)
    }

    fn for_each_identifier(&self, each: &mut dyn FnMut(NodeId, Identifier)) -> Result<()> {
        // Page by page, and `each` between them, so that neither memory nor a transaction grows with the customers.
        let mut after = NodeId(0);
        loop {
            let page =
                self.read("read the identifiers", async |transaction| load::list_page(transaction, after).await)?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = *last;
            for (node, identifier) in page {
                each(node, identifier);
            }
        }
    }

    fn apply(&self, changes: &LogChanges) -> Result<()> {
        self.write("apply the changes of the event log", async |transaction| apply::apply(transaction, changes).await)
    }

    fn publish_catalogue(&self, next: &Catalogue, properties: &[PropertySeen], at: i64) -> Result<()> {
        self.write("publish a catalogue", async |transaction| {
            catalogue::publish(transaction, next, at).await?;
            properties::add_up(transaction, properties).await
        })
    }

    fn list_dropped_files(&self, before: i64) -> Result<Vec<String>> {
        self.read("list dropped files", async |transaction| catalogue::list_dropped(transaction, before).await)
    }

    fn forget_files(&self, names: &[String]) -> Result<()> {
        self.write("forget dropped files", async |transaction| catalogue::forget(transaction, names).await)
    }

    fn list_dead_of(&self, only: DeadFilter, after: Option<DeadLetterId>, limit: u32) -> Result<Vec<DeadLetter>> {
        self.read("list dead letters", async |transaction| dead_letters::list(transaction, only, after, limit).await)
    }

    fn find_dead(&self, id: DeadLetterId) -> Result<Option<DeadLetter>> {
        self.read("find a dead letter", async |transaction| dead_letters::find(transaction, id).await)
    }

    fn find_last_dead(&self) -> Result<Option<DeadLetterId>> {
        self.read("find the last dead letter", dead_letters::find_last)
    }

    fn count_dead(&self) -> Result<Vec<DeadCount>> {
        self.read("count dead letters", dead_letters::count)
    }

    fn list_properties(&self) -> Result<Vec<PropertySeen>> {
        self.read("list the properties", properties::list)
    }

    fn find_personal(&self, ids: &[u64]) -> Result<Vec<PersonalValues>> {
        self.read("find personal values", async |transaction| load::list_personal(transaction, ids).await)
    }

    fn verify_state(&self) -> Result<Vec<String>> {
        self.verify()
    }
}

impl Store {
    /// An earlier catalogue: what the event log was when `version` was the current one. `None` when there was no such
    /// version or one of its files is forgotten.
    pub fn find_catalogue(&self, version: u64) -> Result<Option<Catalogue>> {
        self.read("find a catalogue", async |transaction| catalogue::find(transaction, version).await)
    }
}
