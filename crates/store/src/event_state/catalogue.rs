//! Which files hold the events, version by version.

use std::collections::BTreeMap;

use domain::ports::{Catalogue, DataFile, DataFileKind};
use domain::{Error, Result};

use crate::sql::{Row, Transaction, Value};

/// Files come in the order of their names.
pub(super) async fn find_current(transaction: &mut Transaction<'_>) -> Result<Catalogue> {
    let sql = "SELECT version, log_position FROM catalogue_versions ORDER BY version DESC LIMIT 1";
    let Some(row) = transaction.fetch_first(sql, []).await? else { return Ok(Catalogue::default()) };
    read_version(transaction, &row).await
}

pub(super) async fn find(transaction: &mut Transaction<'_>, version: u64) -> Result<Option<Catalogue>> {
    let sql = "SELECT version, log_position FROM catalogue_versions WHERE version = $1";
    match transaction.fetch_first(sql, [version.into()]).await? {
        Some(row) => read_version(transaction, &row).await.map(Some),
        None => Ok(None),
    }
}

async fn read_version(transaction: &mut Transaction<'_>, row: &Row) -> Result<Catalogue> {
    let mut fields = row.fields();
    let (version, log_position) = (fields.unsigned()?, fields.unsigned()?);
    let rows = transaction
        .fetch(
            "SELECT name, kind, format, row_count, byte_count, checksum, period, min_seq, max_seq, min_node, max_node, \
             min_occurred_at, max_occurred_at, is_kept FROM data_files \
             WHERE added_version <= $1 AND (dropped_version IS NULL OR dropped_version > $1)",
            [version.into()],
        )
        .await?;
    let mut files = rows.iter().map(read_file).collect::<Result<Vec<DataFile>>>()?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Catalogue { version, log_position, files })
}

fn read_file(row: &Row) -> Result<DataFile> {
    let mut fields = row.fields();
    Ok(DataFile {
        name: fields.text()?,
        kind: fields.parsed("a kind of file", DataFileKind::parse)?,
        format: fields.unsigned_32()?,
        rows: fields.unsigned()?,
        bytes: fields.unsigned()?,
        checksum: fields.unsigned_32()?,
        period: fields.integer()?,
        min_seq: fields.unsigned()?,
        max_seq: fields.unsigned()?,
        min_node: fields.unsigned()?,
        max_node: fields.unsigned()?,
        min_occurred_at: fields.integer()?,
        max_occurred_at: fields.integer()?,
        is_kept: fields.flag()?,
    })
}

pub(super) async fn publish(transaction: &mut Transaction<'_>, next: &Catalogue, at: i64) -> Result<()> {
    let current = find_current(transaction).await?;
    if next.version != current.version + 1 {
        return Err(Error::conflict(format!(
            "catalogue {} cannot follow catalogue {}, which is the current one",
            next.version, current.version
        )));
    }
    let mut before: BTreeMap<&str, &DataFile> = current.files.iter().map(|file| (file.name.as_str(), file)).collect();
    let mut added: BTreeMap<&str, &DataFile> = BTreeMap::new();
    for file in &next.files {
        match before.remove(file.name.as_str()) {
            Some(same) if same == file => {}
            Some(_) => return Err(Error::invalid(format!("file `{}` cannot change, it is immutable", file.name))),
            None if added.insert(&file.name, file).is_some() => {
                return Err(Error::invalid(format!("catalogue {} names `{}` twice", next.version, file.name)));
            }
            None => {}
        }
    }
    let dropped = before;

    let version: [Value<'_>; 3] = [next.version.into(), next.log_position.into(), at.into()];
    transaction
        .execute("INSERT INTO catalogue_versions (version, log_position, published_at) VALUES ($1, $2, $3)", version)
        .await?;
    for name in dropped.into_keys() {
        let values: [Value<'_>; 3] = [next.version.into(), at.into(), name.into()];
        transaction
            .execute("UPDATE data_files SET dropped_version = $1, dropped_at = $2 WHERE name = $3", values)
            .await?;
    }
    add_files(transaction, next.version, added.into_values()).await
}

async fn add_files<'a>(
    transaction: &mut Transaction<'_>,
    version: u64,
    files: impl Iterator<Item = &'a DataFile>,
) -> Result<()> {
    let rows = files.map(|file| -> [Value<'_>; 15] {
        [
            file.name.as_str().into(),
            file.kind.as_str().into(),
            file.format.into(),
            file.rows.into(),
            file.bytes.into(),
            file.checksum.into(),
            file.period.into(),
            file.min_seq.into(),
            file.max_seq.into(),
            file.min_node.into(),
            file.max_node.into(),
            file.min_occurred_at.into(),
            file.max_occurred_at.into(),
            file.is_kept.into(),
            version.into(),
        ]
    });
    transaction
        .insert(
            "INSERT INTO data_files (name, kind, format, row_count, byte_count, checksum, period, min_seq, max_seq, \
             min_node, max_node, min_occurred_at, max_occurred_at, is_kept, added_version)",
            "",
            rows,
        )
        .await
}

/// By name. A file dropped at the instant itself is not among them yet.
pub(super) async fn list_dropped(transaction: &mut Transaction<'_>, before: i64) -> Result<Vec<String>> {
    let rows = transaction.fetch("SELECT name FROM data_files WHERE dropped_at < $1", [before.into()]).await?;
    let mut names = rows.iter().map(|row| row.fields().text()).collect::<Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}

/// Forgets dropped files, and the versions that named them. A file that is still named stays.
pub(super) async fn forget(transaction: &mut Transaction<'_>, names: &[String]) -> Result<()> {
    for name in names {
        let sql = "DELETE FROM catalogue_versions WHERE version < \
                   (SELECT dropped_version FROM data_files WHERE name = $1 AND dropped_version IS NOT NULL)";
        transaction.execute(sql, [name.as_str().into()]).await?;
        let sql = "DELETE FROM data_files WHERE name = $1 AND dropped_version IS NOT NULL";
        transaction.execute(sql, [name.as_str().into()]).await?;
    }
    Ok(())
}
