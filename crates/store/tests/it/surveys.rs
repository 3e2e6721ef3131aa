//! Surveys, invitations, answers and the outbox.

use domain::event::IncomingEvent;
use domain::ports::{
    Answered, AuditLog, InvitationStep, KeptSurvey, OpenLinkCounts, OpenLinkDay, Outbox, SurveyAnswering, SurveyChoice,
    SurveyInvitation, SurveyInviting, SurveyQuota, SurveyResponse, SurveyState, SurveyStore, SurveySubject,
};
use domain::{Code, EventKind, Identifier, IdentifierKind, SurveyId, SurveyInvitationId, SurveyResponseId};
use store::Store;

use crate::builders::audit;
use crate::database::Database;

pub fn survey(name: &str) -> KeptSurvey {
    KeptSurvey {
        id: SurveyId(0),
        name: name.to_owned(),
        definition: "{\"name\":\"x\"}".to_owned(),
        version: 1,
        state: SurveyState::Draft,
        link_token: format!("link-{name}"),
        created_by: "ana".to_owned(),
        created_at: 10,
        updated_at: 10,
    }
}

pub fn invitation(survey: SurveyId, token: &str) -> SurveyInvitation {
    SurveyInvitation {
        id: SurveyInvitationId(0),
        survey,
        token_hash: token.to_owned(),
        identifiers: vec![Identifier::new(IdentifierKind::UserId, "c-1").unwrap()],
        traits: vec![("first_name".to_owned(), "Lucía".to_owned())],
        subject: SurveySubject { touchpoint: Some("web:Order Completed".to_owned()), unit: None, cause: None },
        channel: "email".to_owned(),
        created_at: 20,
        expires_at: 90,
        shown_at: None,
        started_at: None,
        answered_at: None,
        refused_at: None,
    }
}

pub fn response(survey: SurveyId, page: &str, is_complete: bool) -> SurveyResponse {
    SurveyResponse {
        id: number_of(page),
        survey,
        version: 1,
        page_hash: page.to_owned(),
        invitation: None,
        is_complete,
        answers: "{\"recommend\":9}".to_owned(),
        language: "es".to_owned(),
        subject: SurveySubject::default(),
        channel: "link".to_owned(),
        marks: vec!["fast".to_owned()],
        answered_at: 30,
    }
}

/// As random as it has to be.
fn number_of(page: &str) -> SurveyResponseId {
    SurveyResponseId(page.bytes().fold(7, |number, byte| number * 31 + u64::from(byte)))
}

pub fn event(message_id: &str) -> IncomingEvent {
    IncomingEvent {
        message_id: message_id.to_owned(),
        kind: EventKind::Track,
        activity: Some("Survey Answered".to_owned()),
        identifiers: vec![Identifier::new(IdentifierKind::UserId, "c-1").unwrap()],
        channel: Some("email".to_owned()),
        unit: None,
        occurred_at: 30,
        original_at: 30,
        sent_at: None,
        money: None,
        cause_event_id: None,
        objects: Vec::new(),
        properties: "{\"nps\":9,\"comment\":\"Muy bien 🙂\"}".to_owned(),
        context: "{}".to_owned(),
        personal: None,
        traits: None,
    }
}

fn answer(store: &Store, response: &SurveyResponse, invitation: Option<u64>) -> Answered {
    answer_within(store, response, invitation, &[], &[])
}

fn answer_within(
    store: &Store,
    response: &SurveyResponse,
    invitation: Option<u64>,
    chosen: &[SurveyChoice],
    quotas: &[SurveyQuota],
) -> Answered {
    let events = [event(&response.page_hash)];
    let answering = SurveyAnswering {
        response,
        invitation: invitation.map(SurveyInvitationId),
        is_by_open_link: invitation.is_none(),
        at: 31,
        events: if response.is_complete { &events } else { &[] },
        chosen,
        quotas,
    };
    store.record_survey_answer(&answering).unwrap()
}

