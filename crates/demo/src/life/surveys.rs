//! Asking customers and what they answer: after something was lived, and now and then about the company as a whole. Written last,
//! with a stream of its own: being asked changes nothing of what customers do.

use super::Life;
use super::lived::{Lived, Moved, Subject, Wait};
use crate::calendar::{DAY, HOUR, MINUTE, SECOND};
use crate::comments::{Comment, Matter, Polarity, write_comment};
use crate::journal::{Remark, Sender, Surface};
use crate::json::Object;
use crate::opinion::{Mood, promotes};
use crate::random::{Purpose, Random};
use crate::truths::{Answer, Truth};

/// Nobody is asked twice within this time, whatever about.
const QUIET: i64 = 30 * DAY;
/// Days from one question about the company to the next, and how recent the last order must be.
const RELATION_EVERY: i64 = 170;
const RECENT: i64 = 120 * DAY;
/// Whoever has had the account this long is a customer of long standing.
const LONG_STANDING_AFTER: i64 = 180 * DAY;
/// Thousandths asked about the company, and in the shops that seldom take part.
const ASKED: u32 = 780;
const ASKED_SELDOM: u32 = 90;
/// Thousandths asked by e-mail of those who accept e-mail: after something lived; about the company, by new customers and by
/// those of long standing.
const BY_EMAIL: u32 = 500;
const RELATION_BY_EMAIL: [u32; 2] = [160, 900];
/// Thousandths of those who do not answer: began and left it, said no on the site and elsewhere.
const LEAVES_IT: u32 = 45;
const REFUSES_ON_SITE: u32 = 70;
const REFUSES: u32 = 12;
const SEES_ON_SITE: u32 = 650;
/// Thousandths of answers with a comment: of the pleased, of the others.
const COMMENTS: u32 = 330;
const COMMENTS_WHEN_DISPLEASED: u32 = 600;
const SAYS_WHAT_WAS_EXPECTED: u32 = 640;

/// One shop of four hands out few links.
fn seldom_asks(shop: usize) -> bool {
    shop % 4 == 2
}

/// The scores of one answer, as far as its survey asks for them.
#[derive(Default)]
struct Scores {
    nps: Option<i64>,
    csat: Option<i64>,
    ces: Option<i64>,
    expectation: Option<&'static str>,
}

impl Scores {
    /// What the main question of the survey came to.
    fn polarity(&self) -> Option<Polarity> {
        let (score, good, bad) = match (self.ces, self.csat, self.nps) {
            (Some(ces), _, None) => (ces, 5, 3),
            (_, Some(csat), _) => (csat, 4, 2),
            (_, _, Some(nps)) => (nps, 9, 6),
            _ => return None,
        };
        if score >= good {
            Some(Polarity::Positive)
        } else if score <= bad {
            Some(Polarity::Negative)
        } else {
            None
        }
    }
}

