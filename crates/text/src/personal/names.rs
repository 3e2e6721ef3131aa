//! Names behind words that introduce them.

use super::{Personal, PersonalKind};
use crate::tokens::{Token, TokenKind, Tokens};

/// What introduces a name, folded. The name itself begins with a capital letter.
const INTRODUCTIONS: &[&[&str]] = &[
    &["me", "llamo"],
    &["mi", "nombre", "es"],
    &["se", "llama"],
    &["se", "llamaba"],
    &["me", "atendio"],
    &["nos", "atendio"],
    &["me", "atendieron"],
    &["atendido", "por"],
    &["atendida", "por"],
    &["atendidos", "por"],
    &["gracias", "a"],
    &["hable", "con"],
    &["hablado", "con"],
    &["soy"],
    &["firmado"],
    &["atentamente"],
    &["el", "senor"],
    &["la", "senora"],
    &["sr"],
    &["sra"],
    &["don"],
    &["dona"],
    &["my", "name", "is"],
    &["named"],
    &["thanks", "to"],
    &["spoke", "to"],
    &["spoke", "with"],
    &["talked", "to"],
    &["talked", "with"],
    &["helped", "by"],
    &["served", "by"],
    &["assisted", "by"],
    &["i", "am"],
    &["im"],
    &["mr"],
    &["mrs"],
    &["ms"],
    &["miss"],
    &["sincerely"],
    &["regards"],
    &["called"],
];

/// Between an introduction and a name: "me atendió la señora Pérez", "spoke to a man called John" stops at "a".
const BETWEEN: &[&str] =
    &["el", "la", "senor", "senora", "senorita", "don", "dona", "sr", "sra", "mr", "mrs", "ms", "un", "una", "tal"];

/// Within a name.
const WITHIN: &[&str] = &["de", "del", "la", "las", "los", "y", "van", "von", "da"];

/// Words with a capital that are no names: the beginnings of sentences, and what people are.
const NO_NAMES: &[&str] = &[
    "cliente",
    "usuario",
    "usuaria",
    "espana",
    "madrid",
    "barcelona",
    "spanish",
    "english",
    "american",
    "customer",
    "i",
    "el",
    "la",
    "los",
    "las",
    "un",
    "una",
    "the",
    "a",
    "an",
    "very",
    "not",
    "muy",
    "no",
    "dios",
    "god",
    "correos",
    "amazon",
    "google",
    "all",
    "everyone",
    "usted",
    "ustedes",
    "ellos",
    "ellas",
    "you",
    "them",
    "this",
    "it",
    "so",
    "vip",
];

const MOST_WORDS: usize = 4;

pub(super) fn find(text: &str, tokens: &Tokens, found: &mut Vec<Personal>) {
    let list = &tokens.list;
    for place in 0..list.len() {
        let Some(length) = introduction_at(tokens, place) else { continue };
        if let Some((from, to)) = name_at(text, tokens, place + length) {
            found.push(Personal { kind: PersonalKind::Name, span: list[from].span.start..list[to].span.end });
        }
    }
}

fn introduction_at(tokens: &Tokens, place: usize) -> Option<usize> {
    if tokens.list[place].kind != TokenKind::Word {
        return None;
    }
    let first = tokens.folded(&tokens.list[place]);
    let fits = |words: &&&[&str]| {
        words[0] == first
            && tokens
                .list
                .get(place..place + words.len())
                .is_some_and(|list| list.iter().zip(words.iter()).all(|(token, word)| tokens.folded(token) == *word))
    };
    INTRODUCTIONS.iter().filter(fits).map(|words| words.len()).max()
}

/// The first and the last token of the name that begins here, behind signs and titles.
fn name_at(text: &str, tokens: &Tokens, start: usize) -> Option<(usize, usize)> {
    let list = &tokens.list;
    let mut place = start;
    let is_between = |token: &Token| {
        BETWEEN.contains(&tokens.folded(token))
            || token.kind == TokenKind::Mark && matches!(tokens.folded(token), "." | ":" | ",")
    };
    while place < start + 3 && list.get(place).is_some_and(is_between) {
        place += 1;
    }
    let is_name = |place: usize| {
        list.get(place).is_some_and(|token| {
            token.kind == TokenKind::Word
                && text[token.span.clone()].chars().next().is_some_and(char::is_uppercase)
                && !NO_NAMES.contains(&tokens.folded(token))
        })
    };
    if !is_name(place) {
        return None;
    }
    let (from, mut to) = (place, place);
    while to - from + 1 < MOST_WORDS {
        let particles = (0..2)
            .take_while(|offset| list.get(to + 1 + offset).is_some_and(|token| WITHIN.contains(&tokens.folded(token))))
            .count();
        if !is_name(to + 1 + particles) {
            break;
        }
        to += 1 + particles;
    }
    Some((from, to))
}
