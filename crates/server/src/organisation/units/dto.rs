//! What goes over the wire about units.

use domain::Unit;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::service::UnitView;

/// A place where events happen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitDto {
    /// As events carry it.
    #[schema(example = "ES-MAD-01")]
    pub name: String,
    /// As people call it.
    pub label: String,
    /// The unit above it; none directly below the organisation.
    pub parent: Option<String>,
    /// Free text, such as `country` or `shop`.
    pub kind: Option<String>,
    /// Whether it was put into the tree; others were only seen in events, and hang below the organisation.
    pub is_in_tree: bool,
    /// Whether an event has named it.
    pub is_seen: bool,
}

impl From<UnitView> for UnitDto {
    fn from(view: UnitView) -> Self {
        UnitDto {
            name: view.unit.name,
            label: view.unit.label,
            parent: view.unit.parent,
            kind: view.unit.kind,
            is_in_tree: view.is_in_tree,
            is_seen: view.is_seen,
        }
    }
}

/// Units by name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Units)]
pub struct UnitsDto {
    pub units: Vec<UnitDto>,
}

/// What a unit is from now on; what is absent is nothing, not what it was.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitPlace {
    /// As people call it; its name unless told.
    pub label: Option<String>,
    /// The unit above it; directly below the organisation unless told.
    pub parent: Option<String>,
    pub kind: Option<String>,
}

impl UnitPlace {
    pub fn of(self, name: String) -> Unit {
        Unit { label: self.label.unwrap_or_else(|| name.clone()), name, parent: self.parent, kind: self.kind }
    }
}

/// A unit among several that come together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUnit {
    pub name: String,
    /// As people call it; its name unless told.
    pub label: Option<String>,
    /// The unit above it; directly below the organisation unless told.
    pub parent: Option<String>,
    pub kind: Option<String>,
}

impl From<NewUnit> for Unit {
    fn from(new: NewUnit) -> Unit {
        UnitPlace { label: new.label, parent: new.parent, kind: new.kind }.of(new.name)
    }
}

/// Units that are added or changed together; those that are not named stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitsChange {
    pub units: Vec<NewUnit>,
}
