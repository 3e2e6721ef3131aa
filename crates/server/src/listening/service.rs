//! Keeping surveys, inviting people to them, and reading what they answered.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::PoisonError;

use domain::ports::{
    Contact, KeptSurvey, OpenLinkDay, SurveyCounts, SurveyInvitation, SurveyInviting, SurveyState, SurveySubject,
};
use domain::survey::{Ask, Problem, Survey};
use domain::time::{DAY_MS, add_days, format_instant};
use domain::{Code, Error, Identifier, IdentifierKind, Result, SurveyId, SurveyResponseId};
use serde_json::{Map, Value, json};

use super::dto::{
    InvitationLinkDto, InvitationLinksDto, LeftOutDto, NewInvitation, NewInvitations, OpenLinkDayDto, OpenLinkDaysDto,
    SurveyDto, SurveyResponseDto, SurveyResponsesDto, SurveysDto,
};
use super::events::SurveyEvent;
use super::planning::{begin, leave_alone};
use crate::app::App;
use crate::auth::{Identity, Permission, ReadPersonalData, hash_secret, new_secret};
use crate::mail::{self, Post};
use crate::organisation::find_organisation;

/// People invited at once.
const MOST_PEOPLE: usize = 1_000;
/// Days until a link ends.
const DEFAULT_DAYS: u32 = 30;
const MOST_DAYS: u32 = 365;
/// The channel of links that somebody else brings.
const LINK: &str = "link";
/// What the contacts of surveys are for.
pub(crate) const SURVEY: &str = "survey";
/// Characters of a touchpoint, a unit, a channel or a trait.
const LONGEST_TEXT: usize = 200;
const MOST_TRAITS: usize = 20;
const MOST_RESPONSES: u32 = 1_000;
/// Days back that counts of the open link are listed for.
const MOST_OPEN_LINK_DAYS: u16 = 400;
/// Problems that a refusal names; the others are counted.
const SHOWN_PROBLEMS: usize = 10;

pub fn parse_survey(text: &str) -> Result<SurveyId> {
    text.parse().map_err(|cause: domain::ids::InvalidId| Error::invalid(cause.to_string()))
}

pub fn list_surveys(app: &App) -> Result<SurveysDto> {
    let surveys = app.state.surveys.list_surveys()?;
    Ok(SurveysDto { surveys: surveys.into_iter().map(|(survey, counts)| describe(app, survey, counts)).collect() })
}

pub fn find_survey(app: &App, id: SurveyId) -> Result<SurveyDto> {
    let survey = app.state.surveys.find_survey(id)?;
    Ok(describe(app, survey, app.state.surveys.count_survey(id)?))
}

fn describe(app: &App, survey: KeptSurvey, counts: SurveyCounts) -> SurveyDto {
    SurveyDto::new(survey, counts, &app.base_url().unwrap_or_default())
}

pub fn create_survey(app: &App, file: &[u8], by: &Identity) -> Result<SurveyDto> {
    let survey = read_file(file)?;
    let now = app.clock.now_ms();
    let kept = KeptSurvey {
        id: SurveyId(0),
        name: survey.name.clone(),
        definition: survey.to_json(),
        version: 1,
        state: SurveyState::Draft,
        link_token: new_secret(),
        created_by: by.name.clone(),
        created_at: now,
        updated_at: now,
    };
    let audit = app.audit_entry(by, "survey.create", &kept.name, json!({}));
    let kept = app.state.surveys.create_survey(&kept, &audit)?;
    Ok(describe(app, kept, SurveyCounts::default()))
}

pub fn update_survey(app: &App, id: SurveyId, version: Option<u32>, file: &[u8], by: &Identity) -> Result<SurveyDto> {
    let survey = read_file(file)?;
    let stored = app.state.surveys.find_survey(id)?;
    if survey.name != stored.name {
        return Err(Error::invalid(format!(
            "{id} is called `{}` and the file `{}`; a survey keeps its name, another name is another survey",
            stored.name, survey.name
        )));
    }
    if survey.is_anonymous != read_kept(&stored.definition)?.is_anonymous {
        return Err(Error::invalid(
            "whether a survey is anonymous never changes, because people were invited to it as it was; make another survey",
        ));
    }
    let changed = KeptSurvey {
        definition: survey.to_json(),
        version: version.unwrap_or(stored.version),
        created_by: by.name.clone(),
        updated_at: app.clock.now_ms(),
        ..stored
    };
    let audit = app.audit_entry(
        by,
        "survey.update",
        &id.to_string(),
        json!({"name": changed.name, "version": changed.version + 1}),
    );
    app.state.surveys.update_survey(&changed, &audit)?;
    find_survey(app, id)
}

