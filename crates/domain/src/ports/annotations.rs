//! What happened to the company that may explain what customers said.

use crate::error::Result;
use crate::ids::AnnotationId;
use crate::ports::AuditEntry;
use crate::time::Day;

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationKind {
    /// Something new came out, such as a version of the app or a menu.
    Release,
    /// Something did not work.
    Incident,
    /// The company spoke to many customers at once.
    Campaign,
    Other,
}

impl AnnotationKind {
    pub const ALL: [AnnotationKind; 4] =
        [AnnotationKind::Release, AnnotationKind::Incident, AnnotationKind::Campaign, AnnotationKind::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            AnnotationKind::Release => "release",
            AnnotationKind::Incident => "incident",
            AnnotationKind::Campaign => "campaign",
            AnnotationKind::Other => "other",
        }
    }

    pub fn parse(text: &str) -> Option<AnnotationKind> {
        AnnotationKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Something that happened to the company on some days, as somebody entered it. It is about no customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    pub id: AnnotationId,
    pub kind: AnnotationKind,
    /// Of the organisation's calendar.
    pub first_day: Day,
    /// Included; the first one, of what happened on a single day.
    pub last_day: Day,
    pub text: String,
    /// The only channel that it was about.
    pub channel: Option<String>,
    /// The only unit that it was about, with those below.
    pub unit: Option<String>,
    pub created_by: String,
    /// UTC milliseconds.
    pub created_at: i64,
}

pub trait AnnotationStore: Send + Sync {
    /// By id.
    fn list_annotations(&self) -> Result<Vec<Annotation>>;
    /// `NotFound` when there is no such annotation.
    fn find_annotation(&self, id: AnnotationId) -> Result<Annotation>;
    /// The id in `annotation` is ignored.
    fn create_annotation(&self, annotation: &Annotation, audit: &AuditEntry) -> Result<Annotation>;
    /// Who made it and when stays. `NotFound` when there is no such annotation.
    fn update_annotation(&self, annotation: &Annotation, audit: &AuditEntry) -> Result<Annotation>;
    /// `NotFound` when there is no such annotation.
    fn delete_annotation(&self, id: AnnotationId, at: i64, audit: &AuditEntry) -> Result<()>;
}
