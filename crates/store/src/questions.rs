//! Questions about journeys that people keep.

use domain::ports::{AuditEntry, QuestionStore, QuestionView, SavedQuestion};
use domain::{Error, QuestionId, Result};

use crate::Store;
use crate::audit::record;
use crate::index_key::name_key;
use crate::sql::{Row, Transaction, Value};

const FIND: &str = "SELECT id, name, asked_as, question, created_by, created_at, updated_at, revision FROM questions \
                    WHERE id = $1 AND deleted_at IS NULL";

impl QuestionStore for Store {
    fn list_questions(&self) -> Result<Vec<SavedQuestion>> {
        let sql = "SELECT id, name, asked_as, question, created_by, created_at, updated_at, revision FROM questions \
                   WHERE deleted_at IS NULL ORDER BY id";
        let rows = self.read("list the questions", async |transaction| transaction.fetch(sql, []).await)?;
        rows.iter().map(read_question).collect()
    }

    fn find_question(&self, id: QuestionId) -> Result<SavedQuestion> {
        self.read("find a question", async |transaction| find(transaction, id).await)
    }

    fn create_question(&self, question: &SavedQuestion, audit: &AuditEntry) -> Result<SavedQuestion> {
        self.write("save a question", async |transaction| {
            refuse_taken_name(transaction, &question.name, None).await?;
            let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM questions").await?;
            let values: [Value<'_>; 9] = [
                id.into(),
                question.name.as_str().into(),
                name_key(&question.name).into(),
                question.view.as_str().into(),
                question.question.as_str().into(),
                question.created_by.as_str().into(),
                question.created_at.into(),
                question.updated_at.into(),
                question.revision.into(),
            ];
            let sql = "INSERT INTO questions (id, name, name_key, asked_as, question, created_by, created_at, updated_at, \
                       revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            find(transaction, QuestionId(id)).await
        })
    }

    fn update_question(&self, question: &SavedQuestion, audit: &AuditEntry) -> Result<SavedQuestion> {
        self.write("save a question", async |transaction| {
            let stored = find(transaction, question.id).await?;
            if stored.revision != question.revision {
                return Err(Error::conflict(format!(
                    "`{}` has changed since you read it (it has revision {}, not {}); read it again and save then",
                    stored.name, stored.revision, question.revision
                )));
            }
            refuse_taken_name(transaction, &question.name, Some(question.id)).await?;
            let values: [Value<'_>; 6] = [
                question.id.0.into(),
                question.name.as_str().into(),
                name_key(&question.name).into(),
                question.view.as_str().into(),
                question.question.as_str().into(),
                question.updated_at.into(),
            ];
            let sql = "UPDATE questions SET name = $2, name_key = $3, asked_as = $4, question = $5, updated_at = $6, \
                       revision = revision + 1 WHERE id = $1";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            find(transaction, question.id).await
        })
    }

    fn delete_question(&self, id: QuestionId, at: i64, audit: &AuditEntry) -> Result<()> {
        self.write("delete a question", async |transaction| {
            find(transaction, id).await?;
            let sql = "UPDATE questions SET deleted_at = $2, question = '{}' WHERE id = $1";
            transaction.execute(sql, [id.0.into(), at.into()]).await?;
            record(transaction, audit).await
        })
    }
}

async fn refuse_taken_name(transaction: &mut Transaction<'_>, name: &str, of: Option<QuestionId>) -> Result<()> {
    let sql = "SELECT id FROM questions WHERE name_key = $1 AND deleted_at IS NULL";
    match transaction.fetch_first(sql, [name_key(name).into()]).await? {
        Some(row) => {
            let taken_by = QuestionId(row.fields().unsigned()?);
            if of == Some(taken_by) {
                return Ok(());
            }
            Err(Error::conflict(format!("there is already a question called `{name}` ({taken_by}); take another name"))
                .because("name_taken"))
        }
        None => Ok(()),
    }
}

async fn find(transaction: &mut Transaction<'_>, id: QuestionId) -> Result<SavedQuestion> {
    match transaction.fetch_first(FIND, [id.0.into()]).await? {
        Some(row) => read_question(&row),
        None => Err(Error::not_found(format!("there is no saved question {id}"))),
    }
}

fn read_question(row: &Row) -> Result<SavedQuestion> {
    let mut fields = row.fields();
    Ok(SavedQuestion {
        id: QuestionId(fields.unsigned()?),
        name: fields.text()?,
        view: fields.parsed("a view of a question", QuestionView::parse)?,
        question: fields.text()?,
        created_by: fields.text()?,
        created_at: fields.integer()?,
        updated_at: fields.integer()?,
        revision: fields.unsigned()?,
    })
}
