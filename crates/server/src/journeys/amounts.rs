//! What events are worth, by a property.

use domain::Result;
use domain::money::{Currency, currency_text, parse_currency, read_currency};
use events::AskedProperty;
use journey::attribution::{OnlyWith, OutcomeValues};
use journey::{Activities, LivedJourney, Needs, Operator, PropertyColumns, Step};

use super::moment::Moment;
use super::seen_values::{ReadValues, ToldAs, find_property};
use crate::finding::FindingDto;
use crate::organisation::find_organisation;

/// Amounts are folded in millionths.
pub const MICROS: f64 = 1_000_000.0;
/// What intake reads as an amount, so that a currency belongs to it.
const AMOUNTS: [&str; 3] = ["revenue", "total", "value"];
const CURRENCY: &str = "currency";
/// What becomes of an answer when there are too many amounts to read.
const NO_MONEY: &str = "nothing is said of money";

/// What events are worth, and what the reader should know about it.
pub struct Amounts {
    pub values: OutcomeValues,
    /// Of amounts; none where the property is a plain number.
    pub currency: Option<String>,
    pub findings: Vec<FindingDto>,
}

impl Moment {
    /// What events are worth by a property, which is read where it is not laid out. Of amounts only those in a currency count, the organisation's unless
    /// told: several are never added up.
    pub fn find_amounts(&mut self, property: &str, currency: Option<&str>) -> Result<Amounts> {
        let with_currency = is_amount(property).then_some(CURRENCY);
        let read = std::iter::once(property).chain(with_currency);
        self.read_properties(read.map(|name| AskedProperty { name: name.to_owned(), values: Vec::new() }))?;
        let (mut values, findings) = self.find_values_of(property)?;
        if with_currency.is_none() {
            return Ok(Amounts { values, currency: None, findings });
        }
        let own = find_organisation(&self.app)?.currency;
        let wanted = parse_currency(currency.unwrap_or(&own))?;
        // An amount without a currency is in the organisation's, but for `value`: as intake reads it.
        let with_none = read_currency(&own) == Some(wanted) && property != "value";
        values.only = Some(self.find_amounts_in(wanted, with_none)?);
        Ok(Amounts { values, currency: Some(currency_text(&wanted).to_owned()), findings })
    }

    /// The property that says what purchases are worth where nobody names one: of what intake reads as amounts the first
    /// that is laid out with its currency, and otherwise the first that a purchase of the question has, which is read. None
    /// where no purchase has any, or there is too much to read, which is said.
    pub fn find_default_amount(&mut self, purchases: &[u16]) -> Result<(Option<&'static str>, Option<FindingDto>)> {
        if let Some(laid_out) = self.laid_out_amount() {
            return Ok((Some(laid_out), None));
        }
        if purchases.is_empty() {
            return Ok((None, None));
        }
        let scanned_before = self.scanned.clone();
        for amount in AMOUNTS {
            let mut too_large = self.read_unless_too_large([amount], NO_MONEY)?;
            if too_large.is_none() {
                let property = find_property(amount, self.timeline.properties())?;
                if !self.ask(HasValue { property, activities: Activities::of(purchases) })? {
                    // What is in it changes nothing of the answer.
                    self.scanned.clone_from(&scanned_before);
                    continue;
                }
                too_large = self.read_unless_too_large([CURRENCY], NO_MONEY)?;
            }
            return Ok(match too_large {
                Some(finding) => {
                    self.scanned = scanned_before;
                    (None, Some(finding))
                }
                None => (Some(amount), None),
            });
        }
        Ok((None, None))
    }

    fn laid_out_amount(&self) -> Option<&'static str> {
        let properties = self.timeline.properties();
        properties.find(CURRENCY)?;
        AMOUNTS.into_iter().find(|amount| properties.find(amount).is_some())
    }

    /// What the values of a property are worth, by code, and what the reader should know of those that are no
    /// numbers.
    fn find_values_of(&self, property: &str) -> Result<(OutcomeValues, Vec<FindingDto>)> {
        let told_as = ToldAs { not_read: "no numbers", those: "events", otherwise: "are worth nothing here" };
        let ReadValues { column, meanings, findings } = self.read_values(property, read_micros, told_as)?;
        let micros = meanings.into_iter().map(Option::unwrap_or_default).collect();
        Ok((OutcomeValues { property: column, micros, only: None }, findings))
    }

    /// The events of which the amount is in a currency. `with_none`: those that name none too.
    fn find_amounts_in(&self, wanted: Currency, with_none: bool) -> Result<OnlyWith> {
        let properties = self.timeline.properties();
        let column = find_property(CURRENCY, properties)?;
        let named = properties.list_values(column).into_iter().zip(0_u16..);
        let codes = named.filter(|(name, _)| read_currency(name) == Some(wanted)).map(|(_, code)| code);
        let none = with_none.then_some(PropertyColumns::NO_VALUE);
        Ok(OnlyWith { property: column, values: codes.chain(none).collect() })
    }
}

/// Whether an event of some activities has a value of a property.
struct HasValue {
    property: usize,
    activities: Activities,
}

impl Operator for HasValue {
    type Partial = bool;
    type Output = bool;

    fn needs(&self) -> Needs {
        Needs { properties: 1 << self.property, ..Needs::EVERY_CUSTOMER }.only_with(self.activities.set())
    }

    fn start(&self) -> bool {
        false
    }

    fn fold(&self, has: &mut bool, customer: LivedJourney<'_>) {
        let mut codes = customer.activity.iter().zip(customer.properties.column(self.property));
        *has =
            *has || codes.any(|(activity, code)| *code != PropertyColumns::NO_VALUE && self.activities.has(*activity));
    }

    fn merge(&self, into: &mut bool, from: bool) {
        *into |= from;
    }

    fn finish(self, has: bool) -> Step<Self> {
        Step::Done(has)
    }
}

/// Whether a property is what intake reads as an amount, so that a currency belongs to it.
pub fn is_amount(property: &str) -> bool {
    AMOUNTS.contains(&property)
}

/// Reads a number as millionths.
fn read_micros(text: &str) -> Option<i64> {
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
    let micros = (number * MICROS).round();
    (micros.abs() < 9e18).then_some(micros as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_to_the_millionth() {
        for (text, micros) in [
            ("129.99", Some(129_990_000)),
            (" -3 ", Some(-3_000_000)),
            ("1e2", Some(100_000_000)),
            ("0.0000004", Some(0)),
            ("free", None),
            ("", None),
            ("inf", None),
            ("1e300", None),
        ] {
            assert_eq!(read_micros(text), micros, "{text}");
        }
    }
}
