use super::{Batch, Record};
use domain::ports::{
    CodedName, Counts, Dictionary, IdentityMerge, MergeRule, NewIdentifier, PersonalValues, Sequences, TraitsSeen,
    UndoneMerge,
};
use domain::{
    DeadCode, DeadLetter, DeadLetterId, EventId, EventKind, Identifier, IdentifierKind, MergeId, Money, MoneyKind,
    NodeId, SourceId, StoredEvent,
};

/// One of everything that a record can hold.
fn sample() -> Record {
    let event = StoredEvent {
        event_id: EventId(0x0123_4567_89ab_cdef),
        seq: 41,
        source: SourceId(2),
        message_id: "m-41".to_owned(),
        node: NodeId(7),
        identifier_refs: vec![NodeId(7), NodeId(9)],
        kind: EventKind::Track,
        activity: Some(3),
        channel: Some(1),
        unit: Some(12),
        occurred_at: 1_767_225_600_000,
        original_at: 1_767_225_600_001,
        sent_at: Some(1_767_225_600_002),
        received_at: 1_767_225_600_003,
        money: Some(Money { minor: 1_250, currency: *b"EUR", kind: MoneyKind::Revenue }),
        cause_event_id: Some(EventId(5)),
        objects: vec!["order:1042".to_owned()],
        properties: r#"{"total":12.5}"#.to_owned(),
        context: "{}".to_owned(),
        personal_ref: Some(3),
    };
    let identifier = Identifier { kind: IdentifierKind::Custom("crm".to_owned()), value: "x-1".to_owned() };
    Record::V1(Box::new(Batch {
        events: vec![event],
        is_file: true,
        identifiers: vec![NewIdentifier { node: NodeId(9), identifier, seen_at: 8 }],
        merges: vec![IdentityMerge {
            id: MergeId(4),
            a: NodeId(7),
            b: NodeId(9),
            rule: MergeRule::SameEvent,
            evidence: Some(EventId(5)),
            decided_by: "web".to_owned(),
            merged_at: 8,
            undone_at: None,
        }],
        undone: vec![UndoneMerge { id: MergeId(2), undone_at: 9, undone_by: "ana".to_owned() }],
        names: vec![CodedName { dictionary: Dictionary::Activity, code: 3, name: "Order Completed".to_owned() }],
        personal: vec![PersonalValues { id: 3, node: NodeId(7), body: "{}".to_owned() }],
        traits: vec![TraitsSeen { node: NodeId(7), source: SourceId(2), seen_at: 8, body: "{}".to_owned() }],
        dead: vec![DeadLetter {
            id: DeadLetterId(6),
            source: SourceId(2),
            code: DeadCode::MissingName,
            detail: "no event".to_owned(),
            index: 1,
            received_at: 8,
            recipe: "segment".to_owned(),
            raw: b"{}".to_vec(),
        }],
        replayed: vec![DeadLetterId(1)],
        counts: Counts { received: 3, stored: 1, duplicate: 1, dead: 1 },
        sequences: Sequences { seq: 42, node: 10, merge: 5, dead: 7, personal: 4 },
    }))
}

#[test]
fn a_record_of_format_1_is_read_for_ever() {
    let frozen = include_bytes!("sample-v1.bin");
    assert_eq!(Record::decode(frozen).unwrap(), sample());
}

#[test]
fn the_format_has_not_changed_unnoticed() {
    let encoded = postcard::to_stdvec(&sample()).unwrap();
    if std::env::var_os("VIVENCIA_FREEZE_SAMPLES").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/log/record/sample-v1.bin");
        std::fs::write(path, &encoded).unwrap();
    }
    assert_eq!(encoded, include_bytes!("sample-v1.bin"));
}
