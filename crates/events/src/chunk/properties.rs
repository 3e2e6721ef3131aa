//! The top level of a JSON object without building anything: names and raw values, in order.
//!
//! Properties were valid JSON when they came in; where they are not, reading simply stops, because the text itself is
//! stored anyway and typed columns are a convenience.

use std::borrow::Cow;
use std::ops::ControlFlow;

use domain::ports::PropertyType;
use memchr::memchr;

use crate::text_values::find_quote_or_escape;

/// A value as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RawValue<'a> {
    /// `None` for null.
    pub kind: Option<PropertyType>,
    /// Texts include their quotes.
    pub raw: &'a str,
}

impl RawValue<'_> {
    /// A number as a double; `None` beyond the doubles.
    pub fn number(&self) -> Option<f64> {
        self.raw.parse().ok().filter(|number: &f64| number.is_finite())
    }

    pub fn text(&self) -> Option<Cow<'_, str>> {
        unquote(self.raw)
    }

    pub fn boolean(&self) -> bool {
        self.raw == "true"
    }
}

/// The text that a JSON string stands for.
pub fn unquote(raw: &str) -> Option<Cow<'_, str>> {
    match raw.as_bytes() {
        [b'"', inner @ .., b'"'] if memchr(b'\\', inner).is_none() => raw.get(1..raw.len() - 1).map(Cow::Borrowed),
        _ => serde_json::from_str(raw).ok().map(Cow::Owned),
    }
}

/// Calls `each` with every name (in its quotes) and value of a JSON object.
pub fn for_each_property<'a>(json: &'a str, mut each: impl FnMut(&'a str, RawValue<'a>)) {
    for_each_property_until(json, |name, value| {
        each(name, value);
        ControlFlow::Continue(())
    });
}

/// Likewise, until `each` has seen enough.
pub fn for_each_property_until<'a>(json: &'a str, mut each: impl FnMut(&'a str, RawValue<'a>) -> ControlFlow<()>) {
    let mut scanner = Scanner { json, at: 0 };
    // `None` is the end, or a text that is not a JSON object: nothing more can be read.
    let _ = scanner.object(&mut each);
}

struct Scanner<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn object(&mut self, each: &mut impl FnMut(&'a str, RawValue<'a>) -> ControlFlow<()>) -> Option<()> {
        self.expect(b'{')?;
        if self.peek()? == b'}' {
            return None;
        }
        loop {
            self.peek()?;
            let name = self.string()?;
            self.expect(b':')?;
            let value = self.value()?;
            if each(name, value).is_break() {
                return None;
            }
            self.expect(b',')?;
        }
    }

    /// The next byte that is not white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.json.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Option<()> {
        if self.peek()? != byte {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn value(&mut self) -> Option<RawValue<'a>> {
        let (kind, raw) = match self.peek()? {
            b'"' => (Some(PropertyType::Text), self.string()?),
            b'{' => (Some(PropertyType::Object), self.nested()?),
            b'[' => (Some(PropertyType::List), self.nested()?),
            b't' | b'f' => (Some(PropertyType::Boolean), self.plain()?),
            b'n' => (None, self.plain()?),
            b'-' | b'0'..=b'9' => (Some(PropertyType::Number), self.plain()?),
            _ => return None,
        };
        Some(RawValue { kind, raw })
    }

    /// A string with its quotes.
    fn string(&mut self) -> Option<&'a str> {
        let bytes = self.json.as_bytes();
        let start = self.at;
        if *bytes.get(start)? != b'"' {
            return None;
        }
        let mut at = start + 1;
        loop {
            at += find_quote_or_escape(bytes.get(at..)?)?;
            if bytes[at] == b'"' {
                self.at = at + 1;
                return self.json.get(start..self.at);
            }
            at += 2;
        }
    }

    /// An object or a list, to its closing bracket.
    fn nested(&mut self) -> Option<&'a str> {
        let bytes = self.json.as_bytes();
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match *bytes.get(self.at)? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return self.json.get(start..self.at);
            }
        }
    }

    /// A number or a word.
    fn plain(&mut self) -> Option<&'a str> {
        let start = self.at;
        let rest = &self.json.as_bytes()[start..];
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
        self.at += rest.iter().position(ends)?;
        self.json.get(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(json: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for_each_property(json, |name, value| {
            found.push((unquote(name).unwrap().into_owned(), value.raw.to_owned()));
        });
        found
    }

    #[test]
    fn the_top_level_is_read_and_the_rest_is_skipped() {
        let json = r#" { "a" : 1.5 , "b\n":"x\"}y", "c":{"d":[1,"]}"],"e":{}}, "f":[[],[2]],"g":true ,"h":null} "#;
        let expected = [
            ("a", "1.5"),
            ("b\n", r#""x\"}y""#),
            ("c", r#"{"d":[1,"]}"],"e":{}}"#),
            ("f", "[[],[2]]"),
            ("g", "true"),
            ("h", "null"),
        ];
        assert_eq!(read(json), expected.map(|(name, raw)| (name.to_owned(), raw.to_owned())));
    }

    #[test]
    fn what_is_not_an_object_has_no_properties() {
        for json in
            ["", "{", "{}", "[]", "7", "null", r#"{"a"#, r#"{"a":}"#, r#"{"a":1"#, "{a:1}", r#"{"\"#, r#"{"a":]}"#]
        {
            assert_eq!(read(json), Vec::new(), "{json}");
        }
    }

    #[test]
    fn numbers_beyond_a_double_are_none() {
        let number = |raw| RawValue { kind: Some(PropertyType::Number), raw }.number();
        assert_eq!(number("-1.5e3"), Some(-1500.0));
        assert_eq!(number("1e400"), None);
    }

    proptest! {
        #[test]
        fn names_and_types_are_those_of_a_whole_parser(
            values in proptest::collection::btree_map(".{0,8}", any_json(), 0..8),
        ) {
            let map: serde_json::Map<String, serde_json::Value> = values.into_iter().collect();
            let json = serde_json::Value::Object(map.clone()).to_string();
            let mut seen = 0;
            for_each_property(&json, |name, value| {
                let name = unquote(name).unwrap();
                let parsed: serde_json::Value = serde_json::from_str(value.raw).unwrap();
                assert_eq!(&parsed, &map[&*name]);
                assert_eq!(value.kind.is_none(), parsed.is_null());
                seen += 1;
            });
            prop_assert_eq!(seen, map.len());
        }

        #[test]
        fn any_text_is_survived(text in "[\\{\\}\\[\\]\",:\\\\tn 1é]{0,40}") {
            for_each_property(&text, |name, value| {
                assert!(unquote(name).is_none_or(|name| name.len() < 41) && value.raw.len() < 41);
            });
        }
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            ".{0,12}".prop_map(Into::into),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                proptest::collection::btree_map(".{0,4}", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }
}
