//! The people who use the installation, their sessions and one-time links. Every secret is a hash.

use domain::people::{Acceptance, Invitation, InvitationKind, Role, Session, User, UserChange};
use domain::ports::{AuditEntry, Organisation, PeopleStore};
use domain::{Error, InvitationId, Result, SessionId, UserId};

use crate::audit::record;
use crate::sql::{Row, Transaction, Value};
use crate::{Store, organisation};

const ALL_USERS: &str = "SELECT id, email, name, role, unit, language, password_hash, created_at, disabled_at FROM users \
                         ORDER BY id";
const ONE_USER: &str = "SELECT id, email, name, role, unit, language, password_hash, created_at, disabled_at FROM users \
                        WHERE id = $1";
const AN_OWNER: &str = "SELECT id FROM users WHERE role = 'owner' AND disabled_at IS NULL";
const USER_OF_EMAIL: &str = "SELECT id, email, name, role, unit, language, password_hash, created_at, disabled_at \
                             FROM users WHERE email = $1";

impl PeopleStore for Store {
    fn list_users(&self) -> Result<Vec<User>> {
        let rows = self.read("list the people", async |transaction| transaction.fetch(ALL_USERS, []).await)?;
        rows.iter().map(read_user).collect()
    }

    fn set_up(&self, owner: &User, organisation: &Organisation, audit: &AuditEntry) -> Result<UserId> {
        self.write("set the installation up", async |transaction| {
            if transaction.fetch_first(AN_OWNER, []).await?.is_some() {
                return Err(Error::conflict("the installation is set up already; sign in"));
            }
            organisation::set(transaction, organisation).await?;
            let id = insert_user(transaction, owner).await?;
            record(transaction, audit).await?;
            Ok(id)
        })
    }

    fn create_user(&self, user: &User, audit: &AuditEntry) -> Result<UserId> {
        self.write("make a person", async |transaction| {
            let id = insert_user(transaction, user).await?;
            record(transaction, audit).await?;
            Ok(id)
        })
    }

    fn update_user(&self, id: UserId, change: &UserChange, audit: &AuditEntry) -> Result<User> {
        self.write("change a person", async |transaction| {
            let before = find_user(transaction, id).await?;
            let after = changed(before.clone(), change);
            after.role.check_unit(after.unit.as_deref())?;
            let moves = after.unit != before.unit || (after.disabled_at.is_none() && before.disabled_at.is_some());
            if moves {
                refuse_foreign_unit(transaction, after.unit.as_deref()).await?;
            }
            let values: [Value<'_>; 6] = [
                after.name.as_str().into(),
                after.role.as_str().into(),
                after.unit.as_deref().into(),
                after.language.as_str().into(),
                after.disabled_at.into(),
                id.0.into(),
            ];
            let sql = "UPDATE users SET name = $1, role = $2, unit = $3, language = $4, disabled_at = $5 WHERE id = $6";
            transaction.execute(sql, values).await?;
            let was_owner = before.role == Role::Owner && before.disabled_at.is_none();
            if was_owner {
                refuse_without_owner(transaction, &before).await?;
            }
            let sees_otherwise = (after.role, &after.unit) != (before.role, &before.unit);
            if sees_otherwise || after.disabled_at.is_some() != before.disabled_at.is_some() {
                transaction.execute("DELETE FROM user_sessions WHERE user_id = $1", [id.0.into()]).await?;
            }
            record(transaction, audit).await?;
            Ok(after)
        })
    }

    fn change_password(
        &self,
        id: UserId,
        password_hash: &str,
        kept: Option<SessionId>,
        audit: &AuditEntry,
    ) -> Result<()> {
        self.write("change a password", async |transaction| {
            find_user(transaction, id).await?;
            replace_password(transaction, id, password_hash, kept).await?;
            record(transaction, audit).await
        })
    }

    fn list_sessions(&self, now: i64) -> Result<Vec<Session>> {
        let sql = "SELECT id, user_id, token_hash, browser, created_at, last_seen_at, expires_at FROM user_sessions \
                   WHERE expires_at > $1 ORDER BY created_at, id";
        let rows = self.read("list the sessions", async |transaction| transaction.fetch(sql, [now.into()]).await)?;
        let read = |row: &Row| {
            let mut fields = row.fields();
            Ok(Session {
                id: SessionId(fields.unsigned()?),
                user: UserId(fields.unsigned()?),
                token_hash: fields.text()?,
                browser: fields.text()?,
                created_at: fields.integer()?,
                last_seen_at: fields.integer()?,
                expires_at: fields.integer()?,
            })
        };
        rows.iter().map(read).collect()
    }

