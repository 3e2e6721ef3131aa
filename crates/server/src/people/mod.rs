//! The people who use the installation: the first one, invitations, sign-in, what each may do, and their sessions.

mod dto;
pub(crate) mod links;
mod passwords;
pub(crate) mod routes;
mod service;
pub(crate) mod session;
pub(crate) mod setup;
mod throttle;

use axum::Router;

pub use passwords::Passwords;
pub use setup::Setup;
pub use throttle::{Peer, Throttle, too_many};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new().merge(routes::routes()).merge(session::routes()).merge(links::routes()).merge(setup::routes())
}
