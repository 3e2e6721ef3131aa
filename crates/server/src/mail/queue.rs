//! What waits in the queue, and who is not written to.

use std::collections::BTreeMap;

use domain::ports::{ContactRefusal, KeptSurvey, NewMail, RefusalReason, SurveyInvitation, SurveyState};
use domain::survey::Opening;
use domain::{Error, Identifier, IdentifierKind, MailId, Result};
use lettre::Address;
use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::auth::{hash_secret, new_secret};

/// The channel of invitations that this module brings.
pub(crate) const CHANNEL: &str = "email";
/// The trait that says in which language somebody is written to.
pub(super) const LANGUAGE: &str = "language";

/// What it takes to write the message of an invitation. It is there as long as the message waits.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Envelope {
    /// The secret of the link.
    pub link: String,
    /// The secret of the link by which no further mail is asked for. It is another one, so that it works after everything that
    /// ties the address to the invitation is gone.
    pub unsubscribe: String,
    /// What may stand in the texts.
    pub traits: BTreeMap<String, String>,
}

impl Envelope {
    pub fn read(content: &str) -> Result<Envelope> {
        serde_json::from_str(content)
            .map_err(|cause| Error::internal("a queued message cannot be read").caused_by(cause))
    }

    /// The language that is wished for.
    pub fn language(&self) -> &str {
        self.traits.get(LANGUAGE).map_or("", String::as_str)
    }
}

/// Whether mail can be sent to an address.
pub(crate) fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// Everything that must be there before somebody is invited by e-mail.
pub(crate) struct Post {
    domain: String,
    now: i64,
}

impl Post {
    /// Refuses, with what to do, where no message could leave or its links would lead nowhere.
    pub fn of(app: &App, survey: &KeptSurvey, opening: Opening) -> Result<Post> {
        let (_, from) = app.settings.mail.ready()?;
        if app.settings.public_url.is_none() {
            let sentence = "links in messages need the address at which customers reach this server: set `public_url` \
                            (https://experience.example.com)";
            return Err(Error::conflict(sentence).because("public_url_missing"));
        }
        if survey.state != SurveyState::Open || opening != Opening::Open {
            let sentence = format!("`{}` takes no answers now, so nobody is written to; open it first", survey.name);
            return Err(Error::conflict(sentence).because("survey_not_open"));
        }
        Ok(Post { domain: domain_of(app, from), now: app.clock.now_ms() })
    }

    /// The message that brings a link. `token` is its secret; the address comes from the identifiers as they were told.
    pub fn write(
        &self,
        address: &Identifier,
        token: &str,
        traits: &[(String, String)],
        is_anonymous: bool,
    ) -> Result<NewMail> {
        let unsubscribe = new_secret();
        let envelope = Envelope {
            link: token.to_owned(),
            unsubscribe: unsubscribe.clone(),
            traits: traits.iter().cloned().collect(),
        };
        let content = serde_json::to_string(&envelope)
            .map_err(|cause| Error::internal("could not write a message").caused_by(cause))?;
        Ok(NewMail {
            id: new_mail_id(),
            message_id: new_message_id(&self.domain),
            unsubscribe_hash: hash_secret(&unsubscribe),
            address: address.value.clone(),
            content,
            is_anonymous,
            created_at: self.now,
        })
    }

    /// The address of somebody who is invited.
    pub fn address_of(&self, invitation: &SurveyInvitation) -> Result<Identifier> {
        let found = invitation.identifiers.iter().find(|identifier| identifier.kind == IdentifierKind::Email);
        let address = found.ok_or_else(|| {
            Error::invalid("an invitation by e-mail needs the identifier `email`; without one, choose another channel")
        })?;
        if !is_address(&address.value) {
            return Err(Error::invalid(format!("`{}` is no e-mail address", address.value)));
        }
        Ok(address.clone())
    }

    /// Which of these addresses are not written to, by position, and why. Of several reasons what a person did comes first.
    pub fn find_refused(&self, app: &App, addresses: &[Identifier]) -> Result<BTreeMap<usize, &'static str>> {
        let refusals = app.state.refusals.find_refusals(addresses)?;
        let mut reasons: BTreeMap<&Identifier, RefusalReason> = BTreeMap::new();
        for ContactRefusal { identifier, reason, .. } in &refusals {
            let known = reasons.entry(identifier).or_insert(*reason);
            *known = (*known).max(*reason);
        }
        let refused = addresses.iter().enumerate();
        Ok(refused.filter_map(|(at, address)| Some((at, reasons.get(address)?.as_str()))).collect())
    }
}

/// The domain after the `@` of a `Message-ID`, and how this machine calls itself: that of the public address, otherwise the
/// one of whoever sends.
pub(super) fn domain_of(app: &App, from: &Mailbox) -> String {
    let public = app.settings.public_url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let host = public.and_then(|url| url.domain().map(str::to_owned));
    host.unwrap_or_else(|| from.email.domain().to_owned())
}

/// Unique, and not to be guessed: who can name one has seen the message.
pub(super) fn new_message_id(domain: &str) -> String {
    format!("{}@{domain}", new_secret().replace("viv_", ""))
}

pub(super) fn new_mail_id() -> MailId {
    MailId(rand::random::<u64>() >> 11)
}