impl Life<'_> {
    pub(super) fn be_asked(&mut self) {
        let person = self.pen.person;
        if !self.is_introduced {
            return;
        }
        let mut random = Random::new(self.pen.company.seed, person.number, Purpose::Surveys);
        let nature = random.between(0, 999);
        self.plan_relation(&mut random);
        let mut lived = std::mem::take(&mut self.lived);
        lived.sort_by_key(|it| it.at);
        let mut asked_at = i64::MIN / 2;
        for it in &lived {
            let asks = random.chance(it.asked_about());
            let minutes: &[i64] = match it.subject {
                Subject::Relation { .. } => &[0, 1],
                Subject::App { .. } => &[1, 4],
                Subject::Contact { .. } => &[4, 15],
                _ => &[25, 60, 120],
            };
            let sent_at = it.at + random.quantile(minutes) * MINUTE + random.between(0, MINUTE);
            let is_possible = self.is_registered(it.at) && self.pen.company.calendar.contains(sent_at);
            if asks && is_possible && sent_at >= asked_at + QUIET {
                asked_at = sent_at;
                self.ask(it, sent_at, nature, &mut random);
            }
        }
    }

    fn plan_relation(&mut self, random: &mut Random) {
        let company = self.pen.company;
        let shop = self.pen.person.home_shop;
        let zone = company.shops.all[shop].zone;
        let rate = if seldom_asks(shop) { ASKED_SELDOM } else { ASKED };
        let mut day = random.between(0, RELATION_EVERY - 1);
        while day < company.calendar.days {
            let at = company.calendar.instant(zone, day, 10 * HOUR) + random.between(0, 40 * MINUTE);
            let asks = random.chance(rate);
            let next = self.completed_at.partition_point(|&order| order < at);
            let is_recent = next > 0 && self.completed_at[next - 1] > at - RECENT;
            if asks && is_recent && self.is_registered(at) {
                let is_long_standing = at >= self.registered_at.saturating_add(LONG_STANDING_AFTER);
                self.lived.push(Lived {
                    at,
                    channel: "",
                    activity: "",
                    shop: Some(shop),
                    order_id: None,
                    subject: Subject::Relation { is_long_standing },
                });
            }
            day += RELATION_EVERY;
        }
    }

    fn ask(&mut self, lived: &Lived, sent_at: i64, nature: i64, random: &mut Random) {
        let surface = self.choose_surface(lived, random);
        let sender = Sender { surface, is_signed_in: true };
        let mood = Mood::draw(nature, random);
        let answers = mood.answers(random);
        let is_on_site = surface == Surface::Site;
        let sees = is_on_site && random.chance(SEES_ON_SITE);
        let refuses = random.chance(if is_on_site { REFUSES_ON_SITE } else { REFUSES });
        let leaves_it = random.chance(LEAVES_IT);
        // From minutes to two days.
        let answered_at =
            sent_at + random.quantile(&[3, 14, 70, 400, 1_300, 2_870]) * MINUTE + random.between(0, MINUTE);
        let started_at = answered_at - random.quantile(&[15, 40, 80, 160]) * SECOND;

        let store_id = lived.shop.map(|shop| self.pen.company.shops.all[shop].store_id);
        let about = About { lived, store_id };
        let say = |life: &mut Self, at: i64, name: &str| life.track(at, sender, name, |event| about.write(event));
        say(self, sent_at, "Survey Sent");
        if sees || is_on_site && answers {
            say(self, started_at.min(sent_at + 10 * MINUTE), "Survey Shown");
        }
        if !answers {
            if refuses {
                say(self, started_at, "Survey Refused");
            } else if leaves_it {
                say(self, started_at, "Survey Started");
            }
            return;
        }
        say(self, started_at, "Survey Started");
        if self.pen.company.calendar.contains(answered_at) {
            self.answer(lived, answered_at, sender, mood, random);
        }
    }

    /// By e-mail, on the site where somebody is signed in, or by a link on the receipt.
    fn choose_surface(&self, lived: &Lived, random: &mut Random) -> Surface {
        let person = self.pen.person;
        let by_email = match lived.subject {
            Subject::Relation { is_long_standing } => RELATION_BY_EMAIL[usize::from(is_long_standing)],
            _ => BY_EMAIL,
        };
        let (by_email, on_site) = (random.chance(by_email), random.chance(450));
        if by_email && person.wants_email && !person.email_bounces {
            Surface::Email
        } else if on_site && self.signed_in_browsers.contains(&true) {
            Surface::Site
        } else {
            Surface::Link
        }
    }

    fn answer(&mut self, lived: &Lived, at: i64, sender: Sender, mood: Mood, random: &mut Random) {
        let person = self.pen.person;
        let moved = lived.moved(person.habit);
        let scores = give_scores(lived, mood, moved.lived(), random);
        let polarity = scores.polarity();
        let comments = if polarity == Some(Polarity::Positive) { COMMENTS } else { COMMENTS_WHEN_DISPLEASED };
        let comment = random.chance(comments).then(|| {
            let matter = Matter { polarity, trouble: lived.trouble(), topics: lived.topics() };
            write_comment(person, matter, random)
        });
        let message_id = self.pen.next_message_id();
        let store_id = lived.shop.map(|shop| self.pen.company.shops.all[shop].store_id);
        let about = About { lived, store_id };
        self.track(at, sender, "Survey Answered", |event| {
            about.write(event);
            about.write_known(event, person.habit.as_str(), person.platform.as_str());
            write_scores(event, &scores, comment.as_ref());
        });
        if let Some(comment) = comment {
            self.pen.journal.keep(Remark { message_id, comment });
        }
        self.record(lived, sender.surface, mood, moved);
    }

    fn record(&mut self, lived: &Lived, surface: Surface, mood: Mood, moved: Moved) {
        let habit = self.pen.person.habit as usize;
        let satisfied = |lived: i64| i64::from(mood.csat(lived) >= 4);
        let net = |lived: i64| promotes(mood.nps(lived));
        let effect = |stratum: usize, points: &dyn Fn(i64) -> i64| Answer {
            stratum,
            is_exposed: moved.is_exposed,
            with: points(moved.with),
            without: points(moved.without),
        };
        let truths = &mut *self.truths;
        match &lived.subject {
            Subject::Purchase { wait } => {
                for (longer, csat, nps) in [
                    (Wait::Medium, Truth::MediumWaitCsat, Truth::MediumWaitNps),
                    (Wait::Long, Truth::LongWaitCsat, Truth::LongWaitNps),
                ] {
                    if *wait == Wait::Short || *wait == longer {
                        // Whoever hardly waited is compared with both.
                        let with = moved.without + longer.moves();
                        let wait = |points: &dyn Fn(i64) -> i64| Answer { with: points(with), ..effect(habit, points) };
                        truths.record_answer(csat, wait(&satisfied));
                        truths.record_answer(nps, wait(&net));
                    }
                }
            }
            Subject::App { crash, is_compared: true, .. } => {
                truths.record_answer(Truth::ReleaseCsat, effect(crash.stratum, &satisfied));
                truths.record_answer(Truth::ReleaseNps, effect(crash.stratum, &net));
            }
            Subject::Delivery { .. } => {
                let detracts = |lived: i64| i64::from(mood.nps(lived) <= 6);
                truths.record_answer(Truth::LateDelivery, effect(0, &detracts));
            }
            Subject::Contact { .. } => {
                let was_easy = |lived: i64| i64::from(mood.ces(lived) >= 5);
                truths.record_answer(Truth::AnotherContact, effect(0, &was_easy));
            }
            Subject::Relation { is_long_standing } => {
                let points = net(moved.lived());
                let is_exposed = surface == Surface::Email;
                let answer =
                    Answer { stratum: usize::from(*is_long_standing), is_exposed, with: points, without: points };
                truths.record_answer(Truth::AskedByEmail, answer);
                if let Some(shop) = lived.shop {
                    truths.record_shop(shop, points);
                }
            }
            Subject::Pickup { .. } | Subject::App { .. } => {}
        }
    }
}

