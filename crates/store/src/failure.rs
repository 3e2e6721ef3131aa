//! What a failure of a database means to the caller.

use domain::Error;
use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

use crate::backend;

/// `attempt` completes the sentence "could not …".
pub(crate) fn failure(attempt: &str, cause: sqlx::Error) -> Error {
    let error = match &cause {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => {
            Error::unavailable(format!("could not {attempt}: the database of the state does not answer; try again"))
        }
        sqlx::Error::Database(refusal) => match (damage_in(refusal.as_ref()), passing_reason(refusal.as_ref())) {
            (Some(damage), _) => Error::internal(format!("could not {attempt}: {damage}")),
            (None, Some(reason)) => Error::unavailable(format!("could not {attempt}: {reason}; try again")),
            (None, None) => Error::internal(format!("could not {attempt}")),
        },
        _ => Error::internal(format!("could not {attempt}")),
    };
    error.caused_by(cause)
}

/// Which page of which file is not what was written, if that is why the database refuses.
pub(crate) fn damage_in(refusal: &dyn DatabaseError) -> Option<String> {
    let is_damage =
        refusal.code()?.parse() == Ok(backend::DAMAGED) && refusal.try_downcast_ref::<PgDatabaseError>().is_none();
    backend::last_damage().filter(|_| is_damage)
}

/// Why the database refuses now what it may accept later.
fn passing_reason(refusal: &dyn DatabaseError) -> Option<&'static str> {
    let code = refusal.code()?;
    if refusal.try_downcast_ref::<PgDatabaseError>().is_some() {
        return match &code[..code.len().min(2)] {
            "08" => Some("the connection to PostgreSQL failed"),
            "40" => Some("another transaction was in the way"),
            "53" => Some("PostgreSQL has no disk, memory or connections left"),
            "57" => Some("PostgreSQL is stopping"),
            _ => None,
        };
    }
    // The lower byte of an extended code of SQLite is the kind of failure.
    match code.parse::<u32>().ok()? & 0xff {
        5 | 6 => Some("another process uses the database"),
        10 => Some("the disk of the state failed"),
        13 => Some("the disk of the state is full"),
        _ => None,
    }
}
