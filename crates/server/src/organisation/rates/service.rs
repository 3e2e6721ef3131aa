//! Entering exchange rates. They lead to the currency that the organisation has when they are entered; when it takes
//! another one, they stay, aside, and count again when it comes back.

use domain::money::{Currency, ExchangeRate, RateBook, currency_text, parse_currency};
use domain::time::Day;
use domain::{Error, Result};
use serde_json::json;

use super::dto::{NewDatedRate, RateDto};
use crate::app::App;
use crate::auth::Identity;
use crate::organisation::find_organisation;

pub fn list_rates(app: &App) -> Result<Vec<ExchangeRate>> {
    app.state.rates.list_rates()
}

/// The rates into the currency of the reports.
pub fn find_rate_book(app: &App) -> Result<RateBook> {
    Ok(RateBook::new(reporting_currency(app)?, list_rates(app)?))
}

/// Enters rates, all or none.
pub fn update_rates(app: &App, new: &[NewDatedRate], by: &Identity) -> Result<Vec<ExchangeRate>> {
    if new.is_empty() {
        return Err(Error::invalid("no rate came; send each with its currency, valid_from and rate"));
    }
    let reporting = reporting_currency(app)?;
    let mut rates = Vec::with_capacity(new.len());
    for one in new {
        let (currency, valid_from, rate) = one.read()?;
        if currency == reporting {
            return Err(Error::invalid(format!(
                "{0} is the organisation's own currency; a rate says what another one is worth in {0}",
                currency_text(&reporting)
            )));
        }
        rates.push(ExchangeRate { currency, reporting, valid_from, rate });
    }
    let subject = match new {
        [one] => one.currency.as_str(),
        _ => "rates",
    };
    let detail = json!({"rates": rates.iter().copied().map(RateDto::from).collect::<Vec<_>>()});
    app.state.rates.update_rates(&rates, &app.audit_entry(by, "rate.update", subject, detail))?;
    Ok(rates)
}

/// Takes back a rate into the organisation's currency.
pub fn delete_rate(app: &App, currency: Currency, valid_from: Day, by: &Identity) -> Result<()> {
    let reporting = reporting_currency(app)?;
    let detail = json!({"valid_from": valid_from.to_string(), "reporting_currency": currency_text(&reporting)});
    let audit = app.audit_entry(by, "rate.delete", currency_text(&currency), detail);
    app.state.rates.delete_rate(reporting, currency, valid_from, &audit)
}

fn reporting_currency(app: &App) -> Result<Currency> {
    parse_currency(&find_organisation(app)?.currency)
}
