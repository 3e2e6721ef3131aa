//! E-mail: the newsletter of every other month, and the campaign that was given out by lot and changes nothing. Written after all else,
//! with streams of its own: nothing here can move what the customer does.

use super::Life;
use super::sessions::write_promotion;
use crate::calendar::{Calendar, DAY, HOUR, MINUTE};
use crate::journal::{Kind, Sender, Surface};
use crate::random::{Purpose, Random};
use crate::releases::Note;
use crate::truths::{Truth, Unit};

const CAMPAIGN: &str = "reencuentro";
/// When the campaign goes out, in thousandths of the period.
const CAMPAIGN_AFTER: i64 = 550;
const CAMPAIGN_WINDOW: i64 = 14 * DAY;
/// Thousandths of e-mails opened, by habit.
const OPENS: [u32; 3] = [800, 480, 130];

/// What the company notes down of its campaign; none where it would not end within the period.
pub(crate) fn note_campaign(calendar: &Calendar) -> Option<Note> {
    let at = calendar.from_ms + calendar.days * CAMPAIGN_AFTER / 1_000 * DAY;
    let day = calendar.day_text(at).to_owned();
    let text = format!("Campaña {CAMPAIGN}");
    (at + CAMPAIGN_WINDOW < calendar.until_ms).then(|| (day.clone(), day, "campaign", "email", text))
}

impl Life<'_> {
    pub(super) fn receive_mail(&mut self) {
        let person = self.pen.person;
        if !person.wants_email {
            return;
        }
        let stops_at = self.receive_newsletters();
        self.take_part_in_campaign(stops_at);
    }

    /// Until when: the end of the subscription.
    fn receive_newsletters(&mut self) -> i64 {
        let company = self.pen.company;
        let person = self.pen.person;
        let mut random = Random::new(company.seed, person.number, Purpose::Mail);
        let zone = company.shops.all[person.home_shop].zone;
        let is_mail_day = |day: &i64| company.calendar.day_of_month(*day) == 4 && company.calendar.month(*day) % 2 == 1;
        for day in (0..company.calendar.days).filter(is_mail_day) {
            let at = company.calendar.instant(zone, day, 10 * HOUR) + random.between(0, 40 * MINUTE);
            let opens = random.chance(person.habit.of(OPENS));
            let opened_at = at + random.quantile(&[1, 20, 90, 400, 2_000]) * MINUTE;
            let (clicks, leaves) = (random.chance(160), random.chance(8));
            if !self.is_registered(at) {
                continue;
            }
            let campaign = format!("carta-{:02}", company.calendar.month(day));
            self.deliver_mail(at, &campaign, person.email_bounces);
            if person.email_bounces {
                return at;
            }
            if !opens {
                continue;
            }
            self.open_mail(opened_at, &campaign);
            if clicks {
                self.follow_link(opened_at + MINUTE, &campaign);
            }
            if leaves {
                let sender = self.company_sender(Surface::Email, opened_at);
                self.track(opened_at + 2 * MINUTE, sender, "Unsubscribed", |event| {
                    event.text("campaign_id", &campaign)
                });
                return opened_at;
            }
        }
        i64::MAX
    }

    fn take_part_in_campaign(&mut self, stops_at: i64) {
        let company = self.pen.company;
        let person = self.pen.person;
        let mut random = Random::new(company.seed, person.number, Purpose::Experiment);
        let zone = company.shops.all[person.home_shop].zone;
        let day = company.calendar.days * CAMPAIGN_AFTER / 1_000;
        let at = company.calendar.instant(zone, day, 11 * HOUR) + random.between(0, 20 * MINUTE);
        let is_treated = random.chance(500);
        let opens = random.chance(person.habit.of(OPENS));
        let opened_at = at + random.quantile(&[2, 20, 90, 400, 2_000]) * MINUTE;
        let clicks = random.chance(220);
        let is_reached = self.is_registered(at) && at < stops_at && !person.email_bounces;
        if !is_reached || !company.calendar.contains(at) || at + CAMPAIGN_WINDOW > company.calendar.until_ms {
            return;
        }

        let sender = self.company_sender(Surface::Email, at);
        self.track(at, sender, "Experiment Viewed", |event| {
            event.text("experiment_id", CAMPAIGN);
            event.text("experiment_name", CAMPAIGN);
            event.text("variation_name", if is_treated { "treatment" } else { "control" });
            event.text("habit", person.habit.as_str());
        });
        // The same in both worlds: nothing above was drawn with the campaign in sight.
        let next = self.completed_at.partition_point(|&order| order <= at);
        let orders = self.completed_at.get(next).is_some_and(|&order| order <= at + CAMPAIGN_WINDOW);
        let unit = Unit { stratum: 0, is_exposed: is_treated, outcome_exposed: orders, outcome_unexposed: orders };
        self.truths.record(Truth::RandomCampaign, unit);
        if !is_treated {
            return;
        }
        let opening = Unit { stratum: person.habit as usize, is_exposed: opens, ..unit };
        self.truths.record(Truth::OpenedEmail, opening);
        self.deliver_mail(at + MINUTE, CAMPAIGN, false);
        if opens {
            self.open_mail(opened_at, CAMPAIGN);
            if clicks {
                self.follow_link(opened_at + MINUTE, CAMPAIGN);
            }
        }
    }

    fn deliver_mail(&mut self, at: i64, campaign: &str, bounces: bool) {
        let sender = self.company_sender(Surface::Email, at);
        let name = if bounces { "Email Bounced" } else { "Email Delivered" };
        self.track(at, sender, name, |event| {
            event.text("campaign_id", campaign);
            event.text("email_subject", "Lo nuevo de tu Alameda");
        });
    }

    fn open_mail(&mut self, at: i64, campaign: &str) {
        let sender = self.company_sender(Surface::Email, at);
        self.track(at, sender, "Email Opened", |event| event.text("campaign_id", campaign));
    }

    /// The link knows who follows it, so the browser is signed in for this page.
    fn follow_link(&mut self, at: i64, campaign: &str) {
        let sender = self.company_sender(Surface::Email, at);
        self.track(at, sender, "Email Link Clicked", |event| event.text("campaign_id", campaign));
        let web = Sender { surface: Surface::Web(0), is_signed_in: true };
        self.pen.write(at + 2_000, web, Kind::Page("Seasonal Menu"), |page| {
            page.text("path", "/temporada");
            page.text("campaign_id", campaign);
        });
        self.track(at + 4_000, web, "Promotion Viewed", |event| write_promotion(event, campaign));
    }
}
