//! The life of one customer: what they do and when, then what they live, in order of time.
//!
//! First the plan, by streams of random numbers of their own: the visits to shops, then the sessions and remote orders
//! between them, at least four hours from a visit and from each other, so that "an order within thirty minutes" can only
//! mean this session's. Then each occasion is lived and written down.

mod contacts;
mod fulfilment;
mod lived;
mod mail;
mod orders;
mod premises;
mod service;
mod sessions;
mod surveys;
mod visits;

use crate::calendar::{DAY, HOUR, MINUTE, SECOND};
use crate::company::Company;
use crate::journal::{Journal, Kind, Pen, Sender, Surface};
use crate::json::Object;
use crate::people::{Person, Registration};
use crate::random::{Purpose, Random};
use crate::truths::Truths;
use lived::Lived;
pub(crate) use mail::note_campaign;
use visits::{Visit, plan_visits};

/// Sessions keep this far from visits and from each other.
const APART: i64 = 4 * HOUR;

#[rustfmt::skip]
const ONLINE_HOURS: [u32; 24] = [14, 6, 3, 2, 2, 4, 12, 30, 44, 40, 36, 38, 46, 52, 48, 40, 40, 46, 54, 66, 80, 88, 66, 34];
#[rustfmt::skip]
const DELIVERY_HOURS: [u32; 24] = [0, 0, 0, 0, 0, 0, 0, 4, 40, 60, 50, 36, 30, 34, 40, 44, 66, 80, 66, 44, 24, 0, 0, 0];

/// Days between sessions of people who look at the menu now and then, by habit.
const SESSION_GAP_DAYS: [&[i64]; 3] = [&[4, 11, 22, 40, 80], &[7, 16, 30, 54, 100], &[12, 26, 48, 90, 170]];
/// Days between remote orders of people who order to their door.
const DELIVERY_GAP_DAYS: [i64; 5] = [5, 12, 21, 38, 80];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Web(usize),
    App,
    WhatsApp,
    Phone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Intent {
    Browse,
    Register,
    Delivery,
    /// An order to be fetched at this shop; the flag says whether at rush hour.
    Ahead {
        shop: usize,
        is_rush: bool,
    },
}

#[derive(Clone, Copy, Debug)]
struct Session {
    at: i64,
    door: Door,
    intent: Intent,
}

enum Occasion {
    Visit(Visit),
    Session(Session),
}

impl Occasion {
    fn at(&self) -> i64 {
        match self {
            Occasion::Visit(visit) => visit.at,
            Occasion::Session(session) => session.at,
        }
    }
}

struct Life<'a> {
    pen: Pen<'a>,
    truths: &'a mut Truths,
    /// What happens within occasions.
    random: Random,
    /// From when on the company knows the customer; never for those it never learns of.
    registered_at: i64,
    /// Whether the company has been told who the user id is.
    is_introduced: bool,
    signed_in_browsers: Vec<bool>,
    is_signed_in_app: bool,
    app_version: Option<&'static str>,
    orders: u32,
    cases: u32,
    /// When orders were completed, in the order in which they were written.
    completed_at: Vec<i64>,
    /// What can be asked about.
    lived: Vec<Lived>,
    /// When somebody got in touch because of something, and why.
    contacts: Vec<(i64, String)>,
}

/// Lives one customer and adds to the truths.
pub(crate) fn live(company: &Company, customer: u64, truths: &mut Truths) -> Journal {
    let person = Person::new(company.seed, customer, &company.shops);
    let (occasions, registered_at) = plan(company, &person, truths);
    let mut life = Life {
        random: Random::new(company.seed, customer, Purpose::Details),
        truths,
        registered_at,
        is_introduced: false,
        signed_in_browsers: vec![false; person.browsers.len()],
        is_signed_in_app: false,
        app_version: None,
        orders: 0,
        cases: 0,
        completed_at: Vec::new(),
        lived: Vec::new(),
        contacts: Vec::new(),
        pen: Pen { company, person: &person, journal: Journal::new() },
    };
    for occasion in occasions {
        match occasion {
            Occasion::Visit(visit) => life.visit(&visit),
            Occasion::Session(session) => life.session(session),
        }
    }
    life.completed_at.sort_unstable();
    life.receive_mail();
    if life.pen.journal.is_empty() {
        // Whoever began on the last evening of the period has at least seen the front page.
        let at = company.calendar.until_ms - 1 - (customer % 3_600) as i64 * SECOND;
        let sender = Sender { surface: Surface::Web(0), is_signed_in: false };
        life.pen.write(at, sender, Kind::Page("Home"), |page| page.text("path", "/"));
    }
    life.call_about_orders();
    life.be_asked();
    life.pen.journal.sort();
    life.pen.journal
}

