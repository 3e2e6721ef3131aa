//! A year of a company whose customers differ: most do little, a few very much. Each walks from activity to activity with
//! habits (some activities are likely after others), in sessions with days between them, over 12 channels. Five activities
//! make a natural funnel, and one event in twenty belongs to a campaign.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::instant::{DAY_MS, InstantWriter};
use crate::random::Random;

const ACTIVITIES: usize = 60;
pub const CHANNELS: [&str; 12] =
    ["web", "app", "store", "email", "whatsapp", "phone", "chat", "delivery", "social", "kiosk", "sms", "partner"];
/// Each step, the next one, and how often a customer goes straight on to it.
const FUNNEL: [(usize, usize, f64); 4] = [(0, 2, 0.25), (2, 6, 0.20), (6, 11, 0.25), (11, 15, 0.30)];
const FUNNEL_NAMES: [(usize, &str); 5] = [
    (0, "session_started"),
    (2, "product_viewed"),
    (6, "product_added"),
    (11, "checkout_started"),
    (15, "order_completed"),
];
/// 2025-01-01 in UTC.
pub const YEAR_START_MS: i64 = 1_735_689_600_000;
pub const YEAR_MS: i64 = 365 * DAY_MS;
const MOST_EVENTS: usize = 8000;
const NEW_SESSION: f64 = 0.22;
const BETWEEN_SESSIONS_MS: f64 = 5.5 * DAY_MS as f64;
const WITHIN_SESSION_MS: f64 = 70_000.0;
pub const CAMPAIGN: &str = "spring";
pub const IN_CAMPAIGN: f64 = 0.05;

/// Of ten customers in a row the first two turn out to be one.
const MERGED_IN_TEN: usize = 2;

/// Sixteen bytes, so that a log of many millions is sorted in memory.
struct Event {
    occurred_at: i64,
    customer: u32,
    activity: u8,
    channel: u8,
    is_in_campaign: bool,
}

/// Writes exactly `rows` events of `customers` customers, oldest first.
pub fn write(rows: usize, customers: usize, out: &Path) -> anyhow::Result<Value> {
    ensure!(customers > 0 && rows >= customers, "there must be as many rows as customers at least");
    let mut random = Random::new(42);
    let counts = share_out(rows, customers, &mut random);
    let habits = Habits::new(&mut random);
    let mut events = Vec::with_capacity(rows);
    for (customer, count) in counts.iter().enumerate() {
        live(&mut events, customer as u32, *count, &habits, &mut random);
    }
    // Where times are equal, customers stay apart in the order of their numbers.
    events.sort_unstable_by_key(|event| (event.occurred_at, event.customer));

    let file = File::create(out).with_context(|| format!("could not create {}", out.display()))?;
    let mut writer = BufWriter::with_capacity(1 << 20, file);
    let names = names();
    let mut instants = InstantWriter::new();
    writer.write_all(b"customer,activity,occurred_at,channel,campaign\n")?;
    for event in &events {
        write!(writer, "c-{:07},{},", event.customer, names[usize::from(event.activity)])?;
        writer.write_all(instants.write(event.occurred_at))?;
        let campaign = if event.is_in_campaign { CAMPAIGN } else { "" };
        writeln!(writer, ",{},{campaign}", CHANNELS[usize::from(event.channel)])?;
    }
    let file = writer.into_inner().context("could not write")?;
    file.sync_all().context("could not sync")?;
    let mut sorted = counts;
    sorted.sort_unstable();
    Ok(json!({
        "rows": events.len(),
        "customers": customers,
        "activities": names,
        "channels": CHANNELS,
        "campaign": CAMPAIGN,
        "bytes": file.metadata()?.len(),
        "events_per_customer": {
            "p50": sorted[customers / 2], "p90": sorted[customers * 9 / 10], "p99": sorted[customers * 99 / 100],
            "max": sorted[customers - 1],
        },
        "funnel": FUNNEL_NAMES.map(|(_, name)| name),
    }))
}

/// Writes what shows that a fifth of `customers` are the same as another: two sign-ins of one person, each with another card,
/// when the year is over. The cards are the customers of [`write`].
pub fn write_sign_ins(customers: usize, out: &Path) -> anyhow::Result<Value> {
    let file = File::create(out).with_context(|| format!("could not create {}", out.display()))?;
    let mut writer = BufWriter::with_capacity(1 << 20, file);
    let mut instants = InstantWriter::new();
    writer.write_all(b"customer,user,activity,occurred_at\n")?;
    let (mut rows, mut people) = (0, 0);
    for first in (0..customers.saturating_sub(MERGED_IN_TEN)).step_by(10) {
        people += 1;
        for customer in first..first + MERGED_IN_TEN {
            write!(writer, "c-{customer:07},u-{first:07},signed_in,")?;
            writer.write_all(instants.write(YEAR_START_MS + YEAR_MS + rows))?;
            writer.write_all(b"\n")?;
            rows += 1;
        }
    }
    writer.into_inner().context("could not write")?.sync_all().context("could not sync")?;
    Ok(json!({"rows": rows, "customers": rows, "people": people}))
}

/// What activities are called.
pub fn names() -> Vec<String> {
    (0..ACTIVITIES).map(name_of).collect()
}

fn name_of(activity: usize) -> String {
    let named = FUNNEL_NAMES.iter().find(|(number, _)| *number == activity);
    named.map_or_else(|| format!("activity_{activity:02}"), |(_, name)| (*name).to_owned())
}

