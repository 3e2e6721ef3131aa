//! Money: currencies and their minor units, and dated exchange rates into the organisation's reporting currency.
//!
//! Everything is exact: amounts are integers in minor units, rates are decimals. An amount is converted with the rate that
//! holds on its day and rounded once, half to even, to a minor unit of the reporting currency. So the totals of several
//! customers add up to the total of all.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::Day;

/// A code of ISO 4217: three upper-case letters.
pub type Currency = [u8; 3];

/// Reads an ISO 4217 code, whatever its case and the blanks around it.
pub fn read_currency(text: &str) -> Option<Currency> {
    let code: Currency = text.trim().as_bytes().try_into().ok()?;
    code.iter().all(u8::is_ascii_alphabetic).then(|| code.map(|letter| letter.to_ascii_uppercase()))
}

/// The same, with a sentence for who wrote something else.
pub fn parse_currency(text: &str) -> Result<Currency> {
    read_currency(text)
        .ok_or_else(|| Error::invalid(format!("`{text}` is not a currency; write three letters such as EUR")))
}

/// A currency as text.
pub fn currency_text(currency: &Currency) -> &str {
    std::str::from_utf8(currency).unwrap_or("XXX")
}

/// How many decimals the minor unit of a currency has (ISO 4217, list one): 2 for EUR, 0 for CLP.
pub fn minor_digits(currency: Currency) -> u32 {
    match &currency {
        b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX" | b"UYI"
        | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
        b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
        b"CLF" | b"UYW" => 4,
        _ => 2,
    }
}

/// An amount of minor units as a decimal: `-12.50`.
pub fn decimal_text(minor: i64, currency: Currency) -> String {
    let digits = minor_digits(currency) as usize;
    let sign = if minor < 0 { "-" } else { "" };
    let text = format!("{:0width$}", minor.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// What one unit of a currency is worth in another: an exact, positive decimal of at most 18 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rate {
    /// The rate times 10 to the power of `decimals`.
    digits: u64,
    decimals: u32,
}

impl Rate {
    /// Digits before and after the point together, at most.
    pub const MAX_DIGITS: usize = 18;

    /// Minor units of one currency as minor units of another, rounded half to even. `None` beyond 64 bits.
    pub fn convert(self, minor: i64, from: Currency, into: Currency) -> Option<i64> {
        // At most 63 and 60 bits, so that the product is exact.
        let product = i128::from(minor) * i128::from(self.digits);
        let shift = i64::from(self.decimals) + i64::from(minor_digits(from)) - i64::from(minor_digits(into));
        let factor = 10_i128.pow(u32::try_from(shift.unsigned_abs()).ok()?);
        let converted = if shift <= 0 { product.checked_mul(factor)? } else { divide_half_to_even(product, factor) };
        i64::try_from(converted).ok()
    }
}

/// `divisor` is positive.
fn divide_half_to_even(dividend: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    let is_up = match (rest * 2).cmp(&divisor) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient.rem_euclid(2) == 1,
        std::cmp::Ordering::Greater => true,
    };
    quotient + i128::from(is_up)
}

impl FromStr for Rate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Rate> {
        let refusal = || {
            Error::invalid(format!(
                "`{text}` is not a rate; write a positive decimal with a point and at most {} digits, such as 0.0496",
                Rate::MAX_DIGITS
            ))
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction_is_missing = text.contains('.') && fraction.is_empty();
        if whole.is_empty() || fraction_is_missing || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Err(refusal());
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if whole.len() + fraction.len() > Rate::MAX_DIGITS {
            return Err(refusal());
        }
        let digits = format!("0{whole}{fraction}").parse().map_err(|_| refusal())?;
        if digits == 0 {
            return Err(refusal());
        }
        Ok(Rate { digits, decimals: u32::try_from(fraction.len()).map_err(|_| refusal())? })
    }
}

impl fmt::Display for Rate {
    /// Without zeros that say nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.decimals as usize;
        let text = format!("{:0width$}", self.digits, width = decimals + 1);
        let (whole, fraction) = text.split_at(text.len() - decimals);
        if decimals == 0 { f.write_str(whole) } else { write!(f, "{whole}.{fraction}") }
    }
}

impl TryFrom<String> for Rate {
    type Error = Error;

    fn try_from(text: String) -> Result<Rate> {
        text.parse()
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> String {
        rate.to_string()
    }
}

/// A rate and the day from which it holds, until the day of the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// The currency that the rate is of.
    pub currency: Currency,
    /// The currency that the rate leads to.
    pub reporting: Currency,
    /// A day of the organisation's calendar.
    pub valid_from: Day,
    /// One unit of `currency` is this much of `reporting`.
    pub rate: Rate,
}

/// The rates into one reporting currency, by day.
#[derive(Clone, Debug)]
pub struct RateBook {
    reporting: Currency,
    rates: BTreeMap<(Currency, Day), Rate>,
}