pub fn set_state(app: &App, id: SurveyId, state: SurveyState, by: &Identity) -> Result<SurveyDto> {
    let audit = app.audit_entry(by, "survey.state", &id.to_string(), json!({"state": state.as_str()}));
    let was_open = app.state.surveys.find_survey(id)?.state == SurveyState::Open;
    if state == SurveyState::Open && !was_open {
        begin(app, id)?;
    }
    app.state.surveys.set_survey_state(id, state, app.clock.now_ms(), &audit)?;
    find_survey(app, id)
}

/// The file of a version, as it was kept.
pub fn find_version(app: &App, id: SurveyId, version: u32) -> Result<Value> {
    app.state.surveys.find_survey(id)?;
    let definition = app.state.surveys.find_survey_version(id, version)?;
    serde_json::from_str(&definition).map_err(|cause| Error::internal("a kept survey cannot be read").caused_by(cause))
}

/// The survey of a file, or everything that is wrong with it.
fn read_file(file: &[u8]) -> Result<Survey> {
    Survey::from_json(file).map_err(|problems| Error::invalid(list_problems(&problems)))
}

pub fn list_problems(problems: &[Problem]) -> String {
    let shown: Vec<String> = problems.iter().take(SHOWN_PROBLEMS).map(ToString::to_string).collect();
    let more = match problems.len().checked_sub(SHOWN_PROBLEMS) {
        Some(more @ 1..) => format!("; and {more} more"),
        _ => String::new(),
    };
    format!("{}{more}", shown.join("; "))
}

