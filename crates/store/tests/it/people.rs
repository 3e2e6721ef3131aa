//! People, their sessions and one-time links.

use std::thread;

use domain::people::{Acceptance, Invitation, InvitationKind, Role, Session, User, UserChange};
use domain::ports::{AuditLog, Organisation, OrganisationStore, PeopleStore, UnitStore};
use domain::time::Calendar;
use domain::{Code, InvitationId, SessionId, Unit, UserId};
use store::Store;

use crate::builders::audit;
use crate::database::Database;

fn user(email: &str, role: Role) -> User {
    User {
        id: UserId(0),
        email: email.to_owned(),
        name: "Lucía".to_owned(),
        role,
        unit: None,
        language: "es".to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        created_at: 4_000,
        disabled_at: None,
    }
}

fn make(store: &Store, email: &str, role: Role) -> UserId {
    store.create_user(&user(email, role), &audit("user.create")).unwrap()
}

fn session(id: u64, user: UserId) -> Session {
    Session {
        id: SessionId(id),
        user,
        token_hash: format!("{id:064x}"),
        browser: "Firefox".to_owned(),
        created_at: 5_000 + id as i64,
        last_seen_at: 5_000,
        expires_at: 90_000,
    }
}

fn begin(store: &Store, id: u64, user: UserId) {
    store.create_session(&session(id, user), None, 20, &audit("session.begin")).unwrap();
}

fn sessions(store: &Store) -> Vec<u64> {
    store.list_sessions(6_000).unwrap().into_iter().map(|session| session.id.0).collect()
}

fn shop(store: &Store, name: &str) {
    let unit = Unit { name: name.to_owned(), label: name.to_owned(), parent: None, kind: None };
    store.update_units(&[unit], &audit("unit.update")).unwrap();
}

fn invitation(email: &str, kind: InvitationKind) -> Invitation {
    Invitation {
        id: InvitationId(0),
        kind,
        token_hash: format!("hash of {email} {kind:?}"),
        email: email.to_owned(),
        role: Role::Analyst,
        unit: None,
        created_at: 5_000,
        expires_at: 9_000,
        used_at: None,
        revoked_at: None,
    }
}

fn acceptance(password_hash: &str) -> Acceptance {
    Acceptance { name: "Marcos".to_owned(), language: "en".to_owned(), password_hash: password_hash.to_owned() }
}

fn disable(at: i64) -> UserChange {
    UserChange { disabled_at: Some(Some(at)), ..UserChange::default() }
}

pub fn people_are_listed_as_they_were_made(database: &Database) {
    let store = database.open();
    shop(&store, "ES-1");
    let manager = User { unit: Some("ES-1".to_owned()), ..user("ines@alameda.example", Role::ShopManager) };
    assert_eq!(make(&store, "lucia@alameda.example", Role::Owner), UserId(1));
    assert_eq!(store.create_user(&manager, &audit("user.create")).unwrap(), UserId(2));
    let listed = store.list_users().unwrap();
    assert_eq!(listed[1], User { id: UserId(2), ..manager });
    assert_eq!(listed[0].email, "lucia@alameda.example");
    let error = store.create_user(&user("ines@alameda.example", Role::Owner), &audit("user.create")).unwrap_err();
    assert_eq!(error.code, Code::Conflict);
}

pub fn a_person_is_bound_to_a_unit_of_the_tree_or_not_made(database: &Database) {
    let store = database.open();
    shop(&store, "ES-1");
    for (role, unit) in [(Role::ShopManager, None), (Role::ShopManager, Some("ES-9")), (Role::Analyst, Some("ES-1"))] {
        let person = User { unit: unit.map(str::to_owned), ..user("ines@alameda.example", role) };
        let error = store.create_user(&person, &audit("user.create")).unwrap_err();
        assert_eq!(error.code, Code::InvalidArgument, "{error}");
    }
    assert!(store.list_users().unwrap().is_empty());
    let manager = User { unit: Some("ES-1".to_owned()), ..user("ines@alameda.example", Role::ShopManager) };
    let id = store.create_user(&manager, &audit("user.create")).unwrap();
    let refusal = store.delete_unit("ES-1", &audit("unit.delete")).unwrap_err();
    assert_eq!((refusal.code, refusal.detail.contains("Lucía manages")), (Code::Conflict, true));
    store.update_user(id, &disable(7_000), &audit("user.update")).unwrap();
    store.delete_unit("ES-1", &audit("unit.delete")).unwrap();
    // A manager of a unit that is gone cannot come back to it.
    let enable = UserChange { disabled_at: Some(None), ..UserChange::default() };
    assert_eq!(store.update_user(id, &enable, &audit("user.update")).unwrap_err().code, Code::InvalidArgument);
}

