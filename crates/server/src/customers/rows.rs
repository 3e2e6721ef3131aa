//! Customers as rows of a list: what they are called, a few identifiers, and when they were active.

use std::collections::HashMap;

use domain::customer_name::compose_name;
use domain::ports::{NewIdentifier, Trait};
use domain::{CustomerId, IdentifierKind, NodeId, Result};
use events::Timeline;
use journey::{LivedJourney, Operator, Step, UnitSet, below, run};
use serde::{Deserialize, Serialize};

use crate::app::App;

/// Identifiers that a row of a page shows.
pub const SHOWN_IDENTIFIERS: usize = 4;

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: Option<String>,
    /// The most telling first.
    pub identifiers: Vec<NewIdentifier>,
    pub activities: u64,
    pub first_activity_at: Option<i64>,
    pub last_activity_at: Option<i64>,
}

/// Rows of these customers, in their order. `units` are those that whoever asks is limited to: then nothing tells who the
/// customers are, and only the activities that are seen are counted. Each row has at most so many identifiers.
pub fn list_rows(
    app: &App,
    timeline: &Timeline,
    units: Option<&UnitSet>,
    customers: &[CustomerId],
    most_identifiers: usize,
) -> Result<Vec<CustomerRow>> {
    let ids: Vec<u64> = customers.iter().map(|customer| customer.0).collect();
    let chosen = timeline.only(&ids);
    let spans = match units {
        Some(units) => run(Spans, &below(&chosen, units), 1)?,
        None => run(Spans, &chosen, 1)?,
    };
    let mut known = if units.is_some() { HashMap::new() } else { list_known(app, customers)? };
    Ok(customers
        .iter()
        .map(|id| {
            let span = spans.get(&id.0);
            let known = known.remove(id).unwrap_or_default();
            CustomerRow {
                id: *id,
                name: compose_name(&known.names),
                identifiers: most_telling(known.identifiers, most_identifiers),
                activities: span.map_or(0, |span| span.activities),
                first_activity_at: span.map(|span| span.first_at),
                last_activity_at: span.map(|span| span.last_at),
            }
        })
        .collect())
}

#[derive(Default)]
struct Known {
    identifiers: Vec<NewIdentifier>,
    names: Vec<Trait>,
}

fn list_known(app: &App, customers: &[CustomerId]) -> Result<HashMap<CustomerId, Known>> {
    let mut customer_of: HashMap<NodeId, CustomerId> = HashMap::new();
    for customer in customers {
        customer_of.extend(app.log.nodes_of(*customer).into_iter().map(|node| (node, *customer)));
    }
    let nodes: Vec<NodeId> = customer_of.keys().copied().collect();
    let mut all: HashMap<CustomerId, Known> = HashMap::new();
    for identifier in app.state.customers.list_identifiers(&nodes)? {
        if let Some(customer) = customer_of.get(&identifier.node) {
            all.entry(*customer).or_default().identifiers.push(identifier);
        }
    }
    for (node, name) in app.state.customers.list_name_traits(&nodes)? {
        if let Some(customer) = customer_of.get(&node) {
            all.entry(*customer).or_default().names.push(name);
        }
    }
    Ok(all)
}

/// The first identifiers: what people call a customer by before what only machines know.
fn most_telling(mut identifiers: Vec<NewIdentifier>, most: usize) -> Vec<NewIdentifier> {
    identifiers.sort_by_key(|known| {
        let telling = match known.identifier.kind {
            IdentifierKind::UserId => 0,
            IdentifierKind::Email => 1,
            IdentifierKind::Phone => 2,
            IdentifierKind::LoyaltyCard => 3,
            IdentifierKind::Custom(_) => 4,
            IdentifierKind::Device => 5,
            IdentifierKind::AnonymousId => 6,
        };
        (telling, known.node)
    });
    identifiers.truncate(most);
    identifiers
}

/// When customers were active, by id. Only for as many customers as a list holds.
struct Spans;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Span {
    activities: u64,
    first_at: i64,
    last_at: i64,
}

impl Operator for Spans {
    type Partial = HashMap<u64, Span>;
    type Output = HashMap<u64, Span>;

    fn start(&self) -> HashMap<u64, Span> {
        HashMap::new()
    }

    fn fold(&self, spans: &mut HashMap<u64, Span>, customer: LivedJourney<'_>) {
        if let (Some(&first_at), Some(&last_at)) = (customer.occurred_at.first(), customer.occurred_at.last()) {
            spans.insert(customer.customer, Span { activities: customer.len() as u64, first_at, last_at });
        }
    }

    fn merge(&self, into: &mut HashMap<u64, Span>, from: HashMap<u64, Span>) {
        into.extend(from);
    }

    fn finish(self, spans: HashMap<u64, Span>) -> Step<Self> {
        Step::Done(spans)
    }
}
