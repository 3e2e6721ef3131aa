//! The contact rule, and what was planned.

use domain::contact::ContactRule;
use domain::survey::Survey;
use domain::{Error, Result, SurveyId};
use serde_json::json;

use super::dto::{ContactRuleDto, ForecastDto, PlannedInvitationsDto};
use super::forecast;
use crate::app::App;
use crate::auth::Identity;
use crate::listening::service::list_problems;

pub fn forecast_survey(app: &App, file: &[u8]) -> Result<ForecastDto> {
    let survey = Survey::from_json(file).map_err(|problems| Error::invalid(list_problems(&problems)))?;
    forecast::forecast(app, &survey)
}

pub fn count_planned(app: &App, id: SurveyId) -> Result<PlannedInvitationsDto> {
    app.state.surveys.find_survey(id)?;
    app.state.plans.count_planned_invitations(id).map(Into::into)
}

pub fn find_contact_rule(app: &App) -> Result<ContactRuleDto> {
    let ContactRule { most, days, apart_days, from_hour, until_hour } = app.state.contacts.find_contact_rule()?;
    Ok(ContactRuleDto { most, days, apart_days, from_hour, until_hour })
}

pub fn update_contact_rule(app: &App, new: ContactRuleDto, by: &Identity) -> Result<ContactRuleDto> {
    let detail = json!(new);
    let ContactRuleDto { most, days, apart_days, from_hour, until_hour } = new;
    let rule = ContactRule { most, days, apart_days, from_hour, until_hour };
    rule.check()?;
    let audit = app.audit_entry(by, "contact_rule.update", "contact rule", detail);
    app.state.contacts.update_contact_rule(&rule, &audit)?;
    find_contact_rule(app)
}
