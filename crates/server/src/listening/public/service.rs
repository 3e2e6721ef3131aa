//! What whoever holds a link may do: see the survey, begin, answer, refuse.

use std::collections::{BTreeMap, BTreeSet};

use domain::ports::{
    Answered, ContactRefusal, InvitationStep, KeptSurvey, RefusalReason, SurveyAnswering, SurveyChoice,
    SurveyInvitation, SurveyQuota, SurveyResponse, SurveyState, SurveySubject,
};
use domain::survey::{Answers, Mark, Opening, Piped, Problem, Sending, Survey};
use domain::time::DAY_MS;
use domain::{Error, IdentifierKind, Result, StoredEvent, SurveyResponseId};
use serde_json::{Map, Value, json};

use super::super::comments::read_comment;
use super::super::events::SurveyEvent;
use super::super::page::About;
use super::super::scores::SURVEY;
use super::super::service::{is_unit, read_kept};
use crate::app::App;
use crate::auth::hash_secret;
use crate::organisation::find_organisation;

/// After so long an answer that was begun and not sent is taken for abandoned.
const ABANDONED_MS: i64 = DAY_MS;
const ABANDONED_AT_ONCE: u32 = 500;
/// Bytes of the name that a page gives itself.
const LONGEST_PAGE: usize = 64;
/// The trait that says how the customer calls what was just lived.
const TOUCHPOINT: &str = "touchpoint";
/// The property of an answer that says its marks.
const MARKS: &str = "answer_marks";
/// The channel of answers that come by the open link of a survey.
const OPEN_LINK: &str = "link";

/// What a link leads to.
pub enum Door {
    /// It can be answered.
    Open(Box<Asked>),
    /// It was answered before.
    Answered(Survey),
    /// The survey takes no answers, or the link has ended.
    Closed(Survey),
    /// Whoever was invited does not want to be asked.
    Refused(Survey),
    /// There is no such link, or its survey has never been opened.
    Unknown,
}

/// A survey on the point of being answered.
pub struct Asked {
    pub kept: KeptSurvey,
    pub survey: Survey,
    /// None by the open link of the survey.
    pub invitation: Option<SurveyInvitation>,
}

/// What a page sends.
#[derive(Debug)]
pub struct Sent {
    /// What the page calls itself by, so that sending again changes the same answer.
    pub page: String,
    /// The version that the page shows.
    pub version: u32,
    pub language: String,
    pub given: BTreeMap<String, Value>,
    pub is_complete: bool,
    /// How it came, as far as it shows by itself.
    pub sending: Sending,
    /// What the link says that the answer is about.
    pub about: About,
}

/// What became of it.
pub enum Taken {
    Thanks(Survey),
    Before(Survey),
    Closed(Survey),
    Unknown,
    /// Something is missing or out of range.
    Wrong(Box<Asked>, Vec<Problem>),
}

/// Where a link leads at this moment.
pub fn open(app: &App, token: &str) -> Result<Door> {
    let surveys = &app.state.surveys;
    let now = app.clock.now_ms();
    let (kept, invitation) = match surveys.find_survey_invitation(&hash_secret(token))? {
        Some(invitation) => (surveys.find_survey(invitation.survey)?, Some(invitation)),
        None => match surveys.find_survey_by_link(token)? {
            Some(kept) => (kept, None),
            None => return Ok(Door::Unknown),
        },
    };
    let survey = read_kept(&kept.definition)?;
    if kept.state == SurveyState::Draft {
        return Ok(Door::Unknown);
    }
    if let Some(invitation) = &invitation {
        if invitation.answered_at.is_some() {
            return Ok(Door::Answered(survey));
        }
        if invitation.refused_at.is_some() {
            return Ok(Door::Refused(survey));
        }
    }
    let has_ended = invitation.as_ref().is_some_and(|invitation| invitation.expires_at <= now);
    if kept.state == SurveyState::Closed || has_ended || survey.opening_at(now) != Opening::Open {
        return Ok(Door::Closed(survey));
    }
    Ok(Door::Open(Box::new(Asked { kept, survey, invitation })))
}

/// Notes that somebody sees the survey, begins it or does not want it. Only what a person does leads here: fetching the page
/// does not, because programs that look at mail do that too.
pub fn note(app: &App, token: &str, step: InvitationStep) -> Result<()> {
    let Door::Open(asked) = open(app, token)? else { return Ok(()) };
    let Some(invitation) = &asked.invitation else {
        // Nobody is known by the open link: only the day of a page is counted.
        return match step {
            InvitationStep::Shown => {
                app.state.surveys.count_open_link(asked.kept.id, start_of_day(app, app.clock.now_ms())?)
            }
            _ => Ok(()),
        };
    };
    record_step(app, &asked.kept, invitation, step, app.clock.now_ms())?;
    app.relay_events();
    Ok(())
}

