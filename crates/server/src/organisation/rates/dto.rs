//! What goes over the wire about exchange rates.

use domain::Result;
use domain::money::{ExchangeRate, Rate, currency_text, parse_currency};
use domain::time::{Day, parse_day};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one unit of a currency is worth from a day on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExchangeRate)]
pub struct RateDto {
    #[schema(example = "MXN")]
    pub currency: String,
    /// A day of the organisation's calendar; the rate holds until the day of the next one.
    #[schema(example = "2026-01-01")]
    pub valid_from: String,
    /// An exact decimal.
    #[schema(example = "0.0496")]
    pub rate: String,
    /// The currency that it leads to. Rates into another one than the organisation's are kept aside.
    #[schema(example = "EUR")]
    pub reporting_currency: String,
}

impl From<ExchangeRate> for RateDto {
    fn from(rate: ExchangeRate) -> Self {
        RateDto {
            currency: currency_text(&rate.currency).to_owned(),
            valid_from: rate.valid_from.to_string(),
            rate: rate.rate.to_string(),
            reporting_currency: currency_text(&rate.reporting).to_owned(),
        }
    }
}

/// Rates by reporting currency, currency and day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExchangeRates)]
pub struct RatesDto {
    pub rates: Vec<RateDto>,
}

/// What a currency is worth.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRate {
    /// An exact decimal, as text: one unit of the currency is this much of the organisation's.
    #[schema(example = "0.0496")]
    pub rate: String,
}

/// A rate among several that come together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDatedRate {
    #[schema(example = "MXN")]
    pub currency: String,
    #[schema(example = "2026-01-01")]
    pub valid_from: String,
    /// An exact decimal, as text: one unit of the currency is this much of the organisation's.
    #[schema(example = "0.0496")]
    pub rate: String,
}

impl NewDatedRate {
    /// As checked values: currency, day, rate.
    pub fn read(&self) -> Result<([u8; 3], Day, Rate)> {
        Ok((parse_currency(&self.currency)?, parse_day(&self.valid_from)?, self.rate.parse()?))
    }
}

/// Rates that are entered together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatesChange {
    pub rates: Vec<NewDatedRate>,
}
