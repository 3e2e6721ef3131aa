//! What leads to invitations: events as they are stored, days and random moments as they come.

use std::collections::{BTreeMap, BTreeSet};

use domain::contact::hour_of_day;
use domain::ports::{PlannedInvitation, SurveySubject};
use domain::survey::{Occasion, moment_in_span};
use domain::time::{DAY_MS, MINUTE_MS, find_zone};
use domain::{Code, CustomerId, NodeId, Result, SurveyId};
use serde_json::{Map, Value};

use super::{InvitingSurvey, LATEST_MS, find_audience};
use crate::app::App;
use crate::organisation::find_organisation;

/// The mark of the log: the number of the first event that was not looked at.
const LOG: &str = "log";
/// Invitations planned in one transaction.
const PLANNED_AT_ONCE: usize = 2_000;
/// Customers read at once.
const CUSTOMERS_AT_ONCE: usize = 10_000;
/// Random moments are looked for this often: everybody is looked at.
const MOMENTS_EVERY_MS: i64 = 10 * MINUTE_MS;
/// An event may say that it happens so much later than now: clocks differ.
const AHEAD_MS: i64 = DAY_MS;

/// Plans invitations after the events that were stored since the last time.
pub fn follow_events(app: &App, surveys: &[InvitingSurvey]) -> Result<()> {
    let by_event: Vec<_> = surveys
        .iter()
        .filter_map(|each| match &each.invite.when {
            Occasion::Event(event) => Some((each, event)),
            _ => None,
        })
        .collect();
    let next = app.log.next_seq();
    let mark = app.state.plans.find_planning_mark(LOG)?;
    let from = match mark {
        Some(mark) => mark.cast_unsigned(),
        // Who begins to ask does not ask about what was before.
        None if by_event.is_empty() => return Ok(()),
        None => next,
    };
    if mark.is_some() && from == next {
        return Ok(());
    }
    let now = app.clock.now_ms();
    let longest =
        by_event.iter().map(|(_, event)| i64::from(event.delay_minutes) * MINUTE_MS).max().unwrap_or_default();
    let mut planned = Vec::new();
    if !by_event.is_empty() {
        app.log.for_each_event_within(from, &(now - longest - LATEST_MS..now + AHEAD_MS), &mut |event| {
            // Stored meanwhile: the next time's.
            let Some(code) = event.activity.filter(|_| event.seq < next) else { return Ok(()) };
            let names = app.log.names();
            let activity = names.activities.name(u32::from(code));
            let channel = event.channel.map(|code| names.channels.name(u32::from(code)));
            let mut properties: Option<Map<String, Value>> = None;
            for (each, occasion) in by_event.iter().filter(|(_, occasion)| occasion.activity == activity) {
                let wanted_at = event.occurred_at + i64::from(occasion.delay_minutes) * MINUTE_MS;
                let properties =
                    properties.get_or_insert_with(|| serde_json::from_str(&event.properties).unwrap_or_default());
                let is_wanted = wanted_at + LATEST_MS >= now
                    && occasion.matches(activity, channel, properties)
                    && each.invite.is_drawn(&each.survey.name, &event.event_id.to_string());
                if is_wanted {
                    let subject = SurveySubject {
                        touchpoint: channel.map(|channel| format!("{channel}:{activity}")),
                        unit: event.unit.map(|code| names.units.name(code).to_owned()),
                        cause: Some(event.event_id),
                    };
                    planned.push(plan(each, event.node, subject, wanted_at));
                }
            }
            Ok(())
        })?;
    }
    keep(app, &planned, LOG, from.cast_signed(), next.cast_signed())
}

/// Begins to follow what leads to invitations of a survey that is opened: what was before is not asked about.
pub fn begin(app: &App, id: SurveyId) -> Result<()> {
    let now = app.clock.now_ms();
    app.state.plans.plan_invitations(&[], (&clock_of(id), now))?;
    if app.state.plans.find_planning_mark(LOG)?.is_none() {
        app.state.plans.plan_invitations(&[], (LOG, app.log.next_seq().cast_signed()))?;
    }
    Ok(())
}

/// The mark of the clock of a survey: the instant up to which days and moments were looked at.
fn clock_of(id: SurveyId) -> String {
    format!("clock:{id}")
}

