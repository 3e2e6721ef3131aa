//! Decides what is due: who is invited, who is left alone, and why.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::contact::{ContactRule, Contactable};
use domain::ports::{NewIdentifier, PlanEnd, PlannedInvitation, SurveyCounts, SurveyInvitation, Trait};
use domain::survey::Opening;
use domain::time::{DAY_MS, MINUTE_MS};
use domain::{Identifier, IdentifierKind, Result, SurveyId};
use journey::CustomerSet;

use super::{InvitingSurvey, LATEST_MS, find_audience, find_inviting};
use crate::app::App;
use crate::auth::Identity;
use crate::listening::dto::{NewInvitation, NewInvitations};
use crate::listening::service::invite;
use crate::organisation::find_organisation;

/// Invitations decided together.
const AT_ONCE: u32 = 500;
/// How long something waits that cannot be sent.
const LATER_MS: i64 = 10 * MINUTE_MS;
/// The channel by which an invitation leaves.
const CHANNEL: &str = "email";
/// Characters of what a text may say of a customer.
const LONGEST_TRAIT: usize = 200;

/// Invites whoever is due and may be contacted.
pub fn invite_due(app: &App, surveys: &[InvitingSurvey]) -> Result<()> {
    let now = app.clock.now_ms();
    // What is postponed is not due any more: this ends.
    loop {
        let mut due = app.state.plans.list_due_invitations(now, AT_ONCE)?;
        if due.is_empty() {
            return Ok(());
        }
        // Where several surveys want one customer, the most important goes first, and of one survey the newest encounter.
        due.sort_by_key(|plan| {
            let priority = find_inviting(surveys, plan.survey).map_or(0, |each| each.invite.priority);
            (Reverse(priority), Reverse(plan.wanted_at), plan.id)
        });
        app.log.sync_state()?;
        let mut decisions = Decisions::new(app, surveys, now)?;
        for plan in due {
            decisions.decide(plan)?;
        }
        decisions.carry_out()?;
    }
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
        if !self.is_in_audience(each, customer.0) {
            return Ok(Judged::End(PlanEnd::OutsideSegment));
        }
        let nodes = self.app.log.nodes_of(customer);
        let known = self.app.state.customers.list_identifiers(&nodes)?;
        let Some(address) = find_address(&known) else { return Ok(Judged::End(PlanEnd::NoAddress)) };
        if !self.app.state.refusals.find_refusals(std::slice::from_ref(&address.identifier))?.is_empty() {
            return Ok(Judged::End(PlanEnd::Refused));
        }
        let identifiers: Vec<Identifier> = known.iter().map(|known| known.identifier.clone()).collect();
        let since = self.now - i64::from(self.rule.days) * DAY_MS;
        let mut contacts = self.app.state.contacts.list_contacts(&identifiers, since)?;
        contacts.extend(self.contacted.contains(&customer.0).then_some(self.now));
        match self.rule.judge(&contacts, self.now, &self.time_zone)? {
            Contactable::No(pressure) => return Ok(Judged::End(PlanEnd::Pressure(pressure))),
            Contactable::From(at) => return Ok(Judged::Postpone(at)),
            Contactable::Now => {}
        }
        self.contacted.insert(customer.0);
        let traits = self.app.state.customers.list_traits(&nodes)?;
        let person = NewInvitation {
            identifiers: choose_identifiers(&known, address),
            traits: choose_traits(&each.kept.definition, &traits),
            touchpoint: plan.subject.touchpoint,
            unit: plan.subject.unit,
            event: plan.subject.cause.map(|cause| cause.to_string()),
        };
        Ok(Judged::Invite(Box::new(person)))
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

    fn is_in_audience(&mut self, each: &InvitingSurvey, customer: u64) -> bool {
        let Some(name) = &each.invite.segment else { return true };
        let audience = self.audiences.entry(each.kept.id).or_insert_with(|| {
            let found = find_audience(self.app, name);
            found.inspect_err(|error| tracing::warn!(%error, survey = each.survey.name, "a survey invites nobody")).ok()
        });
        audience.as_ref().is_some_and(|audience| audience.has(customer))
    }

    fn carry_out(self) -> Result<()> {
        let plans = &self.app.state.plans;
        let mut ended = self.ended;
        for (survey, people) in self.invited {
            let (ids, people): (Vec<u64>, Vec<NewInvitation>) = people.into_iter().unzip();
            let new = NewInvitations { people, channel: Some(CHANNEL.to_owned()), days: None };
            match invite(self.app, survey, new, &Identity::installation()) {
                Ok(_) => ended.extend(ids.into_iter().map(|id| (id, survey, PlanEnd::Invited))),
                Err(error) => {
                    tracing::warn!(%error, %survey, people = ids.len(), "invitations wait");
                    plans.postpone_invitations(&ids, self.now + LATER_MS)?;
                }
            }
        }
        for (until, ids) in self.postponed {
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
    for (place, invitation) in invited.iter().enumerate() {
        let identifiers: Vec<Identifier> = find_all_identifiers(app, &invitation.identifiers)?.into_iter().collect();
        let contacts = app.state.contacts.list_contacts(&identifiers, now - i64::from(rule.days) * DAY_MS)?;
        if let Contactable::No(pressure) = rule.judge(&contacts, now, &time_zone)? {
            left_out.entry(place).or_insert(pressure.as_str());
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

/// The address that was seen last.
pub fn find_address(known: &[NewIdentifier]) -> Option<&NewIdentifier> {
    known.iter().filter(|known| known.identifier.kind == IdentifierKind::Email).max_by_key(|known| known.seen_at)
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
    let is_named =
        |name: &str| matches!(name, "language" | "locale") || definition.contains(&format!("customer.{name}"));
    let is_line = |text: &String| {
        !text.is_empty() && text.chars().count() <= LONGEST_TRAIT && !text.chars().any(char::is_control)
    };
    let text = |known: &Trait| serde_json::from_str::<String>(&known.value).ok().map(|text| text.trim().to_owned());
    traits
        .iter()
        .filter(|known| is_named(&known.name))
        .filter_map(|known| Some((known.name.clone(), text(known).filter(is_line)?)))
        .collect()
}
