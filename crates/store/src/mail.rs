//! The queue of e-mail, and what is remembered of messages that left.

use domain::event::IncomingEvent;
use domain::ports::{ContactRefusal, KnownMail, MailEnding, MailState, MailStore, NewMail, QueuedMail};
use domain::{Error, MailId, Result, SurveyInvitationId};

use crate::Store;
use crate::sql::{Row, Transaction, Value};
use crate::{contacts, outbox, refusals, surveys};

macro_rules! select_known {
    ($rest:literal) => {
        concat!("SELECT id, address, state, invitation, is_anonymous FROM mail ", $rest)
    };
}

impl MailStore for Store {
    fn list_due_mail(&self, now: i64, limit: u32) -> Result<Vec<QueuedMail>> {
        let sql = "SELECT id, message_id, address, content, is_anonymous, created_at, attempts, invitation FROM mail \
                   WHERE state = 'queued' AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
        self.read("read the queue of e-mail", async |transaction| {
            let rows = transaction.fetch(sql, [now.into(), limit.into()]).await?;
            let mut queued = Vec::with_capacity(rows.len());
            for row in &rows {
                queued.push(read_queued(transaction, row).await?);
            }
            Ok(queued)
        })
    }

    fn count_queued_mail(&self) -> Result<u64> {
        let sql = "SELECT COUNT(*) FROM mail WHERE state = 'queued'";
        self.read("count the queue of e-mail", async |transaction| transaction.next_id(sql).await)
    }