pub fn invite(app: &App, id: SurveyId, new: NewInvitations, by: &Identity) -> Result<InvitationLinksDto> {
    let NewInvitations { people, channel, days } = new;
    if people.is_empty() || people.len() > MOST_PEOPLE {
        return Err(Error::invalid(format!("1 to {MOST_PEOPLE} people are invited at once, not {}", people.len())));
    }
    let days = days.unwrap_or(DEFAULT_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Error::invalid(format!("`days` is 1 to {MOST_DAYS}, not {days}")));
    }
    let channel = check_text("channel", channel.as_deref().unwrap_or(LINK))?;
    let survey = app.state.surveys.find_survey(id)?;
    let definition = read_kept(&survey.definition)?;
    let (is_anonymous, now) = (definition.is_anonymous, app.clock.now_ms());
    let opening = definition.opening_at(now);
    let post = (channel == mail::CHANNEL).then(|| Post::of(app, &survey, opening)).transpose()?;
    let (mut invited, mut addresses) = (Vec::with_capacity(people.len()), Vec::new());
    for (position, person) in people.iter().enumerate() {
        let wrong = |error: Error| Error::invalid(format!("people[{position}]: {}", error.detail));
        let invitation = read_person(person).map_err(wrong)?;
        if let Some(post) = &post {
            addresses.push(post.address_of(&invitation).map_err(wrong)?);
        }
        invited.push(invitation);
    }
    // Nobody else contacts anybody between judging and noting that somebody is.
    let _turn = app.contacting.lock().unwrap_or_else(PoisonError::into_inner);
    let mut refused = post.as_ref().map(|post| post.find_refused(app, &addresses)).transpose()?.unwrap_or_default();
    if post.is_some() {
        leave_alone(app, &invited, now, &mut refused)?;
    }

    let expires_at = now + i64::from(days) * DAY_MS;
    // When a link that is nobody's was made must not tell which encounter it is about.
    let since_midnight = if is_anonymous { now.rem_euclid(DAY_MS) } else { 0 };
    let (mut invitations, mut messages, mut contacts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut tokens, mut events) = (Vec::new(), Vec::new());
    for (position, mut invitation) in invited.into_iter().enumerate() {
        if refused.contains_key(&position) {
            continue;
        }
        let token = new_secret();
        invitation.survey = id;
        invitation.token_hash = hash_secret(&token);
        invitation.channel.clone_from(&channel);
        (invitation.created_at, invitation.expires_at) = (now - since_midnight, expires_at - since_midnight);
        if let Some(post) = &post {
            messages.push(post.write(&addresses[position], &token, &invitation.traits, is_anonymous)?);
        }
        // Whoever gets the link some other way is not interrupted by us.
        if channel != LINK && !invitation.is_anonymous() {
            let at = if is_anonymous { now - now.rem_euclid(DAY_MS) } else { now };
            contacts.push(Contact { keys: app.contact_keys(&invitation.identifiers), at, purpose: SURVEY });
        }
        if is_anonymous {
            // Nothing that could tell afterwards whose the answer is.
            invitation.identifiers.clear();
            invitation.traits.clear();
        }
        if invitation.is_anonymous() {
            // The event belongs to somebody.
            invitation.subject.cause = None;
        }
        let sent = SurveyEvent::Sent.of(app, &survey, survey.version, &invitation, now, Map::new())?;
        if post.is_none() {
            events.extend(sent);
        }
        tokens.push(token);
        invitations.push(invitation);
    }
    let detail =
        json!({"name": survey.name, "people": invitations.len(), "channel": channel, "left_out": refused.len()});
    let audit = app.audit_entry(by, "survey.invite", &id.to_string(), detail);
    let inviting =
        SurveyInviting { invitations: &invitations, messages: &messages, contacts: &contacts, events: &events };
    let ids = app.state.surveys.create_survey_invitations(&inviting, &audit)?;
    app.relay_events();
    app.mailer.wake();
    let base_url = app.base_url().unwrap_or_default();
    let links = ids.into_iter().zip(tokens).map(|(invitation, token)| InvitationLinkDto {
        invitation: invitation.to_string(),
        link: post.is_none().then(|| format!("{base_url}/s/{token}")),
        expires_at: format_instant(expires_at - since_midnight),
    });
    let left_out = refused.into_iter().map(|(person, reason)| LeftOutDto { person, reason });
    Ok(InvitationLinksDto { links: links.collect(), left_out: left_out.collect() })
}

/// A definition that was checked when it was kept.
pub fn read_kept(definition: &str) -> Result<Survey> {
    Survey::from_json(definition.as_bytes())
        .map_err(|problems| Error::internal(format!("a kept survey cannot be read: {}", list_problems(&problems))))
}

pub(super) fn read_person(person: &NewInvitation) -> Result<SurveyInvitation> {
    let mut identifiers = Vec::with_capacity(person.identifiers.len());
    for (kind, value) in &person.identifiers {
        let identifier = Identifier::new(IdentifierKind::parse(kind), value)
            .map_err(|cause| Error::invalid(format!("the identifier `{kind}` is refused: {cause}")))?;
        identifiers.push(identifier);
    }
    identifiers.sort_by_key(|identifier| identifier.kind.priority());
    if person.traits.len() > MOST_TRAITS {
        return Err(Error::invalid(format!("at most {MOST_TRAITS} traits, not {}", person.traits.len())));
    }
    let mut traits = Vec::with_capacity(person.traits.len());
    for (name, value) in &person.traits {
        traits.push((check_text("the name of a trait", name)?, check_text(name, value)?));
    }
    let touchpoint = person.touchpoint.as_deref().map(check_touchpoint).transpose()?;
    let cause = person.event.as_deref().map(str::parse).transpose();
    let cause = cause.map_err(|cause: domain::ids::InvalidId| Error::invalid(cause.to_string()))?;
    let unit = person.unit.as_deref().map(|text| check_text("unit", text)).transpose()?;
    Ok(SurveyInvitation {
        id: domain::SurveyInvitationId(0),
        survey: SurveyId(0),
        token_hash: String::new(),
        identifiers,
        traits,
        subject: SurveySubject { touchpoint, unit, cause },
        channel: String::new(),
        created_at: 0,
        expires_at: 0,
        shown_at: None,
        started_at: None,
        answered_at: None,
        refused_at: None,
    })
}

