//! Topics of comments.

use domain::Code;
use domain::ports::{AuditLog, KeptTopic, KeptTopics, TopicStore};

use crate::builders::audit;
use crate::database::Database;

fn topic(id: &str, definition: &str) -> KeptTopic {
    KeptTopic { id: id.to_owned(), definition: definition.to_owned() }
}

fn of_version(version: u64, topics: &[KeptTopic]) -> KeptTopics {
    KeptTopics { version, topics: topics.to_vec(), updated_by: "ana".to_owned(), updated_at: 7 }
}

pub fn topics_are_replaced_and_counted(database: &Database) {
    let store = database.open();
    assert_eq!(store.find_topics().unwrap(), KeptTopics::default());
    let both = [topic("waiting", "{}"), topic("loyalty", r#"{"es":["puntos"]}"#)];
    let kept = store.update_topics(&of_version(0, &both), &audit("topics.update")).unwrap();
    assert_eq!(kept.version, 1);
    assert_eq!(kept.topics, [both[1].clone(), both[0].clone()], "by id");
    let kept = store.update_topics(&of_version(1, &both[..1]), &audit("topics.update")).unwrap();
    assert_eq!((kept.version, kept.topics.len()), (2, 1));
    assert_eq!(store.find_topics().unwrap(), kept);
    assert_eq!(store.list_audit(10).unwrap().len(), 2);
    let kept = store.update_topics(&of_version(2, &[]), &audit("topics.update")).unwrap();
    assert_eq!((kept.version, kept.topics.len()), (3, 0));
}

pub fn who_comes_second_changes_nothing(database: &Database) {
    let store = database.open();
    store.update_topics(&of_version(0, &[topic("loyalty", "{}")]), &audit("topics.update")).unwrap();
    let error = store.update_topics(&of_version(0, &[]), &audit("topics.update")).unwrap_err();
    assert_eq!((error.code, error.reason), (Code::Conflict, Some("changed_meanwhile")));
    assert!(error.detail.contains("version 1"), "{error}");
    assert_eq!(store.find_topics().unwrap().topics.len(), 1);
    assert_eq!(store.list_audit(10).unwrap().len(), 1, "what failed is not in the audit");
}
