//! Telephone numbers, payment cards, bank accounts and Spanish identity documents.

use super::{Personal, PersonalKind};

/// The letter of a Spanish DNI or NIE: its number modulo 23 (Real Decreto 1553/2005).
const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// No number of interest has more signs.
const LONGEST: usize = 48;

pub(super) fn find(text: &str, found: &mut Vec<Personal>) {
    let bytes = text.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        if !may_begin(bytes, place) {
            place += 1;
            continue;
        }
        let answer =
            find_iban(bytes, place).or_else(|| find_national_id(bytes, place)).or_else(|| find_digits(bytes, place));
        match answer {
            Some(personal) => {
                place = personal.span.end;
                found.push(personal);
            }
            None => place += length_of_run(bytes, place),
        }
    }
}

/// A number begins where no letter and no digit stands before.
fn may_begin(bytes: &[u8], place: usize) -> bool {
    let before_is_part = place > 0 && (is_part(bytes[place - 1]) || bytes[place - 1] == b'+');
    let may = bytes[place].is_ascii_alphanumeric() || matches!(bytes[place], b'+' | b'(');
    may && !before_is_part
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || byte == b'_'
}

fn length_of_run(bytes: &[u8], place: usize) -> usize {
    bytes[place..].iter().take_while(|byte| is_part(**byte)).count().max(1)
}

fn find_iban(bytes: &[u8], start: usize) -> Option<Personal> {
    let [first, second, third, fourth, ..] = bytes[start..] else { return None };
    let begins = first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
        && third.is_ascii_digit()
        && fourth.is_ascii_digit();
    if !begins {
        return None;
    }
    let mut signs = Vec::with_capacity(34);
    let mut ends = Vec::new();
    for (offset, byte) in bytes[start..].iter().take(LONGEST).enumerate() {
        match byte {
            byte if byte.is_ascii_alphanumeric() && signs.len() < 34 => signs.push(byte.to_ascii_uppercase()),
            b' ' | b'-' if bytes.get(start + offset + 1).is_some_and(u8::is_ascii_alphanumeric) => {}
            _ => break,
        }
        let end = start + offset + 1;
        if signs.len() >= 15 && !bytes.get(end).is_some_and(|next| is_part(*next)) {
            ends.push((end, signs.len()));
        }
    }
    let (end, _) = ends.into_iter().rev().find(|(_, count)| iban_fits(&signs[..*count]))?;
    Some(Personal { kind: PersonalKind::Iban, span: start..end })
}

/// ISO 13616: the first four signs moved to the end, letters as 10 to 35, modulo 97 is 1.
fn iban_fits(signs: &[u8]) -> bool {
    let moved = signs[4..].iter().chain(&signs[..4]);
    let rest = moved.fold(0_u32, |rest, sign| match sign {
        b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
        _ => (rest * 100 + u32::from(sign - b'A') + 10) % 97,
    });
    rest == 1
}

fn find_national_id(bytes: &[u8], start: usize) -> Option<Personal> {
    let mut digits = Vec::with_capacity(8);
    let mut place = start;
    let foreigner = match bytes[start].to_ascii_uppercase() {
        letter @ b'X'..=b'Z' => {
            place += 1;
            digits.push(letter - b'X');
            true
        }
        _ => false,
    };
    while let Some(byte) = bytes.get(place) {
        match byte {
            b'0'..=b'9' if digits.len() < 8 => digits.push(byte - b'0'),
            b'.' | b'-' | b' ' if !digits.is_empty() && digits.len() < 8 => {}
            _ => break,
        }
        place += 1;
    }
    // Seven digits and a zero that is not written are an older DNI.
    if digits.len() < 7 || foreigner && digits.len() < 8 {
        return None;
    }
    let letter = match *bytes.get(place)? {
        b'-' | b' ' => {
            place += 1;
            *bytes.get(place)?
        }
        letter => letter,
    };
    let number = digits.iter().fold(0_usize, |number, digit| number * 10 + usize::from(*digit));
    let ends = !bytes.get(place + 1).is_some_and(|next| is_part(*next));
    let fits = DNI_LETTERS[number % 23] == letter.to_ascii_uppercase();
    (ends && fits).then_some(Personal { kind: PersonalKind::NationalId, span: start..place + 1 })
}

/// A card, or else a telephone number.
fn find_digits(bytes: &[u8], start: usize) -> Option<Personal> {
    if bytes[start].is_ascii_alphabetic() {
        return None;
    }
    let mut digits = Vec::with_capacity(19);
    let mut end = start;
    for (offset, byte) in bytes[start..].iter().take(LONGEST).enumerate() {
        let next_is_digit =
            || bytes.get(start + offset + 1).is_some_and(|next| next.is_ascii_digit() || matches!(next, b'(' | b' '));
        match byte {
            b'0'..=b'9' => {
                digits.push(byte - b'0');
                end = start + offset + 1;
            }
            b'+' if offset == 0 => {}
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' if next_is_digit() => {}
            _ => break,
        }
    }
    if bytes.get(end).is_some_and(|next| is_part(*next)) {
        return None;
    }
    let written = &bytes[start..end];
    if (13..=19).contains(&digits.len()) && luhn_fits(&digits) && bytes[start] != b'+' {
        return Some(Personal { kind: PersonalKind::Card, span: start..end });
    }
    is_phone(written, &digits).then_some(Personal { kind: PersonalKind::Phone, span: start..end })
}

/// The digits from the right, every second doubled, add up to a multiple of ten.
fn luhn_fits(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(if place % 2 == 1 { doubled(*digit) } else { *digit }))
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

/// Nine digits as in Spain, ten as in North America, up to fifteen behind a + or 00 (E.164). Dates and prices are not.
fn is_phone(written: &[u8], digits: &[u8]) -> bool {
    if written.contains(&b'/') {
        return false;
    }
    let is_international = written.first() == Some(&b'+') || digits.starts_with(&[0, 0]);
    let has_groups = written.iter().any(|byte| matches!(byte, b' ' | b'-' | b'(' | b'.'));
    match digits.len() {
        9 => is_international || matches!(digits[0], 6..=9),
        10 => is_international || has_groups,
        8 | 11..=15 => is_international || digits.len() == 11 && digits.starts_with(&[3, 4]),
        _ => false,
    }
}
