//! Where the state is, as the configuration writes it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use domain::{Error, Result};

/// Address of a state: `sqlite:/path/state.db` or `postgres://user:password@host/database`.
#[derive(Clone, PartialEq, Eq)]
pub enum StateUrl {
    /// A file of SQLite, made when it is not there. Its folder must exist.
    Sqlite(PathBuf),
    /// A database of PostgreSQL, as the whole URL.
    Postgres(String),
}

impl StateUrl {
    /// A file of SQLite, whatever characters its path has.
    pub fn file(path: impl AsRef<Path>) -> StateUrl {
        StateUrl::Sqlite(path.as_ref().to_owned())
    }
}

impl FromStr for StateUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<StateUrl> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(StateUrl::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:") {
            Some(rest) => {
                let path = rest.strip_prefix("//").unwrap_or(rest);
                match path {
                    "" | ":memory:" => Err(Error::invalid(format!(
                        "`{text}` names no file; write sqlite: and the path of the state, such as sqlite:/var/lib/vivencia/state.db"
                    ))),
                    path => Ok(StateUrl::file(path)),
                }
            }
            // The text is not repeated: it may hold a password.
            None => Err(Error::invalid(
                "the address of the state must start with sqlite: or postgres://, such as sqlite:/var/lib/vivencia/state.db \
                 or postgres://user@host/database",
            )),
        }
    }
}

/// Without user and password, so that it may go to a log.
impl fmt::Display for StateUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StateUrl::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            StateUrl::Postgres(url) => {
                let address = url.split_once("://").map_or("", |(_, rest)| rest);
                let address = address.split(['?', '#']).next().unwrap_or("");
                let address = address.rsplit_once('@').map_or(address, |(_, host)| host);
                write!(f, "postgres://{address}")
            }
        }
    }
}

impl fmt::Debug for StateUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StateUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_as_it_is() {
        for (text, path) in [
            ("sqlite:/var/lib/state.db", "/var/lib/state.db"),
            ("sqlite:///var/lib/state.db", "/var/lib/state.db"),
            ("sqlite:state.db", "state.db"),
            ("sqlite:/with space/100%?.db", "/with space/100%?.db"),
        ] {
            assert_eq!(text.parse::<StateUrl>().unwrap(), StateUrl::file(path));
        }
    }

    #[test]
    fn another_kind_of_address_is_refused_with_what_to_write() {
        for text in ["", "state.db", "mysql://root:secret@host/db", "sqlite:", "sqlite::memory:"] {
            let message = text.parse::<StateUrl>().unwrap_err().to_string();
            assert!(message.contains("sqlite:/var/lib/vivencia/state.db"), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let url: StateUrl = "postgres://ana:s3cr@t@db.example:5432/vivencia?password=s3cret".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://db.example:5432/vivencia");
        assert_eq!(format!("{url:?}"), "StateUrl(postgres://db.example:5432/vivencia)");
    }
}
