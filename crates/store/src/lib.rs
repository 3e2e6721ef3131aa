//! The state on SQLite and PostgreSQL: one SQL text for both, behind the ports of `domain`.
//!
//! [`Store`] implements `EventState`, `CustomerStore`, `CustomerNames`, `KeyStore`, `AuditLog`, `OrganisationStore`, `UnitStore`,
//! `RateStore`, `PeopleStore`, `ActivityCatalogue`, `AnnotationStore`, `MetricStore`, `SurveyStore`, `ContactLedger`, `InvitationPlans`, `MailStore`,
//! `ContactRefusals` and `Outbox`. It has one writing connection and several that read beside it, on either
//! `RateStore`, `PeopleStore`, `ActivityCatalogue`, `SurveyStore`, `ContactLedger`, `InvitationPlans`, `MailStore`,
//! `ContactRefusals`, `TopicStore` and `Outbox`. It has one writing connection and several that read beside it, on either
//! database. Not for events: those live in the files of the event log, of which this is a projection.
//!
//! What keeps one text enough for two databases is written down in `tests/it/lint.rs`, which checks it.
#![deny(unsafe_code)]

mod activities;
mod annotations;
mod anonymous;
mod audit;
mod backend;
mod contacts;
mod customer_names;
mod customers;
mod event_state;
mod failure;
mod index_key;
mod keys;
mod mail;
mod metrics;
mod organisation;
mod outbox;
mod people;
mod questions;
mod rates;
mod refusals;
mod schema;
mod segments;
mod sql;
mod store;
mod surveys;
mod topics;
mod units;
mod url;

pub use store::Store;
pub use url::StateUrl;
