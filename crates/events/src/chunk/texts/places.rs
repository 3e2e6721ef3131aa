//! Takes the free texts out of a JSON object and puts them back.

use std::borrow::Cow;
use std::ops::Range;

use super::spelling;
use crate::intake::{FreeText, unescape};
use crate::text_values::{TextValue, TextValues};

/// What stands in the properties of a chunk where a text was.
pub const MARK: &str = "\"[text]\"";
const MARK_TEXT: &str = "[text]";

/// A text that was taken out.
pub struct Taken<'a> {
    pub property: &'a str,
    /// Where its mark stands in what remained, in bytes.
    pub place: u32,
    pub text: Cow<'a, str>,
    pub spelling: Option<&'a str>,
}

/// Takes free texts out of one object after the other.
pub struct Separator {
    rule: FreeText,
    remaining: String,
    found: Vec<Found>,
    /// The ways to all that was found, one behind the other.
    paths: String,
}

struct Found {
    /// With its quotes, in the object as it was.
    quoted: Range<usize>,
    is_escaped: bool,
    path: Range<usize>,
    place: u32,
}

impl Separator {
    pub fn new(rule: FreeText) -> Separator {
        Separator { rule, remaining: String::new(), found: Vec::new(), paths: String::new() }
    }

    /// Finds the free texts of an object; the other functions tell of it until the next call.
    pub fn separate(&mut self, json: &str) {
        self.found.clear();
        self.paths.clear();
        self.remaining.clear();
        let mut copied = 0;
        let mut values = TextValues::of(json);
        while let Some(TextValue { inner, is_escaped }) = values.find_next() {
            if !is_free_text(&self.rule, values.name(), &json[inner.clone()], is_escaped) {
                continue;
            }
            let quoted = inner.start - 1..inner.end + 1;
            self.remaining.push_str(&json[copied..quoted.start]);
            let Ok(place) = u32::try_from(self.remaining.len()) else { break };
            self.remaining.push_str(MARK);
            copied = quoted.end;
            let path_start = self.paths.len();
            values.write_path(&mut self.paths);
            self.found.push(Found { quoted, is_escaped, path: path_start..self.paths.len(), place });
        }
        if !self.found.is_empty() {
            self.remaining.push_str(&json[copied..]);
        }
    }

    /// How many texts the object has.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The object, given once more, without its texts.
    pub fn remaining<'a>(&'a self, json: &'a str) -> &'a str {
        if self.found.is_empty() { json } else { &self.remaining }
    }

    /// The texts of the object, given once more.
    pub fn taken<'a>(&'a self, json: &'a str) -> impl Iterator<Item = Taken<'a>> {
        self.found.iter().map(move |found| {
            let (text, spelling) = spelling::read(&json[found.quoted.clone()], found.is_escaped);
            Taken { property: &self.paths[found.path.clone()], place: found.place, text, spelling }
        })
    }
}

fn is_free_text(rule: &FreeText, name: &str, inner: &str, is_escaped: bool) -> bool {
    let text = if is_escaped { Cow::Owned(unescape(inner)) } else { Cow::Borrowed(inner) };
    if name.contains('\\') {
        return text == MARK_TEXT || rule.holds(&unescape(name), &text);
    }
    text == MARK_TEXT || rule.holds(name, &text)
}

/// Writes an object again with its texts in their places, one after the other.
pub struct Restoration<'a> {
    remaining: &'a str,
    copied: usize,
    whole: String,
}

