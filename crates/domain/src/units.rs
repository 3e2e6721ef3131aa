//! The tree of units: where events happen, from the whole organisation down to a single shop.
//!
//! Events carry the name of a unit; the tree says which units lie below which (brand › country › region › shop). A unit
//! without parent hangs under the root, which is the organisation and has no name of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Units from the top of the tree to a leaf, both included, at most.
pub const MAX_UNIT_DEPTH: usize = 16;
/// Bytes of the name of a unit: what events may carry.
pub const MAX_UNIT_NAME_BYTES: usize = 200;
/// Characters of a display name and of a kind.
const MAX_LABEL_CHARS: usize = 200;

/// A place of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// As events carry it; unique.
    pub name: String,
    /// As people call it.
    pub label: String,
    /// The name of the unit above it; `None` under the root.
    pub parent: Option<String>,
    /// Free text such as `country` or `shop`.
    pub kind: Option<String>,
}

/// Units that form a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTree {
    units: BTreeMap<String, Unit>,
}

impl UnitTree {
    /// A tree of these units, whatever their order. Refused (`InvalidArgument`): a name that is empty, has control
    /// characters, is longer than 200 bytes or stands twice; a parent that is not among them; a unit below itself; a unit
    /// deeper than 16.
    pub fn new(units: impl IntoIterator<Item = Unit>) -> Result<UnitTree> {
        let mut tree = UnitTree::default();
        for unit in units {
            check_texts(&unit)?;
            if let Some(twice) = tree.units.insert(unit.name.clone(), unit) {
                return Err(Error::invalid(format!("the unit `{}` stands twice; say once what it is", twice.name)));
            }
        }
        for name in tree.units.keys() {
            tree.check_place(name)?;
        }
        Ok(tree)
    }

    /// The same tree with some units added or changed; checked as a whole.
    pub fn with(&self, changed: &[Unit]) -> Result<UnitTree> {
        let names: BTreeSet<&str> = changed.iter().map(|unit| unit.name.as_str()).collect();
        let kept = self.units.values().filter(|unit| !names.contains(unit.name.as_str()));
        UnitTree::new(kept.chain(changed).cloned())
    }

    /// The unit of this name.
    pub fn find(&self, name: &str) -> Option<&Unit> {
        self.units.get(name)
    }

    /// All units, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// A unit and all units below it, by name. A name that is not in the tree has nothing below it but itself.
    pub fn below<'a>(&'a self, name: &'a str) -> BTreeSet<&'a str> {
        let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for unit in self.units.values() {
            if let Some(parent) = &unit.parent {
                children.entry(parent).or_default().push(&unit.name);
            }
        }
        let mut found = BTreeSet::from([name]);
        let mut open = vec![name];
        while let Some(unit) = open.pop() {
            for &child in children.get(unit).into_iter().flatten() {
                if found.insert(child) {
                    open.push(child);
                }
            }
        }
        found
    }

    /// The units from the top of the tree down to this one, which is the last; empty when it is not in the tree.
    pub fn path(&self, name: &str) -> Vec<&Unit> {
        let above = |unit: &&Unit| unit.parent.as_deref().and_then(|parent| self.units.get(parent));
        let mut path: Vec<&Unit> = std::iter::successors(self.units.get(name), above).take(MAX_UNIT_DEPTH).collect();
        path.reverse();
        path
    }

    /// Climbs from a unit to the top.
    fn check_place(&self, name: &str) -> Result<()> {
        let mut climbed = vec![name];
        let mut unit = &self.units[name];
        while let Some(parent) = &unit.parent {
            let Some(above) = self.units.get(parent) else {
                return Err(Error::invalid(format!(
                    "`{}` cannot hang under `{parent}`: there is no such unit; set that one first, or both together",
                    unit.name
                )));
            };
            climbed.push(parent);
            if parent == name {
                climbed.reverse();
                return Err(Error::invalid(format!("`{name}` would lie below itself: {}", climbed.join(" › "))));
            }
            if climbed.len() > MAX_UNIT_DEPTH {
                return Err(Error::invalid(format!(
                    "`{name}` would lie too deep: a tree of units has at most {MAX_UNIT_DEPTH} levels"
                )));
            }
            unit = above;
        }
        Ok(())
    }
}

