//! Annotations of what happened to the company.

use domain::ports::{Annotation, AnnotationKind, AnnotationStore, AuditLog};
use domain::time::parse_day;
use domain::{AnnotationId, Code};

use crate::builders::audit;
use crate::database::Database;

fn outage() -> Annotation {
    Annotation {
        id: AnnotationId(0),
        kind: AnnotationKind::Incident,
        first_day: parse_day("2026-03-28").unwrap(),
        last_day: parse_day("2026-03-30").unwrap(),
        text: "Los pagos fallaban".to_owned(),
        channel: Some("app".to_owned()),
        unit: None,
        created_by: "ana".to_owned(),
        created_at: 10,
    }
}

pub fn an_annotation_is_kept_changed_and_deleted(database: &Database) {
    let store = database.open();
    let kept = store.create_annotation(&outage(), &audit("annotation.create")).unwrap();
    assert_eq!(kept, Annotation { id: AnnotationId(1), ..outage() });
    assert_eq!(store.list_annotations().unwrap(), std::slice::from_ref(&kept));

    let changed = Annotation {
        kind: AnnotationKind::Other,
        last_day: kept.first_day,
        channel: None,
        unit: Some("ES-MAD-01".to_owned()),
        created_by: "eva".to_owned(),
        created_at: 99,
        ..kept.clone()
    };
    let stored = store.update_annotation(&changed, &audit("annotation.update")).unwrap();
    let expected = Annotation { created_by: "ana".to_owned(), created_at: 10, ..changed };
    assert_eq!(stored, expected, "who made it stays");
    assert_eq!(store.find_annotation(AnnotationId(1)).unwrap(), expected);

    store.delete_annotation(AnnotationId(1), 30, &audit("annotation.delete")).unwrap();
    assert!(store.list_annotations().unwrap().is_empty());
    for refused in [
        store.find_annotation(AnnotationId(1)).map(|_| ()),
        store.update_annotation(&expected, &audit("annotation.update")).map(|_| ()),
        store.delete_annotation(AnnotationId(1), 31, &audit("annotation.delete")),
    ] {
        assert_eq!(refused.unwrap_err().code, Code::NotFound);
    }
    let next = store.create_annotation(&outage(), &audit("annotation.create")).unwrap();
    assert_eq!(next.id, AnnotationId(2), "a number is never given again");
    assert_eq!(store.list_audit(10).unwrap().len(), 4, "what failed is not in the audit");
}