impl<'a> Restoration<'a> {
    pub fn of(remaining: &'a str) -> Restoration<'a> {
        Restoration { remaining, copied: 0, whole: String::with_capacity(remaining.len() + 256) }
    }

    /// Puts the next text into its place; `None` if that is not the place of a text.
    pub fn put_back(&mut self, place: u32, text: &str, spelling: Option<&str>) -> Option<()> {
        let place = place as usize;
        let before = self.remaining.get(self.copied..place)?;
        if !self.remaining[place..].starts_with(MARK) {
            return None;
        }
        self.whole.push_str(before);
        spelling::write(text, spelling, &mut self.whole);
        self.copied = place + MARK.len();
        Some(())
    }

    pub fn finish(mut self) -> String {
        self.whole.push_str(self.remaining.get(self.copied..).unwrap_or_default());
        self.whole
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn separate(json: &str) -> (String, Vec<(String, u32, String)>) {
        let mut separator = Separator::new(FreeText::default());
        separator.separate(json);
        let remaining = separator.remaining(json).to_owned();
        let taken =
            separator.taken(json).map(|taken| (taken.property.to_owned(), taken.place, taken.text.into_owned()));
        (remaining, taken.collect())
    }

    fn put_together(json: &str) -> String {
        let mut separator = Separator::new(FreeText::default());
        separator.separate(json);
        let mut restoration = Restoration::of(separator.remaining(json));
        for taken in separator.taken(json) {
            restoration.put_back(taken.place, &taken.text, taken.spelling).unwrap();
        }
        restoration.finish()
    }

    #[test]
    fn texts_are_taken_out_at_any_depth_and_leave_a_mark() {
        let json = r#"{"stars":5,"comment":"muy \"rico\"","comments":["a",{"id":"x","body":"b"},"c"],"deep":{"note":"é"},"mark":"[text]","name":"Ana"}"#;
        let (remaining, taken) = separate(json);
        assert_eq!(
            remaining,
            r#"{"stars":5,"comment":"[text]","comments":["[text]",{"id":"x","body":"[text]"},"[text]"],"deep":{"note":"[text]"},"mark":"[text]","name":"Ana"}"#
        );
        let texts: Vec<(&str, &str)> = taken.iter().map(|(path, _, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("comment", "muy \"rico\""),
                ("comments.0", "a"),
                ("comments.1.body", "b"),
                ("comments.2", "c"),
                ("deep.note", "é"),
                ("mark", "[text]"),
            ]
        );
        assert!(taken.iter().all(|(_, place, _)| remaining[*place as usize..].starts_with(MARK)));
        assert_eq!(put_together(json), json);
    }

    #[test]
    fn an_object_without_free_text_stays_as_it_is() {
        for json in ["{}", "", r#"{"comment":""}"#, r#"{"comment":5,"note":null,"text":{"kind":"x"},"id":"comment"}"#] {
            assert_eq!(separate(json), (json.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn escapes_hide_neither_a_name_nor_a_mark() {
        let json = r#"{"\u0063omment":"a","x":"\u005btext]"}"#;
        assert_eq!(separate(json).0, r#"{"\u0063omment":"[text]","x":"[text]"}"#);
        assert_eq!(put_together(json), json);
    }

    #[test]
    fn a_text_goes_back_only_where_one_was_taken_out() {
        let remaining = r#"{"é":"[text]"}"#;
        for place in [0, 2, 5, 7, 99] {
            assert!(Restoration::of(remaining).put_back(place, "x", None).is_none(), "{place}");
        }
        let mut restoration = Restoration::of(remaining);
        restoration.put_back(6, "x", None).unwrap();
        assert!(restoration.put_back(6, "y", None).is_none());
        assert_eq!(restoration.finish(), r#"{"é":"x"}"#);
    }

    proptest! {
        #[test]
        fn whatever_it_is_is_put_together_again(
            json in "(comment|note|\"\\[text\\]\"|\"x\"|\"a b é\"|[\\{\\}\\[\\]\",:\\\\ 1é\n]|\\\\u00e9){0,40}"
        ) {
            prop_assert_eq!(put_together(&json), json);
        }

        #[test]
        fn a_mark_always_stands_for_a_text(
            texts in proptest::collection::vec((prop_oneof!["comment", "[a-c]", "😀"], prop_oneof!["\\[text\\]", "[a-zé ]{0,80}"]), 0..6)
        ) {
            let members: Vec<String> =
                texts.iter().map(|(name, text)| format!("{}:{}", serde_json::json!(name), serde_json::json!(text))).collect();
            let json = format!("{{{}}}", members.join(","));
            let (remaining, taken) = separate(&json);
            prop_assert_eq!(remaining.matches(MARK).count(), taken.len());
            prop_assert_eq!(put_together(&json), json);
        }
    }
}
