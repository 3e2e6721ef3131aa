//! The HTTP interface of one installation: collection, customers, journeys, listening, organisation, people.
//!
//! An [`App`] is an opened data directory. [`router`] answers requests from it, in the same process or through [`serve`]
//! over the network; the command line uses both, so there is one way to do each thing.
//!
//! One folder a capability: `routes.rs` extracts, authorises, calls and answers; `service.rs` holds the use cases and knows
//! no HTTP; `dto.rs` is what goes over the wire.
#![forbid(unsafe_code)]

mod answer;
mod app;
mod auth;
pub mod collect;
mod console;
pub mod customers;
mod data_dir;
mod error;
mod extract;
mod finding;
mod home;
pub mod journeys;
mod kept_name;
mod listen;
mod listening;
mod mail;
mod nearest;
mod openapi;
pub mod organisation;
mod outbox;
mod people;
mod pieces;
pub mod questions;
mod reference;
mod secret;
pub mod segments;
mod settings;
mod sight;
mod spreadsheet;
mod telemetry;
mod waiting;

pub use app::{App, State, SystemClock};
pub use data_dir::{DataDir, FORMAT, RunningServer, find_server};
pub use listen::{check_address, serve};
pub use listening::do_due;
pub use mail::{MailSettings, Security, SmtpServer, parse_mailbox, send_due};
pub use openapi::document as openapi_document;
pub use settings::{Settings, parse_public_url};

use axum::Router;
use axum::middleware::from_fn_with_state;

/// Everything that this installation answers.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(collect::routes(&app.settings.collect_prefix))
        .merge(customers::routes())
        .merge(journeys::routes())
        .merge(organisation::routes())
        .merge(questions::routes())
        .merge(segments::routes())
        .merge(listening::routes())
        .merge(mail::routes())
        .merge(people::routes())
        .merge(openapi::routes())
        .merge(reference::routes())
        .merge(telemetry::routes())
        .fallback(console::find)
        .method_not_allowed_fallback(answer::no_such_method)
        .layer(from_fn_with_state(app.clone(), answer::finish))
        .with_state(app)
}
