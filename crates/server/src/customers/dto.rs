//! What goes over the wire about customers.

use domain::CustomerId;
use domain::money::{Currency, currency_text};
use domain::ports::{CustomerPart, IdentityMerge, IdentityPreview, NewIdentifier, Trait};
use domain::time::format_instant;
use events::names::Names;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rows::CustomerRow;
use super::search::CustomerPage;
use super::service::{CustomerView, MergeView};
use super::value::{Amounts, CustomerValue, LeftOut};
use crate::finding::FindingDto;
use crate::journeys::ChannelDto;

/// A key by which a customer is known.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Identifier)]
pub struct IdentifierDto {
    #[schema(example = "email")]
    pub kind: String,
    pub value: String,
    /// The point of the identity graph that it is.
    #[schema(example = "nod_17")]
    pub node: String,
    pub seen_at: String,
}

impl From<NewIdentifier> for IdentifierDto {
    fn from(known: NewIdentifier) -> Self {
        IdentifierDto {
            kind: known.identifier.kind.to_string(),
            value: known.identifier.value,
            node: known.node.to_string(),
            seen_at: format_instant(known.seen_at),
        }
    }
}

/// A customer in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerRow)]
pub struct CustomerRowDto {
    #[schema(example = "cus_17")]
    pub id: String,
    /// From the traits; none when no trait is a name, or for a key bound to a unit.
    pub name: Option<String>,
    /// A few, the most telling first; none for a key bound to a unit.
    pub identifiers: Vec<IdentifierDto>,
    /// Over all time.
    pub activities: u64,
    pub first_activity_at: Option<String>,
    pub last_activity_at: Option<String>,
}

impl From<CustomerRow> for CustomerRowDto {
    fn from(row: CustomerRow) -> Self {
        CustomerRowDto {
            id: row.id.to_string(),
            name: row.name,
            identifiers: row.identifiers.into_iter().map(Into::into).collect(),
            activities: row.activities,
            first_activity_at: row.first_activity_at.map(format_instant),
            last_activity_at: row.last_activity_at.map(format_instant),
        }
    }
}

/// Customers of a list or of a search.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Customers)]
pub struct CustomersDto {
    /// Of a list those first who were known last, of a search the best first.
    pub customers: Vec<CustomerRowDto>,
    /// What to send as `after` to go on; none at the end.
    pub next: Option<String>,
    /// Whether so many fit the search that only a part of them was looked at: say more of the name.
    pub is_partial: bool,
}

impl From<CustomerPage> for CustomersDto {
    fn from(page: CustomerPage) -> Self {
        CustomersDto {
            customers: page.customers.into_iter().map(Into::into).collect(),
            next: page.next,
            is_partial: page.is_partial,
        }
    }
}

/// A fact about a customer with where and when it was learnt.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Trait)]
pub struct TraitDto {
    pub name: String,
    pub value: serde_json::Value,
    pub source: String,
    pub seen_at: String,
}

impl TraitDto {
    pub fn new(known: Trait, source: String) -> TraitDto {
        TraitDto {
            name: known.name,
            value: serde_json::from_str(&known.value).unwrap_or(serde_json::Value::String(known.value)),
            source,
            seen_at: format_instant(known.seen_at),
        }
    }
}

/// A recorded merge with its evidence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Merge)]
pub struct MergeDto {
    #[schema(example = "mrg_3")]
    pub id: String,
    pub nodes: Vec<String>,
    /// The identifiers that the two nodes are; only where a customer is shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<IdentifierDto>,
    /// `same_event`, `alias` or `manual`.
    pub rule: &'static str,
    /// The event that showed it.
    pub evidence: Option<String>,
    /// What that event was; only where a customer is shown who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_event: Option<EvidenceDto>,
    pub decided_by: String,
    pub merged_at: String,
    pub undone_at: Option<String>,
}

impl From<IdentityMerge> for MergeDto {
    fn from(merge: IdentityMerge) -> Self {
        MergeDto {
            id: merge.id.to_string(),
            nodes: vec![merge.a.to_string(), merge.b.to_string()],
            parts: Vec::new(),
            rule: merge.rule.as_str(),
            evidence: merge.evidence.map(|event| event.to_string()),
            evidence_event: None,
            decided_by: merge.decided_by,
            merged_at: format_instant(merge.merged_at),
            undone_at: merge.undone_at.map(format_instant),
        }
    }
}