/// Notes who began to answer a day ago or longer and has not sent it. Blocks.
pub fn note_abandoned(app: &App) -> Result<()> {
    let now = app.clock.now_ms();
    loop {
        let begun = app.state.surveys.list_begun_invitations(now - ABANDONED_MS, ABANDONED_AT_ONCE)?;
        for invitation in &begun {
            let survey = app.state.surveys.find_survey(invitation.survey)?;
            record_step(app, &survey, invitation, InvitationStep::Abandoned, now)?;
        }
        app.relay_events();
        if begun.len() < ABANDONED_AT_ONCE as usize {
            return Ok(());
        }
    }
}

fn record_step(
    app: &App,
    survey: &KeptSurvey,
    invitation: &SurveyInvitation,
    step: InvitationStep,
    now: i64,
) -> Result<()> {
    let event = match step {
        InvitationStep::Shown => SurveyEvent::Shown,
        InvitationStep::Started => SurveyEvent::Started,
        InvitationStep::Abandoned => SurveyEvent::Abandoned,
        InvitationStep::Refused => SurveyEvent::Refused,
    };
    let events = event.of(app, survey, survey.version, invitation, now, Map::new())?;
    let at = if invitation.is_anonymous() { start_of_day(app, now)? } else { now };
    let is_news = app.state.surveys.record_survey_step(invitation.id, step, at, &events)?;
    if is_news && step == InvitationStep::Refused {
        for identifier in invitation.identifiers.iter().filter(|known| known.kind == IdentifierKind::Email) {
            let refusal = ContactRefusal {
                identifier: identifier.clone(),
                reason: RefusalReason::Refused,
                at,
                survey: Some(invitation.survey),
                invitation: Some(invitation.id),
            };
            app.state.refusals.record_refusal(&refusal, &[])?;
        }
    }
    Ok(())
}

/// What was chosen, of the questions that offer choices.
fn list_choices(answers: &Answers) -> Vec<SurveyChoice> {
    let chosen = answers.iter().filter_map(|each| Some((&each.question, each.answer.as_ref()?)));
    let of_question = |(question, answer): (&String, &domain::survey::Answer)| {
        let words = answer.words().into_iter().map(str::to_owned).collect::<Vec<_>>();
        let question = question.clone();
        words.into_iter().map(move |choice| SurveyChoice { question: question.clone(), choice })
    };
    chosen.flat_map(of_question).collect()
}

fn list_quotas(survey: &Survey) -> Vec<SurveyQuota> {
    let of = |of: &domain::survey::QuotaOf| SurveyChoice { question: of.question.clone(), choice: of.choice.clone() };
    survey.quotas.iter().map(|quota| SurveyQuota { most: quota.most, of: quota.of.as_ref().map(of) }).collect()
}

impl Asked {
    /// What the texts of the survey may name.
    pub fn piped(&self) -> Piped {
        let Some(invitation) = &self.invitation else { return Piped::default() };
        piped_of(&invitation.traits.iter().cloned().collect())
    }

    /// Turns to the version that a page shows: what was seen is what was answered.
    pub fn turn_to(&mut self, app: &App, version: u32) -> Result<()> {
        if version != self.kept.version {
            self.survey = read_kept(&app.state.surveys.find_survey_version(self.kept.id, version)?)?;
        }
        Ok(())
    }
}

/// What texts may name of somebody with these traits. The name of an activity is for analysts; how customers call it, the
/// invitation may say.
pub fn piped_of(traits: &BTreeMap<String, String>) -> Piped {
    Piped { touchpoint: traits.get(TOUCHPOINT).cloned(), traits: traits.clone() }
}

