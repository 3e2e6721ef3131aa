//! Where somebody lives: a kind of street, its name and a number, with floor, door, postal code and town behind it.
//!
//! A street without a number is where many are, and stays; so does a town by itself.

use super::{Personal, PersonalKind};
use crate::tokens::{Token, TokenKind, Tokens};

/// What stands before the name of a street, folded. A sign may follow: "c/", "avda.", "pza.".
const BEFORE: &[&str] = &[
    "calle",
    "c",
    "cl",
    "avenida",
    "avda",
    "av",
    "avd",
    "plaza",
    "pza",
    "plza",
    "paseo",
    "ronda",
    "travesia",
    "carretera",
    "ctra",
    "camino",
    "callejon",
    "glorieta",
    "bulevar",
    "calzada",
    "jiron",
    "pasaje",
    "carrera",
    "cra",
    "diagonal",
    "urbanizacion",
    "colonia",
    "carrer",
    "rua",
];
/// Of these a number is only a house where the name begins with a capital letter: "c" is a letter too.
const SHORT: &[&str] = &["c", "cl", "av", "cra"];
/// What stands behind the name of a street in English, folded.
const BEHIND: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "drive",
    "boulevard",
    "blvd",
    "terrace",
    "crescent",
    "close",
    "court",
    "square",
];
/// Within the name of a street.
const WITHIN: &[&str] = &["de", "del", "la", "las", "los", "el", "y", "san", "santa", "of", "the"];
/// Between a name and its number.
const NUMBER_SIGNS: &[&str] = &["n", "nº", "no", "num", "numero", "nro", "number"];
/// Words of a floor or a door behind the number.
const FLOORS: &[&str] = &[
    "piso",
    "planta",
    "puerta",
    "pta",
    "portal",
    "escalera",
    "esc",
    "bajo",
    "atico",
    "izquierda",
    "izq",
    "derecha",
    "dcha",
    "dpto",
    "departamento",
    "flat",
    "apartment",
    "apt",
    "unit",
    "floor",
];

/// Words of a name and its particles.
const MOST_WORDS: usize = 8;
/// Digits of a house number.
const LONGEST_NUMBER: usize = 5;
/// Pieces of floor, door, postal code and town.
const MOST_BEHIND: usize = 12;

pub(super) fn find(text: &str, tokens: &Tokens, found: &mut Vec<Personal>) {
    let list = &tokens.list;
    let mut place = 0;
    while place < list.len() {
        let end = named_behind(text, tokens, place).or_else(|| named_before(text, tokens, place));
        match end {
            Some(end) => {
                let end = what_follows(text, tokens, end);
                let span = list[place].span.start..list[end].span.end;
                found.push(Personal { kind: PersonalKind::Place, span });
                place = end + 1;
            }
            None => place += 1,
        }
    }
}

/// "calle de Alcalá, 45": the last token of the number.
fn named_behind(text: &str, tokens: &Tokens, start: usize) -> Option<usize> {
    let list = &tokens.list;
    let kind = list.get(start)?;
    let word = tokens.folded(kind);
    if kind.kind != TokenKind::Word || !BEFORE.contains(&word) {
        return None;
    }
    let signs =
        list.get(start + 1..)?.iter().take(2).take_while(|token| is_mark(tokens, token, &["/", ".", "\\"])).count();
    let mut place = start + 1 + signs;
    let (begin, mut capitals) = (place, 0);
    while let Some(token) = list.get(place).filter(|token| token.kind == TokenKind::Word) {
        let folded = tokens.folded(token);
        if NUMBER_SIGNS.contains(&folded) && capitals > 0 || place - begin == MOST_WORDS {
            break;
        }
        let is_capital = begins_with_capital(text, token);
        if !is_capital && !WITHIN.contains(&folded) {
            break;
        }
        capitals += usize::from(is_capital);
        place += 1;
    }
    if capitals == 0 || SHORT.contains(&word) && signs == 0 && !begins_with_capital(text, kind) {
        return None;
    }
    let is_between = |token: &Token| {
        is_mark(tokens, token, &[",", ".", "º", "#"])
            || token.kind == TokenKind::Word && NUMBER_SIGNS.contains(&tokens.folded(token))
    };
    place += list.get(place..)?.iter().take(3).take_while(|token| is_between(token)).count();
    is_house(list.get(place)?).then_some(place)
}

/// "221 Baker Street": the last token of the kind of street.
fn named_before(text: &str, tokens: &Tokens, start: usize) -> Option<usize> {
    let list = &tokens.list;
    if !is_house(list.get(start)?) {
        return None;
    }
    let mut place = start + 1;
    while let Some(token) = list.get(place).filter(|token| token.kind == TokenKind::Word) {
        if place > start + 1 && BEHIND.contains(&tokens.folded(token)) {
            return begins_with_capital(text, token).then_some(place);
        }
        if place - start > 4 || !begins_with_capital(text, token) {
            return None;
        }
        place += 1;
    }
    None
}

/// The last token of floor, door, postal code and a town behind them.
fn what_follows(text: &str, tokens: &Tokens, number: usize) -> usize {
    let list = &tokens.list;
    let (mut end, mut has_code) = (number, false);
    for (place, token) in list.iter().enumerate().skip(number + 1).take(MOST_BEHIND) {
        let folded = tokens.folded(token);
        match token.kind {
            TokenKind::Mark if matches!(folded, "," | "." | "-" | "º" | "ª" | "#" | "/") => {}
            TokenKind::Number if folded.len() == 5 => (end, has_code) = (place, true),
            TokenKind::Number if folded.len() <= 2 => end = place,
            TokenKind::Word if FLOORS.contains(&folded) => end = place,
            // "3B", "2ºB": a number with the letter of a door.
            TokenKind::Word if folded.len() <= 3 && folded.starts_with(|sign: char| sign.is_ascii_digit()) => {
                end = place
            }
            TokenKind::Word if folded.len() == 1 && end + 1 >= place && begins_with_capital(text, token) => end = place,
            TokenKind::Word if has_code && begins_with_capital(text, token) => end = place,
            _ => break,
        }
    }
    end
}

fn is_house(token: &Token) -> bool {
    token.kind == TokenKind::Number && token.span.len() <= LONGEST_NUMBER
}

fn is_mark(tokens: &Tokens, token: &Token, marks: &[&str]) -> bool {
    token.kind == TokenKind::Mark && marks.contains(&tokens.folded(token))
}

fn begins_with_capital(text: &str, token: &Token) -> bool {
    text[token.span.clone()].chars().next().is_some_and(char::is_uppercase)
}
