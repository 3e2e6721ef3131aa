//! E-mail addresses and links.

use super::{Personal, PersonalKind};

/// A part of a link is opaque from this length on, if it has letters and digits.
const OPAQUE: usize = 20;

/// Words that name a secret in a link.
const SECRETS: &[&str] = &[
    "token",
    "key",
    "auth",
    "session",
    "sid",
    "secret",
    "password",
    "pwd",
    "code",
    "signature",
    "sig",
    "jwt",
    "otp",
    "email",
    "phone",
];

pub(super) fn find(text: &str, found: &mut Vec<Personal>) {
    let bytes = text.as_bytes();
    // What lies before this place belongs to an address already found, so that many signs cost no more than a few.
    let mut free = 0;
    for (place, byte) in bytes.iter().enumerate() {
        if *byte == b'@'
            && place >= free
            && let Some(start) = start_of_local(bytes, free, place)
            && let Some(end) = end_of_domain(bytes, place + 1)
        {
            found.push(Personal { kind: PersonalKind::Email, span: start..end });
            free = end;
        } else if *byte == b'@' {
            free = free.max(place + 1);
        }
    }
    let mut rest = 0;
    while let Some(at) = text[rest..].find("://").map(|at| rest + at) {
        let start = at - bytes[rest..at].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let length = text[at..]
            .find(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '<' | '>'))
            .unwrap_or(text.len() - at);
        let end = at + text[at..at + length].trim_end_matches(['.', ',', ')', '!', '?', ';', ':']).len();
        if has_secret(&text[at..end.max(at)]) {
            found.push(Personal { kind: PersonalKind::Link, span: start..end });
        }
        rest = at + length.max(3);
    }
}

fn start_of_local(bytes: &[u8], from: usize, at: usize) -> Option<usize> {
    let is_local =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-') || **byte >= 0x80;
    let mut start = at - bytes[from..at].iter().rev().take_while(is_local).count();
    // A letter outside ASCII is taken whole or not at all; an address begins with a letter or a digit.
    while start < at && !(bytes[start].is_ascii_alphanumeric() || bytes[start] >= 0xc0) {
        start += 1;
    }
    (start < at).then_some(start)
}

fn end_of_domain(bytes: &[u8], start: usize) -> Option<usize> {
    let is_domain = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let length = bytes[start..].iter().take_while(is_domain).count();
    let domain = &bytes[start..start + length];
    let trimmed = domain.iter().rev().skip_while(|byte| !byte.is_ascii_alphanumeric()).count();
    let dot = domain[..trimmed].iter().rposition(|byte| *byte == b'.')?;
    let ending = &domain[dot + 1..trimmed];
    (dot > 0 && ending.len() >= 2 && ending.iter().all(u8::is_ascii_alphabetic)).then_some(start + trimmed)
}

fn has_secret(link: &str) -> bool {
    if link.split('/').any(|part| part.contains('@')) {
        return true;
    }
    let is_opaque = |part: &str| {
        part.len() >= OPAQUE
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let (path, query) = link.split_once(['?', '#']).unwrap_or((link, ""));
    let names_secret = query.split(['&', ';', '#']).filter_map(|pair| pair.split_once('=')).any(|(name, value)| {
        let name = name.to_ascii_lowercase();
        !value.is_empty() && SECRETS.iter().any(|secret| name.contains(secret))
    });
    names_secret || path.split(['/', '.', '-', '_']).chain(query.split(['&', '=', '.'])).any(is_opaque)
}
