//! Brings the tables to this version of the program, one transaction for each migration.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Error, Result};
use sha2::{Digest, Sha256};

use crate::backend::Connection;
use crate::sql::{Transaction, Value};

/// A step of the schema. Once released, its text never changes: a database remembers its checksum.
struct Migration {
    number: u32,
    name: &'static str,
    sql: &'static str,
}

/// All steps, numbered from 1 without gaps.
const MIGRATIONS: [Migration; 16] = [
    Migration { number: 1, name: "event_state", sql: include_str!("../../../migrations/0001_event_state.sql") },
    Migration { number: 2, name: "event_files", sql: include_str!("../../../migrations/0002_event_files.sql") },
    Migration { number: 3, name: "organisation", sql: include_str!("../../../migrations/0003_organisation.sql") },
    Migration { number: 4, name: "units_and_rates", sql: include_str!("../../../migrations/0004_units_and_rates.sql") },
    Migration { number: 5, name: "people", sql: include_str!("../../../migrations/0005_people.sql") },
    Migration { number: 6, name: "customer_names", sql: include_str!("../../../migrations/0006_customer_names.sql") },
    Migration { number: 7, name: "questions", sql: include_str!("../../../migrations/0007_questions.sql") },
    Migration { number: 8, name: "segments", sql: include_str!("../../../migrations/0008_segments.sql") },
    Migration { number: 9, name: "surveys", sql: include_str!("../../../migrations/0009_surveys.sql") },
    Migration { number: 10, name: "mail", sql: include_str!("../../../migrations/0010_mail.sql") },
    Migration { number: 11, name: "contact", sql: include_str!("../../../migrations/0011_contact.sql") },
    Migration { number: 12, name: "metrics", sql: include_str!("../../../migrations/0012_metrics.sql") },
    Migration { number: 13, name: "annotations", sql: include_str!("../../../migrations/0013_annotations.sql") },
    Migration { number: 14, name: "marks", sql: include_str!("../../../migrations/0014_marks.sql") },
    Migration { number: 15, name: "contact_keys", sql: include_str!("../../../migrations/0015_contact_keys.sql") },
    Migration { number: 16, name: "topics", sql: include_str!("../../../migrations/0016_topics.sql") },
];

const CREATE_REGISTER: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (\
     number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";

/// A step that a database went through.
struct Applied {
    number: u32,
    name: String,
    checksum: String,
}

/// Runs the steps that the database has not gone through. Refuses a database of a newer program, and one whose steps were
/// other than this program's.
pub(crate) async fn migrate(connection: &mut Connection) -> Result<()> {
    let mut transaction = connection.begin_writing("read the version of the state").await?;
    transaction.execute(CREATE_REGISTER, []).await?;
    let applied = list_applied(&mut transaction).await?;
    transaction.commit().await?;

    refuse_other_history(&applied)?;
    for migration in MIGRATIONS.iter().skip(applied.len()) {
        tracing::info!(number = migration.number, name = migration.name, "migrating the state");
        let mut transaction = connection.begin_writing("migrate the state").await?;
        transaction.execute_script(migration.sql).await?;
        let values: [Value<'_>; 3] = [migration.number.into(), migration.name.into(), checksum(migration.sql).into()];
        transaction
            .execute("INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)", values)
            .await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn list_applied(transaction: &mut Transaction<'_>) -> Result<Vec<Applied>> {
    let rows = transaction.fetch("SELECT number, name, checksum FROM schema_migrations ORDER BY number", []).await?;
    let read = |row: &crate::sql::Row| {
        let mut fields = row.fields();
        Ok(Applied { number: fields.unsigned_32()?, name: fields.text()?, checksum: fields.text()? })
    };
    rows.iter().map(read).collect()
}

fn refuse_other_history(applied: &[Applied]) -> Result<()> {
    let newest_known = MIGRATIONS.last().map_or(0, |migration| migration.number);
    let newest_applied = applied.last().map_or(0, |step| step.number);
    if newest_applied > newest_known {
        return Err(Error::conflict(format!(
            "the state was written by a newer vivencia (its schema has version {newest_applied}, this one knows \
             {newest_known}); use that vivencia or a newer one"
        )));
    }
    for (step, migration) in applied.iter().zip(&MIGRATIONS) {
        if step.number != migration.number || step.checksum != checksum(migration.sql) {
            return Err(Error::conflict(format!(
                "step {} (`{}`) of the state's schema is not the one of this vivencia; \
                 use the vivencia that made the state, or restore a backup",
                step.number, step.name
            )));
        }
    }
    Ok(())
}

fn checksum(sql: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(sql.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_without_gaps() {
        for (migration, number) in MIGRATIONS.iter().zip(1..) {
            assert_eq!(migration.number, number, "{}", migration.name);
        }
    }
}
