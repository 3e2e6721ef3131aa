//! A comment cut into clauses: what stands between two signs, lines or contrasts is judged on its own.

use std::ops::Range;

use crate::tokens::{CONTRASTS, TokenKind, Tokens};

/// A part of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Which tokens it has.
    pub tokens: Range<usize>,
    /// Whether it begins by saying that the opposite follows.
    pub is_contrast: bool,
}

/// Words that join two clauses, when each of them has something of its own to say.
const JOINERS: &[&str] = &["and", "e", "y"];

/// A part shorter than this is not worth being a clause of its own.
const FEWEST_WORDS: usize = 2;

/// Cuts the tokens into clauses, in their order; every token but the signs between is in one.
pub(crate) fn clauses(tokens: &Tokens) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut current = Clause { tokens: 0..0, is_contrast: false };
    let mut words = 0;
    for (place, token) in tokens.list.iter().enumerate() {
        let is_word = token.kind == TokenKind::Word;
        let spelling = tokens.folded(token);
        let is_contrast = is_word && CONTRASTS.contains(&spelling);
        let is_joiner = is_word && words >= FEWEST_WORDS && JOINERS.contains(&spelling);
        let is_sign = token.kind == TokenKind::Line || token.kind == TokenKind::Mark && ends_clause(spelling);
        if is_contrast || is_joiner || is_sign {
            let next = if is_sign { place + 1 } else { place };
            close(&mut clauses, Clause { tokens: current.tokens.start..next, ..current });
            current = Clause { tokens: next..next, is_contrast };
            words = 0;
        }
        words += usize::from(is_word);
    }
    close(&mut clauses, Clause { tokens: current.tokens.start..tokens.list.len(), ..current });
    clauses
}

fn close(clauses: &mut Vec<Clause>, clause: Clause) {
    if !clause.tokens.is_empty() {
        clauses.push(clause);
    }
}

fn ends_clause(sign: &str) -> bool {
    matches!(sign, "." | "," | ";" | ":" | "!" | "?" | "…" | "(" | ")" | "–" | "—" | "•")
}