pub fn every_version_of_a_survey_is_kept(database: &Database) {
    let store = database.open();
    let kept = store.create_survey(&survey("after-purchase"), &audit("survey.create")).unwrap();
    assert_eq!(kept, KeptSurvey { id: SurveyId(1), ..survey("after-purchase") });
    let taken = store.create_survey(&survey("After-Purchase"), &audit("survey.create")).unwrap_err();
    assert_eq!((taken.code, taken.reason), (Code::Conflict, Some("name_taken")));

    let second = KeptSurvey { definition: "{\"name\":\"y\"}".to_owned(), updated_at: 11, ..kept.clone() };
    let changed = store.update_survey(&second, &audit("survey.update")).unwrap();
    assert_eq!((changed.version, changed.definition.as_str()), (2, "{\"name\":\"y\"}"));
    let late = store.update_survey(&second, &audit("survey.update")).unwrap_err();
    assert_eq!(late.code, Code::Conflict, "it was made on version 1");
    assert_eq!(store.find_survey_version(SurveyId(1), 1).unwrap(), "{\"name\":\"x\"}");
    assert_eq!(store.find_survey_version(SurveyId(1), 3).unwrap_err().code, Code::NotFound);

    let open = store.set_survey_state(SurveyId(1), SurveyState::Open, 12, &audit("survey.state")).unwrap();
    assert_eq!(open.state, SurveyState::Open);
    assert_eq!(store.find_survey_by_link("link-after-purchase").unwrap(), Some(open));
    assert_eq!(store.find_survey_by_link("link-after-purchas").unwrap(), None);
    assert_eq!(store.list_audit(10).unwrap().len(), 3, "what failed is not in the audit");
}

pub fn an_invitation_is_answered_once(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    let people = [invitation(id, "hash-1"), invitation(id, "hash-2")];
    let inviting = SurveyInviting { invitations: &people, events: &[event("sent")], ..SurveyInviting::default() };
    let ids = store.create_survey_invitations(&inviting, &audit("survey.invite")).unwrap();
    assert_eq!(ids, [SurveyInvitationId(1), SurveyInvitationId(2)]);
    let found = store.find_survey_invitation("hash-2").unwrap().unwrap();
    assert_eq!(found, SurveyInvitation { id: SurveyInvitationId(2), ..invitation(id, "hash-2") });
    assert_eq!(store.find_survey_invitation("hash-3").unwrap(), None);

    let first = ids[0];
    assert!(store.record_survey_step(first, InvitationStep::Shown, 25, &[event("shown")]).unwrap());
    assert!(!store.record_survey_step(first, InvitationStep::Shown, 26, &[event("shown again")]).unwrap());

    let mut partial = response(id, "page-1", false);
    partial.invitation = Some(first);
    assert_eq!(answer(&store, &partial, Some(1)), Answered::Kept(number_of("page-1")));
    // From another page with the same invitation: one answer.
    let whole = SurveyResponse { invitation: Some(first), ..response(id, "page-2", true) };
    assert_eq!(answer(&store, &whole, Some(1)), Answered::Kept(number_of("page-1")));
    assert_eq!(answer(&store, &whole, Some(1)), Answered::Before);
    assert_eq!(answer(&store, &partial, Some(1)), Answered::Before, "what was sent is not taken back by a part");
    assert!(!store.record_survey_step(first, InvitationStep::Refused, 40, &[event("refused")]).unwrap());

    let kept = store.list_survey_responses(id, None, 10, None).unwrap();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].is_complete && kept[0].invitation == Some(first));
    let (_, counts) = &store.list_surveys().unwrap()[0];
    assert_eq!((counts.invitations, counts.partial, counts.complete, counts.refused), (2, 0, 1, 0));
    // Who answered has seen the survey and begun it, whatever was noted on the way.
    assert_eq!((counts.shown, counts.started, counts.answered), (1, 1, 1));
    let written: Vec<String> = store.list_outbox(10).unwrap().into_iter().map(|(_, event)| event.message_id).collect();
    assert_eq!(written, ["sent", "shown", "page-2"], "each change wrote its events once");
}

pub fn a_page_that_sends_again_changes_its_own_answer(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    for page in ["one", "two"] {
        assert!(matches!(answer(&store, &response(id, page, false), None), Answered::Kept(_)));
    }
    let whole = response(id, "one", true);
    assert_eq!(answer(&store, &whole, None), Answered::Kept(number_of("one")));
    assert_eq!(answer(&store, &whole, None), Answered::Before);
    let listed = store.list_survey_responses(id, None, 10, None).unwrap();
    assert!(listed.contains(&whole));
    // Page by page nothing is left out, although numbers say no order.
    let first = store.list_survey_responses(id, None, 1, None).unwrap();
    let second = store.list_survey_responses(id, Some(first[0].id), 10, None).unwrap();
    assert_eq!([first, second].concat(), listed);
    assert_eq!(listed.len(), 2);
}

