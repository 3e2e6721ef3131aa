//! What activities mean before anyone says so: the names of the e-commerce, chat and e-mail vocabularies.

use domain::ports::{ActivityEntry, ActivityRole};

struct Default {
    name: &'static str,
    role: ActivityRole,
    wait_property: Option<&'static str>,
    reason_property: Option<&'static str>,
}

const fn role(name: &'static str, role: ActivityRole) -> Default {
    Default { name, role, wait_property: None, reason_property: None }
}

const fn because(name: &'static str, role: ActivityRole, reason: &'static str) -> Default {
    Default { name, role, wait_property: None, reason_property: Some(reason) }
}

const fn wait(name: &'static str, property: &'static str) -> Default {
    Default { name, role: ActivityRole::Wait, wait_property: Some(property), reason_property: None }
}

const DEFAULTS: [Default; 24] = [
    role("Order Completed", ActivityRole::Purchase),
    because("Order Refunded", ActivityRole::Refund, "reason"),
    because("Order Cancelled", ActivityRole::Refusal, "reason"),
    because("Coupon Denied", ActivityRole::Error, "reason"),
    because("Payment Failed", ActivityRole::Error, "reason"),
    because("Payment Declined", ActivityRole::Error, "reason"),
    role("Live Chat Conversation Started", ActivityRole::Contact),
    role("Live Chat Message Sent", ActivityRole::Contact),
    role("Email Bounced", ActivityRole::Error),
    role("Email Marked as Spam", ActivityRole::Refusal),
    role("Unsubscribed", ActivityRole::Refusal),
    because("Call Started", ActivityRole::Contact, "reason"),
    because("Call Received", ActivityRole::Contact, "reason"),
    role("WhatsApp Message Received", ActivityRole::Contact),
    because("Complaint Filed", ActivityRole::Contact, "reason"),
    because("Support Requested", ActivityRole::Contact, "reason"),
    wait("Waited", "wait_s"),
    wait("Wait Ended", "wait_s"),
    wait("Call Queued", "wait_s"),
    because("Error Shown", ActivityRole::Error, "reason"),
    because("Application Crashed", ActivityRole::Error, "reason"),
    because("Offer Refused", ActivityRole::Refusal, "reason"),
    because("Subscription Cancelled", ActivityRole::Refusal, "reason"),
    because("Delivery Failed", ActivityRole::Error, "reason"),
];

/// What an activity of this name means when nobody has said.
pub fn default_entry(name: &str) -> Option<ActivityEntry> {
    let found = DEFAULTS.iter().find(|default| default.name == name)?;
    Some(ActivityEntry {
        name: name.to_owned(),
        role: Some(found.role),
        wait_property: found.wait_property.map(str::to_owned),
        reason_property: found.reason_property.map(str::to_owned),
        alias_of: None,
    })
}
