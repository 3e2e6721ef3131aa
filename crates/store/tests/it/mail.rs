//! The queue of e-mail and addresses that nothing is sent to.

use domain::ports::{
    AuditLog, ContactRefusal, ContactRefusals, KnownMail, MailEnding, MailState, MailStore, NewMail, Outbox,
    RefusalReason, SurveyInvitation, SurveyInviting, SurveyStore,
};
use domain::{Code, Identifier, IdentifierKind, MailId, SurveyId, SurveyInvitationId};
use store::Store;

use crate::builders::audit;
use crate::database::Database;
use crate::surveys::{event, invitation, survey};

fn message(number: u64, is_anonymous: bool) -> NewMail {
    NewMail {
        id: MailId(number),
        message_id: format!("message-{number}@alameda.example"),
        unsubscribe_hash: format!("unsubscribe-{number}"),
        address: format!("c{number}@example.com"),
        content: format!("{{\"link\":\"secret-{number}\"}}"),
        is_anonymous,
        created_at: 100,
    }
}

fn inviting<'a>(invitations: &'a [SurveyInvitation], messages: &'a [NewMail]) -> SurveyInviting<'a> {
    SurveyInviting { invitations, messages, ..SurveyInviting::default() }
}

fn email(value: &str) -> Identifier {
    Identifier::new(IdentifierKind::Email, value).unwrap()
}

fn refusal(address: &str, reason: RefusalReason) -> ContactRefusal {
    ContactRefusal {
        identifier: email(address),
        reason,
        at: 500,
        survey: Some(SurveyId(1)),
        invitation: Some(SurveyInvitationId(1)),
    }
}

/// A survey that invited these by e-mail.
fn invited(store: &Store, messages: &[NewMail]) {
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    let hashes: Vec<String> = (0..messages.len()).map(|number| format!("hash-{number}")).collect();
    let people: Vec<_> = hashes.iter().map(|hash| invitation(id, hash)).collect();
    store.create_survey_invitations(&inviting(&people, messages), &audit("survey.invite")).unwrap();
}

fn ending(id: MailId, state: MailState) -> MailEnding<'static> {
    MailEnding {
        id,
        state,
        at: 700,
        new_id: MailId(id.0 + 1_000),
        problem: None,
        refusal: None,
        no_contact: None,
        events: &[],
    }
}

fn due(store: &Store, now: i64) -> Vec<u64> {
    store.list_due_mail(now, 10).unwrap().into_iter().map(|mail| mail.id.0).collect()
}

fn written(store: &Store) -> Vec<String> {
    store.list_outbox(10).unwrap().into_iter().map(|(_, event)| event.message_id).collect()
}

pub fn an_invitation_and_its_message_are_made_together(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    let people = [invitation(id, "hash-1"), invitation(id, "hash-2")];
    let twice = [message(7, false), message(7, false)];
    store.create_survey_invitations(&inviting(&people, &twice), &audit("survey.invite")).unwrap_err();
    assert_eq!(store.find_survey_invitation("hash-1").unwrap(), None, "no invitation without its message");
    store.create_survey_invitations(&inviting(&people, &twice[..1]), &audit("survey.invite")).unwrap_err();
    assert_eq!((store.count_queued_mail().unwrap(), store.count_survey(id).unwrap().invitations), (0, 0));

    store
        .create_survey_invitations(&inviting(&people, &[message(9, false), message(8, false)]), &audit("survey.invite"))
        .unwrap();
    let queued = store.list_due_mail(100, 10).unwrap();
    assert_eq!(queued.iter().map(|mail| mail.id.0).collect::<Vec<_>>(), [8, 9]);
    assert_eq!((queued[0].invitation.token_hash.as_str(), queued[0].survey.name.as_str()), ("hash-2", "a"));
    assert_eq!((queued[0].address.as_str(), queued[0].attempts), ("c8@example.com", 0));
    assert_eq!(due(&store, 99), [0_u64; 0]);
}

pub fn a_message_waits_until_it_left(database: &Database) {
    let store = database.open();
    invited(&store, &[message(1, false), message(2, false)]);
    store.defer_mail(MailId(1), 400, "451 later").unwrap();
    assert_eq!((due(&store, 399), due(&store, 400)), (vec![2], vec![2, 1]));
    assert_eq!(store.list_due_mail(400, 10).unwrap()[1].attempts, 1);

    let sent = MailEnding { events: &[event("sent")], ..ending(MailId(2), MailState::Sent) };
    assert!(store.end_mail(&sent).unwrap());
    assert!(!store.end_mail(&sent).unwrap(), "it leaves once");
    assert!(!store.end_mail(&ending(MailId(5), MailState::Sent)).unwrap());
    assert_eq!((due(&store, 400), store.count_queued_mail().unwrap()), (vec![1], 1));
    assert_eq!(written(&store), ["sent"]);
    let known = store.find_mail("message-2@alameda.example").unwrap().unwrap();
    let invitation = Some(SurveyInvitationId(2));
    let address = "c2@example.com".to_owned();
    assert_eq!(known, KnownMail { id: MailId(2), address, state: MailState::Sent, invitation, is_anonymous: false });
    assert_eq!(store.find_mail_to_unsubscribe("unsubscribe-2").unwrap(), Some(known));
    assert_eq!(store.find_mail("message-3@alameda.example").unwrap(), None);
}

