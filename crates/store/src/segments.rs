//! Segments of customers.

use domain::ports::{AuditEntry, Segment, SegmentStore};
use domain::{Error, Result, SegmentId};

use crate::Store;
use crate::audit::record;
use crate::index_key::name_key;
use crate::sql::{Row, Transaction, Value};

const FIND: &str =
    "SELECT id, name, customers, created_by, created_at FROM segments WHERE id = $1 AND deleted_at IS NULL";

impl SegmentStore for Store {
    fn list_segments(&self) -> Result<Vec<Segment>> {
        let sql =
            "SELECT id, name, customers, created_by, created_at FROM segments WHERE deleted_at IS NULL ORDER BY id";
        let rows = self.read("list the segments", async |transaction| transaction.fetch(sql, []).await)?;
        rows.iter().map(read_segment).collect()
    }

    fn find_segment(&self, id: SegmentId) -> Result<Segment> {
        self.read("find a segment", async |transaction| find(transaction, id).await)
    }

    fn create_segment(&self, segment: &Segment, audit: &AuditEntry) -> Result<Segment> {
        self.write("save a segment", async |transaction| {
            refuse_taken_name(transaction, &segment.name).await?;
            let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM segments").await?;
            let values: [Value<'_>; 6] = [
                id.into(),
                segment.name.as_str().into(),
                name_key(&segment.name).into(),
                segment.customers.as_str().into(),
                segment.created_by.as_str().into(),
                segment.created_at.into(),
            ];
            let sql = "INSERT INTO segments (id, name, name_key, customers, created_by, created_at) \
                       VALUES ($1, $2, $3, $4, $5, $6)";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            find(transaction, SegmentId(id)).await
        })
    }

    fn delete_segment(&self, id: SegmentId, at: i64, audit: &AuditEntry) -> Result<()> {
        self.write("delete a segment", async |transaction| {
            find(transaction, id).await?;
            let sql = "UPDATE segments SET deleted_at = $2, customers = '' WHERE id = $1";
            transaction.execute(sql, [id.0.into(), at.into()]).await?;
            record(transaction, audit).await
        })
    }
}

async fn refuse_taken_name(transaction: &mut Transaction<'_>, name: &str) -> Result<()> {
    let sql = "SELECT id FROM segments WHERE name_key = $1 AND deleted_at IS NULL";
    let Some(row) = transaction.fetch_first(sql, [name_key(name).into()]).await? else { return Ok(()) };
    let taken_by = SegmentId(row.fields().unsigned()?);
    Err(Error::conflict(format!("there is already a segment called `{name}` ({taken_by}); take another name"))
        .because("name_taken"))
}

async fn find(transaction: &mut Transaction<'_>, id: SegmentId) -> Result<Segment> {
    match transaction.fetch_first(FIND, [id.0.into()]).await? {
        Some(row) => read_segment(&row),
        None => Err(Error::not_found(format!("there is no segment {id}"))),
    }
}

fn read_segment(row: &Row) -> Result<Segment> {
    let mut fields = row.fields();
    Ok(Segment {
        id: SegmentId(fields.unsigned()?),
        name: fields.text()?,
        customers: fields.text()?,
        created_by: fields.text()?,
        created_at: fields.integer()?,
    })
}
