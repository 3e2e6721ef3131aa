//! Metrics of the organisation's own.

use domain::ports::{AuditEntry, KeptMetric, MetricStore};
use domain::{Error, Result};

use crate::Store;
use crate::audit::record;
use crate::index_key::refuse_long;
use crate::sql::Value;

impl MetricStore for Store {
    fn list_own_metrics(&self) -> Result<Vec<KeptMetric>> {
        let sql = "SELECT name, definition, created_by, created_at FROM metrics";
        let rows = self.read("list the metrics", async |transaction| transaction.fetch(sql, []).await)?;
        let mut metrics = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            metrics.push(KeptMetric {
                name: fields.text()?,
                definition: fields.text()?,
                created_by: fields.text()?,
                created_at: fields.integer()?,
            });
        }
        metrics.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(metrics)
    }

    fn create_metric(&self, metric: &KeptMetric, audit: &AuditEntry) -> Result<()> {
        refuse_long("the name of a metric", &metric.name)?;
        self.write("keep a metric", async |transaction| {
            let taken = "SELECT name FROM metrics WHERE name = $1";
            if transaction.fetch_first(taken, [metric.name.as_str().into()]).await?.is_some() {
                let detail =
                    format!("there is already a metric `{}`; take another name, or change that one", metric.name);
                return Err(Error::conflict(detail).because("name_taken"));
            }
            let values: [Value<'_>; 4] = [
                metric.name.as_str().into(),
                metric.definition.as_str().into(),
                metric.created_by.as_str().into(),
                metric.created_at.into(),
            ];
            let sql = "INSERT INTO metrics (name, definition, created_by, created_at) VALUES ($1, $2, $3, $4)";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await
        })
    }

    fn update_metric(&self, metric: &KeptMetric, audit: &AuditEntry) -> Result<()> {
        self.write("change a metric", async |transaction| {
            let sql = "UPDATE metrics SET definition = $2 WHERE name = $1";
            let values: [Value<'_>; 2] = [metric.name.as_str().into(), metric.definition.as_str().into()];
            refuse_none(transaction.execute(sql, values).await?, &metric.name)?;
            record(transaction, audit).await
        })
    }

    fn delete_metric(&self, name: &str, audit: &AuditEntry) -> Result<()> {
        self.write("delete a metric", async |transaction| {
            refuse_none(transaction.execute("DELETE FROM metrics WHERE name = $1", [name.into()]).await?, name)?;
            record(transaction, audit).await
        })
    }
}

fn refuse_none(rows: u64, name: &str) -> Result<()> {
    if rows == 0 {
        return Err(Error::not_found(format!("there is no metric `{name}` of your own")));
    }
    Ok(())
}
