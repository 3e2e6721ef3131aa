//! Writing JSON lines into a buffer without building values first: generation has to be quick.

use std::fmt;
use std::io::Write as _;

use crate::calendar::Calendar;

/// An open JSON object; it closes when dropped.
pub(crate) struct Object<'a> {
    out: &'a mut Vec<u8>,
    is_empty: bool,
}

impl<'a> Object<'a> {
    pub(crate) fn open(out: &'a mut Vec<u8>) -> Object<'a> {
        out.push(b'{');
        Object { out, is_empty: true }
    }

    /// Keys are ours and need no escape.
    fn key(&mut self, key: &str) {
        if !self.is_empty {
            self.out.push(b',');
        }
        self.is_empty = false;
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        write_text(self.out, value);
    }

    pub(crate) fn number(&mut self, key: &str, value: i64) {
        self.key(key);
        write_number(self.out, value);
    }

    pub(crate) fn flag(&mut self, key: &str, value: bool) {
        self.key(key);
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// An amount in minor units as an exact decimal in major units.
    pub(crate) fn money(&mut self, key: &str, minor: i64, digits: u32) {
        self.key(key);
        let unit = 10_i64.pow(digits);
        if minor < 0 {
            self.out.push(b'-');
        }
        write_number(self.out, minor.abs() / unit);
        if digits > 0 {
            // A failure to write into memory does not exist.
            let _ = write!(self.out, ".{:0width$}", minor.abs() % unit, width = digits as usize);
        }
    }

    /// A text of our own making, without anything to escape.
    pub(crate) fn formatted(&mut self, key: &str, value: fmt::Arguments<'_>) {
        self.key(key);
        self.out.push(b'"');
        // A failure to write into memory does not exist.
        let _ = self.out.write_fmt(value);
        self.out.push(b'"');
    }

    /// An instant in UTC milliseconds as `2026-03-29T01:02:03.004Z`.
    pub(crate) fn instant(&mut self, key: &str, calendar: &Calendar, at: i64) {
        self.key(key);
        self.out.push(b'"');
        calendar.write_instant(self.out, at);
        self.out.push(b'"');
    }

    pub(crate) fn object(&mut self, key: &str) -> Object<'_> {
        self.key(key);
        Object::open(self.out)
    }

    /// A list of objects, one call of `each` for every item.
    pub(crate) fn list<T>(&mut self, key: &str, items: &[T], mut each: impl FnMut(&mut Object<'_>, &T)) {
        self.key(key);
        self.out.push(b'[');
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.out.push(b',');
            }
            each(&mut Object::open(self.out), item);
        }
        self.out.push(b']');
    }
}

impl Drop for Object<'_> {
    fn drop(&mut self) {
        self.out.push(b'}');
    }
}

fn write_number(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut left = value.unsigned_abs();
    loop {
        start -= 1;
        digits[start] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[start..]);
}

fn write_text(out: &mut Vec<u8>, value: &str) {
    out.push(b'"');
    for &byte in value.as_bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            0..0x20 => {
                // A failure to write into memory does not exist.
                let _ = write!(out, "\\u{byte:04x}");
            }
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut out = Vec::new();
        {
            let mut object = Object::open(&mut out);
            object.text("name", "Ana \"la\" Peña\n\\");
            object.number("count", -120);
            object.money("euros", 1_205, 2);
            object.money("refund", -5, 2);
            object.money("pesos", 2_400, 0);
            object.flag("ok", true);
            object.object("inner").number("zero", 0);
            object.list("items", &[1, 2], |item, &value| item.number("n", value));
        }
        assert_eq!(
            String::from_utf8(out.clone()).unwrap(),
            "{\"name\":\"Ana \\\"la\\\" Peña\\u000a\\\\\",\"count\":-120,\"euros\":12.05,\"refund\":-0.05,\"pesos\":2400,\
             \"ok\":true,\"inner\":{\"zero\":0},\"items\":[{\"n\":1},{\"n\":2}]}"
        );
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["name"], "Ana \"la\" Peña\n\\");
    }
}
