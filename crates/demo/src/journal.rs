//! The events of one customer as Segment-compatible lines: who sent them, from where, with which context.

use std::fmt;

use crate::calendar::Calendar;
use crate::comments::Comment;
use crate::company::Company;
use crate::json::Object;
use crate::people::Person;
use crate::random::fingerprint;

/// Where an event came from: a channel, and what identifies the customer there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    /// One of the customer's browsers.
    Web(usize),
    /// The app, in this version.
    App(&'static str),
    Store,
    Kiosk,
    Delivery,
    WhatsApp,
    Phone,
    /// The telephone too, but written down by who serves, in the account and not under the number.
    Desk,
    Email,
    /// A question on the site, known by the account and not by the browser.
    Site,
    /// A link, on a receipt or in a message.
    Link,
}

impl Surface {
    pub(crate) fn channel(self) -> &'static str {
        match self {
            Surface::Web(_) | Surface::Site => "web",
            Surface::App(_) => "app",
            Surface::Store => "store",
            Surface::Kiosk => "kiosk",
            Surface::Delivery => "delivery",
            Surface::WhatsApp => "whatsapp",
            Surface::Phone | Surface::Desk => "phone",
            Surface::Email => "email",
            Surface::Link => "link",
        }
    }
}

/// The sender of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender {
    pub(crate) surface: Surface,
    /// Whether the event carries the user id.
    pub(crate) is_signed_in: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    Track(&'a str),
    Page(&'a str),
    Screen(&'a str),
}

/// A line and when it happened; `bytes` ends with a line feed.
#[derive(Clone, Copy, Debug)]
pub struct DemoEvent<'a> {
    /// UTC milliseconds.
    pub occurred_at: i64,
    pub line: &'a [u8],
}

struct Entry {
    at: i64,
    start: usize,
    end: usize,
}

/// What a customer wrote, in the event with this message id, and what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub message_id: String,
    pub comment: Comment,
}

/// All events of one customer.
pub struct Journal {
    lines: Vec<u8>,
    entries: Vec<Entry>,
    remarks: Vec<Remark>,
    is_identified: bool,
}

impl Journal {
    pub(crate) fn new() -> Journal {
        Journal { lines: Vec::new(), entries: Vec::new(), remarks: Vec::new(), is_identified: false }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether any event carries the user id.
    pub fn is_identified(&self) -> bool {
        self.is_identified
    }

    /// The events by time; those of one instant in the order in which they were lived.
    pub fn events(&self) -> impl Iterator<Item = DemoEvent<'_>> {
        self.entries.iter().map(|entry| DemoEvent { occurred_at: entry.at, line: &self.lines[entry.start..entry.end] })
    }

    /// The comments in order of time, with what was meant by them.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    pub(crate) fn keep(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    pub(crate) fn sort(&mut self) {
        self.entries.sort_by_key(|entry| (entry.at, entry.start));
    }
}

struct MessageId {
    seed_tag: u64,
    customer: u64,
    position: usize,
}

impl fmt::Display for MessageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}-{:07x}-{:05x}", self.seed_tag, self.customer, self.position)
    }
}

/// Writes into the journal of one customer.
pub(crate) struct Pen<'a> {
    pub(crate) company: &'a Company,
    pub(crate) person: &'a Person,
    pub(crate) journal: Journal,
}

