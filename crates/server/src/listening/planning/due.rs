//! Decides what is due: who is invited, who is left alone, and why.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::contact::{ContactRule, Contactable};
use domain::ports::{NewIdentifier, PlanEnd, PlannedInvitation, RefusalReason, SurveyCounts, SurveyInvitation, Trait};
use domain::survey::Opening;
use domain::time::{DAY_MS, MINUTE_MS};
use domain::{Code, Identifier, IdentifierKind, Result, SurveyId};
use journey::CustomerSet;

use super::{InvitingSurvey, LATEST_MS, find_audience, find_inviting};
use crate::app::App;
use crate::auth::Identity;
use crate::listening::dto::{NewInvitation, NewInvitations};
use crate::listening::service::{check_text, invite, read_person};
use crate::mail;
use crate::organisation::find_organisation;

/// Invitations decided together.
const AT_ONCE: u32 = 500;
/// Rounds of them in one go.
const MOST_ROUNDS: usize = 10;
/// Nobody else is invited while so many minutes of messages wait to leave.
const BACKLOG_MINUTES: u64 = 30;
/// How long something waits that cannot be sent.
const LATER_MS: i64 = 10 * MINUTE_MS;
/// The channel by which an invitation leaves.
const CHANNEL: &str = "email";
/// Characters of what a text may say of a customer: whoever sends events must not write messages.
const LONGEST_TRAIT: usize = 60;
const MOST_TRAITS: usize = 20;

/// Invites whoever is due and may be contacted.
pub fn invite_due(app: &App, surveys: &[InvitingSurvey]) -> Result<()> {
    let now = app.clock.now_ms();
    let mut decisions = Decisions::new(app, surveys, now)?;
    // Others wait for this thread too: what is left over is decided the next time.
    for _ in 0..MOST_ROUNDS {
        let mut due = app.state.plans.list_due_invitations(now, AT_ONCE)?;
        if due.is_empty() || app.is_stopping() || is_backed_up(app)? {
            return Ok(());
        }
        // Where several surveys want one customer, the most important goes first, and of one survey the newest encounter.
        due.sort_by_key(|plan| {
            let priority = find_inviting(surveys, plan.survey).map_or(0, |each| each.invite.priority);
            (Reverse(priority), Reverse(plan.wanted_at), plan.id)
        });
        app.log.sync_state()?;
        for plan in due {
            decisions.decide(plan)?;
        }
        decisions.carry_out()?;
    }
    Ok(())
}

/// Whether so many messages wait that further ones would leave at another hour.
fn is_backed_up(app: &App) -> Result<bool> {
    let most = u64::from(app.settings.mail.per_minute) * BACKLOG_MINUTES;
    Ok(app.state.mail.count_queued_mail()? >= most)
}

/// What is decided of the plans of one moment.
struct Decisions<'a> {
    app: &'a App,
    surveys: &'a [InvitingSurvey],
    now: i64,
    rule: ContactRule,
    time_zone: String,
    audiences: HashMap<SurveyId, Option<CustomerSet>>,
    counts: HashMap<SurveyId, SurveyCounts>,
    /// Customers who are contacted now.
    contacted: BTreeSet<u64>,
    ended: Vec<(u64, SurveyId, PlanEnd)>,
    postponed: BTreeMap<i64, Vec<u64>>,
    invited: BTreeMap<SurveyId, Vec<(u64, NewInvitation)>>,
}