pub fn of_two_that_set_up_at_once_one_wins(database: &Database) {
    let store = database.open();
    let organisation = Organisation {
        name: "Café Alameda".to_owned(),
        calendar: Calendar::default(),
        currency: "EUR".to_owned(),
        language: "es".to_owned(),
    };
    let racers: Vec<_> = ["lucia@alameda.example", "marcos@alameda.example"]
        .into_iter()
        .map(|email| {
            let (store, organisation) = (store.clone(), organisation.clone());
            thread::spawn(move || store.set_up(&user(email, Role::Owner), &organisation, &audit("setup")).is_ok())
        })
        .collect();
    let won = racers.into_iter().map(|racer| racer.join().unwrap()).filter(|won| *won).count();
    assert_eq!((won, store.list_users().unwrap().len()), (1, 1));
    assert_eq!(store.find_organisation().unwrap().name, "Café Alameda");
    assert_eq!(store.list_audit(10).unwrap().len(), 1);
}

pub fn the_last_owner_stays(database: &Database) {
    let store = database.open();
    let owner = make(&store, "lucia@alameda.example", Role::Owner);
    make(&store, "marcos@alameda.example", Role::Analyst);
    let demote = UserChange { place: Some((Role::Analyst, None)), ..UserChange::default() };
    for change in [&disable(7_000), &demote] {
        let error = store.update_user(owner, change, &audit("user.update")).unwrap_err();
        assert_eq!((error.code, error.detail.contains("last owner")), (Code::Conflict, true));
    }
    assert_eq!(store.list_users().unwrap()[0].role, Role::Owner);
    make(&store, "ana@alameda.example", Role::Owner);
    store.update_user(owner, &demote, &audit("user.update")).unwrap();
    assert_eq!(store.list_audit(10).unwrap().len(), 4);
}

pub fn sessions_end_with_what_they_were_begun_for(database: &Database) {
    let store = database.open();
    let owner = make(&store, "lucia@alameda.example", Role::Owner);
    let analyst = make(&store, "marcos@alameda.example", Role::Analyst);
    for (id, who) in [(1, owner), (2, analyst), (3, analyst)] {
        begin(&store, id, who);
    }
    let rename = UserChange { name: Some("M".to_owned()), ..UserChange::default() };
    store.update_user(analyst, &rename, &audit("user.update")).unwrap();
    assert_eq!(sessions(&store), [1, 2, 3]);
    store.change_password(analyst, "other", Some(SessionId(3)), &audit("user.password")).unwrap();
    assert_eq!(sessions(&store), [1, 3]);
    let promote = UserChange { place: Some((Role::Owner, None)), ..UserChange::default() };
    store.update_user(analyst, &promote, &audit("user.update")).unwrap();
    assert_eq!(sessions(&store), [1]);
    begin(&store, 4, analyst);
    store.update_user(analyst, &disable(7_000), &audit("user.update")).unwrap();
    assert_eq!(sessions(&store), [1]);
    let refused = store.create_session(&session(5, analyst), None, 20, &audit("session.begin")).unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    // Nobody ends the session of somebody else.
    store.end_sessions(analyst, &[SessionId(1)], &audit("session.end")).unwrap();
    assert_eq!(sessions(&store), [1]);
    store.end_sessions(owner, &[SessionId(1)], &audit("session.end")).unwrap();
    assert!(sessions(&store).is_empty());
}

pub fn old_sessions_make_room(database: &Database) {
    let store = database.open();
    let owner = make(&store, "lucia@alameda.example", Role::Owner);
    let expired = Session { expires_at: 5_001, ..session(1, owner) };
    store.create_session(&expired, None, 3, &audit("session.begin")).unwrap();
    for id in 2..=6 {
        store.create_session(&session(id, owner), None, 3, &audit("session.begin")).unwrap();
    }
    assert_eq!(sessions(&store), [4, 5, 6]);
    store.create_session(&session(7, owner), Some(SessionId(6)), 3, &audit("session.begin")).unwrap();
    assert_eq!(sessions(&store), [4, 5, 7]);
    store.touch_session(SessionId(7), 8_000).unwrap();
    store.touch_session(SessionId(7), 7_000).unwrap();
    assert_eq!(store.list_sessions(0).unwrap()[2].last_seen_at, 8_000);
}

