//! Listening: surveys, who is invited to them, the page that asks, what becomes of the answers, and the scores that they come
//! to.

pub(crate) mod comments;
mod dto;
mod events;
mod page;
mod public;
pub(crate) mod routes;
pub(crate) mod scores;
mod service;

use axum::Router;

pub(crate) use self::events::SurveyEvent;
pub(crate) use self::page::{Html, words};
pub(crate) use self::public::{Pace, piped_of, start_of_day};
pub(crate) use self::service::read_kept;

use crate::app::App;

/// The routes of this capability: those for the people of the organisation, and the page for customers.
pub fn routes() -> Router<App> {
    routes::routes().merge(scores::routes()).merge(comments::routes()).merge(public::routes())
}
