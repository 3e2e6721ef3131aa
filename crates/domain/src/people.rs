//! The people who use an installation: what each may see, where they are signed in, and the links that let them in.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::{InvitationId, SessionId, UserId};

/// Characters of an e-mail.
const MAX_EMAIL_CHARS: usize = 254;
/// Characters of the name of a person.
const MAX_NAME_CHARS: usize = 100;

/// What a person does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Owner,
    /// Reads everything but settings that are secrets, and saves questions.
    Analyst,
    /// Reads what happened below one unit.
    ShopManager,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Owner, Role::Analyst, Role::ShopManager];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Analyst => "analyst",
            Role::ShopManager => "shop_manager",
        }
    }

    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Checks that a unit comes exactly with the role that is bound to one (`InvalidArgument`).
    pub fn check_unit(self, unit: Option<&str>) -> Result<()> {
        match (self, unit) {
            (Role::ShopManager, None) => {
                Err(Error::invalid("a shop manager is bound to a unit; say which").because("unit_missing"))
            }
            (Role::Owner | Role::Analyst, Some(_)) => Err(Error::invalid(format!(
                "the role {} is for the whole organisation; only a shop manager takes a unit",
                self.as_str()
            ))),
            _ => Ok(()),
        }
    }
}

/// A person with a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    /// As [`normalise_email`] writes it; unique among all people, disabled ones included.
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Some exactly for shop managers.
    pub unit: Option<String>,
    /// `es` or `en`.
    pub language: String,
    /// In the format of PHC strings.
    pub password_hash: String,
    /// UTC milliseconds.
    pub created_at: i64,
    /// Since when the person may not sign in, in UTC milliseconds.
    pub disabled_at: Option<i64>,
}

/// What changes about a person; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserChange {
    pub name: Option<String>,
    pub language: Option<String>,
    /// A role with its unit.
    pub place: Option<(Role, Option<String>)>,
    /// Since when the person is disabled; `Some(None)` enables them.
    pub disabled_at: Option<Option<i64>>,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    /// Hexadecimal SHA-256 of the token.
    pub token_hash: String,
    /// What the browser says that it is.
    pub browser: String,
    pub created_at: i64,
    /// Up to a few minutes before the last use.
    pub last_seen_at: i64,
    /// The end that no use puts off.
    pub expires_at: i64,
}

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationKind {
    /// Makes a person.
    Invite,
    /// Gives a person another password.
    Reset,
}

impl InvitationKind {
    pub fn as_str(self) -> &'static str {
        match self {
            InvitationKind::Invite => "invite",
            InvitationKind::Reset => "reset",
        }
    }

    pub fn parse(text: &str) -> Option<InvitationKind> {
        [InvitationKind::Invite, InvitationKind::Reset].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A one-time link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub kind: InvitationKind,
    /// Hexadecimal SHA-256 of the token.
    pub token_hash: String,
    pub email: String,
    pub role: Role,
    pub unit: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    pub revoked_at: Option<i64>,
}

impl Invitation {
    /// Whether the link can be used at this instant (UTC milliseconds).
    pub fn is_open(&self, now: i64) -> bool {
        self.used_at.is_none() && self.revoked_at.is_none() && now < self.expires_at
    }
}

/// What whoever uses a one-time link says. Name and language are of no use where only the password changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    pub name: String,
    pub language: String,
    pub password_hash: String,
}

/// An e-mail in the one way in which it is kept: no blanks around it, lower case. `InvalidArgument` when it is none: it needs
/// one `@` with something before and a dot after it, no blanks or control characters, and at most 254 characters.
pub fn normalise_email(text: &str) -> Result<String> {
    let email = text.trim().to_lowercase();
    let parts = email.split_once('@');
    let is_email = parts.is_some_and(|(before, after)| {
        let has_dot = after.split_once('.').is_some_and(|(host, top)| !host.is_empty() && !top.is_empty());
        !before.is_empty() && has_dot && !after.contains('@') && !after.ends_with('.')
    });
    let is_clean =
        !email.chars().any(|c| c.is_whitespace() || c.is_control()) && email.chars().count() <= MAX_EMAIL_CHARS;
    if is_email && is_clean {
        return Ok(email);
    }
    Err(Error::invalid(format!("`{}` is not an e-mail; write it as name@example.com", text.trim().escape_debug()))
        .because("email_invalid"))
}

/// The name of a person without blanks around it. `InvalidArgument` unless it has 1 to 100 characters, none of control.
pub fn check_name(text: &str) -> Result<String> {
    // Marks that turn the direction of text make a name look like another.
    let is_invisible = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let name = text.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.chars().any(is_invisible) {
        return Err(Error::invalid(format!(
            "the name of a person has 1 to {MAX_NAME_CHARS} characters, no control characters"
        ))
        .because("name_invalid"));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_kept_in_one_way() {
        assert_eq!(normalise_email("  Lucia@CafeAlameda.example ").unwrap(), "lucia@cafealameda.example");
        for bad in [
            "",
            "lucia",
            "@a.b",
            "a@b",
            "a@.b",
            "a@b.",
            "a b@c.d",
            "a@b@c.d",
            "a\0@b.c",
            &format!("{}@b.c", "a".repeat(300)),
        ] {
            assert!(normalise_email(bad).unwrap_err().detail.contains("name@example.com"), "{bad:?}");
        }
    }

    #[test]
    fn a_unit_comes_exactly_with_a_shop_manager() {
        assert!(Role::ShopManager.check_unit(Some("ES-1")).is_ok());
        assert!(Role::Owner.check_unit(None).is_ok());
        assert!(Role::ShopManager.check_unit(None).is_err());
        assert!(Role::Analyst.check_unit(Some("ES-1")).unwrap_err().detail.contains("whole organisation"));
    }

    #[test]
    fn a_name_is_no_blank() {
        assert_eq!(check_name(" Lucía ").unwrap(), "Lucía");
        assert!(check_name("Luc\u{202e}aicnega").is_err(), "it would be shown the other way round");
        assert!(check_name(" ").is_err() && check_name("a\nb").is_err() && check_name(&"x".repeat(101)).is_err());
    }
}
