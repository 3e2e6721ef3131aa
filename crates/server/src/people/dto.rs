//! What goes over the wire about people.

use domain::people::{Invitation, InvitationKind, Session, User};
use domain::time::format_instant;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// Whoever asks, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionDto {
    /// `person`, `key` or `command_line`.
    pub kind: &'static str,
    /// Of the person or of the key.
    pub name: String,
    #[schema(example = "usr_7")]
    pub user: Option<String>,
    pub email: Option<String>,
    /// Of a person: `owner`, `analyst` or `shop_manager`.
    pub role: Option<&'static str>,
    /// Of a key: `collect`, `read` or `admin`.
    pub scope: Option<&'static str>,
    /// Nothing outside of it is seen.
    pub unit: Option<String>,
    /// The unit as people call it.
    pub unit_label: Option<String>,
    /// `es` or `en`, as the person wants it.
    pub language: Option<String>,
    /// What is allowed, such as `read_customers` or `manage_people`.
    pub permissions: Vec<&'static str>,
    /// How the organisation is called.
    pub organisation: String,
}

/// With what somebody signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
}

/// What a person changes about themselves; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyChange {
    pub name: Option<String>,
    /// `es` or `en`.
    pub language: Option<String>,
}

/// A person's own new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current: String,
    /// 12 to 256 characters.
    pub new: String,
}

/// A browser in which the person is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenSession)]
pub struct OpenSessionDto {
    #[schema(example = "ses_9007199254740")]
    pub id: String,
    /// What the browser says that it is.
    pub browser: String,
    pub created_at: String,
    pub last_seen_at: String,
    /// When it ends, however much it is used.
    pub expires_at: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

impl OpenSessionDto {
    pub fn new(session: Session, is_this: bool) -> OpenSessionDto {
        OpenSessionDto {
            id: session.id.to_string(),
            browser: session.browser,
            created_at: format_instant(session.created_at),
            last_seen_at: format_instant(session.last_seen_at),
            expires_at: format_instant(session.expires_at),
            is_this,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenSessions)]
pub struct OpenSessionsDto {
    pub sessions: Vec<OpenSessionDto>,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserDto {
    #[schema(example = "usr_7")]
    pub id: String,
    pub email: String,
    pub name: String,
    /// `owner`, `analyst` or `shop_manager`.
    pub role: &'static str,
    /// Of a shop manager.
    pub unit: Option<String>,
    pub language: String,
    pub created_at: String,
    /// Since when they may not sign in.
    pub disabled_at: Option<String>,
    /// Of those who are signed in.
    pub last_seen_at: Option<String>,
}

impl UserDto {
    pub fn new(user: User, last_seen_at: Option<i64>) -> UserDto {
        UserDto {
            id: user.id.to_string(),
            email: user.email,
            name: user.name,
            role: user.role.as_str(),
            unit: user.unit,
            language: user.language,
            created_at: format_instant(user.created_at),
            disabled_at: user.disabled_at.map(format_instant),
            last_seen_at: last_seen_at.map(format_instant),
        }
    }
}

/// People by when they came.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Users)]
pub struct UsersDto {
    pub users: Vec<UserDto>,
}

/// What changes about a person; what is absent stays. A role comes with its unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// `owner`, `analyst` or `shop_manager`.
    pub role: Option<String>,
    /// Of a shop manager; `null` takes it away.
    #[serde(default, deserialize_with = "some")]
    #[schema(value_type = Option<String>)]
    pub unit: Option<Option<String>>,
    pub is_disabled: Option<bool>,
}

/// Tells `null` from absent.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A one-time link without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationDto {
    #[schema(example = "inv_3")]
    pub id: String,
    /// `invite` or `reset` (a new password).
    pub kind: &'static str,
    pub email: String,
    pub role: &'static str,
    pub unit: Option<String>,
    pub created_at: String,
    pub expires_at: String,
    /// `open`, `used`, `revoked` or `expired`.
    pub status: &'static str,
}

impl InvitationDto {
    pub fn new(invitation: Invitation, now: i64) -> InvitationDto {
        let status = match (&invitation.used_at, &invitation.revoked_at, invitation.is_open(now)) {
            (Some(_), _, _) => "used",
            (_, Some(_), _) => "revoked",
            (_, _, true) => "open",
            _ => "expired",
        };
        InvitationDto {
            id: invitation.id.to_string(),
            kind: invitation.kind.as_str(),
            email: invitation.email,
            role: invitation.role.as_str(),
            unit: invitation.unit,
            created_at: format_instant(invitation.created_at),
            expires_at: format_instant(invitation.expires_at),
            status,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitations)]
pub struct InvitationsDto {
    pub invitations: Vec<InvitationDto>,
}

/// Whom to invite.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    pub email: String,
    /// `owner`, `analyst` or `shop_manager`.
    pub role: String,
    /// Of a shop manager.
    pub unit: Option<String>,
}

/// A one-time link, shown this once, to be handed to whom it is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedInvitation {
    #[schema(inline)]
    pub invitation: InvitationDto,
    /// Where it leads, below the address of the installation.
    #[schema(example = "/invitation#token=viv_…")]
    pub path: String,
    /// The whole address, where the server knows its own.
    pub link: Option<String>,
}

/// The secret of a one-time link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    pub token: String,
}

/// What a one-time link is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenLink {
    /// `invite` or `reset` (a new password).
    pub kind: &'static str,
    pub email: String,
    /// The role that is offered; nothing where the link is for a new password.
    pub role: Option<&'static str>,
    pub unit_label: Option<String>,
    pub organisation: String,
    /// The language of the organisation.
    pub language: String,
    pub expires_at: String,
}

impl OpenLink {
    pub fn role_of(invitation: &Invitation) -> Option<&'static str> {
        (invitation.kind == InvitationKind::Invite).then(|| invitation.role.as_str())
    }
}

/// What whoever uses a one-time link says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkAnswer {
    pub token: String,
    /// Of whoever is invited; of no use for a new password.
    pub name: Option<String>,
    /// 12 to 256 characters.
    pub password: String,
    /// `es` or `en`; the organisation's unless told.
    pub language: Option<String>,
}

/// That the installation waits for its first owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupDto {
    pub is_open: bool,
}

/// The first owner and the organisation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstSteps {
    /// What the server wrote after `#token=` when it started.
    pub token: String,
    pub name: String,
    pub email: String,
    /// 12 to 256 characters.
    pub password: String,
    pub organisation: crate::organisation::OrganisationChange,
}
