//! What a customer is called: which traits are names, what they make together, and the words by which they are found.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::ports::Trait;

/// The part of a name that a trait holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamePart {
    Whole,
    First,
    Last,
}

impl NamePart {
    /// The part that a trait of this name holds: `name`, `first_name` or `firstName`, `last_name` or `lastName`, in any
    /// case and with any of `_`, `-` and spaces between the words. `None` for every other trait.
    pub fn of(trait_name: &str) -> Option<NamePart> {
        // Longer than the longest of them with a separator after each letter: certainly none.
        if trait_name.len() > 24 {
            return None;
        }
        let letters: String = trait_name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
        match letters.to_ascii_lowercase().as_str() {
            "name" => Some(NamePart::Whole),
            "firstname" => Some(NamePart::First),
            "lastname" => Some(NamePart::Last),
            _ => None,
        }
    }
}

/// The text of a trait's value, trimmed; `None` when it is no text or empty.
pub fn name_text(value: &str) -> Option<String> {
    let text: String = serde_json::from_str(value).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What a customer is called by these traits, of which later ones replace earlier ones: the whole name, or else first and
/// last name together. `None` when no trait is a name.
pub fn compose_name<'a>(traits: impl IntoIterator<Item = &'a Trait>) -> Option<String> {
    let (mut whole, mut first, mut last) = (None, None, None);
    for known in traits {
        let Some(part) = NamePart::of(&known.name) else { continue };
        let Some(text) = name_text(&known.value) else { continue };
        match part {
            NamePart::Whole => whole = Some(text),
            NamePart::First => first = Some(text),
            NamePart::Last => last = Some(text),
        }
    }
    whole.or_else(|| match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (first, last) => first.or(last),
    })
}

/// Words of one name that are kept for searching.
const MOST_WORDS: usize = 16;
/// Letters of a word that are kept for searching.
const WORD_LETTERS: usize = 40;

/// The words of a name or of a search for one, without what people write now so and now so: case, accents and marks
/// between the words. Each once, in alphabetical order of their bytes.
pub fn name_words(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    // Some letters in lower case are two, the second of which is a mark.
    let words = plain.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    let words =
        words.map(|word| word.chars().filter(|c| !is_combining_mark(*c)).take(WORD_LETTERS).collect::<String>());
    let words: BTreeSet<String> = words.filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    words.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceId;

    fn called(traits: &[(&str, &str)]) -> Option<String> {
        let known = |(name, value): &(&str, &str)| Trait {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
            source: SourceId(0),
            seen_at: 0,
        };
        compose_name(&traits.iter().map(known).collect::<Vec<_>>())
    }

    #[test]
    fn names_are_traits_of_certain_names() {
        for name in ["name", "Name", "NAME"] {
            assert_eq!(NamePart::of(name), Some(NamePart::Whole), "{name}");
        }
        for name in ["first_name", "firstName", "First Name", "FIRST-NAME", "firstname"] {
            assert_eq!(NamePart::of(name), Some(NamePart::First), "{name}");
        }
        assert_eq!(NamePart::of("lastName"), Some(NamePart::Last));
        for name in ["", "username", "company_name", "names", "plan", &"_".repeat(99)] {
            assert_eq!(NamePart::of(name), None, "{name}");
        }
    }

    #[test]
    fn a_whole_name_comes_before_its_parts() {
        let (first, last) = (("firstName", r#""María""#), ("last_name", r#"" García ""#));
        assert_eq!(called(&[first, last]).as_deref(), Some("María García"));
        assert_eq!(called(&[last]).as_deref(), Some("García"));
        assert_eq!(called(&[("name", r#""Mari""#), first, last]).as_deref(), Some("Mari"));
        assert_eq!(called(&[("name", r#""Mari""#), ("Name", r#""María G.""#)]).as_deref(), Some("María G."));
        assert_eq!(called(&[("name", r#""  ""#), ("name", "17"), ("name", "null"), first]).as_deref(), Some("María"));
        assert_eq!(called(&[("plan", r#""gold""#)]), None);
    }

    #[test]
    fn words_do_not_depend_on_case_accents_or_marks() {
        for text in ["María García", "  GARCÍA,maria ", "Maria-Garci\u{301}a", "garcia maria GARCIA"] {
            assert_eq!(name_words(text), ["garcia", "maria"], "{text}");
        }
        assert_eq!(name_words("Íñigo Ö. Łukasz Straße İpek"), ["inigo", "ipek", "o", "straße", "łukasz"]);
        assert_eq!(name_words("東京 Ⅷ 007"), ["007", "viii", "東京"]);
        assert_eq!(name_words(" .,-'\u{301} "), [""; 0]);
    }

    #[test]
    fn endless_names_have_few_short_words() {
        let many: Vec<String> = (0..1_000).map(|number| format!("w{number:04}")).collect();
        assert_eq!(name_words(&many.join(" ")).len(), MOST_WORDS);
        let [long] = &name_words(&"ñ".repeat(100_000))[..] else { panic!("one word") };
        assert_eq!(long, &"n".repeat(WORD_LETTERS));
    }
}
