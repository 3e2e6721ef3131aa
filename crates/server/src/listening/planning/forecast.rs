//! How many answers a survey may expect, from what happened in the last four weeks.

use std::collections::BTreeMap;

use domain::contact::{Contactable, hour_of_day};
use domain::survey::{EventOccasion, Inviting, Occasion, Survey, moment_in_span};
use domain::time::{DAY_MS, MINUTE_MS, add_days, find_zone};
use domain::{CustomerId, Result};
use journey::{Share, share_of};
use serde_json::{Map, Value};

use super::dto::{EstimateDto, ForecastDto};
use super::due::list_addresses;
use super::find_audience;
use super::follow::for_each_customer;
use crate::app::App;
use crate::finding::FindingDto;
use crate::organisation::find_organisation;

/// Days of which the events are read.
const DAYS: i64 = 28;
const WEEKS: f64 = 4.0;
/// Customers whose addresses are looked for; of more the share among so many, evenly spread.
const MOST_LOOKED_AT: usize = 2_000;
/// Customers who are named.
const NAMED: usize = 10;
/// Below so many invitations the share of answers of one survey says little, and that of all surveys is taken.
const FEWEST_INVITATIONS: u64 = 30;

/// What a survey's file would have led to.
pub fn forecast(app: &App, survey: &Survey) -> Result<ForecastDto> {
    let mut findings = Vec::new();
    let mut forecast = ForecastDto { days: DAYS, ..ForecastDto::default() };
    let Some(invite) = &survey.invite else {
        findings.push(finding("invites_nobody", "the file has no `invite`: nobody is invited by itself"));
        return Ok(ForecastDto { findings, ..forecast });
    };
    let occasions = list_occasions(app, survey, invite, &mut forecast)?;
    let rule = app.state.contacts.find_contact_rule()?;
    let time_zone = find_organisation(app)?.calendar.time_zone;
    let mut asked: BTreeMap<CustomerId, Vec<i64>> = BTreeMap::new();
    for (at, customer) in occasions {
        let contacts = asked.entry(customer).or_default();
        // By night it would have been the next morning.
        let at = rule.next_hour(at, &time_zone)?;
        match rule.judge(contacts, at, &time_zone)? {
            Contactable::No(_) => forecast.left_alone += 1,
            _ => contacts.push(at),
        }
    }
    let invitations: usize = asked.values().map(Vec::len).sum();
    forecast.customers = asked.len() as u64;
    let (reachable, looked_at) = find_reachable(app, &asked, &mut forecast.asked)?;
    if let (Some(reachable), true) = (&reachable, forecast.customers > 0) {
        let per_week = invitations as f64 / WEEKS;
        forecast.invitations_per_week = per_week * reachable.share;
        if reachable.share == 0.0 {
            findings.push(finding("no_addresses", "of none of these customers an e-mail address is known"));
        }
        match find_answer_rate(app, &survey.name)? {
            Some((rate, of, is_own)) => {
                forecast.answers_per_week = Some(EstimateDto {
                    value: forecast.invitations_per_week * rate.share,
                    low: forecast.invitations_per_week * rate.low,
                    high: forecast.invitations_per_week * rate.high,
                    of,
                });
                forecast.answer_rate = Some(EstimateDto::new(rate, of));
                forecast.answer_rate_of = Some(if is_own { "this_survey" } else { "all_surveys" });
            }
            None => findings.push(finding(
                "no_answer_rate",
                "nobody was invited to a survey yet, so it is not known how many of those asked answer",
            )),
        }
        forecast.reachable = Some(EstimateDto::new(*reachable, looked_at));
    } else {
        findings.push(finding("no_occasions", "nothing of the kind happened in the last four weeks"));
    }
    Ok(ForecastDto { findings, ..forecast })
}

fn finding(code: &'static str, detail: &str) -> FindingDto {
    FindingDto { code, detail: detail.to_owned() }
}