impl MergeDto {
    pub fn of(view: MergeView, names: &Names) -> MergeDto {
        let evidence = view.evidence.map(|event| EvidenceDto {
            kind: event.kind.as_str(),
            activity: event.activity.map(|code| names.activities.name(u32::from(code)).to_owned()),
            occurred_at: format_instant(event.occurred_at),
            source: names.sources.name(u32::try_from(event.source.0).unwrap_or(u32::MAX)).to_owned(),
        });
        MergeDto {
            parts: view.parts.into_iter().map(Into::into).collect(),
            evidence_event: evidence,
            ..MergeDto::from(view.merge)
        }
    }
}

/// The event that showed that two are one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceDto {
    #[schema(example = "identify")]
    pub kind: &'static str,
    pub activity: Option<String>,
    pub occurred_at: String,
    pub source: String,
}

/// A customer with everything known beside the events.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Customer)]
pub struct CustomerDto {
    pub id: String,
    pub identifiers: Vec<IdentifierDto>,
    pub traits: Vec<TraitDto>,
    pub merges: Vec<MergeDto>,
    /// Of all kinds.
    pub events: u64,
    pub first_event_at: Option<String>,
    pub last_event_at: Option<String>,
    pub value: ValueDto,
}

/// What a customer is worth so far.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Value)]
pub struct ValueDto {
    /// Each currency for itself.
    pub by_currency: Vec<AmountsDto>,
    /// In the organisation's currency, each amount with the rate of its day; without what is left out.
    pub total: AmountsDto,
    /// Amounts for which no rate holds on their day, in their own currency.
    pub left_out: Vec<AmountsDto>,
    pub findings: Vec<FindingDto>,
}

/// Amounts of one currency, in its minor units.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Amounts)]
pub struct AmountsDto {
    #[schema(example = "EUR")]
    pub currency: String,
    pub revenue_minor: i64,
    pub refunds_minor: i64,
    pub cost_minor: i64,
    /// Revenue without refunds and cost.
    pub net_minor: i64,
    /// Events with an amount.
    pub events: u64,
}

impl AmountsDto {
    fn new(currency: &Currency, amounts: &Amounts) -> AmountsDto {
        AmountsDto {
            currency: currency_text(currency).to_owned(),
            revenue_minor: clamp(amounts.revenue),
            refunds_minor: clamp(amounts.refunds),
            cost_minor: clamp(amounts.cost),
            net_minor: clamp(amounts.net()),
            events: amounts.events,
        }
    }

    fn is_clamped(&self) -> bool {
        [self.revenue_minor, self.refunds_minor, self.cost_minor, self.net_minor]
            .iter()
            .any(|minor| [i64::MIN, i64::MAX].contains(minor))
    }
}

/// Sums beyond 64 bits are shown as the largest number there is, with a finding.
fn clamp(minor: i128) -> i64 {
    i64::try_from(minor).unwrap_or(if minor < 0 { i64::MIN } else { i64::MAX })
}

impl From<CustomerValue> for ValueDto {
    fn from(value: CustomerValue) -> ValueDto {
        let amounts = |(currency, amounts)| AmountsDto::new(currency, amounts);
        let left_out = |(currency, left_out): (&Currency, &LeftOut)| AmountsDto::new(currency, &left_out.amounts);
        let mut dto = ValueDto {
            by_currency: value.by_currency.iter().map(amounts).collect(),
            total: AmountsDto::new(&value.reporting, &value.total),
            left_out: value.left_out.iter().map(left_out).collect(),
            findings: Vec::new(),
        };
        let no_rate = |detail| FindingDto { code: "no_rate", detail };
        dto.findings.extend(value.findings().into_iter().map(no_rate));
        if dto.by_currency.iter().chain([&dto.total]).any(AmountsDto::is_clamped) {
            let detail = "some sums are larger than can be shown; check the amounts that the source sends".to_owned();
            dto.findings.push(FindingDto { code: "too_large", detail });
        }
        dto
    }
}