    fn create_session(
        &self,
        session: &Session,
        replaced: Option<SessionId>,
        most: usize,
        audit: &AuditEntry,
    ) -> Result<()> {
        self.write("begin a session", async |transaction| {
            let user = find_user(transaction, session.user).await?;
            if user.disabled_at.is_some() {
                return Err(Error::conflict(format!("{} is disabled", user.email)).because("person_disabled"));
            }
            let ended = "DELETE FROM user_sessions WHERE expires_at <= $1";
            transaction.execute(ended, [session.created_at.into()]).await?;
            if let Some(replaced) = replaced {
                end_session(transaction, replaced).await?;
            }
            let sql = "SELECT id FROM user_sessions WHERE user_id = $1 ORDER BY created_at DESC, id DESC";
            let rows = transaction.fetch(sql, [session.user.0.into()]).await?;
            for row in rows.iter().skip(most.saturating_sub(1)) {
                end_session(transaction, SessionId(row.fields().unsigned()?)).await?;
            }
            let values: [Value<'_>; 7] = [
                session.id.0.into(),
                session.user.0.into(),
                session.token_hash.as_str().into(),
                session.browser.as_str().into(),
                session.created_at.into(),
                session.last_seen_at.into(),
                session.expires_at.into(),
            ];
            let sql = "INSERT INTO user_sessions (id, user_id, token_hash, browser, created_at, last_seen_at, expires_at) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7)";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await
        })
    }

    fn touch_session(&self, id: SessionId, at: i64) -> Result<()> {
        self.write("note that a session is used", async |transaction| {
            let sql = "UPDATE user_sessions SET last_seen_at = $1 WHERE id = $2 AND last_seen_at < $1";
            transaction.execute(sql, [at.into(), id.0.into()]).await.map(|_| ())
        })
    }

    fn end_sessions(&self, user: UserId, ids: &[SessionId], audit: &AuditEntry) -> Result<()> {
        self.write("end a session", async |transaction| {
            for id in ids {
                let sql = "DELETE FROM user_sessions WHERE id = $1 AND user_id = $2";
                transaction.execute(sql, [id.0.into(), user.0.into()]).await?;
            }
            record(transaction, audit).await
        })
    }