/// When whom the survey would have wanted, in the order of time.
fn list_occasions(
    app: &App,
    survey: &Survey,
    invite: &Inviting,
    forecast: &mut ForecastDto,
) -> Result<Vec<(i64, CustomerId)>> {
    let now = app.clock.now_ms();
    let audience = invite.segment.as_deref().map(|name| find_audience(app, name)).transpose()?;
    let is_inside = |customer: CustomerId| audience.as_ref().is_none_or(|audience| audience.has(customer.0));
    let mut occasions: Vec<(i64, CustomerId)> = Vec::new();
    match &invite.when {
        Occasion::Event(event) => for_each_match(app, event, now, &mut |id, at, customer| {
            forecast.occasions += 1;
            if is_inside(customer) && invite.is_drawn(&survey.name, &id) {
                occasions.push((at, customer));
            }
        })?,
        Occasion::Days { days, hour } => {
            // Days to come say nothing of the last four weeks: these are the four that begin with the first of them.
            let zone = find_zone(&find_organisation(app)?.calendar.time_zone)?;
            let mut instants = Vec::new();
            for day in days.iter().filter(|day| days.first().is_some_and(|first| **day < add_days(*first, DAYS))) {
                instants.push((hour_of_day(*day, *hour, zone.clone())?, day.to_string()));
            }
            for_each_customer(app, &mut |customer| {
                for (at, day) in &instants {
                    forecast.occasions += 1;
                    if is_inside(customer) && invite.is_drawn(&survey.name, &format!("{day} {customer}")) {
                        occasions.push((*at, customer));
                    }
                }
            });
        }
        Occasion::Moments { every_days } => for_each_customer(app, &mut |customer| {
            let name = customer.to_string();
            let span = usize::from(*every_days);
            // One day of each span that the four weeks touch.
            for days_ago in (0..DAYS + i64::from(*every_days)).step_by(span) {
                let at = moment_in_span(&survey.name, &name, *every_days, now - days_ago * DAY_MS);
                if at <= now - DAYS * DAY_MS || at > now {
                    continue;
                }
                forecast.occasions += 1;
                if is_inside(customer) && invite.is_drawn(&survey.name, &format!("{at} {name}")) {
                    occasions.push((at, customer));
                }
            }
        }),
    }
    occasions.sort_unstable();
    forecast.drawn = occasions.len() as u64;
    Ok(occasions)
}

fn for_each_match(
    app: &App,
    occasion: &EventOccasion,
    now: i64,
    each: &mut dyn FnMut(String, i64, CustomerId),
) -> Result<()> {
    let names = app.log.names();
    app.log.for_each_event_within(0, &(now - DAYS * DAY_MS..now), &mut |event| {
        let Some(code) = event.activity else { return Ok(()) };
        let activity = names.activities.name(u32::from(code));
        if activity != occasion.activity {
            return Ok(());
        }
        let channel = event.channel.map(|code| names.channels.name(u32::from(code)));
        let properties: Map<String, Value> = serde_json::from_str(&event.properties).unwrap_or_default();
        if occasion.matches(activity, channel, &properties) {
            let at = event.occurred_at + i64::from(occasion.delay_minutes) * MINUTE_MS;
            each(event.event_id.to_string(), at, app.log.customer_of(event.node));
        }
        Ok(())
    })
}

/// The share of these customers with an address; the first of them are named.
fn find_reachable(
    app: &App,
    asked: &BTreeMap<CustomerId, Vec<i64>>,
    named: &mut Vec<String>,
) -> Result<(Option<Share>, u64)> {
    app.log.sync_state()?;
    let step = asked.len().div_ceil(MOST_LOOKED_AT).max(1);
    let (mut looked_at, mut reachable) = (0, 0);
    for customer in asked.keys().step_by(step) {
        looked_at += 1;
        let known = app.state.customers.list_identifiers(&app.log.nodes_of(*customer))?;
        if !list_addresses(&known).is_empty() {
            reachable += 1;
            if named.len() < NAMED {
                named.push(customer.to_string());
            }
        }
    }
    let mut share = share_of(reachable, looked_at);
    if let Some(share) = share.as_mut().filter(|_| step == 1) {
        // Everybody was looked at: nothing is left to chance.
        (share.low, share.high) = (share.share, share.share);
    }
    Ok((share, looked_at))
}

/// Which part of those invited answered, of how many, and whether it is of this survey.
fn find_answer_rate(app: &App, name: &str) -> Result<Option<(Share, u64, bool)>> {
    let surveys = app.state.surveys.list_surveys()?;
    let own = surveys.iter().find(|(survey, _)| survey.name == name);
    if let Some((_, counts)) = own.filter(|(_, counts)| counts.invitations >= FEWEST_INVITATIONS) {
        return Ok(share_of(counts.answered, counts.invitations).map(|share| (share, counts.invitations, true)));
    }
    let (mut answered, mut invitations) = (0, 0);
    for (_, counts) in &surveys {
        answered += counts.answered;
        invitations += counts.invitations;
    }
    Ok(share_of(answered, invitations).map(|share| (share, invitations, false)))
}
