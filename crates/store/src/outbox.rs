//! Events that changes of the state record, on their way to the event log.

use domain::event::IncomingEvent;
use domain::ports::Outbox;
use domain::{Error, Result};

use crate::Store;
use crate::sql::{Transaction, Value};

impl Outbox for Store {
    fn list_outbox(&self, limit: u32) -> Result<Vec<(u64, IncomingEvent)>> {
        let sql = "SELECT id, event FROM outbox ORDER BY id LIMIT $1";
        let rows = self.read("read the outbox", async |transaction| transaction.fetch(sql, [limit.into()]).await)?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            let number = fields.unsigned()?;
            let event = serde_json::from_str(&fields.text()?).map_err(|cause| {
                Error::internal(format!("the event {number} of the outbox cannot be read")).caused_by(cause)
            })?;
            events.push((number, event));
        }
        Ok(events)
    }

    fn forget_outbox(&self, last: u64) -> Result<()> {
        let sql = "DELETE FROM outbox WHERE id <= $1";
        self.write("empty the outbox", async |transaction| {
            transaction.execute(sql, [last.into()]).await?;
            Ok(())
        })
    }
}

/// Adds events in the transaction of the change that they tell of.
pub(crate) async fn put(transaction: &mut Transaction<'_>, events: &[IncomingEvent]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let first = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM outbox").await?;
    let mut rows: Vec<[Value<'_>; 2]> = Vec::with_capacity(events.len());
    for (number, event) in (first..).zip(events) {
        let json = serde_json::to_string(event)
            .map_err(|cause| Error::internal("could not write an event to the outbox").caused_by(cause))?;
        rows.push([number.into(), json.into()]);
    }
    transaction.insert("INSERT INTO outbox (id, event)", "", rows).await
}
