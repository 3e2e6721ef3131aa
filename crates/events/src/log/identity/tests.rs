use domain::ports::{IdentityMerge, MergeRule, Sequences};
use domain::{EventId, EventKind, Identifier, IdentifierKind, MergeId, NodeId};

use super::{Evidence, IdentityChanges, IdentityGraph};

/// Identifiers written as `user:u1`, `email:a@b.c`, `anon:x`.
struct Scene {
    graph: IdentityGraph,
    sequences: Sequences,
    changes: IdentityChanges,
}

impl Scene {
    fn new() -> Scene {
        Scene { graph: IdentityGraph::default(), sequences: Sequences::default(), changes: IdentityChanges::default() }
    }

    fn event(&mut self, kind: EventKind, identifiers: &[&str]) -> u64 {
        let mut identifiers: Vec<Identifier> = identifiers.iter().map(|text| identifier(text)).collect();
        identifiers.sort_by_key(|identifier| identifier.kind.priority());
        let evidence = Evidence { kind, event: EventId(7), seen_at: 1, source: "test" };
        self.graph.resolve(identifiers, &evidence, &mut self.sequences, &mut self.changes)[0].0
    }

    fn track(&mut self, identifiers: &[&str]) -> u64 {
        self.event(EventKind::Track, identifiers)
    }

    fn same(&self, a: u64, b: u64) -> bool {
        self.graph.customer_of(a) == self.graph.customer_of(b)
    }

    fn undo(&mut self, merge: u64) {
        self.graph.undo(MergeId(merge), &mut self.changes.moved);
    }

    fn merge(&mut self, a: u64, b: u64) {
        let id = self.sequences.merge;
        self.sequences.merge += 1;
        let merge = IdentityMerge {
            id: MergeId(id),
            a: NodeId(a),
            b: NodeId(b),
            rule: MergeRule::Manual,
            evidence: None,
            decided_by: "ana".to_owned(),
            merged_at: 1,
            undone_at: None,
        };
        self.graph.merge(&merge, &mut self.changes.moved);
    }
}

fn identifier(text: &str) -> Identifier {
    let (kind, value) = text.split_once(':').unwrap();
    let kind = match kind {
        "user" => IdentifierKind::UserId,
        "anon" => IdentifierKind::AnonymousId,
        other => IdentifierKind::parse(other),
    };
    Identifier::new(kind, value).unwrap()
}

#[test]
fn anonymous_history_joins_the_known_customer() {
    let mut scene = Scene::new();
    let browsing = scene.track(&["anon:a1"]);
    let bought = scene.track(&["user:u1", "anon:a1"]);
    assert_ne!(browsing, bought, "each event keeps the node of its own best identifier");
    assert!(scene.same(browsing, bought));
    assert_eq!(scene.changes.merges.len(), 1);
    scene.track(&["user:u1", "anon:a1"]);
    assert_eq!(scene.changes.merges.len(), 1, "known evidence is no new merge");
}

#[test]
fn two_user_ids_never_merge_by_themselves() {
    let mut scene = Scene::new();
    let ana = scene.track(&["user:ana", "anon:kiosk"]);
    let luis = scene.track(&["user:luis", "anon:kiosk"]);
    assert!(!scene.same(ana, luis));
    let through_mail = scene.track(&["user:ana", "email:family@example.org"]);
    scene.track(&["user:luis", "email:family@example.org"]);
    assert!(!scene.same(through_mail, luis));
    scene.event(EventKind::Alias, &["user:ana", "anon:luis"]);
    assert!(!scene.same(ana, luis), "an alias that names a known user id is refused as well");
}

#[test]
fn a_customer_has_at_most_five_of_a_kind() {
    let mut scene = Scene::new();
    let ana = scene.track(&["user:ana"]);
    for number in 0..7 {
        scene.track(&["user:ana", &format!("anon:browser-{number}")]);
    }
    assert_eq!(scene.graph.members_of(scene.graph.customer_of(ana)).len(), 1 + 5);
}

#[test]
fn an_undone_merge_gives_both_parts_their_own_customer_and_stays_undone() {
    let mut scene = Scene::new();
    let browser = scene.track(&["anon:a1"]);
    let ana = scene.track(&["user:ana", "anon:a1"]);
    scene.track(&["user:ana", "email:ana@example.org"]);
    scene.undo(1);
    assert!(!scene.same(browser, ana));
    assert_eq!(scene.graph.customer_of(browser), browser);
    let again = scene.track(&["user:ana", "anon:a1"]);
    assert_eq!(again, ana, "the event follows the identifier of highest priority");
    assert!(!scene.same(browser, ana), "what a person undid is not merged again by itself");
    scene.merge(ana, browser);
    assert!(scene.same(browser, ana), "a person may merge again");
}

#[test]
fn customers_depend_on_the_active_merges_and_not_on_their_order() {
    let pairs = [(1, 2), (3, 4), (2, 3), (5, 6), (6, 1)];
    let build = |order: &[usize]| {
        let mut scene = Scene::new();
        for number in 1..=6 {
            scene.track(&[&format!("device:d{number}")]);
        }
        for index in order {
            scene.merge(pairs[*index].0, pairs[*index].1);
        }
        (1..=6).map(|node| scene.graph.customer_of(node)).collect::<Vec<_>>()
    };
    assert_eq!(build(&[0, 1, 2, 3, 4]), build(&[4, 2, 0, 3, 1]));
    assert_eq!(build(&[0, 1, 2, 3, 4]), vec![1; 6]);
}

#[test]
fn undoing_one_of_two_connections_changes_no_customer() {
    let mut scene = Scene::new();
    for number in 1..=3 {
        scene.track(&[&format!("device:d{number}")]);
    }
    scene.merge(1, 2);
    scene.merge(2, 3);
    scene.merge(1, 3);
    scene.changes.moved.clear();
    assert_eq!(scene.graph.parts_without(MergeId(2)).unwrap(), vec![vec![1, 2, 3]]);
    scene.undo(2);
    assert!(scene.changes.moved.is_empty());
    scene.undo(3);
    assert_eq!(scene.graph.members_of(3), vec![3]);
    assert_eq!(scene.graph.members_of(1), vec![1, 2]);
}
