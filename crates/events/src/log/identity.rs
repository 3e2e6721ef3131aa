//! Who is who: identifiers as nodes, merges as edges, customers as the connected parts.
//!
//! A customer is the set of nodes that active merges connect, and is called by the smallest of them. So the answer depends
//! only on which merges are active, not on their order; undoing one gives each part its own, earlier name back.

use domain::ports::{IdentityMerge, MergeRule, NewIdentifier, Sequences};
use domain::{EventId, EventKind, Identifier, IdentifierKind, MergeId, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

/// A node that belongs to another customer than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reassignment {
    pub node: u64,
    pub from: u64,
    pub to: u64,
}

/// The identity graph in memory: about 75 bytes an identifier.
#[derive(Default)]
pub struct IdentityGraph {
    nodes: FxHashMap<u128, u64>,
    /// Hashes of the values, whatever their kind.
    values: FxHashSet<u64>,
    /// The kind of each node, by node number.
    kinds: Vec<u8>,
    custom_kinds: Vec<String>,
    /// Only nodes whose customer is not themselves.
    customers: FxHashMap<u64, u64>,
    /// Only customers of more than one node.
    members: FxHashMap<u64, Vec<u64>>,
    merges: FxHashMap<u64, Edge>,
    edges: FxHashMap<u64, Vec<u64>>,
    undone_pairs: FxHashSet<(u64, u64)>,
}

struct Edge {
    a: u64,
    b: u64,
    is_undone: bool,
}

const FIRST_CUSTOM_KIND: u8 = 6;

/// What resolving events and deciding merges changed, to be recorded.
#[derive(Default)]
pub struct IdentityChanges {
    pub identifiers: Vec<NewIdentifier>,
    pub merges: Vec<IdentityMerge>,
    pub moved: Vec<Reassignment>,
}

/// The event that is being resolved, as evidence.
pub struct Evidence<'a> {
    pub kind: EventKind,
    pub event: EventId,
    pub seen_at: i64,
    pub source: &'a str,
}

impl IdentityGraph {
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    pub fn customer_of(&self, node: u64) -> u64 {
        self.customers.get(&node).copied().unwrap_or(node)
    }

    /// The nodes of a customer; empty when there is no such customer.
    pub fn members_of(&self, customer: u64) -> Vec<u64> {
        match self.members.get(&customer) {
            Some(members) => members.clone(),
            None if self.customer_of(customer) == customer && self.has_node(customer) => vec![customer],
            None => Vec::new(),
        }
    }

    /// Customers by descending id, from the one below `end` on.
    pub fn customers_below(&self, end: Option<u64>) -> impl Iterator<Item = u64> {
        let end = end.map_or(self.kinds.len() as u64, |end| end.min(self.kinds.len() as u64));
        (0..end).rev().filter(|node| self.has_node(*node) && self.customer_of(*node) == *node)
    }

    /// Nodes whose customer is another than themselves, with that customer.
    pub fn merged_nodes(&self) -> impl Iterator<Item = (u64, u64)> {
        self.customers.iter().map(|(node, customer)| (*node, *customer))
    }

    /// Whether a text is the value of some identifier.
    pub fn has_value(&self, text: &str) -> bool {
        self.values.contains(&xxh3_64(text.as_bytes()))
    }

    fn has_node(&self, node: u64) -> bool {
        self.kinds.get(node as usize).is_some_and(|kind| *kind != u8::MAX)
    }

    /// Takes over an identifier that has a node already.
    pub fn insert(&mut self, node: u64, identifier: &Identifier) {
        self.nodes.insert(identifier.fingerprint(), node);
        self.values.insert(xxh3_64(identifier.value.as_bytes()));
        let kind = self.kind_code(&identifier.kind);
        let index = node as usize;
        if self.kinds.len() <= index {
            self.kinds.resize(index + 1, u8::MAX);
        }
        self.kinds[index] = kind;
    }

