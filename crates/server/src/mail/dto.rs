//! What goes over the wire about e-mail.

use domain::ports::ContactRefusal;
use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// To whom a message is sent to try the settings out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMailTest {
    #[schema(example = "ana@example.com")]
    pub to: String,
}

/// What the mail server answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailTest)]
pub struct MailTestDto {
    /// Whether the mail server took the message.
    pub is_accepted: bool,
    /// Host and port.
    #[schema(example = "mail.example.com:465")]
    pub server: String,
    /// What it said, or why nothing could be said to it.
    #[schema(example = "250 2.0.0 Ok: queued as 4F2B8C")]
    pub answer: String,
}

/// What became of a message that came back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailReport)]
pub struct MailReportDto {
    /// `bounced`, `complained`, or `nothing` where nothing changed.
    pub outcome: &'static str,
    pub detail: String,
    /// Whose message it was, unless the survey is anonymous.
    #[schema(example = "siv_17")]
    pub invitation: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailRefusals)]
pub struct MailRefusalsDto {
    /// The newest first.
    pub refusals: Vec<MailRefusalDto>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<u64>,
}

/// An address that no message is sent to, and why. One that has several reasons stands once for each.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailRefusal)]
pub struct MailRefusalDto {
    #[schema(example = "ana@example.com")]
    pub address: String,
    /// `bounced`, `complained` or `unsubscribed`.
    pub reason: &'static str,
    /// Of one that came from an anonymous survey, the beginning of the day.
    pub at: String,
    /// What it came from; absent where the survey is anonymous.
    #[schema(example = "srv_3")]
    pub survey: Option<String>,
    #[schema(example = "siv_17")]
    pub invitation: Option<String>,
}

impl MailRefusalDto {
    pub fn new(refusal: ContactRefusal) -> MailRefusalDto {
        MailRefusalDto {
            address: refusal.identifier.value,
            reason: refusal.reason.as_str(),
            at: format_instant(refusal.at),
            survey: refusal.survey.map(|survey| survey.to_string()),
            invitation: refusal.invitation.map(|invitation| invitation.to_string()),
        }
    }
}