    fn defer_mail(&self, id: MailId, due_at: i64, problem: &str) -> Result<()> {
        let sql =
            "UPDATE mail SET attempts = attempts + 1, due_at = $2, problem = $3 WHERE id = $1 AND state = 'queued'";
        let values: [Value<'_>; 3] = [id.0.into(), due_at.into(), problem.into()];
        self.write("put a message off", async |transaction| transaction.execute(sql, values).await.map(|_| ()))
    }

    fn postpone_mail(&self, id: MailId, due_at: i64) -> Result<()> {
        let sql = "UPDATE mail SET due_at = $2 WHERE id = $1 AND state = 'queued'";
        let values: [Value<'_>; 2] = [id.0.into(), due_at.into()];
        self.write("put a message off", async |transaction| transaction.execute(sql, values).await.map(|_| ()))
    }

    fn end_mail(&self, ending: &MailEnding<'_>) -> Result<bool> {
        self.write("note what became of a message", async |transaction| {
            let Some(known) = find(transaction, select_known!("WHERE id = $1"), ending.id.0.into()).await? else {
                return Ok(false);
            };
            if known.state != MailState::Queued {
                return Ok(false);
            }
            match known.is_anonymous {
                true => move_away(transaction, ending).await?,
                false => close(transaction, ending).await?,
            }
            if let Some(refusal) = ending.refusal {
                refusals::put(transaction, refusal).await?;
            }
            if let Some(contact) = ending.no_contact {
                contacts::forget(transaction, contact).await?;
            }
            outbox::put(transaction, ending.events).await?;
            Ok(true)
        })
    }

    fn find_mail(&self, message_id: &str) -> Result<Option<KnownMail>> {
        let sql = select_known!("WHERE message_id = $1");
        self.read("find a message", async |transaction| find(transaction, sql, message_id.into()).await)
    }

    fn find_answering_addresses(&self, addresses: &[String]) -> Result<Vec<String>> {
        let sql = "SELECT id FROM mail WHERE address = $1 AND state = 'sent' AND invitation IN \
                   (SELECT id FROM survey_invitations WHERE answered_at IS NOT NULL) ORDER BY id LIMIT 1";
        self.read("see which addresses have answered", async |transaction| {
            let mut answering = Vec::new();
            for address in addresses {
                if transaction.fetch_first(sql, [address.as_str().into()]).await?.is_some() {
                    answering.push(address.clone());
                }
            }
            Ok(answering)
        })
    }

    fn find_mail_to_unsubscribe(&self, unsubscribe_hash: &str) -> Result<Option<KnownMail>> {
        let sql = select_known!("WHERE unsubscribe_hash = $1");
        self.read("find a message", async |transaction| find(transaction, sql, unsubscribe_hash.into()).await)
    }

    fn report_mail(
        &self,
        id: MailId,
        state: MailState,
        refusal: &ContactRefusal,
        events: &[IncomingEvent],
    ) -> Result<bool> {
        self.write("note what was heard of a message", async |transaction| {
            let sql = "UPDATE mail SET state = $2 WHERE id = $1 AND state <> $2 AND state <> 'queued'";
            let has_changed = transaction.execute(sql, [id.0.into(), state.as_str().into()]).await? > 0;
            let is_refused_now = refusals::put(transaction, refusal).await?;
            let is_news = has_changed || is_refused_now;
            if is_news {
                outbox::put(transaction, events).await?;
            }
            Ok(is_news)
        })
    }
}

/// Adds messages in the transaction of the invitations that they bring.
pub(crate) async fn put(
    transaction: &mut Transaction<'_>,
    messages: &[NewMail],
    invitations: &[SurveyInvitationId],
) -> Result<()> {
    if !messages.is_empty() && messages.len() != invitations.len() {
        return Err(Error::internal("not every invitation has its message"));
    }
    let rows = messages.iter().zip(invitations).map(|(message, invitation)| -> [Value<'_>; 10] {
        [
            message.id.0.into(),
            message.message_id.as_str().into(),
            message.unsubscribe_hash.as_str().into(),
            message.address.as_str().into(),
            message.content.as_str().into(),
            invitation.0.into(),
            message.is_anonymous.into(),
            MailState::Queued.as_str().into(),
            message.created_at.into(),
            message.created_at.into(),
        ]
    });
    // Nothing was tried yet.
    let rows: Vec<[Value<'_>; 11]> = rows
        .map(|[id, message, unsubscribe, address, content, invitation, anonymous, state, created, due]| {
            [id, message, unsubscribe, address, content, invitation, anonymous, state, 0_u64.into(), created, due]
        })
        .collect();
    let insert = "INSERT INTO mail (id, message_id, unsubscribe_hash, address, content, invitation, is_anonymous, state, attempts, \
                  created_at, due_at)";
    transaction.insert(insert, "", rows).await
}

async fn close(transaction: &mut Transaction<'_>, ending: &MailEnding<'_>) -> Result<()> {
    let sql = "UPDATE mail SET state = $2, ended_at = $3, problem = $4, content = '' WHERE id = $1";
    let values: [Value<'_>; 4] =
        [ending.id.0.into(), ending.state.as_str().into(), ending.at.into(), ending.problem.map(str::to_owned).into()];
    transaction.execute(sql, values).await.map(|_| ())
}

/// Writes a row anew under another number, without what would tie it to its invitation: neither columns nor its place tell.
async fn move_away(transaction: &mut Transaction<'_>, ending: &MailEnding<'_>) -> Result<()> {
    let sql = "SELECT message_id, unsubscribe_hash, address FROM mail WHERE id = $1";
    let Some(row) = transaction.fetch_first(sql, [ending.id.0.into()]).await? else { return Ok(()) };
    let mut fields = row.fields();
    let (message_id, unsubscribe_hash, address) = (fields.text()?, fields.text()?, fields.text()?);
    transaction.execute("DELETE FROM mail WHERE id = $1", [ending.id.0.into()]).await?;
    let sql = "INSERT INTO mail (id, message_id, unsubscribe_hash, address, content, is_anonymous, state, attempts, problem, \
               created_at, due_at, ended_at) VALUES ($1, $2, $3, $4, '', 1, $5, 0, $6, $7, $7, $7)";
    let values: [Value<'_>; 7] = [
        ending.new_id.0.into(),
        message_id.into(),
        unsubscribe_hash.into(),
        address.into(),
        ending.state.as_str().into(),
        ending.problem.map(str::to_owned).into(),
        ending.at.into(),
    ];
    transaction.execute(sql, values).await.map(|_| ())
}

async fn read_queued(transaction: &mut Transaction<'_>, row: &Row) -> Result<QueuedMail> {
    let mut fields = row.fields();
    let id = MailId(fields.unsigned()?);
    let (message_id, address, content) = (fields.text()?, fields.text()?, fields.text()?);
    let (is_anonymous, created_at, attempts) = (fields.flag()?, fields.integer()?, fields.unsigned_32()?);
    let invitation = fields.optional_integer()?.map(|id| SurveyInvitationId(id.cast_unsigned()));
    let invitation = invitation.ok_or_else(|| Error::internal(format!("the message {id} waits without invitation")))?;
    let invitation = surveys::read_invitation(transaction, invitation).await?;
    let survey = surveys::find(transaction, invitation.survey).await?;
    Ok(QueuedMail { id, message_id, address, content, is_anonymous, created_at, attempts, invitation, survey })
}

async fn find(transaction: &mut Transaction<'_>, sql: &'static str, value: Value<'_>) -> Result<Option<KnownMail>> {
    let row = transaction.fetch_first(sql, [value]).await?;
    row.as_ref().map(read_known).transpose()
}

fn read_known(row: &Row) -> Result<KnownMail> {
    let mut fields = row.fields();
    Ok(KnownMail {
        id: MailId(fields.unsigned()?),
        address: fields.text()?,
        state: fields.parsed("a state of messages", MailState::parse)?,
        invitation: fields.optional_integer()?.map(|id| SurveyInvitationId(id.cast_unsigned())),
        is_anonymous: fields.flag()?,
    })
}
