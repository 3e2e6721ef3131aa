//! What goes over the wire about the organisation.

use domain::ports::{ActivityRole, AuditEntry, Organisation};
use domain::time::{WeekStart, format_instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::activities::ActivityView;
use super::properties::{PropertyView, describe_types};
use crate::finding::FindingDto;

/// How the organisation is called and counts days and money.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Organisation)]
pub struct OrganisationDto {
    pub name: String,
    /// IANA name: days and weeks are of this zone.
    #[schema(example = "Europe/Madrid")]
    pub time_zone: String,
    /// `monday`, `sunday` or `saturday`.
    pub week_start: String,
    /// ISO 4217 of the reports.
    #[schema(example = "EUR")]
    pub currency: String,
    /// `es` or `en`.
    pub language: String,
}

impl From<Organisation> for OrganisationDto {
    fn from(organisation: Organisation) -> Self {
        OrganisationDto {
            name: organisation.name,
            time_zone: organisation.calendar.time_zone,
            week_start: week_start_name(organisation.calendar.week_start).to_owned(),
            currency: organisation.currency,
            language: organisation.language,
        }
    }
}

pub fn week_start_name(start: WeekStart) -> &'static str {
    match start {
        WeekStart::Monday => "monday",
        WeekStart::Sunday => "sunday",
        WeekStart::Saturday => "saturday",
    }
}

/// What to change about the organisation; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationChange {
    pub name: Option<String>,
    #[schema(example = "Europe/Madrid")]
    pub time_zone: Option<String>,
    pub week_start: Option<String>,
    pub currency: Option<String>,
    pub language: Option<String>,
}

/// An activity with what it means.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activity)]
pub struct ActivityDto {
    pub name: String,
    /// `contact`, `wait`, `error`, `purchase`, `refund` or `refusal`.
    pub role: Option<&'static str>,
    /// Property with the duration of a wait, in seconds.
    pub wait_property: Option<String>,
    /// Property with the reason.
    pub reason_property: Option<String>,
    /// The activity as which the events of this one count.
    pub alias_of: Option<String>,
    /// Whether a person has edited it; otherwise these are the defaults for its name.
    pub is_edited: bool,
    /// Whether an event with it has been seen.
    pub is_seen: bool,
}

impl From<ActivityView> for ActivityDto {
    fn from(view: ActivityView) -> Self {
        ActivityDto {
            name: view.entry.name,
            role: view.entry.role.map(ActivityRole::as_str),
            wait_property: view.entry.wait_property,
            reason_property: view.entry.reason_property,
            alias_of: view.entry.alias_of,
            is_edited: view.is_edited,
            is_seen: view.is_seen,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activities)]
pub struct ActivitiesDto {
    pub activities: Vec<ActivityDto>,
}

/// What an activity means from now on; what is absent is nothing, not what it was.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityMeaning {
    pub role: Option<String>,
    pub wait_property: Option<String>,
    pub reason_property: Option<String>,
    pub alias_of: Option<String>,
}

/// One line of the record of who changed what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct AuditEntryDto {
    pub at: String,
    pub actor: String,
    #[schema(example = "key.create")]
    pub action: String,
    pub subject: String,
    pub detail: serde_json::Value,
}

impl From<AuditEntry> for AuditEntryDto {
    fn from(entry: AuditEntry) -> Self {
        AuditEntryDto {
            at: format_instant(entry.at),
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            detail: serde_json::from_str(&entry.detail).unwrap_or(serde_json::Value::String(entry.detail)),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Audit)]
pub struct AuditDto {
    pub entries: Vec<AuditEntryDto>,
    /// What to send as `after` to go on; none at the end.
    pub next: Option<String>,
}

/// The properties that events bring.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Properties)]
pub struct PropertiesDto {
    pub properties: Vec<PropertyDto>,
    pub findings: Vec<FindingDto>,
}

/// A property of one activity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Property)]
pub struct PropertyDto {
    pub activity: String,
    pub name: String,
    /// How often each type was seen, the commonest first.
    pub types: Vec<PropertyTypeDto>,
    pub events: u64,
    /// Of the events of the activity; absent for events that are not activities. Events that are not sealed yet count for
    /// the activity only.
    pub share: Option<f64>,
    pub first_seen_at: String,
    pub last_seen_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyType)]
pub struct PropertyTypeDto {
    /// `number`, `text`, `boolean`, `object` or `list`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub events: u64,
}

impl PropertiesDto {
    pub fn new(views: Vec<PropertyView>) -> PropertiesDto {
        let findings = views.iter().filter_map(describe_types);
        PropertiesDto {
            findings: findings.map(|detail| FindingDto { code: "property_type_changed", detail }).collect(),
            properties: views.into_iter().map(PropertyDto::from).collect(),
        }
    }
}

impl From<PropertyView> for PropertyDto {
    fn from(view: PropertyView) -> Self {
        PropertyDto {
            activity: view.activity,
            name: view.name,
            types: view
                .types
                .into_iter()
                .map(|(kind, events)| PropertyTypeDto { kind: kind.as_str(), events })
                .collect(),
            events: view.events,
            share: view.share,
            first_seen_at: format_instant(view.first_seen_at),
            last_seen_at: format_instant(view.last_seen_at),
        }
    }
}