impl Pen<'_> {
    /// Writes an event unless it falls outside the period, and says whether it did.
    pub(crate) fn write(
        &mut self,
        at: i64,
        sender: Sender,
        kind: Kind<'_>,
        properties: impl FnOnce(&mut Object<'_>),
    ) -> bool {
        let (type_name, key, name) = match kind {
            Kind::Track(name) => ("track", "event", name),
            Kind::Page(name) => ("page", "name", name),
            Kind::Screen(name) => ("screen", "name", name),
        };
        self.write_line(at, sender, type_name, |line| {
            line.text(key, name);
            let mut object = line.object("properties");
            object.text("channel", sender.surface.channel());
            properties(&mut object);
        })
    }

    /// The message id of the event to be written next.
    pub(crate) fn next_message_id(&self) -> String {
        self.message_id().to_string()
    }

    fn message_id(&self) -> MessageId {
        let seed_tag = fingerprint(&[self.company.seed]) >> 32;
        MessageId { seed_tag, customer: self.person.number, position: self.journal.entries.len() }
    }

    /// Tells who the sender is.
    pub(crate) fn identify(&mut self, at: i64, surface: Surface) -> bool {
        let person = self.person;
        let country = self.company.shops.country(person.home_shop);
        self.write_line(at, Sender { surface, is_signed_in: true }, "identify", |line| {
            let mut traits = line.object("traits");
            traits.text("name", &person.name);
            // Some people write their address in capitals and their number with spaces; both must be understood.
            if person.number % 17 == 3 {
                traits.text("email", &person.email.to_uppercase());
            } else {
                traits.text("email", &person.email);
            }
            if person.number % 3 == 1 {
                traits.text("phone", &spaced(&person.phone, country.calling_code.len()));
            } else {
                traits.text("phone", &person.phone);
            }
            if let Some(card) = &person.loyalty_card {
                traits.text("loyalty_card", card);
            }
            traits.text("country", country.code);
            traits.text("language", &person.locale[..2]);
            traits.text("habit", person.habit.as_str());
        })
    }

    fn write_line(&mut self, at: i64, sender: Sender, type_name: &str, body: impl FnOnce(&mut Object<'_>)) -> bool {
        let calendar: &Calendar = &self.company.calendar;
        if !calendar.contains(at) {
            return false;
        }
        let person = self.person;
        let start = self.journal.lines.len();
        let message_id = self.message_id();
        let mut line = Object::open(&mut self.journal.lines);
        line.text("type", type_name);
        line.formatted("messageId", format_args!("{message_id}"));
        let (anonymous_id, is_named) = match sender.surface {
            Surface::Web(browser) => (Some(person.browsers[browser].as_str()), sender.is_signed_in),
            Surface::App(_) => (Some(person.app_id.as_str()), sender.is_signed_in),
            Surface::WhatsApp | Surface::Phone => (Some(person.line_id.as_str()), sender.is_signed_in),
            // What is recorded on the premises is known by card or account; guests by the browser that read the menu.
            _ if sender.is_signed_in => (None, true),
            _ => (person.browsers.first().map(String::as_str), false),
        };
        if is_named {
            line.text("userId", &person.user_id);
            self.journal.is_identified = true;
        }
        if let Some(id) = anonymous_id {
            line.text("anonymousId", id);
        }
        line.instant("timestamp", calendar, at);
        body(&mut line);
        write_context(&mut line.object("context"), person, self.company, sender);
        drop(line);
        self.journal.lines.push(b'\n');
        self.journal.entries.push(Entry { at, start, end: self.journal.lines.len() });
        true
    }
}

fn write_context(context: &mut Object<'_>, person: &Person, company: &Company, sender: Sender) {
    let (library, version) = match sender.surface {
        Surface::Web(_) => ("analytics.js", "next-1.84.0"),
        Surface::App(_) if person.platform.as_str() == "android" => ("analytics-kotlin", "1.19.0"),
        Surface::App(_) => ("analytics-swift", "1.7.0"),
        Surface::Store | Surface::Kiosk => ("analytics-python", "2.4.0"),
        _ => ("analytics-node", "3.1.0"),
    };
    {
        let mut object = context.object("library");
        object.text("name", library);
        object.text("version", version);
    }
    match sender.surface {
        Surface::Web(_) => {
            context.text("locale", &person.locale);
            context.text("timezone", company.shops.all[person.home_shop].zone_name);
        }
        Surface::App(app_version) => {
            {
                let mut app = context.object("app");
                app.text("name", "Alameda");
                app.text("version", app_version);
            }
            {
                let mut device = context.object("device");
                device.text("id", &person.device_id);
                device.text("type", person.platform.as_str());
            }
            context.object("os").text("name", person.platform.as_str());
            context.text("locale", &person.locale);
            context.text("timezone", company.shops.all[person.home_shop].zone_name);
        }
        Surface::WhatsApp | Surface::Phone => context.object("traits").text("phone", &person.phone),
        Surface::Email => context.object("traits").text("email", &person.email),
        Surface::Store | Surface::Kiosk if sender.is_signed_in => {
            if let Some(card) = &person.loyalty_card {
                context.object("traits").text("loyalty_card", card);
            }
        }
        Surface::Store | Surface::Kiosk | Surface::Delivery | Surface::Desk | Surface::Site | Surface::Link => {}
    }
}

/// `+34 012 345 678`
fn spaced(phone: &str, calling_digits: usize) -> String {
    let (calling, national) = phone.split_at(1 + calling_digits);
    let mut text = calling.to_owned();
    for (position, digit) in national.chars().enumerate() {
        if position % 3 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(spaced("+34012345678", 2), "+34 012 345 678");
    }
}
