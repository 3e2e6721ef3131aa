//! What belongs to nobody in surveys.

use domain::ports::{
    AnonymousAnswer, AnonymousAnswers, AnonymousCounts, InvitationStep, SurveyAnswering, SurveyInviting,
    SurveyResponse, SurveyStore,
};
use domain::{SurveyId, SurveyResponseId};

use crate::builders::audit;
use crate::database::Database;
use crate::surveys::{invitation, response, survey};

/// An answer of the first survey that is nobody's.
fn of_nobody(id: u64, is_complete: bool, answered_at: i64) -> SurveyResponse {
    SurveyResponse {
        id: SurveyResponseId(id),
        page_hash: format!("page {id}"),
        invitation: None,
        answered_at,
        ..response(SurveyId(1), "page", is_complete)
    }
}

pub fn what_is_nobodys_is_counted_and_listed_apart(database: &Database) {
    let store = database.open();
    let kept = store.create_survey(&survey("short"), &audit("survey.create")).unwrap();
    let of_ana = invitation(kept.id, "a");
    let mut links = ["b", "c"].map(|token| invitation(kept.id, token));
    for link in &mut links {
        link.identifiers.clear();
    }
    let invitations = [&[of_ana][..], &links[..]].concat();
    let inviting = SurveyInviting { invitations: &invitations, ..SurveyInviting::default() };
    let ids = store.create_survey_invitations(&inviting, &audit("survey.invite")).unwrap();
    assert!(store.record_survey_step(ids[1], InvitationStep::Shown, 500, &[]).unwrap());
    assert!(store.record_survey_step(ids[2], InvitationStep::Refused, 500, &[]).unwrap());
    let mut answers = vec![of_nobody(7, true, 1_000), of_nobody(8, false, 1_000), of_nobody(9, true, 9_000)];
    answers.push(SurveyResponse { invitation: Some(ids[0]), ..of_nobody(10, true, 1_000) });
    for answer in &answers {
        let answering = SurveyAnswering {
            response: answer,
            invitation: None,
            at: 1_000,
            events: &[],
            chosen: &[],
            quotas: &[],
            is_by_open_link: true,
        };
        store.record_survey_answer(&answering).unwrap();
    }
    let counted = store.count_anonymous(kept.id, 0..i64::MAX).unwrap();
    let expected =
        AnonymousCounts { invitations: 2, shown: 1, started: 0, answered: 0, refused: 1, partial: 1, complete: 2 };
    assert_eq!(counted, expected);
    assert_eq!(store.count_anonymous(kept.id, 5_000..9_000).unwrap(), AnonymousCounts::default());
    assert_eq!(store.count_anonymous(SurveyId(2), 0..i64::MAX).unwrap(), AnonymousCounts::default());

    let as_listed = |answer: &SurveyResponse| AnonymousAnswer {
        version: answer.version,
        answers: answer.answers.clone(),
        subject: answer.subject.clone(),
        channel: answer.channel.clone(),
        answered_at: answer.answered_at,
    };
    let listed = store.list_anonymous_answers(kept.id, 0..i64::MAX, 10).unwrap();
    assert_eq!(listed, [as_listed(&answers[0]), as_listed(&answers[2])]);
    assert_eq!(store.list_anonymous_answers(kept.id, 0..9_000, 10).unwrap().len(), 1);
    assert_eq!(store.list_anonymous_answers(kept.id, 0..i64::MAX, 1).unwrap().len(), 1);
}