pub fn browsers_are_known_to_whom_they_belong(database: &Database) {
    let store = database.open();
    let owner = make(&store, "lucia@alameda.example", Role::Owner);
    let analyst = make(&store, "marcos@alameda.example", Role::Analyst);
    for at in 1..=4 {
        store.remember_browser(owner, &format!("browser {at}"), at, 3).unwrap();
    }
    assert!(store.knows_browser(owner, "browser 4").unwrap());
    assert!(!store.knows_browser(owner, "browser 1").unwrap());
    assert!(!store.knows_browser(analyst, "browser 4").unwrap());
    store.change_password(owner, "other", None, &audit("user.password")).unwrap();
    assert!(!store.knows_browser(owner, "browser 4").unwrap());
}

pub fn an_invitation_is_used_once(database: &Database) {
    let store = database.open();
    let invited = invitation("marcos@alameda.example", InvitationKind::Invite);
    let id = store.create_invitation(&invited, &audit("invitation.create")).unwrap();
    let users: Vec<_> = (0..4)
        .map(|_| {
            let store = store.clone();
            thread::spawn(move || store.accept_invitation(id, &acceptance("hash"), 6_000, &audit("accept")))
        })
        .collect();
    let (won, lost): (Vec<_>, Vec<_>) = users.into_iter().map(|one| one.join().unwrap()).partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 3));
    assert!(lost.into_iter().all(|refusal| refusal.unwrap_err().code == Code::NotFound));
    let user = &store.list_users().unwrap()[0];
    assert_eq!(
        (user.email.as_str(), user.name.as_str(), user.role),
        ("marcos@alameda.example", "Marcos", Role::Analyst)
    );
    assert_eq!(store.list_invitations().unwrap()[0].used_at, Some(6_000));
    // Whoever is there is not invited again.
    let again = Invitation { token_hash: "again".to_owned(), ..invited };
    assert_eq!(store.create_invitation(&again, &audit("invitation.create")).unwrap_err().code, Code::Conflict);
}

pub fn an_invitation_that_is_old_revoked_or_replaced_opens_nothing(database: &Database) {
    let store = database.open();
    let first = invitation("marcos@alameda.example", InvitationKind::Invite);
    let old = store.create_invitation(&first, &audit("invitation.create")).unwrap();
    let newer = Invitation { token_hash: "newer".to_owned(), ..first };
    let newer = store.create_invitation(&newer, &audit("invitation.create")).unwrap();
    let accept = |id, at| store.accept_invitation(id, &acceptance("hash"), at, &audit("accept")).unwrap_err().code;
    assert_eq!(accept(old, 6_000), Code::NotFound);
    assert_eq!(accept(newer, 9_000), Code::NotFound);
    store.revoke_invitation(newer, 6_000, &audit("invitation.revoke")).unwrap();
    assert_eq!(accept(newer, 6_500), Code::NotFound);
    let twice = store.revoke_invitation(newer, 6_000, &audit("invitation.revoke")).unwrap_err();
    assert_eq!(twice.code, Code::NotFound);
    assert!(store.list_users().unwrap().is_empty());
}

pub fn a_link_for_a_new_password_ends_the_sessions(database: &Database) {
    let store = database.open();
    let owner = make(&store, "lucia@alameda.example", Role::Owner);
    begin(&store, 1, owner);
    let link = invitation("lucia@alameda.example", InvitationKind::Reset);
    let id = store.create_invitation(&link, &audit("user.reset")).unwrap();
    let user = store.accept_invitation(id, &acceptance("another"), 6_000, &audit("accept")).unwrap();
    assert_eq!((user.id, user.name.as_str()), (owner, "Lucía"));
    assert!(sessions(&store).is_empty());
    assert_eq!(store.list_users().unwrap()[0].password_hash, "another");
    assert_eq!(store.list_users().unwrap()[0].role, Role::Owner);
}