/// Takes an answer, or what there is of it so far.
pub fn take(app: &App, token: &str, sent: Sent) -> Result<Taken> {
    let mut asked = match open(app, token)? {
        Door::Open(asked) => asked,
        Door::Answered(survey) => return Ok(Taken::Before(survey)),
        Door::Closed(survey) | Door::Refused(survey) => return Ok(Taken::Closed(survey)),
        Door::Unknown => return Ok(Taken::Unknown),
    };
    if sent.page.is_empty() || sent.page.len() > LONGEST_PAGE {
        return Err(Error::invalid(format!("`page` has 1 to {LONGEST_PAGE} characters; open the link again")));
    }
    // What is wanted is what the survey says now, whatever the page shows.
    let quotas = list_quotas(&asked.survey);
    asked.turn_to(app, sent.version)?;
    let taken = match sent.is_complete {
        true => asked.survey.take(&sent.given),
        false => asked.survey.take_partial(&sent.given),
    };
    let answers = match taken {
        Ok(answers) => answers,
        Err(problems) => return Ok(Taken::Wrong(asked, problems)),
    };
    let now = app.clock.now_ms();
    let invitation = asked.invitation.as_ref();
    let owned = invitation.filter(|invitation| !invitation.is_anonymous());
    let sending = Sending { is_repeated: is_repeated(app, &asked, owned, &sent, now)?, ..sent.sending };
    let marks = asked.survey.marks(&answers, &sending);
    let response = SurveyResponse {
        id: new_response(),
        survey: asked.kept.id,
        version: sent.version,
        page_hash: match owned {
            // A page is one of its invitation: what another calls itself by does not matter.
            Some(invitation) => hash_secret(&format!("{} {}", invitation.id, sent.page)),
            None => hash_secret(&sent.page),
        },
        invitation: owned.map(|invitation| invitation.id),
        is_complete: sent.is_complete,
        answers: json!(answers.to_given()).to_string(),
        language: asked.survey.speak([sent.language.as_str()]).to_owned(),
        subject: subject_of(app, invitation, sent.about)?,
        channel: invitation.map_or_else(|| OPEN_LINK.to_owned(), |invitation| invitation.channel.clone()),
        marks: marks.iter().map(|mark| mark.as_str().to_owned()).collect(),
        answered_at: if owned.is_some() { now } else { start_of_day(app, now)? },
    };
    let events = match owned {
        Some(invitation) if sent.is_complete => {
            let mut properties = answers.properties();
            read_comment(&app.topics.known().analyzer, &mut properties);
            properties.insert(MARKS.to_owned(), json!(Mark::to_property(&marks)));
            SurveyEvent::Answered.of(app, &asked.kept, sent.version, invitation, now, properties)?
        }
        _ => Vec::new(),
    };
    if let Some(invitation) = invitation.filter(|invitation| invitation.started_at.is_none()) {
        record_step(app, &asked.kept, invitation, InvitationStep::Started, now)?;
    }
    let answering = SurveyAnswering {
        response: &response,
        invitation: invitation.map(|invitation| invitation.id),
        at: response.answered_at,
        is_by_open_link: invitation.is_none(),
        events: &events,
        chosen: &list_choices(&answers),
        quotas: &quotas,
    };
    let answered = app.state.surveys.record_survey_answer(&answering)?;
    app.relay_events();
    Ok(match answered {
        Answered::Kept(_) => Taken::Thanks(asked.survey),
        Answered::Before => Taken::Before(asked.survey),
        Answered::Full => Taken::Closed(asked.survey),
    })
}

/// Whether the same person answered the same survey a short while ago: the browser says so, or the customer's timeline. Of an
/// answer that belongs to nobody only the browser can say it, and nothing is kept that leads from one answer to the other.
fn is_repeated(app: &App, asked: &Asked, owned: Option<&SurveyInvitation>, sent: &Sent, now: i64) -> Result<bool> {
    let days = i64::from(asked.survey.repeat_days);
    let Some(invitation) = owned.filter(|_| days > 0 && sent.is_complete && !sent.sending.is_repeated) else {
        return Ok(days > 0 && sent.sending.is_repeated);
    };
    // Who turned out to be one customer is one.
    app.log.sync_state()?;
    let mut customers = BTreeSet::new();
    for identifier in &invitation.identifiers {
        let known = app.state.customers.find_identifiers(&identifier.value)?;
        let known = known.into_iter().filter(|known| known.identifier == *identifier);
        customers.extend(known.map(|known| app.log.customer_of(known.node)));
    }
    let names = app.log.names();
    let is_answer = |event: &StoredEvent| {
        let is_recent = event.occurred_at > now - days * DAY_MS;
        let activity = event.activity.map(|code| names.activities.name(u32::from(code)));
        if !is_recent || activity.is_none_or(|name| name != SurveyEvent::Answered.activity()) {
            return false;
        }
        let properties: Map<String, Value> = serde_json::from_str(&event.properties).unwrap_or_default();
        properties.get(SURVEY).and_then(Value::as_str) == Some(asked.kept.name.as_str())
    };
    for customer in customers {
        if app.log.list_events(customer)?.iter().any(is_answer) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A number that tells nothing of the others: of numbers in a row, one that belongs to nobody would be timed by its neighbours.
fn new_response() -> SurveyResponseId {
    SurveyResponseId(rand::random::<u64>() >> 11)
}

/// What an answer is about. Of an answer that belongs to nobody not the event, which belongs to somebody.
///
/// An invitation says it itself. An open link says it in its address, where anybody may write anything: a unit that is not one of
/// the organisation's is left out, and a touchpoint is a text that claims no more than to be one.
fn subject_of(app: &App, invitation: Option<&SurveyInvitation>, about: About) -> Result<SurveySubject> {
    let Some(invitation) = invitation else {
        let unit = about.unit.map(|unit| is_unit(app, &unit).map(|known| known.then_some(unit))).transpose()?.flatten();
        return Ok(SurveySubject { touchpoint: about.touchpoint, unit, cause: None });
    };
    let subject = invitation.subject.clone();
    Ok(if invitation.is_anonymous() { SurveySubject { cause: None, ..subject } } else { subject })
}

/// The beginning of the organisation's day: all that is told about the time of what belongs to nobody.
pub fn start_of_day(app: &App, now: i64) -> Result<i64> {
    let calendar = find_organisation(app)?.calendar;
    calendar.start_ms(calendar.day_of(now)?)
}
