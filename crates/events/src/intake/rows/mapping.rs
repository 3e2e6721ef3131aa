//! Which column says what, as people write it after `--map`.

use domain::identifier::IdentifierKind;
use serde::{Deserialize, Serialize};

use super::FileError;
use super::guess::find_nearest;

#[cfg(test)]
mod tests;

/// Where the fields of an event are in a row. Columns are named by their header, or by their number from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// A row without any of them is a dead letter, unless rows are customers.
    pub customer: Vec<(IdentifierKind, String)>,
    /// Whether a row that says no customer is one of its own, whom nobody knows: a review without author.
    pub is_row_customer: bool,
    /// What was done.
    pub activity: Said,
    /// When, in any form that times are written in.
    pub occurred_at: String,
    /// Through which channel, if anything says so.
    pub channel: Option<Said>,
    /// In which unit, if anything says so.
    pub unit: Option<Said>,
    /// What else is kept.
    pub properties: Properties,
    /// Between which numbers some of the properties lie, by name; a row with another value is a dead letter.
    pub scales: Vec<(String, Scale)>,
}

/// The lowest and the highest answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    pub lowest: u8,
    pub highest: u8,
}

impl Scale {
    /// That of a score; of ratings five stars. None of anything else.
    pub fn of(score: &str) -> Option<Scale> {
        let (lowest, highest) = match score {
            "nps" => (0, 10),
            "csat" | "rating" => (1, 5),
            "ces" => (1, 7),
            _ => return None,
        };
        Some(Scale { lowest, highest })
    }
}

/// Something that a column says, or that is the same for the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The name or number of a column.
    Column(String),
    /// The text itself.
    Constant(String),
}

/// Which columns become properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Properties {
    /// These, as name and column.
    Listed(Vec<(String, String)>),
    /// Every column that nothing else uses, under its own name.
    Others,
}

const KEYS: [&str; 13] = [
    "customer",
    "activity",
    "occurred_at",
    "channel",
    "unit",
    "comment",
    "nps",
    "csat",
    "ces",
    "rating",
    "survey",
    "touchpoint",
    "property:NAME",
];

impl Mapping {
    /// Reads `customer=COL,activity=COL,occurred_at=COL[,channel=COL][,unit=COL][,comment=COL][,nps=COL]…[,property:NAME=COL]…`.
    ///
    /// `comment`, `survey` and `touchpoint` are properties by these names; so are `nps`, `csat`, `ces` and `rating`, which must lie
    /// on their scales. `rating:10=COL` is a rating to ten stars. `customer:row` makes a customer of each row that names none.
    ///
    /// `customer:email=COL` says the kind of the identifier, which is `user_id` otherwise, and may come several times.
    /// `activity:Purchase`, `channel:web` and `unit:Lima`, without `=`, are the same for every row. Names that contain a
    /// comma or an equals sign stand in double quotes, in which a double quote is written twice.
    pub fn parse(text: &str) -> Result<Mapping, FileError> {
        let mut customer = Vec::new();
        let (mut activity, mut occurred_at, mut channel, mut unit) = (None, None, None, None);
        let (mut properties, mut scales, mut is_row_customer) = (Vec::new(), Vec::new(), false);
        for part in split(text)? {
            let (key, qualifier) = match part.key.split_once(':') {
                Some((key, qualifier)) => (key.trim(), Some(qualifier.trim().to_owned())),
                None => (part.key.trim(), None),
            };
            let said = match (part.column, qualifier.clone()) {
                (Some(column), _) => Said::Column(column),
                (None, Some(constant)) => Said::Constant(constant),
                (None, None) => return Err(bad(format!("`{}` lacks `=` and a column", part.key))),
            };
            let is_column = matches!(said, Said::Column(_));
            match (key, said) {
                ("customer", Said::Column(column)) => {
                    let kind = qualifier.map_or(IdentifierKind::UserId, |kind| IdentifierKind::parse(&kind));
                    customer.push((kind, column));
                }
                ("customer", Said::Constant(constant)) if constant == "row" => is_row_customer = true,
                ("comment" | "survey" | "touchpoint", Said::Column(column)) if qualifier.is_none() => {
                    properties.push((key.to_owned(), column));
                }
                ("nps" | "csat" | "ces" | "rating", Said::Column(column)) => {
                    let stars = qualifier
                        .map(|stars| stars.parse().ok().filter(|stars| key == "rating" && (3..=10).contains(stars)));
                    let scale = match stars {
                        Some(None) => {
                            return Err(bad(
                                "only a rating says how many stars it has, 3 to 10: rating:10=COL".to_owned()
                            ));
                        }
                        Some(Some(highest)) => Some(Scale { lowest: 1, highest }),
                        None => Scale::of(key),
                    };
                    scales.extend(scale.map(|scale| (key.to_owned(), scale)));
                    properties.push((key.to_owned(), column));
                }
                ("property", Said::Column(column)) => {
                    let name = qualifier.filter(|name| !name.is_empty());
                    properties.push((name.ok_or_else(|| bad("write property:NAME=COL".to_owned()))?, column));
                }
                ("occurred_at", Said::Column(column)) if qualifier.is_none() => set(&mut occurred_at, key, column)?,
                ("activity", said) if qualifier.is_none() || !is_column => set(&mut activity, key, said)?,
                ("channel", said) if qualifier.is_none() || !is_column => set(&mut channel, key, said)?,
                ("unit", said) if qualifier.is_none() || !is_column => set(&mut unit, key, said)?,
                _ if KEYS.iter().any(|known| known.split(':').next() == Some(key)) => {
                    return Err(bad(format!("`{}` cannot be written like this", part.key)));
                }
                _ => {
                    let nearest = find_nearest(key, KEYS.into_iter())
                        .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                    return Err(bad(format!("`{key}` is none of {}{nearest}", KEYS.join(", "))));
                }
            }
        }
        if customer.is_empty() && !is_row_customer {
            return Err(bad("say which column is the customer".to_owned()));
        }
        Ok(Mapping {
            customer,
            activity: activity.ok_or_else(|| bad("say which column is the activity, or activity:NAME".to_owned()))?,
            occurred_at: occurred_at.ok_or_else(|| bad("say which column is occurred_at".to_owned()))?,
            channel,
            unit,
            properties: Properties::Listed(properties),
            is_row_customer,
            scales,
        })
    }

