//! What goes over the wire about annotations.

use domain::ports::Annotation;
use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that happened to the company, as somebody entered it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Annotation)]
pub struct AnnotationDto {
    #[schema(example = "ann_3")]
    pub id: String,
    /// `release`, `incident`, `campaign` or `other`.
    #[schema(example = "incident")]
    pub kind: &'static str,
    /// Of the organisation's calendar.
    #[schema(example = "2026-03-28")]
    pub first_day: String,
    /// Included; the first one, of what happened on a single day.
    #[schema(example = "2026-03-30")]
    pub last_day: String,
    pub text: String,
    /// The only channel that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The only unit that it was about, with those below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    pub created_by: String,
    pub created_at: String,
}

impl From<Annotation> for AnnotationDto {
    fn from(annotation: Annotation) -> AnnotationDto {
        AnnotationDto {
            id: annotation.id.to_string(),
            kind: annotation.kind.as_str(),
            first_day: annotation.first_day.to_string(),
            last_day: annotation.last_day.to_string(),
            text: annotation.text,
            channel: annotation.channel,
            unit: annotation.unit,
            created_by: annotation.created_by,
            created_at: format_instant(annotation.created_at),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Annotations)]
pub struct AnnotationsDto {
    /// By the day on which they began.
    pub annotations: Vec<AnnotationDto>,
}

/// Something that happened to the company.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnnotation {
    /// `release`, `incident`, `campaign` or `other`.
    #[schema(example = "incident")]
    pub kind: String,
    /// Of the organisation's calendar.
    #[schema(example = "2026-03-28")]
    pub first_day: String,
    /// Included; the first one unless told.
    #[schema(example = "2026-03-30")]
    pub last_day: Option<String>,
    /// One line of 1 to 200 characters.
    #[schema(example = "Payments by card failed in the app")]
    pub text: String,
    /// The only channel that it was about; all of them unless told.
    pub channel: Option<String>,
    /// The only unit that it was about, with those below; all of them unless told.
    pub unit: Option<String>,
}