impl Decisions<'_> {
    fn new<'a>(app: &'a App, surveys: &'a [InvitingSurvey], now: i64) -> Result<Decisions<'a>> {
        Ok(Decisions {
            app,
            surveys,
            now,
            rule: app.state.contacts.find_contact_rule()?,
            time_zone: find_organisation(app)?.calendar.time_zone,
            audiences: HashMap::new(),
            counts: HashMap::new(),
            contacted: BTreeSet::new(),
            ended: Vec::new(),
            postponed: BTreeMap::new(),
            invited: BTreeMap::new(),
        })
    }

    fn decide(&mut self, plan: PlannedInvitation) -> Result<()> {
        let (id, survey) = (plan.id, plan.survey);
        match self.judge(plan)? {
            Judged::End(end) => self.ended.push((id, survey, end)),
            Judged::Postpone(until) => self.postponed.entry(until).or_default().push(id),
            Judged::Invite(person) => self.invited.entry(survey).or_default().push((id, *person)),
        }
        Ok(())
    }

    fn judge(&mut self, plan: PlannedInvitation) -> Result<Judged> {
        let Some(each) = find_inviting(self.surveys, plan.survey) else { return Ok(Judged::End(PlanEnd::NotOpen)) };
        if each.survey.opening_at(self.now) != Opening::Open || self.is_full(each)? {
            return Ok(Judged::End(PlanEnd::NotOpen));
        }
        if plan.wanted_at + LATEST_MS < self.now {
            return Ok(Judged::End(PlanEnd::TooLate));
        }
        let customer = self.app.log.customer_of(plan.node);
        if !self.is_in_audience(each, customer.0)? {
            return Ok(Judged::End(PlanEnd::OutsideSegment));
        }
        let nodes = self.app.log.nodes_of(customer);
        let known = self.app.state.customers.list_identifiers(&nodes)?;
        let addresses = list_addresses(&known);
        if addresses.is_empty() {
            return Ok(Judged::End(PlanEnd::NoAddress));
        }
        let Some(address) = self.find_willing(&addresses)? else { return Ok(Judged::End(PlanEnd::Refused)) };
        let identifiers: Vec<Identifier> = known.iter().map(|known| known.identifier.clone()).collect();
        let since = self.now - i64::from(self.rule.days) * DAY_MS;
        let mut contacts = self.app.state.contacts.list_contacts(&self.app.contact_keys(&identifiers), since)?;
        contacts.extend(self.contacted.contains(&customer.0).then_some(self.now));
        match self.rule.judge(&contacts, self.now, &self.time_zone)? {
            Contactable::No(pressure) => return Ok(Judged::End(PlanEnd::Pressure(pressure))),
            Contactable::From(at) => return Ok(Judged::Postpone(at)),
            Contactable::Now => {}
        }
        let traits = self.app.state.customers.list_traits(&nodes)?;
        let person = NewInvitation {
            identifiers: choose_identifiers(&known, address),
            traits: choose_traits(&each.kept.definition, &traits),
            touchpoint: plan.subject.touchpoint.filter(|text| check_text("touchpoint", text).is_ok()),
            unit: plan.subject.unit.filter(|text| check_text("unit", text).is_ok()),
            event: plan.subject.cause.map(|cause| cause.to_string()),
        };
        // What events bring is anything: one that cannot be invited must not keep the others from it.
        if let Err(error) = read_person(&person) {
            tracing::warn!(%error, survey = each.survey.name, "somebody cannot be invited");
            return Ok(Judged::End(PlanEnd::NoAddress));
        }
        self.contacted.insert(customer.0);
        Ok(Judged::Invite(Box::new(person)))
    }

    /// The address to write to, of somebody who has refused mail at none: one that answered goes before others, because what
    /// arrives by a key in a browser can name any, and the newest before older ones.
    fn find_willing<'k>(&self, addresses: &[&'k NewIdentifier]) -> Result<Option<&'k NewIdentifier>> {
        let known: Vec<Identifier> = addresses.iter().map(|known| known.identifier.clone()).collect();
        let refusals = self.app.state.refusals.find_refusals(&known)?;
        if refusals.iter().any(|refusal| refusal.reason != RefusalReason::Bounced) {
            return Ok(None);
        }
        let bounces = |known: &NewIdentifier| refusals.iter().any(|refusal| refusal.identifier == known.identifier);
        let willing: Vec<&NewIdentifier> = addresses.iter().copied().filter(|known| !bounces(known)).collect();
        if willing.len() < 2 {
            return Ok(willing.first().copied());
        }
        let named: Vec<String> = willing.iter().map(|known| known.identifier.value.clone()).collect();
        let answering = self.app.state.mail.find_answering_addresses(&named)?;
        let has_answered = |known: &&&NewIdentifier| answering.contains(&known.identifier.value);
        Ok(willing.iter().find(has_answered).or(willing.first()).copied())
    }

    /// Whether the survey has as many answers as it wants.
    fn is_full(&mut self, each: &InvitingSurvey) -> Result<bool> {
        let Some(most) = each.survey.quotas.iter().filter(|quota| quota.of.is_none()).map(|quota| quota.most).min()
        else {
            return Ok(false);
        };
        if !self.counts.contains_key(&each.kept.id) {
            let counts = self.app.state.surveys.count_survey(each.kept.id)?;
            self.counts.insert(each.kept.id, counts);
        }
        Ok(self.counts.get(&each.kept.id).is_some_and(|counts| counts.complete >= most))
    }

    fn is_in_audience(&mut self, each: &InvitingSurvey, customer: u64) -> Result<bool> {
        let Some(name) = &each.invite.segment else { return Ok(true) };
        if !self.audiences.contains_key(&each.kept.id) {
            let audience = match find_audience(self.app, name) {
                Err(error) if error.code == Code::NotFound => {
                    tracing::warn!(%error, survey = each.survey.name, "a survey invites nobody");
                    None
                }
                found => Some(found?),
            };
            self.audiences.insert(each.kept.id, audience);
        }
        let audience = self.audiences.get(&each.kept.id).and_then(Option::as_ref);
        Ok(audience.is_some_and(|audience| audience.has(customer)))
    }

    fn carry_out(&mut self) -> Result<()> {
        let plans = &self.app.state.plans;
        let mut ended = std::mem::take(&mut self.ended);
        // They are among the contacts from now on.
        self.contacted.clear();
        for (survey, people) in std::mem::take(&mut self.invited) {
            let (ids, people): (Vec<u64>, Vec<NewInvitation>) = people.into_iter().unzip();
            let new = NewInvitations { people, channel: Some(CHANNEL.to_owned()), days: None };
            match invite(self.app, survey, new, &Identity::installation()) {
                Ok(invited) => {
                    let reasons: HashMap<usize, &str> =
                        invited.left_out.iter().map(|left_out| (left_out.person, left_out.reason)).collect();
                    // Whoever called mail unwanted or wants no more of it does not want to be asked either.
                    let end = |place: usize| match reasons.get(&place) {
                        None => PlanEnd::Invited,
                        Some(reason) => PlanEnd::parse(reason).unwrap_or(PlanEnd::Refused),
                    };
                    ended.extend(ids.into_iter().enumerate().map(|(place, id)| (id, survey, end(place))));
                }
                Err(error) => {
                    tracing::warn!(%error, %survey, people = ids.len(), "invitations wait");
                    plans.postpone_invitations(&ids, self.now + LATER_MS)?;
                }
            }
        }
        for (until, ids) in std::mem::take(&mut self.postponed) {
            plans.postpone_invitations(&ids, until)?;
        }
        plans.end_planned_invitations(&ended)
    }
}

