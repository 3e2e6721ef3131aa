//! What the reader of an answer should know about the data.

use serde::Serialize;
use utoipa::ToSchema;

/// Something about the data that the reader of an answer should know.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Finding)]
pub struct FindingDto {
    #[schema(example = "no_events")]
    pub code: &'static str,
    pub detail: String,
}
