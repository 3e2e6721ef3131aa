//! A comment cut into words, marks and emoji, with each word folded to one spelling.
//!
//! Folding takes away what customers who type on a telephone leave out anyway: capitals, accents, the third and every
//! further repetition of a letter. Places in the comment are kept, because what is found is shown there.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits among them.
    Word,
    /// Digits only.
    Number,
    /// Punctuation, once for each run of the same sign.
    Mark,
    /// An emoji or an emoticon.
    Emoji,
    /// The end of a line.
    Line,
}

/// A piece of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    /// Where it is in the comment, in bytes.
    pub span: Range<usize>,
    /// Where its folded spelling is in [`Tokens::folded`], in bytes.
    pub folded: Range<usize>,
    /// Whether a negation shortly before it turns its meaning.
    pub is_negated: bool,
}

/// The tokens of one comment. Kept and filled again from comment to comment, so that reading many costs no memory anew.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    pub list: Vec<Token>,
    folded: String,
}

/// Words that turn what follows. Folding has taken apostrophes and accents away.
const NEGATIONS: &[&str] = &[
    "aint", "apenas", "arent", "cannot", "cant", "cero", "couldnt", "didnt", "doesnt", "dont", "falta", "faltan",
    "hadnt", "hardly", "hasnt", "havent", "isnt", "jamas", "lack", "lacked", "lacks", "nadie", "neither", "never",
    "ni", "ningun", "ninguna", "ninguno", "no", "nobody", "none", "nor", "not", "nothing", "nunca", "shouldnt", "sin",
    "tampoco", "wasnt", "werent", "without", "wont", "wouldnt", "zero",
];

/// After a negation these say that it turns nothing: "not only", "no solo".
const NOT_TURNED: &[&str] = &["just", "only", "simplemente", "solamente", "solo"];

/// Words at which a negation ends, and a clause with it.
pub(crate) const CONTRASTS: &[&str] = &[
    "although", "aunque", "but", "embargo", "except", "excepto", "however", "mas", "mientras", "pero", "salvo", "sino",
    "though", "whereas", "yet",
];

/// A negation reaches so many words.
const REACH: u8 = 4;

impl Tokens {
    /// Cuts a comment, in time proportional to its length.
    pub fn read(&mut self, text: &str) {
        self.list.clear();
        self.folded.clear();
        let mut rest = 0;
        while let Some(first) = text[rest..].chars().next() {
            rest = self.read_one(text, rest, first);
        }
        self.mark_negated();
    }

    /// The folded spelling of a token: letters without accents in lower case, a sign, an emoji.
    pub fn folded(&self, token: &Token) -> &str {
        &self.folded[token.folded.clone()]
    }

    fn read_one(&mut self, text: &str, start: usize, first: char) -> usize {
        let after = start + first.len_utf8();
        if first.is_alphanumeric() {
            return self.read_word(text, start);
        }
        if first == '\n' {
            return self.push(TokenKind::Line, start..after, "\n");
        }
        if first.is_whitespace() || first.is_control() || is_joined(first) {
            return after;
        }
        if let Some((length, meaning)) = emoticon(&text[start..]) {
            return self.push(TokenKind::Emoji, start..start + length, meaning);
        }
        let end = after + text[after..].chars().take_while(|next| *next == first).count() * first.len_utf8();
        let kind = if is_emoji(first) { TokenKind::Emoji } else { TokenKind::Mark };
        self.push(kind, start..end, &text[start..after])
    }

    fn read_word(&mut self, text: &str, start: usize) -> usize {
        let begin = self.folded.len();
        let mut end = start;
        let mut has_letter = false;
        let (mut last, mut before_last) = ('\0', '\0');
        let mut signs = text[start..].char_indices().peekable();
        while let Some((at, sign)) = signs.next() {
            let is_inner_apostrophe =
                matches!(sign, '\'' | '’') && signs.peek().is_some_and(|(_, next)| next.is_alphabetic());
            if !(sign.is_alphanumeric() || is_inner_apostrophe || is_joined(sign)) {
                break;
            }
            end = start + at + sign.len_utf8();
            if is_inner_apostrophe || is_joined(sign) {
                continue;
            }
            let folded = fold(sign);
            has_letter |= !folded.is_numeric();
            if folded == last && folded == before_last && folded.is_alphabetic() {
                continue;
            }
            (before_last, last) = (last, folded);
            self.folded.push(folded);
        }
        let kind = if has_letter { TokenKind::Word } else { TokenKind::Number };
        let folded = begin..self.folded.len();
        self.list.push(Token { kind, span: start..end, folded, is_negated: false });
        end
    }

    fn push(&mut self, kind: TokenKind, span: Range<usize>, folded: &str) -> usize {
        let begin = self.folded.len();
        self.folded.push_str(folded);
        let end = span.end;
        self.list.push(Token { kind, span, folded: begin..self.folded.len(), is_negated: false });
        end
    }

    fn mark_negated(&mut self) {
        let mut reach = 0_u8;
        let mut has_just_begun = false;
        let (list, folded) = (&mut self.list, &self.folded);
        for token in list {
            if matches!(token.kind, TokenKind::Mark | TokenKind::Line) {
                reach = 0;
            }
            if token.kind != TokenKind::Word {
                continue;
            }
            let word = &folded[token.folded.clone()];
            if CONTRASTS.contains(&word) || has_just_begun && NOT_TURNED.contains(&word) {
                reach = 0;
            }
            has_just_begun = false;
            token.is_negated = reach > 0;
            reach = reach.saturating_sub(1);
            if is_negation(word) {
                reach = REACH;
                has_just_begun = true;
            }
        }
    }
}

/// Folds one sign: lower case, without accent.
pub(crate) fn fold(sign: char) -> char {
    if sign.is_ascii() {
        return sign.to_ascii_lowercase();
    }
    let lower = sign.to_lowercase().next().unwrap_or(sign);
    match lower {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// Folds a whole word as a comment's words are folded.
pub(crate) fn fold_word(word: &str) -> String {
    word.chars().filter(|sign| !matches!(sign, '\'' | '’')).map(fold).collect()
}

pub(crate) fn is_negation(word: &str) -> bool {
    word.len() <= 8 && NEGATIONS.binary_search(&word).is_ok()
}

/// Accents that stand behind their letter, joiners of emoji, tones of skin: they belong to the sign before them.
fn is_joined(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_emoji(sign: char) -> bool {
    matches!(sign, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}')
}

/// The emoticon with which a text begins: its length in bytes, and the emoji that means the same.
fn emoticon(text: &str) -> Option<(usize, &'static str)> {
    const EMOTICONS: &[(&str, &str)] = &[
        (":-)", "🙂"),
        (":)", "🙂"),
        ("=)", "🙂"),
        (";-)", "🙂"),
        (";)", "🙂"),
        (":-D", "😀"),
        (":D", "😀"),
        ("<3", "❤"),
        (":-(", "🙁"),
        (":(", "🙁"),
        ("=(", "🙁"),
        (":'(", "😢"),
        (":-/", "😕"),
        (":/", "😕"),
    ];
    if !matches!(text.as_bytes().first(), Some(b':' | b';' | b'=' | b'<')) {
        return None;
    }
    let found = EMOTICONS.iter().find(|(written, _)| text.starts_with(written))?;
    // The colon of a link is not a face.
    if found.0 == ":/" && text.starts_with("://") {
        return None;
    }
    Some((found.0.len(), found.1))
}

#[cfg(test)]
mod tests;
