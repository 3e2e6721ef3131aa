//! What could not become an event, with the bytes as they came.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{DeadCode, DeadLetter, DeadLetterId, Error, Result, SourceId};

use crate::sql::{Transaction, Value};

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
    after: Option<DeadLetterId>,
    limit: u32,
) -> Result<Vec<DeadLetter>> {
    let sql = "SELECT id, source, code, detail, item_index, received_at, recipe, raw FROM dead_letters \
               WHERE replayed_position IS NULL AND id > $1 ORDER BY id LIMIT $2";
    let values: [Value<'_>; 2] = [after.map_or(0, |id| id.0).into(), limit.into()];
    let mut letters = Vec::new();
    for row in transaction.fetch(sql, values).await? {
        let mut fields = row.fields();
        letters.push(DeadLetter {
            id: DeadLetterId(fields.unsigned()?),
            source: SourceId(fields.unsigned()?),
            code: fields.parsed("the code of a dead letter", parse_code)?,
            detail: fields.text()?,
            index: fields.unsigned()?,
            received_at: fields.integer()?,
            recipe: fields.text()?,
            raw: URL_SAFE_NO_PAD
                .decode(fields.text()?)
                .map_err(|cause| Error::internal("the bytes of a dead letter cannot be read").caused_by(cause))?,
        });
    }
    Ok(letters)
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

/// The codes are serialised under the same names by which they are shown.
fn parse_code(text: &str) -> Option<DeadCode> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        for code in [
            DeadCode::InvalidJson,
            DeadCode::InvalidUtf8,
            DeadCode::NullCharacter,
            DeadCode::TooDeep,
            DeadCode::TooLarge,
            DeadCode::UnknownKind,
            DeadCode::MissingName,
            DeadCode::MissingIdentifier,
            DeadCode::BlockedIdentifier,
            DeadCode::IdentifierTooLong,
            DeadCode::InvalidTime,
            DeadCode::TimeOutOfRange,
            DeadCode::MessageIdTooLong,
            DeadCode::InvalidField,
            DeadCode::WrongColumnCount,
        ] {
            assert_eq!(parse_code(code.as_str()), Some(code));
        }
    }
}