/// `channel:activity`, as events name them.
pub fn check_touchpoint(text: &str) -> Result<String> {
    let touchpoint = check_text("touchpoint", text)?;
    match touchpoint.split_once(':') {
        Some((channel, activity)) if !channel.is_empty() && !activity.is_empty() => Ok(touchpoint),
        _ => Err(Error::invalid("`touchpoint` is `channel:activity`, such as `web:Order Completed`")),
    }
}

/// Whether the organisation has this unit in its tree.
pub fn is_unit(app: &App, name: &str) -> Result<bool> {
    Ok(app.state.units.list_units()?.iter().any(|unit| unit.name == name))
}

/// One line of a text.
pub fn check_text(what: &str, text: &str) -> Result<String> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > LONGEST_TEXT || text.chars().any(char::is_control) {
        return Err(Error::invalid(format!("`{what}` is one line of 1 to {LONGEST_TEXT} characters")));
    }
    Ok(text.to_owned())
}

/// What came by the open link of a survey, today and on the days before.
pub fn list_open_link_days(app: &App, id: SurveyId, days: u16) -> Result<OpenLinkDaysDto> {
    if !(1..=MOST_OPEN_LINK_DAYS).contains(&days) {
        return Err(Error::invalid(format!("`days` is 1 to {MOST_OPEN_LINK_DAYS}, not {days}")));
    }
    app.state.surveys.find_survey(id)?;
    let calendar = find_organisation(app)?.calendar;
    let today = calendar.day_of(app.clock.now_ms())?;
    let since = calendar.start_ms(add_days(today, 1 - i64::from(days)))?;
    let mut listed = Vec::new();
    for OpenLinkDay { day, counts } in app.state.surveys.list_open_link_days(id, since)? {
        listed.push(OpenLinkDayDto { day: calendar.day_of(day)?.to_string(), counts: counts.into() });
    }
    Ok(OpenLinkDaysDto { days: listed })
}

/// Which answers of a survey are asked for.
#[derive(Clone, Copy, Debug)]
pub struct AskedResponses {
    pub before: Option<SurveyResponseId>,
    pub limit: u32,
    /// Only those with marks, or only those without.
    pub is_marked: Option<bool>,
}

pub fn parse_response(text: &str) -> Result<SurveyResponseId> {
    text.parse().map_err(|cause: domain::ids::InvalidId| Error::invalid(cause.to_string()))
}

pub fn parse_marks(text: &str) -> Result<bool> {
    match text {
        "with" => Ok(true),
        "without" => Ok(false),
        other => Err(Error::invalid(format!("`marks` is `with` or `without`, not `{other}`"))),
    }
}

pub fn list_responses(app: &App, id: SurveyId, asked: &AskedResponses, by: &Identity) -> Result<SurveyResponsesDto> {
    let AskedResponses { before, limit, is_marked } = *asked;
    if !(1..=MOST_RESPONSES).contains(&limit) {
        return Err(Error::new(Code::InvalidArgument, format!("`limit` is 1 to {MOST_RESPONSES}, not {limit}")));
    }
    app.state.surveys.find_survey(id)?;
    let mut responses = app.state.surveys.list_survey_responses(id, before, limit + 1, is_marked)?;
    let next = match responses.len() > limit as usize {
        true => {
            responses.truncate(limit as usize);
            responses.last().map(|response| response.id.to_string())
        }
        false => None,
    };
    let with_personal = by.may(&ReadPersonalData::RULE);
    let topics = app.topics.known();
    let mut texts: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut shown = Vec::with_capacity(responses.len());
    for response in responses {
        let of_version = match texts.entry(response.version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(list_texts(app, id, response.version)?),
        };
        shown.push(SurveyResponseDto::new(response, of_version, &topics.analyzer, with_personal));
    }
    Ok(SurveyResponsesDto { responses: shown, next })
}

/// The questions of a version that are answered in a customer's own words.
fn list_texts(app: &App, id: SurveyId, version: u32) -> Result<Vec<String>> {
    let survey = read_kept(&app.state.surveys.find_survey_version(id, version)?)?;
    let texts = survey.questions.into_iter().filter(|question| question.ask == Ask::Text);
    Ok(texts.map(|question| question.id).collect())
}
