//! Dictionaries: the codes by which the log knows activities, channels, units and sources. A code is given once and for
//! ever; the log records it before it is used.

use std::sync::Arc;

use domain::ports::{CodedName, Dictionary};
use rustc_hash::FxHashMap;

/// Names beyond the last code of their dictionary are this one.
pub const OTHER: &str = "(other)";

/// One dictionary: names by code and codes by name.
#[derive(Clone, Debug, Default)]
pub struct CodeBook {
    names: Vec<Arc<str>>,
    codes: FxHashMap<Arc<str>, u32>,
}

impl CodeBook {
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub fn find(&self, name: &str) -> Option<u32> {
        self.codes.get(name).copied()
    }

    /// The name of a code; `(other)` for one that was never given.
    pub fn name(&self, code: u32) -> &str {
        self.names.get(code as usize).map_or(OTHER, |name| name)
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..).zip(self.names.iter().map(|name| &**name))
    }

    fn insert(&mut self, code: u32, name: &str) {
        let name: Arc<str> = name.into();
        while self.names.len() <= code as usize {
            self.names.push(OTHER.into());
        }
        self.names[code as usize] = name.clone();
        self.codes.insert(name, code);
    }
}

/// The dictionaries of the log.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub activities: CodeBook,
    pub channels: CodeBook,
    pub units: CodeBook,
    pub sources: CodeBook,
}

impl Names {
    /// The most codes a dictionary gives; the last one is `(other)`.
    pub fn capacity(dictionary: Dictionary) -> u32 {
        match dictionary {
            Dictionary::Activity => 4_096,
            // 255 stands for "no channel" in columns.
            Dictionary::Channel => 255,
            Dictionary::Unit | Dictionary::Source => 1 << 24,
        }
    }

    pub fn book(&self, dictionary: Dictionary) -> &CodeBook {
        match dictionary {
            Dictionary::Activity => &self.activities,
            Dictionary::Channel => &self.channels,
            Dictionary::Unit => &self.units,
            Dictionary::Source => &self.sources,
        }
    }

    /// Takes over a code that the log gave before.
    pub fn insert(&mut self, name: &CodedName) {
        let book = match name.dictionary {
            Dictionary::Activity => &mut self.activities,
            Dictionary::Channel => &mut self.channels,
            Dictionary::Unit => &mut self.units,
            Dictionary::Source => &mut self.sources,
        };
        book.insert(name.code, &name.name);
    }

    /// The code of a name, a new one if it has none yet; what is new must be recorded before it is used.
    pub fn code(&mut self, dictionary: Dictionary, name: &str) -> (u32, Option<CodedName>) {
        let book = self.book(dictionary);
        if let Some(code) = book.find(name) {
            return (code, None);
        }
        let last = Names::capacity(dictionary) - 1;
        let next = book.len() as u32;
        let given = if next < last { name } else { OTHER };
        if next > last {
            return (last, None);
        }
        let new = CodedName { dictionary, code: next, name: given.to_owned() };
        self.insert(&new);
        (next, Some(new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beyond_the_last_code_are_other() {
        let mut names = Names::default();
        for number in 0..300 {
            names.code(Dictionary::Channel, &format!("c{number}"));
        }
        assert_eq!(names.channels.len(), 255);
        assert_eq!(names.channels.name(253), "c253");
        assert_eq!(names.channels.name(254), OTHER);
        assert_eq!(names.code(Dictionary::Channel, "c299"), (254, None));
        assert_eq!(names.code(Dictionary::Channel, "c7"), (7, None));
    }
}
