//! What somebody looks for, in words.
//!
//! `espera larga` wants both words, in any form. `"muy lenta"` wants these words side by side as they are written (capitals
//! and accents do not matter), `-app` wants them not to be there, and `café OR té` wants one of its neighbours.

use domain::{Error, Result};
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query as TantivyQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::schema::Fields;
use crate::words::{CutWord, Cutter};

/// Characters of a query.
pub const LONGEST_QUERY: usize = 500;
/// Words of a query.
const MOST_WORDS: usize = 32;

/// A query that was read. Without any word it finds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Of each of these, one.
    wanted: Vec<Vec<Piece>>,
    unwanted: Vec<Piece>,
}

/// Words side by side; mostly one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    words: Vec<CutWord>,
    is_phrase: bool,
}

enum Sign {
    Or,
    Piece { piece: Piece, is_unwanted: bool },
}

impl Query {
    /// Refuses what cannot be read, and says what to write.
    pub fn parse(text: &str) -> Result<Query> {
        if text.chars().count() > LONGEST_QUERY {
            return Err(Error::invalid(format!("a query has at most {LONGEST_QUERY} characters")));
        }
        let mut query = Query::default();
        let (mut is_joined, mut words) = (false, 0);
        for sign in read_signs(text)? {
            match sign {
                Sign::Or if is_joined || query.wanted.is_empty() => return Err(misplaced_or()),
                Sign::Or => is_joined = true,
                Sign::Piece { is_unwanted: true, .. } if is_joined => {
                    return Err(Error::invalid(
                        "`OR` joins words that are wanted; write `-word` before or after, not beside it",
                    ));
                }
                Sign::Piece { piece, is_unwanted } => {
                    words += piece.words.len();
                    match query.wanted.last_mut() {
                        _ if is_unwanted => query.unwanted.push(piece),
                        Some(last) if is_joined => last.push(piece),
                        _ => query.wanted.push(vec![piece]),
                    }
                    is_joined = false;
                }
            }
        }
        if is_joined {
            return Err(misplaced_or());
        }
        if words > MOST_WORDS {
            return Err(Error::invalid(format!("a query has at most {MOST_WORDS} words, not {words}; leave some out")));
        }
        Ok(query)
    }

    /// Whether it asks for no word, so that nothing is more relevant than anything else.
    pub fn wants_nothing(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The words that are wanted, for showing where they are.
    pub fn words(&self) -> Vec<CutWord> {
        self.wanted.iter().flatten().flat_map(|piece| piece.words.iter().cloned()).collect()
    }

    pub(crate) fn compile(&self, fields: &Fields) -> Box<dyn TantivyQuery> {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        for either in &self.wanted {
            let pieces: Vec<_> = either.iter().map(|piece| piece.compile(fields)).collect();
            clauses.push((Occur::Must, one_of(pieces)));
        }
        if self.wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        clauses.extend(self.unwanted.iter().map(|piece| (Occur::MustNot, piece.compile(fields))));
        Box::new(BooleanQuery::new(clauses))
    }
}

fn misplaced_or() -> Error {
    Error::invalid("`OR` stands between two words, as in `café OR té`; in double quotes it is a word")
}

impl Piece {
    fn compile(&self, fields: &Fields) -> Box<dyn TantivyQuery> {
        match self.words.as_slice() {
            [word] if self.is_phrase => term(fields.plain, &word.plain),
            [word] => {
                let mut ways = vec![term(fields.plain, &word.plain)];
                ways.extend(word.spanish.iter().map(|stem| term(fields.spanish, stem)));
                ways.extend(word.english.iter().map(|stem| term(fields.english, stem)));
                // The best of them counts: a word is not more relevant for being found twice.
                Box::new(DisjunctionMaxQuery::new(ways))
            }
            words => Box::new(PhraseQuery::new(
                words.iter().map(|word| Term::from_field_text(fields.plain, &word.plain)).collect(),
            )),
        }
    }
}

fn one_of(mut queries: Vec<Box<dyn TantivyQuery>>) -> Box<dyn TantivyQuery> {
    match queries.len() {
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

pub(crate) fn term(field: Field, text: &str) -> Box<dyn TantivyQuery> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn read_signs(text: &str) -> Result<Vec<Sign>> {
    let mut cutter = Cutter::default();
    let mut signs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let bare = rest.strip_prefix('-');
        let is_unwanted = bare.is_some_and(|bare| bare.starts_with(|next: char| !next.is_whitespace() && next != '-'));
        let body = if is_unwanted { bare.unwrap_or_default() } else { rest };
        let (written, after, is_phrase) = match body.strip_prefix(['"', '“', '”']) {
            Some(quoted) => {
                let Some((inside, after)) = quoted.split_once(['"', '“', '”']) else {
                    return Err(Error::invalid("a double quote is not closed; write one at the end of the phrase too"));
                };
                (inside, after, true)
            }
            None => {
                let end = body.find(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '“' | '”'));
                let (word, after) = body.split_at(end.unwrap_or(body.len()));
                (word, after, false)
            }
        };
        rest = after.trim_start();
        if !is_phrase && written == "OR" {
            signs.push(Sign::Or);
            continue;
        }
        let words = cutter.cut(written, &[]);
        if words.is_empty() {
            if is_phrase || written.chars().count() > 3 {
                return Err(Error::invalid(format!("there is no word in `{written}`; write words, numbers or emoji")));
            }
            // A dash or a comma between words.
            continue;
        }
        let is_phrase = is_phrase || words.len() > 1;
        signs.push(Sign::Piece { piece: Piece { words, is_phrase }, is_unwanted });
    }
    Ok(signs)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// How a query was understood.
    fn read(text: &str) -> String {
        let show = |piece: &Piece| {
            let words: Vec<_> = piece.words.iter().map(|word| word.plain.as_str()).collect();
            if piece.is_phrase { format!("\"{}\"", words.join(" ")) } else { words.concat() }
        };
        match Query::parse(text) {
            Err(error) => format!("! {}", error.detail),
            Ok(query) => {
                let wanted = query.wanted.iter().map(|any| any.iter().map(show).collect::<Vec<_>>().join("|"));
                let unwanted = query.unwanted.iter().map(|piece| format!("-{}", show(piece)));
                wanted.chain(unwanted).collect::<Vec<_>>().join(" ")
            }
        }
    }

    #[test]
    fn words_phrases_without_and_or() {
        for (text, expected) in [
            ("", ""),
            ("Espera LARGA", "espera larga"),
            ("\"Muy lenta\" -app", "\"muy lenta\" -app"),
            ("café OR té OR mate frío", "cafe|te|mate frio"),
            ("or", "or"),
            ("-\"no va\"", "-\"no va\""),
            ("wi-fi", "\"wi fi\""),
            ("a -- b - c", "a b c"),
            ("“comillas tipográficas”", "\"comillas tipograficas\""),
            ("don't", "dont"),
            ("lento\"muy\"", "lento \"muy\""),
            ("😡", "😡"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        for (text, sentence) in [
            ("\"abierta", "a double quote is not closed"),
            ("OR café", "`OR` stands between two words"),
            ("café OR", "`OR` stands between two words"),
            ("café OR OR té", "`OR` stands between two words"),
            ("café OR -té", "`OR` joins words that are wanted"),
            ("\"!!!\"", "there is no word in `!!!`"),
            (&"x ".repeat(40), "at most 32 words"),
            (&"x".repeat(501), "at most 500 characters"),
        ] {
            assert!(read(text).starts_with('!') && read(text).contains(sentence), "{text}: {}", read(text));
        }
    }
}