fn check_texts(unit: &Unit) -> Result<()> {
    let is_text = |text: &str| !text.trim().is_empty() && !text.chars().any(char::is_control);
    if !is_text(&unit.name) || unit.name.trim() != unit.name || unit.name.len() > MAX_UNIT_NAME_BYTES {
        return Err(Error::invalid(format!(
            "`{}` is not the name of a unit: it has 1 to {MAX_UNIT_NAME_BYTES} bytes, no control characters and no blanks \
             around it",
            unit.name.escape_debug()
        )));
    }
    for text in std::iter::once(&unit.label).chain(&unit.kind) {
        if !is_text(text) || text.chars().count() > MAX_LABEL_CHARS {
            return Err(Error::invalid(format!(
                "the label and the kind of the unit `{}` have 1 to {MAX_LABEL_CHARS} characters, no control characters",
                unit.name
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str, parent: &str) -> Unit {
        let parent = (!parent.is_empty()).then(|| parent.to_owned());
        Unit { name: name.to_owned(), label: name.to_uppercase(), parent, kind: None }
    }

    fn refusal(units: &[(&str, &str)]) -> String {
        UnitTree::new(units.iter().map(|(name, parent)| unit(name, parent))).unwrap_err().to_string()
    }

    fn spain_and_mexico() -> UnitTree {
        let units =
            [("shop-1", "es"), ("shop-2", "es"), ("es", "brand"), ("mx", "brand"), ("brand", ""), ("kiosk", "shop-2")];
        UnitTree::new(units.iter().map(|(name, parent)| unit(name, parent))).unwrap()
    }

    #[test]
    fn what_lies_below_a_unit_is_found_at_any_depth() {
        let tree = spain_and_mexico();
        assert_eq!(tree.below("es"), BTreeSet::from(["es", "kiosk", "shop-1", "shop-2"]));
        assert_eq!(tree.below("mx"), BTreeSet::from(["mx"]));
        assert_eq!(tree.below("brand").len(), 6);
        assert_eq!(tree.below("nowhere"), BTreeSet::from(["nowhere"]));
    }

    #[test]
    fn a_path_leads_from_the_top_to_the_unit() {
        let tree = spain_and_mexico();
        let names: Vec<&str> = tree.path("kiosk").iter().map(|unit| unit.name.as_str()).collect();
        assert_eq!(names, ["brand", "es", "shop-2", "kiosk"]);
        assert!(tree.path("nowhere").is_empty());
    }

    #[test]
    fn what_is_no_tree_is_refused_with_what_is_wrong() {
        assert!(refusal(&[("a", "b")]).contains("`a` cannot hang under `b`"));
        assert_eq!(refusal(&[("a", "c"), ("b", "a"), ("c", "b")]), "`a` would lie below itself: a › b › c › a");
        assert!(refusal(&[("a", "a")]).contains("below itself: a › a"));
        assert!(refusal(&[("a", ""), ("a", "")]).contains("stands twice"));
        for name in ["", " ", "a\nb", " a", &"x".repeat(201)] {
            assert!(refusal(&[(name, "")]).contains("is not the name of a unit"), "{name:?}");
        }
    }

    #[test]
    fn a_ring_is_found_from_outside_of_it_too() {
        // `a` hangs on the ring of `b` and `c`, which it is not part of.
        let message = refusal(&[("a", "b"), ("b", "c"), ("c", "b")]);
        assert!(message.contains("too deep") || message.contains("below itself"), "{message}");
    }

    #[test]
    fn sixteen_levels_are_enough() {
        let chain = |levels: usize| -> Vec<Unit> {
            let parent = |level: usize| if level == 0 { String::new() } else { format!("u{}", level - 1) };
            (0..levels).map(|level| unit(&format!("u{level}"), &parent(level))).collect()
        };
        assert!(UnitTree::new(chain(16)).is_ok());
        let message = UnitTree::new(chain(17)).unwrap_err().to_string();
        assert_eq!(message, "`u16` would lie too deep: a tree of units has at most 16 levels");
    }

    #[test]
    fn a_change_is_checked_with_all_that_stays() {
        let tree = spain_and_mexico();
        assert_eq!(tree.with(&[unit("es", "mx")]).unwrap().below("mx").len(), 5);
        assert!(tree.with(&[unit("brand", "kiosk")]).is_err());
        assert!(tree.with(&[unit("pt", "")]).unwrap().find("pt").is_some());
    }
}