fn plan(each: &InvitingSurvey, node: NodeId, subject: SurveySubject, wanted_at: i64) -> PlannedInvitation {
    let priority = each.invite.priority;
    PlannedInvitation { id: 0, survey: each.kept.id, node, subject, wanted_at, due_at: wanted_at, priority }
}

/// In pieces, the mark with the last of them: what was planned twice after a crash is decided twice, and the contact rule
/// lets the second go.
fn keep(app: &App, planned: &[PlannedInvitation], name: &str, from: i64, mark: i64) -> Result<()> {
    let last_piece = planned.len().saturating_sub(1) / PLANNED_AT_ONCE * PLANNED_AT_ONCE;
    let (before, last) = planned.split_at(last_piece);
    for piece in before.chunks(PLANNED_AT_ONCE) {
        app.state.plans.plan_invitations(piece, (name, from))?;
    }
    app.state.plans.plan_invitations(last, (name, mark))
}

/// Plans the invitations of the days and random moments that came since the last time.
pub fn follow_days(app: &App, surveys: &[InvitingSurvey]) -> Result<()> {
    let now = app.clock.now_ms();
    for each in surveys {
        let step = match &each.invite.when {
            Occasion::Event(_) => continue,
            Occasion::Days { .. } => MINUTE_MS,
            Occasion::Moments { .. } => MOMENTS_EVERY_MS,
        };
        let name = clock_of(each.kept.id);
        let mark = app.state.plans.find_planning_mark(&name)?;
        if mark.is_some_and(|mark| now < mark + step) {
            continue;
        }
        // What it missed while it was closed is not made up for.
        let from = mark.unwrap_or(each.kept.updated_at).max(now - LATEST_MS);
        let planned = match plan_between(app, each, from, now) {
            // The segment is gone, and whoever looks later finds nobody either.
            Err(error) if error.code == Code::NotFound => {
                tracing::warn!(%error, survey = each.survey.name, "a survey invites nobody");
                Vec::new()
            }
            planned => planned?,
        };
        keep(app, &planned, &name, from, now)?;
    }
    Ok(())
}

/// The invitations of a survey after `from` and until `now`.
fn plan_between(app: &App, each: &InvitingSurvey, from: i64, now: i64) -> Result<Vec<PlannedInvitation>> {
    let mut instants: BTreeMap<i64, String> = BTreeMap::new();
    if let Occasion::Days { days, hour } = &each.invite.when {
        let zone = find_zone(&find_organisation(app)?.calendar.time_zone)?;
        for day in days {
            instants.insert(hour_of_day(*day, *hour, zone.clone())?, day.to_string());
        }
        instants.retain(|at, _| *at > from && *at <= now);
        if instants.is_empty() {
            return Ok(Vec::new());
        }
    }
    let audience = each.invite.segment.as_deref().map(|name| find_audience(app, name)).transpose()?;
    let mut planned = Vec::new();
    for_each_customer(app, &mut |customer| {
        if audience.as_ref().is_some_and(|audience| !audience.has(customer.0)) {
            return;
        }
        let name = customer.to_string();
        let mut want = |at: i64, occasion: &str| {
            if each.invite.is_drawn(&each.survey.name, &format!("{occasion} {name}")) {
                planned.push(plan(each, NodeId(customer.0), SurveySubject::default(), at));
            }
        };
        match &each.invite.when {
            Occasion::Event(_) => {}
            Occasion::Days { .. } => instants.iter().for_each(|(at, day)| want(*at, day)),
            Occasion::Moments { every_days } => {
                // A span may end between the two.
                let moments = [from, now].map(|at| moment_in_span(&each.survey.name, &name, *every_days, at));
                for moment in BTreeSet::from(moments) {
                    if moment > from && moment <= now {
                        want(moment, &moment.to_string());
                    }
                }
            }
        }
    });
    Ok(planned)
}

pub fn for_each_customer(app: &App, each: &mut dyn FnMut(CustomerId)) {
    let mut after = None;
    loop {
        let customers = app.log.list_customers(after, CUSTOMERS_AT_ONCE);
        let Some(last) = customers.last() else { return };
        after = Some(*last);
        customers.into_iter().for_each(&mut *each);
    }
}