fn give_scores(lived: &Lived, mood: Mood, moved: i64, random: &mut Random) -> Scores {
    let expectation = random.chance(SAYS_WHAT_WAS_EXPECTED).then(|| mood.expectation(moved));
    let (nps, csat, ces) = (Some(mood.nps(moved)), Some(mood.csat(moved)), Some(mood.ces(moved)));
    match lived.subject {
        Subject::Purchase { .. } | Subject::Pickup { .. } | Subject::Delivery { .. } => {
            Scores { nps, csat, expectation, ces: None }
        }
        Subject::App { .. } => Scores { nps, csat, ces, expectation: None },
        Subject::Contact { .. } => Scores { csat, ces, ..Scores::default() },
        Subject::Relation { .. } => Scores { nps, expectation, ..Scores::default() },
    }
}

fn write_scores(event: &mut Object<'_>, scores: &Scores, comment: Option<&Comment>) {
    for (name, score) in [("nps", scores.nps), ("csat", scores.csat), ("ces", scores.ces)] {
        if let Some(score) = score {
            event.number(name, score);
        }
    }
    if let Some(expectation) = scores.expectation {
        event.text("expectation", expectation);
    }
    if let Some(comment) = comment {
        event.text("comment", &comment.text);
    }
}

/// What a survey is about, as its events say it.
struct About<'a> {
    lived: &'a Lived,
    store_id: Option<&'a str>,
}

impl About<'_> {
    fn write(&self, event: &mut Object<'_>) {
        let is_relation = matches!(self.lived.subject, Subject::Relation { .. });
        event.text("survey", if is_relation { "relation" } else { "after-purchase" });
        event.number("survey_version", 1);
        if !is_relation {
            event.formatted("touchpoint", format_args!("{}:{}", self.lived.channel, self.lived.activity));
        }
        if let Some(store_id) = self.store_id {
            event.text("store_id", store_id);
        }
        if let Some(order_id) = &self.lived.order_id {
            event.text("order_id", order_id);
        }
        if let Subject::Contact { conversation_id, .. } = &self.lived.subject {
            event.text("conversation_id", conversation_id);
        }
    }

    /// What the company knows beside the answer, and what it is compared by.
    fn write_known(&self, event: &mut Object<'_>, habit: &str, platform: &str) {
        match &self.lived.subject {
            Subject::Purchase { wait } => {
                event.text("waited", wait.as_str());
                event.text("habit", habit);
            }
            Subject::App { version, .. } => {
                event.text("app_version", version);
                event.text("platform", platform);
            }
            Subject::Contact { reason, .. } => event.text("contact_reason", reason),
            Subject::Relation { is_long_standing } => {
                event.text("customer_for", if *is_long_standing { "over_6_months" } else { "under_6_months" });
            }
            Subject::Pickup { .. } | Subject::Delivery { .. } => {}
        }
    }
}
