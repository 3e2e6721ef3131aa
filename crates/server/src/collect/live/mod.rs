//! What arrives, as it arrives: server-sent events for whoever watches.
//!
//! Nothing at intake knows of it. A watcher looks at the log a few times a second and tells what is new since it looked last, so
//! that nobody waits for a slow reader, who only sees less of what was in between.

mod dto;
pub(crate) mod routes;
mod watch;

pub(crate) use watch::Watchers;