pub fn a_message_that_is_nobodys_forgets_its_invitation(database: &Database) {
    let store = database.open();
    invited(&store, &[message(1, true)]);
    assert_eq!(store.find_mail("message-1@alameda.example").unwrap().unwrap().invitation, Some(SurveyInvitationId(1)));
    assert!(store.end_mail(&ending(MailId(1), MailState::Sent)).unwrap());
    let known = store.find_mail_to_unsubscribe("unsubscribe-1").unwrap().unwrap();
    assert_eq!((known.id, known.invitation, known.is_anonymous), (MailId(1_001), None, true));
    assert_eq!(known.address, "c1@example.com", "it must still be possible to leave it alone");
}

pub fn what_is_heard_of_a_message_is_noted_once(database: &Database) {
    let store = database.open();
    invited(&store, &[message(1, false), message(2, false)]);
    store.end_mail(&ending(MailId(1), MailState::Sent)).unwrap();
    let bounced = refusal("c1@example.com", RefusalReason::Bounced);
    let hear = |state, refusal: &ContactRefusal, name: &str| {
        store.report_mail(MailId(1), state, refusal, &[event(name)]).unwrap()
    };
    assert!(hear(MailState::Bounced, &bounced, "bounced"));
    assert!(!hear(MailState::Bounced, &bounced, "bounced again"));
    assert!(hear(MailState::Complained, &refusal("c1@example.com", RefusalReason::Complained), "complained"));
    // Of one that still waits only the refusal is noted.
    let left = refusal("c2@example.com", RefusalReason::Unsubscribed);
    assert!(store.report_mail(MailId(2), MailState::Unsubscribed, &left, &[event("left")]).unwrap());
    assert_eq!(store.find_mail("message-2@alameda.example").unwrap().unwrap().state, MailState::Queued);
    assert_eq!(written(&store), ["bounced", "complained", "left"]);

    let at_once = MailEnding { refusal: Some(&bounced), ..ending(MailId(2), MailState::Bounced) };
    assert!(store.end_mail(&at_once).unwrap());
    assert_eq!(store.list_refusals(None, 10).unwrap().len(), 3, "of each reason the first is kept");
}

pub fn an_address_is_refused_until_somebody_decides_otherwise(database: &Database) {
    let store = database.open();
    let ana = refusal("ana@example.com", RefusalReason::Unsubscribed);
    assert!(store.record_refusal(&ana, &[event("left")]).unwrap());
    assert!(!store.record_refusal(&ContactRefusal { at: 900, ..ana.clone() }, &[event("left again")]).unwrap());
    let bounced =
        ContactRefusal { survey: None, invitation: None, ..refusal("ana@example.com", RefusalReason::Bounced) };
    assert!(store.record_refusal(&bounced, &[]).unwrap());
    let eva = refusal("eva@example.com", RefusalReason::Complained);
    assert!(store.record_refusal(&eva, &[]).unwrap());
    assert_eq!(written(&store), ["left"]);

    let asked = [email("leo@example.com"), email("eva@example.com"), email("ANA@example.com")];
    assert_eq!(store.find_refusals(&asked).unwrap(), [eva.clone(), ana.clone(), bounced.clone()]);
    let same_value = Identifier::new(IdentifierKind::UserId, "ana@example.com").unwrap();
    assert_eq!(store.find_refusals(&[same_value]).unwrap(), [], "another kind is another address");
    let first = store.list_refusals(None, 2).unwrap();
    assert_eq!(first.iter().map(|(_, refusal)| refusal.clone()).collect::<Vec<_>>(), [eva, bounced]);
    assert_eq!(store.list_refusals(Some(first[1].0), 2).unwrap(), [(first[1].0 - 1, ana)]);

    store.remove_refusal(&email("ana@example.com"), &audit("mail.refusal.remove")).unwrap();
    assert_eq!(store.find_refusals(&asked[2..]).unwrap(), []);
    let gone = store.remove_refusal(&email("ana@example.com"), &audit("mail.refusal.remove")).unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
    assert_eq!(store.list_audit(10).unwrap().len(), 1, "what failed is not in the audit");
}
