//! Annotations of what happened to the company.

use domain::ports::{Annotation, AnnotationKind, AnnotationStore, AuditEntry};
use domain::time::parse_day;
use domain::{AnnotationId, Error, Result};

use crate::Store;
use crate::audit::record;
use crate::sql::{Row, Transaction, Value};

impl AnnotationStore for Store {
    fn list_annotations(&self) -> Result<Vec<Annotation>> {
        let sql = "SELECT id, kind, first_day, last_day, body, channel, unit, created_by, created_at FROM annotations \
                   WHERE deleted_at IS NULL ORDER BY id";
        let rows = self.read("list the annotations", async |transaction| transaction.fetch(sql, []).await)?;
        rows.iter().map(read_annotation).collect()
    }

    fn find_annotation(&self, id: AnnotationId) -> Result<Annotation> {
        self.read("find an annotation", async |transaction| find(transaction, id).await)
    }

    fn create_annotation(&self, annotation: &Annotation, audit: &AuditEntry) -> Result<Annotation> {
        self.write("keep an annotation", async |transaction| {
            let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM annotations").await?;
            let values: [Value<'_>; 9] = [
                id.into(),
                annotation.kind.as_str().into(),
                annotation.first_day.to_string().into(),
                annotation.last_day.to_string().into(),
                annotation.text.as_str().into(),
                annotation.channel.as_deref().into(),
                annotation.unit.as_deref().into(),
                annotation.created_by.as_str().into(),
                annotation.created_at.into(),
            ];
            let sql = "INSERT INTO annotations \
                       (id, kind, first_day, last_day, body, channel, unit, created_by, created_at) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            find(transaction, AnnotationId(id)).await
        })
    }

    fn update_annotation(&self, annotation: &Annotation, audit: &AuditEntry) -> Result<Annotation> {
        self.write("change an annotation", async |transaction| {
            find(transaction, annotation.id).await?;
            let values: [Value<'_>; 7] = [
                annotation.id.0.into(),
                annotation.kind.as_str().into(),
                annotation.first_day.to_string().into(),
                annotation.last_day.to_string().into(),
                annotation.text.as_str().into(),
                annotation.channel.as_deref().into(),
                annotation.unit.as_deref().into(),
            ];
            let sql = "UPDATE annotations SET kind = $2, first_day = $3, last_day = $4, body = $5, channel = $6, unit = $7 \
                       WHERE id = $1";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            find(transaction, annotation.id).await
        })
    }

    fn delete_annotation(&self, id: AnnotationId, at: i64, audit: &AuditEntry) -> Result<()> {
        self.write("delete an annotation", async |transaction| {
            find(transaction, id).await?;
            let sql = "UPDATE annotations SET deleted_at = $2, body = '' WHERE id = $1";
            transaction.execute(sql, [id.0.into(), at.into()]).await?;
            record(transaction, audit).await
        })
    }
}

async fn find(transaction: &mut Transaction<'_>, id: AnnotationId) -> Result<Annotation> {
    let sql = "SELECT id, kind, first_day, last_day, body, channel, unit, created_by, created_at FROM annotations \
               WHERE id = $1 AND deleted_at IS NULL";
    match transaction.fetch_first(sql, [id.0.into()]).await? {
        Some(row) => read_annotation(&row),
        None => Err(Error::not_found(format!("there is no annotation {id}"))),
    }
}

fn read_annotation(row: &Row) -> Result<Annotation> {
    let mut fields = row.fields();
    Ok(Annotation {
        id: AnnotationId(fields.unsigned()?),
        kind: fields.parsed("a kind of annotations", AnnotationKind::parse)?,
        first_day: fields.parsed("a day", |text| parse_day(text).ok())?,
        last_day: fields.parsed("a day", |text| parse_day(text).ok())?,
        text: fields.text()?,
        channel: fields.optional_text()?,
        unit: fields.optional_text()?,
        created_by: fields.text()?,
        created_at: fields.integer()?,
    })
}
