//! The use cases about people that know no HTTP.

use domain::people::{
    Acceptance, Invitation, InvitationKind, Role, Session, User, UserChange, check_name, normalise_email,
};
use domain::time::DAY_MS;
use domain::{Code, Error, InvitationId, Result, SessionId, UserId};
use serde_json::json;

use super::dto::{MyChange, NewInvitation, PersonChange, SessionDto};
use crate::app::App;
use crate::auth::{self, Holder, Identity, LONGEST_MS, hash_secret, new_secret};
use crate::nearest::nearest;
use crate::organisation::find_organisation;
use crate::organisation::units::{find_tree, find_unit};

/// How long a one-time link can be used.
const LINK_MS: i64 = 7 * DAY_MS;
/// Sessions and known browsers of one person; a further one ends the oldest.
const MOST_SESSIONS: usize = 20;
const MOST_BROWSERS: usize = 20;
const BROWSER_CHARS: usize = 160;

/// What was just changed counts from the next request on.
pub fn refresh(app: &App) -> Result<()> {
    let now = app.clock.now_ms();
    app.sessions.refresh(|| {
        let users = app.state.people.list_users()?;
        app.setup.look_at(&users);
        Ok((users, app.state.people.list_sessions(now)?))
    })
}

pub fn list_users(app: &App) -> Result<Vec<User>> {
    app.state.people.list_users()
}

/// A person by their id or their e-mail. What is not an id at all is nobody, too.
pub fn find_user(app: &App, reference: &str) -> Result<User> {
    let id: Option<UserId> = reference.parse().ok();
    let email = normalise_email(reference).ok();
    let found = list_users(app)?.into_iter().find(|user| Some(user.id) == id || Some(&user.email) == email.as_ref());
    found.ok_or_else(|| Error::not_found(format!("there is nobody `{reference}`")))
}

pub fn find_user_of_email(app: &App, email: &str) -> Result<Option<User>> {
    Ok(list_users(app)?.into_iter().find(|user| user.email == email))
}

pub fn parse_role(text: &str) -> Result<Role> {
    Role::parse(text).ok_or_else(|| {
        let roles = Role::ALL.map(Role::as_str);
        Error::invalid(format!(
            "`{text}` is not a role; the roles are {}{}",
            roles.join(", "),
            nearest_hint(text, &roles)
        ))
    })
}

