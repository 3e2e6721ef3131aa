//! Addresses that nothing is sent to any more.

use domain::event::IncomingEvent;
use domain::ports::{AuditEntry, ContactRefusal, ContactRefusals, RefusalReason};
use domain::{Error, Identifier, IdentifierKind, Result, SurveyId, SurveyInvitationId};

use crate::Store;
use crate::audit::record;
use crate::outbox;
use crate::sql::{Row, Transaction, Value};

macro_rules! select_refusals {
    ($rest:literal) => {
        concat!("SELECT id, kind, value, reason, at, survey, invitation FROM contact_refusals ", $rest)
    };
}

impl ContactRefusals for Store {
    fn record_refusal(&self, refusal: &ContactRefusal, events: &[IncomingEvent]) -> Result<bool> {
        self.write("note that an address is refused", async |transaction| {
            let is_news = put(transaction, refusal).await?;
            if is_news {
                outbox::put(transaction, events).await?;
            }
            Ok(is_news)
        })
    }

    fn find_refusals(&self, identifiers: &[Identifier]) -> Result<Vec<ContactRefusal>> {
        let sql = select_refusals!("WHERE kind = $1 AND value = $2 ORDER BY id");
        self.read("find refused addresses", async |transaction| {
            let mut refusals = Vec::new();
            for identifier in identifiers {
                let rows = transaction.fetch(sql, key_of(identifier)).await?;
                for row in &rows {
                    refusals.push(read(row)?.1);
                }
            }
            Ok(refusals)
        })
    }

    fn list_refusals(&self, before: Option<u64>, limit: u32) -> Result<Vec<(u64, ContactRefusal)>> {
        let sql = select_refusals!("WHERE id < $1 ORDER BY id DESC LIMIT $2");
        let before = before.unwrap_or(u64::MAX >> 1);
        let values: [Value<'_>; 2] = [before.into(), limit.into()];
        let rows = self.read("list refused addresses", async |transaction| transaction.fetch(sql, values).await)?;
        rows.iter().map(read).collect()
    }

    fn remove_refusal(&self, identifier: &Identifier, audit: &AuditEntry) -> Result<()> {
        self.write("let an address be written to again", async |transaction| {
            let sql = "DELETE FROM contact_refusals WHERE kind = $1 AND value = $2";
            if transaction.execute(sql, key_of(identifier)).await? == 0 {
                return Err(Error::not_found(format!("`{}` is not refused", identifier.value)));
            }
            record(transaction, audit).await
        })
    }
}

/// Adds a refusal in the transaction of what led to it; says whether it was news.
pub(crate) async fn put(transaction: &mut Transaction<'_>, refusal: &ContactRefusal) -> Result<bool> {
    let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM contact_refusals").await?;
    let values: [Value<'_>; 7] = [
        id.into(),
        refusal.identifier.kind.as_str().into(),
        refusal.identifier.value.as_str().into(),
        refusal.reason.as_str().into(),
        refusal.at.into(),
        refusal.survey.map(|survey| survey.0.cast_signed()).into(),
        refusal.invitation.map(|invitation| invitation.0.cast_signed()).into(),
    ];
    let sql = "INSERT INTO contact_refusals (id, kind, value, reason, at, survey, invitation) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, value, reason) DO NOTHING";
    Ok(transaction.execute(sql, values).await? > 0)
}

fn key_of(identifier: &Identifier) -> [Value<'_>; 2] {
    [identifier.kind.as_str().into(), identifier.value.as_str().into()]
}

fn read(row: &Row) -> Result<(u64, ContactRefusal)> {
    let mut fields = row.fields();
    let id = fields.unsigned()?;
    let kind = IdentifierKind::parse(&fields.text()?);
    let refusal = ContactRefusal {
        identifier: Identifier { kind, value: fields.text()? },
        reason: fields.parsed("a reason of refusals", RefusalReason::parse)?,
        at: fields.integer()?,
        survey: fields.optional_integer()?.map(|id| SurveyId(id.cast_unsigned())),
        invitation: fields.optional_integer()?.map(|id| SurveyInvitationId(id.cast_unsigned())),
    };
    Ok((id, refusal))
}