    /// The mapping in the form that `parse` reads; properties only where they are listed.
    pub fn to_text(&self) -> String {
        let said = |key: &str, said: &Said| match said {
            Said::Column(column) => format!("{key}={}", quote(column)),
            Said::Constant(text) => format!("{key}:{}", quote(text)),
        };
        let mut parts = Vec::new();
        for (kind, column) in &self.customer {
            let kind = if *kind == IdentifierKind::UserId { String::new() } else { format!(":{kind}") };
            parts.push(format!("customer{kind}={}", quote(column)));
        }
        if self.is_row_customer {
            parts.push("customer:row".to_owned());
        }
        parts.push(said("activity", &self.activity));
        parts.push(format!("occurred_at={}", quote(&self.occurred_at)));
        parts.extend(self.channel.iter().map(|channel| said("channel", channel)));
        parts.extend(self.unit.iter().map(|unit| said("unit", unit)));
        if let Properties::Listed(properties) = &self.properties {
            parts.extend(properties.iter().map(|(name, column)| {
                let key = match self.scales.iter().find(|(scaled, _)| scaled == name) {
                    None => format!("property:{}", quote(name)),
                    Some((_, scale)) if Scale::of(name) == Some(*scale) => name.clone(),
                    Some((_, scale)) => format!("{name}:{}", scale.highest),
                };
                format!("{key}={}", quote(column))
            }));
        }
        parts.join(",")
    }
}

fn bad(detail: String) -> FileError {
    FileError::BadMapping(detail)
}

fn set<T>(slot: &mut Option<T>, key: &str, value: T) -> Result<(), FileError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(bad(format!("`{key}` comes twice"))),
    }
}

struct MapPart {
    key: String,
    column: Option<String>,
}

/// Cuts a mapping at its commas and each part at its first equals sign, leaving what is quoted whole.
fn split(text: &str) -> Result<Vec<MapPart>, FileError> {
    let mut parts = Vec::new();
    let mut part = MapPart { key: String::new(), column: None };
    let mut is_quoted = false;
    let mut characters = text.chars().chain([',']).peekable();
    let last = text.chars().count();
    let mut at = 0;
    while let Some(character) = characters.next() {
        let is_key = part.column.is_none();
        let current = part.column.as_mut().unwrap_or(&mut part.key);
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                current.push('"');
                characters.next();
                at += 1;
            }
            '"' => is_quoted = !is_quoted,
            ',' if is_quoted && at == last => return Err(bad("a double quote is not closed".to_owned())),
            ',' if !is_quoted => {
                let done = std::mem::replace(&mut part, MapPart { key: String::new(), column: None });
                if done.column.as_ref().is_some_and(String::is_empty) {
                    return Err(bad(format!("`{}=` lacks a column", done.key)));
                }
                if !done.key.trim().is_empty() {
                    parts.push(done);
                }
            }
            '=' if !is_quoted && is_key => part.column = Some(String::new()),
            other => current.push(other),
        }
        at += 1;
    }
    Ok(parts)
}

fn quote(name: &str) -> String {
    let is_plain = !name.contains([',', '=', '"']) && name.trim() == name;
    if is_plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}
