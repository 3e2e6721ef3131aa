//! Listening: surveys, who is invited to them, the page that asks, what becomes of the answers, the scores that they come
//! to, what happened meanwhile, and what moves them.

pub(crate) mod annotations;
mod check;
pub(crate) mod comments;
pub(crate) mod drivers;
mod dto;
mod events;
pub(crate) mod metrics;
mod page;
pub(crate) mod planning;
mod public;
mod qr;
pub(crate) mod response;
pub(crate) mod routes;
pub(crate) mod scores;
mod service;
pub(crate) mod topics;

use axum::Router;

pub(crate) use self::comments::{KeptComments, understand};
pub(crate) use self::events::SurveyEvent;
pub(crate) use self::page::{Html, words};
pub(crate) use self::public::{Pace, piped_of, start_of_day};
pub(crate) use self::service::{SURVEY as CONTACT_FOR_SURVEYS, read_kept};
pub(crate) use self::topics::{KnownTopics, Topics};

use crate::app::App;

/// The routes of this capability: those for the people of the organisation, and the page for customers.
pub fn routes() -> Router<App> {
    routes::routes()
        .merge(metrics::routes())
        .merge(scores::routes())
        .merge(annotations::routes())
        .merge(response::routes())
        .merge(drivers::routes())
        .merge(comments::routes::routes())
        .merge(topics::routes::routes())
        .merge(planning::routes::routes())
        .merge(public::routes())
}

/// Does what is due by now: invites whom surveys want, and notes whose answers were begun and left. The server does so every few
/// seconds. Blocks.
pub fn do_due(app: &App) -> domain::Result<()> {
    planning::plan_and_invite(app)?;
    public::note_abandoned(app)
}