/// Adds to those who are left out, by their place, whom the contact rule leaves alone. The hour is up to whoever invites.
pub fn leave_alone(
    app: &App,
    invited: &[SurveyInvitation],
    now: i64,
    left_out: &mut BTreeMap<usize, &'static str>,
) -> Result<()> {
    let rule = ContactRule { from_hour: 0, until_hour: 24, ..app.state.contacts.find_contact_rule()? };
    let time_zone = find_organisation(app)?.calendar.time_zone;
    let mut chosen: BTreeSet<Identifier> = BTreeSet::new();
    for (place, invitation) in invited.iter().enumerate() {
        if left_out.contains_key(&place) {
            continue;
        }
        let identifiers: Vec<Identifier> = find_all_identifiers(app, &invitation.identifiers)?.into_iter().collect();
        let since = now - i64::from(rule.days) * DAY_MS;
        let mut contacts = app.state.contacts.list_contacts(&app.contact_keys(&identifiers), since)?;
        // The same customer twice in one go.
        contacts.extend(identifiers.iter().any(|known| chosen.contains(known)).then_some(now));
        if let Contactable::No(pressure) = rule.judge(&contacts, now, &time_zone)? {
            left_out.insert(place, pressure.as_str());
        } else {
            chosen.extend(identifiers);
        }
    }
    Ok(())
}

/// What somebody is told to be known by, and whatever else the customers are known by to whom that leads.
fn find_all_identifiers(app: &App, told: &[Identifier]) -> Result<BTreeSet<Identifier>> {
    let mut all: BTreeSet<Identifier> = told.iter().cloned().collect();
    for identifier in told {
        let known = app.state.customers.find_identifiers(&identifier.value)?;
        for known in known.into_iter().filter(|known| known.identifier == *identifier) {
            let nodes = app.log.nodes_of(app.log.customer_of(known.node));
            all.extend(app.state.customers.list_identifiers(&nodes)?.into_iter().map(|known| known.identifier));
        }
    }
    Ok(all)
}

/// What is done with a plan.
enum Judged {
    End(PlanEnd),
    Postpone(i64),
    Invite(Box<NewInvitation>),
}

/// The addresses that mail can be sent to, those seen last first.
pub fn list_addresses(known: &[NewIdentifier]) -> Vec<&NewIdentifier> {
    let is_address = |known: &&NewIdentifier| {
        known.identifier.kind == IdentifierKind::Email && mail::is_address(&known.identifier.value)
    };
    let mut addresses: Vec<&NewIdentifier> = known.iter().filter(is_address).collect();
    addresses.sort_by_key(|known| Reverse(known.seen_at));
    addresses
}

/// The address, and of every other kind what was seen last.
fn choose_identifiers(known: &[NewIdentifier], address: &NewIdentifier) -> BTreeMap<String, String> {
    let mut known: Vec<&NewIdentifier> = known.iter().collect();
    known.sort_by_key(|known| known.seen_at);
    let all = known.into_iter().chain([address]);
    all.map(|known| (known.identifier.kind.as_str().to_owned(), known.identifier.value.clone())).collect()
}

/// The traits that the texts of the survey name, and the language: no more of the customer goes along.
fn choose_traits(definition: &str, traits: &[Trait]) -> BTreeMap<String, String> {
    let is_named = |name: &str| {
        let is_placed = |end: &str| definition.contains(&format!("customer.{name}{end}"));
        matches!(name, "language" | "locale") || ["}", "|", " "].into_iter().any(is_placed)
    };
    let is_line = |text: &String| {
        let is_address = text.contains("://") || text.to_lowercase().contains("www.");
        !text.is_empty() && !is_address && text.chars().count() <= LONGEST_TRAIT && !text.chars().any(char::is_control)
    };
    let text = |known: &Trait| serde_json::from_str::<String>(&known.value).ok().map(|text| text.trim().to_owned());
    traits
        .iter()
        .filter(|known| is_named(&known.name))
        .filter_map(|known| Some((known.name.clone(), text(known).filter(is_line)?)))
        .take(MOST_TRAITS)
        .collect()
}
