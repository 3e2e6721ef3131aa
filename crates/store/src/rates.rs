//! The exchange rates that the organisation has entered, as exact decimals in text.

use std::collections::BTreeSet;

use domain::money::{Currency, ExchangeRate, currency_text, read_currency};
use domain::ports::{AuditEntry, RateStore};
use domain::time::{Day, parse_day};
use domain::{Error, Result};

use crate::Store;
use crate::audit::record;
use crate::sql::Value;

impl RateStore for Store {
    fn list_rates(&self) -> Result<Vec<ExchangeRate>> {
        let sql = "SELECT reporting, currency, valid_from, rate FROM exchange_rates";
        let rows = self.read("list the exchange rates", async |transaction| transaction.fetch(sql, []).await)?;
        let mut rates = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            rates.push(ExchangeRate {
                reporting: fields.parsed("a currency", read_currency)?,
                currency: fields.parsed("a currency", read_currency)?,
                valid_from: fields.parsed("a day", |text| parse_day(text).ok())?,
                rate: fields.parsed("a rate", |text| text.parse().ok())?,
            });
        }
        rates.sort_by_key(|rate| (rate.reporting, rate.currency, rate.valid_from));
        Ok(rates)
    }

    fn update_rates(&self, rates: &[ExchangeRate], audit: &AuditEntry) -> Result<()> {
        let mut days = BTreeSet::new();
        for rate in rates {
            if !days.insert((rate.reporting, rate.currency, rate.valid_from)) {
                return Err(Error::invalid(format!(
                    "the rate of {} on {} stands twice; say once what it is",
                    currency_text(&rate.currency),
                    rate.valid_from
                )));
            }
        }
        self.write("update the exchange rates", async |transaction| {
            let rows = rates.iter().map(|rate| -> [Value<'_>; 4] {
                [
                    currency_text(&rate.reporting).into(),
                    currency_text(&rate.currency).into(),
                    rate.valid_from.to_string().into(),
                    rate.rate.to_string().into(),
                ]
            });
            let insert_into = "INSERT INTO exchange_rates (reporting, currency, valid_from, rate)";
            let on_conflict = "ON CONFLICT (reporting, currency, valid_from) DO UPDATE SET rate = excluded.rate";
            transaction.insert(insert_into, on_conflict, rows).await?;
            record(transaction, audit).await
        })
    }

    fn delete_rate(&self, reporting: Currency, currency: Currency, valid_from: Day, audit: &AuditEntry) -> Result<()> {
        let (reporting, currency) = (currency_text(&reporting), currency_text(&currency));
        self.write("delete an exchange rate", async |transaction| {
            let values: [Value<'_>; 3] = [reporting.into(), currency.into(), valid_from.to_string().into()];
            let sql = "DELETE FROM exchange_rates WHERE reporting = $1 AND currency = $2 AND valid_from = $3";
            if transaction.execute(sql, values).await? == 0 {
                return Err(Error::not_found(format!("no rate of {currency} into {reporting} begins on {valid_from}")));
            }
            record(transaction, audit).await
        })
    }
}
