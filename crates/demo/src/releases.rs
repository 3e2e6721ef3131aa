//! Releases of the app: what each customer has installed when, and which releases break things.

use crate::calendar::{Calendar, DAY};
use crate::people::{Person, Platform};
use crate::random::fingerprint;

pub(crate) struct Release {
    pub(crate) version: &'static str,
    /// When it came out, in thousandths of the period.
    out_after: i64,
    /// Crashes while people order, until the release that repairs it is installed.
    pub(crate) is_broken: bool,
}

const fn release(version: &'static str, out_after: i64, is_broken: bool) -> Release {
    Release { version, out_after, is_broken }
}

/// In the order in which they came out; each broken one is followed by the one that repairs it.
pub(crate) const RELEASES: [Release; 12] = [
    release("4.0.0", -200, false),
    release("4.1.0", 60, false),
    release("4.2.0", 140, false),
    release("4.3.0", 230, true),
    release("4.3.1", 295, false),
    release("4.4.0", 380, false),
    release("4.5.0", 470, false),
    release("5.0.0", 560, true),
    release("5.0.1", 635, false),
    release("5.1.0", 720, false),
    release("5.2.0", 810, false),
    release("5.3.0", 900, false),
];

/// Sessions crash this often, in thousandths.
pub(crate) const CRASHES: u32 = 8;
pub(crate) const CRASHES_WHEN_BROKEN: u32 = 210;

/// Days of people who take their time still count after the repair is out, in thousandths of the period.
const AFTER_REPAIR: i64 = 45;

/// First day, last day, kind, channel and text of something that the company notes down; without commas.
pub(crate) type Note = (String, String, &'static str, &'static str, String);

pub(crate) struct Releases {
    out_at: Vec<i64>,
    seed: u64,
    /// From a broken release until soon after its repair: both kinds of app are in use.
    troubled: Vec<(i64, i64)>,
}

impl Releases {
    pub(crate) fn new(calendar: &Calendar, seed: u64) -> Releases {
        let day_of = |thousandths: i64| calendar.from_ms + calendar.days * thousandths / 1_000 * DAY;
        let out_at = RELEASES.iter().map(|release| day_of(release.out_after)).collect();
        let troubled = RELEASES
            .windows(2)
            .filter(|pair| pair[0].is_broken)
            .map(|pair| (day_of(pair[0].out_after), day_of(pair[1].out_after + AFTER_REPAIR)))
            .collect();
        Releases { out_at, seed, troubled }
    }

    /// What the company notes down of its releases: first day, last day, kind, channel and text.
    pub(crate) fn notes(&self, calendar: &Calendar) -> Vec<Note> {
        let day = |at: i64| calendar.day_text(at).to_owned();
        let mut notes = Vec::new();
        for (release, &out_at) in RELEASES.iter().zip(&self.out_at).filter(|(_, out_at)| calendar.contains(**out_at)) {
            let text = format!("App {}", release.version);
            notes.push((day(out_at), day(out_at), "release", "app", text));
        }
        for (pair, out_at) in RELEASES.windows(2).zip(self.out_at.windows(2)).filter(|(pair, _)| pair[0].is_broken) {
            let text = format!("La app {} pierde el carrito y se cierra", pair[0].version);
            notes.push((day(out_at[0]), day(out_at[1] - DAY), "incident", "app", text));
        }
        notes
    }

    /// The release on somebody's telephone.
    pub(crate) fn installed(&self, person: &Person, at: i64) -> &'static Release {
        let latest = (0..RELEASES.len()).rev().find(|&release| self.out_at[release] + self.lag(person, release) <= at);
        &RELEASES[latest.unwrap_or(0)]
    }

    /// How long after a release somebody installs it: Android does it overnight for most, others wait.
    fn lag(&self, person: &Person, release: usize) -> i64 {
        let draw = fingerprint(&[self.seed, 0x72_656c, person.number, release as u64]);
        let (is_prompt, wait) = (draw % 1_000, (draw >> 20) as i64);
        let prompt_share = match person.platform {
            Platform::Android => 820,
            Platform::Ios => 180,
        };
        if is_prompt < prompt_share { wait % (2 * DAY) } else { 2 * DAY + wait % (43 * DAY) }
    }

    /// Whether sessions at this moment are compared in the truth about broken releases.
    pub(crate) fn is_troubled(&self, at: i64) -> bool {
        self.troubled.iter().any(|&(from, until)| (from..until).contains(&at))
    }

    /// The spans of [`Releases::is_troubled`].
    pub(crate) fn troubled(&self) -> &[(i64, i64)] {
        &self.troubled
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::shops::Shops;

    #[test]
    fn people_update_in_their_own_time_and_leave_the_broken_release() {
        let calendar = Calendar::new(date(2025, 5, 1), date(2026, 11, 1), &["UTC"]).unwrap();
        let releases = Releases::new(&calendar, 5);
        let shops = Shops::new();
        let (mut broken, mut sound) = (0, 0);
        let (from, until) = releases.troubled()[0];
        for number in 0..400 {
            let person = Person::new(5, number, &shops);
            match releases.installed(&person, (from + until) / 2).is_broken {
                true => broken += 1,
                false => sound += 1,
            }
            assert_eq!(releases.installed(&person, calendar.from_ms).version, "4.0.0");
            assert_eq!(releases.installed(&person, calendar.until_ms).version, "5.3.0");
        }
        assert!(broken > 100 && sound > 60, "{broken} broken, {sound} sound");
    }
}
