//! What could not become an event, with the bytes as they came.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ports::{DeadCount, DeadFilter};
use domain::{DeadCode, DeadLetter, DeadLetterId, Error, Result, SourceId};

use crate::sql::{Row, Transaction, Value};

pub(super) async fn record(transaction: &mut Transaction<'_>, letters: &[DeadLetter]) -> Result<()> {
    let rows = letters.iter().map(|letter| -> [Value<'_>; 9] {
        [
            letter.id.0.into(),
            letter.source.0.into(),
            letter.code.as_str().into(),
            letter.detail.as_str().into(),
            letter.index.into(),
            letter.received_at.into(),
            letter.recipe.as_str().into(),
            (letter.raw.len() as u64).into(),
            URL_SAFE_NO_PAD.encode(&letter.raw).into(),
        ]
    });
    transaction
        .insert(
            "INSERT INTO dead_letters (id, source, code, detail, item_index, received_at, recipe, raw_bytes, raw)",
            "",
            rows,
        )
        .await
}

/// Keeps the letters, but lists and counts them no more.
pub(super) async fn record_replayed(
    transaction: &mut Transaction<'_>,
    position: u64,
    replayed: &[DeadLetterId],
) -> Result<()> {
    for id in replayed {
        let values: [Value<'_>; 2] = [position.into(), id.0.into()];
        let sql = "UPDATE dead_letters SET replayed_position = $1 WHERE id = $2 AND replayed_position IS NULL";
        transaction.execute(sql, values).await?;
    }
    Ok(())
}

pub(super) async fn list(
    transaction: &mut Transaction<'_>,
    only: DeadFilter,
    after: Option<DeadLetterId>,
    limit: u32,
) -> Result<Vec<DeadLetter>> {
    let sql = "SELECT id, source, code, detail, item_index, received_at, recipe, raw FROM dead_letters \
               WHERE replayed_position IS NULL AND id > $1 AND ($2 = '' OR code = $2) AND ($3 < 0 OR source = $3) \
               ORDER BY id LIMIT $4";
    let source = only.source.map_or(-1, |source| i64::try_from(source.0).unwrap_or(i64::MAX));
    let values: [Value<'_>; 4] =
        [after.map_or(0, |id| id.0).into(), only.code.map_or("", DeadCode::as_str).into(), source.into(), limit.into()];
    transaction.fetch(sql, values).await?.into_iter().map(read_letter).collect()
}

pub(super) async fn find(transaction: &mut Transaction<'_>, id: DeadLetterId) -> Result<Option<DeadLetter>> {
    let values: [Value<'_>; 1] = [id.0.into()];
    let sql = "SELECT id, source, code, detail, item_index, received_at, recipe, raw FROM dead_letters \
               WHERE replayed_position IS NULL AND id = $1";
    transaction.fetch_first(sql, values).await?.map(read_letter).transpose()
}

pub(super) async fn find_last(transaction: &mut Transaction<'_>) -> Result<Option<DeadLetterId>> {
    let sql = "SELECT id FROM dead_letters WHERE replayed_position IS NULL ORDER BY id DESC LIMIT 1";
    transaction.fetch_first(sql, []).await?.map(|row| Ok(DeadLetterId(row.fields().unsigned()?))).transpose()
}

pub(super) async fn count(transaction: &mut Transaction<'_>) -> Result<Vec<DeadCount>> {
    let sql = "SELECT source, code, CAST(COUNT(*) AS BIGINT) FROM dead_letters \
               WHERE replayed_position IS NULL GROUP BY source, code";
    let mut counts = Vec::new();
    for row in transaction.fetch(sql, []).await? {
        let mut fields = row.fields();
        counts.push(DeadCount {
            source: SourceId(fields.unsigned()?),
            code: fields.parsed("the code of a dead letter", DeadCode::parse)?,
            letters: fields.unsigned()?,
        });
    }
    counts.sort_by_key(|count| (std::cmp::Reverse(count.letters), count.source, count.code.as_str()));
    Ok(counts)
}

fn read_letter(row: Row) -> Result<DeadLetter> {
    let mut fields = row.fields();
    Ok(DeadLetter {
        id: DeadLetterId(fields.unsigned()?),
        source: SourceId(fields.unsigned()?),
        code: fields.parsed("the code of a dead letter", DeadCode::parse)?,
        detail: fields.text()?,
        index: fields.unsigned()?,
        received_at: fields.integer()?,
        recipe: fields.text()?,
        raw: URL_SAFE_NO_PAD
            .decode(fields.text()?)
            .map_err(|cause| Error::internal("the bytes of a dead letter cannot be read").caused_by(cause))?,
    })
}

/// Bytes of the letters not replayed yet, by source.
pub(super) async fn sum_bytes(transaction: &mut Transaction<'_>) -> Result<Vec<(SourceId, u64)>> {
    let sql = "SELECT source, CAST(SUM(raw_bytes) AS BIGINT) FROM dead_letters \
               WHERE replayed_position IS NULL GROUP BY source ORDER BY source";
    let mut sums = Vec::new();
    for row in transaction.fetch(sql, []).await? {
        let mut fields = row.fields();
        sums.push((SourceId(fields.unsigned()?), fields.unsigned()?));
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for code in DeadCode::ALL {
            assert_eq!(DeadCode::parse(code.as_str()), Some(code));
        }
    }
}
