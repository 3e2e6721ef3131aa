//! Segments of customers.

use domain::ports::{AuditLog, Segment, SegmentStore};
use domain::{Code, SegmentId};

use crate::builders::audit;
use crate::database::Database;

fn segment(name: &str) -> Segment {
    Segment {
        id: SegmentId(0),
        name: name.to_owned(),
        customers: "activity=Order%20Completed&days=90".to_owned(),
        created_by: "ana".to_owned(),
        created_at: 10,
    }
}

pub fn a_segment_is_kept_and_deleted(database: &Database) {
    let store = database.open();
    let kept = store.create_segment(&segment("Fieles"), &audit("segment.create")).unwrap();
    assert_eq!(kept, Segment { id: SegmentId(1), ..segment("Fieles") });
    assert_eq!(store.list_segments().unwrap(), std::slice::from_ref(&kept));
    assert_eq!(store.find_segment(SegmentId(1)).unwrap(), kept);

    store.delete_segment(SegmentId(1), 30, &audit("segment.delete")).unwrap();
    assert!(store.list_segments().unwrap().is_empty());
    assert_eq!(store.find_segment(SegmentId(1)).unwrap_err().code, Code::NotFound);
    assert_eq!(store.delete_segment(SegmentId(1), 31, &audit("segment.delete")).unwrap_err().code, Code::NotFound);
    let next = store.create_segment(&segment("fieles"), &audit("segment.create")).unwrap();
    assert_eq!(next.id, SegmentId(2), "a number is never given again, a name is");
    assert_eq!(store.list_audit(10).unwrap().len(), 3, "what failed is not in the audit");
}

pub fn two_segments_do_not_share_a_name(database: &Database) {
    let store = database.open();
    store.create_segment(&segment("Cafés fríos"), &audit("segment.create")).unwrap();
    let error = store.create_segment(&segment("CAFÉS FRÍOS"), &audit("segment.create")).unwrap_err();
    assert_eq!((error.code, error.reason), (Code::Conflict, Some("name_taken")));
    assert!(error.detail.contains("seg_1"), "{error}");
}