/// How many events each customer has: log-normal, at least one, and together exactly `rows`.
fn share_out(rows: usize, customers: usize, random: &mut Random) -> Vec<usize> {
    let drawn: Vec<f64> = (0..customers).map(|_| (1.9 + 1.42 * random.normal()).exp().clamp(1.0, 5000.0)).collect();
    let factor = rows as f64 / drawn.iter().sum::<f64>();
    let mut counts: Vec<usize> = drawn.iter().map(|count| ((count * factor) as usize).clamp(1, MOST_EVENTS)).collect();
    let mut total: usize = counts.iter().sum();
    while total != rows {
        let count = &mut counts[random.below(customers)];
        if total < rows {
            *count += 1;
            total += 1;
        } else if *count > 1 {
            *count -= 1;
            total -= 1;
        }
    }
    counts
}

fn live(events: &mut Vec<Event>, customer: u32, count: usize, habits: &Habits, random: &mut Random) {
    let first = events.len();
    let start_ms = (random.fraction().powf(1.6) * (YEAR_MS - 2 * DAY_MS) as f64) as i64;
    let mut activity = habits.begin(random);
    let mut channel = choose_channel(random);
    let mut since_ms = 0.0;
    for number in 0..count {
        if number > 0 {
            let is_new_session = random.fraction() < NEW_SESSION;
            since_ms += random.exponential() * if is_new_session { BETWEEN_SESSIONS_MS } else { WITHIN_SESSION_MS };
            if is_new_session {
                channel = choose_channel(random);
            }
            activity = habits.go_on(activity, random);
        }
        let is_in_campaign = random.fraction() < IN_CAMPAIGN;
        events.push(Event {
            occurred_at: since_ms as i64,
            customer,
            activity: activity as u8,
            channel,
            is_in_campaign,
        });
    }
    // Whoever would live past the year's end lives faster; a millisecond each keeps a customer's events apart.
    let room_ms = (YEAR_MS - start_ms) as f64 - count as f64 - 1.0;
    let pace = if since_ms > room_ms { room_ms / since_ms } else { 1.0 };
    for (number, event) in events[first..].iter_mut().enumerate() {
        event.occurred_at = YEAR_START_MS + start_ms + (event.occurred_at as f64 * pace) as i64 + number as i64;
    }
}

pub fn choose_channel(random: &mut Random) -> u8 {
    let fraction = random.fraction();
    (fraction * fraction * CHANNELS.len() as f64) as u8
}

/// What follows what: the running sums of the chances, for each activity.
pub struct Habits {
    any: Vec<f64>,
    after: Vec<Vec<f64>>,
}

impl Habits {
    pub fn new(random: &mut Random) -> Habits {
        let popularity: Vec<f64> = (1..=ACTIVITIES).map(|rank| 1.0 / rank as f64).collect();
        let total: f64 = popularity.iter().sum();
        let chances: Vec<f64> = popularity.iter().map(|weight| weight / total).collect();
        let any = running_sums(&chances);
        let mut after = Vec::new();
        for activity in 0..ACTIVITIES {
            // Nearly half of the time anything may follow, otherwise one of five favourites.
            let mut next: Vec<f64> = chances.iter().map(|chance| 0.45 * chance).collect();
            let favourites: Vec<(usize, f64)> = (0..5).map(|_| (pick(&any, random), random.exponential())).collect();
            let weight: f64 = favourites.iter().map(|(_, weight)| weight).sum();
            for (favourite, own) in &favourites {
                next[*favourite] += 0.55 * own / weight;
            }
            if let Some((_, step, chance)) = FUNNEL.iter().find(|(from, ..)| *from == activity) {
                next.iter_mut().for_each(|other| *other *= 1.0 - chance);
                next[*step] += chance;
            }
            after.push(running_sums(&next));
        }
        Habits { any, after }
    }

    pub fn begin(&self, random: &mut Random) -> usize {
        pick(&self.any, random)
    }

    fn go_on(&self, activity: usize, random: &mut Random) -> usize {
        pick(&self.after[activity], random)
    }
}

fn running_sums(chances: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    chances
        .iter()
        .map(|chance| {
            sum += chance;
            sum
        })
        .collect()
}

fn pick(sums: &[f64], random: &mut Random) -> usize {
    let fraction = random.fraction();
    sums.partition_point(|sum| *sum <= fraction).min(sums.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_rows_and_customers_asked_for_in_the_order_of_time() {
        let path = std::env::temp_dir().join(format!("vivencia-lived-{}.csv", std::process::id()));
        let said = write(5000, 300, &path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
        let customers: std::collections::HashSet<&str> = rows.iter().map(|row| row[0]).collect();
        assert_eq!((rows.len(), customers.len()), (5000, 300));
        assert!(rows.iter().map(|row| row[2]).is_sorted());
        assert!(rows.iter().all(|row| row[2].starts_with("2025-")));
        assert_eq!(said["bytes"], text.len());
        let moments: std::collections::HashSet<(&str, &str)> = rows.iter().map(|row| (row[0], row[2])).collect();
        assert_eq!(moments.len(), 5000, "a customer's events differ in time");
        let in_campaign = rows.iter().filter(|row| row[4] == CAMPAIGN).count();
        assert!((150..350).contains(&in_campaign), "{in_campaign} of 5000");
    }
}
