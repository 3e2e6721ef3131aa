//! What is free text: words that somebody wrote, and not a code, a name or a number.
//!
//! Such values are the largest and the most personal thing in an event, so that the log keeps them apart. The rule looks at
//! one value and its name alone: the same value is free text today, in a merged file and in a year.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::settings::PropertyMeanings;
use crate::text_values::replace_texts;

/// Shorter texts are prose only by their name.
const PROSE_BYTES: usize = 48;
/// Titles of pages and names of products have fewer words.
const PROSE_WORDS: usize = 10;

/// Names of answers that have no property of their own begin with this.
const ANSWERS: &str = "answer.";

/// Decides which values are free text. Cheap to copy.
#[derive(Clone, Debug)]
pub struct FreeText {
    names: Arc<TextNames>,
}

#[derive(Debug, Default)]
struct TextNames {
    /// In lower case.
    names: FxHashSet<Box<str>>,
    /// Which lengths there are for each first byte: tells nearly every name apart before anything is hashed.
    lengths_by_first: Vec<u64>,
}

impl Default for FreeText {
    /// By the names of [`PropertyMeanings::texts`].
    fn default() -> Self {
        FreeText::new(&PropertyMeanings::default().texts)
    }
}

impl FreeText {
    /// `names`: properties whose texts are free text whatever they look like. Capital letters of ASCII do not matter.
    pub fn new(names: &[String]) -> FreeText {
        let mut known = TextNames { names: FxHashSet::default(), lengths_by_first: vec![0; 256] };
        for name in names {
            let name = name.to_ascii_lowercase();
            let Some(first) = name.bytes().next() else { continue };
            known.lengths_by_first[usize::from(first)] |= 1 << name.len().min(63);
            known.names.insert(name.into());
        }
        FreeText { names: Arc::new(known) }
    }

    /// The rule: a text is free text if its property is called so, or if it is prose by its shape, which is at least ten
    /// words in at least 48 bytes, three quarters of whose characters (spaces apart) are letters. So a comment is found by
    /// its name however short it is, and by its length whatever it is called; a URL, a list of codes, a user agent or the
    /// title of a page is neither. An empty text never is.
    pub fn holds(&self, name: &str, text: &str) -> bool {
        !text.is_empty() && (self.is_text_name(name) || is_prose(text))
    }

    /// The JSON object with those of its free texts replaced for which `replace` has another; `None` when all stay as they
    /// are. Everything else keeps its bytes. Answers to the questions of a survey (`answer.`) are free text too.
    pub fn replace(&self, json: &str, mut replace: impl FnMut(&str) -> Option<String>) -> Option<String> {
        replace_texts(json, |name, text| {
            let is_free = self.holds(name, text) || name.starts_with(ANSWERS);
            if is_free { replace(text) } else { None }
        })
    }

    /// Whether every text of a property with this name is free text.
    pub fn is_text_name(&self, name: &str) -> bool {
        let Some(first) = name.bytes().next() else { return false };
        let lengths = self.names.lengths_by_first.get(usize::from(first.to_ascii_lowercase())).copied().unwrap_or(0);
        lengths & (1 << name.len().min(63)) != 0 && self.names.names.contains(&*name.to_ascii_lowercase())
    }
}

/// Whether a text is prose by its shape alone.
pub(crate) fn is_prose(text: &str) -> bool {
    if text.len() < PROSE_BYTES {
        return false;
    }
    let is_letter = |character: &char| character.is_alphabetic();
    let words = text.split_whitespace().filter(|word| word.chars().any(|character| is_letter(&character)));
    if words.take(PROSE_WORDS).count() < PROSE_WORDS {
        return false;
    }
    let (mut letters, mut others) = (0_usize, 0_usize);
    for character in text.chars() {
        match character {
            _ if is_letter(&character) => letters += 1,
            _ if character.is_whitespace() => {}
            _ => others += 1,
        }
    }
    letters >= others * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: bool) {
        assert_eq!(FreeText::default().holds(name, text), expected, "{name}: {text}");
    }

    #[test]
    fn a_text_is_free_by_the_name_of_its_property() {
        for name in ["comment", "Comment", "comentario", "reviewBody", "review_body", "NOTES", "reseña", "message"] {
            check(name, "ok", true);
        }
        for name in ["comment_id", "messages_count", "plan", "", "commen", "text2", "ñ"] {
            check(name, "ok", false);
        }
        check("comment", "", false);
    }

    #[test]
    fn a_text_is_free_by_its_shape() {
        for text in [
            "El café estaba frío, tardaron veinte minutos en atenderme y nadie pidió disculpas.",
            "I waited 25 minutes for 2 coffees; when they came, both of them were cold!",
            "no me gustó\nla app se cae al pagar con tarjeta\ny tuve que ir a otra sucursal",
        ] {
            check("q7", text, true);
        }
        for text in [
            "Muy rico todo, gracias",
            "Carta de temporada | Café Alameda Guatemala, zona 10",
            "https://alameda.example/buscar?q=pan+de+banano+con+nueces+y+chocolate+para+llevar+hoy+mismo",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
            "12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90",
            "a1 b2 c3 d4 e5 f6 a7 b8 c9 d0 e1 f2 a3 b4 c5 d6 e7 f8 a9 b0 c1 d2 e3 f4",
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        ] {
            check("q7", text, false);
        }
    }

    #[test]
    fn free_texts_are_replaced_and_all_else_keeps_its_bytes() {
        let rule = FreeText::default();
        let upper = |text: &str| Some(text.to_uppercase());
        let json =
            r#"{"n": 1.50, "comment":"ni\u00f1o \"a\"", "plan":"oro", "list":[{"notes":["b"]}],"answer.why":"c"}"#;
        let replaced = rule.replace(json, upper).unwrap();
        assert_eq!(
            replaced,
            r#"{"n": 1.50, "comment":"NIÑO \"A\"", "plan":"oro", "list":[{"notes":["B"]}],"answer.why":"C"}"#
        );
        assert_eq!(rule.replace(json, |_| None), None);
        assert_eq!(rule.replace(r#"{"plan":"oro"}"#, upper), None);
    }

    #[test]
    fn the_names_are_those_of_the_settings() {
        let rule = FreeText::new(&["Relato".to_owned(), String::new()]);
        assert!(rule.holds("relato", "x") && rule.holds("RELATO", "x"));
        assert!(!rule.holds("comment", "x") && !rule.holds("", "x"));
    }
}