pub fn answers_with_and_without_marks_are_told_apart(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    for page in ["one", "two"] {
        answer(&store, &response(id, page, true), None);
    }
    let unmarked = SurveyResponse { marks: Vec::new(), ..response(id, "three", true) };
    answer(&store, &unmarked, None);
    let list = |before, limit, is_marked| store.list_survey_responses(id, before, limit, is_marked).unwrap();
    assert_eq!(list(None, 10, Some(false)), [unmarked]);
    let marked = list(None, 10, Some(true));
    assert_eq!(marked.len(), 2);
    assert_eq!(list(Some(marked[0].id), 10, Some(true)), marked[1..]);
    assert_eq!(list(None, 10, None).len(), 3);
    assert_eq!(store.count_survey(id).unwrap().marked, 2);
}

pub fn what_comes_by_the_open_link_is_counted_by_day(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    for _ in 0..3 {
        store.count_open_link(id, 30).unwrap();
    }
    store.count_open_link(id, 90).unwrap();
    answer(&store, &response(id, "one", false), None);
    answer(&store, &response(id, "one", true), None);
    answer(&store, &response(id, "one", true), None);
    answer(&store, &response(id, "two", false), None);
    let days = store.list_open_link_days(id, 0).unwrap();
    let counts = |shown, started, answered| OpenLinkCounts { shown, started, answered };
    let expected = [OpenLinkDay { day: 30, counts: counts(3, 2, 1) }, OpenLinkDay { day: 90, counts: counts(1, 0, 0) }];
    assert_eq!(days, expected);
    assert_eq!(store.list_open_link_days(id, 31).unwrap(), expected[1..]);
    assert_eq!(store.count_survey(id).unwrap().open, counts(4, 2, 1));
}

pub fn a_used_link_that_is_nobodys_forgets_what_it_was_about(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    let nobody = SurveyInvitation { identifiers: Vec::new(), ..invitation(id, "hash-1") };
    let people = [nobody, invitation(id, "hash-2")];
    let inviting = SurveyInviting { invitations: &people, ..SurveyInviting::default() };
    store.create_survey_invitations(&inviting, &audit("survey.invite")).unwrap();
    for number in [1, 2] {
        assert!(matches!(
            answer(&store, &response(id, &format!("page-{number}"), true), Some(number)),
            Answered::Kept(_)
        ));
    }
    let found = |hash: &str| store.find_survey_invitation(hash).unwrap().unwrap();
    assert_eq!((found("hash-1").subject, found("hash-1").traits), (SurveySubject::default(), Vec::new()));
    assert_eq!(found("hash-2").subject, invitation(id, "hash-2").subject, "who is known keeps what it was about");
}

pub fn no_more_answers_are_kept_than_are_wanted(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    let choice = |choice: &str| SurveyChoice { question: "why".to_owned(), choice: choice.to_owned() };
    let quotas = [SurveyQuota { most: 1, of: Some(choice("price")) }, SurveyQuota { most: 3, of: None }];
    let take =
        |page: &str, chosen: &str| answer_within(&store, &response(id, page, true), None, &[choice(chosen)], &quotas);
    assert!(matches!(take("one", "price"), Answered::Kept(_)));
    assert_eq!(take("two", "price"), Answered::Full, "one of those is enough");
    assert!(matches!(take("three", "staff"), Answered::Kept(_)));
    assert!(matches!(take("four", "staff"), Answered::Kept(_)));
    assert_eq!(take("five", "staff"), Answered::Full, "three in all");
    assert!(
        matches!(answer_within(&store, &response(id, "six", false), None, &[], &quotas), Answered::Kept(_)),
        "a part is no answer yet"
    );
    assert_eq!(store.list_outbox(10).unwrap().len(), 3);
}

pub fn the_outbox_gives_events_back_as_they_were(database: &Database) {
    let store = database.open();
    let id = store.create_survey(&survey("a"), &audit("survey.create")).unwrap().id;
    for page in ["one", "two", "three"] {
        answer(&store, &response(id, page, true), None);
    }
    let waiting = store.list_outbox(2).unwrap();
    assert_eq!(waiting, [(1, event("one")), (2, event("two"))]);
    store.forget_outbox(2).unwrap();
    assert_eq!(store.list_outbox(10).unwrap(), [(3, event("three"))]);
}