    /// The nodes of an event's identifiers, highest priority first: the event belongs to the first. New identifiers get
    /// nodes, and identifiers that came together become one customer where the rules allow it.
    pub fn resolve(
        &mut self,
        identifiers: Vec<Identifier>,
        evidence: &Evidence<'_>,
        sequences: &mut Sequences,
        changes: &mut IdentityChanges,
    ) -> Vec<NodeId> {
        let mut nodes = Vec::with_capacity(identifiers.len());
        for mut identifier in identifiers {
            if evidence.kind == EventKind::Alias && identifier.kind == IdentifierKind::AnonymousId {
                // An alias names a former id without its kind: a known user id keeps the protection of user ids.
                let as_user = Identifier { kind: IdentifierKind::UserId, value: identifier.value.clone() };
                if self.nodes.contains_key(&as_user.fingerprint()) {
                    identifier = as_user;
                }
            }
            let node = self.node_of(identifier, evidence.seen_at, sequences, changes);
            if !nodes.contains(&node) {
                nodes.push(node);
            }
        }
        let rule = if evidence.kind == EventKind::Alias { MergeRule::Alias } else { MergeRule::SameEvent };
        for other in nodes.iter().skip(1) {
            let first = nodes[0];
            if self.customer_of(first.0) != self.customer_of(other.0) && self.may_merge(first.0, other.0) {
                let id = MergeId(sequences.merge);
                sequences.merge += 1;
                let merge = IdentityMerge {
                    id,
                    a: first,
                    b: *other,
                    rule,
                    evidence: Some(evidence.event),
                    decided_by: evidence.source.to_owned(),
                    merged_at: evidence.seen_at,
                    undone_at: None,
                };
                self.merge(&merge, &mut changes.moved);
                changes.merges.push(merge);
            }
        }
        nodes
    }

    fn node_of(
        &mut self,
        identifier: Identifier,
        seen_at: i64,
        sequences: &mut Sequences,
        changes: &mut IdentityChanges,
    ) -> NodeId {
        if let Some(node) = self.nodes.get(&identifier.fingerprint()) {
            return NodeId(*node);
        }
        let node = NodeId(sequences.node);
        sequences.node += 1;
        self.insert(node.0, &identifier);
        changes.identifiers.push(NewIdentifier { node, identifier, seen_at });
        node
    }

    /// Whether the rules let two nodes become one customer by themselves.
    fn may_merge(&self, a: u64, b: u64) -> bool {
        if self.undone_pairs.contains(&pair(a, b)) {
            return false;
        }
        let left = self.kind_counts(self.customer_of(a));
        let right = self.kind_counts(self.customer_of(b));
        left.iter().all(|(kind, count)| {
            let other = right.iter().find(|(candidate, _)| candidate == kind).map_or(0, |(_, count)| *count);
            other == 0 || count + other <= self.limit(*kind)
        })
    }

    fn kind_counts(&self, customer: u64) -> Vec<(u8, usize)> {
        let single = [customer];
        let members: &[u64] = self.members.get(&customer).map_or(&single, |members| members);
        let mut counts: Vec<(u8, usize)> = Vec::with_capacity(4);
        for member in members {
            let kind = self.kinds.get(*member as usize).copied().unwrap_or(u8::MAX);
            match counts.iter_mut().find(|(candidate, _)| *candidate == kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((kind, 1)),
            }
        }
        counts
    }

    fn limit(&self, kind: u8) -> usize {
        match kind {
            0 => IdentifierKind::UserId.limit(),
            _ => IdentifierKind::AnonymousId.limit(),
        }
    }

    fn kind_code(&mut self, kind: &IdentifierKind) -> u8 {
        match kind {
            IdentifierKind::UserId => 0,
            IdentifierKind::LoyaltyCard => 1,
            IdentifierKind::Email => 2,
            IdentifierKind::Phone => 3,
            IdentifierKind::Device => 4,
            IdentifierKind::AnonymousId => 5,
            IdentifierKind::Custom(name) => {
                let index = self.custom_kinds.iter().position(|known| known == name).unwrap_or_else(|| {
                    self.custom_kinds.push(name.clone());
                    self.custom_kinds.len() - 1
                });
                FIRST_CUSTOM_KIND.saturating_add(u8::try_from(index).unwrap_or(u8::MAX)).min(u8::MAX - 1)
            }
        }
    }

