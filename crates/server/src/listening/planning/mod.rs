//! Inviting by itself: whom open surveys want asked, when the time has come, and whether the customer may be interrupted.
//!
//! Events are followed by their numbers in the log, days and random moments by the clock. What they lead to is planned first and
//! decided when it is due: only then is it known whether the customer still belongs to the segment, how often they were
//! contacted, and whether the survey still takes answers. Nothing is planned for what happened long ago: importing a history
//! asks nobody.

mod dto;
mod due;
mod follow;
mod forecast;
pub mod routes;
mod service;

pub use self::due::leave_alone;
pub use self::follow::begin;

use domain::ports::KeptSurvey;
use domain::survey::{Inviting, Survey};
use domain::time::DAY_MS;
use domain::{Error, Result, SurveyId};
use journey::CustomerSet;

use super::service::read_kept;
use crate::app::App;
use crate::auth::Sight;
use crate::segments::find_customers;

/// An encounter that lies further back than its delay and this is not asked about any more.
const LATEST_MS: i64 = 3 * DAY_MS;

/// Plans what came since the last time, and invites who is due.
pub fn plan_and_invite(app: &App) -> Result<()> {
    let surveys = list_inviting(app)?;
    follow::follow_events(app, &surveys)?;
    follow::follow_days(app, &surveys)?;
    due::invite_due(app, &surveys)
}

/// An open survey that invites.
struct InvitingSurvey {
    kept: KeptSurvey,
    survey: Survey,
    invite: Inviting,
}

fn list_inviting(app: &App) -> Result<Vec<InvitingSurvey>> {
    let mut inviting = Vec::new();
    for kept in app.state.surveys.list_open_surveys()? {
        let survey = read_kept(&kept.definition)?;
        if let Some(invite) = survey.invite.clone() {
            inviting.push(InvitingSurvey { kept, survey, invite });
        }
    }
    Ok(inviting)
}

fn find_inviting(surveys: &[InvitingSurvey], id: SurveyId) -> Option<&InvitingSurvey> {
    surveys.iter().find(|each| each.kept.id == id)
}

/// The customers of the segment of this name as they are now; `NotFound` when there is no such segment.
fn find_audience(app: &App, name: &str) -> Result<CustomerSet> {
    let segments = app.state.segments.list_segments()?;
    let segment = segments.iter().find(|segment| segment.name.to_lowercase() == name.to_lowercase());
    let Some(segment) = segment else {
        return Err(Error::not_found(format!(
            "there is no segment `{name}`; save it, or name another one in `invite.segment`"
        )));
    };
    Ok(find_customers(app, segment.id, &Sight::Everything)?.members.customers)
}
