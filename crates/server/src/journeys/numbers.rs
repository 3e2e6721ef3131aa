//! Numbers as they are written, compared exactly: as decimals of any length, and never as floating-point numbers.

use std::cmp::Ordering;

/// A number as JSON spells it. `7`, `7.0` and `70e-1` are equal.
#[derive(Clone, Copy, Debug)]
pub struct WrittenNumber<'a> {
    is_negative: bool,
    /// Digits before the point and behind it, without zeros at their outer ends; both empty for zero.
    whole: &'a str,
    fraction: &'a str,
    /// The power of ten of the first digit that is not zero, plus one; the smallest there is for zero.
    magnitude: i64,
}

impl<'a> WrittenNumber<'a> {
    /// Reads what is a number by the grammar of JSON (RFC 8259). None for all else, such as `007`, `+7`, `7,5` and `abc`,
    /// and for powers of ten of more than 17 digits.
    pub fn read(text: &'a str) -> Option<WrittenNumber<'a>> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, are_digits(fraction).then_some(fraction)?),
            None => (mantissa, ""),
        };
        if !are_digits(whole) || whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        if whole.is_empty() && fraction.is_empty() {
            return Some(WrittenNumber { is_negative: false, whole, fraction, magnitude: i64::MIN });
        }
        let place = match whole {
            "" => {
                let leading = fraction.len() - fraction.trim_start_matches('0').len();
                -i64::try_from(leading).ok()?
            }
            whole => i64::try_from(whole.len()).ok()?,
        };
        Some(WrittenNumber { is_negative, whole, fraction, magnitude: exponent.checked_add(place)? })
    }

    /// The digits from the first that is not zero.
    fn digits(&self) -> impl Iterator<Item = u8> + use<'a> {
        self.whole.bytes().chain(self.fraction.bytes()).skip_while(|digit| *digit == b'0')
    }

    fn compare_absolute(&self, other: &WrittenNumber<'_>) -> Ordering {
        let longest = self.whole.len() + self.fraction.len() + other.whole.len() + other.fraction.len();
        let padded = |number: &WrittenNumber<'a>| number.digits().chain(std::iter::repeat(b'0')).take(longest);
        let others = other.digits().chain(std::iter::repeat(b'0')).take(longest);
        self.magnitude.cmp(&other.magnitude).then_with(|| padded(self).cmp(others))
    }
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !are_digits(digits) || digits.len() > 17 {
        return None;
    }
    text.parse().ok()
}

impl Ord for WrittenNumber<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => self.compare_absolute(other),
            (true, true) => other.compare_absolute(self),
            (is_less, _) => {
                if is_less {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

impl PartialOrd for WrittenNumber<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for WrittenNumber<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for WrittenNumber<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(one: &str, other: &str) -> Ordering {
        WrittenNumber::read(one).unwrap().cmp(&WrittenNumber::read(other).unwrap())
    }

    #[test]
    fn numbers_are_in_order_whatever_their_spelling() {
        let groups: [&[&str]; 13] = [
            &["-1e3", "-1000"],
            &["-10.5", "-1.05e1"],
            &["-9"],
            &["-0.001"],
            &["0", "-0", "0.000", "0e9"],
            &["1e-400"],
            &["0.07", "7e-2", "0.0700"],
            &["0.1"],
            &["5", "5.0", "50e-1", "0.5E+1"],
            &["5.0000000000000000000000001"],
            &["9"],
            &["10", "1e1"],
            &["123456789012345678901234567890", "1.2345678901234567890123456789e29"],
        ];
        for (place, group) in groups.iter().enumerate() {
            for (other_place, other) in groups.iter().enumerate() {
                for (a, b) in group.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
                    assert_eq!(compare(a, b), place.cmp(&other_place), "{a} and {b}");
                }
            }
        }
    }

    #[test]
    fn integers_compare_as_they_do_in_the_machine() {
        let numbers = [i64::MIN, -1_000, -999, -10, -1, 0, 1, 9, 10, 11, 99, 100, 101, i64::MAX - 1, i64::MAX];
        for a in numbers {
            for b in numbers {
                assert_eq!(compare(&a.to_string(), &b.to_string()), a.cmp(&b), "{a} and {b}");
            }
        }
    }

    #[test]
    fn what_json_does_not_take_for_a_number_is_none() {
        let texts = [
            "",
            "-",
            "abc",
            "007",
            "+7",
            "7,5",
            "7.",
            ".5",
            "1e",
            "1e+",
            "0x10",
            "1_000",
            "inf",
            "NaN",
            "--1",
            " 7",
            "7 ",
            "1e123456789012345678",
            "true",
            "٣",
        ];
        for text in texts {
            assert!(WrittenNumber::read(text).is_none(), "{text:?}");
        }
    }
}
