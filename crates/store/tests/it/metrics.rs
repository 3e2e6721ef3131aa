//! Metrics of the organisation's own.

use domain::Code;
use domain::ports::{AuditLog, KeptMetric, MetricStore};

use crate::builders::audit;
use crate::database::Database;

fn metric(name: &str, definition: &str) -> KeptMetric {
    KeptMetric {
        name: name.to_owned(),
        definition: definition.to_owned(),
        created_by: "ana".to_owned(),
        created_at: 10,
    }
}

pub fn a_metric_is_kept_changed_and_deleted(database: &Database) {
    let store = database.open();
    store.create_metric(&metric("warmth", "{}"), &audit("metric.create")).unwrap();
    store.create_metric(&metric("mood", "{}"), &audit("metric.create")).unwrap();
    assert_eq!(store.list_own_metrics().unwrap(), [metric("mood", "{}"), metric("warmth", "{}")]);
    let taken = store.create_metric(&metric("mood", "[]"), &audit("metric.create")).unwrap_err();
    assert_eq!((taken.code, taken.reason), (Code::Conflict, Some("name_taken")));

    let change = KeptMetric { created_by: "eva".to_owned(), created_at: 20, ..metric("mood", "{\"a\":1}") };
    store.update_metric(&change, &audit("metric.update")).unwrap();
    assert_eq!(store.list_own_metrics().unwrap()[0], metric("mood", "{\"a\":1}"), "who made it stays");

    store.delete_metric("mood", &audit("metric.delete")).unwrap();
    assert_eq!(store.delete_metric("mood", &audit("metric.delete")).unwrap_err().code, Code::NotFound);
    assert_eq!(store.update_metric(&change, &audit("metric.update")).unwrap_err().code, Code::NotFound);
    assert_eq!(store.list_own_metrics().unwrap(), [metric("warmth", "{}")]);
    assert_eq!(store.list_audit(10).unwrap().len(), 4, "what failed is not in the audit");
}
