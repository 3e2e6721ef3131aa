//! What the organisation is called and how it counts days and money.

use domain::ports::{AuditEntry, Organisation, OrganisationStore};
use domain::time::{Calendar, WeekStart};
use domain::{Error, Result};
use serde_json::Value as Json;

use crate::Store;
use crate::audit::record;
use crate::sql::{Transaction, Value};

impl OrganisationStore for Store {
    fn find_organisation(&self) -> Result<Organisation> {
        let sql = "SELECT name, time_zone, week_start, currency, language FROM organisation WHERE id = 1";
        let row = self.read("find the organisation", async |transaction| transaction.fetch_first(sql, []).await)?;
        let Some(row) = row else { return Ok(defaults()) };
        let mut fields = row.fields();
        let name = fields.text()?;
        let time_zone = fields.text()?;
        let week_start = fields.parsed("a day on which weeks start", parse_week_start)?;
        let calendar = Calendar { time_zone, week_start };
        Ok(Organisation { name, calendar, currency: fields.text()?, language: fields.text()? })
    }

    fn update_organisation(&self, organisation: &Organisation, audit: &AuditEntry) -> Result<()> {
        self.write("update the organisation", async |transaction| {
            set(transaction, organisation).await?;
            record(transaction, audit).await
        })
    }
}

/// Writes the organisation in the transaction of whoever changes it.
pub(crate) async fn set(transaction: &mut Transaction<'_>, organisation: &Organisation) -> Result<()> {
    let values: [Value<'_>; 5] = [
        organisation.name.as_str().into(),
        organisation.calendar.time_zone.as_str().into(),
        week_start_text(organisation.calendar.week_start)?.into(),
        organisation.currency.as_str().into(),
        organisation.language.as_str().into(),
    ];
    let sql = "INSERT INTO organisation (id, name, time_zone, week_start, currency, language) \
               VALUES (1, $1, $2, $3, $4, $5) \
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, \
               week_start = excluded.week_start, currency = excluded.currency, language = excluded.language";
    transaction.execute(sql, values).await?;
    Ok(())
}

fn defaults() -> Organisation {
    Organisation {
        name: String::new(),
        calendar: Calendar::default(),
        currency: "EUR".to_owned(),
        language: "en".to_owned(),
    }
}

/// The name under which the day is serialised everywhere else.
fn week_start_text(day: WeekStart) -> Result<String> {
    match serde_json::to_value(day) {
        Ok(Json::String(text)) => Ok(text),
        Ok(_) => Err(Error::internal("a day on which weeks start has no name")),
        Err(cause) => Err(Error::internal("a day on which weeks start has no name").caused_by(cause)),
    }
}

fn parse_week_start(text: &str) -> Option<WeekStart> {
    serde_json::from_value(Json::String(text.to_owned())).ok()
}
