//! What becomes of a survey, as events on the timeline of the customer who was asked.
//!
//! They are read like any event that arrives, so that what is personal in a comment leaves it before it is in the log.

use domain::event::IncomingEvent;
use domain::ports::{KeptSurvey, SurveyInvitation};
use domain::time::format_instant;
use domain::{Error, Result};
use events::intake::segment::read_batch;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::auth::new_secret;

/// Bytes of all long texts of an answer on the timeline together, as JSON: events are small. The whole answer stays with its survey.
const LONGEST_TEXTS: usize = 20_000;
/// Bytes up to which a text is not long.
const SHORT_TEXT: usize = 200;

/// What happened. The names of activities are part of the interface and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyEvent {
    Sent,
    Shown,
    Started,
    Abandoned,
    Answered,
    Refused,
    /// The message that brought the link did not arrive, and never will.
    Bounced,
    /// Whoever got the message called it unwanted.
    Complained,
    /// Whoever got the message wants no further one.
    Unsubscribed,
}

impl SurveyEvent {
    pub fn activity(self) -> &'static str {
        match self {
            SurveyEvent::Sent => "Survey Sent",
            SurveyEvent::Shown => "Survey Shown",
            SurveyEvent::Started => "Survey Started",
            SurveyEvent::Abandoned => "Survey Abandoned",
            SurveyEvent::Answered => "Survey Answered",
            SurveyEvent::Refused => "Survey Refused",
            SurveyEvent::Bounced => "Survey Bounced",
            SurveyEvent::Complained => "Survey Complained",
            SurveyEvent::Unsubscribed => "Survey Unsubscribed",
        }
    }

    /// The event of an invitation at this instant, with what was answered if anything was; none where the invitation is
    /// nobody's.
    pub fn of(
        self,
        app: &App,
        survey: &KeptSurvey,
        version: u32,
        invitation: &SurveyInvitation,
        at: i64,
        answered: Map<String, Value>,
    ) -> Result<Vec<IncomingEvent>> {
        if invitation.is_anonymous() {
            return Ok(Vec::new());
        }
        let subject = &invitation.subject;
        let mut settings = app.intake_settings(None);
        settings.default_channel = Some(invitation.channel.clone());
        settings.default_unit.clone_from(&subject.unit);
        let mut properties = answered;
        cut_texts(&mut properties);
        properties.insert("survey".to_owned(), json!(survey.name));
        properties.insert("survey_version".to_owned(), json!(version));
        if let Some(touchpoint) = &subject.touchpoint {
            properties.insert("touchpoint".to_owned(), json!(touchpoint));
        }
        let identifiers = invitation.identifiers.iter().map(|identifier| {
            json!({"id": identifier.value, "type": identifier.kind.as_str(), "collection": "users", "encoding": "none"})
        });
        let event = json!({
            "type": "track",
            "event": self.activity(),
            "messageId": new_secret(),
            "timestamp": format_instant(at),
            "properties": properties,
            "context": {
                "externalIds": identifiers.collect::<Vec<_>>(),
                "cause_event_id": subject.cause.map(|cause| cause.to_string()),
            },
        });
        let batch = read_batch(event.to_string().as_bytes(), None, at, &settings)
            .map_err(|cause| Error::internal("could not write down what became of a survey").caused_by(cause))?;
        match batch.dead.first() {
            Some(letter) => Err(Error::internal(format!("an event of a survey is refused: {}", letter.detail))),
            None => Ok(batch.events),
        }
    }
}

/// Cuts texts that would not fit together into an event, and says so.
fn cut_texts(properties: &mut Map<String, Value>) {
    let size = |value: &Value| value.as_str().map_or(0, |_| value.to_string().len());
    let texts = properties.values().filter(|value| size(value) > SHORT_TEXT).count();
    let share = LONGEST_TEXTS / texts.max(1);
    let mut is_cut = false;
    for value in properties.values_mut().filter(|value| size(value) > share.max(SHORT_TEXT)) {
        let Value::String(text) = value else { continue };
        // In JSON a character takes at most twice its bytes: what has no control characters is escaped by one sign.
        text.truncate(text.floor_char_boundary(share / 2));
        is_cut = true;
    }
    if is_cut {
        properties.insert("texts_are_cut".to_owned(), json!(true));
    }
}