impl RateBook {
    /// Rates into other currencies are left aside.
    pub fn new(reporting: Currency, rates: impl IntoIterator<Item = ExchangeRate>) -> RateBook {
        let of_this = rates.into_iter().filter(|rate| rate.reporting == reporting);
        RateBook { reporting, rates: of_this.map(|rate| ((rate.currency, rate.valid_from), rate.rate)).collect() }
    }

    /// The currency that everything is converted into.
    pub fn reporting(&self) -> Currency {
        self.reporting
    }

    /// The rate that holds on a day: the latest one that is valid from this day or an earlier one.
    pub fn find(&self, currency: Currency, day: Day) -> Option<Rate> {
        self.rates.range((currency, Day::MIN)..=(currency, day)).next_back().map(|(_, rate)| *rate)
    }

    /// An amount in the reporting currency; `None` when no rate holds on its day, or the amount is beyond 64 bits.
    pub fn convert(&self, minor: i64, currency: Currency, day: Day) -> Option<i64> {
        if currency == self.reporting {
            return Some(minor);
        }
        self.find(currency, day)?.convert(minor, currency, self.reporting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Day {
        crate::time::parse_day(text).unwrap()
    }

    #[test]
    fn amounts_are_written_with_the_decimals_of_their_currency() {
        for (minor, currency, text) in [
            (1_250, b"EUR", "12.50"),
            (-5, b"EUR", "-0.05"),
            (4_990, b"CLP", "4990"),
            (1, b"KWD", "0.001"),
            (i64::MIN, b"EUR", "-92233720368547758.08"),
            (0, b"UYW", "0.0000"),
        ] {
            assert_eq!(decimal_text(minor, *currency), text);
        }
    }

    #[test]
    fn rates_are_exact_decimals() {
        for (text, shown) in [
            ("0.0496", "0.0496"),
            ("1", "1"),
            ("001.50", "1.5"),
            ("20.000", "20"),
            ("0.000000000000000001", "0.000000000000000001"),
        ] {
            assert_eq!(rate(text).to_string(), shown);
        }
        for text in [
            "",
            "0",
            "0.0",
            "-1",
            "+1",
            "1e3",
            "1,5",
            ".5",
            "5.",
            "1.2.3",
            "NaN",
            "٣",
            "1234567890123456789",
            "0.0000000000000000001",
        ] {
            let message = text.parse::<Rate>().unwrap_err().to_string();
            assert!(message.contains("such as 0.0496"), "{text}: {message}");
        }
    }

    #[test]
    fn halves_go_to_the_even_side() {
        for (minor, expected) in [(1, 0), (2, 1), (3, 2), (5, 2), (7, 4), (-1, 0), (-3, -2), (-5, -2), (-7, -4)] {
            assert_eq!(rate("0.5").convert(minor, *b"USD", *b"EUR"), Some(expected), "{minor} halves");
        }
        assert_eq!(rate("0.5000000001").convert(1, *b"USD", *b"EUR"), Some(1));
        assert_eq!(rate("0.4999999999").convert(3, *b"USD", *b"EUR"), Some(1));
    }

    #[test]
    fn minor_units_of_both_currencies_count() {
        // 4,990 pesos without cents are 4.99 € at 0.001.
        assert_eq!(rate("0.001").convert(4_990, *b"CLP", *b"EUR"), Some(499));
        // One euro is 1,043.5 pesos, and half a peso goes to the even one.
        assert_eq!(rate("1043.5").convert(100, *b"EUR", *b"CLP"), Some(1_044));
        assert_eq!(rate("0.31").convert(1_000, *b"USD", *b"KWD"), Some(3_100));
        assert_eq!(rate("2").convert(i64::MAX, *b"USD", *b"EUR"), None);
        assert_eq!(rate("999999999999999999").convert(i64::MAX, *b"JPY", *b"CLF"), None);
        assert_eq!(rate("0.5").convert(i64::MIN, *b"USD", *b"EUR"), Some(i64::MIN / 2));
    }

    #[test]
    fn the_rate_of_the_day_holds() {
        let entry = |currency: &Currency, reporting: &Currency, from: &str, text: &str| ExchangeRate {
            currency: *currency,
            reporting: *reporting,
            valid_from: day(from),
            rate: rate(text),
        };
        let book = RateBook::new(
            *b"EUR",
            [
                entry(b"MXN", b"EUR", "2026-01-01", "0.05"),
                entry(b"MXN", b"EUR", "2026-02-01", "0.04"),
                entry(b"MXN", b"USD", "2025-01-01", "0.06"),
                entry(b"MXX", b"EUR", "2020-01-01", "9"),
            ],
        );
        assert_eq!(book.convert(1_000, *b"MXN", day("2025-12-31")), None);
        assert_eq!(book.convert(1_000, *b"MXN", day("2026-01-01")), Some(50));
        assert_eq!(book.convert(1_000, *b"MXN", day("2026-01-31")), Some(50));
        assert_eq!(book.convert(1_000, *b"MXN", day("2027-01-01")), Some(40));
        assert_eq!(book.convert(1_000, *b"USD", day("2026-01-01")), None);
        assert_eq!(book.convert(1_000, *b"EUR", day("1999-01-01")), Some(1_000));
    }
}
