//! Everything that comes in and goes out as events: the Segment clients, files, exports, the ledger of what became of
//! each event, and the keys that open the door.

mod body;
mod cors;
pub(crate) mod exports;
pub(crate) mod freshness;
pub(crate) mod imports;
pub(crate) mod keys;
pub(crate) mod ledger;
pub(crate) mod live;
pub(crate) mod segment;

pub use body::BodyBudget;
pub(crate) use freshness::list_sources;
pub(crate) use live::Watchers;

use axum::Router;

use crate::app::App;

/// The routes of this capability; those of the Segment clients also below `prefix`.
pub fn routes(prefix: &str) -> Router<App> {
    let mut routes = Router::new()
        .merge(segment::routes::routes(""))
        .merge(imports::routes::routes())
        .merge(exports::routes::routes())
        .merge(ledger::routes::routes())
        .merge(live::routes::routes())
        .merge(freshness::routes())
        .merge(keys::routes::routes());
    let prefix = prefix.trim_end_matches('/');
    if !prefix.is_empty() {
        routes = routes.merge(segment::routes::routes(prefix));
    }
    routes
}
