//! Questions that people keep.

use domain::ports::{AuditLog, QuestionStore, QuestionView, SavedQuestion};
use domain::{Code, QuestionId};

use crate::builders::audit;
use crate::database::Database;

fn question(name: &str) -> SavedQuestion {
    SavedQuestion {
        id: QuestionId(0),
        name: name.to_owned(),
        view: QuestionView::Funnel,
        question: r#"{"steps":["A","B"]}"#.to_owned(),
        created_by: "ana".to_owned(),
        created_at: 10,
        updated_at: 10,
        revision: 1,
    }
}

pub fn a_question_is_kept_changed_and_deleted(database: &Database) {
    let store = database.open();
    let kept = store.create_question(&question("Compra"), &audit("question.create")).unwrap();
    assert_eq!(kept, SavedQuestion { id: QuestionId(1), ..question("Compra") });
    let changed = SavedQuestion { name: "COMPRA".to_owned(), view: QuestionView::Map, updated_at: 20, ..kept.clone() };
    let changed = store.update_question(&changed, &audit("question.update")).unwrap();
    assert_eq!((changed.revision, changed.name.as_str(), changed.created_at), (2, "COMPRA", 10));
    assert_eq!(store.list_questions().unwrap(), std::slice::from_ref(&changed));
    assert_eq!(store.find_question(QuestionId(1)).unwrap(), changed);

    store.delete_question(QuestionId(1), 30, &audit("question.delete")).unwrap();
    assert!(store.list_questions().unwrap().is_empty());
    for outcome in [
        store.find_question(QuestionId(1)).map(drop),
        store.delete_question(QuestionId(1), 31, &audit("question.delete")),
        store.update_question(&changed, &audit("question.update")).map(drop),
    ] {
        assert_eq!(outcome.unwrap_err().code, Code::NotFound);
    }
    let next = store.create_question(&question("compra"), &audit("question.create")).unwrap();
    assert_eq!(next.id, QuestionId(2), "a number is never given again, a name is");
    assert_eq!(store.list_audit(10).unwrap().len(), 4, "what failed is not in the audit");
}

pub fn a_question_that_changed_meanwhile_is_a_conflict(database: &Database) {
    let store = database.open();
    let read = store.create_question(&question("Compra"), &audit("question.create")).unwrap();
    store.update_question(&read, &audit("question.update")).unwrap();
    let error = store.update_question(&read, &audit("question.update")).unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(error.detail.contains("revision 2, not 1"), "{error}");
}

pub fn two_questions_do_not_share_a_name(database: &Database) {
    let store = database.open();
    store.create_question(&question("Compra en línea"), &audit("question.create")).unwrap();
    let other = store.create_question(&question("Otra"), &audit("question.create")).unwrap();
    for outcome in [
        store.create_question(&question("COMPRA EN LÍNEA"), &audit("question.create")),
        store
            .update_question(&SavedQuestion { name: "compra en línea".to_owned(), ..other }, &audit("question.update")),
    ] {
        let error = outcome.unwrap_err();
        assert_eq!(error.code, Code::Conflict);
        assert!(error.detail.contains("que_1"), "{error}");
    }
}
