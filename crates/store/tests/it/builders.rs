//! Short ways to say what the log brings.

use domain::ports::{
    AuditEntry, Counts, Dictionary, IdentityMerge, LogChanges, MergeRule, NewIdentifier, PersonalValues, Sequences,
    TraitsSeen,
};
use domain::ports::{CodedName, DataFile, DataFileKind};
use domain::{DeadCode, DeadLetter, DeadLetterId, EventId, Identifier, IdentifierKind, MergeId, NodeId, SourceId};

pub fn identifier(node: u64, kind: IdentifierKind, value: &str) -> NewIdentifier {
    NewIdentifier {
        node: NodeId(node),
        identifier: Identifier::new(kind, value).unwrap(),
        seen_at: 1_000 + node as i64,
    }
}

pub fn user(node: u64, value: &str) -> NewIdentifier {
    identifier(node, IdentifierKind::UserId, value)
}

pub fn merge(id: u64, a: u64, b: u64) -> IdentityMerge {
    IdentityMerge {
        id: MergeId(id),
        a: NodeId(a),
        b: NodeId(b),
        rule: MergeRule::SameEvent,
        evidence: Some(EventId::of(SourceId(1), "m-1")),
        decided_by: "web".to_owned(),
        merged_at: 2_000 + id as i64,
        undone_at: None,
    }
}

pub fn dead(id: u64, source: u64, raw: &[u8]) -> DeadLetter {
    DeadLetter {
        id: DeadLetterId(id),
        source: SourceId(source),
        code: DeadCode::InvalidTime,
        detail: "`ayer` is not a time".to_owned(),
        index: id * 10,
        received_at: 5_000,
        recipe: "segment".to_owned(),
        raw: raw.to_vec(),
    }
}

pub fn traits(node: u64, seen_at: i64, body: &str) -> TraitsSeen {
    TraitsSeen { node: NodeId(node), source: SourceId(1), seen_at, body: body.to_owned() }
}

pub fn name(dictionary: Dictionary, code: u32, name: &str) -> CodedName {
    CodedName { dictionary, code, name: name.to_owned() }
}

pub fn personal(id: u64, node: u64, body: &str) -> PersonalValues {
    PersonalValues { id, node: NodeId(node), body: body.to_owned() }
}

/// Changes up to a position with numbers that tell the position.
pub fn changes(position: u64) -> LogChanges {
    LogChanges {
        position,
        counts: Counts { received: position * 10, stored: position * 7, duplicate: position * 2, dead: position },
        sequences: Sequences {
            seq: position * 7 + 1,
            node: position * 5 + 1,
            merge: position * 3 + 1,
            dead: position + 1,
            personal: position * 2 + 1,
        },
        ..LogChanges::default()
    }
}

/// One change of every kind.
pub fn changes_of_every_kind(position: u64) -> LogChanges {
    LogChanges {
        identifiers: vec![
            user(1, "ana"),
            identifier(2, IdentifierKind::Email, "ana@example.es"),
            identifier(3, IdentifierKind::Custom("mesa".to_owned()), "7"),
        ],
        merges: vec![merge(1, 1, 2), merge(2, 2, 3)],
        names: vec![name(Dictionary::Channel, 0, "web"), name(Dictionary::Activity, 0, "Order Completed")],
        personal: vec![personal(1, 1, r#"{"properties.email":"ana@example.es"}"#)],
        traits: vec![traits(1, 10, r#"{"plan":"gold"}"#)],
        dead: vec![dead(1, 4, b"{")],
        ..changes(position)
    }
}

pub fn file(name: &str) -> DataFile {
    DataFile {
        name: name.to_owned(),
        kind: DataFileKind::Chunk,
        format: 1,
        rows: 1_000,
        bytes: 64_000,
        checksum: 0xdead_beef,
        period: 2026 * 12 + 2,
        min_seq: 1,
        max_seq: 1_000,
        min_node: 1,
        max_node: 500,
        min_occurred_at: 10,
        max_occurred_at: 20,
        is_kept: false,
    }
}

pub fn audit(action: &str) -> AuditEntry {
    AuditEntry {
        at: 9_000,
        actor: "command line".to_owned(),
        action: action.to_owned(),
        subject: "café".to_owned(),
        detail: "{}".to_owned(),
    }
}
