//! The one table of who may do what: each permission with the scopes of keys and the roles of people that have it.

use domain::people::Role::{self, Analyst, Owner, ShopManager};
use domain::ports::Scope::{self, Admin, Collect, Read};

/// Who has a permission.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// As the interface calls it.
    pub name: &'static str,
    pub scopes: &'static [Scope],
    pub roles: &'static [Role],
    /// Whether those who are bound to a unit have it too, within their sight.
    pub is_within_sight: bool,
}

/// Something that not everybody may do.
pub trait Permission: Send + Sync + 'static {
    const RULE: Rule;
}

/// Permissions that somebody bound to a unit may have, for routes that answer within their sight.
pub trait WithinSight: Permission {}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal, keys $scopes:tt, roles $roles:tt, $reach:ident;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;
            impl Permission for $name {
                const RULE: Rule = Rule {
                    name: $text,
                    scopes: &$scopes,
                    roles: &$roles,
                    is_within_sight: permissions!(@is_within_sight $reach),
                };
            }
            permissions!(@$reach $name);
        )*

        /// All there are.
        pub const ALL: &[Rule] = &[$(<$name as Permission>::RULE),*];
    };
    (@is_within_sight sight) => { true };
    (@is_within_sight whole) => { false };
    (@sight $name:ident) => { impl WithinSight for $name {} };
    (@whole $name:ident) => {};
}

permissions! {
    /// Bring events in, by client or by file.
    CollectEvents = "collect_events", keys [Collect, Admin], roles [Owner], whole;
    /// Read events and their counts.
    ReadEvents = "read_events", keys [Read, Admin], roles [Owner, Analyst], whole;
    /// Take identifiers and personal values out, see what arrived byte for byte.
    ReadPersonalData = "read_personal_data", keys [Admin], roles [Owner], whole;
    /// Read what a customer lived and is known by.
    ReadCustomers = "read_customers", keys [Read, Admin], roles [Owner, Analyst, ShopManager], sight;
    /// Ask questions about journeys.
    ReadJourneys = "read_journeys", keys [Read, Admin], roles [Owner, Analyst, ShopManager], sight;
    /// Keep questions about journeys for everybody, change and delete them.
    SaveQuestions = "save_questions", keys [Admin], roles [Owner, Analyst], whole;
    /// Read surveys and what was answered to them.
    ReadSurveys = "read_surveys", keys [Read, Admin], roles [Owner, Analyst], whole;
    /// Make surveys, change, open and close them, and invite people to them.
    ManageSurveys = "manage_surveys", keys [Admin], roles [Owner, Analyst], whole;
    /// Define metrics, and enter what happened to the company.
    ManageScores = "manage_scores", keys [Admin], roles [Owner, Analyst], whole;
    /// Change the topics that comments are read by.
    ManageTopics = "manage_topics", keys [Admin], roles [Owner, Analyst], whole;
    /// See who is not written to, let somebody be written to again, hand in messages that came back, try mail out.
    ManageMail = "manage_mail", keys [Admin], roles [Owner], whole;
    /// Read settings and the activity catalogue.
    ReadOrganisation = "read_organisation", keys [Read, Admin], roles [Owner, Analyst, ShopManager], sight;
    /// Read dead letters again, verify files.
    ManageEvents = "manage_events", keys [Admin], roles [Owner], whole;
    /// Merge and un-merge customers.
    ManageCustomers = "manage_customers", keys [Admin], roles [Owner], whole;
    /// Make and revoke keys.
    ManageKeys = "manage_keys", keys [Admin], roles [Owner], whole;
    /// Invite people, say what they may see, disable them.
    ManagePeople = "manage_people", keys [Admin], roles [Owner], whole;
    /// Change settings and the activity catalogue, read the audit.
    ManageOrganisation = "manage_organisation", keys [Admin], roles [Owner], whole;
    /// Read the numbers of the server about itself.
    ReadTelemetry = "read_telemetry", keys [Admin], roles [Owner], whole;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_and_admin_keys_may_do_everything() {
        for rule in ALL {
            assert!(rule.roles.contains(&Owner) && rule.scopes.contains(&Admin), "{}", rule.name);
        }
    }

    #[test]
    fn shop_managers_have_only_what_keeps_to_their_sight() {
        for rule in ALL {
            assert_eq!(rule.roles.contains(&ShopManager), rule.is_within_sight, "{}", rule.name);
        }
    }
}