    fn remember_browser(&self, user: UserId, token_hash: &str, at: i64, most: usize) -> Result<()> {
        self.write("remember a browser", async |transaction| {
            let sql = "SELECT token_hash FROM known_browsers WHERE user_id = $1 ORDER BY created_at DESC";
            let rows = transaction.fetch(sql, [user.0.into()]).await?;
            for row in rows.iter().skip(most.saturating_sub(1)) {
                let sql = "DELETE FROM known_browsers WHERE token_hash = $1";
                transaction.execute(sql, [row.fields().text()?.into()]).await?;
            }
            let values: [Value<'_>; 3] = [token_hash.into(), user.0.into(), at.into()];
            let sql = "INSERT INTO known_browsers (token_hash, user_id, created_at) VALUES ($1, $2, $3)";
            transaction.execute(sql, values).await.map(|_| ())
        })
    }

    fn knows_browser(&self, user: UserId, token_hash: &str) -> Result<bool> {
        let sql = "SELECT user_id FROM known_browsers WHERE token_hash = $1 AND user_id = $2";
        let found = self.read("find a browser", async |transaction| {
            transaction.fetch_first(sql, [token_hash.into(), user.0.into()]).await
        })?;
        Ok(found.is_some())
    }

    fn list_invitations(&self) -> Result<Vec<Invitation>> {
        let sql = "SELECT id, kind, token_hash, email, role, unit, created_at, expires_at, used_at, revoked_at \
                   FROM invitations ORDER BY id";
        let rows = self.read("list the invitations", async |transaction| transaction.fetch(sql, []).await)?;
        rows.iter().map(read_invitation).collect()
    }

    fn create_invitation(&self, invitation: &Invitation, audit: &AuditEntry) -> Result<InvitationId> {
        invitation.role.check_unit(invitation.unit.as_deref())?;
        self.write("make an invitation", async |transaction| {
            if invitation.kind == InvitationKind::Invite {
                refuse_known_email(transaction, &invitation.email).await?;
                refuse_foreign_unit(transaction, invitation.unit.as_deref()).await?;
            }
            let earlier =
                "UPDATE invitations SET revoked_at = $1 WHERE email = $2 AND used_at IS NULL AND revoked_at IS NULL";
            let values: [Value<'_>; 2] = [invitation.created_at.into(), invitation.email.as_str().into()];
            transaction.execute(earlier, values).await?;
            let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM invitations").await?;
            let values: [Value<'_>; 8] = [
                id.into(),
                invitation.kind.as_str().into(),
                invitation.token_hash.as_str().into(),
                invitation.email.as_str().into(),
                invitation.role.as_str().into(),
                invitation.unit.as_deref().into(),
                invitation.created_at.into(),
                invitation.expires_at.into(),
            ];
            let sql = "INSERT INTO invitations (id, kind, token_hash, email, role, unit, created_at, expires_at) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            Ok(InvitationId(id))
        })
    }

    fn revoke_invitation(&self, id: InvitationId, at: i64, audit: &AuditEntry) -> Result<()> {
        self.write("revoke an invitation", async |transaction| {
            let sql = "UPDATE invitations SET revoked_at = $1 WHERE id = $2 AND used_at IS NULL AND revoked_at IS NULL \
                       AND expires_at > $1";
            if transaction.execute(sql, [at.into(), id.0.into()]).await? == 0 {
                return Err(Error::not_found(format!("there is no open invitation {id}")));
            }
            record(transaction, audit).await
        })
    }

    fn accept_invitation(
        &self,
        id: InvitationId,
        acceptance: &Acceptance,
        at: i64,
        audit: &AuditEntry,
    ) -> Result<User> {
        self.write("use a one-time link", async |transaction| {
            let sql = "UPDATE invitations SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND revoked_at IS NULL \
                       AND expires_at > $1";
            if transaction.execute(sql, [at.into(), id.0.into()]).await? == 0 {
                return Err(Error::not_found("the link is used, revoked or too old; ask for a new one"));
            }
            let sql = "SELECT id, kind, token_hash, email, role, unit, created_at, expires_at, used_at, revoked_at \
                       FROM invitations WHERE id = $1";
            let row = transaction.fetch_first(sql, [id.0.into()]).await?;
            let row = row.ok_or_else(|| Error::internal("an invitation that was just used is not there"))?;
            let invitation = read_invitation(&row)?;
            let user = match invitation.kind {
                InvitationKind::Invite => enter(transaction, &invitation, acceptance, at).await?,
                InvitationKind::Reset => reset(transaction, &invitation, acceptance).await?,
            };
            record(transaction, audit).await?;
            Ok(user)
        })
    }
}

/// Whoever is invited becomes a person.
async fn enter(
    transaction: &mut Transaction<'_>,
    invitation: &Invitation,
    acceptance: &Acceptance,
    at: i64,
) -> Result<User> {
    let mut user = User {
        id: UserId(0),
        email: invitation.email.clone(),
        name: acceptance.name.clone(),
        role: invitation.role,
        unit: invitation.unit.clone(),
        language: acceptance.language.clone(),
        password_hash: acceptance.password_hash.clone(),
        created_at: at,
        disabled_at: None,
    };
    user.id = insert_user(transaction, &user).await?;
    Ok(user)
}

/// A person gets another password.
async fn reset(transaction: &mut Transaction<'_>, invitation: &Invitation, acceptance: &Acceptance) -> Result<User> {
    let row = transaction.fetch_first(USER_OF_EMAIL, [invitation.email.as_str().into()]).await?;
    let user = row.as_ref().map(read_user).transpose()?.filter(|user| user.disabled_at.is_none());
    let user = user.ok_or_else(|| {
        Error::conflict("who this link is for may not sign in; ask an owner").because("person_disabled")
    })?;
    replace_password(transaction, user.id, &acceptance.password_hash, None).await?;
    Ok(user)
}

async fn insert_user(transaction: &mut Transaction<'_>, user: &User) -> Result<UserId> {
    user.role.check_unit(user.unit.as_deref())?;
    refuse_known_email(transaction, &user.email).await?;
    refuse_foreign_unit(transaction, user.unit.as_deref()).await?;
    let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM users").await?;
    let values: [Value<'_>; 9] = [
        id.into(),
        user.email.as_str().into(),
        user.name.as_str().into(),
        user.role.as_str().into(),
        user.unit.as_deref().into(),
        user.language.as_str().into(),
        user.password_hash.as_str().into(),
        user.created_at.into(),
        user.disabled_at.into(),
    ];
    let sql = "INSERT INTO users (id, email, name, role, unit, language, password_hash, created_at, disabled_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    transaction.execute(sql, values).await?;
    Ok(UserId(id))
}

async fn replace_password(
    transaction: &mut Transaction<'_>,
    id: UserId,
    password_hash: &str,
    kept: Option<SessionId>,
) -> Result<()> {
    let sql = "UPDATE users SET password_hash = $1 WHERE id = $2";
    transaction.execute(sql, [password_hash.into(), id.0.into()]).await?;
    // No session has the number 0.
    let kept = kept.map_or(0, |kept| kept.0);
    let sql = "DELETE FROM user_sessions WHERE user_id = $1 AND id <> $2";
    transaction.execute(sql, [id.0.into(), kept.into()]).await?;
    transaction.execute("DELETE FROM known_browsers WHERE user_id = $1", [id.0.into()]).await?;
    Ok(())
}

async fn end_session(transaction: &mut Transaction<'_>, id: SessionId) -> Result<()> {
    transaction.execute("DELETE FROM user_sessions WHERE id = $1", [id.0.into()]).await.map(|_| ())
}

async fn find_user(transaction: &mut Transaction<'_>, id: UserId) -> Result<User> {
    match transaction.fetch_first(ONE_USER, [id.0.into()]).await? {
        Some(row) => read_user(&row),
        None => Err(Error::not_found(format!("there is nobody {id}"))),
    }
}

fn changed(mut user: User, change: &UserChange) -> User {
    if let Some(name) = &change.name {
        user.name.clone_from(name);
    }
    if let Some(language) = &change.language {
        user.language.clone_from(language);
    }
    if let Some((role, unit)) = &change.place {
        user.role = *role;
        user.unit.clone_from(unit);
    }
    if let Some(disabled_at) = change.disabled_at {
        // Who is disabled already keeps the instant.
        user.disabled_at = disabled_at.map(|at| user.disabled_at.unwrap_or(at));
    }
    user
}

async fn refuse_known_email(transaction: &mut Transaction<'_>, email: &str) -> Result<()> {
    let Some(row) = transaction.fetch_first(USER_OF_EMAIL, [email.into()]).await? else { return Ok(()) };
    let is_disabled = read_user(&row)?.disabled_at.is_some();
    let hint = if is_disabled { "; they are disabled, and can be enabled again" } else { "" };
    Err(Error::conflict(format!("there is already somebody with the e-mail {email}{hint}")).because("email_taken"))
}

async fn refuse_foreign_unit(transaction: &mut Transaction<'_>, unit: Option<&str>) -> Result<()> {
    let Some(unit) = unit else { return Ok(()) };
    match transaction.fetch_first("SELECT name FROM units WHERE name = $1", [unit.into()]).await? {
        Some(_) => Ok(()),
        None => Err(Error::invalid(format!("there is no unit `{unit}` in the tree"))),
    }
}

async fn refuse_without_owner(transaction: &mut Transaction<'_>, last: &User) -> Result<()> {
    match transaction.fetch_first(AN_OWNER, []).await? {
        Some(_) => Ok(()),
        None => Err(Error::conflict(format!("{} is the last owner; make somebody else an owner first", last.email))
            .because("last_owner")),
    }
}

fn read_user(row: &Row) -> Result<User> {
    let mut fields = row.fields();
    Ok(User {
        id: UserId(fields.unsigned()?),
        email: fields.text()?,
        name: fields.text()?,
        role: fields.parsed("a role", Role::parse)?,
        unit: fields.optional_text()?,
        language: fields.text()?,
        password_hash: fields.text()?,
        created_at: fields.integer()?,
        disabled_at: fields.optional_integer()?,
    })
}

fn read_invitation(row: &Row) -> Result<Invitation> {
    let mut fields = row.fields();
    Ok(Invitation {
        id: InvitationId(fields.unsigned()?),
        kind: fields.parsed("a kind of invitation", InvitationKind::parse)?,
        token_hash: fields.text()?,
        email: fields.text()?,
        role: fields.parsed("a role", Role::parse)?,
        unit: fields.optional_text()?,
        created_at: fields.integer()?,
        expires_at: fields.integer()?,
        used_at: fields.optional_integer()?,
        revoked_at: fields.optional_integer()?,
    })
}
