//! Who somebody is, and what of the customers they see.

use std::sync::Arc;

use domain::people::Role;
use domain::ports::Scope;
use domain::{KeyId, SessionId, UserId};

use super::permissions::Rule;

/// Whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name of the key, which is the source of the events that come with it, or the e-mail of the person.
    pub name: String,
    pub holder: Holder,
    /// The channel of events that say none.
    pub channel: Option<String>,
    /// The unit of the key: for one that collects, of events that say none; whoever reads with it, and a person who is bound
    /// to one, sees only what lies below.
    pub unit: Option<String>,
}

/// What somebody shows at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The owner of the data directory, on the machine itself.
    DataDirectory,
    Key {
        id: KeyId,
        scope: Scope,
    },
    Person {
        user: UserId,
        role: Role,
        session: SessionId,
    },
}

impl Identity {
    /// How commands on a data directory appear in the audit.
    pub const OWNER: &'static str = "command line";

    pub(super) fn owner() -> Identity {
        Identity { name: Identity::OWNER.to_owned(), holder: Holder::DataDirectory, channel: None, unit: None }
    }

    /// The installation itself, for what it does without anybody asking.
    pub(crate) fn installation() -> Identity {
        Identity { name: "vivencia".to_owned(), holder: Holder::DataDirectory, channel: None, unit: None }
    }

    /// Whether what somebody shows opens a permission, to whatever they see.
    pub fn may(&self, rule: &Rule) -> bool {
        match self.holder {
            Holder::DataDirectory => true,
            Holder::Key { scope, .. } => rule.scopes.contains(&scope),
            Holder::Person { role, .. } => rule.roles.contains(&role),
        }
    }

    /// The unit that this identity is bound to. What a key that collects may do does not depend on its unit.
    pub fn bound_to(&self) -> Option<&str> {
        let collects = matches!(self.holder, Holder::Key { scope: Scope::Collect, .. });
        self.unit.as_deref().filter(|_| !collects)
    }

    /// What of the customers this identity sees.
    pub fn sight(&self) -> Sight {
        match self.bound_to() {
            None => Sight::Everything,
            Some(unit) => Sight::Below(unit.into()),
        }
    }
}

/// What of the customers somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    Everything,
    /// Customers with an event below this unit; of their events those below it and those without unit; nothing that tells
    /// who they are.
    Below(Arc<str>),
}