    /// Records a merge. The nodes that have another customer by it are appended to `moved`.
    pub fn merge(&mut self, merge: &IdentityMerge, moved: &mut Vec<Reassignment>) {
        let (a, b) = (merge.a.0, merge.b.0);
        let is_undone = merge.undone_at.is_some();
        self.merges.insert(merge.id.0, Edge { a, b, is_undone });
        for node in [a, b] {
            self.edges.entry(node).or_default().push(merge.id.0);
        }
        if is_undone {
            self.undone_pairs.insert(pair(a, b));
            return;
        }
        self.undone_pairs.remove(&pair(a, b));
        self.connect(a, b, moved);
    }

    fn connect(&mut self, a: u64, b: u64, moved: &mut Vec<Reassignment>) {
        let (left, right) = (self.customer_of(a), self.customer_of(b));
        if left == right {
            return;
        }
        let (to, from) = (left.min(right), left.max(right));
        let joined = self.members.remove(&from).unwrap_or_else(|| vec![from]);
        for node in &joined {
            self.customers.insert(*node, to);
            moved.push(Reassignment { node: *node, from, to });
        }
        self.members.entry(to).or_insert_with(|| vec![to]).extend(joined);
    }

    /// The parts into which a customer falls without a merge; one part when other merges still hold it together.
    pub fn parts_without(&self, merge: MergeId) -> Option<Vec<Vec<u64>>> {
        let edge = self.merges.get(&merge.0).filter(|edge| !edge.is_undone)?;
        let members = self.members_of(self.customer_of(edge.a));
        Some(self.connected_parts(&members, Some(merge.0)))
    }

    fn connected_parts(&self, members: &[u64], without: Option<u64>) -> Vec<Vec<u64>> {
        let mut seen = FxHashSet::default();
        let mut parts = Vec::new();
        for start in members {
            if !seen.insert(*start) {
                continue;
            }
            let mut part = vec![*start];
            let mut next = 0;
            while let Some(node) = part.get(next).copied() {
                next += 1;
                for id in self.edges.get(&node).map_or(&[][..], |ids| ids) {
                    let Some(edge) = self.merges.get(id) else { continue };
                    if edge.is_undone || without == Some(*id) {
                        continue;
                    }
                    let other = if edge.a == node { edge.b } else { edge.a };
                    if seen.insert(other) {
                        part.push(other);
                    }
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }

    /// Undoes a merge. The nodes that have another customer by it are appended to `moved`.
    pub fn undo(&mut self, merge: MergeId, moved: &mut Vec<Reassignment>) {
        let Some(edge) = self.merges.get_mut(&merge.0) else { return };
        if edge.is_undone {
            return;
        }
        edge.is_undone = true;
        let (a, b) = (edge.a, edge.b);
        self.undone_pairs.insert(pair(a, b));
        let from = self.customer_of(a);
        let members = self.members_of(from);
        let parts = self.connected_parts(&members, None);
        if parts.len() < 2 {
            return;
        }
        self.members.remove(&from);
        for part in parts {
            let to = part[0];
            for node in &part {
                if *node == to {
                    self.customers.remove(node);
                } else {
                    self.customers.insert(*node, to);
                }
                if to != from {
                    moved.push(Reassignment { node: *node, from, to });
                }
            }
            if part.len() > 1 {
                self.members.insert(to, part);
            }
        }
    }

    pub fn is_active(&self, merge: MergeId) -> Option<bool> {
        self.merges.get(&merge.0).map(|edge| !edge.is_undone)
    }

    pub fn ends_of(&self, merge: MergeId) -> Option<(NodeId, NodeId)> {
        self.merges.get(&merge.0).map(|edge| (NodeId(edge.a), NodeId(edge.b)))
    }
}

fn pair(a: u64, b: u64) -> (u64, u64) {
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests;
