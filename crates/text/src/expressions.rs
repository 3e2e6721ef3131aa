//! Expressions that are looked for in a comment: words, beginnings of words and, where they are allowed, numbers and gaps.

use rustc_hash::FxHashMap;

use crate::tokens::{Token, TokenKind, Tokens, fold_word};

/// Expressions by their first word, each with what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Expressions<T> {
    list: Vec<(Vec<Piece>, T)>,
    by_word: FxHashMap<String, Vec<usize>>,
    by_beginning: FxHashMap<String, Vec<usize>>,
    by_number: Vec<usize>,
    /// The lengths in bytes that beginnings have, rising.
    lengths: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Piece {
    Word(String),
    Beginning(String),
    Number,
    Gap,
}

const LEAST_BEGINNING: usize = 3;

/// A gap is at most so many words.
const WIDEST_GAP: usize = 3;

/// Words that say how many, more than one and in no need of being exact.
const NUMBERS: &[&str] = &[
    "cinco", "cuatro", "diez", "doce", "dos", "eight", "eleven", "fifteen", "five", "four", "nine", "nueve", "ocho",
    "once", "quince", "seis", "seven", "several", "siete", "six", "ten", "thirty", "three", "treinta", "tres",
    "twelve", "twenty", "two", "varias", "varios", "veinte",
];

impl<T> Default for Expressions<T> {
    fn default() -> Expressions<T> {
        Expressions {
            list: Vec::new(),
            by_word: FxHashMap::default(),
            by_beginning: FxHashMap::default(),
            by_number: Vec::new(),
            lengths: Vec::new(),
        }
    }
}

impl<T> Expressions<T> {
    /// Adds an expression of words, each of which may end in a `*` after three letters.
    /// False, and nothing is added, where it is none.
    pub fn insert(&mut self, written: &str, value: T) -> bool {
        let pieces: Option<Vec<Piece>> = written.split_whitespace().map(word_piece).collect();
        self.insert_pieces(pieces, value)
    }

    /// The same, where `#` is a number and `...` a gap, and an emoji is a word.
    pub fn insert_wide(&mut self, written: &str, value: T) -> bool {
        let piece = |word: &str| match word {
            "#" => Some(Piece::Number),
            "..." => Some(Piece::Gap),
            _ if word.chars().all(|sign| !sign.is_ascii() && !sign.is_alphanumeric()) => {
                Some(Piece::Word(word.to_owned()))
            }
            _ => word_piece(word),
        };
        let pieces: Option<Vec<Piece>> = written.split_whitespace().map(piece).collect();
        self.insert_pieces(pieces, value)
    }

    fn insert_pieces(&mut self, pieces: Option<Vec<Piece>>, value: T) -> bool {
        let Some(pieces) = pieces else { return false };
        let number = self.list.len();
        match pieces.first() {
            Some(Piece::Word(letters)) => self.by_word.entry(letters.clone()).or_default().push(number),
            Some(Piece::Beginning(letters)) => {
                self.by_beginning.entry(letters.clone()).or_default().push(number);
                if let Err(place) = self.lengths.binary_search(&letters.len()) {
                    self.lengths.insert(place, letters.len());
                }
            }
            Some(Piece::Number) => self.by_number.push(number),
            Some(Piece::Gap) | None => return false,
        }
        self.list.push((pieces, value));
        true
    }

    /// Calls `with` for each expression that begins at this token: what it stands for, and the token after its last.
    pub fn each_at<'a>(&'a self, tokens: &Tokens, place: usize, mut with: impl FnMut(&'a T, usize)) {
        let token = &tokens.list[place];
        let word = tokens.folded(token);
        let beginnings = self.lengths.iter().filter_map(|length| self.by_beginning.get(word.get(..*length)?));
        let numbers = is_number(token, word).then_some(&self.by_number);
        for number in self.by_word.get(word).into_iter().chain(beginnings).chain(numbers).flatten() {
            let (pieces, value) = &self.list[*number];
            if let Some(end) = end_of(&pieces[1..], tokens, place + 1) {
                with(value, end);
            }
        }
    }
}

/// Where these pieces end if they stand at this place.
fn end_of(pieces: &[Piece], tokens: &Tokens, place: usize) -> Option<usize> {
    let Some((first, rest)) = pieces.split_first() else { return Some(place) };
    if !matches!(first, Piece::Gap) {
        let token = tokens.list.get(place)?;
        return first.fits(token, tokens.folded(token)).then(|| end_of(rest, tokens, place + 1))?;
    }
    let is_passed = |at: &usize| tokens.list[*at].kind != TokenKind::Mark && tokens.list[*at].kind != TokenKind::Line;
    let passed = (place..tokens.list.len()).take(WIDEST_GAP).take_while(is_passed).count();
    (place..=place + passed).find_map(|at| end_of(rest, tokens, at))
}

impl Piece {
    fn fits(&self, token: &Token, word: &str) -> bool {
        match self {
            Piece::Word(letters) => word == letters,
            Piece::Beginning(letters) => word.starts_with(letters),
            Piece::Number => is_number(token, word),
            Piece::Gap => true,
        }
    }
}

fn is_number(token: &Token, word: &str) -> bool {
    token.kind == TokenKind::Number || token.kind == TokenKind::Word && NUMBERS.binary_search(&word).is_ok()
}

fn word_piece(word: &str) -> Option<Piece> {
    let (written, has_any_ending) = word.strip_suffix('*').map_or((word, false), |beginning| (beginning, true));
    let letters = fold_word(written);
    let is_word = !letters.is_empty() && letters.chars().all(char::is_alphanumeric);
    if !is_word || has_any_ending && letters.chars().count() < LEAST_BEGINNING {
        return None;
    }
    Some(if has_any_ending { Piece::Beginning(letters) } else { Piece::Word(letters) })
}

#[cfg(test)]
mod tests;