fn nearest_hint(text: &str, names: &[&str]) -> String {
    nearest(text, names.iter().copied()).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

pub fn check_language(language: &str) -> Result<()> {
    if matches!(language, "es" | "en") {
        return Ok(());
    }
    Err(Error::invalid(format!("the language is es or en, not `{language}`")))
}

/// Changes role, unit or whether somebody may sign in. Their sessions end with what they were begun for.
pub fn update_user(app: &App, reference: &str, change: PersonChange, by: &Identity) -> Result<User> {
    let before = find_user(app, reference)?;
    let role = change.role.as_deref().map(parse_role).transpose()?;
    let place = match (role, change.unit) {
        (None, None) => None,
        (role, unit) => {
            let role = role.unwrap_or(before.role);
            let kept = before.unit.clone().filter(|_| role == Role::ShopManager);
            Some((role, unit.unwrap_or(kept)))
        }
    };
    if let Some((_, Some(unit))) = &place {
        find_unit(app, unit)?;
    }
    let disabled_at = change.is_disabled.map(|is_disabled| is_disabled.then(|| app.clock.now_ms()));
    let detail = json!({
        "role": place.as_ref().map(|(role, _)| role.as_str()),
        "unit": place.as_ref().and_then(|(_, unit)| unit.clone()),
        "is_disabled": change.is_disabled,
    });
    let audit = app.audit_entry(by, "user.update", &before.email, detail);
    let changed = UserChange { place, disabled_at, ..UserChange::default() };
    let user = app.state.people.update_user(before.id, &changed, &audit)?;
    refresh(app)?;
    Ok(user)
}

/// Changes what is a person's own.
pub fn update_me(app: &App, user: UserId, change: MyChange, by: &Identity) -> Result<()> {
    let name = change.name.as_deref().map(check_name).transpose()?;
    change.language.as_deref().map(check_language).transpose()?;
    let detail = json!({"name": name, "language": change.language});
    let audit = app.audit_entry(by, "user.update", &by.name, detail);
    let changed = UserChange { name, language: change.language, ..UserChange::default() };
    app.state.people.update_user(user, &changed, &audit)?;
    refresh(app)
}

/// A new session, and the secrets of the browser that has it.
pub struct Begun {
    pub identity: Identity,
    pub token: String,
    /// By which the browser is known again; none where it is known already.
    pub browser_token: Option<String>,
}

/// Signs a person in whose password was right, in place of the session that the browser had.
pub fn begin_session(app: &App, user: &User, browser: &str, replaced: Option<&str>, known: bool) -> Result<Begun> {
    let now = app.clock.now_ms();
    let token = new_secret();
    let session = Session {
        // No number that tells how many there are, and one that every program reads exactly.
        id: SessionId(rand::random::<u64>() >> 11 | 1),
        user: user.id,
        token_hash: hash_secret(&token),
        browser: browser.chars().filter(|c| !c.is_control()).take(BROWSER_CHARS).collect(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + LONGEST_MS,
    };
    let replaced =
        replaced.and_then(|token| app.sessions.find(token, now)).and_then(|found| match found.identity.holder {
            Holder::Person { session, .. } => Some(session),
            _ => None,
        });
    let identity = Identity {
        name: user.email.clone(),
        holder: Holder::Person { user: user.id, role: user.role, session: session.id },
        channel: None,
        unit: user.unit.clone(),
    };
    let audit = app.audit_entry(&identity, "session.begin", &user.email, json!({"session": session.id.to_string()}));
    app.state.people.create_session(&session, replaced, MOST_SESSIONS, &audit)?;
    let browser_token = (!known).then(new_secret);
    if let Some(token) = &browser_token {
        app.state.people.remember_browser(user.id, &hash_secret(token), now, MOST_BROWSERS)?;
    }
    refresh(app)?;
    Ok(Begun { identity, token, browser_token })
}

/// Ends sessions of a person: one of them, or all but the one that asks.
pub fn end_sessions(app: &App, user: UserId, ids: &[SessionId], by: &Identity) -> Result<()> {
    let named: Vec<String> = ids.iter().map(SessionId::to_string).collect();
    let audit = app.audit_entry(by, "session.end", &by.name, json!({"sessions": named}));
    app.state.people.end_sessions(user, ids, &audit)?;
    refresh(app)
}

/// Who asks, and what they may do.
pub fn describe(app: &App, identity: &Identity) -> Result<SessionDto> {
    let is_bound = identity.bound_to().is_some();
    let permissions = auth::ALL.iter().filter(|rule| identity.may(rule) && (!is_bound || rule.is_within_sight));
    let label = |unit: &str| Ok::<_, Error>(find_tree(app)?.find(unit).map(|found| found.label.clone()));
    let unit = identity.bound_to().map(str::to_owned);
    let mut described = SessionDto {
        kind: "command_line",
        name: identity.name.clone(),
        user: None,
        email: None,
        role: None,
        scope: None,
        unit_label: unit.as_deref().map(label).transpose()?.flatten().or_else(|| unit.clone()),
        unit,
        language: None,
        permissions: permissions.map(|rule| rule.name).collect(),
        organisation: find_organisation(app)?.name,
    };
    match identity.holder {
        Holder::DataDirectory => {}
        Holder::Key { scope, .. } => {
            described.kind = "key";
            described.scope = Some(scope.as_str());
        }
        Holder::Person { user, role, .. } => {
            let person = list_users(app)?.into_iter().find(|found| found.id == user);
            let person = person.ok_or_else(|| Error::not_found("the person is not there any more"))?;
            described.kind = "person";
            described.name = person.name;
            described.email = Some(person.email);
            described.user = Some(user.to_string());
            described.role = Some(role.as_str());
            described.language = Some(person.language);
        }
    }
    Ok(described)
}

/// A link with its secret, which is told this once.
pub struct NewLink {
    pub invitation: Invitation,
    pub token: String,
}

/// Invites somebody.
pub fn create_invitation(app: &App, new: NewInvitation, by: &Identity) -> Result<NewLink> {
    let (email, role) = (normalise_email(&new.email)?, parse_role(&new.role)?);
    role.check_unit(new.unit.as_deref())?;
    if let Some(unit) = &new.unit {
        find_unit(app, unit)?;
    }
    create_link(app, InvitationKind::Invite, email, role, new.unit, by)
}

/// A link with which a person gives themselves another password.
pub fn reset_password(app: &App, reference: &str, by: &Identity) -> Result<NewLink> {
    let user = find_user(app, reference)?;
    if user.disabled_at.is_some() {
        return Err(
            Error::conflict(format!("{} is disabled; enable them first", user.email)).because("person_disabled")
        );
    }
    create_link(app, InvitationKind::Reset, user.email, user.role, user.unit, by)
}

fn create_link(
    app: &App,
    kind: InvitationKind,
    email: String,
    role: Role,
    unit: Option<String>,
    by: &Identity,
) -> Result<NewLink> {
    let (token, now) = (new_secret(), app.clock.now_ms());
    let mut invitation = Invitation {
        id: InvitationId(0),
        kind,
        token_hash: hash_secret(&token),
        email,
        role,
        unit,
        created_at: now,
        expires_at: now + LINK_MS,
        used_at: None,
        revoked_at: None,
    };
    let action = match kind {
        InvitationKind::Invite => "invitation.create",
        InvitationKind::Reset => "user.reset",
    };
    let detail = json!({"role": role.as_str(), "unit": invitation.unit});
    let audit = app.audit_entry(by, action, &invitation.email, detail);
    invitation.id = app.state.people.create_invitation(&invitation, &audit)?;
    Ok(NewLink { invitation, token })
}

pub fn revoke_invitation(app: &App, reference: &str, by: &Identity) -> Result<()> {
    let missing = || Error::not_found(format!("there is no open invitation `{reference}`"));
    let invitations = app.state.people.list_invitations()?;
    let found =
        invitations.into_iter().find(|invitation| invitation.id.to_string() == reference).ok_or_else(missing)?;
    let audit = app.audit_entry(by, "invitation.revoke", &found.email, json!({"id": found.id.to_string()}));
    app.state.people.revoke_invitation(found.id, app.clock.now_ms(), &audit).map_err(|error| match error.code {
        Code::NotFound => missing(),
        _ => error,
    })
}

/// The link of a secret, if it can be used. All others answer alike.
pub fn find_link(app: &App, token: &str) -> Result<Invitation> {
    let (hash, now) = (hash_secret(token), app.clock.now_ms());
    let invitations = app.state.people.list_invitations()?;
    let found = invitations.into_iter().find(|invitation| invitation.token_hash == hash && invitation.is_open(now));
    found.ok_or_else(|| {
        Error::not_found(
            "this link does not open anything: it is used, revoked or older than 7 days; ask for a new one",
        )
    })
}

/// Uses a link.
pub fn accept_link(app: &App, link: &Invitation, acceptance: &Acceptance) -> Result<User> {
    let action = match link.kind {
        InvitationKind::Invite => "invitation.accept",
        InvitationKind::Reset => "user.password",
    };
    let audit = app.audit_entry_of(&link.email, action, &link.email, json!({"id": link.id.to_string()}));
    let user = app.state.people.accept_invitation(link.id, acceptance, app.clock.now_ms(), &audit)?;
    refresh(app)?;
    Ok(user)
}
