//! Finding customers, what is known of them, and deciding who is who.

use std::collections::{BTreeMap, HashMap};

use domain::ports::{IdentityMerge, IdentityPreview, NewIdentifier, Trait};
use domain::{Code, CustomerId, Error, MergeId, NodeId, Result, StoredEvent};
use serde_json::json;

use super::value::{CustomerValue, compute_value};
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::organisation::find_organisation;
use crate::organisation::rates::find_rate_book;
use crate::sight::{seen_events, units_in};

/// A customer with everything known beside the events; traits with the names of their sources.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerView {
    pub id: CustomerId,
    pub identifiers: Vec<NewIdentifier>,
    pub traits: Vec<(Trait, String)>,
    pub merges: Vec<MergeView>,
    pub event_count: u64,
    pub first_event_at: Option<i64>,
    pub last_event_at: Option<i64>,
    pub value: CustomerValue,
}

/// A merge with what tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeView {
    pub merge: IdentityMerge,
    /// The identifiers that its two nodes are.
    pub parts: Vec<NewIdentifier>,
    /// The event that showed it.
    pub evidence: Option<StoredEvent>,
}

/// Customers that are known by a value: an identifier of any kind, or a customer's own id. Within a sight only an id finds
/// anybody, because what a customer is known by is not seen.
pub fn find_customers(app: &App, value: &str, sight: &Sight) -> Result<Vec<CustomerId>> {
    if value.trim().is_empty() || value.contains('\0') {
        return Err(Error::invalid("say what the customer is known by: an e-mail, a phone, a user id, or cus_…"));
    }
    app.log.sync_state()?;
    if *sight != Sight::Everything {
        let Ok(id) = value.parse::<CustomerId>() else {
            return Err(Error::new(
                Code::PermissionDenied,
                "whoever sees only one unit finds customers by their ids (cus_…) only",
            ));
        };
        return Ok(match see_customer(app, id, sight) {
            Ok((id, _)) => vec![id],
            Err(error) if error.code == Code::NotFound => Vec::new(),
            Err(error) => return Err(error),
        });
    }
    if let Ok(id) = value.parse::<CustomerId>() {
        return Ok(find_current(app, id).into_iter().collect());
    }
    let mut ids: Vec<CustomerId> =
        app.state.customers.find_identifiers(value)?.iter().map(|known| app.log.customer_of(known.node)).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The customer that an id names now: after a merge, the ids of both lead to the one.
pub(super) fn find_current(app: &App, id: CustomerId) -> Option<CustomerId> {
    let current = app.log.customer_of(NodeId(id.0));
    Some(current).filter(|current| !app.log.nodes_of(*current).is_empty())
}

fn resolve(app: &App, id: CustomerId) -> Result<CustomerId> {
    find_current(app, id).ok_or_else(|| no_customer(id))
}

fn no_customer(id: CustomerId) -> Error {
    Error::not_found(format!("there is no customer {id}"))
}

/// One customer by its id or by the value of an identifier that leads to only one.
fn resolve_reference(app: &App, reference: &str) -> Result<CustomerId> {
    if let Ok(id) = reference.parse() {
        return resolve(app, id);
    }
    let found = find_customers(app, reference, &Sight::Everything)?;
    match found.as_slice() {
        [] => Err(Error::not_found(format!("no customer is known by `{reference}`"))),
        [one] => Ok(*one),
        several => {
            let ids: Vec<_> = several.iter().map(ToString::to_string).collect();
            Err(Error::conflict(format!("`{reference}` leads to {}; name one of them", ids.join(", "))))
        }
    }
}

/// The customer that an id names now, with the events that are seen. Who has none of them within a sight is missing, like
/// one that there is not.
pub(super) fn see_customer(app: &App, asked: CustomerId, sight: &Sight) -> Result<(CustomerId, Vec<StoredEvent>)> {
    let id = resolve(app, asked)?;
    let events = app.log.list_events(id)?;
    let units = units_in(app, sight, &app.log.names())?;
    let events = seen_events(events, units.as_ref());
    if units.is_some() && events.is_empty() {
        return Err(no_customer(asked));
    }
    Ok((id, events))
}

pub fn show_customer(app: &App, id: CustomerId, sight: &Sight) -> Result<CustomerView> {
    app.log.sync_state()?;
    let (id, events) = see_customer(app, id, sight)?;
    let value = compute_value(&events, &find_rate_book(app)?, &find_organisation(app)?.calendar.time_zone)?;
    // Nothing that tells who somebody is within a sight.
    let nodes = if *sight == Sight::Everything { app.log.nodes_of(id) } else { Vec::new() };
    let names = app.log.names();
    let traits = app.state.customers.list_traits(&nodes)?;
    Ok(CustomerView {
        id,
        identifiers: app.state.customers.list_identifiers(&nodes)?,
        traits: traits
            .into_iter()
            .map(|known| {
                let source = names.sources.name(u32::try_from(known.source.0).unwrap_or(u32::MAX)).to_owned();
                (known, source)
            })
            .collect(),
        merges: view_merges(app, &nodes, &events)?,
        event_count: events.len() as u64,
        first_event_at: events.first().map(|event| event.occurred_at),
        last_event_at: events.last().map(|event| event.occurred_at),
        value,
    })
}

/// Merges that touch these nodes, with what tells of them: what their two nodes are, and the event that showed them where it
/// is one of `events`.
fn view_merges(app: &App, nodes: &[NodeId], events: &[StoredEvent]) -> Result<Vec<MergeView>> {
    let merges = app.state.customers.list_merges(nodes)?;
    // Of an undone merge one node is of another customer.
    let ends: Vec<NodeId> = merges.iter().flat_map(|merge| [merge.a, merge.b]).collect();
    let known: HashMap<NodeId, NewIdentifier> =
        app.state.customers.list_identifiers(&ends)?.into_iter().map(|known| (known.node, known)).collect();
    let view = |merge: IdentityMerge| MergeView {
        parts: [merge.a, merge.b].iter().filter_map(|node| known.get(node).cloned()).collect(),
        evidence: merge.evidence.and_then(|id| events.iter().find(|event| event.event_id == id)).cloned(),
        merge,
    };
    Ok(merges.into_iter().map(view).collect())
}

/// What merging would change, and the merge unless it is a dry run.
pub fn merge_customers(
    app: &App,
    references: &[String],
    is_dry_run: bool,
    by: &Identity,
) -> Result<(IdentityPreview, Option<(IdentityMerge, CustomerId)>)> {
    let [a, b] = references else {
        return Err(Error::invalid("a merge takes exactly two customers"));
    };
    let (a, b) = (resolve_reference(app, a)?, resolve_reference(app, b)?);
    if a == b {
        return Err(Error::conflict(format!("both are already the customer {a}")));
    }
    let preview = app.log.preview_merge(a, b)?;
    if is_dry_run {
        return Ok((preview, None));
    }
    let merge = app.log.merge(a, b, &by.name)?;
    let detail = json!({"customers": [a.to_string(), b.to_string()]});
    app.state.audit.record_audit(&app.audit_entry(by, "customer.merge", &merge.id.to_string(), detail))?;
    let customer = app.log.customer_of(merge.a);
    Ok((preview, Some((merge, customer))))
}

/// What the end of a merge would change; it is undone unless it is a dry run.
pub fn undo_merge(app: &App, merge: MergeId, is_dry_run: bool, by: &Identity) -> Result<IdentityPreview> {
    let preview = app.log.preview_unmerge(merge)?;
    if is_dry_run {
        return Ok(preview);
    }
    app.log.unmerge(merge, &by.name)?;
    let customers: BTreeMap<String, u64> =
        preview.after.iter().map(|part| (part.customer.to_string(), part.events)).collect();
    let detail = json!({"customers": customers});
    app.state.audit.record_audit(&app.audit_entry(by, "customer.unmerge", &merge.to_string(), detail))?;
    Ok(preview)
}