impl CustomerDto {
    pub fn new(view: CustomerView, names: &Names) -> CustomerDto {
        CustomerDto {
            id: view.id.to_string(),
            identifiers: view.identifiers.into_iter().map(Into::into).collect(),
            traits: view.traits.into_iter().map(|(known, source)| TraitDto::new(known, source)).collect(),
            merges: view.merges.into_iter().map(|merge| MergeDto::of(merge, names)).collect(),
            events: view.event_count,
            first_event_at: view.first_event_at.map(format_instant),
            last_event_at: view.last_event_at.map(format_instant),
            value: view.value.into(),
        }
    }
}

/// One event of a timeline.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelineEvent)]
pub struct TimelineEventDto {
    pub id: String,
    pub seq: u64,
    #[schema(example = "track")]
    pub kind: &'static str,
    pub activity: Option<String>,
    pub channel: Option<String>,
    pub unit: Option<String>,
    pub occurred_at: String,
    pub received_at: String,
    pub source: String,
    pub amount: Option<AmountDto>,
    pub objects: Vec<String>,
    /// What led to it, of what the same customer lived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<CauseDto>,
    pub properties: serde_json::Value,
}

/// An event that led to another one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cause)]
pub struct CauseDto {
    pub id: String,
    pub seq: u64,
    #[schema(example = "Order Completed")]
    pub activity: Option<String>,
    pub channel: Option<String>,
    pub occurred_at: String,
}

/// An exact amount in the minor unit of its currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Amount)]
pub struct AmountDto {
    pub minor: i64,
    pub currency: String,
    pub kind: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Timeline)]
pub struct TimelineDto {
    pub customer: String,
    /// In the order in which they happened, or the other way round.
    pub events: Vec<TimelineEventDto>,
    /// What to send as `after` to go on; none at the end.
    pub next: Option<String>,
    /// Events that fit, on whatever page.
    pub total: u64,
    /// Events of the customer by channel, whatever was asked for; those without channel are `(none)`, at the end.
    pub channels: Vec<ChannelDto>,
    /// Events of the customer by kind, whatever was asked for.
    pub kinds: Vec<KindDto>,
}

/// Events of a kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventKindCount)]
pub struct KindDto {
    #[schema(example = "track")]
    pub name: &'static str,
    pub events: u64,
}

/// Two customers that are one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeRequest {
    /// Two ids (`cus_17`), or values of identifiers that lead to one customer each.
    pub customers: Vec<String>,
}

/// A customer as part of a preview.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerPart)]
pub struct CustomerPartDto {
    pub customer: String,
    pub nodes: Vec<String>,
    pub events: u64,
}

impl From<CustomerPart> for CustomerPartDto {
    fn from(part: CustomerPart) -> Self {
        CustomerPartDto {
            customer: part.customer.to_string(),
            nodes: part.nodes.iter().map(ToString::to_string).collect(),
            events: part.events,
        }
    }
}

/// What a merge or its end changes, and the merge when it has been done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IdentityChange)]
pub struct IdentityChangeDto {
    /// Whether it has been done; false for a dry run.
    pub is_done: bool,
    pub before: Vec<CustomerPartDto>,
    pub after: Vec<CustomerPartDto>,
    pub merge: Option<MergeDto>,
    /// The customer that the two are now.
    pub customer: Option<String>,
}

impl IdentityChangeDto {
    pub fn preview(preview: IdentityPreview) -> IdentityChangeDto {
        IdentityChangeDto {
            is_done: false,
            before: preview.before.into_iter().map(Into::into).collect(),
            after: preview.after.into_iter().map(Into::into).collect(),
            merge: None,
            customer: None,
        }
    }

    pub fn done(
        preview: IdentityPreview,
        merge: Option<IdentityMerge>,
        customer: Option<CustomerId>,
    ) -> IdentityChangeDto {
        IdentityChangeDto {
            is_done: true,
            merge: merge.map(Into::into),
            customer: customer.map(|customer| customer.to_string()),
            ..IdentityChangeDto::preview(preview)
        }
    }
}
