//! A mapping bound to the columns of one file: all that is needed to read a row, and small enough to go with each dead
//! letter as its recipe.

use serde::{Deserialize, Serialize};

use super::mapping::Scale;
use super::records::Delimiter;

/// How the rows of a file are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Layout {
    #[serde(flatten)]
    pub format: Format,
    /// Zone of times that say none; an IANA name.
    pub time_zone: String,
}

/// The shape of the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename_all = "snake_case")]
pub(super) enum Format {
    Delimited {
        /// The delimiter, or several blanks for any number of them.
        delimiter: String,
        columns: usize,
        #[serde(flatten)]
        fields: FieldPlaces<usize>,
    },
    /// Objects whose members are fields, by their dotted path.
    JsonLines {
        #[serde(flatten)]
        fields: FieldPlaces<String>,
        /// Every member that nothing else uses is a property.
        #[serde(default)]
        has_other_properties: bool,
    },
    /// Objects that are calls of the Segment SDKs.
    SegmentLines,
}

/// Where the fields of an event are, by column or by path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FieldPlaces<P> {
    /// Kinds of identifiers and where their values are.
    pub customer: Vec<(String, P)>,
    /// Whether a row without any of them is a customer of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_row_customer: bool,
    pub activity: SaidAt<P>,
    pub occurred_at: P,
    #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
    pub channel: Option<SaidAt<P>>,
    #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
    pub unit: Option<SaidAt<P>>,
    #[serde(default = "Vec::new")]
    pub properties: Vec<PropertyAt<P>>,
}

/// A place in the row, or the same text for every row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SaidAt<P> {
    At(P),
    Always(String),
}

/// A property and where its value is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PropertyAt<P> {
    pub name: String,
    pub at: P,
    /// Whether the column holds numbers; text that looks like a number stays text elsewhere (`02134` is a post code).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_number: bool,
    /// Between which numbers it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

impl Layout {
    pub(super) fn delimiter(&self) -> Option<Delimiter> {
        match &self.format {
            Format::Delimited { delimiter, .. } => Some(match delimiter.as_bytes() {
                [byte] => Delimiter::Byte(*byte),
                _ => Delimiter::Blanks,
            }),
            _ => None,
        }
    }

    pub(super) fn write_delimiter(delimiter: Delimiter) -> String {
        match delimiter {
            Delimiter::Byte(byte) => char::from(byte).to_string(),
            Delimiter::Blanks => "  ".to_owned(),
        }
    }
}

/// The recipe of a dead letter: the layout, and how many equal rows came before it in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RowRecipe {
    #[serde(flatten)]
    pub layout: Layout,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub equal_before: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
