//! Exact amounts: decimal text to integers in minor units, never through a floating-point number.

#[cfg(test)]
mod tests;

pub(crate) use domain::money::read_currency;
use domain::money::{Currency, minor_digits};

/// Reads a decimal number (`12.50`, `-3`, `1.2e3`) as minor units of its currency. What is beyond the currency's decimals
/// is rounded half away from zero. None when it is not a number, or larger than 64 bits hold.
pub(crate) fn read_minor_units(text: &str, currency: Currency) -> Option<i64> {
    let text = text.trim();
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], unsigned[at + 1..].parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // The minor units are the digits up to this one; the next decides the rounding.
    let kept = i64::try_from(whole.len()).ok()? + i64::from(exponent) + i64::from(minor_digits(currency));
    let mut minor: i64 = 0;
    let mut position: i64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let digit = i64::from(digit - b'0');
        if position < kept {
            minor = minor.checked_mul(10)?.checked_add(digit)?;
        } else {
            if position == kept && digit >= 5 {
                minor = minor.checked_add(1)?;
            }
            break;
        }
        position += 1;
    }
    // Zeros that an exponent adds; zero itself may have any exponent.
    while position < kept && minor != 0 {
        minor = minor.checked_mul(10)?;
        position += 1;
    }
    Some(if is_negative { -minor } else { minor })
}