/// All occasions in order of time, and from when on the customer is known.
fn plan(company: &Company, person: &Person, truths: &mut Truths) -> (Vec<Occasion>, i64) {
    let mut random = Random::new(company.seed, person.number, Purpose::Sessions);
    let calendar = &company.calendar;
    let days = u32::try_from(calendar.days).unwrap_or(u32::MAX);
    let was_customer_before = person.is_known && person.registration == Registration::Before;
    let start_day = i64::from(random.below(if was_customer_before { days.min(28) } else { days }));

    let mut anchors = Vec::new();
    let mut registered_at = i64::MAX;
    let mut first_visit_day = start_day;
    if person.is_known && person.registration == Registration::Online {
        let door = if person.has_app && random.chance(550) { Door::App } else { Door::Web(0) };
        let at = online_moment(company, person, start_day, &ONLINE_HOURS, &mut random);
        anchors.push(Session { at, door, intent: Intent::Register });
        // Nothing that needs an account before the session in which it is made is over.
        registered_at = at + HOUR;
        first_visit_day = start_day + 2 + i64::from(random.below(9));
    }
    if was_customer_before {
        registered_at = i64::MIN;
    }
    let visits = if person.goes_to_shops { plan_visits(company, person, first_visit_day, truths) } else { Vec::new() };
    if person.is_known && person.registration == Registration::InShop {
        registered_at = visits.first().map_or(i64::MAX, |visit| visit.at);
    }

    let last_visit_day = visits.last().map(|visit| (visit.at - calendar.from_ms) / DAY);
    let candidates = plan_sessions(company, person, start_day, last_visit_day, &mut random);
    let mut fixed: Vec<i64> =
        visits.iter().map(|visit| visit.at).chain(anchors.iter().map(|anchor| anchor.at)).collect();
    fixed.sort_unstable();
    let mut occasions: Vec<Occasion> = visits.into_iter().map(Occasion::Visit).collect();
    occasions.extend(anchors.into_iter().map(Occasion::Session));
    let mut last_kept = i64::MIN / 2;
    for session in candidates {
        let next = fixed.partition_point(|&at| at < session.at - APART);
        let is_free = fixed.get(next).is_none_or(|&at| at > session.at + APART);
        let is_allowed = session.intent != Intent::Delivery || session.at > registered_at.saturating_add(DAY);
        if is_free && is_allowed && session.at > last_kept + APART {
            last_kept = session.at;
            occasions.push(Occasion::Session(session));
        }
    }
    occasions.sort_by_key(Occasion::at);
    (occasions, registered_at)
}

/// Looks at the menu and orders to the door, in order of time.
fn plan_sessions(
    company: &Company,
    person: &Person,
    start_day: i64,
    last_visit_day: Option<i64>,
    random: &mut Random,
) -> Vec<Session> {
    let mut sessions = Vec::new();
    let last_day = match last_visit_day {
        Some(day) => day + 20,
        // Who never comes to a shop looks for a while and forgets.
        None => start_day + random.quantile(&[1, 6, 20, 70, 300]),
    };
    let looks_before = start_day - random.quantile(&[0, 0, 4, 16]);
    let mut day = looks_before;
    while day <= last_day {
        let door = choose_door(person, day >= start_day, random);
        let at = online_moment(company, person, day, &ONLINE_HOURS, random);
        sessions.push(Session { at, door, intent: Intent::Browse });
        day += if day < start_day {
            1 + i64::from(random.below(5))
        } else {
            random.quantile(person.habit.of(SESSION_GAP_DAYS))
        };
    }
    if person.orders_delivery {
        let mut day = start_day + random.quantile(&DELIVERY_GAP_DAYS) / 2;
        while day <= last_day {
            let by_line = random.below(1_000);
            let door = match by_line {
                0..70 => Door::WhatsApp,
                70..120 => Door::Phone,
                _ => choose_door(person, true, random),
            };
            let at = online_moment(company, person, day, &DELIVERY_HOURS, random);
            sessions.push(Session { at, door, intent: Intent::Delivery });
            day += random.quantile(&DELIVERY_GAP_DAYS);
        }
    }
    sessions.sort_by_key(|session| session.at);
    sessions
}

fn choose_door(person: &Person, is_customer: bool, random: &mut Random) -> Door {
    let browser = random.below(person.browsers.len() as u32 * 2) as usize;
    let is_in_app = random.chance(620);
    if is_customer && person.has_app && is_in_app {
        Door::App
    } else {
        Door::Web(if browser < person.browsers.len() { browser } else { 0 })
    }
}

fn online_moment(company: &Company, person: &Person, day: i64, hours: &[u32; 24], random: &mut Random) -> i64 {
    let zone = company.shops.all[person.home_shop].zone;
    let time_of_day = random.weighted(hours) as i64 * HOUR + random.between(0, HOUR - 1);
    company.calendar.instant(zone, day, time_of_day)
}

impl Life<'_> {
    fn is_registered(&self, at: i64) -> bool {
        at >= self.registered_at
    }

    /// The sender for what is recorded by the company's own systems.
    fn company_sender(&self, surface: Surface, at: i64) -> Sender {
        Sender { surface, is_signed_in: self.is_registered(at) }
    }

    fn track(&mut self, at: i64, sender: Sender, name: &str, properties: impl FnOnce(&mut Object<'_>)) -> bool {
        self.pen.write(at, sender, Kind::Track(name), properties)
    }

    /// A few seconds later.
    fn soon(&mut self, at: i64) -> i64 {
        at + self.random.quantile(&[2, 5, 9, 16, 34]) * SECOND + i64::from(self.random.below(1_000))
    }

    /// A few minutes later.
    fn later(&mut self, at: i64, minutes: &[i64]) -> i64 {
        let seconds: i64 = self.random.quantile(minutes) * (MINUTE / SECOND) + i64::from(self.random.below(60));
        at + seconds * SECOND + i64::from(self.random.below(1_000))
    }
}
